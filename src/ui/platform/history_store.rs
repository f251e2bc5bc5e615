//! The history in IndexedDB: a database of its own, so that its version is not that of the vault.
//!
//! Summaries and details are stored apart, by the id of the call: a list reads summaries only. Tabs tell each other of changes.

use super::database::{Database, answer, failed, store, texts, written};
use crate::history::{Details, Limits, Record, Summary, to_drop};
use crate::storage_error::StorageError;
use js_sys::Array;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, IdbObjectStore, IdbTransaction, IdbTransactionMode, MessageEvent};

const DATABASE: &str = "tls-console.history";
/// Raised with the stores. The texts in them have a version of their own.
const VERSION: u32 = 1;
const SUMMARIES: &str = "summaries";
const DETAILS: &str = "details";
/// One number: the bytes of all details.
const TOTALS: &str = "totals";
const BYTES: &str = "bytes";
const CHANNEL: &str = "tls-console.history";

/// The history, open for one act.
pub(crate) struct HistoryStore(Database);

impl HistoryStore {
    pub(crate) async fn open() -> Result<Self, StorageError> {
        Database::open(DATABASE, VERSION, &[SUMMARIES, DETAILS, TOTALS]).await.map(Self)
    }

    /// Writes a call. One that is stored already keeps what the user did with it. The oldest make room.
    pub(crate) async fn put(&self, record: Record) -> Result<(), StorageError> {
        self.write(record, true).await
    }

    /// The same, but what is stored of it already stays: it says more.
    pub(crate) async fn put_first(&self, record: Record) -> Result<(), StorageError> {
        self.write(record, false).await
    }

    async fn write(&self, record: Record, replaces: bool) -> Result<(), StorageError> {
        let transaction = self.begin(IdbTransactionMode::Readwrite)?;
        if let Err(error) = put_in(&transaction, record, replaces).await {
            // Where the browser has ended it, that reason counts.
            let ended = transaction.error().map(|error| failed(error.into()));
            // All of a record or nothing of it.
            let _ = transaction.abort();
            return Err(ended.unwrap_or(error));
        }
        written(&transaction).await
    }

    /// The texts of all summaries; what is no text is empty.
    pub(crate) async fn summaries(&self) -> Result<Vec<String>, StorageError> {
        let transaction = self.begin(IdbTransactionMode::Readonly)?;
        texts(answer(store(&transaction, SUMMARIES)?.get_all()).await)
    }

    /// The text of a call's details.
    pub(crate) async fn details(&self, id: &str) -> Result<Option<String>, StorageError> {
        let transaction = self.begin(IdbTransactionMode::Readonly)?;
        Ok(answer(store(&transaction, DETAILS)?.get(&JsValue::from(id))).await?.as_string())
    }

    /// The calls of these ids, as far as they are there and can be read.
    pub(crate) async fn records(&self, ids: &[String]) -> Result<Vec<Record>, StorageError> {
        let transaction = self.begin(IdbTransactionMode::Readonly)?;
        let (summaries, details) = (store(&transaction, SUMMARIES)?, store(&transaction, DETAILS)?);
        let mut records = Vec::new();
        for id in ids {
            let id = JsValue::from(id.as_str());
            let (summary, details) = (answer(summaries.get(&id)).await?, answer(details.get(&id)).await?);
            let summary = summary.as_string().and_then(|text| Summary::from_json(&text).ok());
            let details = details.as_string().and_then(|text| Details::from_json(&text).ok());
            records.extend(summary.zip(details).map(|(summary, details)| Record { summary, details }));
        }
        Ok(records)
    }

    /// Changes what is stored of a call. `false`: it is not there.
    pub(crate) async fn change(&self, id: &str, change: impl FnOnce(&mut Summary)) -> Result<bool, StorageError> {
        let transaction = self.begin(IdbTransactionMode::Readwrite)?;
        let summaries = store(&transaction, SUMMARIES)?;
        let id = JsValue::from(id);
        let stored = answer(summaries.get(&id)).await?.as_string();
        let found = stored.and_then(|text| Summary::from_json(&text).ok());
        let is_there = found.is_some();
        if let Some(mut summary) = found {
            change(&mut summary);
            put(&summaries, &id, &summary.to_json())?;
        }
        written(&transaction).await.map(|()| is_there)
    }

    pub(crate) async fn remove(&self, id: &str) -> Result<(), StorageError> {
        let transaction = self.begin(IdbTransactionMode::Readwrite)?;
        let summaries = store(&transaction, SUMMARIES)?;
        let stored = answer(summaries.get(&JsValue::from(id))).await?.as_string();
        let stored = stored.and_then(|text| Summary::from_json(&text).ok());
        let bytes = total(&transaction).await?.saturating_sub(stored.map_or(0, |stored| stored.bytes));
        delete(&transaction, id)?;
        set_total(&transaction, bytes)?;
        written(&transaction).await
    }

    pub(crate) async fn clear(&self) -> Result<(), StorageError> {
        let transaction = self.begin(IdbTransactionMode::Readwrite)?;
        for name in [SUMMARIES, DETAILS, TOTALS] {
            store(&transaction, name)?.clear().map_err(failed)?;
        }
        written(&transaction).await
    }

    fn begin(&self, mode: IdbTransactionMode) -> Result<IdbTransaction, StorageError> {
        let stores = Array::of3(&SUMMARIES.into(), &DETAILS.into(), &TOTALS.into());
        self.0.0.transaction_with_str_sequence_and_mode(&stores, mode).map_err(failed)
    }
}

async fn put_in(transaction: &IdbTransaction, mut record: Record, replaces: bool) -> Result<(), StorageError> {
    let (summaries, details) = (store(transaction, SUMMARIES)?, store(transaction, DETAILS)?);
    let id = JsValue::from(record.summary.id.as_str());
    let stored = answer(summaries.get(&id)).await?.as_string().and_then(|text| Summary::from_json(&text).ok());
    let (known, before) = stored.as_ref().map_or((0, 0), |stored| (1, stored.bytes));
    match stored {
        Some(_) if !replaces => return Ok(()),
        Some(stored) => record.summary.keep_from(stored),
        None => {}
    }
    let count = answer(summaries.count()).await?.as_f64().unwrap_or_default() as usize + 1 - known;
    let bytes = total(transaction).await?.saturating_sub(before).saturating_add(record.summary.bytes);
    put(&summaries, &id, &record.summary.to_json())?;
    put(&details, &id, &record.details.to_json())?;
    set_total(transaction, bytes)?;
    if Limits::USUAL.is_exceeded(count, bytes) {
        make_room(transaction, &record.summary.id).await?;
    }
    Ok(())
}

/// Drops the oldest, and counts the bytes anew.
async fn make_room(transaction: &IdbTransaction, written: &str) -> Result<(), StorageError> {
    let summaries = texts(answer(store(transaction, SUMMARIES)?.get_all()).await)?;
    let summaries: Vec<Summary> = summaries.iter().filter_map(|text| Summary::from_json(text).ok()).collect();
    let dropped = to_drop(&summaries, Limits::USUAL, written);
    dropped.iter().try_for_each(|id| delete(transaction, id))?;
    let left = summaries.iter().filter(|summary| !dropped.contains(&summary.id));
    set_total(transaction, left.fold(0, |sum, summary| sum.saturating_add(summary.bytes)))
}

async fn total(transaction: &IdbTransaction) -> Result<u64, StorageError> {
    let total = answer(store(transaction, TOTALS)?.get(&JsValue::from(BYTES))).await?;
    Ok(total.as_f64().unwrap_or_default() as u64)
}

fn set_total(transaction: &IdbTransaction, bytes: u64) -> Result<(), StorageError> {
    let totals = store(transaction, TOTALS)?;
    totals.put_with_key(&JsValue::from(bytes as f64), &JsValue::from(BYTES)).map(drop).map_err(failed)
}

fn put(store: &IdbObjectStore, id: &JsValue, text: &str) -> Result<(), StorageError> {
    store.put_with_key(&JsValue::from(text), id).map(drop).map_err(failed)
}

fn delete(transaction: &IdbTransaction, id: &str) -> Result<(), StorageError> {
    for name in [SUMMARIES, DETAILS] {
        store(transaction, name)?.delete(&JsValue::from(id)).map_err(failed)?;
    }
    Ok(())
}

/// Tells the pages that show the history, in this tab and in others, that it has changed.
pub(crate) fn tell_others() {
    if let Ok(channel) = BroadcastChannel::new(CHANNEL) {
        let _ = channel.post_message(&JsValue::NULL);
        channel.close();
    }
}

/// Listens for changes for as long as it lives.
pub(crate) struct Listener {
    channel: BroadcastChannel,
    _heard: Closure<dyn FnMut(MessageEvent)>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.channel.close();
    }
}

/// Listens, in this tab too: who changes something need not read it again. `None`: the browser refuses the channel.
pub(crate) fn listen(changed: impl Fn() + 'static) -> Option<Listener> {
    let channel = BroadcastChannel::new(CHANNEL).ok()?;
    let heard = Closure::new(move |_: MessageEvent| changed());
    channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    Some(Listener { channel, _heard: heard })
}
