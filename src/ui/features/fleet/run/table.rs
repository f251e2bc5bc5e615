//! The rows: found, filtered, sorted, with the columns that the user wants.

use crate::fleet::{Due, FindRows, Row, RowGroup, RowId, RowState, SortRows};
use crate::ui::components::windowed_table::{RowView, Sorting, WindowedTable};
use crate::ui::features::fleet::ids::ROW_ID;
use crate::ui::platform::{dates, dom};
use crate::ui::state::fleet::FleetStore;
use crate::ui::words::fleet_words;
use leptos::prelude::*;
use std::collections::HashSet;
use std::sync::Arc;

const FIND_ID: &str = "fleet-find";
const FILTER_ID: &str = "fleet-filter";

/// What a column shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Subject,
    Act,
    Provider,
    Region,
    State,
    Started,
    Ended,
    Sends,
    Code,
}

impl Column {
    const ALL: [Self; 9] = [
        Self::Subject,
        Self::State,
        Self::Act,
        Self::Provider,
        Self::Region,
        Self::Started,
        Self::Ended,
        Self::Sends,
        Self::Code,
    ];
    const WIDE: [Self; 6] = [Self::Subject, Self::State, Self::Act, Self::Region, Self::Started, Self::Ended];
    /// Where there is room for little.
    const NARROW: [Self; 2] = [Self::Subject, Self::State];

    const fn name(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Act => "act",
            Self::Provider => "provider",
            Self::Region => "region",
            Self::State => "state",
            Self::Started => "started",
            Self::Ended => "ended",
            Self::Sends => "sends",
            Self::Code => "code",
        }
    }

    fn title(self) -> &'static str {
        let words = fleet_words();
        match self {
            Self::Subject => words.subject,
            Self::Act => words.act,
            Self::Provider => words.provider,
            Self::Region => words.region,
            Self::State => words.state,
            Self::Started => words.started,
            Self::Ended => words.ended_at,
            Self::Sends => words.sends,
            Self::Code => words.code,
        }
    }

    const fn sort(self) -> SortRows {
        match self {
            Self::Subject => SortRows::Subject,
            Self::Act => SortRows::Act,
            Self::Provider => SortRows::Provider,
            Self::Region => SortRows::Region,
            Self::State => SortRows::State,
            Self::Started => SortRows::Started,
            Self::Ended => SortRows::Ended,
            Self::Sends => SortRows::Sends,
            Self::Code => SortRows::Code,
        }
    }

    fn text(self, fleet: FleetStore, row: &Row) -> String {
        let time = |time: Option<time::OffsetDateTime>| {
            time.map(|time| dates::time_or_date(time.unix_timestamp())).unwrap_or_default()
        };
        match self {
            Self::Subject => row.spec.subject.clone(),
            Self::Act => row.spec.act.clone(),
            Self::Provider => row.spec.provider.clone(),
            Self::Region => row.spec.region.clone(),
            Self::State => row_words(fleet, row),
            Self::Started => time(row.started),
            Self::Ended => time(row.ended),
            Self::Sends => row.sends.to_string(),
            Self::Code => row.last_code().to_owned(),
        }
    }
}

/// How far a row has got; where it waits, until when.
pub(super) fn row_words(fleet: FleetStore, row: &Row) -> String {
    match row.state {
        RowState::Waiting(Due(due)) if due > fleet.now() => {
            (fleet_words().row_waits)(row, &dates::time_or_date(due.unix_timestamp()))
        }
        _ => (fleet_words().row_state)(row),
    }
}

/// What the table shows, and the row that is open.
#[derive(Clone, Copy)]
pub(super) struct Shown {
    pub(super) fleet: FleetStore,
    text: RwSignal<String>,
    /// The name of a [`RowGroup`]; empty for all.
    filter: RwSignal<String>,
    only: RwSignal<Option<Arc<HashSet<RowId>>>>,
    sorting: RwSignal<Sorting>,
    columns: RwSignal<Vec<Column>>,
    pub(super) open: RwSignal<Option<RowId>>,
    rows: Memo<Arc<Vec<usize>>>,
}

impl Shown {
    pub(super) fn new(fleet: FleetStore) -> Self {
        let (text, filter) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
        let (only, sorting) = (RwSignal::new(None::<Arc<HashSet<RowId>>>), RwSignal::new(None));
        let columns = RwSignal::new(if dom::is_narrow() { Column::NARROW.to_vec() } else { Column::WIDE.to_vec() });
        let rows = Memo::new(move |_| {
            fleet.version();
            let group = filter.with(|name| RowGroup::ALL.into_iter().find(|group| group.name() == name));
            let sort = sorting.get().and_then(|(index, descending): (usize, bool)| {
                Some((columns.with(|columns| columns.get(index).copied())?.sort(), descending))
            });
            let wanted = FindRows { text: text.get(), groups: group.into_iter().collect(), sort };
            let only = only.get();
            // The table is not found anew with every second that a row waits.
            let state = |row: &Row| untrack(|| row_words(fleet, row));
            let ids = fleet.with(|fleet| fleet.find_shown(&wanted, &state)).unwrap_or_default().into_iter();
            let ids = ids.filter(|id| only.as_ref().is_none_or(|only| only.contains(id)));
            Arc::new(ids.map(|id| id.0 as usize).collect::<Vec<_>>())
        });
        Self { fleet, text, filter, only, sorting, columns, open: RwSignal::new(None), rows }
    }

    /// Shows these rows and no others.
    pub(super) fn only(self, rows: Vec<RowId>) {
        self.text.set(String::new());
        self.filter.set(String::new());
        self.only.set(Some(Arc::new(rows.into_iter().collect())));
        dom::next_frame(|| dom::focus(FIND_ID));
    }

    /// Something of a row; of none, where it has gone.
    fn of_row<T: Default>(self, row: usize, get: impl FnOnce(&Row) -> T) -> T {
        self.fleet.version();
        let id = RowId(u32::try_from(row).unwrap_or(u32::MAX));
        self.fleet.with(|fleet| fleet.rows.get(&id).map(get)).flatten().unwrap_or_default()
    }
}

/// The search and the table.
#[component]
pub(super) fn Table(shown: Shown) -> impl IntoView {
    let words = fleet_words();
    let count = move || {
        let all = shown.fleet.counts().all();
        (fleet_words().shown)(shown.rows.with(|rows| rows.len()), all)
    };
    let option = |group: RowGroup| {
        let selected = move || shown.filter.with(|filter| filter == group.name());
        view! { <option value=group.name() prop:selected=selected>{(fleet_words().group)(group)}</option> }.into_any()
    };
    let options = RowGroup::ALL.map(option).into_iter().collect_view();
    let only = move || {
        shown.only.get().map(|only| {
            let clear = move |_| {
                shown.only.set(None);
                dom::next_frame(|| dom::focus(FIND_ID));
            };
            let label = (fleet_words().all_rows_again)(only.len());
            view! { <button type="button" class="button quiet" on:click=clear>{label}</button> }.into_any()
        })
    };
    let table = move || {
        let columns = shown.columns.get();
        let titles = columns.iter().map(|column| (column.title().to_owned(), String::new())).collect::<Vec<_>>();
        let row: RowView = Arc::new(move |row| cells(shown, &columns, row));
        view! {
            <WindowedTable
                label=words.table
                columns=titles
                last=words.actions.to_owned()
                rows=shown.rows
                sorting=shown.sorting
                row=row
            />
        }
        .into_any()
    };
    view! {
        <section class="fleet-rows">
            <h3>{words.table}</h3>
            <div class="fleet-find">
                <div class="field">
                    <label for=FIND_ID>{words.find}</label>
                    <input
                        id=FIND_ID
                        type="search"
                        autocomplete="off"
                        spellcheck="false"
                        title=words.find_help
                        prop:value=move || shown.text.get()
                        on:input=move |event| shown.text.set(event_target_value(&event))
                    />
                </div>
                <div class="field">
                    <label for=FILTER_ID>{words.filter}</label>
                    <select
                        id=FILTER_ID
                        data-action="fleet-filter"
                        on:change=move |event| shown.filter.set(event_target_value(&event))
                    >
                        <option value="">{words.all_states}</option>
                        {options}
                    </select>
                </div>
                <Columns shown=shown/>
            </div>
            <p class="muted">{move || count()}" "{move || only()}</p>
            {move || table()}
        </section>
    }
}

/// Which columns are there.
#[component]
fn Columns(shown: Shown) -> impl IntoView {
    let entry = move |column: Column| {
        let id = format!("fleet-column-{}", column.name());
        let own = id.clone();
        let change = move |event| {
            let wanted = event_target_checked(&event);
            // The order of the columns is always the same; a column that was sorted by may be gone.
            shown.sorting.set(None);
            shown.columns.update(|columns| {
                let has = |other: &Column| if *other == column { wanted } else { columns.contains(other) };
                *columns = Column::ALL.into_iter().filter(has).collect();
            });
        };
        view! {
            <label class="check" for=own>
                <input
                    id=id
                    type="checkbox"
                    prop:checked=move || shown.columns.with(|columns| columns.contains(&column))
                    // A table without the instance would be about nothing.
                    disabled=column == Column::Subject
                    on:change=change
                />
                <span>{column.title()}</span>
            </label>
        }
        .into_any()
    };
    view! {
        <details class="fleet-columns">
            <summary>{fleet_words().columns}</summary>
            <div class="nested">{Column::ALL.map(entry).into_iter().collect_view()}</div>
        </details>
    }
}

fn cells(shown: Shown, columns: &[Column], row: usize) -> AnyView {
    let cell = |column: &Column| {
        let column = *column;
        let text = Memo::new(move |_| shown.of_row(row, |row| column.text(shown.fleet, row)));
        let label = column.title();
        match column {
            Column::Subject => view! { <td><code>{move || text.get()}</code></td> }.into_any(),
            Column::State => {
                let group = Memo::new(move |_| shown.of_row(row, |row| row.group().name()));
                let state = move || group.get();
                view! { <td class="fleet-why" data-label=label><span class="fleet-state" data-state=state>{move || text.get()}</span></td> }.into_any()
            }
            _ => view! { <td data-label=label>{move || text.get()}</td> }.into_any(),
        }
    };
    let name = move || format!("{}: {}", fleet_words().open, shown.of_row(row, |row| row.spec.subject.clone()));
    let open = move |_| {
        shown.open.set(Some(RowId(u32::try_from(row).unwrap_or(u32::MAX))));
        dom::next_frame(|| dom::focus(ROW_ID));
    };
    view! {
        {columns.iter().map(cell).collect_view()}
        <td class="row-links">
            <button
                id=format!("fleet-row-{row}")
                type="button"
                class="button quiet"
                data-action="fleet-row"
                aria-label=move || name()
                on:click=open
            >
                {fleet_words().open}
            </button>
        </td>
    }
    .into_any()
}
