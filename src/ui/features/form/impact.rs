//! What a call does to the thing it is sent to, in one line, and the conditions behind it.

use crate::catalog::Operation;
use crate::ui::components::icon::{Icon, IconName};
use crate::ui::state::operation_form::OperationForm;
use crate::ui::words::words;
use leptos::prelude::*;

/// The line above the act; nothing where nothing is known.
#[component]
pub(super) fn ImpactLine(form: OperationForm) -> impl IntoView {
    let operation = form.operation();
    if operation.impact.is_none() && operation.preconditions.is_empty() {
        return None;
    }
    let impact = operation.impact.clone().unwrap_or_default();
    let count = (words().conditions)(operation.preconditions.len());
    let details = items(impact.details);
    Some(view! {
        <details class="impact">
            <summary><Icon name=IconName::Unsure/>" "<span>{impact.summary}" "<b>{count}</b></span></summary>
            {conditions(&operation)}
            <ul>{details}</ul>
        </details>
    })
}

/// What must hold before the call; nothing where nothing is known.
fn conditions(operation: &Operation) -> Option<AnyView> {
    let item = |text: String, exceptions: Vec<String>| {
        let exceptions = (!exceptions.is_empty()).then(|| view! { <ul>{items(exceptions)}</ul> }.into_any());
        view! { <li>{text}{exceptions}</li> }.into_any()
    };
    let all = operation.preconditions.iter();
    let all: Vec<AnyView> = all.map(|one| item(one.text.clone(), one.exceptions.clone())).collect();
    (!all.is_empty()).then(|| view! { <ul class="conditions">{all}</ul> }.into_any())
}

fn items(texts: Vec<String>) -> Vec<AnyView> {
    texts.into_iter().map(|text| view! { <li>{text}</li> }.into_any()).collect()
}
