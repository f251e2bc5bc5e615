//! Copying texts.

use js_sys::{ArrayBuffer, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Clipboard, Response};

/// On plain http browsers give pages no clipboard.
fn clipboard() -> Option<Clipboard> {
    let window = web_sys::window().filter(|window| window.is_secure_context())?;
    Some(window.navigator().clipboard())
}

/// Copies a text. `false`: the browser refuses.
pub(crate) async fn copy(text: &str) -> bool {
    let Some(clipboard) = clipboard() else { return false };
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

/// Copies a text in UTF-8 that may be long: this program does not touch it.
pub(crate) async fn copy_bytes(bytes: &ArrayBuffer) -> bool {
    let Some(clipboard) = clipboard() else { return false };
    let copied = async {
        let text = JsFuture::from(Response::new_with_opt_buffer_source(Some(bytes))?.text()?).await?;
        let write: Function = Reflect::get(&clipboard, &JsValue::from("writeText"))?.dyn_into()?;
        JsFuture::from(write.call1(&clipboard, &text)?.dyn_into::<js_sys::Promise>()?).await
    };
    copied.await.is_ok()
}
