//! One operation: what it does, the form, the request and the answer.

use super::home::Endpoint;
use super::not_found::NotFoundPage;
use super::{NarrowPage, PageTitle};
use crate::catalog::{Api, Operation};
use crate::ui::components::alert::Alert;
use crate::ui::components::later::{Later, OnUse};
use crate::ui::features::credential::ShortForm;
use crate::ui::features::form::OperationForm;
use crate::ui::features::omissions::Omissions;
use crate::ui::features::prefill::Prefilled;
use crate::ui::features::results::Results;
use crate::ui::features::session_log::SessionLog;
use crate::ui::on_use::on_use;
use crate::ui::route::Route;
use crate::ui::state::site::{Description, DescriptionError};
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::{file_words, words};
use leptos::prelude::*;
use std::sync::Arc;

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
        Memo::new(move |_| matches!(description(), Some((_, Description::Loading))))
    };
    move || {
        if loading.get() {
            return view! { <p class="loading">{words().loading}</p> }.into_any();
        }
        untrack(|| loaded(stores, description(), &api, &operation))
    }
}

fn loaded(stores: Stores, description: Option<(String, Description)>, api: &str, operation: &str) -> AnyView {
    let not_found = || view! { <NotFoundPage address=format!("/{api}/{operation}")/> }.into_any();
    match description {
        Some((_, Description::Ready { offered, .. })) => match stores.site.read_operation(&offered, operation) {
            None => not_found(),
            Some(Err(error)) => broken(String::new(), Arc::new(DescriptionError::Invalid(*error))),
            Some(Ok(found)) => {
                let found = stores.site.config.with(|config| config.restrict(found));
                view! { <Call operation=found/> }.into_any()
            }
        },
        Some((file, Description::Broken(error))) => broken(file, error),
        Some((_, Description::Loading)) | None => not_found(),
    }
}

/// Why the operation cannot be used.
fn broken(file: String, error: Arc<DescriptionError>) -> AnyView {
    view! { <OnUse load=Box::new(move || Box::pin(broken_page(file.clone(), error.clone())))/> }.into_any()
}

on_use! { pages =>
    fn broken_page(file: String, error: Arc<DescriptionError>) -> AnyView {
        let message = match &*error {
            DescriptionError::Unreachable(complaint) => (file_words().description_not_loaded)(&file, Some(complaint)),
            DescriptionError::Invalid(error) => (file_words().catalog_error)(error),
        };
        view! {
            <NarrowPage title=words().broken_title>
                <div class="sections"><Alert message=message/></div>
                <p><a class="button" href=Route::Home.to_hash()>{words().back_home}</a></p>
            </NarrowPage>
        }
        .into_any()
    }
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
        view! { " "<a href=href target="_blank" rel="noopener noreferrer">{words().reference}" ↗"</a> }.into_any()
    });
    // The first sentence is enough to know where one is.
    let (first, rest) = operation.description.split_once(". ").unwrap_or((&operation.description, ""));
    let first = match first.trim_end_matches('.') {
        "" => words().about_operation.to_owned(),
        sentence => format!("{sentence}."),
    };
    let rest = (!rest.is_empty()).then(|| view! { <p>{rest.to_owned()}</p> }.into_any());
    view! {
        <div class="page columns" data-reads=(!operation.is_mutating()).to_string()>
            <div class="call">
                <header class="page-head">
                    <p class="eyebrow">{operation.api_title.clone()}{reference}</p>
                    <PageTitle text=operation.summary.clone()/>
                    <details class="about">
                        <summary>{first}</summary>
                        {rest}
                        <Endpoint method=operation.method.to_string() path=operation.path.clone()/>
                    </details>
                </header>
                <Omissions omissions=operation.omissions.clone()/>
                <Prefilled form=form/>
                <ShortForm form=form><OperationForm form=form/></ShortForm>
            </div>
            <div class="beside"><Later><Results form=form/><SessionLog/></Later></div>
        </div>
    }
}
