//! What leaves the console is whole, has the form that it says, and holds no secret.

mod named_secrets;
mod records;

use super::*;
use crate::call::{CallFailure, CallId, Exchange, PlannedCall, Sender, ShownRequest, act, subject};
use crate::catalog::Operation;
use crate::credentials::{Keyring, ProfileId};
use crate::fixtures::*;
use crate::form::Draft;
use crate::outcome::read;
use crate::proxy::{Connection, ConnectionKind};
use crate::sign::SigningTime;
use crate::transport::{Reply, TransportError};
use proptest::prelude::*;
use pulldown_cmark::{Event, Parser, Tag};
use serde_json::{Value, json};
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use time::macros::datetime;

const CANARY: &str = "canary-5f1e-token";

const LABELS: Labels = Labels {
    operation: "Operation",
    act: "Act",
    subject: "Subject",
    region: "Region",
    connection: "Connection",
    simulated: "(simulated)",
    sent: "Sent",
    took: "Took",
    status: "Status",
    code: "Code",
    message: "Message",
    meaning: "What it means",
    next: "What to do",
    request: "Request",
    answer: "Answer",
    no_answer: "There is no answer.",
    withheld: "The body is left out.",
    forgotten: "The body is not kept.",
    binary: "The body is no text.",
    cut: "The rest is left out.",
    masked: "Secrets are masked.",
};

const REMARKS: HarRemarks<'_> = HarRemarks {
    masked: "Secrets are masked.",
    withheld: "Left out.",
    forgotten: "Not kept.",
    cut: "Cut.",
    binary: "No text.",
};

fn har_of(exchanges: &[Exchange]) -> String {
    let result = |exchange: &Exchange| match &exchange.result {
        Ok((reply, _)) => reply.status.to_string(),
        Err(failure) => format!("{failure:?}"),
    };
    har(exchanges.iter().map(|exchange| (exchange.into(), result(exchange))), &REMARKS)
}

/// A call of `operation` with a token, or with a key of which everything but the id is secret.
fn exchange(operation: Operation, draft: &Draft, result: Result<Reply, CallFailure>) -> Exchange {
    signed_as("", operation, draft, result)
}

/// The same with another kind of credential than the first.
fn signed_as(kind: &str, operation: Operation, draft: &Draft, result: Result<Reply, CallFailure>) -> Exchange {
    let mut keyring = Keyring::default();
    let id = ProfileId::new(1);
    keyring.ensure_profile(&operation, id);
    if !kind.is_empty() {
        keyring.set_kind(id, kind);
    }
    for label in ["X-Auth-Token", "AccessKey secret", "Security token"] {
        keyring.set(id, label, CANARY);
    }
    keyring.set(id, "AccessKey ID", "LTAI5tDummy");
    let connection = Connection { name: String::from("Direct"), kind: ConnectionKind::Direct };
    let signing_time = SigningTime { now: datetime!(2026-01-02 03:04:05 UTC), nonce: String::from("n") };
    let call = PlannedCall { operation: &operation, draft, keyring: &keyring, connection: &connection };
    let routed = call.prepare(&signing_time).unwrap();
    let result = result.map(|reply| {
        let mut secrets = routed.signed().request().secrets();
        secrets.extend(keyring.secret_texts());
        let reading = read(&operation, secrets, reply);
        (reading.shown, reading.answer)
    });
    Exchange {
        id: CallId::new(7),
        subject: subject(&operation, draft),
        act: act(&operation, draft).short,
        region: draft.region_of(&operation),
        request: ShownRequest::of(&routed),
        sender: Sender { connection: connection.name, ..Sender::default() },
        operation: Arc::new(operation),
        result,
        started: datetime!(2026-01-02 03:04:05.678 UTC),
        took: Duration::from_millis(321),
        granted: None,
    }
}

fn reply(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Reply {
    Reply {
        status,
        headers: vec![("content-type".into(), content_type.into()), ("x-request-id".into(), "id-1".into())],
        body: body.into(),
        took: Duration::from_millis(321),
        received: datetime!(2026-01-02 03:04:05.999 UTC),
    }
}

fn switched(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Exchange {
    exchange(switch_ssl(), &ssl_on(), Ok(reply(status, content_type, body)))
}

fn lost() -> Exchange {
    exchange(switch_ssl(), &ssl_on(), Err(CallFailure::Transport(TransportError::TimedOut(Duration::from_secs(60)))))
}

static SCHEMA: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
    let schema = include_str!("../../tests/vectors/har-1.2.schema.json");
    let schema = serde_json::from_str(schema).unwrap();
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
});

fn valid_har(exchanges: &[Exchange]) -> Value {
    let file: Value = serde_json::from_str(&har_of(exchanges)).unwrap();
    let complaints: Vec<String> =
        SCHEMA.iter_errors(&file).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert_eq!(complaints, [] as [&str; 0], "{file:#}");
    file["log"].clone()
}

#[test]
fn the_schema_refuses_what_is_no_har() {
    assert!(!SCHEMA.is_valid(&json!({"log": {"version": "1.2", "creator": {"name": "a"}, "entries": []}})));
    assert!(
        !SCHEMA
            .is_valid(&json!({"log": {"version": "1.2", "creator": {"name": "a", "version": "1"}, "entries": [{}]}}))
    );
}

#[test]
fn a_call_and_its_answer_are_in_the_har() {
    let log = valid_har(&[switched(202, "application/json", r#"{"job_id": "j-1"}"#), lost()]);
    let [answered, lost] = log["entries"].as_array().unwrap().as_slice() else { panic!("two entries") };
    assert_eq!(answered["startedDateTime"], "2026-01-02T03:04:05.678Z");
    assert_eq!(answered["time"], 321);
    assert_eq!(answered["request"]["method"], "PUT");
    assert_eq!(answered["request"]["postData"]["text"], r#"{"ssl_option":true}"#);
    let url = answered["request"]["url"].as_str().unwrap();
    assert!(url.ends_with(&format!("/v3/{PROJECT}/instances/{TAURUSDB}/ssl-option")), "{url}");
    assert_eq!(answered["response"]["status"], 202);
    assert_eq!(answered["response"]["content"]["text"], r#"{"job_id": "j-1"}"#);
    assert_eq!(answered["comment"], format!("Enable or disable SSL · SSL on · {TAURUSDB} · 202"));
    assert_eq!(lost["response"]["status"], 0, "a failure has an entry as well");
    assert!(lost["response"]["comment"].as_str().unwrap().contains("TimedOut"));
}

#[test]
fn bytes_and_withheld_bodies_are_in_the_har_as_what_they_are() {
    let log = valid_har(&[switched(200, "application/octet-stream", [0xff, 0xfe, 0x00])]);
    let content = &log["entries"][0]["response"]["content"];
    assert_eq!((&content["text"], &content["encoding"]), (&json!("//4A"), &json!("base64")));
    let answer = json!({"responses": {"200": {"description": "", "content": {"application/json": {"schema": {
        "type": "object", "properties": {"key": {"type": "string", "format": "password"}},
    }}}}}});
    let withheld =
        exchange(operation("get", "/a", answer), &Draft::default(), Ok(reply(200, "text/plain", "key is secret-text")));
    assert!(withheld.result.as_ref().is_ok_and(|(_, answer)| answer.withheld.is_some()));
    let log = valid_har(std::slice::from_ref(&withheld));
    let content = &log["entries"][0]["response"]["content"];
    assert_eq!((&content["comment"], content.get("text")), (&json!("Left out."), None));
    assert!(!log.to_string().contains("secret-text"));
    let text = markdown(&withheld, &ExportedMeaning::default(), &LABELS);
    assert!(text.contains("The body is left out.") && !text.contains("secret-text"), "{text}");
}

#[test]
fn a_ticket_has_what_support_asks_for() {
    let body = r#"{"error_code": "DBS.200019", "error_msg": "Busy."}"#;
    let meaning = ExportedMeaning {
        title: String::from("DBS.200019: Busy."),
        causes: vec![String::from("Another task runs.")],
        remedies: vec![String::from("Wait.")],
    };
    let text = markdown(&switched(409, "application/json", body), &meaning, &LABELS);
    for wanted in [
        "## DBS.200019: Busy.",
        "- **Operation:** `Huawei Cloud TaurusDB · Enable or disable SSL · SwitchGaussMySqlInstanceSsl`",
        "- **Act:** `SSL on`",
        &format!("- **Subject:** `{TAURUSDB}`"),
        "- **Region:** `cn-north-4`",
        "- **Connection:** `Direct`",
        "- **Sent:** `2026-01-02T03:04:05Z`",
        "- **Took:** `321 ms`",
        "- **Status:** `409`",
        "- **Code:** `DBS.200019`",
        "- **x-request-id:** `id-1`",
        "- Another task runs.",
        "- Wait.",
        "```http\nPUT https://gaussdb.cn-north-4.myhuaweicloud.com/v3/",
        "```json\n{\n  \"error_code\": \"DBS.200019\"",
        "Secrets are masked.",
    ] {
        assert!(text.contains(wanted), "{wanted}\n{text}");
    }
    let text = markdown(&lost(), &meaning, &LABELS);
    assert!(text.contains("There is no answer."), "{text}");
}

#[test]
fn a_long_body_is_cut() {
    let text = markdown(&switched(200, "text/plain", "é".repeat(20_000)), &ExportedMeaning::default(), &LABELS);
    assert!(text.len() < 20_000 && text.contains("The rest is left out."), "{}", text.len());
}

/// What a reader of the Markdown sees: headings, items, blocks of code, and whatever must not be there.
fn parts(text: &str) -> Vec<String> {
    let mut parts = Vec::new();
    for event in Parser::new(text) {
        match event {
            Event::Start(Tag::Heading { .. }) => parts.push(String::from("heading")),
            Event::Start(Tag::Item) => parts.push(String::from("item")),
            Event::Start(Tag::CodeBlock(_)) => parts.push(String::from("block")),
            Event::Start(tag @ (Tag::Link { .. } | Tag::Image { .. } | Tag::BlockQuote(_) | Tag::HtmlBlock)) => {
                parts.push(format!("{tag:?}"));
            }
            Event::Html(html) | Event::InlineHtml(html) => parts.push(format!("html {html}")),
            Event::Rule => parts.push(String::from("rule")),
            _ => {}
        }
    }
    parts
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn hostile_values_stay_text(hostile in prop_oneof![
        "[`~|*_<>#\\[\\]()!&\n\r \\\\a1.+=-]{1,30}", "\\PC{1,20}", Just(String::from("<img src=x onerror=alert(1)>")),
        Just(String::from("a\n\n# Not a heading\n\n```\nnot a block")), Just(String::from("[x](javascript:alert(1))")),
        Just(String::from("```")), Just(String::from("1. x")), Just(String::from("---")), Just(String::from("| a | b |")),
    ]) {
        let made = |text: &str| {
            let body = json!({"error_code": format!("C{text}"), "error_msg": format!("M{text}")}).to_string();
            let mut exchange = switched(400, "application/json", body);
            exchange.subject = format!("x{text}");
            exchange.act = format!("x{text}");
            let meaning = ExportedMeaning { title: format!("x{text}"), causes: vec![text.to_owned(), text.to_owned()], remedies: vec![text.to_owned()] };
            markdown(&exchange, &meaning, &LABELS)
        };
        prop_assert_eq!(parts(&made(&hostile)), parts(&made("plain")), "{}", made(&hostile));
    }

    #[test]
    fn no_secret_leaves_the_console(token in "[a-zA-Z0-9+/=-]{0,8}", echoed in any::<bool>(), status in 200..600_u16, kind in 0..3_usize) {
        let secret = format!("{CANARY}{token}");
        let echo = if echoed { CANARY } else { "" };
        let body = json!({"job_id": "j", "message": format!("of {echo}"), "RequestId": echo}).to_string();
        let (operation, draft) = if kind == 2 { (open_https(), https_on()) } else { (switch_ssl(), ssl_on()) };
        let scheme = ["", "SDK-HMAC-SHA256", "ACS3-HMAC-SHA256"][kind];
        let exchange = signed_as(scheme, operation, &draft, Ok(reply(status, "application/json", body)));
        let meaning = ExportedMeaning { title: String::from("t"), ..ExportedMeaning::default() };
        let all = format!("{}{}", har_of(std::slice::from_ref(&exchange)), markdown(&exchange, &meaning, &LABELS));
        prop_assert!(!all.contains(CANARY) && !all.contains(&secret), "{all}");
        prop_assert!(all.contains(scheme) && !signature_is_there(&all), "{all}");
    }
}

/// Whether 64 digits of a signature follow its name.
fn signature_is_there(text: &str) -> bool {
    let mut rest = text.split("Signature=").skip(1);
    rest.any(|rest| rest.chars().take(16).all(|c| c.is_ascii_hexdigit()))
}
