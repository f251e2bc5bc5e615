//! The instances of the last calls, as suggestions of an input.

use crate::catalog::Field;
use crate::proxy::ConnectionKind;
use crate::ui::state::operation_form::OperationForm;
use crate::ui::state::use_stores;
use leptos::prelude::*;

/// The id of the suggestions for the input of this id. `None`: the field does not say which thing is affected.
pub(crate) fn list_id(form: OperationForm, field: &Field, input: &str) -> Option<String> {
    let operation = form.operation();
    let subject = operation.impact.as_ref()?.subject.as_ref()?;
    (*subject == field.name).then(|| format!("{input}--recent"))
}

/// The suggestions.
#[component]
pub(crate) fn RecentInstances(
    form: OperationForm,
    /// The id from [`list_id`].
    id: String,
) -> impl IntoView {
    let stores = use_stores();
    let operation = form.operation();
    let options = move || {
        let simulated = stores.settings.connection().kind == ConnectionKind::Sandbox;
        let instances = stores.recent.instances(&operation, simulated).into_iter();
        instances.map(|instance| view! { <option value=instance></option> }.into_any()).collect_view()
    };
    view! { <datalist id=id>{move || options()}</datalist> }
}
