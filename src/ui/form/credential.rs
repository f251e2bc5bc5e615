//! The inputs of the credential. What is typed goes straight into the keyring and nowhere else.

use super::field::Frame;
use super::fieldset;
use crate::catalog::Scheme;
use crate::form::Target;
use crate::sign::{CredentialInput, Secret, credential, inputs};
use crate::ui::dom::{Child, El, el, value_of};
use crate::ui::model::CallModel;
use crate::ui::state::AppState;
use crate::ui::text;
use leptos::prelude::*;

/// All inputs of the operation's scheme; nothing for operations that need none.
pub(super) fn credential_fields(state: AppState, model: CallModel) -> Option<El> {
    let operation = model.operation();
    let scheme = operation.schemes.first()?;
    let (Scheme::Token { description, .. } | Scheme::SdkHmac { description, .. } | Scheme::Acs3 { description, .. }) =
        scheme;
    let note = format!("{description} {}", text::CREDENTIAL_NOTE);
    let fields = inputs(scheme).into_iter().map(|input| credential_field(state, model, input));
    Some(fieldset(text::CREDENTIAL).child(el("p").class("field-help").child(note)).child(Child::many(fields)))
}

/// One masked input.
fn credential_field(state: AppState, model: CallModel, input: CredentialInput) -> El {
    let CredentialInput { label, required } = input;
    let target = Target::Credential(label.clone());
    let frame = Frame::new(model, target.clone(), &label, required, "secret");
    let complaint = frame.complaint();
    let api = model.operation().api.clone();
    let read = {
        let (api, label) = (api.clone(), label.clone());
        move |read: fn(&str) -> String| {
            state.keyring.with(|keyring| {
                let secret: Option<&Secret> = keyring.get(&api, &label);
                secret.map_or_else(|| read(""), |secret| secret.with(read))
            })
        }
    };
    let count = read.clone();
    let typed = {
        let target = target.clone();
        move |event| {
            let text = value_of(&event);
            state.keyring.update(|keyring| keyring.set(&api, &label, &text));
            if !untrack(&complaint).is_empty() {
                check(state, model, &target);
            }
        }
    };
    let control = frame
        .tie(el("input"))
        .attr("type", "password")
        // "off" is ignored for passwords; this keeps browsers from offering the one for this site.
        .attr("autocomplete", "new-password")
        .attr("autocapitalize", "off")
        .attr("spellcheck", "false")
        .live_value(move || read(str::to_owned))
        .on("input", typed)
        .on("blur", move |_| check(state, model, &target));
    frame.around(control, el("p").live_text(move || count(|secret| text::characters_entered(secret.chars().count()))))
}

fn check(state: AppState, model: CallModel, target: &Target) {
    let operation = model.operation();
    let Some(scheme) = operation.schemes.first() else { return };
    let mut found =
        state.keyring.with_untracked(|keyring| credential(scheme, &operation.api, keyring).err().unwrap_or_default());
    found.retain(|issue| issue.target == *target);
    model.replace_issues(target, found);
}
