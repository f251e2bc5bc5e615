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

/// Forgets a value.
pub(crate) fn forget(key: &str) {
    if let Some(storage) = local() {
        let _ = storage.remove_item(&format!("{PREFIX}{key}"));
    }
}

/// All keys that this browser remembers.
pub(crate) fn remembered_keys() -> Vec<String> {
    let Some(storage) = local() else { return Vec::new() };
    let count = storage.length().unwrap_or_default();
    let keys = (0..count).filter_map(|index| storage.key(index).ok().flatten());
    keys.filter_map(|key| key.strip_prefix(PREFIX).map(str::to_owned)).collect()
}

/// What is kept for this tab.
pub(crate) fn kept_in_session(key: &str) -> Option<String> {
    session()?.get_item(&format!("{PREFIX}{key}")).ok()?
}

/// Keeps a value for this tab.
pub(crate) fn keep_in_session(key: &str, value: &str) {
    if let Some(storage) = session() {
        let _ = storage.set_item(&format!("{PREFIX}{key}"), value);
    }
}
