//! What people do with a form or an answer elsewhere: a link for a colleague, Markdown for a ticket, HAR for a tool.

use super::diagnosis::explain;
use crate::call::{CallFailure, Exchange};
use crate::clock::basic;
use crate::credentials::Keyring;
use crate::export::{ExportedMeaning, HarRemarks, har, markdown};
use crate::form::Draft;
use crate::history::Record;
use crate::ui::components::copy_button::CopyButton;
use crate::ui::components::later::{Disclosure, ViewOnUse};
use crate::ui::on_use::on_use;
use crate::ui::platform::{dates, download::download, url};
use crate::ui::route::{Route, filled};
use crate::ui::state::operation_form::{CallState, OperationForm};
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::{reuse_words, words};
use leptos::prelude::*;
use std::sync::Arc;

/// The address that fills this form.
#[component]
pub(crate) fn FormLink(form: OperationForm) -> impl IntoView {
    let load = move || -> ViewOnUse { Box::pin(form_link(form)) };
    view! { <Disclosure summary=words().pages.link load=Box::new(load)/> }
}

on_use! { pages => fn form_link(form: OperationForm) -> AnyView { view! { <Address form=form/> }.into_any() } }

/// The address as it is now, and what is not in it.
#[component]
fn Address(form: OperationForm) -> impl IntoView {
    let stores = use_stores();
    let link = Memo::new(move |_| form.draft.with(|draft| without_secrets(stores, draft).to_link(&form.operation())));
    let address = move || link.with(|link| address(form, &link.pairs));
    let copied = Signal::derive(address);
    let withheld = move || {
        link.with(|link| {
            let text = (!link.withheld.is_empty()).then(|| (reuse_words().withheld)(&link.withheld));
            text.map(|text| view! { <p class="muted">{text}</p> }.into_any())
        })
    };
    view! {
        <p>{reuse_words().link_lead}</p>
        <p><code class="breakable" data-part="link">{move || address()}</code></p>
        {move || withheld()}
        <div><CopyButton text=copied what=reuse_words().link label=reuse_words().copy_link/></div>
    }
}

/// A secret may have been typed into a field that is none.
fn without_secrets(stores: Stores, draft: &Draft) -> Draft {
    let mut draft = draft.clone();
    draft.mask(&untrack(|| stores.profiles.keyring.with(Keyring::secret_texts)));
    draft
}

fn address(form: OperationForm, pairs: &[(String, String)]) -> String {
    let operation = form.operation();
    let route = Route::Operation { api: operation.api.clone(), id: operation.id.clone() };
    url::absolute(&filled(&route, pairs))
}

/// What can be done elsewhere with a call that is over.
#[component]
pub(crate) fn ExchangeActions(
    /// The form that it was sent from.
    form: OperationForm,
    exchange: Arc<Exchange>,
) -> impl IntoView {
    let stores = use_stores();
    // What was never sent has nothing to show elsewhere.
    if matches!(exchange.result, Err(CallFailure::Stopped { .. })) {
        return None;
    }
    // What stood in the form when it was sent; the user may have changed it since.
    let sent: Option<Arc<Draft>> = form.call.with_untracked(|call| match call {
        CallState::Done { id, shown, .. } if *id == exchange.id => Some(shown.clone()),
        _ => None,
    });
    let link = sent.map(|sent| {
        let text =
            Signal::derive(move || address(form, &without_secrets(stores, &sent).to_link(&form.operation()).pairs));
        view! { <CopyButton text=text what=reuse_words().link label=reuse_words().copy_link/> }.into_any()
    });
    let copied = exchange.clone();
    let text = Signal::derive(move || {
        let message = untrack(|| explain(stores, &copied));
        let meaning = ExportedMeaning { title: message.title, causes: message.causes, remedies: message.remedies };
        markdown(&*copied, &meaning, &reuse_words().labels)
    });
    let file = Callback::new(move |()| file(stores, std::slice::from_ref(&exchange)));
    Some(view! {
        <div class="actions">
            {link}
            <CopyButton text=text what=reuse_words().markdown label=reuse_words().copy_markdown/>
            <DownloadHar file=file label=reuse_words().download_har/>
        </div>
    })
}

/// Offers all calls of this page that are over as one file.
#[component]
pub(crate) fn SessionHar() -> impl IntoView {
    let stores = use_stores();
    let file = Callback::new(move |()| {
        let sent = |exchange: &Arc<Exchange>| !matches!(exchange.result, Err(CallFailure::Stopped { .. }));
        let held: Vec<_> = untrack(|| stores.calls.held()).into_iter().filter(sent).collect();
        file(stores, &held)
    });
    let any = Memo::new(move |_| stores.calls.any());
    view! {
        <Show when=move || any.get()>
            <div class="actions"><DownloadHar file=file label=reuse_words().download_session/></div>
        </Show>
    }
}

/// The same with a call that the history keeps.
#[component]
pub(crate) fn RecordActions(record: Arc<Record>) -> impl IntoView {
    let copied = record.clone();
    let text = Signal::derive(move || {
        let (title, causes) = (copied.summary.title.clone(), copied.details.causes.clone());
        markdown(&*copied, &ExportedMeaning { title, causes, remedies: Vec::new() }, &reuse_words().labels)
    });
    let file = Callback::new(move |()| har([((&*record).into(), record.summary.title.clone())], &remarks()));
    view! {
        <CopyButton text=text what=reuse_words().markdown label=reuse_words().copy_markdown/>
        <DownloadHar file=file label=reuse_words().download_har/>
    }
}

/// Offers a HAR file.
#[component]
fn DownloadHar(
    /// What the file holds, asked for when it is made.
    file: Callback<(), String>,
    /// What the button says.
    label: &'static str,
) -> impl IntoView {
    let refused = RwSignal::new(false);
    let save = move |_| {
        let name = format!("tls-console-{}.har", basic(dates::now()));
        refused.set(download(&name, file.run(()).as_bytes()).is_none());
    };
    let status = move || if refused.get() { reuse_words().download_refused } else { "" };
    view! {
        <button type="button" class="button quiet" on:click=save>{label}</button>
        <span class="muted" role="status">{move || status()}</span>
    }
}

fn file(stores: Stores, exchanges: &[Arc<Exchange>]) -> String {
    let titled = exchanges.iter().map(|exchange| ((&**exchange).into(), untrack(|| explain(stores, exchange)).title));
    har(titled, &remarks())
}

fn remarks() -> HarRemarks<'static> {
    let words = reuse_words();
    HarRemarks {
        masked: words.masked,
        withheld: words.body_withheld,
        forgotten: words.labels.forgotten,
        cut: words.body_cut,
        binary: words.labels.binary,
    }
}
