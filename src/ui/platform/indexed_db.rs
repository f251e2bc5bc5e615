//! One record in IndexedDB, and how many profiles it holds. Its functions answer with events; here those are awaited.

use super::js_error::js_error_text;
use crate::credentials::vault::VaultError;
use js_sys::{Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomException, IdbDatabase, IdbFactory, IdbRequest, IdbTransaction, IdbTransactionMode};

const DATABASE: &str = "tls-console";
const VERSION: u32 = 1;
const STORE: &str = "vault";
const KEY: &str = "record";
/// Beside the record: how many profiles are sealed in it.
const COUNT: &str = "profiles";

/// The database, open for as long as this lives: a connection that stays would block other tabs.
pub(super) struct Storage(IdbDatabase);

impl Drop for Storage {
    fn drop(&mut self) {
        // Waits for what is under way.
        self.0.close();
    }
}

impl Storage {
    /// The database of the browser, made when it is not there.
    pub(super) async fn open(scope: &JsValue) -> Result<Self, VaultError> {
        // In some browsers even looking for it is refused.
        let factory = Reflect::get(scope, &JsValue::from("indexedDB")).map_err(refused)?;
        let missing = |_| VaultError::NoStorage(String::from("there is no IndexedDB"));
        let factory: IdbFactory = factory.dyn_into().map_err(missing)?;
        let request = factory.open_with_u32(DATABASE, VERSION).map_err(refused)?;
        let opening = request.clone();
        let make = Closure::once(move || {
            let database = opening.result().ok().and_then(|database| database.dyn_into::<IdbDatabase>().ok());
            // Without the store the transactions fail, and say why.
            let _ = database.map(|database| database.create_object_store(STORE));
        });
        request.set_onupgradeneeded(Some(make.as_ref().unchecked_ref()));
        result(&request).await?.dyn_into().map(Self).map_err(refused)
    }

    /// The record's text.
    pub(super) async fn record(&self) -> Result<Option<String>, VaultError> {
        text(&get(&self.begin(IdbTransactionMode::Readonly)?, KEY).await?)
    }

    /// How many profiles are sealed in the record, where the console that wrote it said so.
    pub(super) async fn profiles(&self) -> Option<usize> {
        get(&self.begin(IdbTransactionMode::Readonly).ok()?, COUNT).await.ok()?.as_string()?.parse().ok()
    }

    /// Writes the record if `allowed` says so of the one that is there, with nobody else in between.
    pub(super) async fn replace(
        &self,
        record: &str,
        profiles: usize,
        allowed: impl FnOnce(Option<&str>) -> Result<(), VaultError>,
    ) -> Result<(), VaultError> {
        let transaction = self.begin(IdbTransactionMode::Readwrite)?;
        let found = get(&transaction, KEY).await?;
        // What is no text is damaged, and may be replaced like any other damaged record.
        allowed(text(&found).unwrap_or(Some(String::new())).as_deref())?;
        let store = transaction.object_store(STORE).map_err(refused)?;
        for (key, value) in [(KEY, record), (COUNT, profiles.to_string().as_str())] {
            store.put_with_key(&JsValue::from(value), &JsValue::from(key)).map_err(refused)?;
        }
        written(&transaction).await
    }

    pub(super) async fn erase(&self) -> Result<(), VaultError> {
        let transaction = self.begin(IdbTransactionMode::Readwrite)?;
        transaction.object_store(STORE).and_then(|store| store.clear()).map_err(refused)?;
        written(&transaction).await
    }

    fn begin(&self, mode: IdbTransactionMode) -> Result<IdbTransaction, VaultError> {
        self.0.transaction_with_str_and_mode(STORE, mode).map_err(refused)
    }
}

async fn get(transaction: &IdbTransaction, key: &str) -> Result<JsValue, VaultError> {
    let store = transaction.object_store(STORE).map_err(refused)?;
    result(&store.get(&JsValue::from(key)).map_err(refused)?).await
}

fn text(found: &JsValue) -> Result<Option<String>, VaultError> {
    if found.is_undefined() {
        return Ok(None);
    }
    found.as_string().map(Some).ok_or(VaultError::Corrupted("format"))
}

/// Waits for an answer. A transaction goes on with the next request only if that is made right after this.
async fn result(request: &IdbRequest) -> Result<JsValue, VaultError> {
    let answer = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    match JsFuture::from(answer).await {
        Ok(_) => request.result().map_err(refused),
        Err(_) => Err(why(request.error().ok().flatten())),
    }
}

/// Waits until a change is stored, not only accepted: a full disk is noticed at the end.
async fn written(transaction: &IdbTransaction) -> Result<(), VaultError> {
    let end = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    match JsFuture::from(end).await {
        Ok(_) => Ok(()),
        Err(_) => Err(why(transaction.error())),
    }
}

fn why(error: Option<DomException>) -> VaultError {
    refused(error.map_or(JsValue::UNDEFINED, JsValue::from))
}

fn refused(error: JsValue) -> VaultError {
    VaultError::NoStorage(js_error_text(&error))
}
