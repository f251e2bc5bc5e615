//! What the whole page shares.

use super::browser;
use super::model::CallModel;
use super::route::Route;
use super::widgets::Theme;
use crate::catalog::{Api, CatalogError, Operation};
use crate::proxy::Connection;
use crate::session::{Config, ConfigIssue};
use crate::sign::Keyring;
use crate::small_map::SmallMap;
use crate::transport::program::Program;
use crate::transport::sandbox::Sandbox;
use leptos::prelude::*;
use std::sync::Arc;

/// A description on its way, or arrived.
#[derive(Debug, Clone)]
pub(super) enum LoadedApi {
    /// Being fetched.
    Loading,
    /// Usable.
    Ready(Arc<Api>),
    /// Arrived, and wrong.
    Broken(Box<CatalogError>),
    /// Did not arrive: what the browser or the server says.
    Unreachable(String),
}

/// Handles to everything shared; copied freely.
#[derive(Clone, Copy)]
pub(super) struct AppState {
    pub(super) route: RwSignal<Route>,
    pub(super) config: RwSignal<Config>,
    pub(super) config_issues: RwSignal<Vec<ConfigIssue>>,
    /// File and state of each description, in the order of the configuration.
    pub(super) apis: RwSignal<Vec<(String, LoadedApi)>>,
    /// Index of the chosen connection.
    pub(super) connection: RwSignal<usize>,
    pub(super) keyring: RwSignal<Keyring>,
    /// What the operation on the screen keeps; `None` on other pages.
    pub(super) current: RwSignal<Option<CallModel>>,
    /// The servers whose clock the user wants followed when signing, a line each: `seconds`, connection and provider,
    /// divided by tabs.
    pub(super) clock_offset: RwSignal<String>,
    /// Seconds to wait for an answer.
    pub(super) time_limit: RwSignal<usize>,
    pub(super) theme: RwSignal<Theme>,
    /// Whether the list of operations is shown where there is no room beside the page.
    pub(super) menu_open: RwSignal<bool>,
    /// Told to screen readers.
    pub(super) announcement: RwSignal<String>,
    /// The simulated clouds; `None` until they are used.
    pub(super) sandbox: StoredValue<Option<Sandbox>, LocalStorage>,
    pub(super) sandbox_loaded: RwSignal<bool>,
    /// The second program; `None` until somebody begins to work.
    pub(super) panels: StoredValue<Option<Program>, LocalStorage>,
    pub(super) panels_loaded: RwSignal<bool>,
    models: StoredValue<SmallMap<(String, String), CallModel>>,
    owner: StoredValue<Owner>,
}

const DEFAULT_TIME_LIMIT: usize = 30;

impl AppState {
    pub(super) fn new(theme: RwSignal<Theme>) -> Self {
        let mut keyring = Keyring::default();
        keyring.restore(&browser::remembered("profiles").unwrap_or_default());
        let time_limit = browser::remembered("time-limit").and_then(|text| text.parse().ok());
        Self {
            route: RwSignal::new(Route::parse(&browser::hash())),
            config: RwSignal::new(Config::default()),
            config_issues: RwSignal::new(Vec::new()),
            apis: RwSignal::new(Vec::new()),
            connection: RwSignal::new(0),
            keyring: RwSignal::new(keyring),
            current: RwSignal::new(None),
            clock_offset: RwSignal::new(String::new()),
            time_limit: RwSignal::new(time_limit.unwrap_or(DEFAULT_TIME_LIMIT)),
            theme,
            menu_open: RwSignal::new(false),
            announcement: RwSignal::new(String::new()),
            sandbox: StoredValue::new_local(None),
            sandbox_loaded: RwSignal::new(false),
            panels: StoredValue::new_local(None),
            panels_loaded: RwSignal::new(false),
            models: StoredValue::new(SmallMap::default()),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        }
    }

    /// Seconds to add to this computer's clock when signing for a provider over the chosen connection.
    pub(super) fn offset(self, provider: &str) -> i64 {
        let server = format!("\t{}\t{provider}", self.connection().name);
        self.clock_offset.with(|offsets| {
            let line = offsets.lines().find_map(|line| line.strip_suffix(&server));
            line.and_then(|seconds| seconds.parse().ok()).unwrap_or_default()
        })
    }

    /// Sets them; 0 takes this computer's clock again.
    pub(super) fn set_offset(self, provider: &str, seconds: &str) {
        let server = format!("\t{}\t{provider}", untrack(|| self.connection()).name);
        self.clock_offset.update(|offsets| {
            let mut kept: String =
                offsets.lines().filter(|line| !line.ends_with(&server)).map(|line| format!("{line}\n")).collect();
            if seconds != "0" {
                kept.push_str(&format!("{seconds}{server}\n"));
            }
            *offsets = kept;
        });
    }

    /// The chosen connection.
    pub(super) fn connection(self) -> Connection {
        self.config.with(|config| {
            let chosen = config.connections.get(self.connection.get()).or(config.connections.first());
            chosen
                .cloned()
                .unwrap_or_else(|| Connection { name: String::new(), kind: crate::proxy::ConnectionKind::Sandbox })
        })
    }

    /// What the page of an operation keeps. It outlives the page, so that nothing typed is lost by looking elsewhere.
    pub(super) fn model(self, operation: Operation) -> CallModel {
        let key = (operation.api.clone(), operation.id.clone());
        if let Some(model) = self.models.with_value(|models| models.find(|other| *other == key).copied()) {
            return model;
        }
        let model = self.owner.get_value().with(|| CallModel::new(operation));
        self.models.update_value(|models| {
            models.insert(key, model);
        });
        model
    }
}
