//! Places: elements of the first program's page that the panels furnish.
//!
//! The first program leaves an element with `data-panel` and knows nothing else of what comes into it. Places come and
//! go with its pages; whatever appears is furnished, and what is gone is dropped.

use super::{Panels, answer, broken, check, credential, lookup, mistakes, page, sandbox, settings};
use crate::ui::browser;
use leptos::mount::mount_to;
use leptos::prelude::*;
use std::any::Any;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{HtmlElement, MutationObserver, MutationObserverInit};

/// The furnished places. Dropping an entry takes its view down.
#[derive(Default)]
pub(super) struct Places(Vec<(HtmlElement, Box<dyn Any>)>);

/// Furnishes what is there, and what will be.
pub(super) fn watch(panels: Panels) {
    furnish(panels);
    let look = Closure::<dyn Fn()>::new(move || furnish(panels));
    let body = browser::document().and_then(|document| document.body());
    if let (Ok(observer), Some(body)) = (MutationObserver::new(look.as_ref().unchecked_ref()), body) {
        let options = MutationObserverInit::new();
        options.set_child_list(true);
        options.set_subtree(true);
        let _ = observer.observe_with_options(&body, &options);
    }
    look.forget();
}

const FURNISHED: &str = "data-furnished";

fn furnish(panels: Panels) {
    // Views that are taken down touch signals: not while the list is on loan.
    let gone: Vec<_> = panels
        .places
        .try_update_value(|places| places.0.extract_if(.., |(element, _)| !element.is_connected()).collect())
        .unwrap_or_default();
    drop(gone);
    let Some(found) = browser::document()
        .and_then(|document| document.query_selector_all(&format!("[data-panel]:not([{FURNISHED}])")).ok())
    else {
        return;
    };
    for index in 0..found.length() {
        if let Some(element) = found.get(index).and_then(|node| node.dyn_into::<HtmlElement>().ok()) {
            let _ = element.set_attribute(FURNISHED, "");
            if let Some(view) = view_for(panels, &element) {
                let place = element.clone();
                let handle = panels.owner.get_value().with(|| mount_to(place, view));
                panels.places.update_value(|places| places.0.push((element, Box::new(handle))));
            }
        }
    }
}

fn view_for(panels: Panels, element: &HtmlElement) -> Option<Box<dyn FnOnce() -> AnyView>> {
    let data = |name: &str| element.get_attribute(name).unwrap_or_default();
    let key = (data("data-api"), data("data-id"));
    Some(match data("data-panel").as_str() {
        "answer" => Box::new(move || answer::answer(panels, key)),
        "credential" => Box::new(move || credential::tools(panels, key)),
        "lookup" => {
            let name = data("data-name");
            Box::new(move || lookup::lookup(panels, key, name))
        }
        "check" => Box::new(move || check::check(panels)),
        "credentials" => Box::new(move || page::credentials(panels)),
        "settings" => Box::new(move || settings::settings(panels)),
        "broken" => {
            let file = data("data-file");
            Box::new(move || broken::broken(file, key.1))
        }
        "config" => Box::new(move || mistakes::mistakes(panels)),
        "sandbox" => Box::new(move || sandbox::sandbox(panels, key)),
        _ => return None,
    })
}
