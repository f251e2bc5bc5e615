//! Rows that are pasted, dropped, or chosen as a file.

use super::columns::{Defaults, Mapping};
use super::import::ImportPasted;
use super::lines::Lines;
use super::reading::{Changed, read_anew};
use crate::fleet::table::{TableError, decode};
use crate::ui::components::alert::Alert;
use crate::ui::features::fleet::acts::acts;
use crate::ui::platform::dom;
use crate::ui::platform::files::{self, FileError};
use crate::ui::state::fleet_choice::{LongText, Pasted};
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::{fleet_plan_words, words};
use gloo_timers::callback::Timeout;
use leptos::ev::{ClipboardEvent, DragEvent, Event};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

const TEXT_ID: &str = "fleet-text";
const HELP_ID: &str = "fleet-text-help";
const REMOVE_ID: &str = "fleet-text-remove";
const FILE_ID: &str = "fleet-file";
/// A longer text is not put into the field: browsers are slow to show it.
const LONGEST_SHOWN: usize = 50_000;
/// So many milliseconds after the last key the text is read.
const REST: u32 = 250;

/// The text, and what it is read as.
#[component]
pub(super) fn Paste() -> impl IntoView {
    let stores = use_stores();
    let pasted = stores.fleet_choice().pasted;
    let all_acts = Memo::new(move |_| acts(stores));
    let refusal = RwSignal::new(None::<FileError>);
    // The descriptions come one by one, and may come after the text. Another fleet has other rows already.
    Effect::new(move |before: Option<(usize, Option<String>)>| {
        let now = (all_acts.with(Vec::len), stores.fleet().id());
        if let Some(before) = before.filter(|before| *before != now) {
            read_anew(stores, if before.0 == now.0 { Changed::Rows } else { Changed::Header });
        }
        now
    });
    let table = Memo::new(move |_| {
        pasted
            .table
            .with(|table| table.as_ref().map(|table| table.as_ref().map(|table| table.cleaned).map_err(Clone::clone)))
    });
    let preview = move || match table.get() {
        None => None,
        Some(Err(error)) => Some(view! { <Alert message=(fleet_plan_words().table_error)(&error)/> }.into_any()),
        Some(Ok(cleaned)) => {
            let cleaned = (cleaned > 0).then(|| {
                view! { <p class="notice" role="status">{(fleet_plan_words().cleaned)(cleaned)}</p> }.into_any()
            });
            Some(view! { {cleaned} <Mapping acts=all_acts/> <Defaults acts=all_acts/> <Lines/> }.into_any())
        }
    };
    // It changes often: a screen reader hears of the lines when all are read.
    let progress =
        move || {
            pasted.progress.get().filter(|(_, all)| *all != 0).map(|(read, all)| {
                view! { <p class="progress">{(fleet_plan_words().reading)(read, all)}</p> }.into_any()
            })
        };
    view! {
        <Input refusal=refusal/>
        {move || progress()}
        <Show when=move || pasted.is_plan.get()><ImportPasted/></Show>
        {move || preview()}
    }
}

/// Where the text comes in.
#[component]
fn Input(refusal: RwSignal<Option<FileError>>) -> impl IntoView {
    let stores = use_stores();
    let pasted = stores.fleet_choice().pasted;
    let text = fleet_plan_words();
    let rest = StoredValue::new_local(None::<Timeout>);
    let is_over = RwSignal::new(false);
    let typed = move |event: Event| {
        let typed = event_target_value(&event);
        if typed.len() > LONGEST_SHOWN {
            take_long(stores, String::new(), typed);
            return;
        }
        pasted.text.set(typed);
        // What was read before is not what stands there now.
        pasted.is_stale.set_value(true);
        pasted.progress.set(Some((0, 0)));
        rest.set_value(Some(Timeout::new(REST, move || read_anew(stores, Changed::Text))));
    };
    // What was typed is read, also where somebody leaves the page at once.
    on_cleanup(move || {
        if rest.try_update_value(Option::take).flatten().is_some() {
            read_anew(stores, Changed::Text);
        }
    });
    let paste = move |event: ClipboardEvent| {
        let long = files::pasted_text(&event).filter(|text| text.len() > LONGEST_SHOWN);
        if let Some(long) = long {
            event.prevent_default();
            take_long(stores, String::new(), long);
        }
    };
    let over = move |event: DragEvent| {
        event.prevent_default();
        is_over.set(true);
    };
    let drop_file = move |event: DragEvent| {
        event.prevent_default();
        is_over.set(false);
        match files::dropped(&event) {
            Some(file) => read_file(stores, refusal, file),
            None => {
                if let Some(text) = files::dropped_text(&event) {
                    take(stores, text);
                }
            }
        }
    };
    let choose = move |event: Event| {
        if let Some(file) = files::chosen(&event) {
            read_file(stores, refusal, file);
        }
    };
    let remove = move |_| {
        pasted.long.set(None);
        files::clear(FILE_ID);
        read_anew(stores, Changed::Text);
        dom::next_frame(|| dom::focus(TEXT_ID));
    };
    let long = move || {
        pasted.long.get().map(|long| {
            let lines = long.text.lines().count();
            let shown = (text.long_text)(&long.name, &(words().size)(long.text.len()), lines);
            view! {
                <p class="fleet-long-text">
                    <span>{shown}</span>
                    <button id=REMOVE_ID type="button" class="button quiet" on:click=remove>{text.remove_text}</button>
                </p>
            }
            .into_any()
        })
    };
    let error = move || match refusal.get() {
        Some(FileError::TooLarge) => (words().file_too_large)(files::LIMIT),
        Some(FileError::Unreadable) => words().file_unreadable.to_owned(),
        None => String::new(),
    };
    view! {
        <div
            class="fleet-drop"
            data-over=move || is_over.get().to_string()
            on:dragover=over
            on:dragleave=move |_| is_over.set(false)
            on:drop=drop_file
        >
            <div class="field">
                <label for=TEXT_ID>{text.rows_to_paste}</label>
                <textarea
                    id=TEXT_ID
                    rows="7"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    placeholder=text.example_lines
                    aria-describedby=HELP_ID
                    prop:value=move || shown_text(pasted)
                    prop:disabled=move || pasted.long.with(Option::is_some)
                    on:paste=paste
                    on:input=typed
                ></textarea>
                <p id=HELP_ID class="field-help">{text.paste_help}</p>
                <div role="status">{move || long()}</div>
            </div>
            <div class="field">
                <label for=FILE_ID>{text.file}</label>
                <input
                    id=FILE_ID
                    type="file"
                    accept=".csv,.tsv,.txt,.json,.jsonl,.ndjson,text/*,application/json"
                    aria-describedby="fleet-file-error"
                    on:change=choose
                />
                <p id="fleet-file-error" class="field-error" role="status">{move || error()}</p>
            </div>
        </div>
    }
}

/// What stands in the field. What was typed does not count while a longer text does.
fn shown_text(pasted: Pasted) -> String {
    if pasted.long.with(Option::is_some) { String::new() } else { pasted.text.get() }
}

/// Takes a text that was dropped: beside the field, if it is long or something is typed.
fn take(stores: Stores, text: String) {
    let pasted = stores.fleet_choice().pasted;
    let is_free = pasted.text.with_untracked(String::is_empty) && pasted.long.with_untracked(Option::is_none);
    if is_free && text.len() <= LONGEST_SHOWN {
        pasted.text.set(text);
        read_anew(stores, Changed::Text);
    } else {
        take_long(stores, String::new(), text);
    }
}

fn take_long(stores: Stores, name: String, text: String) {
    stores.fleet_choice().pasted.long.set(Some(LongText { name, text: Arc::from(text) }));
    read_anew(stores, Changed::Text);
    // The field cannot be used now: it may have had the focus.
    dom::next_frame(|| {
        if dom::has_focus(TEXT_ID) {
            dom::focus(REMOVE_ID);
        }
        dom::focus_if_lost(REMOVE_ID);
    });
}

fn read_file(stores: Stores, refusal: RwSignal<Option<FileError>>, file: web_sys::File) {
    refusal.set(None);
    spawn_local(async move {
        let file = match files::read(file).await {
            Ok(file) => file,
            Err(error) => {
                let _ = refusal.try_set(Some(error));
                return;
            }
        };
        match decode(&file.bytes) {
            Ok(text) => take_long(stores, file.name, text),
            Err(error) => refuse(stores, error),
        }
    });
}

fn refuse(stores: Stores, error: TableError) {
    let pasted = stores.fleet_choice().pasted;
    pasted.reading.update(|number| *number = number.wrapping_add(1));
    pasted.is_stale.set_value(false);
    pasted.progress.set(None);
    pasted.rows.set(Arc::default());
    pasted.table.set(Some(Err(error)));
}
