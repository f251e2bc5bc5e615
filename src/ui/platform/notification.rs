//! Notifications of the operating system, for a user who has allowed them.

use web_sys::{Notification, NotificationOptions, NotificationPermission};

/// Whether the browser would show one. `None`: the user has not been asked.
pub(crate) fn is_allowed() -> Option<bool> {
    // A browser without them has no such object, and asking for its property throws.
    let window = web_sys::window()?;
    if !js_sys::Reflect::has(&window, &wasm_bindgen::JsValue::from("Notification")).unwrap_or_default() {
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
        let _ = wasm_bindgen_futures::JsFuture::from(answer).await;
    }
}

/// Shows one, if the user has allowed it.
pub(crate) fn show(title: &str, text: &str) {
    if is_allowed() == Some(true) {
        let options = NotificationOptions::new();
        options.set_body(text);
        // Some browsers on phones let only a service worker show them.
        let _ = Notification::new_with_options(title, &options);
    }
}
