//! The inputs of the credential. What is typed goes straight into the keyring and nowhere else.

use super::field::{FieldFrame, FieldIds, complaint};
use crate::catalog::Scheme;
use crate::form::{FieldIssue, Target};
use crate::sign::{CredentialInput, credential, inputs};
use crate::ui::model::CallModel;
use crate::ui::state::AppState;
use crate::ui::text;
use leptos::prelude::*;

/// All inputs of the operation's scheme; nothing for operations that need none.
#[component]
pub(super) fn CredentialFields(
    /// The operation and its state.
    model: CallModel,
) -> impl IntoView {
    let operation = model.operation();
    operation.schemes.first().map(|scheme| {
        let description = match scheme {
            Scheme::Token { description, .. } | Scheme::Acs3 { description, .. } => description.clone(),
        };
        let fields = inputs(scheme).into_iter().map(|input| view! { <CredentialField model input /> }).collect_view();
        view! {
            <fieldset class="group">
                <legend>{text::CREDENTIAL}</legend>
                <p class="field-help">{description} " " {text::CREDENTIAL_NOTE}</p>
                {fields}
            </fieldset>
        }
    })
}

/// One masked input.
#[component]
fn CredentialField(
    /// The operation and its state.
    model: CallModel,
    /// What it is for.
    input: CredentialInput,
) -> impl IntoView {
    let state = AppState::expect();
    let target = Target::Credential(input.label.clone());
    let ids = FieldIds::of(&target);
    let error = complaint(model, target.clone());
    let CredentialInput { label, required } = input;
    let api = StoredValue::new(model.operation().api.clone());
    let label = StoredValue::new(label);
    let target = StoredValue::new(target);
    let count = Memo::new(move |_| {
        state.keyring.with(|keyring| {
            let secret = api.with_value(|api| label.with_value(|label| keyring.get(api, label)));
            secret.map_or(0, |secret| secret.with(|text| text.chars().count()))
        })
    });
    let value = move || {
        state.keyring.with(|keyring| {
            let secret = api.with_value(|api| label.with_value(|label| keyring.get(api, label)));
            secret.map(|secret| secret.with(str::to_owned)).unwrap_or_default()
        })
    };
    let check = move || {
        let operation = model.operation();
        let Some(scheme) = operation.schemes.first() else { return };
        let found: Vec<FieldIssue> = state.keyring.with_untracked(|keyring| {
            let issues = credential(scheme, &operation.api, keyring).err().unwrap_or_default();
            issues.into_iter().filter(|issue| target.with_value(|target| issue.target == *target)).collect()
        });
        target.with_value(|target| model.replace_issues(target, found));
    };
    let typed = move |event| {
        let text = event_target_value(&event);
        state.keyring.update(|keyring| api.with_value(|api| label.with_value(|label| keyring.set(api, label, &text))));
        if error.get_untracked().is_some() {
            check();
        }
    };
    let help = view! { <p>{move || text::characters_entered(count.get())}</p> }.into_any();
    let name = label.get_value();
    let described_by = ids.described_by();
    view! {
        <FieldFrame ids=ids.clone() label=name.clone() required kind="secret" error help>
            <input id=ids.control.clone() name=name type="password" autocomplete="new-password" spellcheck="false" autocapitalize="off"
                aria-describedby=described_by aria-required=required.to_string()
                aria-invalid=move || error.get().is_some().to_string()
                prop:value=value on:input=typed on:blur=move |_| check() />
        </FieldFrame>
    }
}
