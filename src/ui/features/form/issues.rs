//! Above the form: everything that is wrong with it, each entry a way to its field.

use crate::form::FieldIssue;
use crate::ui::components::icon::{Icon, IconName};
use crate::ui::platform::dom;
use crate::ui::state::operation_form::{OperationForm, element_id};
use crate::ui::words::words;
use leptos::ev::MouseEvent;
use leptos::prelude::*;

/// The list of issues; nothing when there are none.
#[component]
pub(super) fn IssueSummary(form: OperationForm, id: &'static str) -> impl IntoView {
    move || {
        let issues = form.issues.get();
        (!issues.is_empty()).then(|| {
            let title = (words().issues_title)(issues.len());
            let label = title.clone();
            view! {
                <section id=id class="banner" data-tone="bad" tabindex="-1" aria-label=label>
                    <h2><Icon name=IconName::Bad/>" "<span>{title}</span></h2>
                    <ul>{issues.iter().map(|issue| view! { <li>{entry(issue)}</li> }).collect_view()}</ul>
                </section>
            }
        })
    }
}

fn entry(issue: &FieldIssue) -> impl IntoView + use<> {
    let id = element_id(&issue.target);
    let name = if issue.target.name().is_empty() { words().body } else { issue.target.name() };
    // A fragment is an address of the console, so the link only looks like one.
    let follow = move |event: MouseEvent| {
        event.prevent_default();
        dom::focus(&id);
    };
    view! { <a href="#" on:click=follow>{(words().explain.violation)(name, &issue.broken)}</a> }
}
