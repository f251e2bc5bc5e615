use super::*;
use crate::fixtures::{operation, switch_ssl};
use crate::outcome::{Outcome, read};
use crate::viewer::{Action, Extract, Sight};
use crate::worker_protocol::{FromWorker, Program, ToWorker, encode};
use serde_json::json;
use std::time::Duration;
use time::OffsetDateTime;

const CANARY: &str = "canary-4711-secret";

fn secrets() -> Vec<Zeroizing<String>> {
    vec![Zeroizing::new(CANARY.to_owned())]
}

fn reply(status: u16, content_type: &str, body: &[u8]) -> Reply {
    let headers = vec![
        (String::from("content-type"), content_type.to_owned()),
        (String::from("x-request-id"), format!("r-{CANARY}")),
    ];
    Reply { status, headers, body: body.to_vec(), took: Duration::ZERO, received: OffsetDateTime::UNIX_EPOCH }
}

/// An operation whose answers have a list, a field, a secret, and nothing else.
fn list() -> Operation {
    let text = json!({"type": "string"});
    let item = json!({"type": "object", "properties": {"id": text, "name": text}});
    let schema = json!({"type": "object", "required": ["total"], "properties": {
        "items": {"type": "array", "items": item},
        "token": {"type": "string", "format": "password"},
        "total": {"type": "integer"},
    }});
    let content = json!({"application/json": {"schema": schema}});
    operation("get", "/a", json!({"responses": {"200": {"description": "", "content": content}}}))
}

fn by_worker(operation: &Operation, reply: &Reply) -> (Reading, Vec<Vec<u8>>, Vec<u8>) {
    let mut program = Program::new(1);
    let mut messages = Vec::new();
    let asked = BodyToRead::new(operation, &secrets(), reply);
    let answer = program.answer(ToWorker::Read { asked, sight: Sight::FIRST }, reply.body.clone());
    messages.push(encode(1, &answer.message).unwrap().to_vec());
    let FromWorker::Read { reading, shown } = answer.message else { panic!("no reading") };
    assert_eq!(shown.is_none(), reading.is_withheld(), "what is withheld is not shown");
    let sight = Sight::FIRST;
    if let Some(shown) = shown {
        let look = program.answer(ToWorker::View { action: Action::Look, sight }, Vec::new()).message;
        assert_eq!(look, FromWorker::Shown(shown), "the page need not ask");
    }
    for action in [Action::Look, Action::Search(String::from("canary")), Action::Step { forward: true }] {
        let answer = program.answer(ToWorker::View { action, sight }, Vec::new());
        messages.push(encode(2, &answer.message).unwrap().to_vec());
    }
    for extract in [Extract::Value(0), Extract::Whole] {
        messages.extend(program.answer(ToWorker::Extract(extract), Vec::new()).beside);
    }
    let written = program.answer(ToWorker::Extract(Extract::Written), Vec::new()).beside.unwrap();
    messages.push(written.clone());
    let other = format!("{{\"other\":\"{}\"}}", "x".repeat(10)).into_bytes();
    let compare = ToWorker::Compare { content_type: String::from("application/json"), is_older: true };
    messages.push(encode(3, &program.answer(compare, other).message).unwrap().to_vec());
    let reply = Reply { body: Vec::new(), ..reply.clone() };
    (reading.finish(operation, &secrets(), reply, 7), messages, written)
}

/// Reads on the page and in the worker, and sees the same.
fn both(operation: &Operation, reply: Reply) {
    let (long, messages, written) = by_worker(operation, &reply);
    let what = String::from_utf8_lossy(&reply.body).chars().take(300).collect::<String>();
    let page = read(operation, secrets(), reply);
    assert_eq!(long.answer.outcome, page.answer.outcome, "{what}");
    assert_eq!(long.answer.request_ids, page.answer.request_ids, "{what}");
    assert_eq!(long.answer.mislabelled, page.answer.mislabelled, "{what}");
    assert_eq!(long.answer.foreign_key, page.answer.foreign_key, "{what}");
    assert_eq!(long.answer.fields, page.answer.fields, "{what}");
    assert_eq!(long.answer.tables, page.answer.tables, "{what}");
    assert_eq!(long.shown.headers, page.shown.headers, "{what}");
    let shown = page.answer.withheld.as_ref().map_or(page.shown.body.as_slice(), Withheld::bytes);
    assert_eq!(String::from_utf8_lossy(&written), String::from_utf8_lossy(shown), "{what}");
    assert_eq!(long.answer.withheld.is_some(), page.answer.withheld.is_some(), "{what}");
    assert_eq!(long.answer.body_size(&long.shown), shown.len());
    if page.answer.withheld.is_none() {
        assert_eq!(long.shown.body, page.shown.body, "a short body is its own beginning");
    } else {
        assert!(long.shown.body.is_empty());
    }
    let canary = |bytes: &[u8]| bytes.windows(CANARY.len()).any(|part| part == CANARY.as_bytes());
    assert!(!messages.iter().any(|message| canary(message)), "{what}");
    assert!(!format!("{:?} {:?}", long.answer, long.shown).contains(CANARY));
}

#[test]
fn the_worker_reads_what_the_page_reads() {
    let bodies: [(&str, &[u8]); 23] = [
        ("application/json", b"{\"items\":[{\"id\":\"a\"},{\"id\":\"b\",\"name\":\"c\"}],\"total\":2}"),
        ("application/json", b"{\"items\":[],\"total\":0}"),
        ("application/json", b"{\"items\":[{\"id\":\"canary-4711-secret\"}],\"total\":1,\"token\":\"top-secret-1\",\"echo\":\"top-secret-1\"}"),
        ("application/json", b"{\"total\":1,\"packed\":\"{\\\"token\\\":\\\"hidden-in-it\\\"}\",\"n\":\"hidden-in-it\"}"),
        ("application/json", b"{\"items\":[]}"),
        ("application/json", b"[\"text without a name\", 1]"),
        ("application/json", b"\"only a text\""),
        ("application/json", b"{\"a\":\"\\ud800\",\"total\":1}"),
        ("application/json", b"{\"a\":\"\\ud83d\\ude00\",\"total\":1}"),
        ("application/json", b"[\"\\ud800\",\"[\\ud800\\\\udc00]\"]"),
        ("application/json", b"{\"error_code\":\"A.1\",\"error_msg\":\"no canary-4711-secret here\",\"total\":1}"),
        ("application/json", b"\xef\xbb\xbf{\"total\":1}"),
        ("application/json", b"{\"total\":1"),
        ("application/json", b"{\"total\" 1}"),
        ("application/json", b""),
        ("text/plain", b"{\"total\":1}"),
        ("text/plain", b"plain canary-4711-secret text"),
        ("text/html", b"<html><body>canary-4711-secret</body></html>"),
        ("text/xml", b"<a><total>1</total><token>x-secret-x</token><b>x-secret-x</b></a>"),
        ("text/xml", b"<Error><Code>A.1</Code><Message>no</Message></Error>"),
        ("application/json", b"\xff\xfe{\x00}\x00"),
        ("image/png", b"\x89PNG\r\n\x1a\n\xff\0"),
        ("application/json", b"{\"total\":canary-4711-secret}"),
    ];
    let operations = [list(), switch_ssl()];
    for status in [200, 202, 403, 500] {
        for (content_type, body) in bodies {
            for operation in &operations {
                both(operation, reply(status, content_type, body));
            }
        }
    }
}

#[test]
fn deep_json_is_judged_alike() {
    for levels in [99, 100, 101, 126, 127, 128, 129, 1_000] {
        let (open, close) = ("{\"a\":".repeat(levels), "}".repeat(levels));
        let secret = r#"{"token":"hidden-in-it","echo":"\ud800hidden-in-it","n":[1,"canary-4711-secret"]}"#;
        let body = format!("{{\"total\":1,\"a\":{open}{secret}{close}}}");
        both(&list(), reply(200, "application/json", body.as_bytes()));
        let listed = format!("[{}{}]", "[".repeat(levels - 1), "]".repeat(levels - 1));
        both(&list(), reply(200, "application/json", listed.as_bytes()));
        let body = format!("{{\"total\":1,\"a\":{}{}}}", "[".repeat(levels - 1), "]".repeat(levels - 1));
        both(&list(), reply(200, "application/json", body.as_bytes()));
    }
}

#[test]
fn arbitrary_bytes_are_read_alike() {
    let mut state = 20_261_127_u64;
    let mut below = |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % limit as u64).unwrap()
    };
    let deep = b"[".repeat(130);
    let parts: [&[u8]; 29] = [
        b"{",
        b"}",
        b"[",
        b"]",
        b",",
        b":",
        b"\"total\"",
        b"\"token\"",
        b"\"items\"",
        b"\"a\"",
        b"1",
        b"-0.5e3",
        b"true",
        b"null",
        b" ",
        b"\n",
        b"\"\\ud800\"",
        b"\"\\udc00\\ud83d\\u0041\"",
        &deep,
        b"\"Y2FuYXJ5LTQ3MTEtc2VjcmV0\"",
        b"\"\\\\\"",
        CANARY.as_bytes(),
        b"\"canary-4711-secret\"",
        b"<a>",
        b"</a>",
        b"\xff",
        b"\0",
        b"\xc3\xa9",
        b"\"error_code\":\"E.1\"",
    ];
    let types = ["application/json", "text/plain", "text/xml", "", "text/html; charset=gbk"];
    let (list, ssl) = (list(), switch_ssl());
    for round in 0..4_000 {
        let mut body: Vec<u8> = if round % 2 == 0 { b"{\"total\":1".to_vec() } else { Vec::new() };
        for _ in 0..below(14) {
            body.extend_from_slice(parts[below(parts.len())]);
        }
        let operation = if round % 3 == 0 { &ssl } else { &list };
        both(operation, reply([200, 404][below(2)], types[below(types.len())], &body));
    }
}

#[test]
fn of_a_long_list_the_page_gets_the_first_rows_and_everything_around_them() {
    let items: Vec<Value> =
        (0..60_000).map(|at| json!({"id": format!("{at:032}"), "name": format!("gauss-{at}")})).collect();
    let body = json!({"items": items, "total": 60_000, "tags": vec!["x"; 50_000]}).to_string();
    let (reading, _, written) = by_worker(&list(), &reply(200, "application/json", body.as_bytes()));
    assert_eq!(written, body.as_bytes());
    let Reading { answer, shown, unmasked } = reading;
    assert_eq!(answer.outcome, Outcome::Success);
    let [table] = &answer.tables[..] else { panic!("{:?}", answer.tables) };
    assert_eq!(table.all(), 60_000);
    assert!((300..1_000).contains(&table.rows()), "{}", table.rows());
    assert_eq!(table.cell(1, &table.columns[1]).unwrap().value, "gauss-1");
    assert!(answer.fields.iter().any(|field| field.name == "total" && field.value == "60000"));
    let long = answer.long.as_ref().unwrap();
    assert!(long.excerpt.to_string().len() < 400_000);
    assert_eq!(unmasked.body["total"], 60_000);
    assert_eq!((long.document, long.summary.bytes), (7, body.len()));
    assert_eq!(answer.body_size(&shown), body.len());
    assert_eq!(shown.body, body.as_bytes()[..BEGINNING]);
    assert_eq!(answer.value(&shown).unwrap()["items"][0]["name"], "gauss-0");
    let cuts: Vec<_> = long.cuts.iter().map(|cut| (cut.path.join("."), cut.items)).collect();
    assert_eq!(cuts, [(String::from("items"), 60_000), (String::from("tags"), 50_000)]);
}

#[test]
fn a_long_text_and_a_wide_object_do_not_fill_the_page() {
    let text = "é\\u00e9\\n".repeat(500_000);
    let wide: String = (0..200_000).map(|at| format!(",\"k{at}\":{{\"a\":{at}}}")).collect();
    let body = format!("{{\"total\":1,\"text\":\"{text}\"{wide}}}");
    let (reading, ..) = by_worker(&list(), &reply(200, "application/json", body.as_bytes()));
    let excerpt = reading.answer.long.unwrap().excerpt;
    assert!(excerpt.to_string().len() < 2_000_000);
    assert!(excerpt["text"].as_str().unwrap().ends_with('…'));
    assert_eq!(reading.answer.outcome, Outcome::Success);
}

#[test]
fn an_answer_that_nobody_read_says_so_and_shows_no_secret() {
    let all = [UnreadReason::Cancelled, UnreadReason::TooLong(9_000_000), UnreadReason::WorkerStopped];
    for why in all {
        let (shown, answer) = unread(&list(), &secrets(), reply(200, "application/json", b"secret"), why);
        assert_eq!(answer.outcome, Outcome::Undecodable { status: 200, why: UndecodableReason::Unread(why) });
        assert!(shown.body.is_empty() && !format!("{shown:?}").contains(CANARY), "{shown:?}");
        assert_eq!(answer.request_ids.len(), 1);
        assert!(!answer.outcome.is_certain(), "a change may have been made");
    }
}

#[test]
fn debug_shows_no_secret() {
    let asked = BodyToRead::new(&list(), &secrets(), &reply(200, "", b""));
    assert!(!format!("{:?}", ToWorker::Read { asked, sight: Sight::FIRST }).contains(CANARY));
}
