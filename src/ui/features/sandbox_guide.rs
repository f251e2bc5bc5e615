//! What can be tried in the sandbox: an example, and inputs that lead to every other outcome.

use crate::catalog::{ErrorCatalogue, Kind, Operation, Scheme, SecurityRequirement};
use crate::form::{Draft, FieldPath};
use crate::proxy::ConnectionKind;
use crate::sandbox::{self, Case, CodeCase, Guide};
use crate::ui::platform::{random, site_files};
use crate::ui::state::operation_form::OperationForm;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::words;
use leptos::prelude::*;
use serde_json::Value;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

/// Shown while the chosen connection is the sandbox.
#[component]
pub(crate) fn SandboxGuide(form: OperationForm) -> impl IntoView {
    let stores = use_stores();
    let in_sandbox = Memo::new(move |_| stores.settings.connection().kind == ConnectionKind::Sandbox);
    move || {
        let operation = described_operation(stores, form)?;
        let guide = sandbox::guide_to(operation.servers.first()?.host(), &operation.path)?;
        in_sandbox.get().then(|| view! { <Panel form=form guide=Arc::new(guide)/> }.into_any())
    }
}

/// The operation as its description has it: the sandbox knows no hosts that only a deployment has.
fn described_operation(stores: Stores, form: OperationForm) -> Option<Operation> {
    let operation = form.operation();
    untrack(|| stores.site.api(&operation.api))?.operation(&operation.id)?.ok()
}

#[component]
fn Panel(form: OperationForm, guide: Arc<Guide>) -> impl IntoView {
    let stores = use_stores();
    let fill_example = {
        let guide = guide.clone();
        move |_| fill(stores, form, &guide, &[])
    };
    let rows = guide.cases.iter().map(Row::of_case).collect();
    view! {
        <section class="sandbox" aria-labelledby="sandbox-title">
            <h2 id="sandbox-title">{words().sandbox_title}</h2>
            <p>{words().sandbox_lead}</p>
            <p><button type="button" class="button" on:click=fill_example>{words().sandbox_fill}</button></p>
            <details>
                <summary>{words().sandbox_cases}</summary>
                <CaseTable form=form guide=guide.clone() rows=rows/>
            </details>
            <CodeCases form=form guide=guide/>
        </section>
    }
}

/// An input, and what it leads to.
#[derive(Debug, Clone)]
struct Row {
    input: String,
    value: String,
    with: Vec<(String, String)>,
    leads_to: String,
}

impl Row {
    fn of_case(case: &Case) -> Self {
        let with = case.with.iter().map(|(input, value)| ((*input).to_owned(), (*value).to_owned()));
        Self {
            input: case.input.to_owned(),
            value: case.value.clone(),
            with: with.collect(),
            leads_to: case.leads_to.to_owned(),
        }
    }

    fn of_code(case: CodeCase) -> Self {
        Self { input: case.input.to_owned(), value: case.value, with: Vec::new(), leads_to: case.leads_to }
    }
}

/// The rows for every code of the error catalogue, which is fetched when somebody looks.
#[component]
fn CodeCases(form: OperationForm, guide: Arc<Guide>) -> impl IntoView {
    let stores = use_stores();
    let rows = RwSignal::new(Vec::<Row>::new());
    let open = move |_| {
        if rows.with_untracked(Vec::is_empty) {
            spawn_local(async move {
                if let Some(found) = code_cases(stores, form).await {
                    rows.try_set(found);
                }
            });
        }
    };
    view! {
        <details on:toggle=open>
            <summary>{words().sandbox_codes}</summary>
            {move || {
                let rows = rows.get();
                (!rows.is_empty()).then(|| view! { <CaseTable form=form guide=guide.clone() rows=rows/> }.into_any())
            }}
        </details>
    }
}

async fn code_cases(stores: Stores, form: OperationForm) -> Option<Vec<Row>> {
    let operation = described_operation(stores, form)?;
    let file = operation.errors.as_ref()?;
    let catalogue = ErrorCatalogue::load(file, &site_files::fetch_text(file).await.ok()?).ok()?;
    let cases = sandbox::code_cases_of(operation.servers.first()?.host(), &operation.path, &catalogue);
    Some(cases.into_iter().map(Row::of_code).collect())
}

/// A table of inputs and what they lead to.
#[component]
fn CaseTable(form: OperationForm, guide: Arc<Guide>, rows: Vec<Row>) -> impl IntoView {
    let stores = use_stores();
    let row = move |row: Row| {
        let (guide, pairs) = (guide.clone(), [vec![(row.input.clone(), row.value.clone())], row.with].concat());
        let label = format!("{} {} {}", words().sandbox_use, row.input, row.value);
        let apply = move |_| fill(stores, form, &guide, &pairs);
        view! {
            <tr>
                <td>{row.input}<br/><code class="breakable">{row.value}</code></td>
                <td>{row.leads_to}</td>
                <td>
                    <button type="button" class="button quiet" aria-label=label on:click=apply>
                        {words().sandbox_use}
                    </button>
                </td>
            </tr>
        }
    };
    view! {
        <table class="cases">
            <thead>
                <tr>
                    <th scope="col">{words().sandbox_input}</th>
                    <th scope="col">{words().sandbox_leads_to}</th>
                    <th scope="col"><span class="visually-hidden">{words().sandbox_use}</span></th>
                </tr>
            </thead>
            <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}

/// Fills the form with the example, and with these inputs above it. Everything else goes back to how the form begins:
/// what an earlier try has left would lead elsewhere.
fn fill(stores: Stores, form: OperationForm, guide: &Guide, pairs: &[(String, String)]) {
    let operation = form.operation();
    form.edit(|draft| *draft = Draft::new(&operation, &mut random::new_id));
    let profile = untrack(|| stores.profiles.chosen_id(&operation.provider)).unwrap_or_default();
    stores.profiles.update(|keyring| {
        operation.schemes().flat_map(Scheme::inputs).for_each(|input| keyring.set(profile, &input.label, ""));
    });
    guide.example.iter().for_each(|(input, value)| put(stores, form, input, value));
    pairs.iter().for_each(|(input, value)| put(stores, form, input, value));
    form.issues.set(Vec::new());
}

/// Fills an input by its label: one of the credential, or a field.
fn put(stores: Stores, form: OperationForm, input: &str, value: &str) {
    let operation = form.operation();
    let takes = |own: &&SecurityRequirement| own.inputs().iter().any(|own| own.label == input);
    if let Some(requirement) = operation.security.iter().find(takes) {
        let profile = untrack(|| stores.profiles.chosen_id(&operation.provider)).unwrap_or_default();
        stores.profiles.update(|keyring| {
            keyring.set(profile, input, value);
            if !keyring.security(&operation).is_some_and(|used| takes(&used)) {
                keyring.set_kind(profile, &requirement.credential_kind());
            }
        });
    } else if let Some(field) = operation.fields().into_iter().find(|field| field.name == input) {
        // A part of the body comes as its JSON text.
        let parsed = matches!(field.schema.kind, Kind::Object(_)).then(|| serde_json::from_str(value).ok()).flatten();
        let value = parsed.unwrap_or_else(|| Value::from(value));
        form.edit(|draft| draft.set_as(&FieldPath::of(field), &field.schema, &value));
    }
}
