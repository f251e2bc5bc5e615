//! Values for a form that ride in the address: they fill it, the page says so, and nothing is sent.

use crate::catalog::Kind;
use crate::outcome::Severity;
use crate::ui::components::alert::Notice;
use crate::ui::platform::dom;
use crate::ui::route::Route;
use crate::ui::state::operation_form::OperationForm;
use crate::ui::state::site::OperationKey;
use crate::ui::state::use_stores;
use crate::ui::words::words;
use leptos::prelude::*;
use serde_json::Value;

/// Stands for the region where the operation has no field of this name.
pub(crate) const REGION: &str = "region";

/// Fills the form from the address, now and whenever another link to the same form is followed.
#[component]
pub(crate) fn Prefilled(form: OperationForm) -> impl IntoView {
    let stores = use_stores();
    let said = form.filled;
    on_cleanup(move || said.set(String::new()));
    Effect::new(move |_| {
        let values = stores.shell.address_values.get();
        // The page before this one is still there for a moment, and the values are not for its form.
        let OperationKey { api, operation: id } = form.key();
        let is_here = stores.shell.route.with_untracked(|route| *route == Route::Operation { api, id });
        if values.is_empty() || !is_here {
            return;
        }
        let filled: Vec<String> =
            values.iter().filter(|(name, value)| fill(form, name, value)).map(|(name, _)| name.clone()).collect();
        stores.shell.address_values.set(Vec::new());
        // Loading the page again must not undo what the user changes from here on.
        dom::replace_hash(&stores.shell.route.with_untracked(Route::to_hash));
        if !filled.is_empty() {
            let sentence = (words().pages.filled_by_link)(&filled.join(", "));
            stores.shell.announce(sentence.clone());
            said.set(sentence);
        }
    });
    move || {
        let said = said.get();
        (!said.is_empty()).then(|| view! { <Notice severity=Severity::Success text=said/> }.into_any())
    }
}

/// Fills one field; never a secret, nor a host. `false`: the form has no such field.
fn fill(form: OperationForm, name: &str, value: &str) -> bool {
    let operation = form.operation();
    let field = operation.fields().into_iter().find(|field| field.name == name);
    match field.map(|field| &field.schema.kind) {
        Some(Kind::Secret | Kind::File) => false,
        Some(Kind::Text | Kind::Boolean(_) | Kind::Enum(_) | Kind::Integer | Kind::Number) => {
            form.fill(name, &Value::from(value));
            true
        }
        Some(_) => false,
        None if name == REGION => {
            form.choose_region(value);
            !value.is_empty() && untrack(|| form.region()) == value
        }
        None => false,
    }
}
