//! The lines of a body. Of a long one the page has only the rows that are in sight.

use super::super::document::BODY_ID;
use super::state::{RULER_ID, Viewer, row_id};
use crate::ui::platform::dom;
use crate::ui::words::{viewer_words, words};
use crate::viewer::{Action, Search, ShownRow, Token, highlight};
use leptos::attr::custom::custom_attribute;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// The lines, as a tree that the keys walk.
#[component]
pub(super) fn Lines(
    viewer: Viewer,
    /// Whether each line has its number in front of it.
    numbered: Signal<bool>,
) -> impl IntoView {
    let shown = viewer.shown;
    let scroll = move |_| {
        if let Some((position, inside)) = dom::scroll_position(BODY_ID) {
            viewer.scroll(position, inside);
        }
    };
    // What makes a row another one: its text, its place, and whether it is folded.
    let rows = move || {
        shown.with(|shown| shown.rows.iter().map(|row| (shown.layout, row.clone())).collect::<Vec<(u32, ShownRow)>>())
    };
    let above = move || format!("{}px", shown.with(|shown| shown.window.above));
    let below = move || format!("{}px", shown.with(|shown| shown.window.below));
    // A tree has at least one item.
    let is_tree = Memo::new(move |_| shown.with(|shown| shown.is_tree && shown.all_rows > 0));
    let active = Memo::new(move |_| {
        shown.with(|shown| {
            let line = shown.cursor.line;
            let is_there = shown.rows.iter().any(|row| row.line == line && row.piece == 0);
            (shown.is_tree && is_there).then(|| row_id(line, 0))
        })
    });
    let press = move |event: KeyboardEvent| {
        let is_plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key() && !event.shift_key();
        if is_plain && viewer.key(&event.key()) {
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
            aria-activedescendant=move || active.get()
            data-windowed=move || shown.with(|shown| shown.is_windowed).to_string()
            data-wraps=move || viewer.wraps.get().to_string()
            data-numbered=move || numbered.get().to_string()
            on:scroll=scroll
            on:keydown=press
        >
            <span id=RULER_ID class="ruler" aria-hidden="true"></span>
            <div class="space" aria-hidden="true" style:height=move || above()></div>
            <For each=move || rows() key=|(layout, row)| (*layout, row.line, row.piece, row.fold) let((_, row))>
                <Line viewer=viewer row=row/>
            </For>
            <div class="space" aria-hidden="true" style:height=move || below()></div>
        </div>
    }
}

/// One row.
#[component]
fn Line(viewer: Viewer, row: ShownRow) -> impl IntoView {
    let ShownRow { line, piece, level, fold, inside, words } = row;
    let go = move |_| viewer.act(Action::Go(line));
    // For the mouse: the tree says by its attributes what this shows, and its keys do the same. A button would take the
    // focus from the tree, and lose it with the row.
    let marker = fold.map(|is_folded| {
        let turn = move |_| viewer.act(Action::Fold { line, folded: !is_folded });
        view! { <span class="fold" aria-hidden="true" on:click=turn></span> }.into_any()
    });
    let folded = (fold == Some(true)).then(|| {
        let size = (viewer_words().folded)(inside);
        view! { <span class="folded">{size}</span> }.into_any()
    });
    let text = move || viewer.search.with(|search| spans(&words, search.as_ref()));
    let number = (piece == 0).then(|| line + 1);
    view! {
        <div
            id=row_id(line, piece)
            class="line"
            role=level.map(|_| "treeitem")
            {..custom_attribute("aria-level", level)}
            aria-expanded=fold.map(|is_folded| (!is_folded).to_string())
            aria-selected=move || level.map(|_| (viewer.cursor.get() == line).to_string())
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
fn spans(words: &[(Token, String)], search: Option<&Search>) -> AnyView {
    let part = |(is_found, text): (bool, &str)| match is_found {
        true => view! { <mark>{text.to_owned()}</mark> }.into_any(),
        false => text.to_owned().into_any(),
    };
    let found = search.map(|search| highlight(search, words)).unwrap_or_default();
    let span = |(place, (token, words)): (usize, &(Token, String))| {
        let text = match found.get(place) {
            Some(pieces) => pieces.iter().copied().map(part).collect_view().into_any(),
            None => words.clone().into_any(),
        };
        let token = match token {
            Token::Name => "name",
            Token::String => "string",
            Token::Number => "number",
            Token::Literal => "literal",
            Token::Blank | Token::Punctuation | Token::Text => return text,
        };
        view! { <span data-token=token>{text}</span> }.into_any()
    };
    words.iter().enumerate().map(span).collect_view().into_any()
}
