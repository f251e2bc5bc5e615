//! Copying texts.

use wasm_bindgen_futures::JsFuture;

/// Copies a text. `false`: the browser refuses. On plain http browsers give pages no clipboard.
pub(crate) async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window().filter(|window| window.is_secure_context()) else { return false };
    JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok()
}
