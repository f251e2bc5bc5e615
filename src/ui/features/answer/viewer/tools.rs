//! Search, filter, folds and the ways to look at a body; copies of one value and of its path.

use super::focus_lines;
use super::state::Viewer;
use crate::ui::components::copy_button::CopyButton;
use crate::ui::words::viewer_words;
use crate::viewer::{NoFilter, normalized, pointer};
use leptos::ev::KeyboardEvent;
use leptos::leptos_dom::helpers::debounce;
use leptos::prelude::*;
use std::time::Duration;

/// How long somebody has stopped typing before the text is searched.
const PAUSE: Duration = Duration::from_millis(150);

/// What stands above the lines.
#[component]
pub(super) fn Tools(viewer: Viewer) -> impl IntoView {
    let is_json = Memo::new(move |_| viewer.is_json());
    let folds = move || {
        is_json.get().then(|| {
            view! {
                <button type="button" class="button quiet" on:click=move |_| viewer.fold_to(1)>
                    {viewer_words().fold_all}
                </button>
                <button type="button" class="button quiet" on:click=move |_| viewer.fold_to(2)>
                    {viewer_words().fold_two}
                </button>
                <button type="button" class="button quiet" on:click=move |_| viewer.unfold_all()>
                    {viewer_words().unfold_all}
                </button>
            }
            .into_any()
        })
    };
    let raw = viewer.has_raw().then(|| {
        let turn = move |_| viewer.set_raw(!viewer.is_raw.get_untracked());
        view! {
            <button type="button" class="button quiet" aria-pressed=move || viewer.is_raw.get().to_string() on:click=turn>
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
            viewer.set_search(&words);
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
            viewer.step(!event.shift_key());
        }
    };
    let count = move || {
        let is_searched = viewer.search.with(Option::is_some);
        let found = viewer.found.get();
        if is_searched { (viewer_words().matches)(found.ordinal, found.count) } else { String::new() }
    };
    let no_match = move || (viewer.found.with(|found| found.count) == 0).to_string();
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
                on:click=move |_| viewer.step(false)
            >"↑"</button>
            <button
                type="button"
                class="button quiet"
                aria-label=viewer_words().next
                title=viewer_words().next
                aria-disabled=move || no_match()
                on:click=move |_| viewer.step(true)
            >"↓"</button>
            <span class="muted" role="status">{move || count()}</span>
        </div>
    }
}

#[component]
fn PathFilter(viewer: Viewer) -> impl IntoView {
    let result = RwSignal::new(Ok(None));
    let apply = move |event: web_sys::Event| result.set(viewer.filter(&event_target_value(&event)));
    let press = move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            focus_lines();
        }
    };
    let said = move || match result.get() {
        Ok(None) => String::new(),
        Ok(Some(values)) => (viewer_words().filtered)(values),
        Err(NoFilter(place)) => (viewer_words().filter_wrong)(place),
    };
    view! {
        <div class="viewer-search">
            <input
                class="filter"
                type="text"
                aria-label=viewer_words().filter
                aria-describedby="response-body-filter"
                aria-invalid=move || result.with(Result::is_err).to_string()
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
    let path = Memo::new(move |_| {
        let line = viewer.cursor.get();
        viewer.document.with(|document| document.path(line))
    });
    let written = move || path.with(|path| path.as_deref().map(normalized)).unwrap_or_default();
    let value = Signal::derive(move || {
        let line = viewer.cursor.get();
        viewer.document.with(|document| document.value(line))
    });
    let as_pointer = Signal::derive(move || path.with(|path| path.as_deref().map(pointer)).unwrap_or_default());
    let copies = move || {
        path.with(Option::is_some).then(|| {
            let labels = viewer_words();
            view! {
                <CopyButton text=value what=labels.of_line label=labels.copy_value/>
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
