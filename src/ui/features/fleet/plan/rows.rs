//! The rows of one group of a plan: filtered, sorted, each with its reason and what can be done with it.

use super::conditions::{Conditions, TITLE_ID, reason};
use super::group::{FILTER_ID, Group, Grouped, focus_filter};
use super::include::Include;
use crate::fleet::{EventKind, Fleet, FleetStage, Row, RowId};
use crate::ui::components::windowed_table::{RowView, WindowedTable};
use crate::ui::features::fleet::acts::{Acts, row_id, signer_words};
use crate::ui::platform::dom;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::{fleet_plan_words, words};
use leptos::prelude::*;
use std::sync::Arc;

/// The columns: instance, act, region, reason, profile. What decides is in sight on a small screen.
const COLUMNS: usize = 5;

/// What a row of the table works with.
#[derive(Clone, Copy)]
struct Table {
    stores: Stores,
    group: Group,
    acts: Acts,
    /// The row whose conditions are shown.
    chosen: RwSignal<Option<RowId>>,
    /// The rows that the user is asked about.
    asked: RwSignal<Vec<RowId>>,
}

/// The table of a group.
#[component]
pub(super) fn GroupRows(group: Group, grouped: Memo<Arc<Grouped>>, acts: Acts) -> impl IntoView {
    let stores = use_stores();
    let text = fleet_plan_words();
    let filter = RwSignal::new(String::new());
    let sorting = RwSignal::new(None);
    let (chosen, asked) = (RwSignal::new(None::<RowId>), RwSignal::new(Vec::<RowId>::new()));
    let table = Table { stores, group, acts, chosen, asked };
    let rows = Memo::new(move |_| {
        let all = grouped.with(|grouped| grouped.rows(group).to_vec());
        let (query, order) = (filter.get(), sorting.get());
        Arc::new(stores.fleet().with(|fleet| table.find(fleet, &all, &query, order)).unwrap_or_default())
    });
    let all = move || grouped.with(|grouped| grouped.rows(group).len());
    let shown = move || rows.with(|rows| rows.len());
    let count = move || if shown() == all() { String::new() } else { (words().pages.rows_shown)(shown(), all()) };
    let columns = [text.instance, text.act, words().region, text.why, words().profile];
    let columns = columns.map(|title| (title.to_owned(), String::new())).to_vec();
    let row: RowView = Arc::new(move |row| table.cells(row));
    let can_include = Memo::new(move |_| group != Group::WillChange && table.can_change());
    let include_all = move |_| {
        asked.set(rows.with_untracked(|rows| rows.iter().copied().filter_map(row_id).collect()));
    };
    view! {
        <div class="panel-head">
            <span class="muted" role="status">{move || count()}</span>
            <input
                id=FILTER_ID
                class="filter"
                type="search"
                aria-label=format!("{}: {}", words().pages.filter, group.title())
                placeholder=words().pages.filter
                autocomplete="off"
                spellcheck="false"
                prop:value=move || filter.get()
                on:input=move |event| filter.set(event_target_value(&event))
            />
        </div>
        <WindowedTable
            label=(text.rows_of)(group.title())
            columns=columns
            last=words().pages.next_step.to_owned()
            rows=rows
            sorting=sorting
            row=row
        />
        <Show when=move || can_include.get()>
            <div class="actions">
                <button type="button" class="button" data-action="fleet-include-all" on:click=include_all>
                    {move || (text.include_shown)(shown())}
                </button>
            </div>
        </Show>
        <Conditions chosen=chosen acts=acts/>
        <Include asked=asked acts=acts/>
    }
}

impl Table {
    fn can_change(self) -> bool {
        let fleet = self.stores.fleet();
        fleet.stage() == Some(FleetStage::Planned) && !fleet.is_watched()
    }

    fn text(self, row: &Row, column: usize) -> String {
        match column {
            0 => row.spec.subject.clone(),
            1 => row.spec.act.clone(),
            2 => row.spec.region.clone(),
            3 => reason(self.acts, row),
            _ => untrack(|| signer_words(self.stores, &row.spec)),
        }
    }

    /// The rows that fit a filter, in the order of a column.
    fn find(self, fleet: &Fleet, all: &[RowId], query: &str, order: Option<(usize, bool)>) -> Vec<usize> {
        let query = query.to_lowercase();
        let wanted: Vec<&str> = query.split_whitespace().collect();
        let fits = |row: &&Row| {
            wanted.is_empty() || {
                let texts = (0..COLUMNS).map(|column| self.text(row, column)).collect::<Vec<_>>().join(" ");
                let texts = texts.to_lowercase();
                wanted.iter().all(|word| texts.contains(word))
            }
        };
        let mut rows: Vec<&Row> = all.iter().filter_map(|id| fleet.rows.get(id)).filter(fits).collect();
        if let Some((column, descending)) = order {
            rows.sort_by_cached_key(|row| self.text(row, column).to_lowercase());
            if descending {
                rows.reverse();
            }
        }
        rows.into_iter().map(|row| row.id.0 as usize).collect()
    }

    fn cells(self, row: usize) -> AnyView {
        let text = fleet_plan_words();
        let stores = self.stores;
        let Some((id, row)) = row_id(row).and_then(|id| Some((id, stores.fleet().row(id)?))) else {
            return ().into_any();
        };
        // The user may let another profile go on: the row stays and says so.
        let text_of = move |column: usize| {
            Memo::new(move |_| {
                stores.fleet().version();
                let text = |fleet: &Fleet| fleet.rows.get(&id).map(|row| self.text(row, column));
                stores.fleet().with(text).flatten().unwrap_or_default()
            })
        };
        let (why, signer) = (text_of(3), text_of(4));
        let mark = row.forced.then(|| view! { <span class="tag">{text.included}</span>" " }.into_any());
        let name = format!("{} {}", text.why, row.spec.subject);
        let show = move |_| {
            self.chosen.set(Some(id));
            dom::next_frame(|| dom::focus(TITLE_ID));
        };
        let can_change = Memo::new(move |_| self.can_change());
        let subject = row.spec.subject.clone();
        let button = move || can_change.get().then(|| self.button(id, &subject));
        view! {
            <td><code>{row.spec.subject}</code></td>
            <td>{row.spec.act}</td>
            <td>{row.spec.region}</td>
            <td class="fleet-why">{mark}{move || why.get()}</td>
            <td>{move || signer.get()}</td>
            <td class="row-links">
                <button type="button" class="button quiet" aria-label=name on:click=show>{text.why}</button>
                {move || button()}
            </td>
        }
        .into_any()
    }

    /// Leaves a row out that will change, or includes one that will not.
    fn button(self, id: RowId, subject: &str) -> AnyView {
        let text = fleet_plan_words();
        let label = if self.group == Group::WillChange { text.leave_out } else { text.include };
        let name = format!("{label} {subject}");
        let fleet = self.stores.fleet();
        let press = move |_| {
            if self.group == Group::WillChange {
                fleet.tell(EventKind::Skip(id));
                focus_filter();
            } else {
                self.asked.set(vec![id]);
            }
        };
        let action = if self.group == Group::WillChange { "fleet-leave-out" } else { "fleet-include" };
        view! {
            <button type="button" class="button quiet" data-action=action aria-label=name on:click=press>{label}</button>
        }
        .into_any()
    }
}
