//! The page of a call that gives a credential: the few inputs that people think of, and all fields behind them.

use super::grant_form;
use crate::catalog::Grant;
use crate::outcome::Severity;
use crate::ui::components::alert::Notice;
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
    view! {
        <div class="form">
            <ServerField form=form/>
            <Inputs form=form grant=grant/>
            <details class="all-fields">
                <summary>{words().pages.all_fields}</summary>
                {children()}
            </details>
        </div>
    }
    .into_any()
}

#[component]
fn Inputs(form: OperationForm, grant: Grant) -> impl IntoView {
    let stores = use_stores();
    let provider = StoredValue::new(form.operation().provider.clone());
    let done = RwSignal::new(String::new());
    // Another region has other defaults, and another profile takes the credential.
    let place = Memo::new(move |_| {
        let profile = stores.profiles.chosen_id(&provider.get_value()).unwrap_or_default();
        (form.region(), profile)
    });
    view! {
        <section class="group">
            {move || {
                let ((_, profile), grant) = (place.get(), grant.clone());
                let on_done = move |said: String| done.set(said);
                let load = move || -> ViewOnUse {
                    Box::pin(grant_form(form, profile, grant.clone(), Callback::new(on_done), None))
                };
                untrack(|| view! { <OnUse load=Box::new(load)/> }.into_any())
            }}
            <div role="status">
                {move || {
                    let said = done.get();
                    (!said.is_empty()).then(|| view! { <Notice severity=Severity::Success text=said/> }.into_any())
                }}
            </div>
        </section>
    }
}
