//! The vault, with a real browser's cryptography and storage. What is stored is read and damaged by code of its own.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by a panic")]

#[path = "vault/refusals.rs"]
mod refusals;

use js_sys::{Function, Promise};
use sha2::{Digest, Sha256};
use tls_console::credentials::vault::{LEAST_PASSPHRASE, Sealed, VaultError};
use tls_console::ui::testing::{OpenVault, erase_vault, open_vault, seal_vault, vault_exists, vault_profiles};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const PASSPHRASE: &str = "correct horse battery staple é 密";
const SECRETS: &str = r#"{"Huawei Cloud":{"AccessKey secret":"canary-4f1d/secret+ünïcode"}}"#;

/// Runs JavaScript with `text` as its argument.
async fn script(body: &str, text: &str) -> JsValue {
    let function = Function::new_with_args("text", &format!("return (async () => {{ {body} }})()"));
    let promise: Promise = function.call1(&JsValue::NULL, &JsValue::from(text)).unwrap().dyn_into().unwrap();
    JsFuture::from(promise).await.unwrap()
}

const OPEN: &str = "
    const done = (request) => new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
    const database = await done(indexedDB.open('tls-console'));
    const store = (mode) => database.transaction('vault', mode).objectStore('vault');";

/// Everything that this origin has stored, in whatever database, store and form.
async fn everything_stored() -> Vec<String> {
    let body = format!(
        "{OPEN}
        database.close();
        const found = [];
        for (const {{ name }} of await indexedDB.databases()) {{
            const database = await done(indexedDB.open(name));
            for (const store of database.objectStoreNames) {{
                const all = database.transaction(store).objectStore(store);
                const [keys, values] = await Promise.all([done(all.getAllKeys()), done(all.getAll())]);
                keys.forEach((key, at) => found.push(values[at]));
            }}
            database.close();
        }}
        return found.concat(Object.values(localStorage), Object.values(sessionStorage), document.cookie || []);"
    );
    let found: js_sys::Array = script(&body, "").await.dyn_into().unwrap();
    found.iter().map(|value| value.as_string().unwrap_or_else(|| panic!("{value:?} is no text"))).collect()
}

async fn record() -> String {
    let all = everything_stored().await;
    let (counts, records): (Vec<String>, Vec<String>) = all.into_iter().partition(|text| text.len() < 4);
    assert_eq!((counts.len(), records.len()), (1, 1), "one record, and how many profiles it holds: {records:?}");
    records.into_iter().next().unwrap()
}

async fn put(record: &str) {
    let body = format!("{OPEN} await done(store('readwrite').put(text, 'record')); database.close();");
    script(&body, record).await;
}

/// The record with the first byte of a part changed; its checksum is left behind, or made to fit.
fn damaged(record: &str, part: &str, checksum_fits: bool) -> String {
    let opening = format!("\"{part}\":\"");
    let (before, after) = record.split_once(&opening).unwrap();
    let digit = if after.starts_with('0') { "1" } else { "0" };
    let changed = [before, &opening, digit, after.get(1..).unwrap()].concat();
    let body = changed.rsplit_once(",\"checksum\"").unwrap().0;
    if !checksum_fits {
        return changed;
    }
    let sum: String = Sha256::digest(body.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{body},\"checksum\":\"{sum}\"}}")
}

async fn sealed() -> OpenVault {
    erase_vault().await.unwrap();
    seal_vault(PASSPHRASE, SECRETS).await.unwrap()
}

async fn refusal() -> VaultError {
    open_vault(PASSPHRASE).await.map(|_| ()).unwrap_err()
}

#[wasm_bindgen_test]
async fn what_is_sealed_opens_with_its_passphrase_only() {
    sealed().await;
    assert!(vault_exists().await);
    let (open, secrets) = open_vault(PASSPHRASE).await.unwrap();
    assert_eq!(secrets.as_str(), SECRETS);
    assert!(!open.is_extractable());
    for wrong in ["", "Correct horse battery staple é 密", "correct horse battery staple é 密 "] {
        assert_eq!(open_vault(wrong).await.map(|_| ()), Err(VaultError::WrongPassphrase), "{wrong:?}");
    }
    assert_eq!(open_vault(PASSPHRASE).await.unwrap().1.as_str(), SECRETS, "attempts change nothing");
}

#[wasm_bindgen_test]
async fn what_is_sealed_can_be_opened_by_the_book_with_600_000_rounds_and_a_key_of_256_bits() {
    sealed().await;
    let body = "
        const [record, passphrase] = JSON.parse(text);
        const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
        const utf8 = (text) => new TextEncoder().encode(text);
        const { salt, verifierIv, verifier, iv, payload } = JSON.parse(record);
        const typed = await crypto.subtle.importKey('raw', utf8(passphrase), 'PBKDF2', false, ['deriveBits']);
        const how = { name: 'PBKDF2', hash: 'SHA-256', iterations: 600000, salt: bytes(salt) };
        const bits = await crypto.subtle.deriveBits(how, typed, 256);
        const key = await crypto.subtle.importKey('raw', bits, 'AES-GCM', false, ['decrypt']);
        const open = async (iv, sealed, part) => {
            const additionalData = utf8(`tls-console vault 1 600000 ${salt} ${part}`);
            const opened = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: bytes(iv), additionalData }, key, bytes(sealed));
            return new TextDecoder().decode(opened);
        };
        return [await open(verifierIv, verifier, 'verifier'), await open(iv, payload, 'payload')];";
    let argument = serde_json::json!([record().await, PASSPHRASE]).to_string();
    let opened: js_sys::Array = script(body, &argument).await.dyn_into().unwrap();
    let opened: Vec<String> = opened.iter().map(|text| text.as_string().unwrap()).collect();
    assert_eq!(opened, ["tls-console vault", SECRETS]);
}

#[wasm_bindgen_test]
async fn nothing_and_much_can_be_sealed() {
    for secrets in [String::new(), "秘".repeat(100_000)] {
        erase_vault().await.unwrap();
        seal_vault(PASSPHRASE, &secrets).await.unwrap();
        assert!(*open_vault(PASSPHRASE).await.unwrap().1 == secrets, "{} bytes", secrets.len());
    }
}

#[wasm_bindgen_test]
async fn without_a_vault_it_says_so() {
    erase_vault().await.unwrap();
    assert!(!vault_exists().await);
    assert_eq!(refusal().await, VaultError::Absent);
    erase_vault().await.unwrap();
}

#[wasm_bindgen_test]
async fn erasing_leaves_nothing_behind() {
    sealed().await;
    erase_vault().await.unwrap();
    assert!(!vault_exists().await);
    assert_eq!(everything_stored().await, Vec::<String>::new());
}

#[wasm_bindgen_test]
async fn a_short_passphrase_seals_nothing() {
    erase_vault().await.unwrap();
    let short = "x".repeat(LEAST_PASSPHRASE - 1);
    let told = seal_vault(&short, SECRETS).await.map(|_| ());
    assert_eq!(told, Err(VaultError::ShortPassphrase { least: LEAST_PASSPHRASE }));
    assert!(!vault_exists().await);
}

#[wasm_bindgen_test]
async fn a_changed_byte_is_told_from_a_wrong_passphrase() {
    sealed().await;
    let good = record().await;
    for part in ["salt", "verifierIv", "verifier", "iv", "payload"] {
        put(&damaged(&good, part, false)).await;
        assert_eq!(refusal().await, VaultError::Corrupted("checksum"), "{part}");
    }
    put(&good).await;
    assert_eq!(open_vault(PASSPHRASE).await.unwrap().1.as_str(), SECRETS);
}

#[wasm_bindgen_test]
async fn whoever_changes_a_byte_and_the_checksum_opens_nothing_either() {
    sealed().await;
    let good = record().await;
    for part in ["iv", "payload"] {
        put(&damaged(&good, part, true)).await;
        assert_eq!(refusal().await, VaultError::Corrupted("payload"), "{part}");
    }
    for part in ["salt", "verifierIv", "verifier"] {
        put(&damaged(&good, part, true)).await;
        assert_eq!(refusal().await, VaultError::WrongPassphrase, "{part}");
    }
}

#[wasm_bindgen_test]
async fn no_part_can_be_exchanged_for_another() {
    sealed().await;
    let good = Sealed::read(&record().await).unwrap();
    let verifier_as_payload = Sealed { payload: good.verifier.clone(), ..good.clone() };
    put(&verifier_as_payload.write()).await;
    assert_eq!(refusal().await, VaultError::Corrupted("payload"));
    let mut more_rounds = good.clone();
    more_rounds.lock.rounds += 1;
    put(&more_rounds.write()).await;
    assert_eq!(refusal().await, VaultError::WrongPassphrase);
    put(&good.write().replacen(":600000,", ":1000,", 1)).await;
    assert_eq!(refusal().await, VaultError::Corrupted("rounds"), "a downgrade");
    // The payload of another vault with the same passphrase.
    sealed().await;
    let other = Sealed::read(&record().await).unwrap();
    put(&Sealed { payload: other.payload, ..good }.write()).await;
    assert_eq!(refusal().await, VaultError::Corrupted("payload"));
}

#[wasm_bindgen_test]
async fn what_is_no_record_is_a_damaged_vault() {
    sealed().await;
    put("").await;
    assert_eq!(refusal().await, VaultError::Corrupted("format"));
    script(&format!("{OPEN} await done(store('readwrite').put({{}}, 'record')); database.close();"), "").await;
    assert_eq!(refusal().await, VaultError::Corrupted("format"));
    assert!(vault_exists().await, "so that it can be erased");
    sealed().await;
    assert_eq!(open_vault(PASSPHRASE).await.unwrap().1.as_str(), SECRETS);
}

#[wasm_bindgen_test]
async fn what_is_stored_holds_neither_secret_nor_passphrase_in_any_form() {
    let open = sealed().await;
    let first = record().await;
    open.save(SECRETS).await.unwrap();
    for stored in [first, record().await] {
        for text in [SECRETS, "canary-4f1d/secret+ünïcode", "canary-4f1d", "Huawei Cloud", PASSPHRASE, "correct horse"]
        {
            for form in forms(text).await {
                assert!(!stored.to_ascii_lowercase().contains(&form.to_ascii_lowercase()), "{form} is in {stored}");
            }
        }
    }
}

/// A text as it is, in hex, as UTF-16 in hex, in base64 at each offset, percent-encoded and backwards.
async fn forms(text: &str) -> Vec<String> {
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut forms = vec![text.to_owned(), hex(text.as_bytes()), hex(&utf16), text.chars().rev().collect()];
    let body = "
        const bytes = String.fromCharCode(...new TextEncoder().encode(text));
        const inside = (blanks) => btoa(' '.repeat(blanks) + bytes).replace(/=+$/, '').slice(4, -4);
        return [inside(0), inside(1), inside(2), encodeURIComponent(text)];";
    let more: js_sys::Array = script(body, text).await.dyn_into().unwrap();
    forms.extend(more.iter().map(|form| form.as_string().unwrap()));
    assert!(forms.iter().all(|form| form.len() >= 4), "{forms:?}");
    forms
}

#[wasm_bindgen_test]
async fn each_sealing_has_its_own_salt_and_vectors_and_each_saving_its_own_vectors() {
    let mut all: Vec<Vec<u8>> = Vec::new();
    let mut salts = Vec::new();
    for _ in 0..2 {
        let open = sealed().await;
        let mut records = vec![Sealed::read(&record().await).unwrap()];
        open.save(SECRETS).await.unwrap();
        records.push(Sealed::read(&record().await).unwrap());
        assert_eq!(records[0].lock, records[1].lock);
        salts.push(records[0].lock.salt);
        for Sealed { verifier, payload, .. } in records {
            all.extend([verifier.iv.to_vec(), verifier.bytes, payload.iv.to_vec(), payload.bytes]);
        }
    }
    assert_ne!(salts[0], salts[1]);
    for (at, one) in all.iter().enumerate() {
        assert!(all[..at].iter().all(|other| other != one), "{one:?} twice");
    }
}

#[wasm_bindgen_test]
async fn what_is_saved_while_the_vault_is_open_is_there_the_next_time() {
    let open = sealed().await;
    open.save("second").await.unwrap();
    let (again, secrets) = open_vault(PASSPHRASE).await.unwrap();
    assert_eq!(secrets.as_str(), "second");
    again.save("third").await.unwrap();
    assert_eq!(open_vault(PASSPHRASE).await.unwrap().1.as_str(), "third");
    // A damaged record is whole again.
    put("damaged").await;
    again.save("fourth").await.unwrap();
    assert_eq!(open_vault(PASSPHRASE).await.unwrap().1.as_str(), "fourth");
}

#[wasm_bindgen_test]
async fn a_vault_erased_or_sealed_anew_elsewhere_is_not_brought_back_by_saving() {
    let open = sealed().await;
    erase_vault().await.unwrap();
    assert_eq!(open.save("old").await, Err(VaultError::Absent));
    assert_eq!(everything_stored().await, Vec::<String>::new());
    seal_vault("another passphrase", "new").await.unwrap();
    assert_eq!(open.save("old").await, Err(VaultError::Replaced));
    assert_eq!(open_vault("another passphrase").await.unwrap().1.as_str(), "new");
}

#[wasm_bindgen_test]
async fn what_another_tab_saved_is_taken_over_before_anything_is_saved() {
    let one = sealed().await;
    assert_eq!(one.take_over().await.unwrap(), None, "nothing has changed");
    let (two, _) = open_vault(PASSPHRASE).await.unwrap();
    two.save("second").await.unwrap();
    assert_eq!(one.save("third").await, Err(VaultError::Changed));
    assert_eq!(one.take_over().await.unwrap().unwrap().as_str(), "second");
    assert_eq!(one.take_over().await.unwrap(), None, "it is taken over");
    one.save("third").await.unwrap();
    assert_eq!(two.save("fourth").await, Err(VaultError::Changed));
    assert_eq!(open_vault(PASSPHRASE).await.unwrap().1.as_str(), "third");
}

#[wasm_bindgen_test]
async fn a_new_vault_never_takes_the_place_of_one_that_is_there() {
    sealed().await;
    assert_eq!(seal_vault("another passphrase", "new").await.map(|_| ()), Err(VaultError::Exists));
    put("damaged").await;
    assert_eq!(seal_vault("another passphrase", "new").await.map(|_| ()), Err(VaultError::Exists));
    assert_eq!(vault_profiles().await, Some(1));
    erase_vault().await.unwrap();
    assert_eq!(vault_profiles().await, None);
}
