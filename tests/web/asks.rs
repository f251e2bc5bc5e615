//! A button that asks before something is lost.

use super::{document, focused};
use leptos::task::tick;
use tls_console::ui::testing::MountedAsk;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, KeyboardEvent, KeyboardEventInit, MouseEvent, MouseEventInit};

#[wasm_bindgen_test]
async fn a_button_asks_only_where_something_would_be_lost_and_once_more_each_time() {
    let root: HtmlElement = document().create_element("div").unwrap().dyn_into().unwrap();
    document().body().unwrap().append_child(&root).unwrap();
    let button = MountedAsk::new(root.clone()).unwrap();
    let press = async |index: u32| {
        let pressed = root.query_selector_all("button").unwrap().item(index).unwrap();
        pressed.dyn_into::<HtmlElement>().unwrap().click();
        tick().await;
        tick().await;
    };
    let says = || root.query_selector("[role='status']").unwrap().unwrap().text_content().unwrap_or_default();
    tick().await;

    press(0).await;
    assert_eq!((button.acted(), says().as_str()), (1, ""), "there is nothing to ask");
    button.lose();
    press(0).await;
    assert_eq!((button.acted(), says().as_str()), (1, "Replace it?"));
    // The second button is the way out.
    press(1).await;
    assert_eq!((button.acted(), says().as_str(), focused().as_str()), (1, "", "ask-fill"));
    press(0).await;
    press(0).await;
    assert_eq!((button.acted(), says().as_str()), (2, ""), "the second press is the answer");
    press(0).await;
    assert_eq!(button.acted(), 2, "it asks anew");
    // The second click of a double click is no answer.
    let options = MouseEventInit::new();
    options.set_bubbles(true);
    options.set_detail(2);
    let second = MouseEvent::new_with_mouse_event_init_dict("click", &options).unwrap();
    root.query_selector("button").unwrap().unwrap().dispatch_event(&second).unwrap();
    tick().await;
    assert_eq!((button.acted(), says().as_str()), (2, "Replace it?"));
    let options = KeyboardEventInit::new();
    options.set_bubbles(true);
    options.set_key("Escape");
    let escape = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &options).unwrap();
    root.query_selector("button").unwrap().unwrap().dispatch_event(&escape).unwrap();
    tick().await;
    tick().await;
    assert_eq!((button.acted(), says().as_str(), focused().as_str()), (2, "", "ask-fill"));
    root.remove();
}
