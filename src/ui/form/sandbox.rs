//! What can be tried in the sandbox.

use crate::catalog::Scheme;
use crate::form::{Draft, FieldPath};
use crate::proxy::ConnectionKind;
use crate::sign::{inputs, kind};
use crate::ui::dom::{Child, El, el, live};
use crate::ui::load;
use crate::ui::model::CallModel;
use crate::ui::state::AppState;
use crate::ui::widgets::{button, code, details};
use crate::ui::{browser, text};
use leptos::prelude::*;
use serde_json::{Value, json};
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

/// Shown while the chosen connection is the sandbox; fetches it then.
pub(super) fn sandbox_panel(state: AppState, model: CallModel) -> AnyView {
    let chosen = Memo::new(move |_| state.connection().kind == ConnectionKind::Sandbox);
    Effect::new(move |_| {
        if chosen.get() {
            spawn_local(async move { drop(load::sandbox(state).await) });
        }
    });
    live(move || {
        let shown = (state.sandbox_loaded.get() && chosen.get()).then(|| read_guide(state, model)).flatten();
        untrack(|| shown.map(|guide| panel(state, model, Arc::new(guide)))).into()
    })
}

fn read_guide(state: AppState, model: CallModel) -> Option<Value> {
    let guide = state.sandbox.get_value()?.guide(model.operation().servers.first()?.host());
    serde_json::from_str(&guide).ok()
}

/// A table of inputs and what they lead to.
fn case_table(state: AppState, model: CallModel, guide: &Arc<Value>, cases: &[Value]) -> El {
    let heading = |text: &str| el("th").attr("scope", "col").child(text);
    let heads = [
        heading(text::SANDBOX_INPUT),
        heading(text::SANDBOX_LEADS_TO),
        el("th").attr("scope", "col").child(el("span").class("visually-hidden").child(text::SANDBOX_USE)),
    ];
    let rows = cases.iter().map(|case| row(state, model, guide.clone(), case));
    el("table")
        .class("cases")
        .child(el("thead").child(el("tr").children(heads)))
        .child(el("tbody").child(Child::many(rows)))
}

/// The same for every code of the error catalogue, which is fetched when somebody looks.
fn code_table(state: AppState, model: CallModel, guide: Arc<Value>) -> El {
    // As text, which every other signal of the page can be as well: a signal of another type is more code.
    let cases = RwSignal::new(String::new());
    let open = move |_| {
        if cases.with_untracked(String::is_empty) {
            spawn_local(async move {
                if let Some(found) = fetch_codes(state, model).await {
                    // The page may be another one by now.
                    cases.try_set(found);
                }
            });
        }
    };
    let table = live(move || {
        let cases: Option<Value> = cases.with(|cases| serde_json::from_str(cases).ok());
        cases.as_ref().and_then(Value::as_array).map(|cases| case_table(state, model, &guide, cases)).into()
    });
    details(text::SANDBOX_CODES, table).on("toggle", open)
}

async fn fetch_codes(state: AppState, model: CallModel) -> Option<String> {
    let operation = model.operation();
    let text = load::fetch_text(operation.errors.as_ref()?).await.ok()?;
    let sandbox = load::sandbox(state).await?;
    Some(sandbox.code_cases(operation.servers.first()?.host(), &text))
}

fn panel(state: AppState, model: CallModel, guide: Arc<Value>) -> El {
    let cases = case_table(state, model, &guide, list(&guide, "cases"));
    let codes = code_table(state, model, guide.clone());
    let fill = button("button").on("click", move |_| fill_example(state, model, &guide)).child(text::SANDBOX_FILL);
    el("section")
        .class("sandbox")
        .attr("aria-labelledby", "sandbox-title")
        .child(el("h2").attr("id", "sandbox-title").child(text::SANDBOX_TITLE))
        .child(el("p").child(text::SANDBOX_LEAD))
        .child(el("p").child(fill))
        .child(details(text::SANDBOX_CASES, cases))
        .child(codes)
}

fn row(state: AppState, model: CallModel, guide: Arc<Value>, case: &Value) -> El {
    let (input, value) = (string(case.get("input")), string(case.get("value")));
    let label = format!("{} {input} {value}", text::SANDBOX_USE);
    let cell = Child::many([input.as_str().into(), Child::from(el("br")), code(value.as_str()).into()]);
    let leads_to = string(case.get("leadsTo"));
    let case = case.clone();
    let apply = move |_| {
        fill_example(state, model, &guide);
        put(state, model, &input, &value);
        put_all(state, model, list(&case, "with"));
    };
    let apply = button("button quiet").attr("aria-label", label).on("click", apply).child(text::SANDBOX_USE);
    el("tr").child(el("td").child(cell)).child(el("td").child(leads_to)).child(el("td").child(apply))
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn string(value: Option<&Value>) -> String {
    value.and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// Everything else goes back to how the form begins: what an earlier try has left would lead elsewhere.
fn fill_example(state: AppState, model: CallModel, guide: &Value) {
    let operation = model.operation();
    model.edit(|draft| *draft = Draft::new(&operation, &mut browser::new_id));
    state.keyring.update(|keyring| {
        let profile = keyring.chosen(&operation.provider).map(|profile| profile.id).unwrap_or_default();
        let labels = operation.schemes.iter().flat_map(inputs);
        labels.for_each(|input| keyring.set(profile, &input.label, ""));
    });
    put_all(state, model, list(guide, "example"));
    model.issues.set(Vec::new());
}

/// Fills inputs from pairs of label and value.
fn put_all(state: AppState, model: CallModel, pairs: &[Value]) {
    pairs.iter().for_each(|pair| put(state, model, &string(pair.get(0)), &string(pair.get(1))));
}

/// Fills an input by its label: a credential's, or a field's.
fn put(state: AppState, model: CallModel, input: &str, value: &str) {
    let operation = model.operation();
    let takes = |scheme: &&Scheme| inputs(scheme).iter().any(|own| own.label == input);
    if let Some(scheme) = operation.schemes.iter().find(takes) {
        state.keyring.update(|keyring| {
            let profile = keyring.chosen(&operation.provider).map(|profile| profile.id).unwrap_or_default();
            keyring.set(profile, input, value);
            if !keyring.scheme(&operation).is_some_and(|used| takes(&used)) {
                keyring.take(&json!({ "id": profile, "kind": kind(scheme) }));
            }
        });
    } else if let Some(field) = operation.fields().into_iter().find(|field| field.name == input) {
        model.edit(|draft| draft.set_as(&FieldPath::of(field), &field.schema, &Value::from(value)));
    }
}
