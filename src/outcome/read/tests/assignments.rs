//! Secrets in texts that are neither JSON nor XML, as they are and in a string of either.

use super::*;
use proptest::prelude::*;
use proptest::sample::select;

/// Texts, and what is shown of them.
const TEXTS: [(&str, &str); 48] = [
    ("[{'user': 'bob', 'secret': 'canary-1'}]", "[{'user': 'bob', 'secret': '••••••'}]"),
    ("{name=bob, secret=canary-1}", "{name=bob, secret=••••••}"),
    ("[2024-05-01 12:00] secret=canary-1", "[2024-05-01 12:00] secret=••••••"),
    ("{\"a\":1}\nsecret=canary-1", "{\"a\":1}\nsecret=••••••"),
    ("error on field 'secret': rejected value [canary-1]", "error on field 'secret': rejected value [••••••]"),
    ("'secret': must be 8 characters", "'secret': must be 8 characters"),
    ("redis://:canary-1@cache:6379", "redis://:••••••@cache:6379"),
    ("https://bob%40corp.com:canary-1@a.test", "https://bob%40corp.com:••••••@a.test"),
    ("reset_password=false", "reset_password=false"),
    ("access_token=canary-1&token_type=bearer&scope=", "access_token=••••••&token_type=bearer&scope="),
    ("a=b&secret=can%2Bary%2C1&c=d", "a=b&secret=••••••&c=d"),
    ("secret=can,ary;1&c=d", "secret=••••••&c=d"),
    ("user[secret]=canary&user.secret=canary2", "user[secret]=••••••&user.secret=••••••"),
    ("https://a.test/cb#access_token=canary-1&state=x", "https://a.test/cb#access_token=••••••&state=x"),
    ("GET /v3/x?secret=canary-1 HTTP/1.1", "GET /v3/x?secret=•••••• HTTP/1.1"),
    ("bad request: {'secret': 'canary-1', 'access': 'AK'}", "bad request: {'secret': '••••••', 'access': 'AK'}"),
    ("{u'secret': u'can\\'ary', u'x': u'y'}", "{u'secret': u'••••••', u'x': u'y'}"),
    ("{'secret': {'a': 'canary-1'}, 'b': 1}", "{'secret': ••••••, 'b': 1}"),
    ("Credential(access=AK, secret=canary-1, expires=t)", "Credential(access=AK, secret=••••••, expires=t)"),
    ("{access=AK, secret=can,ary}", "{access=AK, secret=••••••}"),
    ("&{Access:AK Secret:canary-1 Expires:t}", "&{Access:AK Secret:•••••• Expires:t}"),
    ("{:secret=>\"canary-1\", :a=>1}", "{:secret=>\"••••••\", :a=>1}"),
    ("{ secret: 'canary-1', a: 1 }", "{ secret: '••••••', a: 1 }"),
    ("access: AK\nsecret: canary-1\nexpires: t", "access: AK\nsecret: ••••••\nexpires: t"),
    ("- secret: canary\r\n  a: b", "- secret: ••••••\r\n  a: b"),
    ("a:\n  secret: |\n    canary\n    canary\n  b: c", "a:\n  secret: |\n    ••••••\n  b: c"),
    ("secret: canary-1, access: AK", "secret: ••••••, access: AK"),
    ("secret = \"canary 1\"\n", "secret = \"••••••\"\n"),
    ("secret = canary-1\n", "secret = ••••••\n"),
    ("export SECRET='canary 1'", "export SECRET='••••••'"),
    ("X-Vault-Token: canary1, x", "X-Vault-Token: ••••••, x"),
    ("x -H 'Authorization: Bearer canary1' y", "x -H 'Authorization: Bearer ••••••' y"),
    ("Authorization: Negotiate canary1==\r\nHost: a", "Authorization: Negotiate ••••••\r\nHost: a"),
    ("Proxy-Authorization: Bearer canary\nHost: a", "Proxy-Authorization: Bearer ••••••\nHost: a"),
    ("authorization: Digest username=canary1, uri=/x, response=canary2; x", "authorization: Digest ••••••; x"),
    ("Authorization: X1 Credential=canary1,SignedHeaders=a;b,Signature=canary2|b", "Authorization: X1 ••••••|b"),
    ("Authorization: no header of this name", "Authorization: no header of this name"),
    ("Authorization: Bearer token is missing", "Authorization: Bearer token is missing"),
    ("Authorization:Basic Y2FuYXJ5MQ==|host", "Authorization:Basic ••••••|host"),
    ("at https://me:canary-1@a.test/x and //b:c/d", "at https://me:••••••@a.test/x and //b:c/d"),
    ("jdbc:mysql://h/db?user=a&password=canary", "jdbc:mysql://h/db?user=a&password=••••••"),
    ("GET /p?token=canary-1&next_token=2&ClientToken=3", "GET /p?token=••••••&next_token=2&ClientToken=3"),
    ("--secret=canary-1 --x", "--secret=•••••• --x"),
    ("The secret: must not be empty", "The secret: must not be empty"),
    ("secret: must not be empty", "secret: must not be empty"),
    ("a secret=null and secret='' and secrets=x", "a secret=null and secret='' and secrets=x"),
    (
        "--b\r\nContent-Disposition: form-data; name=\"secret\"\r\n\r\ncanary\r\n1\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=\"secret\"\r\n\r\n••••••\r\n--b--",
    ),
    (
        "content-disposition: form-data; name=\"secret\"; x=y\nContent-Type: text/plain\n\ncanary",
        "content-disposition: form-data; name=\"secret\"; x=y\nContent-Type: text/plain\n\n••••••",
    ),
];

fn wrapped(text: &str) -> [String; 6] {
    let string = |text: &str| Value::from(text).to_string();
    let percent = crate::request::encode(text);
    let html = text.replace('&', "&amp;").replace('"', "&quot;").replace('\'', "&#39;").replace('<', "&lt;");
    [
        json!({"message": text}).to_string(),
        json!({"a": [{"message": string(text)}]}).to_string(),
        json!({"message": percent}).to_string(),
        json!({"message": html}).to_string(),
        format!("<Error><Message>{}</Message></Error>", html),
        format!("<Error><Message><![CDATA[{text}]]></Message></Error>"),
    ]
}

#[test]
fn a_name_before_a_value_makes_a_secret_of_it() {
    for (text, shown) in TEXTS {
        let asked = keys(500, text);
        let Some(withheld) = &asked.answer.withheld else { panic!("{text}") };
        assert_eq!(std::str::from_utf8(withheld.bytes()), Ok(shown), "{text}");
        let reading = keys(500, json!({"message": text}).to_string());
        assert_eq!(reading.answer.withheld, None, "still JSON: {text}");
        let message: Value = serde_json::from_str(body_of(&reading)).unwrap();
        assert_eq!(message["message"], shown, "{text}");
        for body in wrapped(text) {
            assert!(!seen(&keys(500, &body)).contains("canary"), "{body}: {}", body_of(&keys(500, &body)));
        }
        let echo = json!({"message": text, "list": ["of canary-1"]}).to_string();
        assert!(!text.contains("canary-1") || !seen(&keys(500, echo)).contains("canary-1"), "its echo too: {text}");
    }
}

#[test]
fn a_header_with_an_address_that_holds_a_secret_is_masked() {
    let headers = [("location", "https://a.test/cb?access_token=canary-1&state=x"), ("x-echo", "canary-1")];
    let reading = read(&switch_ssl(), Vec::new(), reply(302, &headers, ""));
    assert_eq!(reading.shown.header("location"), Some("https://a.test/cb?access_token=••••••&state=x"));
    assert_eq!(reading.shown.header("x-echo"), Some(MASK));
}

#[test]
fn json_and_xml_in_base64_are_masked_as_a_whole_where_they_hold_a_secret() {
    use base64::Engine;
    use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
    let xml = "<a><secret>canary-1</secret></a>";
    for inner in [GIVEN, &format!("[{GIVEN}]"), xml] {
        let lines: Vec<String> = STANDARD
            .encode(inner)
            .as_bytes()
            .chunks(64)
            .map(|line| String::from_utf8_lossy(line).into_owned())
            .collect();
        let token = format!("{}.{}.c2ln", URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#), URL_SAFE_NO_PAD.encode(inner));
        for encoded in
            [STANDARD.encode(inner), URL_SAFE_NO_PAD.encode(inner), lines.join("\n"), lines.join("\r\n"), token]
        {
            let body = json!({"isBase64Encoded": true, "body": encoded, "echo": "canary-1"}).to_string();
            assert_eq!(body_of(&keys(200, body)), r#"{"isBase64Encoded":true,"body":"••••••","echo":"••••••"}"#);
        }
    }
    let harmless = json!({"body": STANDARD.encode(r#"{"access":"AK","expires_at":"t"}"#)}).to_string();
    assert_eq!(body_of(&keys(200, &harmless)), harmless);
}

#[test]
fn a_value_is_a_secret_by_the_name_beside_it() {
    for (body, shown) in [
        (
            r#"{"tags":[{"key":"secret","value":"canary-1"},{"key":"a","value":"b"}]}"#,
            r#"{"tags":[{"key":"secret","value":"••••••"},{"key":"a","value":"b"}]}"#,
        ),
        (
            r#"[{"Value":["canary-1"],"x":{"Name":"a"},"Name":"SecurityToken"},{"Value":"b"}]"#,
            r#"[{"Value":"••••••","x":{"Name":"a"},"Name":"SecurityToken"},{"Value":"b"}]"#,
        ),
        (
            r#"{"headers":[{"name":"X-Auth-Token","value":"canary-1"}],"name":"secret","other":{"value":"b"}}"#,
            r#"{"headers":[{"name":"X-Auth-Token","value":"••••••"}],"name":"secret","other":{"value":"b"}}"#,
        ),
        (
            "<a><e><Key>secret</Key><Value>canary-1</Value></e><e><Key>a</Key><Value>b</Value></e></a>",
            "<a><e><Key>secret</Key><Value>••••••</Value></e><e><Key>a</Key><Value>b</Value></e></a>",
        ),
        (
            "<a><p name='secret'>canary-1</p><p name='a'>b</p></a>",
            "<a><p name='secret'>••••••</p><p name='a'>b</p></a>",
        ),
        ("<a><p value=\"canary-1\" name=\"secret\"/></a>", "<a><p value=\"••••••\" name=\"secret\"/></a>"),
    ] {
        assert_eq!(body_of(&keys(400, body)), shown);
        let packed = json!({"message": body}).to_string();
        assert!(!seen(&keys(400, &packed)).contains("canary"), "{packed}");
    }
}

#[test]
fn a_flag_that_ends_like_a_credential_is_about_one() {
    let of = |body: &str| {
        let shown = read(&switch_ssl(), Vec::new(), reply(200, &[], body)).shown.body;
        String::from_utf8(shown).unwrap()
    };
    let flags = r#"{"has_password":true,"resetPassword":false,"PasswordPolicy":"long"}"#;
    assert_eq!(of(flags), flags);
    assert_eq!(
        of(r#"{"db_password":"canary","PIN_Password":12}"#),
        r#"{"db_password":"••••••","PIN_Password":"••••••"}"#
    );
}

#[test]
fn a_private_key_is_masked_wherever_it_stands() {
    let key = "-----BEGIN RSA PRIVATE KEY-----\ncanary\ncanary==\n-----END RSA PRIVATE KEY-----\n";
    let of = |body: &str| {
        let shown = read(&switch_ssl(), Vec::new(), reply(200, &[("content-type", "text/plain")], body)).shown.body;
        String::from_utf8(shown).unwrap()
    };
    let masked = "-----BEGIN RSA PRIVATE KEY-----••••••-----END RSA PRIVATE KEY-----";
    assert_eq!(of(&format!("{key}{key}")).matches(masked).count(), 2);
    assert!(of(&json!({"pem": key, "a": 1}).to_string()).contains(masked));
    assert!(!of(&key.replace("-----END", "")).contains("canary"), "it is cut off");
    assert!(!of(r#"{"pem":"-----BEGIN PRIVATE KEY-----\ncanary","a":"b"}"#).contains("canary"));
    let public = key.replace("RSA PRIVATE", "PUBLIC");
    assert_eq!(of(&public), public);
}

#[test]
fn long_texts_of_names_are_read_in_one_pass() {
    for part in [
        "secret=",
        "secret=a&",
        "secret: ",
        "secret: |\n ",
        "secret={",
        "name=\"",
        "'secret':'",
        "a,",
        "=",
        "\ncontent-disposition: form-data; name=\"secret\"",
        "-----BEGIN PRIVATE KEY-----",
    ] {
        let text = part.repeat(20_000) + "\nsecret=canary-1\n";
        assert!(!seen(&keys(400, &text)).contains("canary"), "{part}");
        assert!(!seen(&keys(400, json!({"message": text}).to_string())).contains("canary"), "{part}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn whatever_a_text_says_json_stays_json_and_nothing_ends_the_program(
        parts in prop::collection::vec(
            select(vec![
                "secret", "password", "name", "value", "=", ":", ": ", "=>", "'", "\"", "`", "{", "}", "[", "]", "\n", "\r\n", "\t", " ", "|", ">",
                "&", "&amp;", "&#10;", "%3D", "%0a", "\\", "\\n", "\\u0022", "<", "</", "<![CDATA[", "]]>", "u'", ",", ";", "//", "@", "Bearer", "x1",
                "é🔑", "Content-Disposition: form-data; name=", "-----BEGIN PRIVATE KEY-----", "-----END", "eyJzZWNyZXQiOiJjIn0=",
            ]),
            0..24,
        ),
    ) {
        let text = parts.concat();
        let reading = keys(400, json!({"message": text}).to_string());
        prop_assert_eq!(&reading.answer.withheld, &None, "{}", text);
        // A long secret may end in half an escape: then the body is hidden until somebody asks.
        for body in [&reading, &keys(400, json!({ text.clone(): [text], "secret": text }).to_string())] {
            let is_json = serde_json::from_slice::<Value>(&body.shown.body).is_ok();
            prop_assert!(is_json || body.answer.withheld.is_some(), "{}", text);
        }
        let _ = (keys(400, &text), keys(400, format!("<a>{text}</a>")));
    }

    #[test]
    fn a_secret_with_its_name_before_it_is_never_shown(
        rest in "[A-Za-z0-9/+_.-]{4,30}",
        (before, after) in ("[a-z {(,&?;]{0,10}", "[a-z ]{0,10}"),
        (name, pair) in (select(vec!["secret", "Secret", "securitytoken", "access_token"]), 0_u8..7),
        way in 0_usize..6,
    ) {
        let secret = format!("cnry7{rest}cnry");
        let pair = match pair {
            0 => format!("{name}={secret}"),
            1 => format!("'{name}': '{secret}'"),
            2 => format!("{name}:{secret}"),
            3 => format!("{name} = {secret}"),
            4 => format!("\"{name}\"=>\"{secret}\""),
            5 => format!("{name}: {secret}"),
            _ => format!("\n{name}: {secret}\n"),
        };
        let text = format!("{before} {pair} {after}");
        let body = &wrapped(&text)[way];
        prop_assert!(!seen(&keys(400, body)).contains("cnry"), "{body}");
        prop_assert!(!seen(&keys(400, &text)).contains("cnry"), "{text}");
    }
}
