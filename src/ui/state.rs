//! What the whole page shares.

use super::browser;
use super::keep;
use super::model::CallModel;
use super::route::Route;
use super::widgets::Theme;
use crate::catalog::{Api, Operation};
use crate::config::{Config, ConfigSource, Setting};
use crate::credentials::Keyring;
use crate::proxy::Connection;
use crate::small_map::SmallMap;
use crate::transport::program::Program;
use leptos::prelude::*;
use serde_json::Value;
use std::sync::Arc;

/// A description on its way, or arrived.
#[derive(Debug, Clone)]
pub(super) enum LoadedApi {
    /// Being fetched.
    Loading,
    /// Usable.
    Ready(Arc<Api>),
    /// Did not arrive, or is wrong: `ui::panels::broken` says why.
    Broken,
}

/// Handles to everything shared; copied freely.
#[derive(Clone, Copy)]
pub(super) struct AppState {
    pub(super) route: RwSignal<Route>,
    pub(super) config: RwSignal<Config>,
    /// `config.json`, or why there is none; `None` until that is known.
    pub(super) config_source: RwSignal<Option<ConfigSource>>,
    /// File and state of each description, in the order of the configuration.
    pub(super) apis: RwSignal<Vec<(String, LoadedApi)>>,
    /// Index of the chosen connection.
    pub(super) connection: RwSignal<usize>,
    pub(super) keyring: RwSignal<Keyring>,
    /// What the operation on the screen keeps; `None` on other pages.
    pub(super) current: RwSignal<Option<CallModel>>,
    /// Seconds to add to this computer's clock when signing for the operation on the screen, as text; empty for none. The
    /// panels know whose clock the user wants followed.
    pub(super) clock_offset: RwSignal<String>,
    pub(super) theme: RwSignal<Theme>,
    /// Whether the list of operations is shown where there is no room beside the page.
    pub(super) menu_open: RwSignal<bool>,
    /// Told to screen readers.
    pub(super) announcement: RwSignal<String>,
    /// The second program; `None` until somebody begins to work.
    pub(super) panels: StoredValue<Option<Program>, LocalStorage>,
    pub(super) panels_loaded: RwSignal<bool>,
    models: StoredValue<SmallMap<(String, String), CallModel>>,
    /// What the version of the page before this one has left.
    kept: StoredValue<Value>,
    owner: StoredValue<Owner>,
}

impl AppState {
    pub(super) fn new(theme: RwSignal<Theme>) -> Self {
        let kept = keep::take();
        let mut keyring = Keyring::default();
        let remembered = browser::remembered("profiles").unwrap_or_default();
        keyring.restore(&kept.get(1).map_or(remembered, Value::to_string), &mut browser::new_profile_id);
        Self {
            route: RwSignal::new(Route::parse(&browser::hash())),
            config: RwSignal::new(Config::default()),
            config_source: RwSignal::new(None),
            apis: RwSignal::new(Vec::new()),
            connection: RwSignal::new(0),
            keyring: RwSignal::new(keyring),
            current: RwSignal::new(None),
            clock_offset: RwSignal::new(String::new()),
            theme,
            menu_open: RwSignal::new(false),
            announcement: RwSignal::new(String::new()),
            panels: StoredValue::new_local(None),
            panels_loaded: RwSignal::new(false),
            models: StoredValue::new(SmallMap::default()),
            kept: StoredValue::new(kept),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        }
    }

    /// The chosen connection; the deployment's, where it lets nobody choose.
    pub(super) fn connection(self) -> Connection {
        self.config.with(|config| {
            let chosen = self.connection.get();
            let chosen = if config.is_locked(Setting::Connection) { config.default_connection() } else { chosen };
            let chosen = config.connections.get(chosen).or(config.connections.first());
            chosen
                .cloned()
                .unwrap_or_else(|| Connection { name: String::new(), kind: crate::proxy::ConnectionKind::Sandbox })
        })
    }

    /// Chooses the connection that the version of the page before this one had, or else the deployment's.
    pub(super) fn begin(self, config: &Config) {
        let kept = self.kept.with_value(|kept| kept.get(0).and_then(Value::as_str).map(str::to_owned));
        let kept = config.connections.iter().position(|connection| Some(&connection.name) == kept.as_ref());
        self.connection.set(kept.unwrap_or(config.default_connection()));
    }

    /// The forms that were opened.
    pub(super) fn forms(self) -> Vec<CallModel> {
        self.models.with_value(|models| models.iter().map(|(_, model)| *model).collect())
    }

    /// Whether all descriptions are there, and the deployment offers nothing of them.
    pub(super) fn offers_nothing(self) -> bool {
        let is_empty = |loaded: &LoadedApi| matches!(loaded, LoadedApi::Ready(api) if api.operations.is_empty());
        self.apis.with(|apis| !apis.is_empty() && apis.iter().all(|(_, loaded)| is_empty(loaded)))
    }

    /// What the page of an operation keeps. It outlives the page, so that nothing typed is lost by looking elsewhere.
    pub(super) fn model(self, operation: Operation) -> CallModel {
        let key = (operation.api.clone(), operation.id.clone());
        if let Some(model) = self.models.with_value(|models| models.find(|other| *other == key).copied()) {
            return model;
        }
        let model = self.owner.get_value().with(|| CallModel::new(operation));
        self.kept.with_value(|kept| keep::restore(kept, model));
        self.models.update_value(|models| {
            models.insert(key, model);
        });
        model
    }
}
