//! A table of which the document has only the rows that are in sight.

use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;

/// The height of a row in pixels, as `style/components.css` sets it.
const ROW: usize = 32;
/// Rows above and below those in sight, so that scrolling shows no gaps.
const MARGIN: usize = 10;
/// Rows in sight of the highest table that the style sheet allows.
const IN_SIGHT: usize = 15;

/// Makes the cells of a row.
pub(crate) type RowView = Arc<dyn Fn(usize) -> AnyView + Send + Sync>;

/// A table with one header row. All rows have the same height.
#[component]
pub(crate) fn WindowedTable(
    /// What the table shows.
    #[prop(into)]
    label: String,
    /// The titles of the columns, and what each is.
    columns: Vec<(String, String)>,
    /// How many rows there are.
    rows: usize,
    /// The cells of a row, as `<td>`.
    row: RowView,
) -> impl IntoView {
    let first = RwSignal::new(0);
    let container = NodeRef::<html::Div>::new();
    let scroll = move |_| {
        let Some(container) = container.get() else { return };
        let top = usize::try_from(container.scroll_top()).unwrap_or_default() / ROW;
        // In steps, so that not every pixel makes rows anew.
        let from = top.saturating_sub(MARGIN) / MARGIN * MARGIN;
        if first.get_untracked() != from {
            first.set(from);
        }
    };
    let shown = move || {
        let from = first.get().min(rows);
        from..(from + IN_SIGHT + 3 * MARGIN).min(rows)
    };
    let above = move || format!("{}px", shown().start * ROW);
    let below = move || format!("{}px", (rows - shown().end) * ROW);
    let titles = columns.into_iter().map(|(title, description)| {
        let description = (!description.is_empty()).then_some(description);
        view! { <th scope="col" title=description>{title}</th> }
    });
    view! {
        <div
            class="table-window"
            node_ref=container
            role="region"
            aria-label=label
            tabindex="0"
            on:scroll=scroll
        >
            <table aria-rowcount=rows + 1>
                <thead><tr aria-rowindex="1">{titles.collect_view()}</tr></thead>
                <tbody>
                    <tr aria-hidden="true" class="table-space" style:height=move || above()></tr>
                    <For each=shown key=|index| *index let(index)>
                        <tr aria-rowindex=index + 2>{row(index)}</tr>
                    </For>
                    <tr aria-hidden="true" class="table-space" style:height=move || below()></tr>
                </tbody>
            </table>
        </div>
    }
}
