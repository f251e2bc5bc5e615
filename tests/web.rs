//! The controls of the form, one by one, in a browser.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

#[path = "web/addresses.rs"]
mod addresses;
#[path = "web/asks.rs"]
mod asks;
#[path = "web/files.rs"]
mod files;
#[path = "web/fleets.rs"]
mod fleets;
#[path = "web/history.rs"]
mod history;
#[path = "web/parts.rs"]
mod parts;

use gloo_timers::future::TimeoutFuture;
use leptos::task::tick;
use tls_console::catalog::Api;
use tls_console::form::ArgumentValue;
use tls_console::ui::testing::MountedForm;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{
    Document, Element, Event, EventInit, FocusEvent, HtmlElement, HtmlInputElement, HtmlSelectElement,
    HtmlTextAreaElement,
};

wasm_bindgen_test_configure!(run_in_browser);

/// One operation with every kind of control.
const DOCUMENT: &str = include_str!("web/kinds.json");

fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

/// The form of the document, in an element of its own.
struct Form {
    root: HtmlElement,
    mounted: MountedForm,
}

impl Form {
    async fn open() -> Self {
        Self::open_operation(DOCUMENT, "Kinds").await
    }

    async fn open_operation(description: &str, id: &str) -> Self {
        let root: HtmlElement = document().create_element("div").unwrap().dyn_into().unwrap();
        document().body().unwrap().append_child(&root).unwrap();
        let operation = Api::load("test.json", description).unwrap().operation(id).unwrap().unwrap();
        let mounted = MountedForm::new(root.clone(), operation).unwrap();
        // The act comes last, when the browser has nothing else to do.
        while root.query_selector(".act").unwrap().is_none() {
            TimeoutFuture::new(0).await;
        }
        Self { root, mounted }
    }

    fn find(&self, selector: &str) -> Element {
        self.root.query_selector(selector).unwrap().unwrap_or_else(|| panic!("nothing is {selector}"))
    }

    fn named(&self, name: &str) -> Element {
        self.find(&format!("[name='{name}']"))
    }

    fn id_of(&self, name: &str) -> String {
        self.named(name).id()
    }

    /// Types a text as a user does: the control has it before anybody is told.
    async fn type_into(&self, name: &str, text: &str) {
        self.enter(&self.named(name), text).await;
    }

    /// The same for a control that has no name of its own.
    async fn enter(&self, control: &Element, text: &str) {
        let event = if let Some(input) = control.dyn_ref::<HtmlInputElement>() {
            input.set_value(text);
            "input"
        } else if let Some(area) = control.dyn_ref::<HtmlTextAreaElement>() {
            area.set_value(text);
            "input"
        } else {
            control.dyn_ref::<HtmlSelectElement>().unwrap().set_value(text);
            "change"
        };
        bubble(control, event);
        tick().await;
    }

    /// Chooses what an empty control stands for.
    async fn leave_empty(&self, name: &str, choice: &str) {
        let list = self.find(&format!("select[aria-label='{name}, left empty']"));
        assert!(!list.has_attribute("hidden"), "{name} is not empty");
        self.enter(&list, choice).await;
    }

    async fn leave(&self, name: &str) {
        self.named(name).dispatch_event(&FocusEvent::new("blur").unwrap()).unwrap();
        tick().await;
    }

    async fn press(&self, label: &str) {
        let buttons = self.root.query_selector_all("button").unwrap();
        let all = (0..buttons.length()).map(|index| buttons.item(index).unwrap().unchecked_into::<HtmlElement>());
        let says = |button: &HtmlElement| {
            button.get_attribute("aria-label").as_deref() == Some(label)
                || button.text_content().as_deref() == Some(label)
        };
        all.into_iter().find(says).unwrap_or_else(|| panic!("no button says {label}")).click();
        tick().await;
        // Some controls come a turn later than what they stand in.
        tick().await;
    }

    fn complaint(&self, name: &str) -> String {
        self.find(&format!("#{}-error", self.id_of(name))).text_content().unwrap()
    }

    fn value(&self, name: &str) -> String {
        let control = self.named(name);
        control
            .dyn_ref::<HtmlInputElement>()
            .map(HtmlInputElement::value)
            .or_else(|| control.dyn_ref::<HtmlTextAreaElement>().map(HtmlTextAreaElement::value))
            .or_else(|| control.dyn_ref::<HtmlSelectElement>().map(HtmlSelectElement::value))
            .unwrap()
    }

    /// The body that would be sent, or the complaints.
    fn body(&self) -> String {
        match self.mounted.arguments() {
            Ok(arguments) => arguments.body().map(ArgumentValue::to_json).unwrap_or_default(),
            Err(issues) => format!("{issues:?}"),
        }
    }
}

impl Drop for Form {
    fn drop(&mut self) {
        self.root.remove();
    }
}

/// Waits until the page has been drawn, which is when the focus moves.
async fn frame() {
    let window = web_sys::window().unwrap();
    let next = js_sys::Promise::new(&mut |drawn, _| {
        window.request_animation_frame(&drawn).unwrap();
    });
    wasm_bindgen_futures::JsFuture::from(next).await.unwrap();
    tick().await;
}

/// The id of the element in focus.
fn focused() -> String {
    document().active_element().map(|element| element.id()).unwrap_or_default()
}

fn bubble(element: &Element, name: &str) {
    let init = EventInit::new();
    init.set_bubbles(true);
    element.dispatch_event(&Event::new_with_event_init_dict(name, &init).unwrap()).unwrap();
}

#[wasm_bindgen_test]
async fn every_control_has_a_label_that_begins_with_its_name_and_a_help_that_exists() {
    let form = Form::open().await;
    form.press("Add nested").await;
    for name in
        ["id", "language", "text", "password", "flag", "colour", "count", "ratio", "note", "anything", "nested.inner"]
    {
        let control = form.named(name);
        let label = form.find(&format!("label[for='{}']", control.id())).text_content().unwrap();
        assert!(label.trim_start().starts_with(name), "the label of {name} says {label}");
        for id in control.get_attribute("aria-describedby").unwrap().split_whitespace() {
            assert!(document().get_element_by_id(id).is_some(), "{name} is described by {id}, which is not there");
        }
    }
    let help = form.find(&format!("#{}-help", form.id_of("text"))).text_content().unwrap();
    for said in ["A line of text.", "Three small letters", "Example", "abc"] {
        assert!(help.contains(said), "{said} is missing in {help}");
    }
}

#[wasm_bindgen_test]
async fn typed_values_reach_the_request_with_their_types() {
    let form = Form::open().await;
    form.press("Add nested").await;
    for (name, text) in [
        ("text", "abc"),
        ("flag", "false"),
        ("colour", "2"),
        ("count", "7"),
        ("ratio", "1.50"),
        ("anything", "[1, {}]"),
        ("nested.inner", "x"),
    ] {
        form.type_into(name, text).await;
    }
    form.type_into("id", "i-1").await;
    assert_eq!(
        form.body(),
        r#"{"text":"abc","flag":false,"colour":2,"count":7,"ratio":1.50,"anything":[1, {}],"nested":{"inner":"x"}}"#
    );
}

#[wasm_bindgen_test]
async fn a_boolean_has_three_states() {
    let form = Form::open().await;
    form.type_into("id", "i-1").await;
    form.type_into("text", "abc").await;
    assert_eq!(form.body(), r#"{"text":"abc"}"#);
    form.type_into("flag", "true").await;
    assert_eq!(form.body(), r#"{"text":"abc","flag":true}"#);
    form.type_into("flag", "false").await;
    assert_eq!(form.body(), r#"{"text":"abc","flag":false}"#);
    form.type_into("flag", "").await;
    assert_eq!(form.body(), r#"{"text":"abc"}"#);
}

/// A switch that must be set, and ids that are remarked.
const SWITCH: &str = r#"{"openapi": "3.1.0", "info": {"title": "T"}, "servers": [{"url": "https://a.test"}],
    "paths": {"/a/{id}": {"put": {"operationId": "Switch",
        "parameters": [{"name": "id", "in": "path", "x-label": "Instance ID", "x-part": "what",
            "schema": {"type": "string", "x-remarks": [{"pattern": "[*]", "text": "has stars."}]}}],
        "requestBody": {"required": true, "content": {"application/json": {"schema": {
            "type": "object", "required": ["on"],
            "properties": {"on": {"type": "boolean", "x-label": "TLS", "x-part": "what",
                "oneOf": [{"const": true, "title": "On"}, {"const": false, "title": "Off"}]}}}}}}}}}}"#;

#[wasm_bindgen_test]
async fn a_switch_with_two_titles_is_two_buttons_in_a_named_group() {
    let form = Form::open_operation(SWITCH, "Switch").await;
    let group = form.find("[role=radiogroup]");
    let label = group.get_attribute("aria-labelledby").unwrap();
    let label = document().get_element_by_id(&label).unwrap().text_content().unwrap();
    assert_eq!(label, "on TLS *");
    form.type_into("id", "i-1").await;
    assert!(form.body().contains("Required"), "nothing is chosen for the user");
    for (value, body) in [("true", r#"{"on":true}"#), ("false", r#"{"on":false}"#)] {
        form.find(&format!("input[type=radio][name=on][value={value}]")).unchecked_into::<HtmlElement>().click();
        tick().await;
        assert_eq!(form.body(), body);
    }
    let titles: Vec<String> = ["true", "false"]
        .map(|value| form.find(&format!("input[value={value}]")).parent_element().unwrap().text_content().unwrap())
        .to_vec();
    assert_eq!(titles, ["On", "Off"]);
}

#[wasm_bindgen_test]
async fn an_odd_text_is_remarked_and_is_no_mistake() {
    let form = Form::open_operation(SWITCH, "Switch").await;
    let remark = || form.find(".field-warning").text_content().unwrap();
    form.type_into("id", "i-****").await;
    form.leave("id").await;
    assert_eq!((remark().as_str(), form.complaint("id").as_str()), ("id has stars.", ""));
    form.type_into("id", "i-1").await;
    assert_eq!(remark(), "");
}

#[wasm_bindgen_test]
async fn a_wrong_text_stays_with_its_complaint_until_it_is_mended() {
    let form = Form::open().await;
    form.type_into("count", "seven").await;
    assert_eq!(form.complaint("count"), "", "nobody is interrupted while typing");
    form.leave("count").await;
    assert_eq!(form.complaint("count"), "count must be a whole number, such as 10.");
    assert_eq!(form.value("count"), "seven");
    assert_eq!(form.named("count").get_attribute("aria-invalid").as_deref(), Some("true"));
    form.type_into("count", "11").await;
    assert_eq!(form.complaint("count"), "count must be at most 10.");
    form.type_into("count", "10").await;
    assert_eq!(form.complaint("count"), "");
    assert_eq!(form.named("count").get_attribute("aria-invalid").as_deref(), Some("false"));
}

#[wasm_bindgen_test]
async fn send_lists_every_complaint_and_a_link_leads_to_its_field() {
    let form = Form::open().await;
    form.type_into("text", "ABC").await;
    form.find("form").dispatch_event(&Event::new("submit").unwrap()).unwrap();
    tick().await;
    let summary = form.find("#issues");
    let said = summary.text_content().unwrap();
    assert!(said.contains("3 fields need attention"), "{said}");
    assert!(said.contains("id is required.") && said.contains("text must be three small letters."), "{said}");
    let links = summary.query_selector_all("a").unwrap();
    links.item(1).unwrap().unchecked_into::<HtmlElement>().click();
    assert_eq!(focused(), form.id_of("text"));
}

#[wasm_bindgen_test]
async fn items_can_be_added_and_removed_and_the_later_ones_move_up() {
    let form = Form::open().await;
    form.type_into("id", "i-1").await;
    form.type_into("text", "abc").await;
    form.press("Add item").await;
    form.press("Add item").await;
    form.type_into("tags.0.key", "first").await;
    form.type_into("tags.1.key", "second").await;
    assert_eq!(form.body(), r#"{"text":"abc","tags":[{"key":"first"},{"key":"second"}]}"#);
    form.press("Remove tags 0").await;
    assert_eq!(form.body(), r#"{"text":"abc","tags":[{"key":"second"}]}"#);
    assert_eq!(form.value("tags.0.key"), "second");
    form.press("Remove tags 0").await;
    assert_eq!(form.body(), r#"{"text":"abc"}"#);
}

#[wasm_bindgen_test]
async fn null_is_a_value_of_its_own() {
    let form = Form::open().await;
    form.type_into("id", "i-1").await;
    form.type_into("text", "abc").await;
    form.leave_empty("note", "null").await;
    assert_eq!(form.body(), r#"{"text":"abc","note":null}"#);
    form.type_into("note", "typed").await;
    assert_eq!(form.body(), r#"{"text":"abc","note":"typed"}"#);
}

#[wasm_bindgen_test]
async fn secrets_are_masked_and_in_no_attribute() {
    let form = Form::open().await;
    for name in ["password", "X-Auth-Token"] {
        assert_eq!(form.named(name).get_attribute("type").as_deref(), Some("password"), "{name}");
        form.type_into(name, "canary-5e1f").await;
    }
    assert_eq!(form.value("password"), "canary-5e1f");
    assert!(!form.root.outer_html().contains("canary-5e1f"));
    assert!(form.root.text_content().unwrap().contains("11 characters entered."));
}

#[wasm_bindgen_test]
async fn a_generated_value_is_there_from_the_start_and_new_on_demand() {
    let form = Form::open().await;
    let first = form.value("clientToken");
    assert_eq!(first.len(), 36, "{first} is no UUID");
    form.press("New").await;
    let second = form.value("clientToken");
    assert_eq!(second.len(), 36, "{second} is no UUID");
    assert_ne!(first, second);
}

#[wasm_bindgen_test]
async fn a_default_is_filled_in_and_can_be_unset() {
    let form = Form::open().await;
    assert_eq!(form.value("language"), "en-us");
    form.type_into("id", "i-1").await;
    form.type_into("text", "abc").await;
    let language = || form.mounted.arguments().unwrap().headers().first().map(|header| header.value.to_json());
    assert_eq!(language().as_deref(), Some("\"en-us\""));
    form.type_into("language", "").await;
    assert_eq!(language(), None);
}

/// The host has another decoder than the browser (src/charset.rs).
#[wasm_bindgen_test]
fn ops_6_the_browser_decodes_what_servers_write() {
    let decode = |bytes: &[u8], content_type: &str, strict| tls_console::charset::decode(bytes, content_type, strict);
    let gbk = b"\xb7\xfe\xce\xf1";
    assert_eq!(decode(gbk, "text/html; charset=GBK", true).as_deref(), Some("服务"));
    assert_eq!(decode(b"\xff\xfea\0", "", true).as_deref(), Some("a"));
    assert_eq!(decode(b"\xb7\xfe\xce", "text/html; charset=GBK", false).as_deref(), Some("服\u{fffd}"));
    assert_eq!(decode(b"\xb7\xfe\xce", "text/html; charset=GBK", true), None);
    assert_eq!(decode(gbk, "text/html; charset=unheard-of", false), None);
}
