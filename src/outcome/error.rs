//! Code and message of an error, in whatever envelope a cloud, a gateway or a framework sends them.
//!
//! No list of envelopes is complete, so none is kept: an error is the first object, from the outside to the inside,
//! that has a code. Names are compared without case, `_` and `-`.

use super::Outcome;
use super::xml::TEXT as XML_TEXT;
use crate::catalog::plain_text;
use serde_json::{Map, Value};

/// Names of a code that nothing else has, then those that other things have as well.
const OF_ERRORS: [&str; 4] = ["errorcode", "errcode", "faultcode", "exceptioncode"];
const CODES: [&str; 8] = ["code", "errno", "resultcode", "retcode", "returncode", "respcode", "rspcode", STATUS_CODE];
/// It may be nothing but the status of HTTP, beside an error with a code of its own.
const STATUS_CODE: &str = "statuscode";
/// Names of an error's message, then those of texts that other things have as well.
const MESSAGES: [&str; 21] = [
    "errormsg",
    "exceptionmessage",
    "errormessage",
    "errmsg",
    "errmessage",
    "errorsummary",
    "externalmessage",
    "message",
    "msg",
    "errordescription",
    "errordesc",
    "faultstring",
    "resultdesc",
    "resultmsg",
    "retmsg",
    "retinfo",
    "returnmsg",
    "returnmessage",
    "respmsg",
    "rspmsg",
    "httpmessage",
];
const TEXTS: [&str; 7] = ["description", "detail", "details", "diagnostics", "moreinformation", "reason", "title"];
/// Names of the kind of an error: of AWS and RFC 9457, of functions, of NETCONF, of SCIM, of Azure DevOps.
const KINDS: [&str; 6] = ["type", "errortype", "exceptiontype", "errortag", "scimtype", "typekey"];
/// Members that hold an error.
const ENVELOPES: [&str; 7] = ["error", "errors", "err", "fault", "exception", "errorresponse", "errorinfo"];
/// Members that come with an error, and say nothing of what was done.
const BESIDE: [&str; 11] = [
    "requestid",
    "traceid",
    "hostid",
    "recommend",
    "success",
    "status",
    "httpstatuscode",
    "httpcode",
    "timestamp",
    "accessdenieddetail",
    "jsonrpc",
];

/// So many objects and lists are looked at, none deeper than this: an error is not hidden, and a body may be large.
const MOST: usize = 2_000;
const DEEPEST: usize = 6;

/// An error in a body.
#[derive(Debug)]
pub(super) struct Found<'a> {
    pub(super) code: String,
    pub(super) message: String,
    /// The object with the code, and those around it.
    pub(super) around: Vec<&'a Map<String, Value>>,
}

impl Found<'_> {
    pub(super) fn outcome(&self, status: u16) -> Outcome {
        Outcome::ApiError { code: self.code.clone(), message: self.message.clone(), status }
    }
}

/// A code as it stands in an object.
pub(super) struct Code<'a> {
    pub(super) name: &'a str,
    pub(super) value: &'a Value,
    /// Nothing but an error has a member of this name.
    pub(super) is_of_error: bool,
}

impl Code<'_> {
    pub(super) fn text(&self) -> String {
        plain_text(self.value).trim().to_owned()
    }
}

/// The error in the body of an answer whose status says that there is one.
pub(super) fn find_error(value: &Value) -> Option<Found<'_>> {
    let own = |object| code(object).filter(|code| !is(code.name, STATUS_CODE)).map(|code| code.text());
    search(vec![value], &own)
        .or_else(|| search(vec![value], &|object| code(object).map(|code| code.text())))
        .or_else(|| if packed(value).is_some() { None } else { search(vec![value], &kind) })
}

/// The message of an error without a code.
pub(super) fn message_alone(value: &Value) -> Option<String> {
    let text = value.as_str().filter(|text| !text.trim().is_empty()).map(str::to_owned);
    let found = text.or_else(|| search(vec![value], &message).map(|found| found.code));
    found.or_else(|| of_form(value.as_object()?))
}

/// Code and message of an error that is packed into a text: gateways put the answer that they got into their own.
pub(super) fn packed(value: &Value) -> Option<(String, String)> {
    let text = message_alone(value).filter(|text| text.trim_start().starts_with('{'))?;
    let inner: Value = serde_json::from_str(&text).ok()?;
    find_error(&inner).map(|found| (found.code, found.message))
}

/// What kind of error it is, where nothing is called a code: RFC 9457, AWS, Elasticsearch, OpenStack's networks.
fn kind(object: &Map<String, Value>) -> Option<String> {
    // AWS may send nothing else.
    const OF_AWS: &str = "__type";
    if !object.contains_key(OF_AWS) {
        message(object)?;
    }
    // OAuth's code may come without a description.
    let is_word =
        |text: &str| text.contains('_') && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if let Some(code) = object.iter().find(|(name, _)| is(name, "error")).and_then(|(_, value)| value.as_str())
        && is_word(code)
    {
        return Some(code.to_owned());
    }
    // PayPal and JavaScript call it a name; so are things called.
    let is_name = |text: &str| {
        text.contains('_') && !text.bytes().any(|byte| byte.is_ascii_lowercase()) && is_word(text)
            || ["Error", "Exception"].iter().any(|end| text.ends_with(end) && !text.contains(' '))
    };
    let (_, kind) = object.iter().find(|(name, value)| {
        let says_nothing = matches!(value.as_str(), Some("about:blank" | "error") | None);
        let is_kind = KINDS.iter().any(|own| is(name, own)) || is(name, "name") && value.as_str().is_some_and(is_name);
        is_kind && is_code(value) && !says_nothing
    })?;
    let kind = plain_text(kind);
    // AWS puts a namespace before it; the fragment of an address means nothing without it.
    let name = if kind.contains("://") { Some(kind.as_str()) } else { kind.rsplit('#').next() };
    name.map(|name| name.trim().to_owned())
}

/// The first object for which `code` gives one, searched in breadth.
pub(super) fn search<'a>(
    start: Vec<&'a Value>,
    code: &dyn Fn(&'a Map<String, Value>) -> Option<String>,
) -> Option<Found<'a>> {
    struct Place<'a> {
        value: &'a Value,
        around: Option<usize>,
        depth: usize,
    }
    let mut places: Vec<_> = start.into_iter().map(|value| Place { value, around: None, depth: 0 }).collect();
    let mut at = 0;
    while let Some(Place { value, depth, .. }) = places.get(at) {
        let (value, depth) = (*value, *depth);
        if let Some(code) = value.as_object().and_then(code) {
            let way = std::iter::successors(Some(at), |at| places.get(*at)?.around);
            let around: Vec<_> = way.filter_map(|at| places.get(at)?.value.as_object()).collect();
            return Some(Found { code, message: message_near(&around), around });
        }
        let inside: Box<dyn Iterator<Item = &Value>> = match value {
            // What is called an error comes before all else.
            Value::Object(members) if depth < DEEPEST => {
                let of = |envelope: bool| members.iter().filter(move |(name, _)| is_envelope(name) == envelope);
                Box::new(of(true).chain(of(false)).map(|(_, value)| value))
            }
            Value::Array(items) if depth < DEEPEST => Box::new(items.iter()),
            _ => Box::new(std::iter::empty()),
        };
        let room = MOST.saturating_sub(places.len());
        let nested = inside.filter(|value| value.is_object() || value.is_array()).take(room);
        places.extend(nested.map(|value| Place { value, around: Some(at), depth: depth + 1 }));
        at += 1;
    }
    None
}

/// The code of an object, if it has one that does not say success.
pub(super) fn code(object: &Map<String, Value>) -> Option<Code<'_>> {
    let find = |names: &[&str], is_of_error| {
        names.iter().find_map(|wanted| {
            let of_name = object.iter().filter(|(name, _)| is(name, wanted)).map(|(name, value)| (name, bare(value)));
            let (name, value) = of_name.into_iter().find(|(_, value)| is_code(value))?;
            Some(Code { name, value, is_of_error })
        })
    };
    find(&OF_ERRORS, true).or_else(|| find(&CODES, false)).or_else(|| oauth(object))
}

/// OAuth (RFC 6749, 5.2) calls its code `error`.
fn oauth(object: &Map<String, Value>) -> Option<Code<'_>> {
    object.keys().find(|name| is(name, "errordescription") || is(name, "erroruri"))?;
    let (name, value) = object.iter().find(|(name, value)| is(name, "error") && is_code(value))?;
    Some(Code { name, value, is_of_error: true })
}

fn is_code(value: &Value) -> bool {
    match value {
        Value::String(text) => !text.trim().is_empty() && !means_success(text),
        Value::Number(number) => !means_success(&number.to_string()),
        _ => false,
    }
}

/// `0`, `200`, `OK`, `CBC.0000` and their like.
pub(super) fn means_success(code: &str) -> bool {
    let code = code.trim().trim_end_matches(['.', '!']).to_ascii_lowercase();
    let number = code.rsplit_once('.').map_or(code.as_str(), |(_, number)| number);
    let words = ["ok", "success", "succeed", "succeeded", "successful", "none", "null"];
    words.contains(&code.as_str())
        || (!number.is_empty() && number.bytes().all(|digit| digit == b'0'))
        || (code.len() == 3 && code.starts_with('2') && code.bytes().all(|digit| digit.is_ascii_digit()))
}

/// A status that is a number, or nothing, means one thing here and another there.
fn is_word_of_success(text: &str) -> bool {
    means_success(text)
        && text.bytes().any(|byte| byte.is_ascii_alphabetic())
        && !["none", "null"].iter().any(|none| text.trim().eq_ignore_ascii_case(none))
}

/// Whether a sentence says that all went well: its last word does, and no word before says no.
fn tells_of_success(message: &str) -> bool {
    /// Longer sentences tell of something else, and these words say when or how far.
    const MOST_WORDS: usize = 6;
    let message = message.trim().trim_end_matches(['.', '!', '。', '！']).to_lowercase();
    let words: Vec<&str> = message.split_whitespace().collect();
    let conditions = ["after", "until", "before", "only", "must", "please", "retry", "try", "if", "unless", "when"];
    if words.len() > MOST_WORDS || words.iter().any(|word| conditions.contains(word)) {
        return false;
    }
    let ends = ["success", "successful", "successfully", "succeeded", "成功"];
    let no = ["not ", "n't ", "no ", "unsuccess", "fail", "error", "without", "不", "未", "没", "無", "无"];
    means_success(&message)
        || ends.iter().any(|end| message.ends_with(end)) && !no.iter().any(|no| message.contains(no))
}

/// The message beside the code, else in something inside of that object, else around it. What the object calls an error says
/// more than its own title.
fn message_near(around: &[&Map<String, Value>]) -> String {
    let inside = || around.first()?.values().find_map(|value| message(value.as_object()?));
    let of_error = |object: &Map<String, Value>| {
        let envelopes = object.iter().filter(|(name, _)| is_envelope(name));
        own_message(object).or_else(|| envelopes.filter_map(|(_, value)| own_message(value.as_object()?)).next())
    };
    let beside = around.first().and_then(|object| of_error(object).or_else(|| message(object))).or_else(inside);
    beside.or_else(|| around.iter().skip(1).find_map(|object| message(object))).unwrap_or_default()
}

/// The message of an object, or any text that may be one.
pub(super) fn message(object: &Map<String, Value>) -> Option<String> {
    let text = |wanted: &&str| text(object, wanted);
    let plain = own_message(object).or_else(|| TEXTS.iter().find_map(text)).or_else(|| text(&"error"));
    plain.or_else(|| text(&"errors")).or_else(|| of_fields(object))
}

/// What is wrong with the fields of a form: `{"errors": {"name": ["can't be blank"]}}`, and lists that any name with
/// `errors` or `messages` at its end holds.
fn of_fields(object: &Map<String, Value>) -> Option<String> {
    let ends =
        |name: &str| ["errors", "messages", "message"].iter().any(|end| name.to_ascii_lowercase().ends_with(end));
    let text = |value: &Value| Some(bare(value)).filter(|value| is_text(value)).map(plain_text);
    object.iter().filter(|(name, _)| ends(name)).find_map(|(_, value)| match value {
        Value::Object(fields) if code(fields).is_none() => fields.values().find_map(text),
        Value::Array(_) => text(value),
        _ => None,
    })
}

/// The same where nothing stands around the fields: `{"name": ["This field is required."]}`.
fn of_form(object: &Map<String, Value>) -> Option<String> {
    let texts = |value: &Value| value.as_array().is_some_and(|texts| !texts.is_empty() && texts.iter().all(is_text));
    object.values().all(texts).then(|| object.values().next().map(|value| plain_text(bare(value)))).flatten()
}

/// The message of an object that says by its name that it is one.
pub(super) fn own_message(object: &Map<String, Value>) -> Option<String> {
    MESSAGES.iter().find_map(|wanted| text(object, wanted))
}

fn text(object: &Map<String, Value>, wanted: &str) -> Option<String> {
    let of_name = object.iter().filter(|(name, _)| is(name, wanted)).map(|(_, value)| value);
    of_name.map(bare).find(|value| is_text(value)).map(plain_text)
}

/// The text of a value that has other things beside it, such as its language: OData, XML with attributes.
fn bare(value: &Value) -> &Value {
    // Validators send a list of texts, SOAP one in each of its languages.
    if let Some(first) = value.as_array().and_then(|items| items.first()).map(bare).filter(|first| first.is_string()) {
        return first;
    }
    let is_bare = |name: &str| name == XML_TEXT || is(name, "value") || is(name, "text");
    let found = value.as_object().and_then(|members| members.iter().find(|(name, _)| is_bare(name)));
    found.map_or(value, |(_, value)| bare(value))
}

/// Names of a member that is `true` when all went well.
pub(super) const SUCCESS: [&str; 5] = ["success", "issuccess", "succeeded", "succeed", "ok"];

/// Whether the object says of itself that all went well: `success` is true, or its message, its state or a code says so.
pub(super) fn says_success(object: &Map<String, Value>) -> bool {
    let is_of_code = |name: &str| OF_ERRORS.iter().chain(&CODES).any(|code| is(name, code));
    let says_so = |(name, value): (&String, &Value)| {
        let text = plain_text(value);
        (SUCCESS.iter().any(|own| is(name, own)) && text.eq_ignore_ascii_case("true"))
            || (is_of_code(name) && value.is_string() | value.is_number() && means_success(&text))
            || (["status", "result"].iter().any(|own| is(name, own)) && value.is_string() && is_word_of_success(&text))
    };
    object.iter().any(says_so) || own_message(object).is_some_and(|message| tells_of_success(&message))
}

fn is_text(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.trim().is_empty()) || value.is_number()
}

/// Whether this is the name of something that holds an error.
pub(super) fn is_envelope(name: &str) -> bool {
    ENVELOPES.iter().any(|envelope| is(name, envelope))
}

/// Whether this is the name of a part of an error, which says nothing of what was done.
pub(super) fn is_of_envelope(name: &str) -> bool {
    let parts = OF_ERRORS.iter().chain(&CODES).chain(&MESSAGES).chain(&BESIDE);
    is_envelope(name) || parts.into_iter().any(|part| is(name, part))
}

/// Whether a member has this name, written in any of the usual ways.
pub(super) fn is(name: &str, wanted: &str) -> bool {
    let letters = name.bytes().filter(|byte| !matches!(byte, b'_' | b'-'));
    letters.map(|byte| byte.to_ascii_lowercase()).eq(wanted.bytes())
}

#[cfg(test)]
mod tests;
