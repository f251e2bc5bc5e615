//! A door for `tests/web.rs`, the form of one operation without the page around it and the stores of history and fleets, and for
//! `tests/vault.rs`.

use super::components::ask_button::AskButton;
use super::features::form::OperationForm as FormView;
use super::platform::fleet_store::{Changes, FleetDatabase};
use super::platform::history_store::HistoryStore;
use super::platform::vault;
use super::state::fleet::FleetStore;
use super::state::operation_form::OperationForm;
use super::state::provide_stores;
use crate::catalog::Operation;
use crate::config::ConfigSource;
use crate::credentials::ProfileId;
use crate::credentials::vault::VaultError;
use crate::fleet::{EventKind, LaneKey, Limits, RowId, RowSpec, StoreError};
use crate::follow::Place;
use crate::form::{Arguments, Draft, FieldIssue, validate};
use crate::history::{Details, Record, Summary};
use crate::storage_error::StorageError;
use leptos::mount::mount_to;
use leptos::prelude::*;
use std::any::Any;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use web_sys::HtmlElement;
use zeroize::Zeroizing;

/// A form on the page, for as long as this lives.
pub struct MountedForm {
    form: OperationForm,
    operation: Operation,
    _mount: Box<dyn Any>,
}

impl std::fmt::Debug for MountedForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MountedForm").finish_non_exhaustive()
    }
}

impl MountedForm {
    /// Shows the form of an operation inside `parent`. `None` when the browser could not.
    pub fn new(parent: HtmlElement, operation: Operation) -> Option<Self> {
        let made = Rc::new(Cell::new(None));
        let (inner, shown) = (made.clone(), operation.clone());
        let mount = mount_to(parent, move || {
            let stores = provide_stores(ConfigSource::Text(String::from("{}")).into(), None);
            let form = stores.forms.form(shown);
            stores.profiles.ensure_profile(&form.operation());
            inner.set(Some(form));
            view! { <FormView form=form/> }
        });
        Some(Self { form: made.get()?, operation, _mount: Box::new(mount) })
    }

    /// What the form holds.
    pub fn draft(&self) -> Draft {
        self.form.draft.get_untracked()
    }

    /// What the form would send.
    pub fn arguments(&self) -> Result<Arguments, Vec<FieldIssue>> {
        validate(&self.operation, &self.draft())
    }
}

/// A button that asks only where something would be lost.
pub struct MountedAsk {
    would_lose: RwSignal<bool>,
    acted: RwSignal<usize>,
    _mount: Box<dyn Any>,
}

impl std::fmt::Debug for MountedAsk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MountedAsk").finish_non_exhaustive()
    }
}

impl MountedAsk {
    /// Shows the button inside `parent`. `None` when the browser could not.
    pub fn new(parent: HtmlElement) -> Option<Self> {
        let made = Rc::new(Cell::new(None));
        let inner = made.clone();
        let mount = mount_to(parent, move || {
            let (would_lose, acted) = (RwSignal::new(false), RwSignal::new(0));
            inner.set(Some((would_lose, acted)));
            view! {
                <AskButton
                    id="ask-fill"
                    label="Fill"
                    question="Replace it?"
                    asks_if=move |()| would_lose.get_untracked()
                    on_sure=move |()| acted.update(|acted| *acted += 1)
                />
            }
        });
        let (would_lose, acted) = made.take()?;
        Some(Self { would_lose, acted, _mount: Box::new(mount) })
    }

    /// From now on something would be lost.
    pub fn lose(&self) {
        self.would_lose.set(true);
    }

    /// How often it acted.
    pub fn acted(&self) -> usize {
        self.acted.get_untracked()
    }
}

pub struct OpenVault(vault::OpenVault);

impl std::fmt::Debug for OpenVault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OpenVault").finish_non_exhaustive()
    }
}

impl OpenVault {
    /// Saves other secrets, of one profile.
    pub async fn save(&self, secrets: &str) -> Result<(), VaultError> {
        self.0.save(secrets, 1).await
    }

    /// Takes over what another tab has saved, if it has.
    pub async fn take_over(&self) -> Result<Option<Zeroizing<String>>, VaultError> {
        let Some(saved) = self.0.saved_elsewhere().await? else { return Ok(None) };
        let secrets = saved.secrets.clone();
        self.0.took_over(saved);
        Ok(Some(secrets))
    }

    /// Whether the browser would give the key away.
    pub fn is_extractable(&self) -> bool {
        self.0.is_extractable()
    }
}

/// Seals a vault of one profile in this browser.
pub async fn seal_vault(passphrase: &str, secrets: &str) -> Result<OpenVault, VaultError> {
    vault::seal(passphrase, secrets, 1).await.map(OpenVault)
}

/// How many profiles this browser's vault holds.
pub async fn vault_profiles() -> Option<usize> {
    vault::profiles().await
}

/// Opens this browser's vault.
pub async fn open_vault(passphrase: &str) -> Result<(OpenVault, Zeroizing<String>), VaultError> {
    vault::open(passphrase).await.map(|(open, secrets)| (OpenVault(open), secrets))
}

/// Whether this browser has a vault.
pub async fn vault_exists() -> bool {
    vault::exists().await
}

/// Erases this browser's vault.
pub async fn erase_vault() -> Result<(), VaultError> {
    vault::erase().await
}

/// What sealing, opening, looking and erasing come to in a browser with this global object.
pub async fn vault_elsewhere(scope: &JsValue, passphrase: &str) -> [Result<(), VaultError>; 4] {
    [
        vault::seal_in(scope, passphrase, "secrets", 1).await.map(|_| ()),
        vault::open_in(scope, passphrase).await.map(|_| ()),
        if vault::exists_in(scope).await { Ok(()) } else { Err(VaultError::Absent) },
        vault::erase_in(scope).await,
    ]
}

/// How much a tab stores that changes a fleet in every way: one that runs it, and one that watches.
pub fn changes_of_tabs(parent: HtmlElement) -> (usize, usize) {
    let stored = Rc::new(Cell::new((0, 0)));
    let own = stored.clone();
    let _mount = mount_to(parent, move || {
        let fleet = provide_stores(ConfigSource::Text(String::from("{}")).into(), None).fleet();
        let effects = Rc::new(Cell::new(0));
        let count = effects.clone();
        fleet.carry_out_with(move |carried| count.set(count.get() + carried.len()));
        fleet.begin("Friday");
        change_in_every_way(fleet);
        let running = effects.take();
        fleet.set_watched(true);
        change_in_every_way(fleet);
        own.set((running, effects.take()));
    });
    stored.get()
}

fn change_in_every_way(fleet: FleetStore) {
    let spec = RowSpec {
        api: String::new(),
        operation: String::new(),
        place: Place::default(),
        region: String::new(),
        values: Vec::new(),
        subject: String::new(),
        act: String::new(),
        provider: String::new(),
        profile: None,
    };
    let rows = fleet.add_rows(vec![spec]);
    fleet.set_first(rows.clone());
    fleet.rename("Saturday");
    fleet.tell(EventKind::Adopt { gone: ProfileId::new(1), by: Box::default(), words: String::new() });
    fleet.name_signers(&[]);
    fleet.choose_again();
    fleet.set_limits(LaneKey { provider: String::new(), region: String::new() }, Limits::default());
    fleet.remove_rows(&rows);
}

/// Writes a call into this browser's history.
pub async fn put_into_history(record: Record) -> Result<(), StorageError> {
    HistoryStore::open().await?.put(record).await
}

/// What this browser's history lists.
pub async fn history() -> Result<Vec<Summary>, StorageError> {
    let texts = HistoryStore::open().await?.summaries().await?;
    Ok(texts.iter().filter_map(|text| Summary::from_json(text).ok()).collect())
}

/// The details of a call in this browser's history.
pub async fn details_in_history(id: &str) -> Result<Option<Details>, StorageError> {
    let text = HistoryStore::open().await?.details(id).await?;
    Ok(text.and_then(|text| Details::from_json(&text).ok()))
}

/// Changes a call in this browser's history.
pub async fn change_in_history(id: &str, change: impl FnOnce(&mut Summary)) -> Result<(), StorageError> {
    HistoryStore::open().await?.change(id, change).await.map(drop)
}

/// Removes a call from this browser's history.
pub async fn remove_from_history(id: &str) -> Result<(), StorageError> {
    HistoryStore::open().await?.remove(id).await
}

/// Empties this browser's history.
pub async fn clear_history() -> Result<(), StorageError> {
    HistoryStore::open().await?.clear().await
}

/// Writes rows of a fleet into this browser's store, and its head where there is one.
pub async fn keep_fleet(id: &str, head: Option<&str>, rows: &[(u32, &str)]) -> Result<(), StoreError> {
    let rows = rows.iter().map(|(row, text)| (RowId(*row), (*text).to_owned())).collect();
    let changes = Changes { fleet: id.to_owned(), head: head.map(str::to_owned), rows, gone: Vec::new() };
    FleetDatabase::open().await?.write(&changes).await
}

/// Removes rows of a fleet from this browser's store.
pub async fn drop_rows(id: &str, rows: &[u32]) -> Result<(), StoreError> {
    let gone = rows.iter().copied().map(RowId).collect();
    let changes = Changes { fleet: id.to_owned(), gone, ..Changes::default() };
    FleetDatabase::open().await?.write(&changes).await
}

/// The rows of a fleet in this browser's store that follow a row, or the first.
pub async fn kept_rows(id: &str, after: Option<u32>) -> Result<Vec<(u32, String)>, StoreError> {
    let rows = FleetDatabase::open().await?.rows_after(id, after.map(RowId)).await?;
    Ok(rows.into_iter().map(|(row, text)| (row.0, text)).collect())
}

/// The ids of the fleets in this browser's store, each with the number of its rows.
pub async fn kept_fleets() -> Result<Vec<(String, usize)>, StoreError> {
    let database = FleetDatabase::open().await?;
    let mut fleets = Vec::new();
    for (id, _) in database.heads().await? {
        let rows = database.count(&id).await?;
        fleets.push((id, rows));
    }
    Ok(fleets)
}

/// Deletes a fleet from this browser's store.
pub async fn delete_fleet(id: &str) -> Result<(), StoreError> {
    FleetDatabase::open().await?.delete(id).await
}
