//! One call of the history, and what can be done with it.

use super::list::focus_row;
use super::loaded::{CALL_ID, Loaded};
use super::record::{AnswerView, RequestView};
use crate::credentials::Keyring;
use crate::form::mask_text;
use crate::history::{Details, MOST_OF_A_NOTE, Record, Summary, to_json};
use crate::storage_error::StorageError;
use crate::ui::components::ask_button::AskButton;
use crate::ui::components::copy_button::CopyButton;
use crate::ui::features::change_words::headline;
use crate::ui::features::history::{NoRepeat, no_repeat, repeat, would_replace};
use crate::ui::features::reuse::RecordActions;
use crate::ui::platform::download::download;
use crate::ui::platform::history_store::{HistoryStore, tell_others};
use crate::ui::platform::{dates, dom};
use crate::ui::state::use_stores;
use crate::ui::words::{answer_words, history_words, reuse_words, words};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

const NOTE_ID: &str = "history-note";

/// The call that is open; nothing, while none is.
#[component]
pub(super) fn DetailView(loaded: Loaded) -> impl IntoView {
    let details = RwSignal::new(None::<(String, Option<Arc<Details>>)>);
    Effect::new(move |_| {
        let Some(id) = loaded.open.get() else { return details.set(None) };
        spawn_local(async move {
            match async { HistoryStore::open().await?.details(&id).await }.await {
                // Another may have been opened meanwhile.
                Ok(_) if loaded.open.try_get_untracked().flatten().as_ref() != Some(&id) => {}
                Ok(text) => {
                    let read = text.and_then(|text| Details::from_json(&text).ok()).map(Arc::new);
                    details.try_set(Some((id, read)));
                    dom::next_frame(|| dom::focus(CALL_ID));
                }
                Err(error) => loaded.fail(error),
            }
        });
    });
    move || {
        details.get().map(|(id, details)| {
            let summary = untrack(|| loaded.of_id(&id));
            summary.map(|summary| view! { <Call loaded=loaded summary=summary details=details/> }.into_any())
        })
    }
}

#[component]
fn Call(
    loaded: Loaded,
    /// As it was when it was opened.
    summary: Summary,
    /// `None`: they cannot be read.
    details: Option<Arc<Details>>,
) -> impl IntoView {
    let title = format!("{}: {} {}", history_words().call, summary.what(), summary.subject);
    let id = summary.id.clone();
    let close = move |_| {
        loaded.open.set(None);
        focus_row(&id);
    };
    let causes = details.as_ref().map(|details| details.causes.clone()).unwrap_or_default();
    let causes = causes.into_iter().map(|cause| view! { <li>{cause}</li> }.into_any()).collect::<Vec<_>>();
    let causes = (!causes.is_empty()).then(|| view! { <ul class="causes breakable">{causes}</ul> }.into_any());
    let unknown = details.as_ref().is_some_and(|details| details.is_unknown());
    let rest = match &details {
        None => view! { <p class="muted">{history_words().damaged}</p> }.into_any(),
        Some(details) => {
            view! { <RequestView details=details.clone()/> <AnswerView details=details.clone()/> }.into_any()
        }
    };
    view! {
        <section class="panel history-call" aria-labelledby=CALL_ID>
            <div class="panel-head">
                <h2 id=CALL_ID class="breakable" tabindex="-1">{title}</h2>
                <button type="button" class="button quiet" on:click=close>{history_words().close}</button>
            </div>
            <Facts loaded=loaded summary=summary.clone() unknown=unknown/>
            {causes}
            <Acts loaded=loaded summary=summary.clone() details=details/>
            <Note loaded=loaded summary=summary/>
            {rest}
        </section>
    }
}

/// When, which way, what came of it, and the ids.
#[component]
fn Facts(
    loaded: Loaded,
    summary: Summary,
    /// Nobody knows what became of it.
    unknown: bool,
) -> impl IntoView {
    let stores = use_stores();
    let text = history_words();
    let status = summary.status.map(|status| format!("{status} {}", (answer_words().status)(status)));
    let way = if summary.simulated { words().simulated.to_owned() } else { summary.connection.clone() };
    let facts = [
        (text.time, dates::local(summary.started / 1_000)),
        (text.took, if unknown { String::new() } else { format!("{} ms", summary.took) }),
        (words().pages.operation, format!("{} · {}", summary.operation_title, summary.api_title)),
        (words().region, summary.region.clone()),
        (words().via, way),
        (text.status, status.unwrap_or_default()),
    ];
    let facts = facts
        .into_iter()
        .filter(|(_, fact)| !fact.is_empty())
        .map(|(name, fact)| view! { <dt>{name}</dt><dd class="breakable">{fact}</dd> }.into_any());
    let ids = summary.ids.clone().into_iter().map(|(name, id)| {
        view! {
            <dt>{name.clone()}</dt>
            <dd><code class="breakable">{id.clone()}</code>" "<CopyButton text=id what=name/></dd>
        }
        .into_any()
    });
    let (tone, title) = (summary.standing.name(), summary.title.clone());
    // A change that is still followed on this page is known better here.
    let became = move || {
        let live = stores.follows.get(&summary.id).as_ref().map(headline);
        let became = live.or_else(|| Some(loaded.of_id(&summary.id)?.follow?.sentence));
        became.map(|became| view! { <dt>{history_words().became}</dt><dd>{became}</dd> }.into_any())
    };
    view! {
        <dl class="facts">
            {facts.collect_view()}
            <dt>{text.result}</dt>
            <dd class="breakable" data-tone=tone>{title}</dd>
            {move || became()}
            {ids.collect_view()}
        </dl>
    }
}

/// The buttons.
#[component]
fn Acts(loaded: Loaded, summary: Summary, details: Option<Arc<Details>>) -> impl IntoView {
    let stores = use_stores();
    let text = history_words();
    let summary = StoredValue::new(summary);
    let id = StoredValue::new(summary.with_value(|summary| summary.id.clone()));
    let form = details.as_ref().map(|details| details.form.clone()).filter(|form| !form.is_null());
    let no_form = form.is_none();
    let exports = details.map(|details| {
        let record = summary.with_value(|summary| Record { summary: summary.clone(), details: (*details).clone() });
        view! { <RecordActions record=Arc::new(record)/> }.into_any()
    });
    let reason = Memo::new(move |_| summary.with_value(|summary| no_repeat(stores, summary, !no_form)));
    let repeat_help = move || match reason.get() {
        Some(NoRepeat::NotOffered) => history_words().not_offered,
        Some(NoRepeat::NoForm) => history_words().no_form,
        Some(NoRepeat::Busy) => history_words().form_is_busy,
        None => history_words().repeat_help,
    };
    let form = StoredValue::new(form);
    let form_now = move || form.get_value().filter(|_| reason.get_untracked().is_none());
    let asks_if =
        move |()| form_now().is_some_and(|form| summary.with_value(|summary| would_replace(stores, summary, &form)));
    let repeat = move |()| {
        if let Some(form) = form_now() {
            summary.with_value(|summary| repeat(stores, summary, &form));
        }
    };
    let pinned = Memo::new(move |_| loaded.of_id(&id.get_value()).is_some_and(|summary| summary.pinned));
    let pin = move |_| {
        let pinned = !pinned.get_untracked();
        let done = move |is_there: bool| {
            if !is_there {
                stores.shell.announce(history_words().gone);
            }
        };
        change(loaded, id.get_value(), move |summary| summary.pinned = pinned, done);
    };
    let compare = move |_| {
        loaded.pair.set(Some((id.get_value(), None)));
        stores.shell.announce(history_words().choose_other);
        focus_row(&id.get_value());
    };
    let refused = RwSignal::new(false);
    let save = move |_| {
        let id = id.get_value();
        spawn_local(async move {
            match async { HistoryStore::open().await?.records(&[id]).await }.await {
                Ok(records) => {
                    refused.try_set(download("call.json", to_json(&records).as_bytes()).is_none());
                }
                Err(error) => loaded.fail(error),
            }
        });
    };
    let delete = Callback::new(move |()| {
        spawn_local(async move {
            let id = id.get_value();
            match async { HistoryStore::open().await?.remove(&id).await }.await {
                Ok(()) => {
                    stores.shell.announce(history_words().deleted);
                    loaded.close();
                    dom::focus(super::list::SEARCH_ID);
                    tell_others();
                }
                Err(error) => loaded.fail(error),
            }
        });
    });
    view! {
        <div class="actions">
            <AskButton
                class="button primary"
                action="repeat"
                label=text.repeat
                question=words().replace_question
                asks_if=asks_if
                disabled=Signal::derive(move || reason.get().is_some())
                described_by="history-repeat-help"
                on_sure=repeat
            />
            <button type="button" class="button" aria-pressed=move || pinned.get().to_string() on:click=pin>
                {move || if pinned.get() { history_words().unpin } else { history_words().pin }}
            </button>
            <button type="button" class="button" on:click=compare>{text.compare}</button>
            <button type="button" class="button" on:click=save>{text.download}</button>
            {exports}
            <AskButton id="history-delete" label=text.delete question=text.delete_question on_sure=delete/>
        </div>
        <p id="history-repeat-help" class="field-help">{move || repeat_help()}</p>
        <p class="muted" role="status">{move || refused.get().then_some(reuse_words().download_refused)}</p>
    }
}

/// What the user wrote of the call.
#[component]
fn Note(loaded: Loaded, summary: Summary) -> impl IntoView {
    let stores = use_stores();
    let text = RwSignal::new(summary.note.clone());
    let said = RwSignal::new(None::<&'static str>);
    let stored = StoredValue::new(summary.note);
    let id = StoredValue::new(summary.id);
    let save = move |is_left: bool| {
        let mut note = text.get_untracked();
        // It is kept as it is, without the secrets of this page.
        mask_text(&mut note, &stores.profiles.keyring.with_untracked(Keyring::secret_texts));
        text.set(note.clone());
        stored.set_value(note.clone());
        change(
            loaded,
            id.get_value(),
            move |summary| summary.set_note(&note),
            move |is_there| {
                let sentence = if is_there { history_words().note_saved } else { history_words().gone };
                // Whoever deletes a call leaves its note.
                if is_there || !is_left {
                    said.try_set(Some(sentence));
                    stores.shell.announce(sentence);
                }
            },
        );
    };
    // Another call is opened, or this one closed: what was typed is not lost.
    on_cleanup(move || {
        if text.with_untracked(|text| stored.with_value(|stored| text != stored)) {
            save(true);
        }
    });
    view! {
        <div class="field">
            <label for=NOTE_ID>{history_words().note}</label>
            <textarea
                id=NOTE_ID
                rows="2"
                maxlength=MOST_OF_A_NOTE.to_string()
                prop:value=move || text.get()
                on:input=move |event| {
                    said.set(None);
                    text.set(event_target_value(&event));
                }
            ></textarea>
            <div class="actions">
                <button type="button" class="button" on:click=move |_| save(false)>{history_words().save_note}</button>
                <span class="muted">{move || said.get()}</span>
            </div>
        </div>
    }
}

/// Changes what is stored of a call, and shows it. `done` learns whether it was there.
fn change(loaded: Loaded, id: String, change: impl FnOnce(&mut Summary) + 'static, done: impl FnOnce(bool) + 'static) {
    spawn_local(async move {
        let changed: Result<bool, StorageError> = async { HistoryStore::open().await?.change(&id, change).await }.await;
        match changed {
            Ok(is_there) => {
                done(is_there);
                tell_others();
            }
            Err(error) => loaded.fail(error),
        }
    });
}
