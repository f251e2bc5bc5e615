//! Who signs: the profile that is chosen for the operation on the screen, and what the panels are told of it.

use super::model::CallModel;
use super::state::{AppState, LoadedApi};
use super::words::words;
use crate::credentials::{Keyring, Profile};
use crate::form::{FieldPath, Raw};
use crate::proxy::ConnectionKind;
use crate::credentials::ProfileId;
use leptos::prelude::*;
use serde_json::{Value, json};

/// A profile in a few words: its name and the ending of its key.
pub(super) fn profile_words(keyring: &Keyring, profile: &Profile) -> String {
    let name = if profile.name.is_empty() { (words().kind_words)(&profile.kind) } else { &profile.name };
    match keyring.shown_key(profile.id) {
        Some(key) => format!("{name} {key}"),
        None => name.to_owned(),
    }
}

/// The region that a form leads to, and the project that it names; empty where it has none.
pub(super) fn place(model: CallModel) -> (String, String) {
    let operation = model.operation();
    model.draft.with(|draft| {
        let region = draft.region_of(&operation);
        // The field whose values are looked up with the provider is the one that says on whose behalf.
        let project = operation.parameters.iter().find(|field| field.schema.lookup.is_some());
        let project = match project.map(|field| draft.get(&FieldPath::of(field)).clone()) {
            Some(Raw::Text(project)) => project,
            _ => String::new(),
        };
        (region, project)
    })
}

/// Everything that the panels are told, as JSON. Nothing secret.
pub(super) fn context(state: AppState) -> String {
    let connection = state.connection();
    let ready = |(_, loaded): &&(String, LoadedApi)| matches!(loaded, LoadedApi::Ready(_));
    let mut context = json!({
        "apis": state.apis.with(|apis| apis.iter().filter(ready).count()),
        "connection": connection.name,
        "sandbox": connection.kind == ConnectionKind::Sandbox,
        "theme": state.theme.get().key(),
        "configured": state.config_source.with(Option::is_some),
        "offset": state.clock_offset.get(),
        "profiles": state.keyring.with(Keyring::to_value),
    });
    if let (Some(model), Some(members)) = (state.current.get(), context.as_object_mut()) {
        let operation = model.operation();
        let (region, project) = place(model);
        for (name, value) in [
            ("api", operation.api.as_str()),
            ("id", &operation.id),
            ("provider", &operation.provider),
            ("region", &region),
            ("project", &project),
        ] {
            members.insert(name.to_owned(), Value::from(value));
        }
    }
    context.to_string()
}

/// Chooses a profile, and its region with it.
pub(super) fn choose(state: AppState, id: ProfileId) {
    state.keyring.update(|keyring| keyring.choose(id));
    let region = state.keyring.with_untracked(|keyring| keyring.profile(id).map(|profile| profile.region.clone()));
    if let (Some(model), Some(region)) = (state.current.get_untracked(), region.filter(|region| !region.is_empty())) {
        let server = model.operation().servers.iter().position(|server| server.region == region);
        if let Some(server) = server {
            model.edit(|draft| draft.server = server);
        }
    }
}
