//! What can be tried in the sandbox. The form is the first program's: it fills itself in when it is told to.

use super::{Key, Panels};
use crate::catalog::{ErrorCatalogue, Operation};
use crate::sandbox::{code_cases_of, guide_to};
use crate::ui::dom::{Child, El, el, live};
use crate::ui::host::Command;
use crate::ui::load::fetch_text;
use crate::ui::words::words;
use crate::ui::widgets::{button, code, details};
use leptos::prelude::*;
use serde_json::{Value, json};
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

/// Shown while the chosen connection is the sandbox.
pub(super) fn sandbox(panels: Panels, key: Key) -> AnyView {
    let chosen = Memo::new(move |_| panels.context.with(|context| context.sandbox));
    live(move || {
        let shown = if chosen.get() { guide(panels, &key) } else { None };
        untrack(|| shown.map(|guide| panel(panels, &key, Arc::new(guide)))).into()
    })
}

/// The operation as the description has it: the sandbox knows no hosts of a deployment's own.
fn operation(panels: Panels, (api, id): &Key) -> Option<Operation> {
    panels.api(api)?.operation(id)?.ok()
}

fn guide(panels: Panels, key: &Key) -> Option<Value> {
    let operation = operation(panels, key)?;
    serde_json::to_value(guide_to(operation.servers.first()?.host(), &operation.path)?).ok()
}

/// A table of inputs and what they lead to.
fn case_table(panels: Panels, key: &Key, guide: &Arc<Value>, cases: &[Value]) -> El {
    let heading = |text: &str| el("th").attr("scope", "col").child(text);
    let heads = [
        heading(words().sandbox_input),
        heading(words().sandbox_leads_to),
        el("th").attr("scope", "col").child(el("span").class("visually-hidden").child(words().sandbox_use)),
    ];
    let rows = cases.iter().map(|case| row(panels, key.clone(), guide.clone(), case));
    el("table")
        .class("cases")
        .child(el("thead").child(el("tr").children(heads)))
        .child(el("tbody").child(Child::many(rows)))
}

/// The same for every code of the error catalogue, which is fetched when somebody looks.
fn code_table(panels: Panels, key: Key, guide: Arc<Value>) -> El {
    let cases = RwSignal::new(String::new());
    let wanted = key.clone();
    let open = move |_| {
        let key = wanted.clone();
        if cases.with_untracked(String::is_empty) {
            spawn_local(async move {
                if let Some(found) = fetch_codes(panels, &key).await {
                    cases.try_set(found);
                }
            });
        }
    };
    let table = live(move || {
        let cases: Option<Value> = cases.with(|cases| serde_json::from_str(cases).ok());
        cases.as_ref().and_then(Value::as_array).map(|cases| case_table(panels, &key, &guide, cases)).into()
    });
    details(words().sandbox_codes, table).on("toggle", open)
}

async fn fetch_codes(panels: Panels, key: &Key) -> Option<String> {
    let operation = operation(panels, key)?;
    let text = fetch_text(operation.errors.as_ref()?).await.ok()?;
    let catalogue = ErrorCatalogue::load("errors.json", &text).ok()?;
    let cases = code_cases_of(operation.servers.first()?.host(), &operation.path, &catalogue);
    if cases.is_empty() { None } else { serde_json::to_string(&cases).ok() }
}

fn panel(panels: Panels, key: &Key, guide: Arc<Value>) -> El {
    let cases = case_table(panels, key, &guide, list(&guide, "cases"));
    let codes = code_table(panels, key.clone(), guide.clone());
    let fill = {
        let key = key.clone();
        button("button").on("click", move |_| fill(panels, &key, &guide, &[])).child(words().sandbox_fill)
    };
    el("section")
        .class("sandbox")
        .attr("aria-labelledby", "sandbox-title")
        .child(el("h2").attr("id", "sandbox-title").child(words().sandbox_title))
        .child(el("p").child(words().sandbox_lead))
        .child(el("p").child(fill))
        .child(details(words().sandbox_cases, cases))
        .child(codes)
}

fn row(panels: Panels, key: Key, guide: Arc<Value>, case: &Value) -> El {
    let text_of = |name: &str| case.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (input, value) = (text_of("input"), text_of("value"));
    let label = format!("{} {input} {value}", words().sandbox_use);
    let cell = Child::many([input.as_str().into(), Child::from(el("br")), code(value.as_str()).into()]);
    let mut pairs = vec![json!([input, value])];
    pairs.extend_from_slice(list(case, "with"));
    let apply = move |_| fill(panels, &key, &guide, &pairs);
    let apply = button("button quiet").attr("aria-label", label).on("click", apply).child(words().sandbox_use);
    el("tr").child(el("td").child(cell)).child(el("td").child(text_of("leadsTo"))).child(el("td").child(apply))
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// Has the form filled in with the example, and with these pairs above it.
fn fill(panels: Panels, (api, id): &Key, guide: &Value, pairs: &[Value]) {
    let pairs = [list(guide, "example"), pairs].concat();
    panels.ask(Command::Example, &json!({ "api": api, "id": id, "pairs": pairs }).to_string());
}
