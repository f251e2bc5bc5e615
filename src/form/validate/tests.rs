use super::*;
use crate::fixtures::*;
use crate::form::PatternRule;
use serde_json::json;

mod cases;
mod k_rows;
mod whole_form;

fn issues(operation: &Operation, draft: &Draft) -> Vec<(String, Broken)> {
    let issues = validate(operation, draft).expect_err("must be refused");
    issues.into_iter().map(|issue| (issue.target.name().to_owned(), issue.broken)).collect()
}

fn sent(operation: &Operation, draft: &Draft) -> Value {
    let arguments = validate(operation, draft).unwrap();
    arguments.body().map(|body| serde_json::from_str(&body.to_json()).unwrap()).unwrap_or_default()
}

/// What is wrong with a text for a parameter of this place and schema.
fn check(location: &str, schema: &Value, text: &str) -> Option<Broken> {
    let template = if location == "path" { "/a/{x}" } else { "/a" };
    let call = operation("get", template, json!({"parameters": [{"name": "x", "in": location, "schema": schema}]}));
    let field = FieldPath::of(&call.parameters[0]);
    match validate(&call, &draft(&[(field.clone(), text)])) {
        Ok(_) => None,
        Err(issues) => {
            assert_eq!(issues.len(), 1, "one issue a field: {issues:?}");
            assert_eq!(issues[0].target, Target::Field(field));
            Some(issues[0].broken.clone())
        }
    }
}

#[test]
fn a_text_gets_the_complaint_of_the_rule_it_breaks() {
    let pattern = |rule, has| Some(Broken::Pattern { rule, has });
    let described = |words: &str| PatternRule::Described(words.into());
    let expression = |pattern: &str| PatternRule::Expression(pattern.into());
    let listed = |choices: &[&str]| Some(Broken::NotListed(choices.iter().map(|c| (*c).to_owned()).collect()));
    let cases = [
        ("query", json!({"type": "boolean"}), "yes", Some(Broken::NotBoolean)),
        ("query", json!({"type": "boolean"}), "True", Some(Broken::NotBoolean)),
        ("query", json!({"type": "boolean"}), "false", None),
        ("query", json!({"type": "integer"}), "1.0", Some(Broken::NotInteger)),
        ("query", json!({"type": "integer"}), "", Some(Broken::NotInteger)),
        ("query", json!({"type": "integer"}), "007", Some(Broken::NotInteger)),
        ("query", json!({"type": "integer"}), "-0", None),
        ("query", json!({"type": "integer"}), "123456789012345678901234567890", None),
        ("query", json!({"type": "number"}), "1,5", Some(Broken::NotNumber)),
        ("query", json!({"type": "number"}), "NaN", Some(Broken::NotNumber)),
        ("query", json!({"type": "number"}), "1.50", None),
        ("query", json!({"enum": ["a", 1, true]}), "b", listed(&["a", "1", "true"])),
        ("query", json!({"enum": ["a", 1, true]}), "1", None),
        ("query", json!({"type": "string", "minLength": 2}), "a", Some(Broken::TooShort { min: 2, has: 1 })),
        ("query", json!({"type": "string", "maxLength": 2}), "abc", Some(Broken::TooLong { max: 2, has: 3 })),
        ("query", json!({"type": "string", "pattern": "^a$"}), "ab", pattern(expression("^a$"), None)),
        (
            "query",
            json!({"type": "string", "pattern": "^a$", "x-rule": "an a"}),
            "ab",
            pattern(described("an a"), None),
        ),
        ("query", json!({"type": "integer", "minimum": 3}), "2", Some(Broken::BelowMinimum(decimal("3.0")))),
        ("query", json!({"type": "integer", "maximum": 3}), "4", Some(Broken::AboveMaximum(decimal("3.0")))),
        ("query", json!({"type": "number", "maximum": 3}), "1e400", Some(Broken::AboveMaximum(decimal("3.0")))),
        ("query", json!({"type": "number", "minimum": 3}), "-1e400", Some(Broken::BelowMinimum(decimal("3.0")))),
        ("query", json!({"type": "number", "exclusiveMinimum": 3}), "3", Some(Broken::NotGreater(decimal("3.0")))),
        ("query", json!({"type": "number", "exclusiveMaximum": 3}), "3", Some(Broken::NotSmaller(decimal("3.0")))),
        ("query", json!({"type": "number", "minimum": 3, "maximum": 3}), "3.0", None),
        ("query", json!({"type": "integer", "multipleOf": 5}), "12", Some(Broken::NotMultiple(decimal("5.0")))),
        ("query", json!({"type": "number", "multipleOf": 0.1}), "0.3", None),
        ("path", json!({"type": "string"}), "", Some(Broken::Required)),
        ("path", json!({"type": "string"}), " a", Some(Broken::OuterBlanks)),
        ("path", json!({"type": "string"}), "a\u{3000}", Some(Broken::OuterBlanks)),
        ("path", json!({"type": "string"}), "a/b", Some(Broken::Slash)),
        ("path", json!({"type": "string"}), "a\\b", Some(Broken::Slash)),
        ("path", json!({"type": "string"}), ".", Some(Broken::Dots)),
        ("path", json!({"type": "string"}), "..", Some(Broken::Dots)),
        ("path", json!({"type": "string"}), "...", None),
        ("path", json!({"type": "string"}), "a b?#%2F", None),
        ("path", json!({}), "..", Some(Broken::Dots)),
        ("path", json!({}), "a/b", Some(Broken::Slash)),
        ("path", json!({"enum": ["a", ".."]}), "..", Some(Broken::Dots)),
        ("header", json!({"type": "string"}), "a\nb", Some(Broken::HeaderText)),
        ("header", json!({"type": "string"}), "é", Some(Broken::HeaderText)),
        ("header", json!({"type": "string"}), "a b", None),
    ];
    for (location, schema, text, expected) in cases {
        assert_eq!(check(location, &schema, text), expected, "{location} {schema} {text:?}");
    }
}

#[test]
fn raw_json_is_checked_for_syntax_with_line_and_column() {
    let call = with_body(json!({}));
    let found = issues(&call, &draft(&[(FieldPath::body(), "{\n]")]));
    assert!(
        matches!(&found[..], [(name, Broken::NotJson(text))] if name.is_empty() && text.contains("line 2")),
        "{found:?}"
    );
    assert_eq!(sent(&call, &draft(&[(FieldPath::body(), "[1.10]")])).to_string(), "[1.10]");
}

#[test]
fn wrong_ids_of_the_real_calls_get_the_complaint_of_the_documented_rule() {
    let (ssl, https) = (switch_ssl(), open_https());
    let with = |draft: Draft, path: FieldPath, text: &str| {
        let mut draft = draft;
        draft.set(path, Raw::Text(text.to_owned()));
        draft
    };
    let described = |words: &str, has| Broken::Pattern { rule: PatternRule::Described(words.into()), has };
    let letters = |has| described("32 letters and digits", has);
    let in07 = |has| described("36 letters and digits ending in in07", has);
    let ascii = |has| described("ASCII characters only", has);
    let (project, instance) = (path("project_id"), path("instance_id"));
    let (cluster, token) = (path("InstanceId"), query("clientToken"));
    let without_in07 = TAURUSDB.replace("in07", "in06");
    let cases = [
        (&ssl, with(ssl_on(), project.clone(), PROJECT.trim_start_matches('0')), letters(Some(31))),
        (&ssl, with(ssl_on(), project.clone(), &format!("{PROJECT}\n")), Broken::OuterBlanks),
        (&ssl, with(ssl_on(), project.clone(), ""), Broken::Required),
        (&ssl, with(ssl_on(), project, "0565384112-0d4cd2f79c003c7606412"), letters(None)),
        (&ssl, with(ssl_on(), instance.clone(), &without_in07), in07(None)),
        (&ssl, with(ssl_on(), instance, ".."), Broken::Dots),
        (&ssl, with(ssl_on(), header("X-Language"), "fr"), Broken::NotListed(vec!["en-us".into(), "zh-cn".into()])),
        (&ssl, with(ssl_on(), body("ssl_option"), "1"), Broken::NotBoolean),
        (&https, with(https_on(), cluster.clone(), ""), Broken::Required),
        (&https, with(https_on(), cluster.clone(), "es-cn/../x"), Broken::Slash),
        (&https, with(https_on(), cluster, " es-cn"), Broken::OuterBlanks),
        (&https, with(https_on(), token.clone(), &"a".repeat(65)), Broken::TooLong { max: 64, has: 65 }),
        (&https, with(https_on(), token.clone(), "tökén"), ascii(None)),
        (&https, with(https_on(), token, "\u{1f600}"), ascii(None)),
    ];
    for (operation, draft, expected) in cases {
        let found = issues(operation, &draft);
        assert_eq!(found.iter().map(|(_, broken)| broken).collect::<Vec<_>>(), [&expected], "{draft:?}");
    }
    assert!(validate(&ssl, &ssl_on()).is_ok() && validate(&https, &https_on()).is_ok());
    let longest = with(https_on(), query("clientToken"), &"~".repeat(64));
    assert!(validate(&https, &longest).is_ok(), "64 characters are allowed");
}

#[test]
fn length_counts_characters_not_bytes_and_not_utf_16_units() {
    let schema = json!({"type": "string", "minLength": 3, "maxLength": 3});
    for text in ["abc", "äöü", "中文字", "😀😀😀"] {
        assert_eq!(check("query", &schema, text), None, "{text}");
    }
    assert_eq!(check("query", &schema, "😀😀"), Some(Broken::TooShort { min: 3, has: 2 }));
}

#[test]
fn patterns_mean_what_they_mean_in_ecmascript() {
    let cases = [
        (r"\d", "abc1def", true, "a match anywhere is enough"),
        (r"^\d+$", "١٢٣", false, "digits are ASCII"),
        (r"^\d+$", "1\n", false, "$ is the very end"),
        (r"^\w+$", "é", false, "word characters are ASCII"),
        (r"^\u{1F600}$", "😀", true, "code points above the first plane"),
        (r"^.$", "😀", true, "a dot is a code point"),
        (r"^(?=.*\d)(?!.*x)", "ab1", true, "lookahead"),
        (r"^(?=.*\d)(?!.*x)", "ab1x", false, "negative lookahead"),
        (r"(?<=\$)\d", "$5", true, "lookbehind"),
        (r"^(a+)\1$", "aaaa", true, "back references"),
        (r"^\p{Lu}$", "É", true, "properties"),
        (r"^[^]$", "\n", true, "anything at all"),
        ("^A$", "a", false, "case counts"),
    ];
    for (pattern, text, fits, why) in cases {
        let found = check("query", &json!({"type": "string", "pattern": pattern}), text);
        assert_eq!(found.is_none(), fits, "{pattern} {text:?}: {why}");
    }
}

#[test]
fn a_boolean_has_three_states() {
    let optional = with_body(json!({"properties": {"on": {"type": "boolean"}, "n": {"type": "integer"}}}));
    let mut draft = draft(&[(body("n"), "1")]);
    assert_eq!(sent(&optional, &draft), json!({"n": 1}), "unset is not sent");
    draft.set(body("on"), Raw::Text("false".into()));
    assert_eq!(sent(&optional, &draft), json!({"on": false, "n": 1}));
    draft.set(body("on"), Raw::Text("true".into()));
    assert_eq!(sent(&optional, &draft), json!({"on": true, "n": 1}));
    let mut unset = ssl_on();
    unset.set(body("ssl_option"), Raw::Unset);
    assert_eq!(issues(&switch_ssl(), &unset), [("ssl_option".into(), Broken::Required)], "no default for a restart");
}

#[test]
fn null_is_sent_as_null_and_satisfies_required() {
    let call = with_body(json!({"required": ["a"], "properties": {"a": {"type": ["string", "null"], "minLength": 1}}}));
    let mut draft = Draft::default();
    draft.set(body("a"), Raw::Null);
    assert_eq!(sent(&call, &draft), json!({"a": null}));
    draft.set(body("a"), Raw::Text("null".into()));
    assert_eq!(sent(&call, &draft), json!({"a": "null"}), "the typed word is a text");
}

#[test]
fn an_optional_object_is_sent_only_when_something_in_it_is_set() {
    let inner = json!({"type": "object", "required": ["key"], "properties": {
        "key": {"type": "string"}, "deep": {"type": "object", "properties": {"x": {"type": "integer"}}}}});
    let call = with_body(json!({"properties": {"tag": inner, "name": {"type": "string"}}}));
    assert_eq!(validate(&call, &Draft::default()).unwrap().body(), None, "nothing set: no body");
    assert_eq!(sent(&call, &draft(&[(body("name"), "n")])), json!({"name": "n"}));
    let missing = issues(&call, &draft(&[(body("tag.deep.x"), "1")]));
    assert_eq!(missing, [("tag.key".into(), Broken::Required)], "now its required children are asked for");
    let full = draft(&[(body("tag.deep.x"), "1"), (body("tag.key"), "")]);
    assert_eq!(sent(&call, &full), json!({"tag": {"key": "", "deep": {"x": 1}}}), "an empty text is a text");
    let mut null = Draft::default();
    null.set(body("tag"), Raw::Null);
    assert_eq!(sent(&call, &null), json!({"tag": null}));
}

#[test]
fn a_required_body_is_sent_even_if_it_is_empty() {
    let schema = json!({"properties": {"a": {"type": "string"}}});
    let media = json!({"required": true, "content": {"application/json": {"schema": schema}}});
    let call = operation("post", "/a", json!({"requestBody": media}));
    assert_eq!(sent(&call, &Draft::default()), json!({}));
}

#[test]
fn arrays_are_checked_item_by_item_and_for_their_number() {
    let rows = json!({"type": "array", "minItems": 1, "maxItems": 2, "items": {"type": "object",
        "required": ["k"], "properties": {"k": {"type": "integer", "maximum": 9}}}});
    let call = with_body(json!({"properties": {"rows": rows}}));
    let with = |value: Value| {
        let mut draft = Draft::default();
        draft.set_value(&body("rows"), &value);
        draft
    };
    assert_eq!(sent(&call, &with(json!([{"k": 1}, {"k": 2}]))), json!({"rows": [{"k": 1}, {"k": 2}]}));
    assert_eq!(validate(&call, &Draft::default()).unwrap().body(), None, "an unset array is not sent");
    assert_eq!(issues(&call, &with(json!([]))), [("rows".into(), Broken::TooFewItems(1))]);
    assert_eq!(issues(&call, &with(json!([{"k": 1}, {"k": 1}, {"k": 1}]))), [("rows".into(), Broken::TooManyItems(2))]);
    let found = issues(&call, &with(json!([{"k": 10}, {}])));
    assert_eq!(
        found,
        [("rows.0.k".into(), Broken::AboveMaximum(decimal("9.0"))), ("rows.1.k".into(), Broken::Required)]
    );
}

#[test]
fn an_empty_list_would_leave_a_hole_in_the_path() {
    let list = json!({"name": "x", "in": "path", "schema": {"type": "array", "items": {"type": "string"}}});
    let call = operation("get", "/a/{x}", json!({"parameters": [list]}));
    let mut draft = Draft::default();
    draft.set_value(&path("x"), &json!([]));
    assert_eq!(issues(&call, &draft), [("x".into(), Broken::Required)]);
}

#[test]
fn secrets_are_sent_and_not_shown() {
    let call = with_body(json!({"properties": {
        "user": {"type": "string"},
        "keys": {"type": "array", "items": {"type": "object", "properties": {"password": {"type": "string", "format": "password"}}}},
    }}));
    let arguments = validate(&call, &draft_of(&call, json!({"user": "u", "keys": [{"password": "hunter2"}]}))).unwrap();
    let body = arguments.body().unwrap();
    assert_eq!(body.to_json(), r#"{"user":"u","keys":[{"password":"hunter2"}]}"#);
    assert_eq!(body.to_shown_json(), format!(r#"{{"user":"u","keys":[{{"password":"{}"}}]}}"#, crate::catalog::MASK));
    assert!(!format!("{arguments:?}").contains("hunter2"));
}

fn draft_of(operation: &Operation, value: Value) -> Draft {
    let mut draft = Draft::default();
    draft.set_as(&FieldPath::body(), &operation.body.as_ref().unwrap().schema, &value);
    draft
}

#[test]
fn defaults_fill_the_form_also_where_they_are_raw_json() {
    let call = with_required_body(json!({"properties": {
        "any": {"default": {"a": [1, "x"]}}, "word": {"default": "w"}, "flag": {"type": "boolean", "default": false},
        "rows": {"type": "array", "items": {"type": "number"}, "default": [1.5, 2]},
        "inner": {"type": "object", "properties": {"n": {"type": "integer", "default": 3}, "other": {"type": "string"}}},
        "off": {"type": "object", "properties": {"n": {"type": "integer", "default": 3}}},
    }, "required": ["inner"]}));
    let draft = Draft::new(&call, &mut || panic!("nothing is generated"));
    let expected = r#"{"any":{"a":[1,"x"]},"word":"w","flag":false,"rows":[1.5,2],"inner":{"n":3}}"#;
    assert_eq!(sent(&call, &draft).to_string(), expected);
    assert!(draft.has(&FieldPath::body()) && !Draft::default().has(&FieldPath::body()));
}

fn decimal(text: &str) -> crate::catalog::Decimal {
    crate::catalog::Decimal::new(&serde_json::from_str(text).unwrap())
}
