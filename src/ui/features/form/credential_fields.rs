//! The credential: one line while it is complete, else its kind and its inputs. What is typed goes straight into the
//! keyring and nowhere else.

use super::field_frame::frame;
use super::section::Section;
use crate::catalog::{CredentialInput, SecurityRequirement, Signing};
use crate::credentials::ProfileId;
use crate::form::Target;
use crate::sign::{ADDED_BY_PROXY, Secret};
use crate::ui::components::form_field::{FieldFrame, FormField};
use crate::ui::components::icon::{Icon, IconName};
use crate::ui::components::select_control::SelectControl;
use crate::ui::components::text_control::{Appearance, TextControl};
use crate::ui::features::credential::{CredentialStatus, CredentialTools, line_words};
use crate::ui::platform::dom;
use crate::ui::state::operation_form::OperationForm;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::words;
use leptos::prelude::*;

const KIND_ID: &str = "credential-kind";
const CHANGE_ID: &str = "credential-change";

/// Who signs; nothing for operations that need no credential.
#[component]
pub(super) fn CredentialFields(form: OperationForm) -> impl IntoView {
    let stores = use_stores();
    let operation = form.operation();
    let needs_none = operation.security.is_empty() && operation.policy.signing == Signing::Any;
    // The profile and its kind: what is typed must not build the inputs anew under the user's hands.
    let chosen = Memo::new(move |_| {
        stores.profiles.chosen(&operation.provider).map(|profile| (profile.id, profile.kind)).unwrap_or_default()
    });
    let complete = Memo::new(move |_| is_complete(stores, form));
    // What lacks something is open, and stays so while the user completes it.
    Effect::new(move |before: Option<ProfileId>| {
        let (profile, _) = chosen.get();
        if !complete.get() {
            form.credential_open.set(true);
        } else if before != Some(profile) {
            form.credential_open.set(false);
        }
        profile
    });
    (!needs_none).then(|| {
        view! {
            <Section title=words().part_who>
                {move || {
                    if form.credential_open.get() {
                        view! {
                            // What a control of one profile or kind shows is not for another.
                            {move || {
                                chosen.track();
                                untrack(|| fields(stores, form).into_any())
                            }}
                            <CredentialTools form=form>
                                <Done form=form complete=complete/>
                            </CredentialTools>
                        }
                            .into_any()
                    } else {
                        view! { <Line form=form/> }.into_any()
                    }
                }}
                <CredentialStatus form=form/>
            </Section>
        }
    })
}

/// Whether the chosen credential has all it needs to sign the operation.
fn is_complete(stores: Stores, form: OperationForm) -> bool {
    let operation = form.operation();
    operation.policy.signing != Signing::Nobody
        && stores.profiles.with(|keyring| {
            let profile = keyring.chosen_id(&operation.provider);
            keyring.security(&operation).is_none_or(|requirement| keyring.credentials(profile, requirement).is_ok())
        })
}

/// A complete credential in one line.
#[component]
fn Line(form: OperationForm) -> impl IntoView {
    let stores = use_stores();
    let change = move |_| {
        form.credential_open.set(true);
        dom::next_frame(|| dom::focus(KIND_ID));
    };
    view! {
        <p class="credential-line">
            <Icon name=IconName::Good/>
            <span class="breakable">{move || line_words(stores, form)}</span>
            <button type="button" class="button quiet" id=CHANGE_ID on:click=change>{words().change}</button>
        </p>
    }
}

/// Folds a complete credential.
#[component]
fn Done(form: OperationForm, complete: Memo<bool>) -> impl IntoView {
    let fold = move |_| {
        form.credential_open.set(false);
        dom::next_frame(|| dom::focus(CHANGE_ID));
    };
    view! {
        <button type="button" class="button" prop:hidden=move || !complete.get() on:click=fold>{words().done}</button>
    }
}

fn fields(stores: Stores, form: OperationForm) -> impl IntoView + use<> {
    let operation = form.operation();
    let profile = stores.profiles.chosen_id(&operation.provider).unwrap_or_default();
    let requirement = stores.profiles.with(|keyring| keyring.security(&operation).cloned());
    let note = match &requirement {
        Some(requirement) if requirement.schemes.is_empty() => Some(words().anonymous_note),
        Some(_) => None,
        None if operation.policy.signing == Signing::Nobody => Some(words().no_credential),
        None => Some(words().added_by_proxy_note),
    };
    let note = note.map(|note| view! { <p class="wide">{note}</p> }.into_any());
    let about =
        requirement.as_ref().map(|requirement| format!("{} {}", requirement.description(), words().credential_note));
    let inputs = requirement
        .iter()
        .flat_map(SecurityRequirement::inputs)
        .map(|input| view! { <CredentialField form=form profile=profile input=input/> }.into_any());
    view! {
        <KindField form=form profile=profile about=about.unwrap_or_default()/>
        {note}
        {inputs.collect_view()}
    }
}

/// The kinds of credential that the operation takes, and the proxy's, where the deployment offers it.
#[component]
fn KindField(
    form: OperationForm,
    profile: ProfileId,
    /// What the description says of the chosen kind.
    about: String,
) -> impl IntoView {
    let stores = use_stores();
    let operation = form.operation();
    let by_proxy = matches!(operation.policy.signing, Signing::Any | Signing::Proxy);
    let used = stores.profiles.with(|keyring| keyring.security(&operation).map(SecurityRequirement::credential_kind));
    let used = used.unwrap_or_else(|| ADDED_BY_PROXY.to_owned());
    let kinds = operation.security.iter().map(SecurityRequirement::credential_kind);
    let kinds = kinds.chain(by_proxy.then(|| ADDED_BY_PROXY.to_owned()));
    let options: Vec<_> = kinds.map(|kind| (kind.clone(), (words().kind_words)(&kind))).collect();
    let choose = move |kind: String| {
        form.issues.update(|issues| issues.retain(|issue| !matches!(issue.target, Target::Credential(_))));
        stores.profiles.update(|keyring| keyring.set_kind(profile, &kind));
    };
    let frame = FieldFrame::plain(KIND_ID, words().kind);
    let help = ViewFn::from(move || view! { <p>{about.clone()}</p> });
    view! {
        <FormField frame=frame.clone() help=help>
            <SelectControl
                frame=frame
                options=Signal::stored(options)
                chosen=Signal::stored(used)
                on_choose=choose
            />
        </FormField>
    }
}

/// One input of the credential.
#[component]
fn CredentialField(form: OperationForm, profile: ProfileId, input: CredentialInput) -> impl IntoView {
    let stores = use_stores();
    let CredentialInput { label, required, secret, in_address } = input;
    let target = Target::Credential(label.clone());
    let frame = frame(form, target.clone(), &label, required, if secret { "secret" } else { "string" });
    let error = frame.error;
    let value = {
        let label = label.clone();
        Signal::derive(move || {
            let text = |keyring: &crate::credentials::Keyring| {
                keyring.get(profile, &label).map(|secret| secret.with(str::to_owned)).unwrap_or_default()
            };
            stores.profiles.with(text)
        })
    };
    let typed = {
        let target = target.clone();
        move |text: String| {
            let text = zeroize::Zeroizing::new(text);
            stores.profiles.update(|keyring| keyring.typed(profile, &label, &text));
            if !error.with_untracked(String::is_empty) {
                check(stores, form, &target);
            }
        }
    };
    let help = ViewFn::from(move || {
        view! {
            <p>{move || secret.then(|| value.with(|text| (words().characters_entered)(text.chars().count())))}</p>
            {in_address.then(|| view! { <p>{words().secret_in_address}</p> })}
        }
    });
    view! {
        <FormField frame=frame.clone() help=help>
            <TextControl
                frame=frame
                appearance=if secret { Appearance::Secret } else { Appearance::Line }
                value=value
                on_input=typed
                on_leave=move |()| check(stores, form, &target)
            />
        </FormField>
    }
}

/// Checks an input. One that is still empty is no mistake before the user wants to send.
fn check(stores: Stores, form: OperationForm, target: &Target) {
    let operation = form.operation();
    let is_told = form.issues.with_untracked(|issues| issues.iter().any(|issue| issue.target == *target));
    let mut found = stores.profiles.keyring.with_untracked(|keyring| {
        let profile = keyring.chosen_id(&operation.provider);
        if !is_told && keyring.get(profile, target.name()).is_none_or(Secret::is_empty) {
            return Vec::new();
        }
        let requirement = keyring.security(&operation);
        requirement.and_then(|requirement| keyring.credentials(profile, requirement).err()).unwrap_or_default()
    });
    found.retain(|issue| issue.target == *target);
    form.replace_issues(target, found);
}
