//! Wherever a documented secret stands, and whatever happens to the answer on its way: it is not shown.

use super::*;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Each secret begins and ends with it.
const CANARY: &str = "cnry";

/// An operation whose answer under these statuses has a secret at this depth and one in a header.
fn gives_secrets(documented: &str, depth: usize, is_list: bool) -> Operation {
    let secret = json!({"type": "string", "format": "password"});
    let header = json!({"X-Given": {"schema": secret}});
    let secret = if is_list { json!({"type": "array", "items": secret}) } else { secret };
    let innermost = json!({"type": "object", "properties": {"key": secret, "id": {"type": "string"}}});
    let schema = (0..depth).fold(innermost, |inner, level| match level % 2 {
        0 => json!({"type": "object", "properties": {"inner": inner}}),
        _ => json!({"type": "object", "properties": {"list": {"type": "array", "items": inner}}}),
    });
    let answer = json!({"headers": header, "content": {"application/json": {"schema": schema}}});
    operation("post", "/a", json!({"responses": {documented: answer, "418": {"description": "Nothing."}}}))
}

/// The answer's body, with the secret in its place and an echo in others.
fn answer_body(key: &Value, echo: &str, depth: usize) -> String {
    let innermost = json!({"id": "i", "key": key});
    let mut body = (0..depth).fold(innermost, |inner, level| match level % 2 {
        0 => json!({"inner": inner}),
        _ => json!({"list": [inner]}),
    });
    body["code"] = json!("c");
    body["message"] = json!(format!("of {echo}"));
    body["request_id"] = json!(echo);
    body.to_string()
}

fn percent(text: &str, all: bool) -> String {
    let byte = |byte: u8| match byte {
        plain if !all && plain.is_ascii_alphanumeric() => char::from(plain).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(byte).collect()
}

fn html(text: &str, all: bool) -> String {
    let char = |char: char| match char {
        plain if !all && plain.is_ascii_alphanumeric() => plain.to_string(),
        '&' => String::from("&amp;"),
        '"' => String::from("&quot;"),
        other => format!("&#{};", u32::from(other)),
    };
    text.chars().map(char).collect()
}

fn units(text: &str) -> String {
    text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect()
}

/// A text as servers echo it, before it becomes a string of JSON.
fn spelled(text: &str, spelling: u8) -> String {
    match spelling % 8 {
        0 => text.to_owned(),
        1 => percent(text, false),
        2 => percent(text, true),
        3 => html(text, false),
        4 => html(text, true),
        5 => Value::from(text).to_string(),
        6 => units(text),
        _ => percent(&percent(text, false), false),
    }
}

fn is_seen(text: &str) -> bool {
    let text = text.replace("\\\\", "\\");
    (0..8).any(|spelling| text.contains(spelled(CANARY, spelling).trim_matches('"')))
}

fn secret() -> impl Strategy<Value = String> {
    let rest = prop_oneof![r#"[a-z/+=%&"\\ <é🔑;.,:-]{0,12}"#, "[a-zA-Z0-9+/]{0,80}"];
    rest.prop_map(|rest| format!("{CANARY}{rest}{CANARY}"))
}

#[derive(Debug, Clone)]
enum Damage {
    Mark,
    CutEnd(Index),
    CutBegin(Index),
    NoText(Index),
    List,
    Text(u8),
    Doubled,
    Units,
    Deep,
    HalfPair,
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        Just(Damage::Mark),
        any::<Index>().prop_map(Damage::CutEnd),
        any::<Index>().prop_map(Damage::CutBegin),
        any::<Index>().prop_map(Damage::NoText),
        Just(Damage::List),
        (0_u8..8).prop_map(Damage::Text),
        Just(Damage::Doubled),
        Just(Damage::Units),
        Just(Damage::Deep),
        Just(Damage::HalfPair),
    ]
}

impl Damage {
    fn cuts(&self) -> bool {
        matches!(self, Self::CutEnd(_) | Self::CutBegin(_))
    }

    fn done(&self, body: &[u8]) -> Vec<u8> {
        let text = String::from_utf8_lossy(body);
        let place = |index: &Index| index.index(body.len().max(1)).min(body.len());
        match self {
            Self::Mark => [b"\xef\xbb\xbf", body].concat(),
            Self::CutEnd(index) => body[..place(index)].to_vec(),
            Self::CutBegin(index) => body[place(index)..].to_vec(),
            Self::NoText(index) => [&body[..place(index)], b"\xff", &body[place(index)..]].concat(),
            Self::List => [b"[", body, b"]"].concat(),
            Self::Text(spelling) => Value::from(spelled(&text, *spelling)).to_string().into_bytes(),
            Self::Doubled => text.replace("\"key\":", "\"key\":\"cnry-other\",\"key\":").into_bytes(),
            Self::Units => text.replace("\"key\"", &format!("\"{}\"", units("key"))).into_bytes(),
            Self::Deep => [&b"{\"d\":".repeat(500), body, &b"}".repeat(500)].concat(),
            Self::HalfPair => text.replace("\"of ", "\"of \\ud800").into_bytes(),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn a_documented_secret_is_never_shown(
        secret in secret(),
        documented in select(vec!["200", "201", "2XX", "default", "400"]),
        (status, depth, is_list) in (100_u16..600, 0_usize..4, any::<bool>()),
        name in select(vec!["X-Given", "x-given", "X-GIVEN"]),
        (spelling, in_header) in (0_u8..8, any::<bool>()),
        damages in prop::collection::vec(damage(), 0..3),
        content_type in select(vec!["application/json", "text/plain", "text/html", ""]),
    ) {
        let key = match (in_header, is_list) {
            (true, _) => Value::Null,
            (false, true) => json!([secret, 1, secret]),
            (false, false) => json!(secret),
        };
        let echo = spelled(&secret, spelling);
        let body = answer_body(&key, &echo, depth).into_bytes();
        // A byte that is no text comes last: whoever makes text of it makes another secret of the first one.
        let (last, first): (Vec<_>, Vec<_>) = damages.iter().partition(|damage| matches!(damage, Damage::NoText(_)));
        let body = first.iter().chain(&last).fold(body, |body, damage| damage.done(&body));
        let mut headers = vec![("content-type", content_type)];
        if in_header {
            headers.push((name, secret.as_str()));
        }
        // An echo in a header is masked by the value; a cut may have taken away the place that it is known from.
        if in_header || damages.is_empty() {
            headers.push(("x-request-id", echo.as_str()));
        }
        let operation = gives_secrets(documented, depth, is_list);
        let reading = read(&operation, Vec::new(), reply(status, &headers, &body));
        prop_assert!(!is_seen(&seen(&reading)), "{}\n{}", String::from_utf8_lossy(&body), seen(&reading));
        if damages.iter().any(Damage::cuts) && !in_header {
            prop_assert!(!seen(&reading).contains("cnr"), "not even the beginning of it");
        }
    }
}
