//! Notifications of the operating system, for a user who has allowed them.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Notification, NotificationOptions, NotificationPermission};

/// Whether the browser would show one. `None`: the user has not been asked.
pub(crate) fn is_allowed() -> Option<bool> {
    // A browser without them has no such object, and asking for its property throws.
    let window = web_sys::window()?;
    if !Reflect::has(&window, &JsValue::from("Notification")).unwrap_or_default() {
        return Some(false);
    }
    match Notification::permission() {
        NotificationPermission::Granted => Some(true),
        NotificationPermission::Denied => Some(false),
        _ => None,
    }
}

/// Asks the user; browsers allow it after a click only.
pub(crate) async fn ask() {
    if is_allowed().is_none()
        && let Ok(answer) = Notification::request_permission()
    {
        let _ = JsFuture::from(answer).await;
    }
}

/// Shows one, if the user has allowed it.
pub(crate) fn show(title: &str, text: &str) {
    if is_allowed() == Some(true) {
        let options = NotificationOptions::new();
        options.set_body(text);
        // Browsers on phones let only a service worker show them.
        if Notification::new_with_options(title, &options).is_err() {
            let title = title.to_owned();
            spawn_local(async move { drop(show_by_worker(&title, &options).await) });
        }
    }
}

/// The service worker of the page shows one.
async fn show_by_worker(title: &str, options: &NotificationOptions) -> Result<(), JsValue> {
    let navigator = JsValue::from(web_sys::window().ok_or(JsValue::UNDEFINED)?.navigator());
    let container = Reflect::get(&navigator, &"serviceWorker".into())?;
    let registration = call(&container, "getRegistration", &[]).await?;
    call(&registration, "showNotification", &[title.into(), options.into()]).await?;
    Ok(())
}

/// What a method promises.
async fn call(of: &JsValue, method: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let method: Function = Reflect::get(of, &method.into())?.dyn_into()?;
    let promise: Promise = method.apply(of, &arguments.iter().collect())?.dyn_into()?;
    JsFuture::from(promise).await
}
