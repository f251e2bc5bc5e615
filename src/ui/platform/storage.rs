//! localStorage and sessionStorage. Nothing secret is ever given to them.

use web_sys::Storage;

const PREFIX: &str = "tls-console.";

fn local() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

fn session() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

/// What this browser remembers under a key.
pub(crate) fn remembered(key: &str) -> Option<String> {
    local()?.get_item(&format!("{PREFIX}{key}")).ok()?
}

/// Remembers a value in this browser, where the browser allows it.
pub(crate) fn remember(key: &str, value: &str) {
    if let Some(storage) = local() {
        let _ = storage.set_item(&format!("{PREFIX}{key}"), value);
    }
}

/// Keeps a value for this tab until it is taken.
pub(crate) fn keep_in_session(key: &str, value: &str) {
    if let Some(storage) = session() {
        let _ = storage.set_item(&format!("{PREFIX}{key}"), value);
    }
}

/// Takes a value that was kept for this tab: it is gone then.
pub(crate) fn take_from_session(key: &str) -> Option<String> {
    let storage = session()?;
    let key = format!("{PREFIX}{key}");
    let value = storage.get_item(&key).ok()?;
    let _ = storage.remove_item(&key);
    value
}
