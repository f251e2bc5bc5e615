//! What is wrong with `config.json`, at the top of every page.

use crate::config::ConfigIssue;
use crate::ui::components::icon::{Icon, IconName};
use crate::ui::components::later::OnUse;
use crate::ui::on_use::on_use;
use crate::ui::state::use_stores;
use crate::ui::words::{file_words, words};
use leptos::prelude::*;

/// A list of all that is wrong; nothing where nothing is.
#[component]
pub(crate) fn ConfigIssues() -> impl IntoView {
    let site = use_stores().site;
    move || {
        // More can be said when all descriptions are there.
        let issues = site.all_config_issues();
        (!issues.is_empty())
            .then(|| view! { <OnUse load=Box::new(move || Box::pin(list(issues.clone())))/> }.into_any())
    }
}

on_use! { pages =>
    fn list(issues: Vec<ConfigIssue>) -> AnyView {
        let items = issues.iter().map(|issue| view! { <li>{(file_words().config_issue)(issue)}</li> }.into_any());
        view! {
            <section class="banner" data-tone="unsure" aria-label=words().config_problems>
                <h2><Icon name=IconName::Unsure/>" "<span>{words().config_problems}</span></h2>
                <ul>{items.collect_view()}</ul>
            </section>
        }
        .into_any()
    }
}
