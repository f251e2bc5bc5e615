//! The second program of the page: from the moment a request leaves, and all about credentials.
//!
//! What is needed to show an operation is the first program, and its size is limited. This one is fetched when somebody
//! begins to work with a form, and before anything can be sent.
//!
//! ```text
//!  first program                          │ this one
//!  form ▶ request ▶ sign ▶ proxy::route ──▶ send ▶ transport ▶ decode ▶ explain
//!      host::answer(command, argument)  ◀── ask
//!      elements with data-panel="…"     ◀── furnished (places)
//! ```
//!
//! The two share this library and no memory. `src/panels_module.rs` exports the functions below to the page; what this
//! program asks of the first one are the commands of `ui::host`. The secrets lie in the first program: this one has them
//! only while it sends them, gets them from a provider, or seals them.

mod answer;
mod body;
mod broken;
mod catalogues;
mod check;
mod clock;
mod context;
mod credential;
mod exchange;
mod expiry;
mod fields;
mod grant;
mod idle;
mod lockout;
mod lookup;
mod mistakes;
mod page;
mod places;
mod sandbox;
mod send;
mod settings;
mod trace;
pub(super) mod vault;
mod vault_view;

pub use send::{cancel, send};

use super::host::Command;
use crate::catalog::{Api, Operation};
use crate::config::Config;
use crate::small_map::SmallMap;
use catalogues::CatalogueState;
use context::Context;
use exchange::{Exchange, RunningCall};
use js_sys::Function;
use leptos::prelude::*;
use lockout::Allowed;
use std::rc::Rc;
use std::sync::Arc;
use vault_view::VaultState;
use wasm_bindgen::JsValue;

/// API and operation: which page something belongs to.
type Key = (String, String);

/// Handles to everything that the panels keep; copied freely.
#[derive(Clone, Copy)]
struct Panels {
    host: StoredValue<Function, LocalStorage>,
    owner: StoredValue<Owner>,
    apis: StoredValue<SmallMap<String, Arc<Api>>>,
    /// `None` until the first program has it.
    config: StoredValue<Option<Arc<Config>>>,
    catalogues: RwSignal<SmallMap<String, CatalogueState>>,
    running: StoredValue<SmallMap<Key, RunningCall>, LocalStorage>,
    exchanges: RwSignal<SmallMap<Key, Arc<Exchange>>>,
    /// What the first program tells: who signs, and what is on the screen.
    context: RwSignal<Context>,
    /// Seconds since 1970, by this computer's clock; moves while somebody looks at a time.
    now: RwSignal<i64>,
    /// By how many seconds the clock of the server that answered last is ahead.
    skew: RwSignal<Option<i64>>,
    allowed: RwSignal<Allowed>,
    /// By connection and provider: seconds that the user wants added to this computer's clock.
    offsets: StoredValue<SmallMap<(String, String), i64>>,
    /// The secrets were forgotten because nobody was there.
    locked: RwSignal<bool>,
    vault_state: RwSignal<VaultState>,
    vault_key: StoredValue<Option<Rc<vault::Unlocked>>, LocalStorage>,
    places: StoredValue<places::Places, LocalStorage>,
}

thread_local! {
    static PANELS: std::cell::OnceCell<Panels> = const { std::cell::OnceCell::new() };
}

/// Begins. `host` answers commands: `(name, argument) -> text`.
pub fn start(host: Function) {
    super::crash::install();
    let owner = Owner::new();
    let panels = owner.clone().with(|| Panels {
        host: StoredValue::new_local(host),
        owner: StoredValue::new(owner),
        apis: StoredValue::new(SmallMap::default()),
        config: StoredValue::new(None),
        catalogues: RwSignal::new(SmallMap::default()),
        running: StoredValue::new_local(SmallMap::default()),
        exchanges: RwSignal::new(SmallMap::default()),
        context: RwSignal::new(Context::default()),
        now: RwSignal::new(expiry::now()),
        skew: RwSignal::new(None),
        allowed: RwSignal::new(Allowed::default()),
        offsets: StoredValue::new(SmallMap::default()),
        locked: RwSignal::new(false),
        vault_state: RwSignal::new(VaultState::Unknown),
        vault_key: StoredValue::new_local(None),
        places: StoredValue::new_local(places::Places::default()),
    });
    let first = PANELS.with(|cell| {
        let first = cell.get().is_none();
        cell.get_or_init(|| panels);
        first
    });
    if first {
        places::watch(panels);
        idle::watch(panels);
        panels.look_for_vault();
    }
}

fn panels() -> Option<Panels> {
    PANELS.with(|cell| cell.get().copied())
}

/// Takes what has changed in the first program, as `ui::signer::context` writes it.
pub fn changed(context: &str) {
    if let Some(panels) = panels() {
        let context = Context::read(context);
        context.remember();
        panels.context.set(context);
        panels.follow_clock();
    }
}

impl Panels {
    /// Asks the first program.
    fn ask(self, command: Command, argument: &str) -> Option<String> {
        let answer = self.host.with_value(|host| {
            host.call2(&JsValue::NULL, &JsValue::from(command.name()), &JsValue::from(argument)).ok()
        })?;
        answer.as_string()
    }

    /// Tells screen readers.
    fn announce(self, words: &str) {
        self.ask(Command::Announce, words);
    }

    /// A description that the first program has.
    fn api(self, id: &str) -> Option<Arc<Api>> {
        let known = self.apis.with_value(|apis| apis.find(|other| other == id).cloned());
        known.or_else(|| {
            let description = self.ask(Command::Description, id)?;
            let (file, text) = description.split_once('\n')?;
            let mut loaded = Api::load(file, text).ok()?;
            self.config().filter(&mut loaded);
            let loaded = Arc::new(loaded);
            self.apis.update_value(|apis| apis.insert(id.to_owned(), loaded.clone()));
            Some(loaded)
        })
    }

    /// All descriptions that the first program has by now.
    fn apis(self) -> Vec<Arc<Api>> {
        let ids = self.ask(Command::Description, "").unwrap_or_default();
        ids.lines().filter_map(|id| self.api(id)).collect()
    }

    /// An operation of a description that the first program has, as it is offered here.
    fn operation(self, (api, id): &Key) -> Option<Operation> {
        Some(self.config().restrict(self.api(api)?.operation(id)?.ok()?))
    }
}
