//! The page of a call that gives a credential: the few inputs that people think of, and all fields behind them.

use super::short_inputs;
use crate::ui::components::later::{OnUse, ViewOnUse};
use crate::ui::features::form::ServerField;
use crate::ui::state::operation_form::OperationForm;
use crate::ui::state::use_stores;
use crate::ui::words::words;
use leptos::prelude::*;

/// The short form of an operation with `x-grants`; `children` are all fields. Other operations show these at once.
#[component]
pub(crate) fn ShortForm(form: OperationForm, children: Children) -> AnyView {
    let stores = use_stores();
    let operation = form.operation();
    let grants = untrack(|| stores.site.api(&operation.api)).and_then(|api| api.grants().ok()).unwrap_or_default();
    let Some(grant) = grants.into_iter().find(|grant| grant.operation == operation.id) else { return children() };
    let load = move || -> ViewOnUse { Box::pin(short_inputs(form, grant.clone())) };
    view! {
        <div class="form">
            <ServerField form=form/>
            <section class="group"><OnUse load=Box::new(load)/></section>
            <details class="all-fields">
                <summary>{words().pages.all_fields}</summary>
                {children()}
            </details>
        </div>
    }
    .into_any()
}
