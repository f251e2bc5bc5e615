//! Offering bytes as a file.

use super::dom::document;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;

/// How long the address of the file stays valid, in milliseconds. No event says when the browser has read it.
const VALID: u32 = 60_000;

/// Offers bytes as a file. `None`: the browser refuses.
pub(crate) fn download(name: &str, bytes: &[u8]) -> Option<()> {
    download_buffer(name, &js_sys::Uint8Array::from(bytes).buffer())
}

/// Offers bytes that the browser holds.
pub(crate) fn download_buffer(name: &str, bytes: &js_sys::ArrayBuffer) -> Option<()> {
    let blob = web_sys::Blob::new_with_buffer_source_sequence(&js_sys::Array::of1(bytes)).ok()?;
    let address = web_sys::Url::create_object_url_with_blob(&blob).ok()?;
    let link: web_sys::HtmlAnchorElement = document()?.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    Timeout::new(VALID, move || drop(web_sys::Url::revoke_object_url(&address))).forget();
    Some(())
}
