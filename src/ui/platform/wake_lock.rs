//! The screen's wake lock: the computer does not fall asleep while a page needs it awake.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The lock; dropping it lets the screen go.
pub(crate) struct ScreenLock(JsValue);

impl ScreenLock {
    /// One that was asked for and is not there yet.
    pub(crate) fn pending() -> Self {
        Self(JsValue::UNDEFINED)
    }
}

impl Drop for ScreenLock {
    fn drop(&mut self) {
        let release =
            Reflect::get(&self.0, &JsValue::from("release")).ok().and_then(|it| it.dyn_into::<Function>().ok());
        if let Some(promise) = release.and_then(|release| release.call0(&self.0).ok()) {
            // It may be released already: nobody has to know.
            let promise: Promise = Promise::resolve(&promise);
            wasm_bindgen_futures::spawn_local(async move { drop(JsFuture::from(promise).await) });
        }
    }
}

/// Asks for it. `None`: this browser has none, or refuses, as with an empty battery.
pub(crate) async fn request() -> Option<ScreenLock> {
    let navigator = web_sys::window()?.navigator();
    let wake_lock = Reflect::get(&navigator, &JsValue::from("wakeLock")).ok().filter(JsValue::is_object)?;
    let request: Function = Reflect::get(&wake_lock, &JsValue::from("request")).ok()?.dyn_into().ok()?;
    let promise = request.call1(&wake_lock, &JsValue::from("screen")).ok()?;
    JsFuture::from(Promise::resolve(&promise)).await.ok().map(ScreenLock)
}
