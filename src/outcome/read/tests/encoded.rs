//! What was sent and what an answer gives, echoed in base64 or in hexadecimal digits.

use super::*;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use proptest::prelude::*;
use proptest::sample::select;

/// A text as an echo encodes it.
fn encoded(text: &str, encoding: u8) -> String {
    match encoding {
        0 => STANDARD.encode(text),
        1 => STANDARD_NO_PAD.encode(text),
        2 => URL_SAFE.encode(text),
        3 => URL_SAFE_NO_PAD.encode(text),
        4 => base16ct::lower::encode_string(text.as_bytes()),
        _ => base16ct::upper::encode_string(text.as_bytes()),
    }
}

fn sent_and_echoed(secret: &str, echo: &str) -> Reading {
    let sent = vec![Zeroizing::new(secret.to_owned())];
    let body = json!({"job_id": "a", "echo": echo}).to_string();
    read(&switch_ssl(), sent, reply(200, &[("content-type", "application/json"), ("x-echo", echo)], body))
}

#[test]
fn an_encoded_secret_is_masked_as_a_whole() {
    for secret in ["12345678", "a+secret/with?odd>bytes~~", "MIIFzq-canary-token-of-many-bytes-4711-0815"] {
        for encoding in 0..6 {
            let echo = encoded(secret, encoding);
            let shown = sent_and_echoed(secret, &format!("x {echo} y")).shown;
            assert_eq!(shown.header("x-echo"), Some("x •••••• y"), "{echo}");
            let escaped = echo.replace('/', "%2F").replace('+', "%2B").replace('=', "%3d");
            assert_eq!(sent_and_echoed(secret, &escaped).shown.header("x-echo"), Some(MASK), "{escaped}");
        }
    }
    assert_eq!(sent_and_echoed("1234567", &encoded("1234567", 0)).shown.header("x-echo"), Some("MTIzNDU2Nw=="));
}

#[test]
fn a_secret_that_the_answer_gives_is_masked_where_it_is_encoded() {
    let inner = "of first-canary-1 ";
    let body = json!({"credential": {"access": "AK", "secret": "first-canary-1", "securitytoken": "other-canary-2"},
        "basic": STANDARD.encode("AK:first-canary-1"), "hex": encoded("other-canary-2", 5), "of": STANDARD.encode(inner)});
    let reading = keys(201, body.to_string());
    let shown = body_of(&reading);
    assert!(shown.contains(r#""basic":"QUs6••••••","hex":"••••••""#), "{shown}");
    let part = STANDARD.encode("canary");
    assert!(!shown.contains(part.trim_end_matches('=')) && shown.contains(r#""of":"b2Yg••••••"#), "{shown}");
}

#[test]
fn a_secret_is_masked_where_what_is_encoded_is_wrapped() {
    let secret = "MIIFzq-canary-token-of-many-bytes-4711-0815".repeat(5);
    for (width, between) in [(76, "\r\n"), (64, "\n"), (60, "\n "), (20, "\r\n\t")] {
        for inner in [secret.clone(), format!("user:{secret}"), format!("GET /\nX-Auth-Token: {secret}\n\n")] {
            let whole = STANDARD.encode(&inner);
            for text in [&whole, &inner] {
                let lines: Vec<&str> =
                    text.as_bytes().chunks(width).map(|line| std::str::from_utf8(line).unwrap()).collect();
                let wrapped = lines.join(between);
                let tail: String = text.chars().rev().skip(8).take(10).collect::<Vec<_>>().into_iter().rev().collect();
                for echo in
                    [wrapped.clone(), wrapped.replace('\r', "%0D").replace('\n', "%0a"), wrapped.replace('\n', "&#10;")]
                {
                    let shown = sent_and_echoed(&secret, &format!("x {echo} y")).shown;
                    let body = String::from_utf8(shown.body).unwrap();
                    let middle: String = text.chars().skip(90).take(10).collect();
                    assert!(body.contains(MASK) && !body.contains(&middle), "{width} {middle} in {body}");
                    assert!(
                        *text == inner && inner.ends_with('\n') || !body.contains(&tail),
                        "{width} {tail} in {body}"
                    );
                    assert!(serde_json::from_str::<Value>(&body).is_ok(), "still JSON: {body}");
                }
            }
        }
    }
}

#[test]
fn a_token_is_masked_in_the_other_alphabet_of_base64_and_with_blanks_for_pluses() {
    let secret = "MIICANARY+token/of-many_bytes==";
    for echo in
        ["MIICANARY-token_of-many_bytes==", "MIICANARY+token/of+many/bytes==", "MIICANARY token/of-many_bytes=="]
    {
        assert_eq!(sent_and_echoed(secret, &format!("<{echo}>")).shown.header("x-echo"), Some("<••••••>"), "{echo}");
    }
}

#[test]
fn escapes_of_logs_and_names_of_html_are_undone() {
    let secret = "canary+a/b=c-4711";
    for spelled in [r"\x63anary+a/b\x3dc-4711", "canary&plus;a&sol;b&equals;c-4711", "canary%2Ba%2Fb%3Dc-4711"] {
        assert_eq!(
            sent_and_echoed(secret, &format!("<{spelled}>")).shown.header("x-echo"),
            Some("<••••••>"),
            "{spelled}"
        );
    }
    let logged = r#"{\x22secret\x22:\x22canary-1\x22}"#;
    assert!(!seen(&keys(400, json!({"message": logged}).to_string())).contains("canary"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn a_secret_is_masked_wherever_it_is_in_what_is_encoded(
        secret in "[a-zA-Z0-9+/=_~?>é-]{8,60}",
        before in "[a-z:]{0,5}",
        after in "[a-z: ]{0,5}",
        encoding in 0_u8..6,
        around in select(vec!["", "  ", "x=", "\"", "é"]),
    ) {
        let whole = encoded(&format!("{before}{secret}{after}"), encoding);
        let shown = sent_and_echoed(&secret, &format!("{around}{whole}{around}")).shown;
        let text = format!("{:?}{}", shown.headers, String::from_utf8_lossy(&shown.body));
        // The digits that no other byte has a share in.
        let (from, to) = match encoding {
            4 | 5 => (2 * before.len(), 2 * (before.len() + secret.len())),
            _ => ((8 * before.len()).div_ceil(6), 8 * (before.len() + secret.len()) / 6),
        };
        let part: String = whole.chars().skip(from).take((to - from) / 2).collect();
        prop_assert!(!text.contains(&part) && text.contains(MASK), "{} in {}", part, text);
    }
}
