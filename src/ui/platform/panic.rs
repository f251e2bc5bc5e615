//! What a panic leaves behind.

use wasm_bindgen::JsValue;

/// Logs where a panic happened, and only that: its message could hold what the user typed. The banner is shown by
/// `boot.js`, which is still alive then.
pub(crate) fn install() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(|place| format!("{}:{}", place.file(), place.line())).unwrap_or_default();
        web_sys::console::error_1(&JsValue::from(format!("TLS Console stopped at {place}")));
    }));
}
