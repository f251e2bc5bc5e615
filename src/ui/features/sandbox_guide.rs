//! What can be tried in the sandbox: an example, and inputs that lead to every other outcome.

use crate::catalog::{ErrorCatalogue, Kind, Operation, Scheme, SecurityRequirement};
use crate::credentials::Keyring;
use crate::form::{Draft, FieldPath};
use crate::sandbox::{self, Case, CodeCase, Guide};
use crate::ui::components::ask_button::AskButton;
use crate::ui::on_use::on_use;
use crate::ui::platform::{random, site_files};
use crate::ui::state::operation_form::OperationForm;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::words;
use leptos::prelude::*;
use serde_json::Value;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

/// Whether the sandbox plays an operation: it knows one of its hosts. The form has read the description; it is not read again.
pub(crate) fn is_played(form: OperationForm) -> bool {
    let operation = form.operation();
    operation.servers.iter().any(|server| sandbox::Provider::of_host(server.host()).is_some())
}

/// What can be tried with an operation; nothing where the sandbox does not play it.
fn guide_of(stores: Stores, form: OperationForm) -> Option<Guide> {
    let operation = described_operation(stores, form)?;
    sandbox::guide_to(operation.servers.first()?.host(), &operation.path)
}

on_use! { pages =>
    /// Fills the form with what succeeds.
    pub(crate) fn example(stores: Stores, form: OperationForm) -> () {
        guide_of(stores, form).into_iter().for_each(|guide| fill(stores, form, &guide, &[]))
    }
}

on_use! { pages =>
    /// Inputs for every outcome.
    pub(crate) fn outcomes(form: OperationForm, on_fill: Callback<()>) -> AnyView {
        let guide = guide_of(use_stores(), form).map(Arc::new);
        guide.map(|guide| view! { <Outcomes form=form guide=guide on_fill=on_fill/> }.into_any()).into_any()
    }
}

/// The operation as its description has it: the sandbox knows no hosts that only a deployment has.
fn described_operation(stores: Stores, form: OperationForm) -> Option<Operation> {
    let operation = form.operation();
    untrack(|| stores.site.api(&operation.api))?.operation(&operation.id)?.ok()
}

/// Inputs for every outcome. One that is used fills the form.
#[component]
fn Outcomes(
    form: OperationForm,
    guide: Arc<Guide>,
    /// Called when the form is filled.
    #[prop(into)]
    on_fill: Callback<()>,
) -> impl IntoView {
    let rows = guide.cases.iter().map(Row::of_case).collect();
    view! {
        <details open=true>
            <summary>{words().sandbox_cases}</summary>
            <CaseTable form=form guide=guide.clone() rows=rows on_fill=on_fill/>
        </details>
        <CodeCases form=form guide=guide on_fill=on_fill/>
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
fn CodeCases(form: OperationForm, guide: Arc<Guide>, on_fill: Callback<()>) -> impl IntoView {
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
                (!rows.is_empty()).then(|| {
                    view! { <CaseTable form=form guide=guide.clone() rows=rows on_fill=on_fill/> }.into_any()
                })
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
fn CaseTable(form: OperationForm, guide: Arc<Guide>, rows: Vec<Row>, on_fill: Callback<()>) -> impl IntoView {
    let stores = use_stores();
    let asks_if = Callback::new(move |()| untrack(|| holds_typed(stores, form)));
    let row = move |row: Row| {
        let (guide, pairs) = (guide.clone(), [vec![(row.input.clone(), row.value.clone())], row.with].concat());
        let what = format!("{} {}", row.input, row.value);
        let apply = move |()| {
            fill(stores, form, &guide, &pairs);
            on_fill.run(());
        };
        view! {
            <tr>
                <td>{row.input}<br/><code class="breakable">{row.value}</code></td>
                <td>{row.leads_to}</td>
                <td>
                    <AskButton
                        class="button quiet"
                        label=words().sandbox_use
                        what=what
                        question=words().replace_question
                        asks_if=asks_if
                        on_sure=apply
                    />
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
    let example = guide.example.iter().map(|(input, value)| ((*input).to_owned(), (*value).to_owned()));
    let all: Vec<(String, String)> = example.chain(pairs.iter().cloned()).collect();
    all.iter().for_each(|(input, value)| put(stores, form, input, value));
    form.note_filled();
    form.examples.set(all);
    form.issues.set(Vec::new());
    form.filled.set(String::new());
    form.fill_warning.set(String::new());
    form.credential_open.set(false);
}

/// Fills an input by its label: one of the credential, or a field. An empty text clears it.
fn put(stores: Stores, form: OperationForm, input: &str, value: &str) {
    let operation = form.operation();
    if let Some(requirement) = credential_input(&operation, input) {
        let profile = untrack(|| stores.profiles.chosen_id(&operation.provider)).unwrap_or_default();
        stores.profiles.update(|keyring| {
            keyring.set(profile, input, value);
            keyring.note_example(input, value);
            if !value.is_empty() && !keyring.security(&operation).is_some_and(|used| takes(used, input)) {
                keyring.set_kind(profile, &requirement.credential_kind());
            }
        });
    } else if value.is_empty() {
        form.clear(input);
    } else if let Some(field) = operation.fields().into_iter().find(|field| field.name == input) {
        // A part of the body comes as its JSON text.
        let parsed = matches!(field.schema.kind, Kind::Object(_)).then(|| serde_json::from_str(value).ok()).flatten();
        let value = parsed.unwrap_or_else(|| Value::from(value));
        form.edit(|draft| draft.set_as(&FieldPath::of(field), &field.schema, &value));
    }
}

fn takes(requirement: &SecurityRequirement, input: &str) -> bool {
    requirement.inputs().iter().any(|own| own.label == input)
}

fn credential_input<'a>(operation: &'a Operation, input: &str) -> Option<&'a SecurityRequirement> {
    operation.security.iter().find(|requirement| takes(requirement, input))
}

/// Whether a field still holds what the simulation has put there. A switch is nobody's in particular.
fn holds(form: OperationForm, name: &str, value: &str) -> bool {
    match form.operation().fields().into_iter().find(|field| field.name == name) {
        Some(field) if matches!(field.schema.kind, Kind::Object(_)) => {
            form.draft.with(|draft| draft.has(&FieldPath::of(field)))
        }
        Some(field) if matches!(field.schema.kind, Kind::Text | Kind::Secret) => form.text(name) == value,
        _ => false,
    }
}

/// Whether the form holds what somebody has typed and nobody has sent, or the profile a secret that somebody has typed: an
/// example replaces both.
pub(crate) fn holds_typed(stores: Stores, form: OperationForm) -> bool {
    let operation = form.operation();
    let profile = stores.profiles.chosen_id(&operation.provider).unwrap_or_default();
    let is_typed = |label: &str| {
        stores.profiles.with(|keyring| keyring.get(profile, label).is_some() && !keyring.holds_example(profile, label))
    };
    form.holds_typed() || operation.schemes().flat_map(Scheme::inputs).any(|input| is_typed(&input.label))
}

/// Whether any form, or any profile, still holds values of the simulation.
pub(crate) fn any_example(stores: Stores) -> bool {
    let has_example = |form: OperationForm| {
        let examples = form.examples.get_untracked();
        examples.iter().any(|(name, value)| untrack(|| holds(form, name, value)))
    };
    stores.profiles.keyring.with_untracked(Keyring::any_example) || stores.forms.all().into_iter().any(has_example)
}

/// Settles what becomes of them: they are cleared, or stay as the user's own.
pub(crate) fn settle_examples(stores: Stores, keep: bool) {
    stores.profiles.update(|keyring| keyring.settle_examples(keep));
    for form in stores.forms.all() {
        let examples = form.examples.get_untracked();
        let is_held = |(name, value): &(String, String)| untrack(|| holds(form, name, value));
        // What is to be done with a thing goes with the thing.
        if !keep && examples.iter().any(is_held) {
            for (name, value) in &examples {
                if untrack(|| holds(form, name, value) || form.text(name) == *value) {
                    form.clear(name);
                }
            }
        }
        form.examples.set(Vec::new());
    }
}
