//! The texts that a provider computed, found in its error answer.
//!
//! Alibaba Cloud writes them out, line breaks and all (`server StringToSign is […] server CanonicalRequest is […]`);
//! Huawei Cloud's gateway writes `|` for every line break behind `canonicalRequest:`, its log real ones. The words in
//! front differ from gateway to gateway, so they are not looked at: a canonical request is known by its structure.

use crate::sign::scheme::SchemeKind;
use serde_json::Value;

/// What a provider says it computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerTexts {
    /// The request in its canonical form, with line feeds. Not masked.
    pub canonical_request: Option<String>,
    /// What the server took the HMAC of.
    pub string_to_sign: Option<String>,
}

/// Finds them in a JSON body, a message, or anything that was copied with one of them in it. `None`: there are none.
pub fn read_echo(text: &str) -> Option<ServerTexts> {
    let text = text.trim().replace("\r\n", "\n");
    // A message that was cut out of a body has its escapes still.
    let unescaped = serde_json::from_str(&format!("\"{text}\""));
    let unescaped = unescaped.unwrap_or_else(|_| text.replace("\\n", "\n").replace("\\\"", "\"").replace("\\/", "/"));
    let mut candidates = strings_within(&text);
    candidates.extend([text, unescaped]);
    let read = |text: &String| ServerTexts { canonical_request: canonical(text), string_to_sign: to_sign(text) };
    candidates.iter().map(read).find(|found| found.canonical_request.is_some() || found.string_to_sign.is_some())
}

/// All strings of the JSON in a text, whatever stands around it.
fn strings_within(text: &str) -> Vec<String> {
    let object = || text.get(text.find('{')?..=text.rfind('}')?);
    let json = serde_json::from_str(text).ok().or_else(|| serde_json::from_str(object()?).ok());
    let mut found = Vec::new();
    json.iter().for_each(|value| collect(value, &mut found));
    found
}

fn collect(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.replace("\r\n", "\n")),
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Object(members) => members.values().for_each(|member| collect(member, found)),
        _ => {}
    }
}

/// The first thing in a text that is built like a canonical request: a verb, a separator, a path, and so on.
fn canonical(text: &str) -> Option<String> {
    text.match_indices('/').find_map(|(slash, _)| {
        let before = text.get(..slash)?;
        let (verb, read): (&str, fn(&str) -> Option<String>) = match before.strip_suffix('|') {
            Some(verb) => (verb, in_pipes),
            None => (before.trim_end_matches(' ').strip_suffix('\n')?.trim_end(), in_lines),
        };
        let words = verb.trim_end_matches(|c: char| c.is_ascii_uppercase());
        let is_verb = verb.len() - words.len() >= 3 && !words.ends_with(|c: char| c.is_alphanumeric());
        text.get(words.len()..).filter(|_| is_verb).and_then(read)
    })
}

/// Line breaks as they are. A person may have indented the lines; canonical ones neither begin nor end with a blank.
fn in_lines(text: &str) -> Option<String> {
    let mut lines = text.split('\n').map(str::trim);
    let mut read: Vec<&str> = lines.by_ref().take(3).collect();
    let headers: Vec<&str> = lines.by_ref().take_while(|line| !line.is_empty()).collect();
    if read.len() < 3 || !headers.iter().all(|line| line.contains(':')) {
        return None;
    }
    read.extend(headers);
    read.extend(["", lines.next().filter(|names| are_names(names))?, payload(lines.next()?)?]);
    Some(read.join("\n"))
}

/// `|` for line breaks. Path and query have none of their own, they are percent-encoded; the value of a header may,
/// so the headers are told apart by the list of their names, which stands behind them.
fn in_pipes(text: &str) -> Option<String> {
    let mut parts = text.splitn(4, '|');
    let (method, uri, query, rest) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let (headers, names, payload) = rest.match_indices('|').find_map(|(bar, _)| {
        let (names, hash) = rest.get(bar + 1..)?.strip_prefix('|')?.split_once('|')?;
        are_names(names).then_some((rest.get(..bar)?, names, payload(hash)?))
    })?;
    let mut lines = vec![method, uri, query];
    let mut rest = headers;
    for name in names.split(';').skip(1) {
        // A signed header that the server did not see has no line.
        if let Some((line, _)) = rest.split_once(&format!("|{name}:")) {
            lines.push(line);
            rest = rest.get(line.len() + 1..)?;
        }
    }
    lines.extend([rest, "", names, payload]);
    Some(lines.join("\n"))
}

fn are_names(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b";-_.".contains(&byte))
}

/// The hash at the beginning of a text, or what Huawei's SDK writes instead of one.
fn payload(text: &str) -> Option<&str> {
    const UNSIGNED: &str = "UNSIGNED-PAYLOAD";
    let hash = text.get(..64).filter(|hash| hash.bytes().all(|byte| byte.is_ascii_hexdigit()));
    hash.or_else(|| text.starts_with(UNSIGNED).then_some(UNSIGNED))
}

/// The algorithm of a scheme, perhaps a date, and a hash.
fn to_sign(text: &str) -> Option<String> {
    let algorithms = SchemeKind::ALL.into_iter().filter_map(|kind| Some(kind.traits().signature.as_ref()?.algorithm));
    algorithms.flat_map(|algorithm| text.match_indices(algorithm)).find_map(|(at, algorithm)| {
        let behind = text.get(at + algorithm.len()..)?;
        let mut lines = behind.trim_start_matches(' ').strip_prefix(['\n', '|'])?.split(['\n', '|']);
        let first = lines.next()?.trim();
        match payload(first) {
            Some(hash) => Some(format!("{algorithm}\n{hash}")),
            None => Some(format!("{algorithm}\n{first}\n{}", payload(lines.next()?.trim())?)),
        }
    })
}
