//! The keys that work on every page.

use super::{navigation, top_bar};
use crate::ui::platform::dom;
use crate::ui::state::Stores;
use leptos::ev;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// `/` and Ctrl-K go to the search, Escape closes the list where it covers the page.
pub(crate) fn watch(stores: Stores) {
    let shell = stores.shell;
    let handle = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let slash = event.key() == "/" && !event.ctrl_key() && !event.meta_key() && !dom::is_typing(target);
        let control_k = event.key().eq_ignore_ascii_case("k") && (event.ctrl_key() || event.meta_key());
        if event.key() == "Escape" && shell.menu_open.get_untracked() {
            shell.menu_open.set(false);
            dom::focus(top_bar::MENU_ID);
        }
        if slash || control_k {
            event.prevent_default();
            shell.menu_open.set(true);
            dom::next_frame(|| dom::focus(navigation::SEARCH_ID));
        }
    });
    on_cleanup(move || handle.remove());
}
