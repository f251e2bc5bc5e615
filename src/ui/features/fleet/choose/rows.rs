//! The rows of the fleet so far: found, removed, sent first.

use super::add::{can_add, closed_words, takes_rows};
use crate::fleet::{EventKind, FindRows, Fleet, RowId, SortRows};
use crate::ui::components::ask_button::AskButton;
use crate::ui::components::windowed_table::{RowView, WindowedTable};
use crate::ui::features::fleet::acts::{profiles, row_id, signer_words};
use crate::ui::features::fleet::ids::PLAN_ID;
use crate::ui::platform::dom;
use crate::ui::state::site::OperationKey;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::{fleet_plan_words, words};
use leptos::prelude::*;
use std::sync::Arc;

const TITLE_ID: &str = "fleet-rows";

/// The columns that decide the order, in their order; `None`: this one does not.
const COLUMNS: [Option<SortRows>; 5] =
    [Some(SortRows::Subject), Some(SortRows::Act), Some(SortRows::Provider), Some(SortRows::Region), None];

/// The rows, and the button that plans.
#[component]
pub(super) fn RowsSoFar() -> impl IntoView {
    let stores = use_stores();
    let any = Memo::new(move |_| {
        stores.fleet().version();
        stores.fleet().with(|fleet| !fleet.rows.is_empty()).unwrap_or_default()
    });
    view! {
        <section class="panel" aria-labelledby=TITLE_ID>
            <Show
                when=move || any.get()
                fallback=|| view! {
                    <h2 id=TITLE_ID tabindex="-1">{fleet_plan_words().rows_title}</h2>
                    <p class="muted">{fleet_plan_words().no_rows}</p>
                }
            >
                // Another fleet has other rows of the same numbers.
                {move || {
                    stores.fleet().id();
                    view! { <Rows/> }.into_any()
                }}
            </Show>
        </section>
    }
}

#[component]
fn Rows() -> impl IntoView {
    let stores = use_stores();
    let text = fleet_plan_words();
    let filter = RwSignal::new(String::new());
    let sorting = RwSignal::new(None);
    let rows = Memo::new(move |_| {
        stores.fleet().version();
        let sort = sorting.get().and_then(|(column, descending): (usize, bool)| {
            Some((COLUMNS.get(column).copied().flatten()?, descending))
        });
        let wanted = FindRows { text: filter.get(), groups: Vec::new(), sort };
        Arc::new(stores.fleet().row_ids(&wanted).into_iter().map(|id| id.0 as usize).collect::<Vec<_>>())
    });
    let all = Memo::new(move |_| {
        stores.fleet().version();
        stores.fleet().with(|fleet| fleet.rows.len()).unwrap_or_default()
    });
    let first = Memo::new(move |_| {
        stores.fleet().version();
        stores.fleet().with(|fleet| fleet.head.first.clone()).unwrap_or_default()
    });
    let can_change = Memo::new(move |_| takes_rows(stores));
    let columns = [text.instance, text.act, words().provider, words().region, words().profile];
    let columns = columns.map(|title| (title.to_owned(), String::new())).to_vec();
    let row: RowView = Arc::new(move |row| cells(stores, row, first, can_change));
    let shown = move || rows.with(|rows| rows.len());
    let title = move || (text.rows_count)(all.get());
    let count =
        move || if shown() == all.get() { String::new() } else { (words().pages.rows_shown)(shown(), all.get()) };
    let first_count = move || (text.first_count)(first.with(Vec::len));
    let is_filtered = Memo::new(move |_| shown() != all.get() && shown() != 0);
    let remove_shown = move |()| {
        let ids: Vec<RowId> = rows.with_untracked(|rows| rows.iter().copied().filter_map(row_id).collect());
        stores.fleet().remove_rows(&ids);
        filter.set(String::new());
        dom::next_frame(|| dom::focus(TITLE_ID));
    };
    let remove_all = move |()| {
        let ids = stores.fleet().row_ids(&FindRows::default());
        stores.fleet().remove_rows(&ids);
        dom::next_frame(|| dom::focus(TITLE_ID));
    };
    let no_first = move |_| {
        stores.fleet().set_first(Vec::new());
        dom::next_frame(|| dom::focus_if_lost(TITLE_ID));
    };
    let can_plan = Memo::new(move |_| can_add(stores));
    let note = move || if can_plan.get() { text.plan_sends_nothing } else { closed_words(stores) };
    let any_first = Memo::new(move |_| first.with(|first| !first.is_empty()));
    view! {
        <div class="panel-head">
            <h2 id=TITLE_ID tabindex="-1">{move || title()}</h2>
            <span class="muted" role="status">{move || count()}</span>
            <input
                class="filter"
                type="search"
                aria-label=text.filter_rows
                placeholder=words().pages.filter
                autocomplete="off"
                spellcheck="false"
                prop:value=move || filter.get()
                on:input=move |event| filter.set(event_target_value(&event))
            />
        </div>
        <WindowedTable
            label=text.rows_title
            columns=columns
            last=text.row_acts.to_owned()
            rows=rows
            sorting=sorting
            row=row
        />
        <p class="field-help">{text.first_help}" "<span role="status">{move || first_count()}</span></p>
        <div class="actions">
            <button
                type="button"
                class="button primary"
                data-action="fleet-plan"
                aria-disabled=move || (!can_plan.get()).to_string()
                on:click=move |_| plan(stores)
            >
                {move || (text.plan_rows)(all.get())}
            </button>
            <span class="muted">{move || note()}</span>
            <Show when=move || can_change.get()>
                <Show when=move || is_filtered.get()>
                    <AskButton
                        id="fleet-remove-shown"
                        label=text.remove_shown
                        question=text.remove_shown_question
                        on_sure=remove_shown
                    />
                </Show>
                <Show when=move || any_first.get()>
                    <button type="button" class="button quiet" on:click=no_first>{text.no_first}</button>
                </Show>
                <AskButton id="fleet-clear" label=text.remove_all question=text.remove_all_question on_sure=remove_all/>
            </Show>
        </div>
    }
}

/// Reads the preconditions of all rows, or reads them again. Nothing is sent.
pub(in crate::ui::features::fleet) fn plan(stores: Stores) {
    if stores.fleet_choice().is_adding_untracked() {
        return;
    }
    ensure_signers(stores);
    stores.fleet().name_signers(&untrack(|| profiles(stores)));
    stores.fleet().tell(EventKind::Plan);
    focus_soon(PLAN_ID);
}

/// Makes sure that each provider of the rows has a profile: then a credential is asked for of each of them.
fn ensure_signers(stores: Stores) {
    let unsigned = stores.fleet().with(Fleet::operations_without_profile).unwrap_or_default();
    for (api, operation) in unsigned {
        let operation = untrack(|| stores.site.operation(&OperationKey { api, operation }));
        operation.into_iter().for_each(|operation| stores.profiles.ensure_profile(&operation));
    }
}

/// Ends the reading of preconditions.
pub(in crate::ui::features::fleet) fn break_off(stores: Stores) {
    stores.fleet().tell(EventKind::Stop);
    focus_soon(TITLE_ID);
}

/// Goes back from the plan to choosing.
pub(in crate::ui::features::fleet) fn choose_again(stores: Stores) {
    stores.fleet().choose_again();
    focus_soon(TITLE_ID);
}

/// Another step opens, and the button that was pressed is gone.
fn focus_soon(id: &'static str) {
    dom::next_frame(move || dom::next_frame(move || dom::focus_if_lost(id)));
}

fn cells(stores: Stores, row: usize, first: Memo<Vec<RowId>>, can_change: Memo<bool>) -> AnyView {
    let text = fleet_plan_words();
    let Some((id, row)) = row_id(row).and_then(|id| Some((id, stores.fleet().row(id)?))) else { return ().into_any() };
    let spec = row.spec;
    let signer = untrack(|| signer_words(stores, &spec));
    let is_first = move || first.with(|first| first.contains(&id));
    let turn = move |_| {
        let mut order = first.get_untracked();
        if untrack(is_first) {
            order.retain(|other| *other != id)
        } else {
            order.push(id)
        };
        stores.fleet().set_first(order);
    };
    let name = spec.subject.clone();
    let remove_name = format!("{} {name}", words().remove_item);
    let first_name = format!("{} {name}", text.go_first);
    let remove = move |_| {
        stores.fleet().remove_rows(&[id]);
        dom::next_frame(|| dom::focus_if_lost(TITLE_ID));
    };
    let buttons = move || {
        let (first_name, remove_name) = (first_name.clone(), remove_name.clone());
        can_change.get().then(|| {
            view! {
                <button
                    type="button"
                    class="button quiet"
                    aria-pressed=move || is_first().to_string()
                    aria-label=first_name
                    on:click=turn
                >
                    {text.go_first}
                </button>
                <button type="button" class="button quiet" aria-label=remove_name on:click=remove>
                    {words().remove_item}
                </button>
            }
            .into_any()
        })
    };
    view! {
        <td><code>{spec.subject}</code></td>
        <td>{spec.act}</td>
        <td>{spec.provider}</td>
        <td>{spec.region}</td>
        <td>{signer}</td>
        <td class="row-links">{move || buttons()}</td>
    }
    .into_any()
}
