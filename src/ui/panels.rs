//! The second program of the page: from the moment a request leaves.
//!
//! What is needed to show an operation is the first program, and its size is limited. This one is fetched when somebody
//! begins to work with a form, and before anything can be sent. It sends, reads the answer and explains it.
//!
//! ```text
//!  first program                          │ this one
//!  form ▶ request ▶ sign ▶ proxy::route ──▶ send ▶ transport ▶ decode ▶ explain
//!      host::answer(command, argument)  ◀── ask
//! ```
//!
//! The two share this library and no memory. `src/panels_module.rs` exports the functions below to the page; what this
//! program asks of the first one are the commands of `ui::host`.

mod answer;
mod body;
mod exchange;
mod send;
pub(super) mod vault;

pub use send::{cancel, send};

use super::host::Command;
use crate::catalog::{Api, ErrorCatalogue, Operation};
use crate::small_map::SmallMap;
use exchange::{Exchange, RunningCall};
use js_sys::Function;
use leptos::mount::mount_to;
use leptos::prelude::*;
use std::any::Any;
use std::sync::Arc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

/// API and operation: which page something belongs to.
type Key = (String, String);

/// An error catalogue on its way, or arrived.
#[derive(Debug, Clone)]
enum CatalogueState {
    Loading,
    Ready(Arc<ErrorCatalogue>),
    Failed,
}

/// Handles to everything that the panels keep; copied freely.
#[derive(Clone, Copy)]
struct Panels {
    host: StoredValue<Function, LocalStorage>,
    owner: StoredValue<Owner>,
    apis: StoredValue<SmallMap<String, Arc<Api>>>,
    catalogues: RwSignal<SmallMap<String, CatalogueState>>,
    running: StoredValue<SmallMap<Key, RunningCall>, LocalStorage>,
    exchanges: RwSignal<SmallMap<Key, Arc<Exchange>>>,
    /// What is mounted in the first program's page, by place.
    mounted: StoredValue<SmallMap<String, Box<dyn Any>>, LocalStorage>,
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
        catalogues: RwSignal::new(SmallMap::default()),
        running: StoredValue::new_local(SmallMap::default()),
        exchanges: RwSignal::new(SmallMap::default()),
        mounted: StoredValue::new_local(SmallMap::default()),
    });
    let _ = PANELS.with(|cell| cell.set(panels));
}

fn panels() -> Option<Panels> {
    PANELS.with(|cell| cell.get().copied())
}

/// Shows the answer to an operation's last call inside `element`.
pub fn show_answer(api: String, id: String, element: HtmlElement) {
    if let Some(panels) = panels() {
        panels.mount("answer", element, move || answer::answer(panels, (api, id)));
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

    /// Builds a view at a place of the first program's page; what this program had built there before is gone by now.
    fn mount(self, place: &str, element: HtmlElement, view: impl FnOnce() -> AnyView + 'static) {
        self.mounted.update_value(|mounted| drop(mounted.remove(&place.to_owned())));
        element.set_text_content(None);
        let handle = self.owner.get_value().with(|| mount_to(element, view));
        self.mounted.update_value(|mounted| mounted.insert(place.to_owned(), Box::new(handle)));
    }

    /// An operation of a description that the first program has.
    fn operation(self, (api, id): &Key) -> Option<Operation> {
        let known = self.apis.with_value(|apis| apis.find(|other| other == api).cloned());
        let loaded = known.or_else(|| {
            let description = self.ask(Command::Description, api)?;
            let (file, text) = description.split_once('\n')?;
            let loaded = Arc::new(Api::load(file, text).ok()?);
            self.apis.update_value(|apis| apis.insert(api.clone(), loaded.clone()));
            Some(loaded)
        })?;
        loaded.operation(id)?.ok()
    }
}

/// The element of this id.
pub fn element(id: &str) -> Option<HtmlElement> {
    super::browser::document()?.get_element_by_id(id)?.dyn_into().ok()
}
