//! The few things asked of the browser itself.

use crate::credentials::ProfileId;
use crate::transport::at;
use time::OffsetDateTime;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Document, Element, HtmlDialogElement, HtmlElement, Window};

pub(crate) fn window() -> Option<Window> {
    web_sys::window()
}

pub(crate) fn document() -> Option<Document> {
    window()?.document()
}

/// This computer's clock.
pub(crate) fn now() -> OffsetDateTime {
    at(js_sys::Date::now())
}

/// A fresh UUID, version 4, from the browser's random numbers.
pub(crate) fn new_id() -> String {
    uuid::Uuid::new_v4().to_string()
}

/// The id of a new profile, from the browser's random numbers.
pub(crate) fn new_profile_id() -> ProfileId {
    ProfileId::new(uuid::Uuid::new_v4().as_u128())
}

/// Puts the focus on the element of this id.
pub(crate) fn focus(id: &str) {
    let element = document().and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Scrolls to the beginning of the element of this id.
pub(crate) fn reveal(id: &str) {
    let element = document().and_then(|document| document.get_element_by_id(id));
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Start);
    if let Some(element) = element {
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Whether the user is typing somewhere, so that a letter is a letter and not a shortcut.
pub(crate) fn is_typing(target: Option<Element>) -> bool {
    target.is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"))
}

/// An address relative to the site, in full.
pub(crate) fn absolute(address: &str) -> String {
    let base = document().and_then(|document| document.base_uri().ok().flatten());
    let url = base.and_then(|base| web_sys::Url::new_with_base(address, &base).ok());
    url.map_or_else(|| address.to_owned(), |url| url.href())
}

/// The origin of an absolute address.
pub(crate) fn origin(address: &str) -> String {
    web_sys::Url::new(address).map(|url| url.origin()).unwrap_or_default()
}

/// Copies a text; tells `done` whether it worked. On plain http browsers have no clipboard for pages.
pub(crate) fn copy(text: String, done: impl FnOnce(bool) + 'static) {
    let secure = window().is_some_and(|window| window.is_secure_context());
    let Some(clipboard) = window().filter(|_| secure).map(|window| window.navigator().clipboard()) else {
        return done(false);
    };
    spawn_local(async move { done(JsFuture::from(clipboard.write_text(&text)).await.is_ok()) });
}

/// Offers bytes as a file. The address is given back at once: the browser has read it by then.
pub(crate) fn download(name: &str, bytes: &[u8]) -> Option<()> {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let blob = web_sys::Blob::new_with_u8_array_sequence(&parts).ok()?;
    let address = web_sys::Url::create_object_url_with_blob(&blob).ok()?;
    let link: web_sys::HtmlAnchorElement = document()?.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    web_sys::Url::revoke_object_url(&address).ok()
}

/// Sends an event to the page's window.
pub(crate) fn dispatch(name: &str) {
    if let (Some(window), Ok(event)) = (window(), web_sys::Event::new(name)) {
        let _ = window.dispatch_event(&event);
    }
}

const STORAGE_PREFIX: &str = "tls-console.";

/// A setting remembered by this browser. Nothing secret is ever given to it.
pub(crate) fn remembered(key: &str) -> Option<String> {
    window()?.local_storage().ok()??.get_item(&format!("{STORAGE_PREFIX}{key}")).ok()?
}

/// Remembers a setting, where the browser allows it.
pub(crate) fn remember(key: &str, value: &str) {
    let storage = window().and_then(|window| window.local_storage().ok().flatten());
    if let Some(storage) = storage {
        let _ = storage.set_item(&format!("{STORAGE_PREFIX}{key}"), value);
    }
}

/// What the browser keeps for this tab only, where it keeps anything.
pub(crate) fn session_storage() -> Option<web_sys::Storage> {
    window()?.session_storage().ok()?
}

/// The address behind `#`, with it.
pub(crate) fn hash() -> String {
    window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// Back to the beginning of the page.
pub(crate) fn scroll_to_top() {
    if let Some(window) = window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Runs `then` when the page has been brought up to date.
pub(crate) fn next_frame(then: impl FnOnce() + 'static) {
    leptos::prelude::request_animation_frame(then);
}

/// Opens or closes the dialog of this id.
pub(crate) fn show_dialog(id: &str, open: bool) {
    let element = document().and_then(|document| document.get_element_by_id(id));
    let Some(dialog) = element.and_then(|element| element.dyn_into::<HtmlDialogElement>().ok()) else { return };
    if open && !dialog.open() {
        let _ = dialog.show_modal();
    } else if !open && dialog.open() {
        dialog.close();
    }
}
