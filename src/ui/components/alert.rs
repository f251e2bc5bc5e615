//! What happened, why, and what to do.

use super::icon::{Icon, IconName};
use crate::outcome::Severity;
use crate::ui::words::{Message, words};
use leptos::prelude::*;

/// Shows a message.
#[component]
pub(crate) fn Alert(
    /// What to show.
    message: Message,
) -> impl IntoView {
    let (tone, icon) = look(message.severity);
    let Message { title, causes, remedies, .. } = message;
    let items = |items: Vec<String>| items.into_iter().map(|item| view! { <li>{item}</li> }.into_any()).collect_view();
    let causes = (!causes.is_empty()).then(|| view! { <ul class="causes">{items(causes)}</ul> }.into_any());
    let remedies = (!remedies.is_empty()).then(|| {
        view! {
            <h3>{words().do_next}</h3>
            <ol>{items(remedies)}</ol>
        }
        .into_any()
    });
    view! {
        <div class="explanation" data-tone=tone>
            <h2 class="explanation-title"><Icon name=icon/>" "<span>{title}</span></h2>
            {causes}
            {remedies}
        </div>
    }
}

/// A line of text with an icon that says how it is meant.
#[component]
pub(crate) fn Notice(
    /// How it is meant.
    severity: Severity,
    /// The line.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let (tone, icon) = look(severity);
    view! { <p class="notice" data-tone=tone><Icon name=icon/>" "<span>{text}</span></p> }
}

/// The value of `data-tone` and the icon.
fn look(severity: Severity) -> (&'static str, IconName) {
    match severity {
        Severity::Success => ("good", IconName::Good),
        Severity::Warning => ("unsure", IconName::Unsure),
        Severity::Error => ("bad", IconName::Bad),
    }
}
