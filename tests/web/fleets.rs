//! The fleets in a real browser's IndexedDB: rows change one by one, and a fleet never touches another.

use js_sys::Function;
use tls_console::fleet::StoreError;
use tls_console::storage_error::StorageError;
use tls_console::ui::testing::{changes_of_tabs, delete_fleet, drop_rows, keep_fleet, kept_fleets, kept_rows};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

fn run(script: &str) {
    Function::new_no_args(script).call0(&JsValue::NULL).unwrap();
}

async fn ids(id: &str, after: Option<u32>) -> Vec<u32> {
    kept_rows(id, after).await.unwrap().into_iter().map(|(row, _)| row).collect()
}

#[wasm_bindgen_test]
async fn rows_are_read_in_their_order_and_in_parts() {
    let all: Vec<(u32, &str)> = (0..520).map(|row| (row, "first")).collect();
    keep_fleet("parts", Some("head"), &all).await.unwrap();
    let first = ids("parts", None).await;
    assert!(first.len() < 520 && first.first() == Some(&0), "not all at once: {}", first.len());
    assert!(first.is_sorted(), "by number and not by text: {first:?}");
    let rest = ids("parts", first.last().copied()).await;
    assert_eq!(first.into_iter().chain(rest).collect::<Vec<u32>>(), (0..520).collect::<Vec<u32>>());
    keep_fleet("parts", None, &[(519, "changed")]).await.unwrap();
    assert_eq!(kept_rows("parts", Some(518)).await.unwrap(), [(519, String::from("changed"))]);
    assert_eq!(ids("parts", Some(519)).await, [] as [u32; 0]);
    delete_fleet("parts").await.unwrap();
}

#[wasm_bindgen_test]
async fn a_fleet_that_is_deleted_takes_no_row_of_another_with_it() {
    // One id begins like the other.
    keep_fleet("f", Some("head"), &[(1, "own"), (2, "own")]).await.unwrap();
    keep_fleet("ff", Some("head"), &[(1, "other")]).await.unwrap();
    let own = |fleets: Vec<(String, usize)>| {
        fleets.into_iter().filter(|(id, _)| id.starts_with('f')).collect::<Vec<(String, usize)>>()
    };
    let both = [(String::from("f"), 2), (String::from("ff"), 1)];
    assert_eq!(own(kept_fleets().await.unwrap()), both);
    drop_rows("f", &[2]).await.unwrap();
    assert_eq!((ids("f", None).await, ids("ff", None).await), (vec![1], vec![1]));
    delete_fleet("f").await.unwrap();
    assert_eq!(own(kept_fleets().await.unwrap()), both[1..]);
    assert_eq!((ids("f", None).await, ids("ff", None).await), (vec![], vec![1]));
    delete_fleet("ff").await.unwrap();
    assert_eq!(own(kept_fleets().await.unwrap()), []);
}

#[wasm_bindgen_test]
async fn a_write_that_fails_changes_nothing_and_says_that_the_disk_is_full() {
    keep_fleet("whole", Some("head"), &[(1, "before"), (2, "before")]).await.unwrap();
    run("const own = IDBObjectStore.prototype.put;
        globalThis.putRowsAgain = () => { IDBObjectStore.prototype.put = own; };
        // The first row is taken, and then the disk is full.
        IDBObjectStore.prototype.put = function (...record) {
            if (record[0] === 'no room') throw new DOMException('Full.', 'QuotaExceededError');
            return own.apply(this, record);
        };");
    let written = keep_fleet("whole", None, &[(1, "after"), (2, "no room")]).await;
    run("globalThis.putRowsAgain();");
    assert_eq!(written, Err(StoreError::Storage(StorageError::Full)));
    let rows = kept_rows("whole", None).await.unwrap();
    assert_eq!(rows, [(1, String::from("before")), (2, String::from("before"))]);
    delete_fleet("whole").await.unwrap();
}

#[wasm_bindgen_test]
fn a_tab_that_watches_stores_nothing() {
    let document = web_sys::window().unwrap().document().unwrap();
    let (running, watching) = changes_of_tabs(document.create_element("div").unwrap().dyn_into().unwrap());
    assert!(running > 4, "a tab that runs the fleet stores what it changes: {running}");
    assert_eq!(watching, 0);
}
