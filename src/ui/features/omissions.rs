//! What a description has and the console leaves out.

use crate::catalog::CatalogError;
use crate::ui::components::later::OnUse;
use crate::ui::on_use::on_use;
use crate::ui::words::{file_words, words};
use leptos::prelude::*;

/// Folded, for it keeps nobody from calling; nothing where nothing is left out.
#[component]
pub(crate) fn Omissions(
    /// Each with file, pointer and reason.
    omissions: Vec<CatalogError>,
) -> impl IntoView {
    (!omissions.is_empty())
        .then(|| view! { <OnUse load=Box::new(move || Box::pin(list(omissions.clone())))/> }.into_any())
}

on_use! { pages =>
    fn list(omissions: Vec<CatalogError>) -> AnyView {
        let item = |omission: &CatalogError| view! { <li>{(file_words().omission)(omission)}</li> }.into_any();
        view! {
            <details class="omissions muted">
                <summary>{words().omitted}</summary>
                <ul>{omissions.iter().map(item).collect_view()}</ul>
            </details>
        }
        .into_any()
    }
}
