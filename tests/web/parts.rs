//! What can be there or not: optional objects, members of any name, forms to choose from, empty values.

use super::{Form, focused, frame};
use tls_console::form::ArgumentValue;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{KeyboardEvent, KeyboardEventInit};

pub(super) const DOCUMENT: &str = include_str!("parts.json");

/// The form of `Parts`, with all that it requires.
async fn parts() -> Form {
    let form = Form::open_operation(DOCUMENT, "Parts").await;
    form.type_into("name", "x").await;
    form.press("Remove owner").await;
    assert_eq!(form.body(), r#"{"name":"x","owner":null}"#);
    form
}

fn body(more: &str) -> String {
    // `owner` is the last but one property of the description.
    format!(r#"{{"name":"x",{more},"owner":null}}"#)
}

fn query(form: &Form) -> Vec<(String, String)> {
    let arguments = form.mounted.arguments().unwrap();
    arguments.query().iter().map(|one| (one.name.clone(), one.value.to_json())).collect()
}

#[wasm_bindgen_test]
async fn con_14_an_optional_object_is_off_until_it_is_wanted() {
    let form = parts().await;
    form.press("Add volume").await;
    assert_eq!(form.value("volume.type"), "SSD");
    form.type_into("volume.size", "40").await;
    assert_eq!(form.body(), body(r#""volume":{"size":40,"type":"SSD"}"#));
    form.press("Remove volume").await;
    assert_eq!(form.body(), r#"{"name":"x","owner":null}"#);
    form.press("Add labels").await;
    assert_eq!(form.body(), body(r#""labels":{}"#), "an empty object can be sent");
}

#[wasm_bindgen_test]
async fn a_required_object_that_may_be_null_is_there_at_first() {
    let form = parts().await;
    form.press("Add owner").await;
    form.type_into("owner.login", "me").await;
    assert_eq!(form.body(), r#"{"name":"x","owner":{"login":"me"}}"#);
}

#[wasm_bindgen_test]
async fn an_optional_body_is_off_until_it_is_wanted() {
    let form = Form::open_operation(DOCUMENT, "OptionalBody").await;
    assert!(form.mounted.arguments().unwrap().body().is_none());
    form.press("Add body").await;
    form.type_into("name", "x").await;
    assert_eq!(form.body(), r#"{"name":"x"}"#);
    form.press("Remove body").await;
    assert!(form.mounted.arguments().unwrap().body().is_none());
}

#[wasm_bindgen_test]
async fn con_12_members_of_any_name_are_added_and_removed() {
    let form = parts().await;
    form.press("Add labels").await;
    let input = form.find("#body-labels--member");
    form.enter(&input, "env").await;
    form.press("Add member").await;
    frame().await;
    assert_eq!(focused(), form.id_of("labels.env"));
    form.type_into("labels.env", "test").await;

    let input = form.find("#body-labels--member");
    form.enter(&input, "team").await;
    let enter = KeyboardEventInit::new();
    enter.set_key("Enter");
    enter.set_bubbles(true);
    enter.set_cancelable(true);
    let enter = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &enter).unwrap();
    assert!(!input.dispatch_event(&enter).unwrap(), "Enter adds the member and sends nothing");
    frame().await;
    form.type_into("labels.team", "a").await;
    assert_eq!(form.body(), body(r#""labels":{"env":"test","team":"a"}"#));

    form.enter(&form.find("#body-labels--member"), "env").await;
    form.press("Add member").await;
    let said = form.find("#body-labels--member-error").text_content().unwrap();
    assert_eq!(said, "There is a member of this name already.");
    form.press("Remove labels.env").await;
    assert_eq!(focused(), "body-labels--member");
    assert_eq!(form.body(), body(r#""labels":{"team":"a"}"#));
}

#[wasm_bindgen_test]
async fn con_5_members_of_a_parameter_too() {
    let form = parts().await;
    form.press("Add filter").await;
    form.enter(&form.find("#query-filter--member"), "color").await;
    form.press("Add member").await;
    form.type_into("filter.color", "red").await;
    assert_eq!(query(&form), [(String::from("filter"), String::from(r#"{"color":"red"}"#))]);
}

#[wasm_bindgen_test]
async fn one_of_several_forms_is_chosen() {
    let form = parts().await;
    let choice = form.find("#body-place--one-of");
    assert_eq!(choice.text_content().unwrap(), "(not set)By idBy numbernull");
    form.enter(&choice, "0").await;
    form.type_into("place.id", "p-1").await;
    assert_eq!(form.body(), body(r#""place":{"id":"p-1"}"#));
    form.enter(&choice, "1").await;
    form.type_into("place", "7").await;
    assert_eq!(form.body(), body(r#""place":7"#));
    form.enter(&choice, "null").await;
    assert_eq!(form.body(), body(r#""place":null"#));
    form.enter(&choice, "").await;
    assert_eq!(form.body(), r#"{"name":"x","owner":null}"#);
}

#[wasm_bindgen_test]
async fn con_26_an_empty_text_can_be_sent() {
    let form = parts().await;
    form.leave_empty("active", "empty").await;
    assert_eq!(query(&form), [(String::from("active"), String::from("\"\""))]);
    form.leave_empty("active", "").await;
    assert_eq!(query(&form), []);
    form.leave_empty("alias", "empty").await;
    assert_eq!(form.body(), body(r#""alias":"""#));
    form.type_into("alias", "typed").await;
    assert_eq!(form.body(), body(r#""alias":"typed""#));
    form.type_into("alias", "").await;
    assert_eq!(form.body(), r#"{"name":"x","owner":null}"#, "an emptied input is not set");
    form.type_into("colour", "\nempty").await;
    assert_eq!(form.body(), body(r#""colour":"""#));
}

#[wasm_bindgen_test]
async fn con_9_null_and_empty_are_offered_where_they_can_be_sent() {
    let form = parts().await;
    let offered = |name: &str| {
        let list = form.root.query_selector(&format!("select[aria-label='{name}, left empty']")).unwrap();
        list.map(|list| list.text_content().unwrap())
    };
    assert_eq!(offered("active").as_deref(), Some("(not set)(empty)"), "a query cannot say null");
    assert_eq!(offered("name"), None, "it has one character at least");
    assert_eq!(offered("tags").as_deref(), Some("(not set)(empty)null"));
}

#[wasm_bindgen_test]
async fn a_list_can_be_empty_or_null_and_its_items_begin_with_their_defaults() {
    let form = parts().await;
    form.leave_empty("tags", "empty").await;
    assert_eq!(form.body(), body(r#""tags":[]"#));
    form.leave_empty("tags", "null").await;
    assert_eq!(form.body(), body(r#""tags":null"#));
    form.leave_empty("tags", "").await;
    form.find("#body-disks--add").dispatch_event(&web_sys::Event::new("click").unwrap()).unwrap();
    frame().await;
    assert_eq!(focused(), "body-disks-0");
    assert_eq!(form.body(), body(r#""disks":[{"type":"SSD"}]"#));
    form.press("Remove disks 0").await;
    assert_eq!(focused(), "body-disks--add");
    assert_eq!(form.body(), r#"{"name":"x","owner":null}"#);
}

#[wasm_bindgen_test]
async fn con_18_a_doubled_name_is_remarked_and_sent_as_typed() {
    let form = parts().await;
    let typed = r#"{"a":1,"a":2,"n":1E5}"#;
    form.type_into("policy", typed).await;
    let warning = form.find("#body-policy--warning").text_content().unwrap();
    assert_eq!(warning, "policy has a name twice, at #/a: most servers take one of the two and say nothing.");
    let described_by = form.named("policy").get_attribute("aria-describedby").unwrap();
    assert!(described_by.contains("body-policy--warning"), "{described_by}");
    assert_eq!(form.body(), format!(r#"{{"name":"x","owner":null,"policy":{typed}}}"#));
    form.type_into("policy", "{}").await;
    assert_eq!(form.find("#body-policy--warning").text_content().unwrap(), "");
}

#[wasm_bindgen_test]
async fn every_part_has_a_label() {
    let form = parts().await;
    for part in ["volume", "labels", "filter"] {
        form.press(&format!("Add {part}")).await;
    }
    let controls = form.root.query_selector_all("input, select, textarea").unwrap();
    for index in 0..controls.length() {
        let control: web_sys::Element = wasm_bindgen::JsCast::unchecked_into(controls.item(index).unwrap());
        let own = control.get_attribute("aria-label");
        let of_label = || form.root.query_selector(&format!("label[for='{}']", control.id())).unwrap();
        assert!(own.is_some() || of_label().is_some(), "{}", control.outer_html());
    }
    let arguments = form.mounted.arguments();
    assert!(
        arguments.is_err(),
        "volume.size is required now: {:?}",
        arguments.map(|all| all.body().map(ArgumentValue::to_json))
    );
}
