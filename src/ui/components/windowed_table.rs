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

/// Which column decides the order, and whether from high to low.
pub(crate) type Sorting = Option<(usize, bool)>;

/// A table with one header row. All rows have the same height.
#[component]
pub(crate) fn WindowedTable(
    /// What the table shows.
    #[prop(into)]
    label: String,
    /// The titles of the columns, and what each is.
    columns: Vec<(String, String)>,
    /// The title of a last column, which has no order; empty for none.
    last: String,
    /// The rows to show, in their order.
    #[prop(into)]
    rows: Signal<Arc<Vec<usize>>>,
    /// The order that the user wants; a title's button changes it.
    sorting: RwSignal<Sorting>,
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
        let count = rows.with(|rows| rows.len());
        // The list may have become shorter than it was scrolled.
        let from = first.get().min(count.saturating_sub(IN_SIGHT));
        from..(from + IN_SIGHT + 3 * MARGIN).min(count)
    };
    let visible = move || {
        let range = shown();
        rows.with(|rows| range.clone().zip(rows.get(range).unwrap_or_default().to_vec()).collect::<Vec<_>>())
    };
    let above = move || format!("{}px", shown().start * ROW);
    let below = move || format!("{}px", (rows.with(|rows| rows.len()) - shown().end) * ROW);
    let titles = columns.into_iter().enumerate().map(|(index, (title, description))| {
        let description = (!description.is_empty()).then_some(description);
        let sorted = move || match sorting.get() {
            Some((by, descending)) if by == index => Some(if descending { "descending" } else { "ascending" }),
            _ => None,
        };
        // Up, down, and then as the answer has it.
        let turn = move |_| {
            sorting.update(|sorting| {
                *sorting = match *sorting {
                    Some((by, false)) if by == index => Some((index, true)),
                    Some((by, true)) if by == index => None,
                    _ => Some((index, false)),
                };
            });
        };
        view! {
            <th scope="col" aria-sort=sorted>
                <button type="button" class="sort" title=description on:click=turn>{title}</button>
            </th>
        }
    });
    let last = (!last.is_empty()).then(|| view! { <th scope="col" class="row-links">{last}</th> }.into_any());
    view! {
        <div
            class="table-window"
            node_ref=container
            role="region"
            aria-label=label
            tabindex="0"
            on:scroll=scroll
        >
            <table aria-rowcount=move || rows.with(|rows| rows.len()) + 1>
                <thead><tr aria-rowindex="1">{titles.collect_view()}{last}</tr></thead>
                <tbody>
                    <tr aria-hidden="true" class="table-space" style:height=move || above()></tr>
                    <For each=visible key=|place| *place let((place, index))>
                        <tr aria-rowindex=place + 2>{row(index)}</tr>
                    </For>
                    <tr aria-hidden="true" class="table-space" style:height=move || below()></tr>
                </tbody>
            </table>
        </div>
    }
}
