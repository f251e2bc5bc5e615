//! Errors of the browser as a text.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::DomException;

/// What a browser says when it refuses.
pub(super) fn js_error_text(error: &JsValue) -> String {
    if let Some(error) = error.dyn_ref::<DomException>() {
        return sentence(&error.name(), &error.message());
    }
    match error.dyn_ref::<js_sys::Error>() {
        Some(error) => sentence(&String::from(error.name()), &String::from(error.message())),
        None => String::from("no reason given"),
    }
}

fn sentence(name: &str, message: &str) -> String {
    let message = message.trim().trim_end_matches('.');
    if message.is_empty() { name.to_owned() } else { format!("{name}: {message}") }
}
