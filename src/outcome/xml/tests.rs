use super::*;
use proptest::prelude::*;
use serde_json::json;

fn value(text: &str) -> Option<(String, Value)> {
    parse(text).map(|document| (document.root, document.value))
}

#[test]
fn elements_and_attributes_become_members_by_their_local_names() {
    for (text, expected) in [
        ("<a>x</a>", json!("x")),
        ("<a/>", json!("")),
        ("<a>\n  <b> x </b>\r\n <c/></a>", json!({"b": "x", "c": ""})),
        ("<a><b>1</b><b>2</b><b>3</b></a>", json!({"b": ["1", "2", "3"]})),
        (
            "<?xml version='1.0' encoding='GBK'?>\n<n:a xmlns:n='urn:x' xmlns='y'><n:b>x</n:b></n:a>\n",
            json!({"b": "x"}),
        ),
        ("<a code='401' n:id=\"&lt;2\"><b>x</b></a>", json!({"code": "401", "id": "<2", "b": "x"})),
        ("<a>a&lt;&gt;&amp;&quot;&apos;&#65;&#x42; <![CDATA[<b>&amp;]]></a>", json!("a<>&\"'AB <b>&amp;")),
        ("<a><b c='1'> x </b><b c='2'>y<d/></b></a>", json!({"b": [{"c": "1", "#text": "x"}, {"c": "2", "d": ""}]})),
        ("<!-- c --><a>x<!-- y -->z</a><?p i?>", json!("xz")),
    ] {
        assert_eq!(value(text), Some((String::from("a"), expected)), "{text}");
    }
    let is_named = |text: &str| parse(text).unwrap().is_named;
    assert!(is_named("<?xml version='1.0'?><a>x</a>"));
    assert!(!is_named("<a><!-- x --></a>") && !is_named("<a/><?x y?>"));
}

#[test]
fn what_is_not_well_formed_is_no_xml() {
    for text in [
        "",
        " ",
        "text",
        "<a>",
        "<a></b>",
        "</a>",
        "<a/><b/>",
        "<a/>text",
        "text<a/>",
        "<a>&unknown;</a>",
        "<a>&#0;</a>",
        "<a>&#xd800;</a>",
        "<a b></a>",
        "<a",
        "<a><![CDATA[x</a>",
        "<a>&</a>",
        "<a>&lt</a>",
        "<",
        "<>",
    ] {
        assert_eq!(value(text), None, "{text}");
    }
}

#[test]
fn no_document_type_and_no_entity_of_its_own_is_read() {
    let laughs: String = (1..30).map(|n| format!("<!ENTITY l{n} \"&l{};&l{};\">", n - 1, n - 1)).collect();
    for text in [
        String::from("<!DOCTYPE a><a/>"),
        String::from("<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>"),
        String::from("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"),
        String::from("<!DOCTYPE a [<!ENTITY e SYSTEM 'https://evil.test/'>]><a>&e;</a>"),
        format!("<!DOCTYPE a [<!ENTITY l0 'ha'>{laughs}]><a>&l29;</a>"),
        String::from("<a/><!DOCTYPE a>"),
        String::from("<!doctype a><a/>"),
    ] {
        assert_eq!(value(&text), None, "{text}");
    }
}

#[test]
fn depth_and_length_cost_little() {
    let nested = |depth: usize| format!("{}x{}", "<a>".repeat(depth), "</a>".repeat(depth));
    assert!(parse(&nested(DEEPEST)).is_some());
    assert_eq!(parse(&nested(DEEPEST + 1)), None);
    assert_eq!(parse(&nested(100_000)), None);
    assert_eq!(parse(&"<a>".repeat(100_000)), None);
    assert!(parse(&format!("<a>{}</a>", "<b>x</b>".repeat(100_000))).is_some());
    let attributes: String = (0..50_000).map(|n| format!(" a{n}=''")).collect();
    assert!(parse(&format!("<a{attributes}/>")).is_some());
}

proptest! {
    #[test]
    fn nothing_ends_the_program(text in r#"(<(/|!|\?|!\[CDATA\[|!--)?[ab:]{0,3}( [ab]="?x'?)?/?>?|&(lt|#[0-9x]{1,3}|a);?|]]>|-->|x| ){0,30}"#) {
        let _ = parse(&text);
    }

    #[test]
    fn neither_does_any_other_text(text in any::<String>()) {
        let _ = parse(&text);
        let _ = parse(&format!("<a>{text}</a>"));
        let _ = parse(&format!("<{text}>"));
    }
}
