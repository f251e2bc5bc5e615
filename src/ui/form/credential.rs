//! The credential: its kind, and its inputs. What is typed goes straight into the keyring and nowhere else.

use super::field::Frame;
use super::fieldset;
use crate::catalog::{Scheme, Signing};
use crate::credentials::Profile;
use crate::form::Target;
use crate::credentials::ProfileId;
use crate::sign::{ADDED_BY_PROXY, CredentialInput, Secret, credential, inputs, kind};
use crate::ui::dom::{Child, El, el, live, value_of};
use crate::ui::model::CallModel;
use crate::ui::state::AppState;
use crate::ui::words::words;
use leptos::prelude::*;

/// All about the chosen profile; nothing for operations that need no credential.
pub(super) fn credential_fields(state: AppState, model: CallModel) -> Option<El> {
    let operation = model.operation();
    if operation.schemes.is_empty() && operation.policy.signing == Signing::Any {
        return None;
    }
    let provider = operation.provider.clone();
    // The profile and its kind: what is typed must not build the inputs anew under the user's hands.
    let chosen = Memo::new(move |_| {
        state.keyring.with(|keyring| {
            let profile = keyring.chosen(&provider);
            profile.map(|profile| format!("{} {}", profile.id, profile.kind)).unwrap_or_default()
        })
    });
    let fields = live(move || {
        // Read, not tracked: a memo that nobody has read does not know what it depends on.
        chosen.get();
        untrack(|| fields(state, model))
    });
    let tools =
        el("div").attr("data-panel", "credential").attr("data-api", &operation.api).attr("data-id", &operation.id);
    Some(fieldset(words().credential).child(fields).child(tools))
}

/// The profile that signs the operation of this page.
fn profile(state: AppState, model: CallModel) -> Profile {
    let provider = &model.operation().provider;
    state.keyring.with_untracked(|keyring| keyring.chosen(provider).cloned()).unwrap_or_default()
}

fn fields(state: AppState, model: CallModel) -> Child {
    let operation = model.operation();
    let profile = profile(state, model);
    let scheme = state.keyring.with_untracked(|keyring| keyring.scheme(&operation).cloned());
    let Some(scheme) = scheme else {
        let nobody = operation.policy.signing == Signing::Nobody;
        let note = if nobody { words().no_credential } else { words().added_by_proxy_note };
        return Child::many([kind_field(state, model, &profile), el("p").child(note)]);
    };
    let (Scheme::Token { description, .. } | Scheme::SdkHmac { description, .. } | Scheme::Acs3 { description, .. }) =
        &scheme;
    let note = el("p").class("field-help").child(format!("{description} {}", words().credential_note));
    let fields = inputs(&scheme).into_iter().map(|input| credential_field(state, model, profile.id, input));
    Child::many([kind_field(state, model, &profile), note].into_iter().chain(fields))
}

/// The kinds that the operation takes, and the proxy's, where the deployment offers it.
fn kind_field(state: AppState, model: CallModel, profile: &Profile) -> El {
    let operation = model.operation();
    let known = |wanted: &str| operation.schemes.iter().any(|scheme| kind(scheme) == wanted);
    let first = operation.schemes.first().map(kind).unwrap_or_default();
    let by_proxy = matches!(operation.policy.signing, Signing::Any | Signing::Proxy);
    let used =
        if known(&profile.kind) || by_proxy && profile.kind == ADDED_BY_PROXY { profile.kind.as_str() } else { first };
    let option = |kind: &str| {
        let option = el("option").attr("value", kind).child((words().kind_words)(kind));
        if kind == used { option.flag("selected") } else { option }
    };
    let options =
        operation.schemes.iter().map(|scheme| option(kind(scheme))).chain(by_proxy.then(|| option(ADDED_BY_PROXY)));
    let id = profile.id;
    let choose = move |event| {
        let kind = value_of(&event);
        model.issues.update(|issues| issues.retain(|issue| !matches!(issue.target, Target::Credential(_))));
        state.keyring.update(|keyring| keyring.set_kind(id, &kind));
    };
    let select = el("select").attr("id", KIND_ID).child(Child::many(options)).on("change", choose);
    let label = el("label").attr("for", KIND_ID).child(words().kind);
    el("div").class("field").child(el("div").class("field-head").child(label)).child(select)
}

const KIND_ID: &str = "credential-kind";

/// One input.
fn credential_field(state: AppState, model: CallModel, profile: ProfileId, input: CredentialInput) -> El {
    let CredentialInput { label, required, secret } = input;
    let target = Target::Credential(label.clone());
    let frame = Frame::new(model, target.clone(), &label, required, if secret { "secret" } else { "string" });
    let complaint = frame.complaint();
    let read = {
        let label = label.clone();
        move |read: fn(&str) -> String| {
            state.keyring.with(|keyring| {
                let secret: Option<&Secret> = keyring.get(profile, &label);
                secret.map_or_else(|| read(""), |secret| secret.with(read))
            })
        }
    };
    let count = read.clone();
    let typed = {
        let target = target.clone();
        move |event| {
            let text = value_of(&event);
            state.keyring.update(|keyring| keyring.typed(profile, &label, &text));
            if !untrack(&complaint).is_empty() {
                check(state, model, &target);
            }
        }
    };
    let control = frame
        .tie(el("input"))
        .attr("type", if secret { "password" } else { "text" })
        // "off" is ignored for passwords; this keeps browsers from offering the one for this site.
        .attr("autocomplete", if secret { "new-password" } else { "off" })
        .attr("autocapitalize", "off")
        .attr("spellcheck", "false")
        .live_value(move || read(str::to_owned))
        .on("input", typed)
        .on("blur", move |_| check(state, model, &target));
    let below = if secret {
        el("p").live_text(move || count(|secret| (words().characters_entered)(secret.chars().count())))
    } else {
        el("p")
    };
    frame.around(control, below)
}

fn check(state: AppState, model: CallModel, target: &Target) {
    let operation = model.operation();
    let mut found = state.keyring.with_untracked(|keyring| {
        let profile = keyring.chosen(&operation.provider).map(|profile| profile.id).unwrap_or_default();
        let scheme = keyring.scheme(&operation);
        scheme.and_then(|scheme| credential(scheme, profile, keyring).err()).unwrap_or_default()
    });
    found.retain(|issue| issue.target == *target);
    model.replace_issues(target, found);
}
