//! Above the form: everything that is wrong with it, each entry a way to its field.

use crate::form::FieldIssue;
use crate::ui::dom::{Child, El, el, live};
use crate::ui::model::{CallModel, element_id};
use crate::ui::widgets::{Icon, items, with_icon};
use crate::ui::browser;
use crate::ui::words::words;
use leptos::prelude::*;

/// The list of complaints; nothing when there are none.
pub(super) fn issue_summary(model: CallModel, id: &'static str) -> AnyView {
    live(move || model.issues.with(|issues| summary(issues, id)))
}

fn summary(issues: &[FieldIssue], id: &'static str) -> Child {
    let shown = (!issues.is_empty()).then(|| {
        let title = (words().issues_title)(issues.len());
        el("section")
            .attr("id", id)
            .class("banner")
            .attr("data-tone", "bad")
            .attr("tabindex", "-1")
            .attr("aria-label", title.clone())
            .child(with_icon(el("h2"), Icon::Bad, title))
            .child(el("ul").child(items(issues.iter().map(entry))))
    });
    shown.into()
}

fn entry(issue: &FieldIssue) -> El {
    let id = element_id(&issue.target);
    let name = if issue.target.name().is_empty() { words().body } else { issue.target.name() };
    // A fragment is an address of the console, so the link only looks like one.
    let follow = move |event: web_sys::Event| {
        event.prevent_default();
        browser::focus(&id);
    };
    el("a").attr("href", "#").on("click", follow).child((words().explain.violation)(name, &issue.broken))
}
