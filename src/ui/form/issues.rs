//! Above the form: everything that is wrong with it, each entry a way to its field.

use crate::form::FieldIssue;
use crate::outcome::describe;
use crate::ui::model::{CallModel, element_id};
use crate::ui::widgets::{Icon, icon};
use crate::ui::{browser, text};
use leptos::prelude::*;

/// The list of complaints; nothing when there are none.
#[component]
pub(super) fn IssueSummary(
    /// The operation's state.
    model: CallModel,
    /// The element's id, for the focus.
    id: &'static str,
) -> impl IntoView {
    let entry = |issue: FieldIssue| {
        let id = element_id(&issue.target);
        let words = format!("{} {}", issue.target.name(), describe::broken(&issue.broken));
        // A fragment is an address of the console, so the link only looks like one.
        let follow = move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            browser::focus(&id);
        };
        view! { <li><a href="#" on:click=follow>{words}</a></li> }
    };
    let list = move || {
        let issues = model.issues.get();
        (!issues.is_empty()).then(|| {
            let title = text::issues_title(issues.len());
            view! {
                <section id=id class="banner" data-tone="bad" tabindex="-1" aria-label=title.clone()>
                    <h2>{icon(Icon::Bad)} <span>{title.clone()}</span></h2>
                    <ul>{issues.into_iter().map(entry).collect_view()}</ul>
                </section>
            }
        })
    };
    view! { {list} }
}
