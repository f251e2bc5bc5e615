//! A list of objects in an answer.

use crate::outcome::{AnswerTable, Cell};
use crate::ui::components::copy_button::CopyButton;
use crate::ui::components::windowed_table::{RowView, WindowedTable};
use crate::ui::words::words;
use leptos::prelude::*;
use std::sync::Arc;

/// The list as a table; the first column can be copied.
#[component]
pub(super) fn AnswerTableView(table: AnswerTable) -> impl IntoView {
    let rows = table.rows();
    let title = (words().table_title)(&table.name, rows);
    let columns = table.columns.iter().map(|column| (column.name.clone(), column.description.clone())).collect();
    let label = table.name.clone();
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
        cells.collect_view().into_any()
    });
    view! {
        <h3>{title}</h3>
        <WindowedTable label=label columns=columns rows=rows row=row/>
    }
}

fn cell_view(cell: Cell) -> impl IntoView {
    let meaning = cell.meaning.map(|meaning| format!(" – {meaning}"));
    view! { <code>{cell.value}</code>{meaning} }
}
