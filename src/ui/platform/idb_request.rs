//! IndexedDB answers with events; here those are awaited. Own code: the crate `idb` wraps the whole interface and brings a
//! part of tokio, where three databases need these few lines.

use js_sys::{Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbFactory, IdbRequest, IdbTransaction};

/// Why a database did not open.
pub(super) enum OpenError {
    /// There is no IndexedDB in this browser.
    Missing,
    /// The browser refuses, with its reason.
    Refused(JsValue),
    /// A page of an older version has it open.
    Blocked,
}

/// Opens a database. `make` makes its stores where it is new or older.
pub(super) async fn open(
    scope: &JsValue,
    name: &str,
    version: u32,
    make: impl FnOnce(&IdbDatabase) + 'static,
) -> Result<IdbDatabase, OpenError> {
    // In some browsers even looking for it is refused.
    let factory = Reflect::get(scope, &JsValue::from("indexedDB")).map_err(OpenError::Refused)?;
    let factory: IdbFactory = factory.dyn_into().map_err(|_| OpenError::Missing)?;
    let request = factory.open_with_u32(name, version).map_err(OpenError::Refused)?;
    let opening = request.clone();
    let make = Closure::once(move || {
        let database = opening.result().ok().and_then(|database| database.dyn_into::<IdbDatabase>().ok());
        // Without the stores the transactions fail, and say why.
        let _ = database.map(|database| make(&database));
    });
    request.set_onupgradeneeded(Some(make.as_ref().unchecked_ref()));
    let opened = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
        request.set_onblocked(Some(&reject));
    });
    match JsFuture::from(opened).await {
        Ok(_) => request.result().and_then(JsCast::dyn_into).map_err(OpenError::Refused),
        // While it is blocked, there is no error to read.
        Err(_) => Err(request.error().map_or(OpenError::Blocked, |error| OpenError::Refused(error.into()))),
    }
}

/// Waits for an answer. A transaction goes on with the next request only if that is made right after this.
pub(super) async fn answer(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let answer = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    match JsFuture::from(answer).await {
        Ok(_) => request.result(),
        Err(_) => Err(request.error().ok().flatten().map_or(JsValue::UNDEFINED, JsValue::from)),
    }
}

/// Waits until a change is stored, not only accepted: a full disk is noticed at the end.
pub(super) async fn written(transaction: &IdbTransaction) -> Result<(), JsValue> {
    let end = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    match JsFuture::from(end).await {
        Ok(_) => Ok(()),
        Err(_) => Err(transaction.error().map_or(JsValue::UNDEFINED, JsValue::from)),
    }
}
