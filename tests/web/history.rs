//! The history in a real browser's IndexedDB.

use js_sys::Function;
use serde_json::json;
use tls_console::history::Record;
use tls_console::storage_error::StorageError;
use tls_console::ui::testing::{
    change_in_history, clear_history, details_in_history, history, put_into_history, remove_from_history,
};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

/// A call of this time whose details are said to have so many bytes.
fn record(id: &str, started: i64, bytes: u64) -> Record {
    let summary = json!({
        "version": 1, "id": id, "started": started, "took": 4, "api": "a", "operation": "o", "api_title": "A",
        "operation_title": "O", "connection": "Proxy", "simulated": false, "status": 200, "outcome": "success",
        "certain": true, "standing": "good", "title": "Accepted", "bytes": bytes,
    });
    let empty = json!({ "whole": "" });
    let details = json!({
        "version": 1, "id": id, "answer": null,
        "request": { "method": "GET", "url": "https://api.test", "address": null, "headers": [], "body": empty },
    });
    serde_json::from_value(json!({ "summary": summary, "details": details })).unwrap()
}

/// The ids of what is kept, in order.
async fn ids() -> Vec<String> {
    let mut ids: Vec<String> = history().await.unwrap().into_iter().map(|summary| summary.id).collect();
    ids.sort();
    ids
}

fn run(script: &str) {
    Function::new_no_args(script).call0(&JsValue::NULL).unwrap();
}

#[wasm_bindgen_test]
async fn a_call_is_kept_changed_written_again_and_removed() {
    clear_history().await.unwrap();
    assert_eq!(ids().await, [] as [&str; 0]);
    put_into_history(record("a", 1, 10)).await.unwrap();
    put_into_history(record("b", 2, 10)).await.unwrap();
    let change = change_in_history("a", |summary| {
        summary.pinned = true;
        summary.set_note("a note");
    });
    change.await.unwrap();
    change_in_history("absent", |summary| summary.pinned = true).await.unwrap();
    // The meaning of a code came after the answer.
    let mut again = record("a", 1, 12);
    again.summary.title = String::from("Explained");
    put_into_history(again.clone()).await.unwrap();
    let kept = history().await.unwrap().into_iter().find(|summary| summary.id == "a").unwrap();
    assert_eq!((kept.title.as_str(), kept.note.as_str(), kept.pinned), ("Explained", "a note", true));
    assert_eq!(details_in_history("a").await.unwrap(), Some(again.details));
    remove_from_history("a").await.unwrap();
    assert_eq!(ids().await, ["b"]);
    assert_eq!(details_in_history("a").await.unwrap(), None);
    clear_history().await.unwrap();
    assert_eq!(ids().await, [] as [&str; 0]);
}

#[wasm_bindgen_test]
async fn the_oldest_make_room_and_pinned_ones_stay() {
    const MB: u64 = 1024 * 1024;
    clear_history().await.unwrap();
    put_into_history(record("a", 1, 30 * MB)).await.unwrap();
    put_into_history(record("b", 2, 30 * MB)).await.unwrap();
    assert_eq!(ids().await, ["b"]);
    change_in_history("b", |summary| summary.pinned = true).await.unwrap();
    put_into_history(record("c", 3, 30 * MB)).await.unwrap();
    assert_eq!(ids().await, ["b", "c"], "neither a pinned call nor the one of this moment goes");
    put_into_history(record("d", 0, 10 * MB)).await.unwrap();
    assert_eq!(ids().await, ["b", "d"]);
    // What was removed gives its room back.
    remove_from_history("b").await.unwrap();
    put_into_history(record("e", 5, 35 * MB)).await.unwrap();
    assert_eq!(ids().await, ["d", "e"]);
    clear_history().await.unwrap();
}

#[wasm_bindgen_test]
async fn a_write_that_fails_leaves_nothing_of_its_record() {
    clear_history().await.unwrap();
    run("const own = IDBObjectStore.prototype.put;
        globalThis.putAgain = () => { IDBObjectStore.prototype.put = own; };
        // The summary is taken, and then the disk is full.
        IDBObjectStore.prototype.put = function (...record) {
            if (this.name === 'details') throw new DOMException('Full.', 'QuotaExceededError');
            return own.apply(this, record);
        };");
    let refused = put_into_history(record("a", 1, 10)).await;
    run("globalThis.putAgain();");
    assert_eq!(refused, Err(StorageError::Full));
    assert_eq!(ids().await, [] as [&str; 0]);
    put_into_history(record("a", 1, 10)).await.unwrap();
    assert_eq!(ids().await, ["a"]);
    clear_history().await.unwrap();
}
