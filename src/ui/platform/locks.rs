//! Web Locks: what only one tab at a time may do.

use futures_channel::oneshot;
use js_sys::{Function, Object, Promise, Reflect};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Waits until this tab has the lock of this name; it keeps it for as long as the page lives. A browser without locks, or a
/// page on plain http, has it at once.
pub(crate) async fn hold(name: &str) {
    if let Some(lock) = request(name, false).await {
        lock.keep();
    }
}

/// Whether the browser has locks here. Without them nobody knows what other tabs do.
pub(crate) fn are_there() -> bool {
    manager().is_some()
}

/// A lock of this tab; dropping it lets the next tab have it.
pub(crate) struct Lock(Option<Function>);

impl Lock {
    /// In place of one that is not there yet.
    pub(crate) const fn none() -> Self {
        Self(None)
    }

    /// Whether the browser holds it. Otherwise nobody knows what other tabs do: a page on plain http has no locks.
    pub(crate) const fn is_held(&self) -> bool {
        self.0.is_some()
    }

    /// Keeps it for as long as the page lives.
    fn keep(mut self) {
        self.0 = None;
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if let Some(release) = self.0.take() {
            let _ = release.call0(&JsValue::NULL);
        }
    }
}

/// Takes the lock if no tab has it. `None`: another tab has it.
pub(crate) async fn try_lock(name: &str) -> Option<Lock> {
    request(name, true).await
}

/// Waits until this tab has the lock. When the future is dropped, the lock goes to the next tab that waits.
pub(crate) async fn lock(name: &str) -> Lock {
    request(name, false).await.unwrap_or(Lock(None))
}

async fn request(name: &str, only_if_free: bool) -> Option<Lock> {
    // A tab of a browser without locks does without.
    let Some((locks, request)) = manager() else { return Some(Lock(None)) };
    let (sender, granted) = oneshot::channel::<Option<Lock>>();
    let sender = Rc::new(Cell::new(Some(sender)));
    let refused = sender.clone();
    let grant = Closure::once_into_js(move |lock: JsValue| {
        if lock.is_null() || lock.is_undefined() {
            if let Some(sender) = sender.take() {
                let _ = sender.send(None);
            }
            return JsValue::UNDEFINED;
        }
        let release = RefCell::new(None);
        // The browser keeps the lock until this is settled.
        let kept = Promise::new(&mut |resolve, _| *release.borrow_mut() = Some(resolve));
        // One that nobody waits for any more is dropped, and so let go.
        let lock = Lock(release.take());
        if let Some(sender) = sender.take() {
            let _ = sender.send(Some(lock));
        }
        kept.into()
    });
    let options = Object::new();
    let _ = Reflect::set(&options, &"ifAvailable".into(), &only_if_free.into());
    let Ok(request) = request.call3(&locks, &JsValue::from(name), &options, &grant) else { return Some(Lock(None)) };
    // A browser that refuses says so by this promise: then the tab does without.
    wasm_bindgen_futures::spawn_local(async move {
        let _ = JsFuture::from(Promise::from(request)).await;
        drop(refused.take());
    });
    granted.await.unwrap_or(Some(Lock(None)))
}

/// `navigator.locks` and its `request`.
fn manager() -> Option<(JsValue, Function)> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &JsValue::from("locks")).ok().filter(JsValue::is_object)?;
    let request = Reflect::get(&locks, &JsValue::from("request")).ok()?.dyn_into().ok()?;
    Some((locks, request))
}
