//! Panels of which one is shown, chosen by its tab (WAI-ARIA: tabs with automatic activation).

use crate::ui::platform::dom;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// A panel and its tab.
pub(crate) struct Tab {
    /// Unique on the page.
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    pub(crate) panel: AnyView,
}

/// The tabs, and below them the panel of the chosen one.
#[component]
pub(crate) fn Tabs(
    /// What the tabs are for.
    label: &'static str,
    tabs: Vec<Tab>,
    /// The id of the chosen tab.
    chosen: RwSignal<&'static str>,
) -> impl IntoView {
    let ids: Vec<&'static str> = tabs.iter().map(|tab| tab.id).collect();
    let step = move |event: KeyboardEvent| {
        let last = ids.len() - 1;
        let now = ids.iter().position(|id| *id == chosen.get_untracked()).unwrap_or_default();
        let next = match event.key().as_str() {
            "ArrowRight" => (now + 1) % ids.len(),
            "ArrowLeft" => now.checked_sub(1).unwrap_or(last),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        if let Some(id) = ids.get(next) {
            chosen.set(id);
            dom::focus(&tab_id(id));
        }
    };
    let (heads, panels): (Vec<AnyView>, Vec<AnyView>) = tabs.into_iter().map(|tab| parts(tab, chosen)).unzip();
    view! {
        <div class="tabs" role="tablist" aria-label=label on:keydown=step>{heads}</div>
        {panels}
    }
}

fn tab_id(id: &str) -> String {
    format!("{id}-tab")
}

fn parts(tab: Tab, chosen: RwSignal<&'static str>) -> (AnyView, AnyView) {
    let Tab { id, title, panel } = tab;
    let is_chosen = move || chosen.get() == id;
    let head = view! {
        <button
            type="button"
            role="tab"
            class="tab"
            id=tab_id(id)
            aria-controls=format!("{id}-panel")
            aria-selected=move || is_chosen().to_string()
            tabindex=move || if is_chosen() { "0" } else { "-1" }
            on:click=move |_| chosen.set(id)
        >
            {title}
        </button>
    };
    // The panel scrolls, so the keyboard must get there.
    let panel = view! {
        <div
            role="tabpanel"
            class="tab-panel"
            id=format!("{id}-panel")
            aria-labelledby=tab_id(id)
            tabindex="0"
            prop:hidden=move || !is_chosen()
        >
            {panel}
        </div>
    };
    (head.into_any(), panel.into_any())
}
