//! What can be tried in the sandbox.

use crate::form::{FieldPath, Raw};
use crate::proxy::ConnectionKind;
use crate::sandbox::{Case, Guide, Provider, guide};
use crate::sign::inputs;
use crate::ui::model::CallModel;
use crate::ui::state::AppState;
use crate::ui::text;
use crate::ui::widgets::{Icon, icon};
use leptos::prelude::*;

/// Shown while the chosen connection is the sandbox.
#[component]
pub(super) fn SandboxPanel(
    /// The operation and its state.
    model: CallModel,
) -> impl IntoView {
    let state = AppState::expect();
    let operation = model.operation();
    let host = operation.servers.first().map(|server| server.url.trim_start_matches("https://").to_owned());
    let known = host.and_then(|host| Provider::of_host(&host)).map(guide).map(StoredValue::new);
    let shown = move || state.connection().kind == ConnectionKind::Sandbox;
    known.map(|guide| {
        let fill = move |_| guide.with_value(|guide| fill_example(state, model, guide));
        view! {
            <Show when=shown>
                <section class="sandbox" aria-labelledby="sandbox-title">
                    <h2 id="sandbox-title">{icon(Icon::Flask)} <span>{text::SANDBOX_TITLE}</span></h2>
                    <p>{text::SANDBOX_LEAD}</p>
                    <p><button type="button" class="button" on:click=fill>{text::SANDBOX_FILL}</button></p>
                    <details>
                        <summary>{text::SANDBOX_CASES}</summary>
                        <p>{guide.with_value(|guide| guide.any_code)}</p>
                        <table class="cases">
                            <thead><tr><th scope="col">"Input"</th><th scope="col">"Leads to"</th><th scope="col"><span class="visually-hidden">{text::SANDBOX_USE}</span></th></tr></thead>
                            <tbody>{guide.with_value(|known| known.cases.iter().cloned().map(|case| row(state, model, guide, case)).collect_view())}</tbody>
                        </table>
                    </details>
                </section>
            </Show>
        }
    })
}

fn row(state: AppState, model: CallModel, guide: StoredValue<Guide>, case: Case) -> impl IntoView {
    let label = format!("{} {} {}", text::SANDBOX_USE, case.input, case.value);
    let (input, value, leads_to) = (case.input, case.value.clone(), case.leads_to);
    let apply = move |_| {
        guide.with_value(|guide| fill_example(state, model, guide));
        put(state, model, case.input, &case.value);
        case.with.iter().for_each(|(input, value)| put(state, model, input, value));
    };
    view! {
        <tr>
            <td>{input} <br /> <code class="breakable">{value}</code></td>
            <td>{leads_to}</td>
            <td><button type="button" class="button quiet" aria-label=label on:click=apply>{text::SANDBOX_USE}</button></td>
        </tr>
    }
}

fn fill_example(state: AppState, model: CallModel, guide: &Guide) {
    guide.example.iter().for_each(|(input, value)| put(state, model, input, value));
    model.issues.set(Vec::new());
}

/// Fills an input by its label: a credential's, or a field's.
fn put(state: AppState, model: CallModel, input: &str, value: &str) {
    let operation = model.operation();
    let is_credential =
        operation.schemes.first().is_some_and(|scheme| inputs(scheme).iter().any(|own| own.label == input));
    if is_credential {
        state.keyring.update(|keyring| keyring.set(&operation.api, input, value));
    } else if let Some(field) = operation.fields().into_iter().find(|field| field.name == input) {
        model.edit(|draft| draft.set(FieldPath::of(field), Raw::Text(value.to_owned())));
    }
}
