//! Search, filter, folds and the ways to look at a body; copies of one value and of its path.

use super::focus_lines;
use super::state::Viewer;
use crate::ui::components::copy_button::{CopyButton, CopyLater, CopyLaterButton};
use crate::ui::words::viewer_words;
use crate::viewer::{Action, Extract, Filtered};
use leptos::ev::KeyboardEvent;
use leptos::leptos_dom::helpers::debounce;
use leptos::prelude::*;
use std::sync::Arc;
use std::time::Duration;

/// How long somebody has stopped typing before the text is searched.
const PAUSE: Duration = Duration::from_millis(150);

/// What stands above the lines.
#[component]
pub(super) fn Tools(
    viewer: Viewer,
    /// Whether the raw text is another one: what is text at first has no other form.
    has_raw: bool,
) -> impl IntoView {
    let is_json = Memo::new(move |_| viewer.shown.with(|shown| shown.is_tree));
    let folds = move || {
        is_json.get().then(|| {
            view! {
                <button type="button" class="button quiet" on:click=move |_| viewer.act(Action::FoldTo(1))>
                    {viewer_words().fold_all}
                </button>
                <button type="button" class="button quiet" on:click=move |_| viewer.act(Action::FoldTo(2))>
                    {viewer_words().fold_two}
                </button>
                <button type="button" class="button quiet" on:click=move |_| viewer.act(Action::UnfoldAll)>
                    {viewer_words().unfold_all}
                </button>
            }
            .into_any()
        })
    };
    let is_raw = Memo::new(move |_| viewer.shown.with(|shown| shown.is_raw));
    let raw = has_raw.then(|| {
        let turn = move |_| viewer.act(Action::Raw(!is_raw.get_untracked()));
        view! {
            <button type="button" class="button quiet" aria-pressed=move || is_raw.get().to_string() on:click=turn>
                {viewer_words().raw}
            </button>
        }
        .into_any()
    });
    let filter = move || is_json.get().then(|| view! { <PathFilter viewer=viewer/> }.into_any());
    let wrap = move |_| viewer.set_wraps(!viewer.wraps.get_untracked());
    view! {
        <div class="viewer-tools" role="group" aria-label=viewer_words().tools>
            <SearchTool viewer=viewer/>
            {move || filter()}
            <div class="actions">
                {move || folds()}
                {raw}
                <button type="button" class="button quiet" aria-pressed=move || viewer.wraps.get().to_string() on:click=wrap>
                    {viewer_words().wrap}
                </button>
            </div>
        </div>
    }
}

#[component]
fn SearchTool(viewer: Viewer) -> impl IntoView {
    let wanted = RwSignal::new(String::new());
    // What was searched for last.
    let searched = StoredValue::new(String::new());
    let search = move || {
        // The page may have been left.
        let Some(words) = wanted.try_get_untracked() else { return };
        if searched.try_with_value(|searched| *searched == words) == Some(false) {
            viewer.act(Action::Search(words.clone()));
            searched.set_value(words);
        }
    };
    let mut search_later = debounce(PAUSE, move |()| search());
    let typed = move |event| {
        wanted.set(event_target_value(&event));
        search_later(());
    };
    let press = move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            search();
            viewer.act(Action::Step { forward: !event.shift_key() });
        }
    };
    let count = move || {
        let is_searched = viewer.search.with(Option::is_some);
        let found = viewer.shown.with(|shown| shown.found);
        if is_searched { (viewer_words().matches)(found.ordinal, found.count) } else { String::new() }
    };
    let no_match = move || (viewer.shown.with(|shown| shown.found.count) == 0).to_string();
    view! {
        <div class="viewer-search">
            <input
                class="filter"
                type="search"
                aria-label=viewer_words().search
                placeholder=viewer_words().search
                autocomplete="off"
                spellcheck="false"
                on:input=typed
                on:keydown=press
            />
            <button
                type="button"
                class="button quiet"
                aria-label=viewer_words().previous
                title=viewer_words().previous
                aria-disabled=move || no_match()
                on:click=move |_| viewer.act(Action::Step { forward: false })
            >"↑"</button>
            <button
                type="button"
                class="button quiet"
                aria-label=viewer_words().next
                title=viewer_words().next
                aria-disabled=move || no_match()
                on:click=move |_| viewer.act(Action::Step { forward: true })
            >"↓"</button>
            <span class="muted" role="status">{move || count()}</span>
        </div>
    }
}

#[component]
fn PathFilter(viewer: Viewer) -> impl IntoView {
    let filtered = Memo::new(move |_| viewer.shown.with(|shown| shown.filtered));
    let apply = move |event: web_sys::Event| viewer.act(Action::Filter(event_target_value(&event)));
    let press = move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            focus_lines();
        }
    };
    let said = move || match filtered.get() {
        Filtered::Everything => String::new(),
        Filtered::Values(values) => (viewer_words().filtered)(values),
        Filtered::Wrong(place) => (viewer_words().filter_wrong)(place),
    };
    view! {
        <div class="viewer-search">
            <input
                class="filter"
                type="text"
                aria-label=viewer_words().filter
                aria-describedby="response-body-filter"
                aria-invalid=move || matches!(filtered.get(), Filtered::Wrong(_)).to_string()
                placeholder="$.items[*].id"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                on:input=apply
                on:keydown=press
            />
            <span class="muted" role="status">{move || said()}</span>
            <p id="response-body-filter" class="muted">{viewer_words().filter_help}</p>
        </div>
    }
}

/// What stands below the lines: where one is, and copies of it.
#[component]
pub(super) fn LineTools(viewer: Viewer) -> impl IntoView {
    let path = Memo::new(move |_| viewer.shown.with(|shown| shown.cursor.path.clone()));
    let part = move |choose: fn(&(String, String)) -> &String| {
        path.with(|path| path.as_ref().map(choose).cloned()).unwrap_or_default()
    };
    let written = move || part(|(normalized, _)| normalized);
    let as_pointer = Signal::derive(move || part(|(_, pointer)| pointer));
    let value: CopyLater = Arc::new(move || Box::pin(viewer.copy(Extract::Value(viewer.cursor.get_untracked()))));
    let has_path = Memo::new(move |_| path.with(Option::is_some));
    let copies = move || {
        has_path.get().then(|| {
            let (labels, value) = (viewer_words(), value.clone());
            view! {
                <CopyLaterButton copy=value what=labels.of_line label=labels.copy_value/>
                <CopyButton text=Signal::derive(written) what=labels.of_line label=labels.copy_path/>
                <CopyButton text=as_pointer what=labels.of_line label=labels.copy_pointer/>
            }
            .into_any()
        })
    };
    view! {
        <div class="actions viewer-path">
            <code class="breakable">{move || written()}</code>
            {move || copies()}
        </div>
    }
}
