//! What can be tried in the sandbox.

use crate::form::FieldPath;
use crate::proxy::ConnectionKind;
use crate::sandbox::{Case, Provider, guide};
use crate::sign::inputs;
use crate::ui::dom::{Child, El, el, live};
use crate::ui::model::CallModel;
use crate::ui::state::AppState;
use crate::ui::text;
use crate::ui::widgets::{Icon, button, code, details, with_icon};
use leptos::prelude::*;
use serde_json::Value;

/// Shown while the chosen connection is the sandbox.
pub(super) fn sandbox_panel(state: AppState, model: CallModel) -> Option<AnyView> {
    let operation = model.operation();
    let provider = Provider::of_host(operation.servers.first()?.url.trim_start_matches("https://"))?;
    let shown = Memo::new(move |_| state.connection().kind == ConnectionKind::Sandbox);
    Some(live(move || if shown.get() { panel(state, model, provider).into() } else { Child::none() }))
}

fn panel(state: AppState, model: CallModel, provider: Provider) -> El {
    let guide = guide(provider);
    let fill = button("button").on("click", move |_| fill_example(state, model, provider)).child(text::SANDBOX_FILL);
    let heading = |text: &str| el("th").attr("scope", "col").child(text);
    let heads = [
        heading(text::SANDBOX_INPUT),
        heading(text::SANDBOX_LEADS_TO),
        el("th").attr("scope", "col").child(el("span").class("visually-hidden").child(text::SANDBOX_USE)),
    ];
    let rows = guide.cases.into_iter().map(|case| row(state, model, provider, case));
    let table = el("table")
        .class("cases")
        .child(el("thead").child(el("tr").children(heads)))
        .child(el("tbody").child(Child::many(rows)));
    el("section")
        .class("sandbox")
        .attr("aria-labelledby", "sandbox-title")
        .child(with_icon(el("h2").attr("id", "sandbox-title"), Icon::Flask, text::SANDBOX_TITLE))
        .child(el("p").child(text::SANDBOX_LEAD))
        .child(el("p").child(fill))
        .child(details(text::SANDBOX_CASES, Child::many([el("p").child(guide.any_code), table])))
}

fn row(state: AppState, model: CallModel, provider: Provider, case: Case) -> El {
    let label = format!("{} {} {}", text::SANDBOX_USE, case.input, case.value);
    let input = Child::many([case.input.into(), Child::from(el("br")), code(case.value.clone()).into()]);
    let leads_to = case.leads_to;
    let apply = move |_| {
        fill_example(state, model, provider);
        put(state, model, case.input, &case.value);
        case.with.iter().for_each(|(input, value)| put(state, model, input, value));
    };
    let apply = button("button quiet").attr("aria-label", label).on("click", apply).child(text::SANDBOX_USE);
    el("tr").child(el("td").child(input)).child(el("td").child(leads_to)).child(el("td").child(apply))
}

fn fill_example(state: AppState, model: CallModel, provider: Provider) {
    guide(provider).example.iter().for_each(|(input, value)| put(state, model, input, value));
    model.issues.set(Vec::new());
}

/// Fills an input by its label: a credential's, or a field's.
fn put(state: AppState, model: CallModel, input: &str, value: &str) {
    let operation = model.operation();
    let scheme = operation.schemes.first();
    if scheme.is_some_and(|scheme| inputs(scheme).iter().any(|own| own.label == input)) {
        state.keyring.update(|keyring| keyring.set(&operation.api, input, value));
    } else if let Some(field) = operation.fields().into_iter().find(|field| field.name == input) {
        model.edit(|draft| draft.set_as(&FieldPath::of(field), &field.schema, &Value::from(value)));
    }
}
