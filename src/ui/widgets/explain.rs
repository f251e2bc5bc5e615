//! An explanation: what happened, why, and what to do.

use super::{Icon, icon};
use crate::outcome::describe::{Explanation, Tone};
use crate::ui::text;
use leptos::prelude::*;

/// Shows an [`Explanation`].
#[component]
pub(crate) fn Explained(
    /// What to show.
    explanation: Explanation,
) -> impl IntoView {
    let (tone, mark) = match explanation.tone {
        Tone::Good => ("good", Icon::Good),
        Tone::Unsure => ("unsure", Icon::Unsure),
        Tone::Bad => ("bad", Icon::Bad),
    };
    let list = |items: Vec<String>| items.into_iter().map(|item| view! { <li>{item}</li> }).collect_view();
    let has_next = !explanation.next.is_empty();
    view! {
        <div class="explanation" data-tone=tone>
            <h3 class="explanation-title">{icon(mark)} <span>{explanation.title}</span></h3>
            <ul class="causes">{list(explanation.causes)}</ul>
            {has_next.then(|| view! {
                <h4>{text::DO_NEXT}</h4>
                <ol class="next">{list(explanation.next)}</ol>
            })}
        </div>
    }
}
