//! The browser's own reading of an address: what it would call is what was signed.

use tls_console::catalog::Api;
use tls_console::form::{Draft, FieldPath, Raw, validate};
use tls_console::request::build;
use wasm_bindgen_test::wasm_bindgen_test;

const TEMPLATES: [&str; 12] = [
    "/{a}",
    "/v1/{a}/{b}",
    "/{a}.json",
    "/{a}:{b}",
    "/.{a}",
    "/{a}{b}",
    "/%2e/{a}",
    "/a//{a}",
    "/{a};x=1,2/",
    "/{a}#{b}",
    "/{a}?{b}",
    "/é/{a}",
];

const TEXTS: [&str; 22] = [
    ".", "..", "%2e", "%2E%2e", "a/b", "a\\b", "a\tb", "a\nb", " a", "é", "😀", "\u{feff}", "{b}", "?", "#", ";", "@",
    ":", "'", "|^`", "%", "a b+c*~",
];

const SERVERS: [&str; 6] = [
    "https://a.test",
    "https://A.test:443",
    "https://a.test:8443/v1",
    "https://{a}.test/{b}",
    "https://{a}",
    "https://1.2.3",
];

fn url_of(server: &str, template: &str, style: &str, texts: (&str, &str)) -> Option<String> {
    let parameter = |name: &str| format!(r#"{{"name": "{name}", "in": "path", "style": "{style}", "schema": {{}}}}"#);
    let query = r#"{"name": "q", "in": "query", "allowReserved": true, "schema": {}}"#;
    let document = format!(
        r#"{{"openapi": "3.1.0", "info": {{"title": "T"}}, "servers": [{{"url": "{server}", "variables": {{"a": {{"default": "x"}}, "b": {{"default": "y"}}}}}}],
            "paths": {{"{template}": {{"get": {{"operationId": "A", "parameters": [{}, {}, {query}]}}}}}}}}"#,
        parameter("a"),
        parameter("b"),
    );
    let operation = Api::load("t.json", &document).unwrap().operation("A").unwrap().ok()?;
    let mut draft = Draft::default();
    for field in &operation.parameters {
        let text = if field.name == "b" { texts.1 } else { texts.0 };
        draft.set(FieldPath::of(field), Raw::Text(text.to_owned()));
    }
    draft.set_variable("a", texts.1.to_owned());
    draft.set_variable("b", texts.0.to_owned());
    Some(build(&operation, &validate(&operation, &draft).ok()?).ok()?.url())
}

#[wasm_bindgen_test]
fn the_browser_calls_what_was_signed() {
    let mut built = 0;
    for server in SERVERS {
        for template in TEMPLATES {
            for (index, text) in TEXTS.iter().enumerate() {
                for style in ["simple", "label", "matrix"] {
                    let other = TEXTS.get((index * 7 + template.len()) % TEXTS.len()).unwrap();
                    for texts in [(*text, *other), (*text, "plain")] {
                        let Some(url) = url_of(server, template, style, texts) else { continue };
                        assert_eq!(web_sys::Url::new(&url).unwrap().href(), url);
                        built += 1;
                    }
                }
            }
        }
    }
    assert!(built > 1_000, "{built}");
}
