//! A table of which the document has only the rows that are in sight.

use crate::ui::platform::dom;
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;

/// Rows come and go in blocks of so many. Each block has its place in the document for good: a row that stays never moves,
/// so it keeps the focus.
const BLOCK: usize = 10;
/// So many blocks that are out of sight are one empty part of the document, for a long table would be slow otherwise.
const CHAPTER: usize = 10;
/// Blocks that the highest table of the style sheet has in sight below the first one, before anybody scrolls.
const BELOW_AT_FIRST: usize = 1;
/// The same while somebody scrolls, and one more, so that scrolling shows no gaps.
const BELOW: usize = 3;

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
    let count = Memo::new(move |_| rows.with(|rows| rows.len()));
    // The first block in sight, and the one that had the focus last.
    let (first, focused) = (RwSignal::new(0), RwSignal::new(None));
    let container = NodeRef::<html::Div>::new();
    // The first picture needs no more than what is in sight.
    let below = RwSignal::new(BELOW_AT_FIRST);
    dom::when_idle(move || {
        // The table may be gone.
        below.try_set(BELOW);
    });
    let scroll = move |_| {
        let Some(container) = container.get() else { return };
        // The height of a row need not be a whole number of pixels.
        let pixels = |pixels: i32| u64::try_from(pixels).unwrap_or_default();
        let rows = u64::try_from(count.get_untracked()).unwrap_or_default();
        let row = pixels(container.scroll_top()) * rows / pixels(container.scroll_height()).max(1);
        let top = usize::try_from(row).unwrap_or_default() / BLOCK;
        if first.get_untracked() != top {
            first.set(top);
        }
    };
    // The list may have become shorter than it was scrolled.
    let top = move || first.get().min(count.get().saturating_sub(1) / BLOCK);
    let is_near = move |chapter: usize| {
        let is_beside = |block: usize| (block / CHAPTER).abs_diff(chapter) <= 1;
        is_beside(top()) || focused.get().is_some_and(is_beside)
    };
    let is_shown = move |block: usize| {
        let top = top();
        let is_in_sight = (top.saturating_sub(1)..=top + below.get()).contains(&block);
        // The next row that takes the focus has to be there before it does.
        is_in_sight || focused.get().is_some_and(|focused: usize| focused.abs_diff(block) <= 1)
    };
    let body = move |block: usize| {
        let is_shown = Memo::new(move |_| is_shown(block));
        let places = move || {
            let own = |rows: &Arc<Vec<usize>>| {
                let all = rows.iter().copied().enumerate();
                all.skip(block * BLOCK).take(BLOCK).collect::<Vec<_>>()
            };
            rows.with(own)
        };
        let row = row.clone();
        let content = move || {
            let row = row.clone();
            if is_shown.get() {
                view! {
                    <For each=places key=|place| *place let((place, index))>
                        <tr aria-rowindex=place + 2>{row(index)}</tr>
                    </For>
                }
                .into_any()
            } else {
                space(count, block * BLOCK, BLOCK)
            }
        };
        view! { <tbody on:focusin=move |_| focused.set(Some(block))>{move || content()}</tbody> }.into_any()
    };
    let part = move |chapter: usize| {
        let is_near = Memo::new(move |_| is_near(chapter));
        let blocks = move || chapter * CHAPTER..count.get().div_ceil(BLOCK).min((chapter + 1) * CHAPTER);
        let body = body.clone();
        move || {
            let body = body.clone();
            if is_near.get() {
                view! { <For each=blocks key=|block| *block let:block>{body(block)}</For> }.into_any()
            } else {
                const ROWS: usize = CHAPTER * BLOCK;
                view! { <tbody>{space(count, chapter * ROWS, ROWS)}</tbody> }.into_any()
            }
        }
    };
    let chapters = move || 0..count.get().div_ceil(CHAPTER * BLOCK);
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
                <For each=chapters key=|chapter| *chapter let:chapter>{part(chapter)}</For>
            </table>
        </div>
    }
}

/// Stands for so many rows from a place on, as far as there are so many.
fn space(count: Memo<usize>, from: usize, rows: usize) -> AnyView {
    let height = move || format!("calc({} * var(--row))", count.get().saturating_sub(from).min(rows));
    view! { <tr aria-hidden="true" class="table-space" style:height=move || height()></tr> }.into_any()
}
