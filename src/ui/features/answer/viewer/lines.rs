//! The lines of a body. Of a long one the page has only the rows that are in sight.

use super::super::body::BODY_ID;
use super::state::{RULER_ID, Viewer, row_id};
use crate::ui::platform::dom;
use crate::ui::words::{viewer_words, words};
use crate::viewer::{Document, Row, Search, Token, Window, highlight};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use std::sync::Arc;

/// What makes a row another one: its text, its place, and whether it is folded.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    document: usize,
    width: usize,
    row: Row,
    is_folded: bool,
}

/// The lines, as a tree that the keys walk.
#[component]
pub(super) fn Lines(
    viewer: Viewer,
    /// Whether each line has its number in front of it.
    numbered: Signal<bool>,
) -> impl IntoView {
    let scroll = move |_| {
        if let Some(position) = dom::scroll_position(BODY_ID) {
            viewer.scrolled.set(position);
        }
    };
    let window = Memo::new(move |_| {
        let rows = viewer.rows.with(|rows| rows.len());
        if !viewer.is_windowed.get() {
            return Window { end: rows, ..Window::default() };
        }
        let (position, inside) = viewer.scrolled.get();
        Window::at(rows, position, inside)
    });
    let keys = Memo::new(move |_| {
        let Window { first, end, .. } = window.get();
        let document = viewer.document.with(|document| Arc::as_ptr(document) as usize);
        let width = viewer.width.get();
        viewer.rows.with(|rows| {
            viewer.folds.with(|folds| {
                let rows = (first..end).filter_map(|row| rows.get(row));
                rows.map(|row| Key { document, width, row, is_folded: folds.contains(row.line) }).collect::<Vec<_>>()
            })
        })
    });
    let above = move || format!("{}px", window.get().above);
    let below = move || format!("{}px", window.get().below);
    // A tree has at least one item.
    let is_tree = Memo::new(move |_| viewer.is_json() && viewer.rows.with(|rows| !rows.is_empty()));
    let active = move || {
        let line = viewer.cursor.get();
        let is_there = keys.with(|keys| keys.iter().any(|key| key.row == Row { line, piece: 0 }));
        (is_tree.get() && is_there).then(|| row_id(line, 0))
    };
    let press = move |event: KeyboardEvent| {
        let is_plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key() && !event.shift_key();
        if is_plain && is_tree.get_untracked() && viewer.key(&event.key()) {
            event.prevent_default();
        }
    };
    view! {
        <div
            id=BODY_ID
            class="code body lines"
            tabindex="0"
            role=move || if is_tree.get() { "tree" } else { "group" }
            aria-label=words().body
            aria-activedescendant=move || active()
            data-windowed=move || viewer.is_windowed.get().to_string()
            data-wraps=move || viewer.wraps.get().to_string()
            data-numbered=move || numbered.get().to_string()
            on:scroll=scroll
            on:keydown=press
        >
            <span id=RULER_ID class="ruler" aria-hidden="true"></span>
            <div class="space" aria-hidden="true" style:height=move || above()></div>
            <For each=move || keys.get() key=|key| *key let(key)>
                <Line viewer=viewer row=key.row is_folded=key.is_folded/>
            </For>
            <div class="space" aria-hidden="true" style:height=move || below()></div>
        </div>
    }
}

/// One row.
#[component]
fn Line(
    viewer: Viewer,
    /// Its line, and which piece of it.
    row: Row,
    /// Whether what it opens is hidden.
    is_folded: bool,
) -> impl IntoView {
    let Row { line, piece } = row;
    let document = viewer.document.get_untracked();
    let index = document.index();
    let is_tree = document.path(0).is_some();
    let opens = index.kind(line).opens() && piece == 0;
    let level = is_tree.then(|| index.depth(line) + 1);
    let go = move |_| viewer.cursor.set(line);
    let fold = move |_| {
        viewer.cursor.set(line);
        viewer.fold(line, !is_folded);
    };
    // For the mouse: the tree says by its attributes what this shows, and its keys do the same. A button would take the
    // focus from the tree, and lose it with the row.
    let marker = opens.then(|| view! { <span class="fold" aria-hidden="true" on:click=fold></span> }.into_any());
    let folded = is_folded.then(|| {
        let size = (viewer_words().folded)(document.size(line));
        view! { <span class="folded">{size}</span> }.into_any()
    });
    let width = viewer.width.get_untracked();
    let text = move || viewer.search.with(|search| spans(&document, row, is_folded, width, search.as_ref()));
    let number = (piece == 0).then(|| line + 1);
    view! {
        <div
            id=row_id(line, piece)
            class="line"
            role=is_tree.then_some("treeitem")
            attr:aria-level=level
            aria-expanded=opens.then(|| (!is_folded).to_string())
            aria-selected=move || is_tree.then(|| (viewer.cursor.get() == line).to_string())
            data-number=number
            on:click=go
        >
            {marker}
            <span class="words">{move || text()}</span>
            {folded}
        </div>
    }
}

/// The words of a row in their colours, with what was found.
fn spans(document: &Document, row: Row, is_folded: bool, width: usize, search: Option<&Search>) -> AnyView {
    let spans = document.piece(row.line, is_folded, row.piece * width, (row.piece + 1) * width);
    let part = |(is_found, text): (bool, &str)| match is_found {
        true => view! { <mark>{text.to_owned()}</mark> }.into_any(),
        false => text.to_owned().into_any(),
    };
    let span = |span: &crate::viewer::Span<'_>| {
        let text = match search.filter(|_| !matches!(span.token, Token::Blank | Token::Punctuation)) {
            Some(search) => highlight(search, span.text).into_iter().map(part).collect_view().into_any(),
            None => span.text.to_owned().into_any(),
        };
        let token = match span.token {
            Token::Name => "name",
            Token::String => "string",
            Token::Number => "number",
            Token::Literal => "literal",
            Token::Blank | Token::Punctuation | Token::Text => return text,
        };
        view! { <span data-token=token>{text}</span> }.into_any()
    };
    spans.iter().map(span).collect_view().into_any()
}
