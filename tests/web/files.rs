//! Files as bodies and as parts of one.

use super::parts::DOCUMENT;
use super::{Form, bubble, focused, frame};
use tls_console::form::ArgumentValue;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{DataTransfer, HtmlInputElement};

/// Chooses a file of these bytes, as a user does, and waits until it is read or refused.
async fn choose(form: &Form, input: &str, name: &str, bytes: &[u8]) {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let file = web_sys::File::new_with_u8_array_sequence(&parts, name).unwrap();
    let chosen = DataTransfer::new().unwrap();
    chosen.items().add_with_file(&file).unwrap();
    let input: HtmlInputElement = form.named(input).unchecked_into();
    input.set_files(chosen.files().as_ref());
    let said = || {
        [form.find(".actions[role='status']"), form.find(&format!("#{}-error", input.id()))]
            .map(|one| one.text_content())
    };
    let before = said();
    bubble(&input, "change");
    for _ in 0..600 {
        frame().await;
        if said() != before {
            return;
        }
    }
    panic!("{name} was neither read nor refused");
}

/// Name and bytes of the file in a value, if it is one.
fn file_of(value: &ArgumentValue) -> Option<(String, Vec<u8>)> {
    match value {
        ArgumentValue::File(file) => Some((file.name.clone(), file.bytes.to_vec())),
        _ => None,
    }
}

#[wasm_bindgen_test]
async fn a_file_is_the_body_until_it_is_removed() {
    let form = Form::open_operation(DOCUMENT, "Upload").await;
    assert!(form.mounted.arguments().is_err(), "it is required");
    choose(&form, "body", "a.bin", &[0, 255, 13, 10]).await;
    let said = form.find(".actions[role='status']").text_content().unwrap();
    assert!(said.contains("a.bin, 4 bytes"), "{said}");
    let body = form.mounted.arguments().unwrap().body().and_then(file_of);
    assert_eq!(body, Some((String::from("a.bin"), vec![0, 255, 13, 10])));
    form.press("Remove body").await;
    assert_eq!(focused(), form.id_of("body"));
    assert!(form.mounted.arguments().is_err());
    assert_eq!(form.value("body"), "");
}

#[wasm_bindgen_test]
async fn a_file_that_is_too_large_is_refused_with_the_limit() {
    let form = Form::open_operation(DOCUMENT, "Upload").await;
    choose(&form, "body", "large.bin", &vec![0; 20_000_001]).await;
    assert_eq!(form.complaint("body"), "The file is larger than 20.0 MB: the console sends no larger ones.");
    assert_eq!(form.named("body").get_attribute("aria-invalid").as_deref(), Some("true"));
    choose(&form, "body", "small.bin", b"a").await;
    assert_eq!(form.complaint("body"), "");
    assert!(form.mounted.arguments().is_ok());
}

#[wasm_bindgen_test]
async fn a_part_of_a_form_can_be_a_file() {
    let form = Form::open_operation(DOCUMENT, "UploadForm").await;
    form.type_into("title", "A picture").await;
    choose(&form, "picture", "p.png", b"\x89PNG").await;
    let arguments = form.mounted.arguments().unwrap();
    let Some(ArgumentValue::Object(members)) = arguments.body() else { panic!("parts") };
    let names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["title", "picture"]);
    assert_eq!(
        members.last().and_then(|(_, value)| file_of(value)),
        Some((String::from("p.png"), b"\x89PNG".to_vec()))
    );
    let nulls = form.find("select[aria-label='title, left empty']").text_content().unwrap();
    assert_eq!(nulls, "(not set)(empty)", "a form cannot say null");
}
