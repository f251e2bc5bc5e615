//! One operation: what it does, the form, the request and the answer.

use super::PageTitle;
use crate::catalog::{Api, Operation};
use crate::outcome::describe::{self, Explanation, Tone};
use crate::ui::app::file_id;
use crate::ui::form::OperationForm;
use crate::ui::model::CallModel;
use crate::ui::pages::Unknown;
use crate::ui::response::{RequestPanel, ResponsePanel};
use crate::ui::route::Route;
use crate::ui::state::{AppState, LoadedApi};
use crate::ui::text;
use crate::ui::widgets::{Explained, Icon, icon};
use leptos::prelude::*;
use std::sync::Arc;

/// The page of the operation that the address names, as far as its description has arrived.
#[component]
pub(crate) fn OperationPage(
    /// The API's id.
    api: String,
    /// `operationId`.
    id: String,
) -> impl IntoView {
    let state = AppState::expect();
    // Only this API's own arrival matters: the others must not rebuild the page under the user's hands.
    let found = Memo::new(move |_| {
        let place = format!("/{api}/{id}");
        let loaded = state.apis.with(|apis| apis.iter().find(|(file, _)| file_id(file) == api).cloned());
        match loaded {
            None if state.apis.with(Vec::is_empty) => Found::Loading,
            None => Found::Nothing(place),
            Some((_, LoadedApi::Loading)) => Found::Loading,
            Some((_, LoadedApi::Ready(api))) => Found::Api(api, id.clone()),
            Some((_, LoadedApi::Broken(error))) => Found::Unusable(describe::catalog_error(&error)),
            Some((file, LoadedApi::Unreachable(complaint))) => {
                Found::Unusable(describe::unreachable(&file, &complaint))
            }
        }
    });
    move || match found.get() {
        Found::Loading => view! { <p class="loading">{text::LOADING_API}</p> }.into_any(),
        Found::Nothing(place) => view! { <Unknown place /> }.into_any(),
        Found::Unusable(explanation) => unusable(explanation),
        Found::Api(api, id) => match api.operation(&id) {
            None => view! { <Unknown place=format!("/{}/{id}", api.id) /> }.into_any(),
            Some(Err(error)) => unusable(describe::catalog_error(&error)),
            Some(Ok(operation)) => view! { <Call model=state.model(operation) /> }.into_any(),
        },
    }
}

/// What the address leads to.
#[derive(Clone)]
enum Found {
    Loading,
    Nothing(String),
    Unusable(Explanation),
    Api(Arc<Api>, String),
}

impl PartialEq for Found {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Loading, Self::Loading) => true,
            (Self::Nothing(a), Self::Nothing(b)) => a == b,
            (Self::Unusable(a), Self::Unusable(b)) => a == b,
            (Self::Api(a, x), Self::Api(b, y)) => Arc::ptr_eq(a, b) && x == y,
            _ => false,
        }
    }
}

fn unusable(explanation: Explanation) -> AnyView {
    debug_assert_eq!(explanation.tone, Tone::Bad);
    view! {
        <div class="page narrow">
            <PageTitle text=explanation.title.clone() />
            <Explained explanation />
            <p><a class="button" href=Route::Home.to_hash()>{text::BACK_HOME}</a></p>
        </div>
    }
    .into_any()
}

#[component]
fn Call(
    /// The operation and its state.
    model: CallModel,
) -> impl IntoView {
    let operation = model.operation();
    view! {
        <div class="page operation">
            <header class="page-head">
                <p class="eyebrow">{operation.api_title.clone()}</p>
                <PageTitle text=operation.summary.clone() />
                <p class="endpoint"><b>{operation.method.to_string()}</b> " " <code>{operation.path.clone()}</code></p>
                <p>{operation.description.clone()}</p>
                {operation.reference.clone().map(|href| view! {
                    <p><a href=href target="_blank" rel="noopener noreferrer">{text::REFERENCE}</a></p>
                })}
            </header>
            {before(&operation)}
            <div class="columns">
                <OperationForm model />
                <div class="results">
                    <RequestPanel model />
                    <ResponsePanel model />
                </div>
            </div>
        </div>
    }
}

/// Impact and preconditions.
fn before(operation: &Operation) -> Option<AnyView> {
    if operation.impact.is_none() && operation.preconditions.is_empty() {
        return None;
    }
    let impact = operation.impact.clone().unwrap_or_default();
    let item = |text: String| view! { <li>{text}</li> };
    let preconditions = operation.preconditions.clone().into_iter().map(|precondition| {
        let exceptions = precondition.exceptions.into_iter().map(item).collect_view();
        view! { <li>{precondition.text} <ul>{exceptions}</ul></li> }
    });
    let details = impact.details.into_iter().map(item).collect_view();
    Some(
        view! {
            <section class="banner" data-tone="unsure" aria-labelledby="before">
                <h2 id="before">{icon(Icon::Unsure)} <span>{text::BEFORE}</span></h2>
                <p><strong>{impact.summary}</strong></p>
                <ul class="preconditions">{preconditions.collect_view()}</ul>
                <details>
                    <summary>{text::MORE_IMPACT}</summary>
                    <ul>{details}</ul>
                </details>
            </section>
        }
        .into_any(),
    )
}
