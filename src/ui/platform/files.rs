//! The files that a user chooses.

use super::dom::document;
use crate::form::File;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{ClipboardEvent, DragEvent, Event, HtmlInputElement};

/// The most bytes that are read. A request is held in memory several times on its way.
pub(crate) const LIMIT: usize = 20_000_000;

/// Why a file is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileError {
    /// It has more bytes than [`LIMIT`].
    TooLarge,
    /// The browser cannot read it: it was moved, or it is a folder.
    Unreadable,
}

/// The file that was chosen in the input of an event. `None`: the user chose nothing.
pub(crate) fn chosen(event: &Event) -> Option<web_sys::File> {
    event.target()?.dyn_into::<HtmlInputElement>().ok()?.files()?.item(0)
}

/// The file that was dropped. `None`: something else was.
pub(crate) fn dropped(event: &DragEvent) -> Option<web_sys::File> {
    event.data_transfer()?.files()?.item(0)
}

/// The text that was dropped.
pub(crate) fn dropped_text(event: &DragEvent) -> Option<String> {
    event.data_transfer()?.get_data("text/plain").ok().filter(|text| !text.is_empty())
}

/// The text that is being pasted.
pub(crate) fn pasted_text(event: &ClipboardEvent) -> Option<String> {
    event.clipboard_data()?.get_data("text/plain").ok()
}

/// Lets the input of this id name no file any more.
pub(crate) fn clear(id: &str) {
    if let Some(input) = document().and_then(|document| document.get_element_by_id(id)?.dyn_into().ok()) {
        HtmlInputElement::set_value(&input, "");
    }
}

/// Reads a file as a whole.
pub(crate) async fn read(file: web_sys::File) -> Result<File, FileError> {
    if file.size() > LIMIT as f64 {
        return Err(FileError::TooLarge);
    }
    let bytes = JsFuture::from(file.array_buffer()).await.map_err(|_| FileError::Unreadable)?;
    let bytes = js_sys::Uint8Array::new(&bytes).to_vec();
    Ok(File { name: file.name(), bytes: bytes.into() })
}
