//! The calls that this browser remembers: found, opened, compared, filled in again, deleted.

mod compare;
mod detail;
mod list;
mod loaded;
mod record;

use super::PageTitle;
use crate::history::to_json;
use crate::outcome::Severity;
use crate::ui::components::alert::{Alert, Notice};
use crate::ui::components::ask_button::AskButton;
use crate::ui::platform::download::download;
use crate::ui::platform::history_store::{HistoryStore, tell_others};
use crate::ui::state::use_stores;
use crate::ui::words::{history_words, reuse_words, words};
use compare::CompareView;
use detail::DetailView;
use leptos::prelude::*;
use list::{List, Search};
use loaded::{Loaded, Phase};
use wasm_bindgen_futures::spawn_local;

/// The page "History".
#[component]
pub(super) fn HistoryPage() -> impl IntoView {
    let stores = use_stores();
    let is_on = stores.site.config.with_untracked(|config| config.history);
    let asked = stores
        .shell
        .address_values
        .with_untracked(|values| values.iter().find(|(name, _)| name == "call").map(|(_, id)| id.clone()));
    let loaded = Loaded::new(asked);
    let off = (!is_on).then(|| view! { <Notice severity=Severity::Warning text=history_words().off/> }.into_any());
    let not_kept = move || {
        // The same reason need not be told twice.
        let not_kept = stores.history.not_kept.get().filter(|_| loaded.problem.with(Option::is_none));
        not_kept.map(|(_, error)| view! { <Alert message=(history_words().error)(&error)/> }.into_any())
    };
    let failed =
        move || loaded.problem.get().map(|error| view! { <Alert message=(history_words().error)(&error)/> }.into_any());
    let content = move || match loaded.phase.get() {
        Phase::Reading => view! { <p class="muted">{history_words().reading}</p> }.into_any(),
        Phase::Failed => ().into_any(),
        Phase::Empty if !is_on => ().into_any(),
        Phase::Empty => view! { <p>{history_words().empty}</p> }.into_any(),
        Phase::Ready => view! {
            <Search loaded=loaded/>
            <List loaded=loaded/>
            <CompareView loaded=loaded/>
            <DetailView loaded=loaded/>
            <Whole loaded=loaded/>
        }
        .into_any(),
    };
    view! {
        <div class="page history">
            <PageTitle text=words().pages.history/>
            <p class="lead">{history_words().lead}</p>
            {off}
            {move || not_kept()}
            {move || failed()}
            {move || content()}
        </div>
    }
}

/// What can be done with the history as a whole.
#[component]
fn Whole(loaded: Loaded) -> impl IntoView {
    let unreadable = move || {
        let count = loaded.unreadable.get();
        (count != 0).then(|| view! { <p class="muted">{(history_words().unreadable)(count)}</p> }.into_any())
    };
    // Other formats belong here, beside this one: each is a function of the same records.
    let refused = RwSignal::new(false);
    let export = move |_| {
        let ids = loaded.found_ids();
        spawn_local(async move {
            let records = async { HistoryStore::open().await?.records(&ids).await }.await;
            match records {
                Ok(records) => {
                    refused.try_set(download("history.json", to_json(&records).as_bytes()).is_none());
                }
                Err(error) => loaded.fail(error),
            }
        });
    };
    let stores = use_stores();
    let clear = Callback::new(move |()| {
        spawn_local(async move {
            match async { HistoryStore::open().await?.clear().await }.await {
                Ok(()) => {
                    stores.shell.announce(history_words().all_deleted);
                    // There may be room again.
                    stores.history.not_kept.set(None);
                    loaded.close();
                    tell_others();
                }
                Err(error) => loaded.fail(error),
            }
        });
    });
    view! {
        {move || unreadable()}
        <div class="actions">
            <button type="button" class="button" on:click=export>{history_words().download_all}</button>
            <span class="muted" role="status">{move || refused.get().then_some(reuse_words().download_refused)}</span>
            <AskButton
                id="history-delete-all"
                label=history_words().delete_all
                question=history_words().delete_all_question
                on_sure=clear
            />
        </div>
    }
}
