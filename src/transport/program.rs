//! A program of the page beside the one that began: fetched when it is used first.
//!
//! The programs share no memory; what one asks of the other are functions of its JavaScript module, with texts, numbers
//! and bytes as arguments.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// A loaded program.
#[derive(Debug, Clone)]
pub struct Program(JsValue);

impl Program {
    /// Loads the program; a second time it is there already. `loadProgram` is in `boot.js`.
    pub async fn load(name: &str) -> Option<Self> {
        let load: Function = Reflect::get(&js_sys::global(), &JsValue::from("loadProgram")).ok()?.dyn_into().ok()?;
        let loading: Promise = load.call1(&JsValue::NULL, &JsValue::from(name)).ok()?.dyn_into().ok()?;
        JsFuture::from(loading).await.ok().map(Self)
    }

    /// Calls one of its functions.
    pub fn call(&self, function: &str, arguments: &Array) -> Option<JsValue> {
        let function: Function = Reflect::get(&self.0, &JsValue::from(function)).ok()?.dyn_into().ok()?;
        function.apply(&JsValue::NULL, arguments).ok()
    }
}
