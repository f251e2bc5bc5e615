//! Messages in the browser's buffers.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use zeroize::Zeroizing;

/// A message for `postMessage`, and what is transferred with it: the sender keeps no copy.
pub fn to_transfer(message: &[u8]) -> (Uint8Array, Array) {
    let array = Uint8Array::from(message);
    let transfer = Array::of1(&array.buffer());
    (array, transfer)
}

/// Reads a message and overwrites the browser's buffer. Empty: `data` is not a message.
pub fn read_and_clear(data: JsValue) -> Zeroizing<Vec<u8>> {
    let Ok(array) = data.dyn_into::<Uint8Array>() else { return Zeroizing::default() };
    let bytes = Zeroizing::new(array.to_vec());
    array.fill(0, 0, array.length());
    bytes
}
