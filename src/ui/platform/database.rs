//! Databases of IndexedDB whose values are texts, open for one act at a time: no tab stands in the way of another, or of a
//! newer version.

use super::idb_request::{self, OpenError};
use super::js_error::js_error_text;
use crate::storage_error::StorageError;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomException, IdbDatabase, IdbObjectStore, IdbRequest, IdbTransaction};

/// A database, open for as long as this lives.
pub(super) struct Database(pub(super) IdbDatabase);

impl Drop for Database {
    fn drop(&mut self) {
        // Waits for what is under way.
        self.0.close();
    }
}

impl Database {
    /// Opens a database with these stores, and makes them where it is new. `version` is raised with the stores.
    pub(super) async fn open(name: &str, version: u32, stores: &'static [&str]) -> Result<Self, StorageError> {
        let make = move |database: &IdbDatabase| {
            for store in stores {
                let _ = database.create_object_store(store);
            }
        };
        let opened = idb_request::open(&js_sys::global(), name, version, make).await;
        opened.map(Self).map_err(|error| match error {
            OpenError::Missing => StorageError::NoStorage(String::from("there is no IndexedDB")),
            OpenError::Refused(error) => match failed(error) {
                StorageError::Broken(complaint) => StorageError::NoStorage(complaint),
                error => error,
            },
            OpenError::Blocked => StorageError::Blocked,
        })
    }
}

pub(super) fn store(transaction: &IdbTransaction, name: &str) -> Result<IdbObjectStore, StorageError> {
    transaction.object_store(name).map_err(failed)
}

/// The values of a list; what is no text is empty.
pub(super) fn texts(found: Result<JsValue, StorageError>) -> Result<Vec<String>, StorageError> {
    let found: Array = found?.dyn_into().map_err(failed)?;
    Ok(found.iter().map(|text| text.as_string().unwrap_or_default()).collect())
}

/// [`idb_request::answer`]
pub(super) async fn answer(request: Result<IdbRequest, JsValue>) -> Result<JsValue, StorageError> {
    idb_request::answer(&request.map_err(failed)?).await.map_err(failed)
}

/// [`idb_request::written`]
pub(super) async fn written(transaction: &IdbTransaction) -> Result<(), StorageError> {
    idb_request::written(transaction).await.map_err(failed)
}

/// What a complaint of the browser means.
pub(super) fn failed(error: JsValue) -> StorageError {
    match error.dyn_ref::<DomException>() {
        Some(error) if error.name() == "QuotaExceededError" => StorageError::Full,
        _ => StorageError::Broken(js_error_text(&error)),
    }
}
