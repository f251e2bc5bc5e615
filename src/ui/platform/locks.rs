//! Web Locks: what only one tab at a time may do.

use futures_channel::oneshot;
use js_sys::{Function, Promise, Reflect};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Waits until this tab has the lock of this name; it keeps it for as long as the page lives. A browser without locks, or a
/// page on plain http, has it at once.
pub(crate) async fn hold(name: &str) {
    let Some((locks, request)) = manager() else { return };
    let (sender, granted) = oneshot::channel::<()>();
    let sender = Rc::new(Cell::new(Some(sender)));
    let refused = sender.clone();
    let keep = Closure::once_into_js(move || {
        if let Some(sender) = sender.take() {
            let _ = sender.send(());
        }
        // Never settled: the lock ends with the page.
        Promise::new(&mut |_, _| {})
    });
    let Ok(request) = request.call2(&locks, &JsValue::from(name), &keep) else { return };
    // A browser that refuses says so by this promise: then the tab does without.
    wasm_bindgen_futures::spawn_local(async move {
        let _ = JsFuture::from(Promise::from(request)).await;
        drop(refused.take());
    });
    let _ = granted.await;
}

/// `navigator.locks` and its `request`.
fn manager() -> Option<(JsValue, Function)> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &JsValue::from("locks")).ok().filter(JsValue::is_object)?;
    let request = Reflect::get(&locks, &JsValue::from("request")).ok()?.dyn_into().ok()?;
    Some((locks, request))
}
