//! The fleets in IndexedDB: a database of its own, so that its version is not that of others.
//!
//! Heads and rows are stored apart, a row by the id of its fleet and its own: a row is written when it changes, and no fleet is
//! ever written as a whole.

use super::database::{Database, answer, failed, store, texts, written};
use crate::fleet::{Head, RowId, StoreError};
use crate::storage_error::StorageError;
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, IdbTransaction, MessageEvent};

const DATABASE: &str = "tls-console.fleet";
/// Raised with the stores. The texts in them have a version of their own.
const VERSION: u32 = 1;
const HEADS: &str = "heads";
const ROWS: &str = "rows";
/// Rows that are read at once.
const AT_ONCE: u32 = 500;
const CHANNEL: &str = "tls-console.fleet";

/// What changes in one transaction: all of it or nothing.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    /// The id of the fleet.
    pub(crate) fleet: String,
    pub(crate) head: Option<String>,
    pub(crate) rows: Vec<(RowId, String)>,
    pub(crate) gone: Vec<RowId>,
}

/// The fleets, open for one act.
pub(crate) struct FleetDatabase(Database);

impl FleetDatabase {
    pub(crate) async fn open() -> Result<Self, StoreError> {
        Ok(Self(Database::open(DATABASE, VERSION, &[HEADS, ROWS]).await?))
    }

    /// Writes what has changed, and is over when the disk has it.
    pub(crate) async fn write(&self, changes: &Changes) -> Result<(), StoreError> {
        let transaction = self.begin("readwrite")?;
        if let Err(error) = put_in(&transaction, changes) {
            let _ = transaction.abort();
            return Err(error.into());
        }
        Ok(written(&transaction).await?)
    }

    /// The ids and texts of all heads.
    pub(crate) async fn heads(&self) -> Result<Vec<(String, String)>, StoreError> {
        let transaction = self.begin("readonly")?;
        let heads = store(&transaction, HEADS)?;
        let ids = texts(answer(heads.get_all_keys()).await)?;
        Ok(ids.into_iter().zip(texts(answer(heads.get_all()).await)?).collect())
    }

    /// A head, if it is there.
    pub(crate) async fn head(&self, id: &str) -> Result<Option<Head>, StoreError> {
        let transaction = self.begin("readonly")?;
        let text = answer(store(&transaction, HEADS)?.get(&JsValue::from(id))).await?.as_string();
        Ok(text.map(|text| Head::from_json(&text)).transpose()?)
    }

    /// The ids and texts of some rows of a fleet: those that follow a row, or the first.
    pub(crate) async fn rows_after(&self, id: &str, after: Option<RowId>) -> Result<Vec<(RowId, String)>, StoreError> {
        let transaction = self.begin("readonly")?;
        let (rows, range) = (store(&transaction, ROWS)?, all_after(id, after)?);
        let found = texts(answer(rows.get_all_with_key_and_limit(&range, AT_ONCE)).await)?;
        let keys: Array =
            answer(rows.get_all_keys_with_key_and_limit(&range, AT_ONCE)).await?.dyn_into().map_err(failed)?;
        let ids = keys.iter().filter_map(|key| key.dyn_into::<Array>().ok()?.get(1).as_f64());
        Ok(ids.map(|id| RowId(id as u32)).zip(found).collect())
    }

    /// The texts of these rows of a fleet, as far as they are there.
    pub(crate) async fn some_rows(&self, id: &str, rows: &[RowId]) -> Result<Vec<Option<String>>, StoreError> {
        let transaction = self.begin("readonly")?;
        let store = store(&transaction, ROWS)?;
        let mut found = Vec::new();
        for row in rows {
            found.push(answer(store.get(&key(id, *row))).await?.as_string());
        }
        Ok(found)
    }

    /// How many rows of a fleet are stored.
    pub(crate) async fn count(&self, id: &str) -> Result<usize, StoreError> {
        let transaction = self.begin("readonly")?;
        let count = answer(store(&transaction, ROWS)?.count_with_key(&all_after(id, None)?)).await?;
        Ok(count.as_f64().unwrap_or_default() as usize)
    }

    /// Deletes a fleet.
    pub(crate) async fn delete(&self, id: &str) -> Result<(), StoreError> {
        let transaction = self.begin("readwrite")?;
        store(&transaction, HEADS)?.delete(&JsValue::from(id)).map_err(failed)?;
        store(&transaction, ROWS)?.delete(&all_after(id, None)?).map_err(failed)?;
        Ok(written(&transaction).await?)
    }

    /// A transaction that counts as done when it is on the disk, not when the operating system has it.
    fn begin(&self, mode: &str) -> Result<IdbTransaction, StorageError> {
        let options = Object::new();
        let _ = Reflect::set(&options, &"durability".into(), &"strict".into());
        let begin = Reflect::get(&self.0.0, &"transaction".into()).map_err(failed)?;
        let begin: Function = begin.dyn_into().map_err(failed)?;
        let stores = Array::of2(&HEADS.into(), &ROWS.into());
        let transaction = begin.call3(&self.0.0, &stores, &mode.into(), &options).map_err(failed)?;
        transaction.dyn_into().map_err(failed)
    }
}

fn put_in(transaction: &IdbTransaction, changes: &Changes) -> Result<(), StorageError> {
    if let Some(head) = &changes.head {
        let heads = store(transaction, HEADS)?;
        heads.put_with_key(&head.into(), &changes.fleet.as_str().into()).map_err(failed)?;
    }
    let rows = store(transaction, ROWS)?;
    for (id, text) in &changes.rows {
        rows.put_with_key(&text.into(), &key(&changes.fleet, *id)).map_err(failed)?;
    }
    for id in &changes.gone {
        rows.delete(&key(&changes.fleet, *id)).map_err(failed)?;
    }
    Ok(())
}

fn key(fleet: &str, row: RowId) -> JsValue {
    Array::of2(&fleet.into(), &row.0.into()).into()
}

/// The range of the keys of a fleet's rows behind one of them: IndexedDB sorts an array behind every number.
fn all_after(fleet: &str, after: Option<RowId>) -> Result<JsValue, StorageError> {
    let range = Reflect::get(&js_sys::global(), &"IDBKeyRange".into()).map_err(failed)?;
    let bound: Function = Reflect::get(&range, &"bound".into()).and_then(JsCast::dyn_into).map_err(failed)?;
    let first = after.map_or_else(|| Array::of1(&fleet.into()).into(), |row| key(fleet, row));
    let last = Array::of2(&fleet.into(), &Array::new());
    // Without the row itself.
    bound.apply(&range, &Array::of3(&first, &last, &JsValue::TRUE)).map_err(failed)
}

/// What a tab has stored: of which fleet, and of which rows.
pub(crate) struct Change {
    pub(crate) fleet: String,
    pub(crate) rows: Vec<RowId>,
}

/// Tells other tabs what was stored.
pub(crate) struct Teller(Option<BroadcastChannel>);

impl Teller {
    pub(crate) fn new() -> Self {
        Self(BroadcastChannel::new(CHANNEL).ok())
    }

    pub(crate) fn tell(&self, changes: &Changes) {
        if let Some(channel) = &self.0 {
            let rows = changes.rows.iter().map(|(row, _)| row).chain(&changes.gone);
            let message: Array = [JsValue::from(changes.fleet.as_str())].into_iter().collect();
            rows.for_each(|row| {
                message.push(&row.0.into());
            });
            let _ = channel.post_message(&message);
        }
    }
}

impl Drop for Teller {
    fn drop(&mut self) {
        if let Some(channel) = &self.0 {
            channel.close();
        }
    }
}

/// Listens for changes of other tabs for as long as it lives.
pub(crate) struct Listener {
    channel: BroadcastChannel,
    _heard: Closure<dyn FnMut(MessageEvent)>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.channel.close();
    }
}

/// Calls `changed` with what a tab has stored. `None`: the browser refuses the channel.
pub(crate) fn listen(changed: impl Fn(Change) + 'static) -> Option<Listener> {
    let channel = BroadcastChannel::new(CHANNEL).ok()?;
    let heard = Closure::new(move |event: MessageEvent| {
        let Ok(message) = event.data().dyn_into::<Array>() else { return };
        let fleet = message.get(0).as_string().unwrap_or_default();
        let rows = message.iter().skip(1).filter_map(|row| row.as_f64()).map(|row| RowId(row as u32)).collect();
        changed(Change { fleet, rows });
    });
    channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    Some(Listener { channel, _heard: heard })
}
