//! The lines of a text: which fit, which do not and why, and which the fleet has already.

use super::add::{Adding, can_add, is_known};
use super::reading::{Changed, read_anew};
use crate::fleet::rows::refused_csv;
use crate::fleet::{ReadRow, RowProblem};
use crate::outcome::Severity;
use crate::ui::components::alert::Notice;
use crate::ui::components::form_field::FieldFrame;
use crate::ui::components::select_control::SelectControl;
use crate::ui::components::windowed_table::{RowView, WindowedTable};
use crate::ui::features::fleet::acts::secrets;
use crate::ui::platform::dom;
use crate::ui::platform::download::download;
use crate::ui::state::fleet_choice::ShownLines;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::fleet_plan_words;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

/// Columns of the text that are shown. The others are read all the same.
const MOST_COLUMNS: usize = 12;

/// How many lines are of which kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct LineCounts {
    fitting: usize,
    known: usize,
    refused: usize,
}

/// What a line is.
fn kind(row: &ReadRow) -> ShownLines {
    match &row.result {
        Ok(_) => ShownLines::Fitting,
        Err(problems) if is_known(problems) => ShownLines::Known,
        Err(_) => ShownLines::Refused,
    }
}

fn shown_words(shown: ShownLines) -> &'static str {
    let text = fleet_plan_words();
    match shown {
        ShownLines::All => text.all_lines,
        ShownLines::Refused => text.refused_lines,
        ShownLines::Fitting => text.fitting_lines,
        ShownLines::Known => text.known_lines,
    }
}

/// The lines, and the button that adds those that fit.
#[component]
pub(super) fn Lines() -> impl IntoView {
    let stores = use_stores();
    let pasted = stores.fleet_choice().pasted;
    let text = fleet_plan_words();
    let counts = Memo::new(move |_| {
        let mut counts = LineCounts::default();
        pasted.rows.with(|rows| {
            for row in rows.iter() {
                match kind(row) {
                    ShownLines::Fitting | ShownLines::All => counts.fitting += 1,
                    ShownLines::Known => counts.known += 1,
                    ShownLines::Refused => counts.refused += 1,
                }
            }
        });
        counts
    });
    let sorting = RwSignal::new(None);
    let rows = Memo::new(move |_| {
        let shown = pasted.shown.get();
        let mut found: Vec<usize> = pasted.rows.with(|rows| {
            let fits = |(_, row): &(usize, &ReadRow)| shown == ShownLines::All || kind(row) == shown;
            rows.iter().enumerate().filter(fits).map(|(place, _)| place).collect()
        });
        // Only the line and the result have an order: cells of different columns are not compared.
        match sorting.get() {
            Some((1, descending)) => {
                let rank = |place: &usize| pasted.rows.with(|rows| rows.get(*place).map(|row| kind(row).key()));
                found.sort_by_cached_key(rank);
                if descending {
                    found.reverse();
                }
            }
            Some((0, true)) => found.reverse(),
            _ => {}
        }
        Arc::new(found)
    });
    let titles = Memo::new(move |_| {
        pasted.table.with(|table| {
            let Some(Ok(table)) = table else { return Vec::new() };
            let name = |place: usize| {
                let name = table.header().map(|header| header.cell(place)).unwrap_or_default();
                (text.column_label)(place + 1, name)
            };
            (0..table.width.min(MOST_COLUMNS)).map(name).collect::<Vec<_>>()
        })
    });
    let table = move || {
        let own = titles.get();
        let count = own.len();
        let titles = [text.line, text.result].map(str::to_owned).into_iter().chain(own);
        let titles = titles.map(|title| (title, String::new())).collect();
        // Read anew, a line may be another one.
        pasted.rows.track();
        let row: RowView = Arc::new(move |row| cells(row, count));
        view! {
            <WindowedTable label=text.lines_table columns=titles last=String::new() rows=rows sorting=sorting row=row/>
        }
        .into_any()
    };
    let summary = move || {
        let LineCounts { fitting, known, refused } = counts.get();
        let severity = if refused == 0 { Severity::Success } else { Severity::Warning };
        view! { <Notice severity=severity text=(text.lines_summary)(fitting, known, refused)/> }.into_any()
    };
    let options =
        Signal::stored(ShownLines::ALL.map(|shown| (shown.key().to_owned(), shown_words(shown).to_owned())).to_vec());
    let frame = FieldFrame::plain("fleet-shown-lines", text.show);
    let choose = move |key: String| {
        let wanted = ShownLines::ALL.into_iter().find(|shown| shown.key() == key);
        pasted.shown.set(wanted.unwrap_or_default());
    };
    let shown = Signal::derive(move || pasted.shown.get().key().to_owned());
    view! {
        <section class="panel" aria-labelledby="fleet-lines">
            <div class="panel-head">
                <h2 id="fleet-lines">{text.lines}</h2>
                <label class="fleet-inline" for=frame.id.clone()>{text.show}</label>
                <div class="filter"><SelectControl frame=frame options=options chosen=shown on_choose=choose/></div>
            </div>
            <div role="status">{move || summary()}</div>
            {move || table()}
            <Acts counts=counts/>
        </section>
    }
}

fn cells(row: usize, columns: usize) -> AnyView {
    let pasted = use_stores().fleet_choice().pasted;
    let text = fleet_plan_words();
    let (line, tone, result) = untrack(|| {
        pasted.rows.with(|rows| {
            let Some(row) = rows.get(row) else { return (0, "none", String::new()) };
            let remarks = row.remarks.iter().map(text.remark);
            let (tone, said) = match (&row.result, kind(row)) {
                (Err(problems), ShownLines::Known) => ("none", known_words(problems)),
                (Err(problems), _) => ("bad", problems.iter().map(text.problem).collect::<Vec<_>>().join(" ")),
                (Ok(spec), _) if row.remarks.is_empty() => ("good", spec.act.clone()),
                (Ok(spec), _) => {
                    ("unsure", std::iter::once(spec.act.clone() + ".").chain(remarks).collect::<Vec<_>>().join(" "))
                }
            };
            (row.line, tone, said)
        })
    });
    let cells = untrack(|| {
        pasted.table.with(|table| {
            let Some(Ok(table)) = table else { return Vec::new() };
            let own = table.data().get(row);
            (0..columns).map(|place| own.map(|own| own.cell(place).to_owned()).unwrap_or_default()).collect::<Vec<_>>()
        })
    });
    let cells = cells.into_iter().map(|cell| view! { <td><code>{cell}</code></td> }.into_any()).collect_view();
    view! { <td>{line}</td><td><span data-tone=tone>{result}</span></td>{cells} }.into_any()
}

/// The fleet has the row already, or another line brings it.
fn known_words(problems: &[RowProblem]) -> String {
    let text = fleet_plan_words();
    let line = problems.iter().find_map(|problem| match problem {
        RowProblem::DoubleOfLine { line, .. } => Some(*line),
        _ => None,
    });
    line.map_or_else(|| text.in_fleet.to_owned(), text.same_as_line)
}

/// Adds, downloads, clears.
#[component]
fn Acts(counts: Memo<LineCounts>) -> impl IntoView {
    let stores = use_stores();
    let pasted = stores.fleet_choice().pasted;
    let text = fleet_plan_words();
    let is_ready = move || can_add(stores) && counts.get().fitting != 0 && pasted.progress.with(Option::is_none);
    let add = move |_| {
        if !untrack(is_ready) {
            return;
        }
        spawn_local(async move {
            if let Some((added, all)) = add_fitting(stores).await {
                let said = if added == all { (text.added)(added, 0, 0) } else { (text.added_in_part)(added) };
                stores.shell.announce(said);
            }
        });
    };
    let download_refused = move |_| {
        let file = pasted.table.with_untracked(|table| {
            let Some(Ok(table)) = table else { return String::new() };
            let refused = pasted.rows.with_untracked(|rows| {
                rows.iter().filter(|row| kind(row) == ShownLines::Refused).cloned().collect::<Vec<_>>()
            });
            refused_csv(table, &refused, text.reason_column, &text.problem, &secrets(stores))
        });
        let _ = download("lines-that-do-not-fit.csv", file.as_bytes());
    };
    let clear = move |_| {
        pasted.text.set(String::new());
        pasted.long.set(None);
        crate::ui::platform::files::clear("fleet-file");
        read_anew(stores, Changed::Text);
        dom::next_frame(|| dom::focus("fleet-text"));
    };
    let any_refused = Memo::new(move |_| counts.get().refused != 0);
    view! {
        <div class="actions">
            <button
                type="button"
                class="button primary"
                data-action="fleet-add-rows"
                aria-disabled=move || (!is_ready()).to_string()
                on:click=add
            >
                {move || (text.add_rows)(counts.get().fitting)}
            </button>
            <Show when=move || any_refused.get()>
                <button type="button" class="button" data-action="fleet-download-refused" on:click=download_refused>
                    {move || (text.download_refused)(counts.get().refused)}
                </button>
            </Show>
            <button type="button" class="button quiet" on:click=clear>{text.clear_text}</button>
        </div>
    }
}

/// Adds the rows that fit, and reads the text again: the fleet has them then. Gives how many were added, of how many.
/// `None`: the fleet takes none.
async fn add_fitting(stores: Stores) -> Option<(usize, usize)> {
    let pasted = stores.fleet_choice().pasted;
    let rows = pasted.rows.get_untracked();
    let fitting = || rows.iter().filter_map(|row| row.result.as_ref().ok());
    let mut adding = Adding::begin(stores)?;
    adding.ensure_fleet("");
    let added = adding.add(fitting().cloned()).await;
    read_anew(stores, Changed::Rows);
    Some((added.len(), fitting().count()))
}
