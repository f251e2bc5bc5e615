//! Web Locks: what only one tab at a time may do.

use futures_channel::oneshot;
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// Waits until this tab has the lock of this name; it keeps it for as long as the page lives. A browser without locks, or a
/// page on plain http, has it at once.
pub(crate) async fn hold(name: &str) {
    let Some((locks, request)) = manager() else { return };
    let (granted, waiting) = oneshot::channel::<()>();
    let keep = Closure::once_into_js(move || {
        let _ = granted.send(());
        // Never settled: the lock ends with the page.
        Promise::new(&mut |_, _| {})
    });
    if request.call2(&locks, &JsValue::from(name), &keep).is_ok() {
        // An error means that the browser refuses: then this tab does without.
        let _ = waiting.await;
    }
}

/// `navigator.locks` and its `request`.
fn manager() -> Option<(JsValue, Function)> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &JsValue::from("locks")).ok().filter(JsValue::is_object)?;
    let request = Reflect::get(&locks, &JsValue::from("request")).ok()?.dyn_into().ok()?;
    Some((locks, request))
}
