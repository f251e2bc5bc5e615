//! The ids of the last calls, as suggestions of an input.

use crate::catalog::Field;
use crate::proxy::ConnectionKind;
use crate::ui::state::operation_form::OperationForm;
use crate::ui::state::recent::is_id;
use crate::ui::state::use_stores;
use leptos::prelude::*;

/// The id of the suggestions for the input of this id. `None`: it takes no id.
pub(crate) fn list_id(field: &Field, input: &str) -> Option<String> {
    is_id(field).then(|| format!("{input}--recent"))
}

/// The suggestions.
#[component]
pub(crate) fn RecentIds(
    form: OperationForm,
    /// The field's name.
    name: String,
    /// The id from [`list_id`].
    id: String,
) -> impl IntoView {
    let stores = use_stores();
    let operation = form.operation();
    let options = move || {
        let simulated = stores.settings.connection().kind == ConnectionKind::Sandbox;
        let ids = stores.recent.ids(&operation, &name, simulated).into_iter();
        ids.map(|id| view! { <option value=id></option> }.into_any()).collect_view()
    };
    view! { <datalist id=id>{move || options()}</datalist> }
}
