//! The vault's record in IndexedDB, and how many profiles it holds.

use super::idb_request::{self, OpenError};
use super::js_error::js_error_text;
use crate::credentials::vault::VaultError;
use wasm_bindgen::JsValue;
use web_sys::{IdbDatabase, IdbTransaction, IdbTransactionMode};

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
        let make = |database: &IdbDatabase| drop(database.create_object_store(STORE));
        idb_request::open(scope, DATABASE, VERSION, make).await.map(Self).map_err(|error| match error {
            OpenError::Missing => VaultError::NoStorage(String::from("there is no IndexedDB")),
            OpenError::Refused(error) => refused(error),
            OpenError::Blocked => refused(JsValue::UNDEFINED),
        })
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
        idb_request::written(&transaction).await.map_err(refused)
    }

    pub(super) async fn erase(&self) -> Result<(), VaultError> {
        let transaction = self.begin(IdbTransactionMode::Readwrite)?;
        transaction.object_store(STORE).and_then(|store| store.clear()).map_err(refused)?;
        idb_request::written(&transaction).await.map_err(refused)
    }

    fn begin(&self, mode: IdbTransactionMode) -> Result<IdbTransaction, VaultError> {
        self.0.transaction_with_str_and_mode(STORE, mode).map_err(refused)
    }
}

async fn get(transaction: &IdbTransaction, key: &str) -> Result<JsValue, VaultError> {
    let store = transaction.object_store(STORE).map_err(refused)?;
    idb_request::answer(&store.get(&JsValue::from(key)).map_err(refused)?).await.map_err(refused)
}

fn text(found: &JsValue) -> Result<Option<String>, VaultError> {
    if found.is_undefined() {
        return Ok(None);
    }
    found.as_string().map(Some).ok_or(VaultError::Corrupted("format"))
}

fn refused(error: JsValue) -> VaultError {
    VaultError::NoStorage(js_error_text(&error))
}
