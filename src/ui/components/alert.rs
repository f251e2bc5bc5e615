//! What happened, why, and what to do.

use super::icon::{Icon, IconName};
use crate::outcome::describe::{Explanation, Tone};
use crate::ui::words::words;
use leptos::prelude::*;

/// Shows an explanation.
#[component]
pub(crate) fn Alert(
    /// What to show.
    explanation: Explanation,
) -> impl IntoView {
    let (tone, icon) = match explanation.tone {
        Tone::Good => ("good", IconName::Good),
        Tone::Unsure => ("unsure", IconName::Unsure),
        Tone::Bad => ("bad", IconName::Bad),
    };
    let Explanation { title, causes, next, .. } = explanation;
    let items = |items: Vec<String>| items.into_iter().map(|item| view! { <li>{item}</li> }).collect_view();
    let causes = (!causes.is_empty()).then(|| view! { <ul class="causes">{items(causes)}</ul> });
    let next = (!next.is_empty()).then(|| {
        view! {
            <h4>{words().do_next}</h4>
            <ol>{items(next)}</ol>
        }
    });
    view! {
        <div class="explanation" data-tone=tone>
            <h3 class="explanation-title"><Icon name=icon/>" "<span>{title}</span></h3>
            {causes}
            {next}
        </div>
    }
}

/// A line of text with an icon that says how it is meant.
#[component]
pub(crate) fn Notice(
    /// How it is meant.
    tone: Tone,
    /// The line.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let (tone, icon) = match tone {
        Tone::Good => ("good", IconName::Good),
        Tone::Unsure => ("unsure", IconName::Unsure),
        Tone::Bad => ("bad", IconName::Bad),
    };
    view! { <p class="notice" data-tone=tone><Icon name=icon/>" "<span>{text}</span></p> }
}
