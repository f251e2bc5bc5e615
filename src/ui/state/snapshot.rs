//! What a page hands to the next when it is loaded again: the forms with their regions, the connection, the log of calls,
//! kept by the browser's tab. No secret is among them, and no answer.
//!
//! One version of the page hands the public halves of the profiles to the next version as well. A reload by the user leaves
//! them to what this browser remembers: who wants a profile kept says so.
//!
//! The code that reads and writes comes when somebody touches the page, and before the page where there is something to read.

use super::Stores;
use super::fleet::FleetStore;
use super::operation_form::{CallState, OperationForm};
use super::session_log::LogEntry;
use super::site::OperationKey;
use crate::credentials::Keyring;
use crate::form::{Draft, Idempotency};
use crate::ui::on_use::{NotLoaded, on_use};
use crate::ui::platform::storage;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use wasm_bindgen_futures::spawn_local;
use zeroize::Zeroizing;

const KEY: &str = "snapshot";

/// Raised when a member changes its meaning. A snapshot of another version is not read.
const VERSION: u32 = 2;

/// The state of a page.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Snapshot {
    version: u32,
    /// The name of the chosen connection.
    pub(crate) connection: String,
    /// As [`crate::credentials::Keyring::public_records`] writes them. `None`: the user has loaded the page again.
    pub(crate) profiles: Option<String>,
    pub(crate) forms: Vec<FormSnapshot>,
    pub(crate) log: Vec<LogEntry>,
}

/// The state of one form.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct FormSnapshot {
    api: String,
    operation: String,
    /// As [`Draft::to_value`] writes it.
    draft: Value,
    /// The calls whose result is uncertain.
    uncertain: Vec<Value>,
    /// The fields, and what the simulation has put there.
    #[serde(default)]
    simulated: Vec<(String, String)>,
}

impl FormSnapshot {
    /// `secrets`: what may not be kept, even where somebody has typed it into an ordinary field.
    fn of(form: OperationForm, secrets: &[Zeroizing<String>]) -> Self {
        let operation = form.operation();
        let kept = |draft: &Draft| {
            let mut draft = draft.clone();
            draft.mask(secrets);
            draft.to_value(&operation)
        };
        let uncertain = |rule: &Idempotency| rule.uncertain().iter().map(kept).collect();
        let mut uncertain: Vec<Value> = form.idempotency.with_untracked(uncertain);
        // The answer to a call that is under way is lost with the page.
        if let CallState::Running { sent, .. } = form.call.get_untracked() {
            uncertain.push(kept(&sent));
        }
        let is_field = |(name, _): &(String, String)| operation.fields().into_iter().any(|field| field.name == *name);
        let simulated = form.examples.get_untracked().into_iter().filter(is_field).collect();
        Self {
            api: operation.api.clone(),
            operation: operation.id.clone(),
            draft: form.draft.with_untracked(kept),
            uncertain,
            simulated,
        }
    }

    pub(super) fn is_of(&self, key: &OperationKey) -> bool {
        self.api == key.api && self.operation == key.operation
    }

    pub(super) fn restore(&self, form: OperationForm) {
        let operation = form.operation();
        form.draft.set(Draft::from_value(&operation, &self.draft));
        form.examples.set(self.simulated.clone());
        let uncertain = self.uncertain.iter().map(|draft| Draft::from_value(&operation, draft));
        form.idempotency.set(Idempotency::new(uncertain.collect()));
    }
}

/// The snapshot of the page before, if there was one in this tab.
pub(crate) async fn last() -> Option<Snapshot> {
    storage::kept_in_session(KEY)?;
    take().await.ok()?
}

/// Keeps the state of the page for the version that comes. `Ok(false)`: a call is under way, and its answer would be lost.
pub(crate) async fn save(stores: Stores) -> Result<bool, NotLoaded> {
    let is_running = || stores.forms.all().into_iter().any(OperationForm::is_running_untracked);
    if is_running() || untrack(|| stores.fleets.fleet().is_some_and(FleetStore::is_under_way)) {
        return Ok(false);
    }
    keep(stores, Some(stores.profiles.keyring.with_untracked(|keyring| keyring.public_records()))).await?;
    Ok(true)
}

/// Keeps the state of the page for the case that the user loads it again: when a call begins or ends, and when the page is
/// left.
pub(crate) fn watch(stores: Stores) {
    let keep_now = move || {
        spawn_local(async move {
            // Where the code does not come, the page begins anew after a reload.
            let _ = keep(stores, None).await;
        });
    };
    Effect::new(move |before: Option<()>| {
        stores.calls.log.track();
        // At the start there is nothing new.
        if before.is_some() {
            keep_now();
        }
    });
    // The code has to be there when the page is left, for nothing can be waited for then. Until somebody touches the page,
    // there is nothing to keep.
    let is_touched = StoredValue::new(false);
    for event in ["pointerdown", "keydown", "input"] {
        let handle = window_event_listener_untyped(event, move |_| {
            if !is_touched.get_value() {
                is_touched.set_value(true);
                keep_now();
            }
        });
        on_cleanup(move || handle.remove());
    }
    let handle = window_event_listener_untyped("pagehide", move |_| keep_now());
    on_cleanup(move || handle.remove());
}

on_use! { snapshot =>
    fn take() -> Option<Snapshot> {
        let mut snapshot = stored();
        if let Some(found) = &mut snapshot
            && let Some(profiles) = found.profiles.take()
        {
            // What one version hands to the next is there for the moment of loading only.
            write(found);
            found.profiles = Some(profiles);
        }
        snapshot.filter(|found| found.version == VERSION)
    }
}

on_use! { snapshot =>
    fn keep(stores: Stores, profiles: Option<String>) -> () {
        // What is handed to a newer version says more.
        let is_handed_over = || stored().is_some_and(|snapshot| snapshot.profiles.is_some());
        if profiles.is_some() || !is_handed_over() {
            let secrets = stores.profiles.keyring.with_untracked(Keyring::secret_texts);
            let forms = stores.forms.all().into_iter().map(|form| FormSnapshot::of(form, &secrets));
            write(&Snapshot {
                version: VERSION,
                connection: untrack(|| stores.settings.connection()).name,
                profiles,
                forms: forms.chain(stores.forms.unopened()).collect(),
                log: stores.calls.log.get_untracked(),
            });
        }
    }
}

fn write(snapshot: &Snapshot) {
    if let Ok(text) = serde_json::to_string(snapshot) {
        storage::keep_in_session(KEY, &text);
    }
}

fn stored() -> Option<Snapshot> {
    serde_json::from_str(&storage::kept_in_session(KEY)?).ok()
}
