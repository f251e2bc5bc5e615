//! Messages in the browser's buffers.

use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use zeroize::Zeroizing;

/// A message for `postMessage` with what goes beside it, and what is transferred: the sender keeps no copy.
pub fn to_transfer(message: &[u8], beside: Option<&ArrayBuffer>) -> (JsValue, Array) {
    let array = Uint8Array::from(message);
    let transfer = Array::of1(&array.buffer());
    match beside {
        None => (array.into(), transfer),
        Some(buffer) => {
            transfer.push(buffer);
            (Array::of2(&array, buffer).into(), transfer)
        }
    }
}

/// Reads a message and overwrites its buffer. What came beside it stays in the browser's hands. Empty: `data` is not a
/// message.
pub fn read_and_clear(data: JsValue) -> (Zeroizing<Vec<u8>>, Option<ArrayBuffer>) {
    let (message, beside) = match data.dyn_into::<Array>() {
        Ok(pair) => (pair.get(0), pair.get(1).dyn_into::<ArrayBuffer>().ok()),
        Err(message) => (message, None),
    };
    let bytes = message.dyn_into::<Uint8Array>().map(|array| take(&array)).unwrap_or_default();
    (Zeroizing::new(bytes), beside)
}

/// The bytes of a buffer, which is overwritten: an answer can hold secrets.
pub fn take_bytes(buffer: &ArrayBuffer) -> Vec<u8> {
    take(&Uint8Array::new(buffer))
}

fn take(array: &Uint8Array) -> Vec<u8> {
    let bytes = array.to_vec();
    array.fill(0, 0, array.length());
    bytes
}
