//! The keys that work on every page, and the list of them.

use super::top_bar;
use crate::ui::components::dialog::Dialog;
use crate::ui::platform::dom;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::words;
use leptos::ev;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// The key that shows the list.
pub(crate) const KEYS: &str = "?";

/// `/` and Ctrl-K open the search, `?` the list of keys, Escape closes the menu where it covers the page.
pub(crate) fn watch(stores: Stores) {
    let shell = stores.shell;
    let handle = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let is_letter = !event.ctrl_key() && !event.meta_key() && !event.alt_key() && !dom::is_typing(target);
        let control_k = event.key().eq_ignore_ascii_case("k") && (event.ctrl_key() || event.meta_key());
        if event.key() == "Escape" && shell.menu_open.get_untracked() && !shell.palette_open.get_untracked() {
            shell.menu_open.set(false);
            dom::focus(top_bar::MENU_ID);
        }
        // Nothing opens over a question that waits for its answer.
        if dom::has_open_dialog() {
            return;
        }
        let opened = match event.key().as_str() {
            "/" if is_letter => shell.palette_open,
            KEYS if is_letter => shell.keys_open,
            _ if control_k => shell.palette_open,
            _ => return,
        };
        event.prevent_default();
        opened.set(true);
    });
    on_cleanup(move || handle.remove());
}

/// The dialog with every key.
#[component]
pub(crate) fn KeyList() -> impl IntoView {
    let open = use_stores().shell.keys_open;
    let keys = words().pages.key_list.iter().map(|(key, what)| {
        view! { <dt><kbd>{*key}</kbd></dt><dd>{*what}</dd> }
    });
    view! {
        <Dialog id="keys" title=words().pages.keys open=open>
            <dl class="facts">{keys.collect_view()}</dl>
            <div class="actions">
                <button type="button" class="button" on:click=move |_| open.set(false)>{words().close}</button>
            </div>
        </Dialog>
    }
}
