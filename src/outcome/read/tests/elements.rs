//! Secrets in XML.

use super::*;
use proptest::prelude::*;
use proptest::sample::select;

fn xml(body: impl AsRef<[u8]>) -> Reading {
    read(&iam_operation(KEYS), Vec::new(), reply(400, &[("content-type", "text/xml")], body))
}

#[test]
fn an_element_with_the_name_of_a_secret_is_masked() {
    for (body, shown) in [
        ("<a><SecurityToken>canary-1</SecurityToken></a>", "<a><SecurityToken>••••••</SecurityToken></a>"),
        ("<a><n:secret x='1'> canary-1\n</n:secret></a>", "<a><n:secret x='1'> ••••••\n</n:secret></a>"),
        ("<a><secret><![CDATA[can<ary-1]]></secret></a>", "<a><secret><![CDATA[••••••]]></secret></a>"),
        (
            "<a><secret>x<![CDATA[canary]]>-1 of it</secret></a>",
            "<a><secret>••••••<![CDATA[••••••]]>••••••</secret></a>",
        ),
        (
            "<a><secret><b>canary-1</b><secret>c</secret>canary</secret></a>",
            "<a><secret><b>••••••</b><secret>••••••</secret>••••••</secret></a>",
        ),
        ("<a secret=\"canary-1\" id='1'/>", "<a secret=\"••••••\" id='1'/>"),
        ("<a><secret/><b>plain</b></a>", "<a><secret/><b>plain</b></a>"),
        ("<a><secret>can&lt;ary</secret><m>of can&lt;ary</m></a>", "<a><secret>••••••</secret><m>of ••••••</m></a>"),
        ("<a><![CDATA[<secret>canary-1</secret>]]></a>", "<a><![CDATA[<secret>••••••</secret>]]></a>"),
        ("<a>&lt;secret&gt;canary-1&lt;/secret&gt;</a>", "<a>&lt;secret&gt;••••••&lt;/secret&gt;</a>"),
        ("<a>{\"secret\":\"canary-1\"}</a>", "<a>{\"secret\":\"••••••\"}</a>"),
        ("<a>{&quot;secret&quot;:&quot;canary-1&quot;}</a>", "<a>{&quot;secret&quot;:&quot;••••••&quot;}</a>"),
    ] {
        let reading = xml(body);
        assert_eq!(body_of(&reading), shown);
        assert!(!seen(&reading).contains("canary") && !seen(&reading).contains("can<ary"), "{body}");
    }
}

#[test]
fn xml_in_a_text_of_json_is_masked_as_well() {
    for (body, shown) in [
        (r#"{"message":"<secret>canary-1</secret>"}"#, r#"{"message":"<secret>••••••</secret>"}"#),
        (r#"{"message":"<secret>canary-1<\/secret>","id":"i"}"#, r#"{"message":"<secret>••••••<\/secret>","id":"i"}"#),
        (r#"{"message":"<a secret=\"canary-1\"/>"}"#, r#"{"message":"<a secret=\"••••••\"/>"}"#),
        (
            r#"{"message":"if a<b \"x <secret>canary-1</secret>"}"#,
            r#"{"message":"if a<b \"x <secret>••••••</secret>"}"#,
        ),
        (
            r#"{"message":"\u003csecret\u003ecanary-1\u003c/secret\u003e"}"#,
            r#"{"message":"\u003csecret\u003e••••••\u003c/secret\u003e"}"#,
        ),
    ] {
        let reading = keys(400, body);
        assert_eq!(body_of(&reading), shown);
        assert!(!seen(&reading).contains("canary"), "{body}");
    }
}

#[test]
fn xml_that_cannot_be_read_is_withheld_by_an_operation_that_gives_secrets() {
    for body in [
        "<a><secret>canary</a>",
        "<a>canary",
        "<!DOCTYPE a><a>canary</a>",
        "<a><!-- canary --></a>",
        "<a/><?x canary?>",
        "<a>&canary;</a>",
    ] {
        let reading = xml(body);
        assert!(reading.answer.withheld.is_some() && !seen(&reading).contains("canary"), "{body}");
    }
    let whole = json!({"type": "string", "format": "password"});
    let call =
        operation("get", "/a", json!({"responses": {"200": {"content": {"application/json": {"schema": whole}}}}}));
    assert!(!seen(&read(&call, Vec::new(), reply(200, &[], "<a>canary</a>"))).contains("canary"));
}

#[test]
fn what_an_error_in_xml_echoes_is_masked_where_it_is_told() {
    let sent = vec![Zeroizing::new(String::from("canary-token"))];
    let body =
        "<Error><Code>X</Code><Message>no canary-token here</Message><RequestId>canary-token</RequestId></Error>";
    let reading = read(&switch_ssl(), sent, reply(400, &[], body));
    let message = String::from("no •••••• here");
    assert_eq!(reading.answer.outcome, Outcome::ApiError { code: "X".into(), message, status: 400 });
    assert!(!seen(&reading).contains("canary"));
}

#[test]
fn long_texts_of_tags_are_read_in_one_pass() {
    for part in
        ["<secret>", "</secret>", "<secret a=\"", "<secret>x</secret>", "<![CDATA[", "<a b='", "<<", "&lt;secret>"]
    {
        let text = format!("<a>{}", part.repeat(20_000));
        let _ = xml(&text);
        let _ = keys(400, json!({"message": text}).to_string());
    }
}

proptest! {
    #[test]
    fn a_documented_secret_is_never_shown(
        rest in "[a-z/+=;.,:é-]{0,40}",
        (before, after) in ("[a-z <>/&;'\"=]{0,12}", "[a-z <>/&;'\"=]{0,12}"),
        name in select(vec!["secret", "Secret", "securitytoken", "SECURITYTOKEN", "n:secret"]),
        way in 0_u8..4,
        cut in 0_usize..200,
    ) {
        let secret = format!("cnry{rest}cnry");
        let given = match way {
            0 => format!("<{name}>{secret}</{name}>"),
            1 => format!("<{name}><![CDATA[{secret}]]></{name}>"),
            2 => format!("<x {name}='{secret}'/>"),
            _ => format!("<{name}><v>{secret}</v></{name}>"),
        };
        let whole = format!("<Error><Code>c</Code>{given}<Message>of {secret} {after}</Message></Error>");
        let around = format!("<Error>{before}{given}{after}</Error>");
        let cut: String = whole.chars().take(cut).collect();
        for body in [&whole, &around, &cut] {
            prop_assert!(!seen(&xml(body)).contains("cnry"), "{body}");
        }
    }
}
