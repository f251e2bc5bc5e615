//! What the panels may ask of the first program: one function with a handful of commands.

use super::browser;
use super::example;
use super::model::CallModel;
use super::send::order;
use super::state::{AppState, LoadedApi};
use super::words::words;
use super::widgets::{Theme, choose_theme};
use crate::call::CallError;
use crate::catalog::Operation;
use crate::form::{Draft, FieldPath};
use crate::credentials::ProfileId;
use crate::transport::program::Program;
use js_sys::Array;
use leptos::prelude::*;
use serde_json::{Value, json};
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::spawn_local;

/// The commands, with their arguments and answers as texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command {
    /// File of an API or its id → its id, its file and the document, divided by line feeds. Empty: those of all APIs.
    Description,
    /// Words for screen readers → nothing.
    Announce,
    /// A profile as [`crate::sign::Keyring::take`] reads it → its id.
    Profile,
    /// The records of an opened vault, as [`crate::sign::Keyring::restore_all`] reads them → the same with an id each, if
    /// one had none of its own.
    Restore,
    /// The id of a profile → nothing. It is gone then, with its secrets.
    Remove,
    /// The id of a profile, or nothing for all → nothing. Their secrets are gone then.
    Forget,
    /// The id of a profile → its secrets by their labels, for the vault.
    Secrets,
    /// A call of another operation: `api`, `id`, `region`, `values` by field → an order, or `{"issues": [words]}`.
    Prepare,
    /// `api`, `id`, `name`, `value` → nothing. The value stands in that field of that form then.
    Fill,
    /// Seconds to add to this computer's clock when signing → nothing.
    Offset,
    /// Nothing → the text of `config.json`, as [`crate::config::Config::read`] takes it, once it is there.
    Config,
    /// The key of a theme → nothing.
    Theme,
    /// `api`, `id`, `pairs` of label and value → nothing. That form is filled in with them.
    Example,
}

impl Command {
    const ALL: [Self; 13] = [
        Self::Description,
        Self::Announce,
        Self::Profile,
        Self::Restore,
        Self::Remove,
        Self::Forget,
        Self::Secrets,
        Self::Prepare,
        Self::Fill,
        Self::Offset,
        Self::Config,
        Self::Theme,
        Self::Example,
    ];

    /// The name on the way.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Description => "description",
            Self::Announce => "announce",
            Self::Profile => "profile",
            Self::Restore => "restore",
            Self::Remove => "remove",
            Self::Forget => "forget",
            Self::Secrets => "secrets",
            Self::Prepare => "prepare",
            Self::Fill => "fill",
            Self::Offset => "offset",
            Self::Config => "config",
            Self::Theme => "theme",
            Self::Example => "example",
        }
    }
}

/// Has the panels loaded meanwhile.
pub(super) fn wake(state: AppState) {
    spawn_local(async move { drop(panels(state).await) });
}

/// Loads the panels, once.
pub(super) async fn panels(state: AppState) -> Option<Program> {
    if let Some(loaded) = state.panels.get_value() {
        return Some(loaded);
    }
    let loaded = Program::load("panels").await?;
    // Two may have waited for it.
    if state.panels.get_value().is_none() {
        let host =
            Closure::<dyn Fn(String, String) -> Option<String>>::new(move |command: String, argument: String| {
                let command = Command::ALL.into_iter().find(|known| known.name() == command)?;
                answer(state, command, &argument)
            });
        loaded.call("start", &Array::of1(&host.into_js_value()));
        state.panels.set_value(Some(loaded.clone()));
        state.panels_loaded.set(true);
    }
    Some(loaded)
}

fn answer(state: AppState, command: Command, argument: &str) -> Option<String> {
    let id = || argument.parse::<ProfileId>().ok();
    match command {
        Command::Description => description(state, argument),
        Command::Announce => {
            state.announcement.set(argument.to_owned());
            None
        }
        Command::Profile => {
            let profile: Value = serde_json::from_str(argument).ok()?;
            let mut id = browser::new_profile_id();
            state.keyring.update(|keyring| id = keyring.take(&profile, id));
            Some(id.to_string())
        }
        Command::Restore => {
            let mut records: Vec<Value> = serde_json::from_str(argument).ok()?;
            let mut changed = false;
            state.keyring.update(|keyring| changed = keyring.restore_all(&mut records, &mut browser::new_profile_id));
            changed.then(|| Value::Array(records).to_string())
        }
        Command::Remove => {
            let id = id()?;
            state.keyring.update(|keyring| {
                keyring.remove(id);
                // Whatever is on the screen needs one that is chosen.
                if let Some(model) = state.current.get_untracked() {
                    keyring.begin(&model.operation(), browser::new_profile_id());
                }
            });
            None
        }
        Command::Forget => {
            state.keyring.update(|keyring| keyring.forget(id()));
            None
        }
        Command::Secrets => state.keyring.with_untracked(|keyring| Some(keyring.secrets_value(id()?).to_string())),
        Command::Prepare => {
            let wanted: Value = serde_json::from_str(argument).ok()?;
            let operation = operation(state, &wanted)?;
            Some(prepared(state, &operation, &wanted).unwrap_or_else(|error| issues(&error)).to_string())
        }
        Command::Fill => fill(state, &serde_json::from_str(argument).ok()?),
        Command::Offset => {
            state.clock_offset.set(argument.to_owned());
            None
        }
        Command::Config => Some(state.config_text.get_untracked()).filter(|text| !text.is_empty()),
        Command::Theme => {
            choose_theme(state.theme, Theme::from_key(argument));
            None
        }
        Command::Example => {
            let wanted: Value = serde_json::from_str(argument).ok()?;
            let pairs = wanted.get("pairs").and_then(Value::as_array)?;
            example::fill(state, on_screen(state, &wanted)?, pairs);
            None
        }
    }
}

fn description(state: AppState, wanted: &str) -> Option<String> {
    state.apis.with_untracked(|apis| {
        let ready = apis.iter().filter_map(|(_, loaded)| match loaded {
            LoadedApi::Ready(api) => Some(api),
            _ => None,
        });
        if wanted.is_empty() {
            return Some(ready.map(|api| api.id.as_str()).collect::<Vec<_>>().join("\n"));
        }
        let mut found = ready.filter(|api| api.id == wanted);
        found.next().map(|api| format!("{}\n{}", api.file, api.text()))
    })
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn operation(state: AppState, wanted: &Value) -> Option<Operation> {
    let found = state.apis.with_untracked(|apis| {
        apis.iter().find_map(|(_, loaded)| match loaded {
            LoadedApi::Ready(api) if api.id == text(wanted, "api") => api.operation(text(wanted, "id"))?.ok(),
            _ => None,
        })
    });
    found.map(|operation| state.config.with_untracked(|config| config.limit(operation)))
}

/// Fills a form that nobody sees, and makes it ready to be sent.
fn prepared(state: AppState, operation: &Operation, wanted: &Value) -> Result<Value, CallError> {
    let mut draft = Draft::new(operation, &mut browser::new_id);
    draft.server = operation.server_in(text(wanted, "region"));
    for (name, value) in wanted.get("values").and_then(Value::as_object).into_iter().flatten() {
        if let Some(field) = operation.fields().into_iter().find(|field| field.name == *name) {
            draft.set_as(&FieldPath::of(field), &field.schema, value);
        }
    }
    order(state, operation, &draft)
}

fn issues(error: &CallError) -> Value {
    json!({ "issues": (words().explain.call_error)(error).causes })
}

/// The form on the screen, if it is the one that is meant.
fn on_screen(state: AppState, wanted: &Value) -> Option<CallModel> {
    let model = state.current.get_untracked()?;
    let operation = model.operation();
    (operation.api == text(wanted, "api") && operation.id == text(wanted, "id")).then_some(model)
}

fn fill(state: AppState, wanted: &Value) -> Option<String> {
    let model = on_screen(state, wanted)?;
    let operation = model.operation();
    let field = operation.fields().into_iter().find(|field| field.name == text(wanted, "name"))?;
    let value = Value::from(text(wanted, "value"));
    model.edit(|draft| draft.set_as(&FieldPath::of(field), &field.schema, &value));
    model.issues.update(|issues| issues.retain(|issue| issue.target.name() != field.name));
    None
}
