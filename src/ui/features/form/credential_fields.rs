//! The credential: its kind, and its inputs. What is typed goes straight into the keyring and nowhere else.

use super::Section;
use super::field_frame::FieldFrame;
use crate::catalog::{CredentialInput, SecurityRequirement, Signing};
use crate::credentials::{ProfileId, ProfileSummary};
use crate::form::Target;
use crate::sign::ADDED_BY_PROXY;
use crate::ui::components::form_field::FormField;
use crate::ui::features::credential::CredentialTools;
use crate::ui::state::operation_form::OperationForm;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::words;
use leptos::prelude::*;

const KIND_ID: &str = "credential-kind";

/// All about the chosen profile; nothing for operations that need no credential.
#[component]
pub(super) fn CredentialFields(form: OperationForm) -> impl IntoView {
    let stores = use_stores();
    let operation = form.operation();
    let needs_none = operation.security.is_empty() && operation.policy.signing == Signing::Any;
    // The profile and its kind: what is typed must not build the inputs anew under the user's hands.
    let chosen = Memo::new(move |_| {
        stores.profiles.chosen(&operation.provider).map(|profile| (profile.id, profile.kind)).unwrap_or_default()
    });
    (!needs_none).then(|| {
        view! {
            <Section title=words().credential>
                // The key: what a control of one profile or kind shows is not for another.
                <For each=move || [chosen.get()] key=Clone::clone let(_chosen)>
                    {untrack(|| fields(stores, form))}
                </For>
                <CredentialTools form=form/>
            </Section>
        }
    })
}

fn fields(stores: Stores, form: OperationForm) -> impl IntoView + use<> {
    let operation = form.operation();
    let profile = stores.profiles.chosen(&operation.provider).unwrap_or_default();
    let requirement = stores.profiles.with(|keyring| keyring.security(&operation).cloned());
    let note = match &requirement {
        Some(requirement) if requirement.schemes.is_empty() => view! { <p>{words().anonymous_note}</p> }.into_any(),
        Some(requirement) => {
            let note = format!("{} {}", requirement.description(), words().credential_note);
            view! { <p class="field-help">{note}</p> }.into_any()
        }
        None if operation.policy.signing == Signing::Nobody => view! { <p>{words().no_credential}</p> }.into_any(),
        None => view! { <p>{words().added_by_proxy_note}</p> }.into_any(),
    };
    let inputs = requirement.iter().flat_map(SecurityRequirement::inputs).map(|input| {
        view! { <CredentialField form=form profile=profile.id input=input/> }
    });
    view! {
        <KindField form=form profile=profile.clone()/>
        {note}
        {inputs.collect_view()}
    }
}

/// The kinds of credential that the operation takes, and the proxy's, where the deployment offers it.
#[component]
fn KindField(form: OperationForm, profile: ProfileSummary) -> impl IntoView {
    let stores = use_stores();
    let operation = form.operation();
    let by_proxy = matches!(operation.policy.signing, Signing::Any | Signing::Proxy);
    let used = stores.profiles.with(|keyring| keyring.security(&operation).map(SecurityRequirement::credential_kind));
    let used = used.unwrap_or_else(|| ADDED_BY_PROXY.to_owned());
    let kinds = operation.security.iter().map(SecurityRequirement::credential_kind);
    let kinds = kinds.chain(by_proxy.then(|| ADDED_BY_PROXY.to_owned()));
    let options = kinds.map(|kind| {
        view! { <option value=kind.clone() selected=kind == used>{(words().kind_words)(&kind)}</option> }
    });
    let choose = move |event| {
        form.issues.update(|issues| issues.retain(|issue| !matches!(issue.target, Target::Credential(_))));
        stores.profiles.update(|keyring| keyring.set_kind(profile.id, &event_target_value(&event)));
    };
    view! {
        <div class="field">
            <div class="field-head"><label for=KIND_ID>{words().kind}</label></div>
            <select id=KIND_ID on:change=choose>{options.collect_view()}</select>
        </div>
    }
}

/// One input of the credential.
#[component]
fn CredentialField(form: OperationForm, profile: ProfileId, input: CredentialInput) -> impl IntoView {
    let stores = use_stores();
    let CredentialInput { label, required, secret, in_address } = input;
    let target = Target::Credential(label.clone());
    let frame = FieldFrame::new(form, target.clone(), &label, required, if secret { "secret" } else { "string" });
    let error = frame.error;
    let (described_by, invalid) = (frame.described_by(), frame.invalid());
    let value = {
        let label = label.clone();
        move || stores.profiles.with(|keyring| keyring.get(profile, &label).map(|secret| secret.with(str::to_owned)))
    };
    let count = {
        let label = label.clone();
        move || {
            let count = |text: &str| text.chars().count();
            stores.profiles.with(|keyring| keyring.get(profile, &label).map_or(0, |secret| secret.with(count)))
        }
    };
    let typed = {
        let (label, target) = (label.clone(), target.clone());
        move |event| {
            let text = zeroize::Zeroizing::new(event_target_value(&event));
            stores.profiles.update(|keyring| keyring.typed(profile, &label, &text));
            if !error.with_untracked(String::is_empty) {
                check(stores, form, &target);
            }
        }
    };
    let help = ViewFn::from(move || {
        let count = count.clone();
        view! {
            <p>{move || secret.then(|| (words().characters_entered)(count()))}</p>
            {in_address.then(|| view! { <p>{words().secret_in_address}</p> })}
        }
    });
    let FieldFrame { id, label, kind, .. } = frame;
    view! {
        <FormField id=id.clone() label=label.clone() required=required kind=kind error=error help=help>
            // "off" is ignored for passwords; "new-password" keeps browsers from offering the one for this site.
            <input
                id=id
                name=label
                type=if secret { "password" } else { "text" }
                autocomplete=if secret { "new-password" } else { "off" }
                autocapitalize="off"
                spellcheck="false"
                aria-describedby=described_by
                aria-required=required.to_string()
                aria-invalid=invalid
                prop:value=move || value().unwrap_or_default()
                on:input=typed
                on:blur=move |_| check(stores, form, &target)
            />
        </FormField>
    }
}

fn check(stores: Stores, form: OperationForm, target: &Target) {
    let operation = form.operation();
    let mut found = stores.profiles.keyring.with_untracked(|keyring| {
        let profile = keyring.chosen_id(&operation.provider);
        let requirement = keyring.security(&operation);
        requirement.and_then(|requirement| keyring.credentials(profile, requirement).err()).unwrap_or_default()
    });
    found.retain(|issue| issue.target == *target);
    form.replace_issues(target, found);
}
