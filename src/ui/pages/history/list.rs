//! The search, and the table of what it finds.

use super::loaded::Loaded;
use crate::history::Summary;
use crate::outcome::Severity;
use crate::ui::components::alert::Notice;
use crate::ui::components::windowed_table::{RowView, WindowedTable};
use crate::ui::platform::{dates, dom};
use crate::ui::words::{history_words, words};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use std::sync::Arc;

pub(super) const SEARCH_ID: &str = "history-search";
const HELP_ID: &str = "history-search-help";

/// The search: what is typed finds at once; Enter opens the first call.
#[component]
pub(super) fn Search(loaded: Loaded) -> impl IntoView {
    let count = move || (history_words().shown)(loaded.rows.with(|rows| rows.len()), loaded.count());
    let mistakes = move || {
        let mistakes = loaded.query.with(|query| query.mistakes.clone());
        (!mistakes.is_empty()).then(|| {
            let text = (history_words().mistakes)(&mistakes);
            view! { <Notice severity=Severity::Warning text=text/> }.into_any()
        })
    };
    let press = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            if let Some(id) = loaded.found_ids().into_iter().next() {
                loaded.show(id);
            }
        }
        "Escape" => loaded.text.set(String::new()),
        _ => {}
    };
    view! {
        <div class="field">
            <label for=SEARCH_ID>{history_words().search}</label>
            <input
                id=SEARCH_ID
                type="search"
                autocomplete="off"
                spellcheck="false"
                aria-describedby=HELP_ID
                prop:value=move || loaded.text.get()
                on:input=move |event| loaded.text.set(event_target_value(&event))
                on:keydown=press
            />
            <p id=HELP_ID class="field-help">{history_words().search_help}</p>
            {move || mistakes()}
            <p class="muted" role="status">{move || count()}</p>
        </div>
    }
}

/// The table. The cells follow the index: what another tab changes is seen at once.
#[component]
pub(super) fn List(loaded: Loaded) -> impl IntoView {
    let words = history_words();
    let columns = [words.time, words.what, words.subject, words.status, words.result];
    let columns = columns.map(|title| (title.to_owned(), String::new())).into();
    let row: RowView = Arc::new(move |row| cells(loaded, row));
    let nothing = move || {
        let is_empty = loaded.rows.with(|rows| rows.is_empty());
        is_empty.then(|| view! { <p>{history_words().nothing_found}</p> }.into_any())
    };
    view! {
        <WindowedTable
            label=words.list
            columns=columns
            last=words.actions.to_owned()
            rows=loaded.rows
            sorting=loaded.sorting
            row=row
        />
        {move || nothing()}
    }
}

fn cells(loaded: Loaded, row: usize) -> AnyView {
    let tone = move || loaded.of_row(row, |summary| summary.became().0);
    let subject = move || loaded.of_row(row, |summary| summary.subject.clone());
    let became = move || loaded.of_row(row, |summary| summary.became().1);
    let mark = move || {
        let pinned = loaded.of_row(row, |summary| summary.pinned);
        pinned.then(|| view! { <span class="tag">{history_words().pinned}</span>" " }.into_any())
    };
    let simulated = move || {
        let simulated = loaded.of_row(row, |summary| summary.simulated);
        simulated.then(|| view! { " "<span class="tag">{words().simulated}</span> }.into_any())
    };
    // While another call waits to be compared, the row's button chooses this one.
    let chooses = Memo::new(move |_| {
        loaded.pair.with(|pair| match pair {
            Some((first, None)) => loaded.of_row(row, |summary| summary.id != *first),
            _ => false,
        })
    });
    let label = move || if chooses.get() { history_words().compare_with_this } else { history_words().open };
    let name = move || {
        let (what, time) =
            (loaded.of_row(row, |summary| format!("{} {}", summary.what(), summary.subject)), time(loaded, row));
        format!("{}: {what} {time}", label())
    };
    let id = move || format!("history-row-{}", loaded.of_row(row, |summary| summary.id.clone()));
    let press = move |_| {
        let id = untrack(|| loaded.of_row(row, |summary| summary.id.clone()));
        if chooses.get_untracked() {
            loaded.pair.update(|pair| {
                if let Some((_, second)) = pair {
                    *second = Some(id);
                }
            });
        } else {
            loaded.show(id);
        }
    };
    view! {
        <td><time>{move || time(loaded, row)}</time></td>
        <td>{move || mark()}{move || loaded.of_row(row, what)}{move || simulated()}</td>
        <td title=move || subject()><code>{move || subject()}</code></td>
        <td>{move || loaded.of_row(row, status)}</td>
        <td title=move || became()><span data-tone=move || tone()>{move || became()}</span></td>
        <td class="row-links">
            <button id=move || id() type="button" class="button quiet" aria-label=move || name() on:click=press>
                {move || label()}
            </button>
        </td>
    }
    .into_any()
}

fn time(loaded: Loaded, row: usize) -> String {
    loaded.of_row(row, time_of)
}

fn time_of(summary: &Summary) -> String {
    dates::date_and_time(summary.started / 1_000)
}

/// What a row shows in words of this page: they are found as well.
pub(super) fn shown(summary: &Summary) -> String {
    let pinned = summary.pinned.then_some(history_words().pinned);
    let simulated = summary.simulated.then_some(words().simulated);
    [&time_of(summary), pinned.unwrap_or_default(), simulated.unwrap_or_default()].join(" ")
}

fn what(summary: &Summary) -> String {
    summary.what().to_owned()
}

fn status(summary: &Summary) -> String {
    summary.status.map_or_else(|| String::from("–"), |status| status.to_string())
}

/// Puts the focus on the row of a call, or on the search where the row is not in sight.
pub(super) fn focus_row(id: &str) {
    let id = format!("history-row-{id}");
    dom::next_frame(move || {
        dom::focus(&id);
        dom::focus_if_lost(SEARCH_ID);
    });
}
