//! The pages of a list before and behind the one that an answer has.

use crate::call::{CallId, Exchange};
use crate::catalog::{ListPage, Location, Lookup, Paging};
use crate::outcome::{AnswerTable, Expression};
use crate::ui::platform::dom;
use crate::ui::state::operation_form::{CallState, SEND_ID};
use crate::ui::state::site::OperationKey;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::viewer_words;
use leptos::prelude::*;
use serde_json::Value;
use std::cell::Cell;

const PREVIOUS_ID: &str = "previous-page";
const NEXT_ID: &str = "next-page";

thread_local! {
    /// The call for another page that is under way, and the button that made it.
    static ASKED: Cell<Option<(CallId, &'static str)>> = const { Cell::new(None) };
}

/// Which items an answer has, and the calls for those beside them. `None`: nobody says how the list is paged, or it is whole.
pub(super) fn list_pages(exchange: &Exchange, table: &AnswerTable) -> Option<AnyView> {
    let stores = use_stores();
    let paging = paging_of(stores, exchange, &table.name)?;
    let sent = |name: &str| sent_value(exchange, name)?.parse().ok();
    let ListPage { from, to, total, previous, next } = table.page(&paging, &sent);
    if previous.is_none() && next.is_none() {
        return None;
    }
    if let Some((_, pressed)) = ASKED.get().filter(|(id, _)| *id == exchange.id) {
        ASKED.set(None);
        let instead = if next.is_some() { NEXT_ID } else { PREVIOUS_ID };
        dom::next_frame(move || {
            // Whoever has gone on meanwhile stays there.
            if dom::has_focus(SEND_ID) {
                dom::focus(instead);
                dom::focus(pressed);
            }
        });
    }
    let operation = OperationKey::of(&exchange.operation);
    let button = |page: Option<(String, Value)>, id: &'static str, label: &'static str| {
        let operation = operation.clone();
        page.map(|page| {
            let press = move |_| list(stores, &operation, &page, id);
            view! { <button id=id type="button" class="button" on:click=press>{label}</button> }.into_any()
        })
    };
    let words = viewer_words();
    let pages = view! {
        <div class="actions">
            <span class="muted">{(words.page)(from, to, total)}</span>
            {button(previous, PREVIOUS_ID, words.previous_page)}
            {button(next, NEXT_ID, words.next_page)}
            <span class="muted">{(words.only_these)(table.rows())}</span>
        </div>
    };
    Some(pages.into_any())
}

/// Asks for another page: with the form, if it is still on the screen. The rest of the form stays as it is.
fn list(stores: Stores, operation: &OperationKey, (field, value): &(String, Value), pressed: &'static str) {
    let current = stores.forms.current.get_untracked();
    if let Some(form) = current.filter(|form| form.key() == *operation && !form.is_running_untracked()) {
        form.fill(field, value);
        // The focus waits there: the button that was pressed goes with its answer, and comes again with the next one.
        dom::press(SEND_ID);
        if let CallState::Running { id, .. } = form.call.get_untracked() {
            ASKED.set(Some((id, pressed)));
        }
    }
}

/// What is known of the paging of a list: the calls that its rows lead to say how they ask for it.
fn paging_of(stores: Stores, exchange: &Exchange, list: &str) -> Option<Paging> {
    let own = OperationKey::of(&exchange.operation);
    let api = untrack(|| stores.site.api(&own.api))?;
    let entry = api.operations.iter().find(|entry| entry.id == own.operation)?;
    let next = api.operations.iter().filter(|other| entry.leads_to.contains(&other.operation_id));
    let lookups = next.filter_map(|entry| api.operation(&entry.id)?.ok()).flat_map(|operation| {
        let fields = operation.fields().into_iter();
        fields.filter_map(|field| Lookup::read(field.schema.lookup.as_ref()?).ok()).collect::<Vec<_>>()
    });
    let mut own = lookups.filter(|lookup| {
        let (api, id) = &lookup.operation;
        lookup.items == list && *api == own.api && *id == own.operation
    });
    own.find_map(|lookup| lookup.paging)
}

/// What was sent in a field at the top of the form.
fn sent_value(exchange: &Exchange, name: &str) -> Option<String> {
    let operation = &exchange.operation;
    let field = operation.fields().into_iter().find(|field| field.name == name)?;
    let pointer = format!("/{name}");
    let expression = match field.location {
        Location::Body => Expression::RequestBody(&pointer),
        Location::Path => Expression::Request("path", name),
        Location::Query => Expression::Request("query", name),
        Location::Header => Expression::Request("header", name),
    };
    exchange.request.sent_value(&operation.path, expression)
}
