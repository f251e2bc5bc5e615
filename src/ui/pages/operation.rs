//! One operation: what it does, the form, the request and the answer.

use super::home::Endpoint;
use super::not_found::NotFoundPage;
use super::{NarrowPage, PageTitle};
use crate::catalog::{Api, Operation};
use crate::ui::components::alert::Alert;
use crate::ui::components::icon::{Icon, IconName};
use crate::ui::features::answer::ResponsePanel;
use crate::ui::features::credential::ShortForm;
use crate::ui::features::form::OperationForm;
use crate::ui::features::omissions::Omissions;
use crate::ui::features::prefill::Prefilled;
use crate::ui::features::request::RequestPreview;
use crate::ui::features::session_log::SessionLog;
use crate::ui::route::Route;
use crate::ui::state::site::{Description, DescriptionError};
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::{Message, words};
use leptos::prelude::*;

/// The page of an operation, as far as its description has arrived.
#[component]
pub(super) fn OperationPage(
    /// The id of the API.
    api: String,
    /// The id of the operation.
    operation: String,
) -> impl IntoView {
    let stores = use_stores();
    let description = {
        let api = api.clone();
        move || {
            stores.site.descriptions.with(|descriptions| {
                descriptions
                    .iter()
                    .find(|(file, _)| Api::id_of(file) == api)
                    .map(|(file, known)| (file.clone(), known.clone()))
            })
        }
    };
    // Only this API's own arrival matters: the others must not rebuild the page under the user's hands.
    let loading = {
        let description = description.clone();
        Memo::new(move |_| !stores.site.configured.get() || matches!(description(), Some((_, Description::Loading))))
    };
    move || {
        if loading.get() {
            return view! { <p class="loading">{words().loading_api}</p> }.into_any();
        }
        untrack(|| loaded(stores, description(), &api, &operation))
    }
}

fn loaded(stores: Stores, description: Option<(String, Description)>, api: &str, operation: &str) -> AnyView {
    let not_found = || view! { <NotFoundPage address=format!("/{api}/{operation}")/> }.into_any();
    match description {
        Some((_, Description::Ready { offered, .. })) => match offered.operation(operation) {
            None => not_found(),
            Some(Err(error)) => broken((words().explain.catalog_error)(&error)),
            Some(Ok(found)) => {
                let found = stores.site.config.with(|config| config.restrict(found));
                view! { <Call operation=found/> }.into_any()
            }
        },
        Some((file, Description::Broken(error))) => broken(match &*error {
            DescriptionError::Unreachable(complaint) => {
                (words().explain.description_not_loaded)(&file, Some(complaint))
            }
            DescriptionError::Invalid(error) => (words().explain.catalog_error)(error),
        }),
        Some((_, Description::Loading)) | None => not_found(),
    }
}

/// Why the operation cannot be used.
fn broken(message: Message) -> AnyView {
    view! {
        <NarrowPage title=words().broken_title>
            <div class="sections"><Alert message=message/></div>
            <p><a class="button" href=Route::Home.to_hash()>{words().back_home}</a></p>
        </NarrowPage>
    }
    .into_any()
}

#[component]
fn Call(operation: Operation) -> impl IntoView {
    let stores = use_stores();
    let form = stores.forms.form(operation);
    let operation = form.operation();
    stores.profiles.ensure_profile(&operation);
    stores.forms.current.set(Some(form));
    on_cleanup(move || {
        // Another operation may be on the screen already.
        if stores.forms.current.get_untracked().is_some_and(|current| current.key() == form.key()) {
            stores.forms.current.set(None);
        }
    });
    let reference = operation.reference.clone().map(|href| {
        view! { <p><a href=href target="_blank" rel="noopener noreferrer">{words().reference}</a></p> }.into_any()
    });
    view! {
        <div class="page">
            <header class="page-head">
                <p class="eyebrow">{operation.api_title.clone()}</p>
                <PageTitle text=operation.summary.clone()/>
                <Endpoint method=operation.method.to_string() path=operation.path.clone()/>
                <p>{operation.description.clone()}</p>
                {reference}
            </header>
            {impact(&operation)}
            <Omissions omissions=operation.omissions.clone()/>
            <div class="columns">
                <ShortForm form=form><OperationForm form=form/></ShortForm>
                <div class="results"><Prefilled form=form/><RequestPreview form=form/><ResponsePanel form=form/><SessionLog/></div>
            </div>
        </div>
    }
}

/// Impact and preconditions.
fn impact(operation: &Operation) -> Option<impl IntoView + use<>> {
    if operation.impact.is_none() && operation.preconditions.is_empty() {
        return None;
    }
    let impact = operation.impact.clone().unwrap_or_default();
    let list = |items: Vec<String>| items.into_iter().map(|item| view! { <li>{item}</li> }.into_any()).collect_view();
    let preconditions = operation.preconditions.iter().map(|precondition| {
        let exceptions = precondition.exceptions.clone();
        let exceptions = (!exceptions.is_empty()).then(|| view! { <ul>{list(exceptions)}</ul> }.into_any());
        view! { <li>{precondition.text.clone()}{exceptions}</li> }
    });
    let details = (!impact.details.is_empty()).then(|| {
        view! { <details><summary>{words().more_impact}</summary><ul>{list(impact.details)}</ul></details> }.into_any()
    });
    Some(view! {
        <section class="banner" data-tone="unsure" aria-labelledby="before">
            <h2 id="before"><Icon name=IconName::Unsure/>" "<span>{words().before}</span></h2>
            <p><strong>{impact.summary}</strong></p>
            <ul class="preconditions">{preconditions.collect_view()}</ul>
            {details}
        </section>
    })
}
