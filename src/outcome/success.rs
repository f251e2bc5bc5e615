//! Whether a body behind a status of success is the API's own answer, or says that it failed.

use super::documented_value::meaning;
use super::error::{self, Found, is, is_envelope, is_of_envelope};
use super::{Outcome, UndecodableReason};
use crate::catalog::{Decimal, Field, Kind, Schema, plain_text};
use serde_json::{Map, Value};

/// What the description says of the object at the root, next to what came.
struct Documented<'a> {
    fields: &'a [Field],
    /// Something came that tells what was done: a documented field that is no part of an error's envelope.
    has_own: bool,
    /// The body as a whole is an error: its outermost element is called so.
    is_error: bool,
    /// The call changes something.
    is_mutating: bool,
}

impl Documented<'_> {
    fn has(&self, name: &str) -> bool {
        self.field(name).is_some()
    }

    fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    fn mentions(&self, wanted: &[&str]) -> bool {
        self.fields.iter().any(|field| wanted.iter().any(|wanted| is(&field.name, wanted)))
    }

    /// Whether the description says that this value of this member means success.
    fn is_success(&self, name: &str, value: &Value) -> bool {
        let Some(Field { schema, .. }) = self.field(name) else { return false };
        let constant = match &schema.kind {
            Kind::Enum(choices) if choices.len() == 1 => choices.first().map(|choice| &choice.value),
            _ => None,
        };
        let said = [&schema.success, &schema.example, &schema.default].into_iter().flatten().chain(constant);
        said.into_iter().any(|said| plain_text(said) == plain_text(value))
    }

    /// The code of the object at the root, where it is one of an error. A word for a state, a country or a voucher is
    /// called `code` as well: such a one is an error when a message comes with it, or when nothing else came.
    fn code(&self, object: &Map<String, Value>) -> Option<String> {
        let code = error::code(object)
            .filter(|code| !self.is_success(code.name, code.value) && !self.is_of_thing(object, code))?;
        let alone = || match self.has(code.name) {
            true => self.mentions(&["message", "msg", "errormsg", "errormessage", "success"]),
            false => !self.fields.is_empty(),
        };
        let is_error = || error::own_message(object).is_some() || (!self.has_own && alone());
        (code.is_of_error || self.is_error || (!error::says_success(object) && is_error())).then(|| code.text())
    }

    /// Whether a call that reads has found a thing with an id and a state, such as a job, and the code says why it failed.
    fn is_of_thing(&self, object: &Map<String, Value>, code: &error::Code<'_>) -> bool {
        let is_id = |name: &str| name.to_ascii_lowercase().ends_with("id") && !is_of_envelope(name);
        let has_id = || object.iter().any(|(name, value)| self.has(name) && is_id(name) && !is_nothing(value));
        !self.is_mutating && code.is_of_error && self.has(code.name) && self.mentions(&["status", "state"]) && has_id()
    }

    /// Whether the member may hold the error of this call. What is documented holds what the description says, such as
    /// the error of a job that is asked for.
    fn may_hold_error(&self, name: &str, members: usize) -> bool {
        let undocumented = !self.has(name);
        match is_envelope(name) {
            true => undocumented || !self.has_own,
            false => self.is_error || undocumented && !self.has_own && (members == 1 || !self.fields.is_empty()),
        }
    }
}

/// How a body is to be read.
pub(super) struct Reading<'a> {
    pub(super) status: u16,
    pub(super) schema: Option<&'a Schema>,
    /// The body calls itself an error.
    pub(super) is_error: bool,
    pub(super) is_mutating: bool,
}

/// RFC 4918: each part of what was asked has a status of its own.
const MULTI_STATUS: u16 = 207;

/// A status of success counts when the body is the API's: without an error, with all that the API always sends, and
/// with the value that means success.
pub(super) fn judge_success<'a>(value: &'a Value, reading: &Reading<'_>) -> (Outcome, Option<Found<'a>>) {
    let Reading { status, schema, is_error, is_mutating } = *reading;
    let fields: &[Field] = match schema {
        Some(Schema { kind: Kind::Object(fields), .. }) => fields,
        _ => &[],
    };
    let said_something = |field: &&Field| value.get(&field.name).is_some_and(|value| !says_nothing(value));
    // JSON-RPC repeats the id that was sent.
    let is_own = |name: &str| !(is_of_envelope(name) || is(name, "id") && value.get("jsonrpc").is_some());
    let has_own = fields.iter().filter(|field| is_own(&field.name)).any(|field| said_something(&field));
    let is_error = is_error && !has_own;
    let documented = Documented { fields, has_own, is_error, is_mutating };
    let fits = schema.is_none_or(|schema| has_type(value, schema) || (is_nothing(value) && value.as_bool().is_none()));
    // A list of objects with codes is what the description says it is.
    let is_list = value.is_array() && schema.is_some_and(|schema| matches!(schema.kind, Kind::Array(_)));
    if let Some(found) = hidden_error(value, &documented).filter(|_| !is_list).or_else(|| wrapped_error(value, fields))
    {
        return (found.outcome(status), Some(found));
    }
    let undecodable = |why| Outcome::Undecodable { status, why };
    let outcome = if let Some(declined) = value.as_object().and_then(|object| says_no(object, &documented)) {
        declined
    } else if let Some(message) = message_alone(value, &documented) {
        undecodable(UndecodableReason::Error(message))
    } else if let Some(message) = (status == MULTI_STATUS).then(|| failed_part(value)).flatten() {
        undecodable(UndecodableReason::Error(message))
    } else if !fits {
        undecodable(UndecodableReason::OtherType)
    } else if let Some(missing) = fields.iter().find(|field| is_missing(value, field)) {
        undecodable(UndecodableReason::MissingField(missing.name.clone()))
    } else {
        declined(value, fields).unwrap_or(Outcome::Success)
    };
    (outcome, None)
}

/// Some gateways send an error with status 200.
fn hidden_error<'a>(value: &'a Value, documented: &Documented<'_>) -> Option<Found<'a>> {
    let in_envelope = |object: &Map<String, Value>| error::code(object).map(|code| code.text());
    // Codes and messages are found in ordinary answers too; together they make an error.
    let together = |object: &Map<String, Value>| {
        let code = error::code(object)?;
        let is_error = || error::own_message(object).is_some() && !error::says_success(object);
        (code.is_of_error || is_error()).then(|| code.text())
    };
    let Some(object) = value.as_object() else { return error::search(vec![value], &together) };
    if let Some(code) = documented.code(object) {
        return error::search(vec![value], &|_| Some(code.clone()));
    }
    let members = |envelope: bool| {
        let may = |name: &str| is_envelope(name) == envelope && documented.may_hold_error(name, object.len());
        object.iter().filter(|(name, _)| may(name)).map(|(_, value)| value).collect()
    };
    let found = error::search(members(true), &in_envelope).or_else(|| error::search(members(false), &together));
    found.map(|mut found| {
        found.around.push(object);
        found
    })
}

/// Some wrap every answer, `{"Response": {"Error": …, "RequestId": …}}`, and describe what they wrap: where nothing but an
/// error is inside, it is the error of this call.
fn wrapped_error<'a>(value: &'a Value, fields: &[Field]) -> Option<Found<'a>> {
    let mut members = value.as_object()?.iter();
    let (Some((wrapper, Value::Object(inner))), None) = (members.next(), members.next()) else { return None };
    let schema = fields.iter().find(|field| field.name == *wrapper).map(|field| &field.schema.kind);
    let documented: &[Field] = if let Some(Kind::Object(fields)) = schema { fields } else { &[] };
    let is_of_call = |name: &String| {
        let is_id = ["requestid", "traceid"].iter().any(|id| is(name, id));
        // An error that the description names is that of the thing inside, such as a job.
        is_id || is_envelope(name) && documented.iter().all(|field| field.name != *name)
    };
    let errors: Vec<&Value> = inner.iter().filter(|(name, _)| is_envelope(name)).map(|(_, value)| value).collect();
    let found = error::search(errors, &|object| error::code(object).map(|code| code.text()));
    found.filter(|_| inner.keys().all(is_of_call)).map(|mut found| {
        found.around.push(inner);
        found
    })
}

/// What went wrong with a part that has a status of its own, `403` or `HTTP/1.1 403 Forbidden`.
fn failed_part(value: &Value) -> Option<String> {
    let is_failure = |value: &Value| {
        let text = plain_text(value);
        let number = text.strip_prefix("HTTP/").and_then(|rest| rest.split(' ').nth(1)).unwrap_or(&text);
        number.parse::<u16>().is_ok_and(|status| (400..600).contains(&status))
    };
    let failed = |object: &Map<String, Value>| {
        let (_, status) = object.iter().find(|(name, value)| {
            ["status", "statuscode", "code"].iter().any(|own| is(name, own)) && is_failure(value)
        })?;
        Some(plain_text(status))
    };
    let found = error::search(vec![value], &failed)?;
    Some(if found.message.is_empty() { found.code } else { found.message })
}

/// `{"success": false}`, in any case. A number may count how often it went well.
fn says_no(object: &Map<String, Value>, documented: &Documented<'_>) -> Option<Outcome> {
    let no = |(name, value): (&String, &Value)| match plain_text(value).to_ascii_lowercase().as_str() {
        "false" | "f" | "n" | "no" => true,
        "0" => !documented.has(name) || error::own_message(object).is_some(),
        _ => false,
    };
    // Where the description has one of the other words, it may be the state of something.
    let is_success =
        |name: &str| is(name, "success") || !documented.has(name) && error::SUCCESS.iter().any(|own| is(name, own));
    let (name, value) = object.iter().find(|member| is_success(member.0) && no(*member))?;
    let field = documented.field(name);
    // The description may have another word for success, or call it something else.
    let is_fine = field.is_some_and(|field| field.schema.success.as_ref() == Some(value));
    (!is_fine).then(|| Outcome::Declined {
        field: name.clone(),
        value: plain_text(value),
        meaning: error::message(object),
    })
}

/// An error without a code.
fn message_alone(value: &Value, documented: &Documented<'_>) -> Option<String> {
    let Some(object) = value.as_object() else {
        return documented.is_error.then(|| plain_text(value));
    };
    let text_of = |value: &Value| match value {
        Value::Object(object) => error::message(object),
        Value::Array(items) => items.first().and_then(|first| match first {
            Value::Object(object) => error::message(object),
            first => first.as_str().map(str::to_owned),
        }),
        value => value.as_str().map(str::to_owned),
    };
    let envelope = |(name, value): (&String, &Value)| {
        let says_nothing = is_nothing(value) || error::means_success(&plain_text(value));
        // `"errors": true` beside what was done: some of it was not.
        let says_so = || documented.is_mutating && *value == Value::Bool(true);
        let may = || documented.may_hold_error(name, object.len()) || says_so();
        let is_error = is_envelope(name) && !says_nothing && may();
        is_error.then(|| text_of(value).or_else(|| error::message(object)).unwrap_or_default())
    };
    let of_error = |(name, value): (&String, &Value)| {
        let is_message =
            ["errormsg", "errormessage", "errmsg", "exceptionmessage"].iter().any(|wanted| is(name, wanted));
        let is_error = is_message && !documented.has_own && !is_nothing(value) && !error::says_success(object);
        is_error.then(|| plain_text(value))
    };
    let failed = |(name, value): (&String, &Value)| {
        let is_failure = fails(name, value) && !documented.has_own && !documented.has(name);
        // A job that failed has more to say than an error. `false` alone may be the answer to a question.
        let is_alone =
            || !value.is_boolean() && object.keys().all(|other| other == name || error::is_of_envelope(other));
        let message = || error::message(object).or_else(|| is_alone().then(|| plain_text(value)));
        is_failure.then(message).flatten()
    };
    let found = object.iter().find_map(envelope).or_else(|| object.iter().find_map(of_error));
    let found = found.or_else(|| object.iter().find_map(failed));
    found.or_else(|| documented.is_error.then(|| error::message(object).unwrap_or_default()))
}

/// Whether a member says that the call failed: a status, also of HTTP, or a message of one word. A `state` is that of a thing.
fn fails(name: &str, value: &Value) -> bool {
    let is_any = |names: &[&str]| names.iter().any(|own| is(name, own));
    let is_word = |text: &str| {
        ["error", "fail", "failed", "failure", "nok", "ko"].iter().any(|word| text.eq_ignore_ascii_case(word))
    };
    match value {
        Value::String(text) => is_any(&["status", "result", "msg", "message"]) && is_word(text.trim()),
        Value::Bool(false) => is_any(&["status", "result"]),
        Value::Bool(true) => is_any(&["haserror", "haserrors", "iserror", "failed"]),
        Value::Number(status) => {
            let is_error = status.as_u64().is_some_and(|status| (400..600).contains(&status));
            is_error && is_any(&["status", "httpcode", "httpstatus", "httpstatuscode"])
        }
        // Taobao's gateway: `{"ret": ["FAIL_SYS_…::…"]}`.
        Value::Array(items) => {
            let first = items.first().and_then(Value::as_str);
            is_any(&["ret"]) && first.is_some_and(|first| first.starts_with("FAIL"))
        }
        _ => false,
    }
}

/// A value that says nothing: what an answer is filled up with where there is nothing to tell.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(value) => !value,
        Value::Number(number) => Decimal::new(number).is_zero(),
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
    }
}

/// The same of an object in which nothing is: `{"data": {"deploy": null}}`, as GraphQL answers what failed.
fn says_nothing(value: &Value) -> bool {
    is_nothing(value) || value.as_object().is_some_and(|members| members.values().all(Value::is_null))
}

/// Whether a field that the API always sends is not there, or is of another type.
fn is_missing(value: &Value, Field { name, required, schema, .. }: &Field) -> bool {
    *required && !schema.write_only && !value.get(name).is_some_and(|value| has_type(value, schema))
}

/// Whether a value has the documented type, as far as types are distinguished here. A number in quotes is one: many servers
/// write long ids so, and that says nothing of what was done. Neither does a boolean in quotes, and an empty list where PHP
/// has an empty object.
fn has_type(value: &Value, schema: &Schema) -> bool {
    match schema.kind {
        _ if value.is_null() && schema.nullable => true,
        Kind::Text | Kind::Secret => value.is_string() || value.is_number() || value.is_boolean(),
        Kind::Integer | Kind::Number => {
            let is_number = |text: &str| text.trim().parse::<f64>().is_ok_and(f64::is_finite);
            value.is_number() || value.as_str().is_some_and(is_number)
        }
        Kind::Boolean(_) => matches!(plain_text(value).as_str(), "true" | "false"),
        Kind::Array(_) => value.is_array(),
        Kind::Object(_) => value.is_object() || value.as_array().is_some_and(Vec::is_empty),
        Kind::Enum(_) | Kind::OneOf(_) | Kind::File | Kind::Json => true,
    }
}

/// A field that has one value for success (`x-success`), and has another one.
fn declined(value: &Value, fields: &[Field]) -> Option<Outcome> {
    fields.iter().find_map(|field| {
        let (wanted, found) = (field.schema.success.as_ref()?, value.get(&field.name)?);
        (plain_text(wanted) != plain_text(found)).then(|| Outcome::Declined {
            field: field.name.clone(),
            value: plain_text(found),
            meaning: meaning(found, &field.schema),
        })
    })
}

#[cfg(test)]
mod tests;
