//! The credential that an answer gives.

use super::profile_words::profile_title;
use crate::catalog::{Grant, Operation};
use crate::credentials::{Keyring, ProfileChange, ProfileId};
use crate::outcome::Unmasked;
use crate::sign::Secret;
use crate::ui::platform::dates;
use crate::ui::state::Stores;
use crate::ui::state::forms::FilledByAnswer;
use leptos::prelude::*;

/// Whether the answers of an operation may give a credential.
pub(crate) fn gives_credential(stores: Stores, operation: &Operation) -> bool {
    grant_of(stores, operation).is_some()
}

fn grant_of(stores: Stores, operation: &Operation) -> Option<Grant> {
    let grants = untrack(|| stores.site.api(&operation.api))?.grants().ok()?;
    grants.into_iter().find(|grant| grant.operation == operation.id)
}

/// What an answer lacks to give the credential that the call is made for: a header or a place in the body.
pub(crate) fn missing_credential(stores: Stores, operation: &Operation, answer: &Unmasked) -> Option<String> {
    grant_of(stores, operation)?.missing(&answer.headers, &answer.body).map(str::to_owned)
}

/// Puts the credential that an answer gives into a profile. Gives the profile's title. `None`: the answer gives none.
/// `simulated`: the simulation has answered.
pub(crate) fn take_credential(
    stores: Stores,
    operation: &Operation,
    profile: ProfileId,
    answer: &Unmasked,
    simulated: bool,
) -> Option<String> {
    let grant = grant_of(stores, operation)?;
    // The profile that asked may have been deleted meanwhile.
    if profile != ProfileId::default() && untrack(|| stores.profiles.summary(profile)).is_none() {
        return None;
    }
    let granted = grant.given(&answer.headers, &answer.body)?;
    let fill = |(name, value): &(String, String)| FilledByAnswer {
        provider: operation.provider.clone(),
        name: name.clone(),
        value: value.clone(),
        simulated,
    };
    stores.forms.fill_all(granted.fills.iter().map(fill).collect());
    if simulated {
        let note = |keyring: &mut Keyring| {
            granted.values.iter().for_each(|(label, text)| keyring.note_example(label, text));
        };
        stores.profiles.update(note);
    }
    let values = granted.values.iter().map(|(label, text)| (label.clone(), Secret::new(text)));
    let taken = stores.profiles.apply(ProfileChange {
        id: Some(profile),
        provider: Some(operation.provider.clone()),
        kind: Some(grant.scheme),
        region: granted.region(operation.servers.iter().map(|server| server.region.as_str())).map(str::to_owned),
        expires: Some(granted.expires.as_deref().and_then(dates::parse)),
        chosen: true,
        values: values.collect(),
        ..ProfileChange::default()
    });
    untrack(|| stores.profiles.summary(taken)).as_ref().map(profile_title)
}
