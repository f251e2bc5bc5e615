//! The site's own files: the configuration, the descriptions that it names, and their error catalogues.

use crate::catalog::{Api, CatalogError, ErrorCatalogue, Operation};
use crate::config::{Config, ConfigIssue, ConfigSource, lint};
use crate::ui::platform::dom::idle;
use crate::ui::platform::site_files::fetch_text;
use gloo_timers::future::TimeoutFuture;
use indexmap::IndexMap;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

/// An operation by its names.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(crate) struct OperationKey {
    /// The id of the [`Api`].
    pub(crate) api: String,
    pub(crate) operation: String,
}

impl OperationKey {
    pub(crate) fn of(operation: &Operation) -> Self {
        Self { api: operation.api.clone(), operation: operation.id.clone() }
    }
}

/// A description that the configuration names.
#[derive(Debug, Clone)]
pub(crate) enum Description {
    Loading,
    Ready {
        /// What the deployment offers of it.
        offered: Arc<Api>,
        whole: Arc<Api>,
    },
    Broken(Arc<DescriptionError>),
}

/// An operation as its description has it, or why it cannot be used.
pub(crate) type ReadOperation = Result<Operation, Box<CatalogError>>;

/// Why a description cannot be used.
#[derive(Debug)]
pub(crate) enum DescriptionError {
    /// The browser's or the server's words.
    Unreachable(String),
    Invalid(CatalogError),
}

#[derive(Debug, Clone)]
pub(crate) enum CatalogueState {
    Loading,
    Ready(Arc<ErrorCatalogue>),
    Failed,
}

/// `config.json`, and what it says.
#[derive(Debug)]
pub(crate) struct ReadConfig {
    source: ConfigSource,
    config: Config,
    issues: Vec<ConfigIssue>,
}

impl From<ConfigSource> for ReadConfig {
    fn from(source: ConfigSource) -> Self {
        let (config, issues) = Config::read(&source);
        Self { source, config, issues }
    }
}

/// Fetches and reads `config.json`.
pub(crate) async fn fetch_config() -> ReadConfig {
    fetch_text("config.json").await.map_or_else(ConfigSource::Missing, ConfigSource::Text).into()
}

#[derive(Clone, Copy)]
pub(crate) struct Site {
    pub(crate) config: RwSignal<Arc<Config>>,
    config_issues: RwSignal<Vec<ConfigIssue>>,
    config_source: RwSignal<ConfigSource>,
    /// By file, in the order of the configuration.
    pub(crate) descriptions: RwSignal<IndexMap<String, Description>>,
    catalogues: RwSignal<IndexMap<String, CatalogueState>>,
    /// The operation of the first page, read with its description: drawing it is work enough for a task.
    ahead: StoredValue<Option<(OperationKey, ReadOperation)>>,
}

impl Site {
    pub(super) fn new(ReadConfig { source, config, issues }: ReadConfig) -> Self {
        let loading = config.descriptions.iter().map(|file| (file.clone(), Description::Loading)).collect();
        Self {
            config: RwSignal::new(Arc::new(config)),
            config_issues: RwSignal::new(issues),
            config_source: RwSignal::new(source),
            descriptions: RwSignal::new(loading),
            catalogues: RwSignal::new(IndexMap::new()),
            ahead: StoredValue::new(None),
        }
    }

    /// Fetches all descriptions at once. The one of the operation `first` is read before the page comes to rest, and the
    /// operation with it; the others after.
    pub(crate) fn load_descriptions(self, first: Option<&OperationKey>) {
        let files = self.config.with_untracked(|config| config.descriptions.clone());
        let own = |file: &str| first.filter(|first| Api::id_of(file) == first.api).map(|first| first.operation.clone());
        let has_first = files.iter().any(|file| own(file).is_some());
        for file in files {
            let first = own(&file);
            let can_wait = has_first && first.is_none();
            spawn_local(self.load_description(file, first, can_wait));
        }
    }

    async fn load_description(self, file: String, first: Option<String>, can_wait: bool) {
        let text = fetch_text(&file).await;
        if can_wait {
            idle().await;
        }
        let read = match text {
            Err(complaint) => Err(DescriptionError::Unreachable(complaint)),
            Ok(text) => Api::load(&file, &text).map_err(|error| DescriptionError::Invalid(*error)),
        };
        let description = match read {
            Err(error) => Description::Broken(Arc::new(error)),
            Ok(whole) => {
                let mut offered = whole.clone();
                self.config.with_untracked(|config| config.filter(&mut offered));
                if let Some(operation) = first {
                    let read = offered.operation(&operation);
                    self.ahead.set_value(read.map(|read| (OperationKey { api: offered.id.clone(), operation }, read)));
                }
                Description::Ready { offered: Arc::new(offered), whole: Arc::new(whole) }
            }
        };
        // What shows it is built in a task of its own, so that a key or a click need not wait for both.
        TimeoutFuture::new(0).await;
        self.descriptions.update(|descriptions| {
            descriptions.insert(file, description);
        });
    }

    /// What is offered of every description that has arrived.
    pub(crate) fn apis(self) -> Vec<Arc<Api>> {
        let ready = |description: &Description| match description {
            Description::Ready { offered, .. } => Some(offered.clone()),
            _ => None,
        };
        self.descriptions.with(|descriptions| descriptions.values().filter_map(ready).collect())
    }

    /// Whether the description of an API has not come, or cannot be read.
    pub(crate) fn is_broken(self, api: &str) -> bool {
        self.descriptions.with(|descriptions| {
            let own = descriptions.iter().find(|(file, _)| Api::id_of(file) == api);
            matches!(own, Some((_, Description::Broken(_))))
        })
    }

    /// Whether all descriptions have come, or cannot be used.
    pub(crate) fn have_come(self) -> bool {
        let is_loading = |description: &Description| matches!(description, Description::Loading);
        self.descriptions.with(|descriptions| !descriptions.values().any(is_loading))
    }

    /// Whether the description of an API may still come.
    pub(crate) fn is_loading(self, api: &str) -> bool {
        self.descriptions.with(|descriptions| {
            let own = descriptions.iter().find(|(file, _)| Api::id_of(file) == api);
            matches!(own, Some((_, Description::Loading)))
        })
    }

    /// All descriptions, whatever is offered of them. `None`: they are not all there, or one cannot be used.
    pub(crate) fn whole_apis(self) -> Option<Vec<Arc<Api>>> {
        let whole = |description: &Description| match description {
            Description::Ready { whole, .. } => Some(whole.clone()),
            _ => None,
        };
        self.descriptions.with(|descriptions| descriptions.values().map(whole).collect())
    }

    pub(crate) fn api(self, id: &str) -> Option<Arc<Api>> {
        self.apis().into_iter().find(|api| api.id == id)
    }

    /// Whether an operation is in the list of its API. It is not read: [`Self::operation`] says whether it can be used.
    pub(crate) fn offers(self, key: &OperationKey) -> bool {
        self.api(&key.api).is_some_and(|api| api.operations.iter().any(|entry| entry.id == key.operation))
    }

    /// An operation for its page. `None`: its API has none of this id.
    pub(crate) fn read_operation(self, api: &Api, id: &str) -> Option<ReadOperation> {
        let is_it = |(key, _): &(OperationKey, _)| key.api == api.id && key.operation == id;
        let ahead = self.ahead.try_update_value(Option::take).flatten().filter(is_it);
        ahead.map(|(_, read)| read).or_else(|| api.operation(id))
    }

    /// An operation as it is offered here. `None`: there is no such operation, or its description cannot be used.
    pub(crate) fn operation(self, key: &OperationKey) -> Option<Operation> {
        let operation = self.api(&key.api)?.operation(&key.operation)?.ok()?;
        Some(self.config.with(|config| config.restrict(operation)))
    }

    /// All that is wrong with the configuration. What it says of operations is looked at when all descriptions are there.
    pub(crate) fn all_config_issues(self) -> Vec<ConfigIssue> {
        let mut issues = self.config_issues.get();
        if let Some(apis) = self.whole_apis() {
            issues.extend(self.config_source.with(|source| lint(source, apis.iter().map(AsRef::as_ref))));
        }
        issues
    }

    /// Whether all descriptions are there, and the deployment offers nothing of them.
    pub(crate) fn offers_nothing(self) -> bool {
        let is_empty = |description: &Description| matches!(description, Description::Ready { offered, .. } if offered.operations.is_empty());
        self.descriptions.with(|descriptions| !descriptions.is_empty() && descriptions.values().all(is_empty))
    }

    /// Fetches an error catalogue, once, and comes back when it is there, whoever asked for it first. One that could not be
    /// fetched is tried again by the next caller, not by those that waited for it.
    pub(crate) async fn load_catalogue(self, file: &str) {
        let is = |state: fn(&CatalogueState) -> bool| {
            self.catalogues.with_untracked(|known| known.get(file).is_some_and(state))
        };
        let is_loading = || is(|state| matches!(state, CatalogueState::Loading));
        let is_waiting = is_loading();
        while is_loading() {
            TimeoutFuture::new(20).await;
        }
        if is_waiting || is(|state| matches!(state, CatalogueState::Ready(_))) {
            return;
        }
        self.catalogues.update(|known| {
            known.insert(file.to_owned(), CatalogueState::Loading);
        });
        let text = fetch_text(file).await;
        let loaded = match text.map(|text| ErrorCatalogue::load(file, &text)) {
            Ok(Ok(catalogue)) => CatalogueState::Ready(Arc::new(catalogue)),
            _ => CatalogueState::Failed,
        };
        self.catalogues.update(|known| {
            known.insert(file.to_owned(), loaded);
        });
    }

    /// Runs what reads the catalogues again when one has come.
    pub(crate) fn track_catalogues(self) {
        self.catalogues.track();
    }

    pub(crate) fn catalogue(self, file: &str) -> Option<CatalogueState> {
        self.catalogues.with(|known| known.get(file).cloned())
    }
}
