//! The search: a list of everything that can be opened or done, by a few letters and the arrow keys.
//!
//! It is a combobox with a list box, as WAI-ARIA's authoring practices describe them: the focus stays in the input, and
//! `aria-activedescendant` says which entry is chosen.

use super::session_log::place;
use super::{shortcuts, top_bar, vault};
use crate::catalog::is_found;
use crate::config::Setting;
use crate::ui::components::dialog::Dialog;
use crate::ui::components::later::OnUse;
use crate::ui::on_use::on_use;
use crate::ui::platform::dom;
use crate::ui::route::Route;
use crate::ui::state::theme::Theme;
use crate::ui::state::vault::VaultState;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::words;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

const INPUT_ID: &str = "palette-input";
const LIST_ID: &str = "palette-list";
/// Entries that are shown: more letters find the others.
const MOST: usize = 40;

/// What an entry does.
#[derive(Clone, PartialEq)]
enum Command {
    Go(String),
    Connect(usize),
    Forget,
    Theme(Theme),
    Keys,
}

#[derive(Clone, PartialEq)]
struct Entry {
    /// Operation, page, call or action.
    kind: &'static str,
    label: String,
    /// What tells it from others of the same label.
    detail: String,
    /// What else it is found by.
    more: String,
    command: Command,
}

/// The dialog. The store of the frame says whether it is open.
#[component]
pub(crate) fn Palette() -> impl IntoView {
    let open = use_stores().shell.palette_open;
    // It begins anew each time.
    let content = move || open.get().then(|| view! { <OnUse load=Box::new(|| Box::pin(search()))/> }.into_any());
    view! { <Dialog id="palette" title=words().search open=open>{move || content()}</Dialog> }
}

on_use! { pages => fn search() -> AnyView { view! { <Search/> }.into_any() } }

/// The input and what it finds.
#[component]
fn Search() -> impl IntoView {
    let stores = use_stores();
    let open = stores.shell.palette_open;
    let query = RwSignal::new(String::new());
    let chosen = RwSignal::new(0_usize);
    let found = Memo::new(move |_| find(stores, &query.get()));
    dom::next_frame(|| dom::focus(INPUT_ID));
    let choose = move |index: usize| {
        chosen.set(index);
        dom::next_frame(move || dom::keep_in_sight(&option_id(index)));
    };
    let run_entry = move |index: usize| {
        if let Some(entry) = found.with_untracked(|found| found.get(index).cloned()) {
            open.set(false);
            // When the dialog has given the focus back.
            dom::next_frame(move || run(stores, entry.command));
        }
    };
    let keys = move |event: KeyboardEvent| {
        let last = found.with_untracked(Vec::len).saturating_sub(1);
        let now = chosen.get_untracked();
        match event.key().as_str() {
            "ArrowDown" => choose(if now >= last { 0 } else { now + 1 }),
            "ArrowUp" => choose(if now == 0 { last } else { now - 1 }),
            "PageDown" => choose((now + 8).min(last)),
            "PageUp" => choose(now.saturating_sub(8)),
            "Enter" => run_entry(now),
            "Escape" if !query.with_untracked(String::is_empty) => {
                query.set(String::new());
                choose(0);
            }
            _ => return,
        }
        event.prevent_default();
    };
    let typed = move |event| {
        query.set(event_target_value(&event));
        choose(0);
    };
    let options = move || {
        found.with(|found| {
            found.iter().enumerate().map(|(index, entry)| option(index, entry, chosen, run_entry)).collect_view()
        })
    };
    let active = move || {
        let index = chosen.get();
        found.with(|found| (index < found.len()).then(|| option_id(index)))
    };
    view! {
            <input
                id=INPUT_ID
                type="text"
                role="combobox"
                aria-label=words().pages.palette
                aria-expanded="true"
                aria-autocomplete="list"
                aria-controls=LIST_ID
                aria-activedescendant=move || active()
                placeholder=words().pages.palette
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                prop:value=move || query.get()
                on:input=typed
                on:keydown=keys
            />
            <ul id=LIST_ID class="palette-list" role="listbox" aria-label=words().search>{move || options()}</ul>
            <p class="muted">
                <span role="status">{move || (words().pages.palette_count)(found.with(Vec::len))}</span>
                " · "{words().pages.palette_help}
            </p>
    }
}

fn option_id(index: usize) -> String {
    format!("palette-{index}")
}

fn option(index: usize, entry: &Entry, chosen: RwSignal<usize>, run: impl Fn(usize) + 'static) -> AnyView {
    let Entry { kind, label, detail, .. } = entry.clone();
    view! {
        <li
            id=option_id(index)
            class="palette-option"
            role="option"
            aria-selected=move || (chosen.get() == index).to_string()
            on:click=move |_| run(index)
        >
            <span class="palette-label">{label}</span>
            <span class="palette-detail breakable">{detail}</span>
            <span class="tag">{kind}</span>
        </li>
    }
    .into_any()
}

fn run(stores: Stores, command: Command) {
    match command {
        Command::Go(hash) => dom::go(&hash),
        Command::Connect(index) => {
            stores.settings.choose_connection(index);
            stores.shell.announce(format!("{}: {}", words().connection, untrack(|| stores.settings.connection()).name));
        }
        Command::Forget => {
            vault::lock(stores);
            stores.shell.announce(words().forgotten);
        }
        Command::Theme(theme) => stores.settings.choose_theme(theme),
        Command::Keys => stores.shell.keys_open.set(true),
    }
}

/// The entries in which every word of the query occurs: operations, pages, actions, calls.
fn find(stores: Stores, query: &str) -> Vec<Entry> {
    let all = operations(stores).into_iter().chain(pages()).chain(actions(stores)).chain(calls(stores));
    let is_wanted = |entry: &Entry| is_found(&[entry.kind, &entry.label, &entry.detail, &entry.more].join(" "), query);
    all.filter(is_wanted).take(MOST).collect()
}

fn operations(stores: Stores) -> Vec<Entry> {
    let mut entries = Vec::new();
    for api in stores.site.apis() {
        for operation in &api.operations {
            entries.push(Entry {
                kind: words().pages.operation,
                label: operation.summary.clone(),
                detail: api.title.clone(),
                more: format!("{} {} {}", operation.id, operation.method, operation.path),
                command: Command::Go(Route::Operation { api: api.id.clone(), id: operation.id.clone() }.to_hash()),
            });
        }
    }
    entries
}

fn entry(kind: &'static str, label: impl Into<String>, command: Command) -> Entry {
    Entry { kind, label: label.into(), detail: String::new(), more: String::new(), command }
}

fn pages() -> Vec<Entry> {
    let pages = [
        (words().home_title, Route::Home),
        (words().pages.fleet, Route::Fleet),
        (words().pages.history, Route::History),
        (words().pages.import, Route::Import),
        (words().credentials, Route::Credentials),
        (words().settings, Route::Settings),
        (words().check, Route::ConnectionCheck),
        (words().about, Route::About),
    ];
    pages.map(|(label, route)| entry(words().pages.page, label, Command::Go(route.to_hash()))).into()
}

fn actions(stores: Stores) -> Vec<Entry> {
    let action = |label: String, command: Command| entry(words().pages.action, label, command);
    let mut actions = Vec::new();
    let current = stores.settings.connection_index();
    stores.site.config.with(|config| {
        let others = config.connections.iter().enumerate().filter(|(index, _)| *index != current);
        if !config.is_locked(Setting::Connection) {
            let connect = |(index, connection): (usize, &crate::proxy::Connection)| {
                action((words().pages.use_connection)(&connection.name), Command::Connect(index))
            };
            actions.extend(others.map(connect));
        }
    });
    let credentials = Command::Go(Route::Credentials.to_hash());
    match stores.vault.state.get() {
        VaultState::Locked => actions.push(action(words().pages.unlock_vault.to_owned(), credentials)),
        VaultState::Open => {
            actions.push(action(words().pages.save_vault.to_owned(), credentials));
            actions.push(action(words().vault_lock.to_owned(), Command::Forget));
        }
        VaultState::Unknown | VaultState::Absent => {}
    }
    if stores.profiles.hold_secrets() {
        actions.push(action(words().forget_all.to_owned(), Command::Forget));
    }
    let theme = stores.settings.theme();
    let themes = Theme::ALL.into_iter().filter(|other| *other != theme);
    actions.extend(
        themes.map(|theme| {
            action(format!("{}: {}", words().colours, top_bar::theme_words(theme)), Command::Theme(theme))
        }),
    );
    actions.push(action(format!("{} ({})", words().pages.keys, shortcuts::KEYS), Command::Keys));
    actions
}

/// The last calls first; opening one opens its form.
fn calls(stores: Stores) -> Vec<Entry> {
    let call = |call: &crate::ui::state::session_log::LogEntry| Entry {
        detail: call.subject.clone(),
        more: call.ids.iter().map(|(_, id)| id.as_str()).collect::<Vec<_>>().join(" "),
        ..entry(words().pages.call, call.act.clone(), Command::Go(place(call)))
    };
    stores.calls.log.with(|log| log.iter().rev().map(call).collect())
}
