//! Asking the provider for the values of a field.

use super::exchange::{self, Wanted};
use super::lockout::{Refusal, RefusalAlert, succeeded};
use crate::catalog;
use crate::ui::state::operation_form::OperationForm;
use crate::ui::state::site::OperationKey;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::words;
use leptos::prelude::*;
use serde_json::Value;
use wasm_bindgen_futures::spawn_local;

/// What the provider said.
#[derive(Clone)]
enum Found {
    Nothing,
    Asking,
    /// Values and labels.
    Choices(Vec<(String, String)>),
    Failed(Refusal),
}

/// The button beside a field, and what it finds.
#[component]
pub(crate) fn Lookup(
    form: OperationForm,
    /// The field's name.
    name: String,
) -> impl IntoView {
    let stores = use_stores();
    let found = RwSignal::new(Found::Nothing);
    let label = format!("{} {name}", words().look_up);
    let name = StoredValue::new(name);
    let fill = move |value: &str| {
        let name = name.get_value();
        form.fill(&name, &Value::from(value));
        stores.shell.announce(format!("{name} {value}"));
    };
    let ask = move |_| {
        found.set(Found::Asking);
        spawn_local(async move {
            let Some(field) = name.try_get_value() else { return };
            let asked = untrack(|| (form.region(), form.text(&field)));
            let result = look_up(stores, form, &field).await;
            if name.try_get_value().is_none() {
                // The page was left.
                return;
            }
            if let Ok(choices) = &result
                && let [(value, _)] = choices.as_slice()
                // What was typed or chosen meanwhile stays.
                && asked == untrack(|| (form.region(), form.text(&field)))
            {
                fill(value);
            }
            found.try_set(result.map_or_else(Found::Failed, Found::Choices));
        });
    };
    // The descriptions come one by one, and a deployment may not offer the call that looks.
    let offered = Memo::new(move |_| {
        lookup_of(form, &name.get_value()).is_some_and(|lookup| stores.site.operation(&key_of(&lookup)).is_some())
    });
    let choice = move |(value, label): (String, String)| {
        let shown = value.clone();
        view! {
            <li>
                <button type="button" class="button quiet choice" on:click=move |_| fill(&value)>
                    {label}" "<code class="breakable">{shown}</code>
                </button>
            </li>
        }
    };
    let shown = move || match found.get() {
        Found::Nothing => ().into_any(),
        Found::Asking => view! { <p class="progress">{words().asking}</p> }.into_any(),
        Found::Failed(refusal) => view! { <RefusalAlert refusal=refusal/> }.into_any(),
        Found::Choices(choices) if choices.is_empty() => view! { <p>{words().nothing_looked_up}</p> }.into_any(),
        Found::Choices(choices) => {
            view! { <ul class="choices">{choices.into_iter().map(choice).collect_view()}</ul> }.into_any()
        }
    };
    view! {
        <Show when=move || offered.get()>
            <button type="button" class="button" on:click=ask>{label.clone()}</button>
        </Show>
        <div class="lookup" role="status">{move || shown()}</div>
    }
}

/// Where the values of a field can be asked for.
fn lookup_of(form: OperationForm, name: &str) -> Option<catalog::Lookup> {
    let operation = form.operation();
    let field = operation.fields().into_iter().find(|field| field.name == name)?;
    catalog::Lookup::read(field.schema.lookup.as_ref()?).ok()
}

fn key_of(lookup: &catalog::Lookup) -> OperationKey {
    let (api, operation) = lookup.operation.clone();
    OperationKey { api, operation }
}

/// Values and labels, as the provider lists them for the region of the form.
async fn look_up(stores: Stores, form: OperationForm, name: &str) -> Result<Vec<(String, String)>, Refusal> {
    let lookup = lookup_of(form, name).ok_or_else(|| (words().explain.not_complete)(Vec::new()))?;
    let region = untrack(|| form.region());
    let values = lookup.values_in(&region).into_iter().collect();
    let call = exchange::call(stores, Wanted { key: key_of(&lookup), region, values }).await;
    let (_, unmasked) = succeeded(stores, call)?;
    Ok(lookup.choices(&unmasked.body))
}
