//! The log of this session on the screen, and what is said of a call that a reload has interrupted.

use super::change_words::news;
use super::diagnosis::{explain, is_known_for_good};
use super::follow::has_no_credential;
use super::history;
use super::reuse::SessionHar;
use crate::follow::Phase;
use crate::ui::components::copy_button::CopyButton;
use crate::ui::components::later::OnUse;
use crate::ui::on_use::on_use;
use crate::ui::platform::{dates, dom};
use crate::ui::route::Route;
use crate::ui::state::calls::Explanation;
use crate::ui::state::fleet::FleetStore;
use crate::ui::state::session_log::{EntryState, LogEntry};
use crate::ui::state::{Stores, snapshot, use_stores};
use crate::ui::words::words;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// Keeps the log in words and over a reload, remembers the ids, and has the browser ask before a reload loses an answer.
pub(crate) fn watch(stores: Stores) {
    Effect::new(move |_| {
        stores.site.track_catalogues();
        if stores.calls.any() {
            spawn_local(async move {
                // The calls themselves have said so where it does not come.
                let _ = explain_calls(stores).await;
            });
        }
    });
    snapshot::watch(stores);
    let handle = window_event_listener(leptos::ev::beforeunload, move |event| {
        if stores.calls.change_under_way() || untrack(|| stores.fleets.fleet()).is_some_and(FleetStore::needs_page) {
            event.prevent_default();
        }
    });
    on_cleanup(move || handle.remove());
}

on_use! { answers =>
    fn explain_calls(stores: Stores) -> () {
        stores.calls.explain(|exchange| {
            stores.recent.remember(exchange);
            let message = untrack(|| explain(stores, exchange));
            history::keep(stores, exchange, &message);
            let is_final = exchange
                .result
                .as_ref()
                .map_or(true, |(_, answer)| untrack(|| is_known_for_good(stores.site, &exchange.operation, answer)));
            Explanation { severity: message.severity, title: message.title, is_final }
        });
    }
}

const LIST_ID: &str = "log-list";

/// All calls of this session.
#[component]
pub(crate) fn SessionLog() -> impl IntoView {
    let log = use_stores().calls.log;
    let count = Memo::new(move |_| log.with(Vec::len));
    let text: Signal<String> =
        Signal::derive(move || log.with(|log| log.iter().map(|entry| line(entry) + "\n").collect::<String>()));
    let title = move || match count.get() {
        0 => words().pages.log.to_owned(),
        count => format!("{} ({count})", words().pages.log),
    };
    view! {
        <section class="panel log" aria-labelledby="log-title">
            <div class="panel-head">
                <h2 id="log-title">{move || title()}</h2>
                <Show when=move || count.get() != 0>
                    <CopyButton text=text what=words().pages.all_calls label=words().pages.copy_all/>
                </Show>
            </div>
            <Show
                when=move || count.get() != 0
                fallback=|| view! { <p class="muted">{words().pages.log_empty}</p> }
            >
                <OnUse load=Box::new(|| Box::pin(entries()))/>
            </Show>
        </section>
    }
}

on_use! { answers => fn entries() -> AnyView { list() } }

/// In order, so that no entry moves when an answer comes; the last one is in sight.
fn list() -> AnyView {
    let log = use_stores().calls.log;
    let entries = move || log.with(|log| log.iter().map(row).collect_view());
    Effect::new(move |_| {
        log.track();
        dom::next_frame(|| dom::scroll_to_end(LIST_ID));
    });
    view! { <ol id=LIST_ID class="log-list">{move || entries()}</ol><SessionHar/> }.into_any()
}

fn row(entry: &LogEntry) -> AnyView {
    let (tone, outcome) = outcome(entry);
    let time = dates::time_of_day(entry.started);
    let subject = entry.subject.clone();
    let subject = (!subject.is_empty()).then(|| view! { <code class="breakable">{subject}</code> }.into_any());
    let simulated = entry.simulated.then(|| view! { <span class="tag">{words().simulated}</span> }.into_any());
    let ids = entry.ids.clone().into_iter().map(|(name, id)| {
        view! { <span class="log-id">{name}" "<code class="breakable">{id}</code></span> }.into_any()
    });
    view! {
        <li class="log-entry">
            <time>{time}</time>
            <p class="log-act"><a href=place(entry)>{entry.act.clone()}</a>" "{subject}" "{simulated}</p>
            <p class="log-outcome"><span data-tone=tone>{outcome}</span>" "{ids.collect_view()}</p>
        </li>
    }
    .into_any()
}

/// Where the call was made.
pub(crate) fn place(entry: &LogEntry) -> String {
    Route::Operation { api: entry.api.clone(), id: entry.operation.clone() }.to_hash()
}

/// The tone and the words of what became of a call.
fn outcome(entry: &LogEntry) -> (String, String) {
    let (tone, said) = outcome_of_call(entry);
    match &entry.end {
        Some((tone, end)) => (tone.clone(), format!("{said} → {end}")),
        None => (tone, said),
    }
}

/// The same of the call itself, without what became of the change later.
fn outcome_of_call(entry: &LogEntry) -> (String, String) {
    let unsure = |words: &str| (String::from("unsure"), words.to_owned());
    match &entry.state {
        EntryState::UnderWay(_) => (String::from("none"), words().pages.under_way.to_owned()),
        EntryState::Interrupted(_) => unsure(words().pages.interrupted),
        EntryState::Over(_, title) if title.is_empty() => unsure(words().pages.interrupted),
        EntryState::Over(tone, title) => (tone.clone(), title.clone()),
    }
}

/// One call as text: the columns that a spreadsheet understands.
pub(crate) fn line(entry: &LogEntry) -> String {
    let ids: Vec<String> = entry.ids.iter().map(|(name, id)| format!("{name} {id}")).collect();
    let way = if entry.simulated { words().simulated } else { &entry.connection };
    let (time, (_, outcome)) = (dates::local(entry.started), outcome(entry));
    [&time, &entry.act, &entry.subject, &outcome, way, &ids.join(", ")].map(|cell| cell.replace('\t', " ")).join("\t")
}

/// Above every page: the calls whose answers a reload has lost, and how to find out what became of them.
#[component]
pub(crate) fn InterruptedCalls() -> impl IntoView {
    let calls = use_stores().calls;
    let any = Memo::new(move |_| {
        calls.log.with(|log| log.iter().any(|entry| matches!(entry.state, EntryState::Interrupted(_))))
    });
    move || any.get().then(|| view! { <OnUse load=Box::new(|| Box::pin(notices()))/> }.into_any())
}

on_use! { answers => fn notices() -> AnyView { interrupted_calls() } }

fn interrupted_calls() -> AnyView {
    let calls = use_stores().calls;
    let notices = move || {
        calls.log.with(|log| {
            let interrupted = log.iter().filter_map(|entry| match &entry.state {
                EntryState::Interrupted(verify) => Some((entry.clone(), verify.clone())),
                _ => None,
            });
            interrupted
                .map(|(entry, verify)| view! { <Interrupted entry=entry verify=verify/> }.into_any())
                .collect_view()
        })
    };
    (move || notices()).into_any()
}

#[component]
fn Interrupted(entry: LogEntry, verify: Vec<String>) -> impl IntoView {
    let stores = use_stores();
    let calls = stores.calls;
    let call = entry.call.clone();
    let facts = [dates::time_of_day(entry.started), entry.act.clone(), entry.subject.clone(), entry.connection.clone()];
    let facts: Vec<String> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
    // What this page, or the one before it, has found out since.
    let (id, end) = (entry.call.clone(), entry.end.clone());
    let known = Memo::new(move |_| {
        let followed = stores.follows.get(&id).map(|follow| {
            let tone = Phase::tone_of(follow.phase().name()).unwrap_or("unsure");
            (tone.to_owned(), news(&follow, has_no_credential(stores, &follow)))
        });
        followed.or_else(|| end.clone())
    });
    let tone = Memo::new(move |_| known.get().map_or_else(|| String::from("unsure"), |(tone, _)| tone));
    let simulated = entry.simulated;
    let lead = move || match known.get() {
        Some((tone, sentence)) if tone != "unsure" => sentence,
        // Who reads this must not send the change again.
        Some((_, sentence)) => format!("{} {sentence}", words().pages.interrupted_lead),
        None if simulated => words().pages.simulation_gone.to_owned(),
        None => words().pages.interrupted_lead.to_owned(),
    };
    let steps = move || {
        let is_open = tone.with(|tone| tone == "unsure") && !simulated && !verify.is_empty();
        let steps = verify.iter().map(|step| view! { <li>{step.clone()}</li> }.into_any());
        let steps = is_open.then(|| steps.collect::<Vec<_>>());
        steps.map(|steps| view! { <p>{words().pages.to_find_out}</p><ol>{steps}</ol> }.into_any())
    };
    view! {
        <section class="banner" data-tone=move || tone.get() aria-label=words().pages.interrupted_title>
            <h2>{words().pages.interrupted_title}</h2>
            <p><strong class="breakable">{facts.join(" · ")}</strong></p>
            <p>{move || lead()}</p>
            {move || steps()}
            <div class="actions">
                <a class="button" href=place(&entry)>{words().pages.open}</a>
                <button type="button" class="button" on:click=move |_| calls.dismiss(&call)>{words().pages.dismiss}</button>
            </div>
        </section>
    }
}
