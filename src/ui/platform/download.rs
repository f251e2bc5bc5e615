//! Offering bytes as a file.

use super::dom::document;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;

/// How long the address of the file stays valid, in milliseconds. No event says when the browser has read it.
const VALID: u32 = 60_000;

/// Offers bytes as a file. `None`: the browser refuses.
pub(crate) fn download(name: &str, bytes: &[u8]) -> Option<()> {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let blob = web_sys::Blob::new_with_u8_array_sequence(&parts).ok()?;
    let address = web_sys::Url::create_object_url_with_blob(&blob).ok()?;
    let link: web_sys::HtmlAnchorElement = document()?.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    Timeout::new(VALID, move || drop(web_sys::Url::revoke_object_url(&address))).forget();
    Some(())
}
