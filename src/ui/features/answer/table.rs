//! A list of objects in an answer: sorted, filtered, and with the calls that follow from each row.

use super::document::long_body;
use super::list_pages::list_pages;
use super::next_calls::{NextCall, next_calls};
use crate::call::Exchange;
use crate::outcome::{AnswerTable, Cell};
use crate::ui::components::copy_button::CopyButton;
use crate::ui::components::windowed_table::{RowView, WindowedTable};
use crate::ui::state::use_stores;
use crate::ui::words::{viewer_words, words};
use leptos::prelude::*;
use std::sync::Arc;

/// The list as a table; the first column can be copied.
#[component]
pub(super) fn AnswerTableView(
    table: AnswerTable,
    /// The call that the list answers.
    exchange: Arc<Exchange>,
    /// Becomes true when the worker of a long body has it no more.
    lost: RwSignal<bool>,
) -> impl IntoView {
    let stores = use_stores();
    let table = Arc::new(table);
    let all = table.rows();
    let title = (words().table_title)(&table.name, table.all());
    // The rest of a long list is in the body below, while that is there as a whole.
    let has_all = {
        let exchange = exchange.clone();
        move || !lost.get() && long_body(&exchange).is_some()
    };
    let note = (table.all() > all).then(|| {
        let rows = (viewer_words().first_rows)(all, table.all());
        let below = move || has_all().then(|| format!(" {}", viewer_words().rows_below));
        view! { <p class="muted">{rows}{move || below()}</p> }.into_any()
    });
    let pages = list_pages(&exchange, &table);
    let label = table.name.clone();
    let columns = table.columns.iter().map(|column| (column.name.clone(), column.description.clone())).collect();
    let (filter, sorting) = (RwSignal::new(String::new()), RwSignal::new(None));
    let rows = {
        let table = table.clone();
        Memo::new(move |_| Arc::new(filter.with(|filter| table.order(filter, sorting.get()))))
    };
    let address = {
        let (exchange, table) = (exchange.clone(), table.clone());
        move |call: &NextCall, row| call.address(&exchange, |link, sent| table.link_values(link, row, sent))
    };
    let mut links = next_calls(stores, &exchange);
    // Others follow from the answer as a whole.
    links.retain(|link| (0..all).any(|row| address(link, row).is_some()));
    let links = Arc::new(links);
    let last = if links.is_empty() { "" } else { words().pages.next_step };
    let row: RowView = Arc::new(move |index| {
        let cells = table.columns.iter().enumerate().map(|(place, column)| {
            let cell = table.cell(index, column);
            let copied = cell.as_ref().filter(|_| place == 0).map(|cell| (cell.value.clone(), column.name.clone()));
            view! {
                <td>
                    {cell.map(cell_view)}
                    {copied.map(|(value, name)| view! { <CopyButton text=value what=name/> })}
                </td>
            }
        });
        let (cells, name) = (cells.collect_view(), table.columns.first().and_then(|column| table.cell(index, column)));
        let name = name.map(|cell| cell.value).unwrap_or_default();
        let last = (!links.is_empty()).then(|| {
            let links = links.iter().filter_map(|link| {
                let href = address(link, index)?;
                let (label, name) = (link.label.clone(), format!("{} {name}", link.label));
                Some(view! { <a class="button quiet" href=href aria-label=name>{label}</a> }.into_any())
            });
            view! { <td class="row-links">{links.collect_view()}</td> }.into_any()
        });
        view! { {cells}{last} }.into_any()
    });
    let count = move || {
        let shown = rows.with(|rows| rows.len());
        if shown == all { String::new() } else { (words().pages.rows_shown)(shown, all) }
    };
    view! {
        <div class="panel-head">
            <h3>{title}</h3>
            <span class="muted" role="status">{move || count()}</span>
            <input
                class="filter"
                type="search"
                aria-label=format!("{} {label}", words().pages.filter)
                placeholder=words().pages.filter
                autocomplete="off"
                spellcheck="false"
                on:input=move |event| filter.set(event_target_value(&event))
            />
        </div>
        {note}
        {pages}
        <WindowedTable label=label columns=columns last=last.to_owned() rows=rows sorting=sorting row=row/>
    }
}

fn cell_view(cell: Cell) -> impl IntoView {
    let meaning = cell.meaning.map(|meaning| view! { <span class="muted">{format!(" – {meaning}")}</span> });
    view! { <code>{cell.value}</code>{meaning} }
}
