//! Browsers that lack something, or refuse it.

use super::{PASSPHRASE, everything_stored, sealed};
use js_sys::{Function, Object, Reflect};
use tls_console::credentials::vault::VaultError;
use tls_console::ui::testing::{erase_vault, vault_elsewhere};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

/// This browser's global object with some of it exchanged.
fn browser(parts: &[(&str, JsValue)]) -> JsValue {
    let window = web_sys::window().unwrap();
    let scope = Object::new();
    for name in ["crypto", "indexedDB"] {
        let given = parts.iter().find(|(part, _)| *part == name).map(|(_, value)| value.clone());
        let value = given.unwrap_or_else(|| Reflect::get(&window, &JsValue::from(name)).unwrap());
        Reflect::set(&scope, &JsValue::from(name), &value).unwrap();
    }
    scope.into()
}

#[wasm_bindgen_test]
async fn over_plain_http_there_is_no_vault() {
    erase_vault().await.unwrap();
    // `crypto` is there, with random numbers and without `subtle`.
    let crypto = Function::new_no_args("return Object.create(crypto, { subtle: { value: undefined } })");
    let crypto = crypto.call0(&JsValue::NULL).unwrap();
    for crypto in [crypto, JsValue::UNDEFINED] {
        let [seal, open, exists, erase] = vault_elsewhere(&browser(&[("crypto", crypto)]), PASSPHRASE).await;
        assert_eq!((seal, open), (Err(VaultError::NoCrypto), Err(VaultError::NoCrypto)));
        assert_eq!((exists, erase), (Err(VaultError::Absent), Ok(())));
    }
    assert_eq!(everything_stored().await, Vec::<String>::new());
}

#[wasm_bindgen_test]
async fn a_browser_that_refuses_storage_is_quoted() {
    let refusing = |body: &str| Function::new_no_args(body).call0(&JsValue::NULL).unwrap();
    let throws = "const no = () => { throw new DOMException('The user denied permission.', 'SecurityError') };";
    let missing = browser(&[("indexedDB", JsValue::UNDEFINED)]);
    let opening = browser(&[(
        "indexedDB",
        refusing(&format!("{throws} return Object.create(IDBFactory.prototype, {{ open: {{ value: no }} }})")),
    )]);
    let looking = refusing(&format!("{throws} return Object.create({{ crypto }}, {{ indexedDB: {{ get: no }} }})"));
    // Its request fails, as in a private window: the real one does so for a version older than what is there.
    sealed().await;
    let failing = browser(&[(
        "indexedDB",
        refusing(
            "const open = (name) => {
                const request = indexedDB.open('tls-console-newer', 2);
                return Object.assign(indexedDB.open('tls-console-newer', 1), { earlier: request });
            };
            return Object.create(IDBFactory.prototype, { open: { value: open } })",
        ),
    )]);
    for (scope, complaint) in [
        (missing, "there is no IndexedDB"),
        (opening, "SecurityError: The user denied permission"),
        (looking, "SecurityError: The user denied permission"),
        (failing, "VersionError: "),
    ] {
        let [seal, open, exists, erase] = vault_elsewhere(&scope, PASSPHRASE).await;
        for told in [seal, open, erase] {
            let Err(VaultError::NoStorage(told)) = told else { panic!("{told:?} and not {complaint}") };
            assert!(told.starts_with(complaint), "{told}");
        }
        assert_eq!(exists, Err(VaultError::Absent));
    }
}
