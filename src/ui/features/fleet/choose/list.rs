//! Asking several APIs, regions and profiles for their instances, page by page.
//!
//! One provider is asked one call after the other, several providers at once. A source that fails does not stop the others.

use super::listable::{ListableApi, listable, lookup_of};
use crate::catalog::{Lookup, LookupRow};
use crate::credentials::{Keyring, ProfileId};
use crate::fleet::{ListOrigin, ListedInstances};
use crate::follow::{LookResult, Place};
use crate::form::Draft;
use crate::ui::features::exchange::{FinishedCall, NotSent, Reader, fill, learn, prepare_with};
use crate::ui::features::follow::result_of_look;
use crate::ui::features::lockout::{Refusal, succeeded};
use crate::ui::features::profile_words::profile_words;
use crate::ui::platform::random;
use crate::ui::state::Stores;
use crate::ui::state::fleet_choice::{FleetChoice, InstanceKey, ListedSource, Source, SourceState};
use crate::ui::state::site::OperationKey;
use crate::ui::words::{fleet_plan_words, follow_words};
use gloo_timers::future::TimeoutFuture;
use indexmap::IndexMap;
use leptos::prelude::*;
use serde_json::{Map, Value};
use std::collections::HashSet;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;
use web_sys::AbortController;

/// Between two calls to one provider, in milliseconds: what limits most lists is above five calls a second.
const PAUSE: u32 = 200;
/// So often a call is repeated that the provider refuses for now.
const TRIES: u32 = 4;
/// Pages of a list at most, in case an API never says that there are no more.
const MOST_PAGES: u64 = 1_000;

/// Asks all sources anew.
pub(super) fn list_all(stores: Stores) {
    let choice = stores.fleet_choice();
    let apis = untrack(|| listable(stores));
    let sources = choice.sources.get_untracked();
    let number = choice.listing.get_untracked().wrapping_add(1);
    choice.listing.set(number);
    choice.found.set(ListedInstances::default());
    let listed: IndexMap<u32, ListedSource> =
        sources.into_iter().filter_map(|source| Some((source.id, listed(stores, &apis, source)?))).collect();
    choice.states.set(listed.keys().map(|id| (*id, SourceState::Waiting)).collect());
    let mut providers: IndexMap<String, Vec<ListedSource>> = IndexMap::new();
    for source in listed.values() {
        providers.entry(source.provider.clone()).or_default().push(source.clone());
    }
    choice.listed.set(Arc::new(listed));
    for sources in providers.into_values() {
        let apis = apis.clone();
        spawn_local(async move {
            for source in sources {
                let Some(api) = apis.iter().find(|api| api.id == source.source.api) else { continue };
                if list_source(stores, number, api, &source).await.is_none() {
                    return;
                }
            }
            if !untrack(|| choice.is_listing()) {
                forget_unlisted(choice);
            }
        });
    }
}

/// What was chosen before and is not listed any more is not chosen any more. A list that did not come says nothing of it.
fn forget_unlisted(choice: FleetChoice) {
    let is_whole =
        |id: &u32| choice.states.with_untracked(|states| matches!(states.get(id), Some(SourceState::Listed(_))));
    let open: HashSet<(String, String)> = choice.listed.with_untracked(|listed| {
        let open = listed.iter().filter(|(id, _)| !is_whole(id));
        open.map(|(_, one)| (one.source.api.clone(), one.region.clone())).collect()
    });
    choice.found.with_untracked(|found| {
        let stays = |key: &InstanceKey| found.has(key) || open.contains(&(key.0.clone(), key.1.clone()));
        choice.chosen.update(|chosen| chosen.retain(stays));
    });
}

/// Ends the list that is under way. What has come stays.
pub(super) fn end(choice: FleetChoice) {
    choice.listing.update(|number| *number = number.wrapping_add(1));
    choice.states.update(|states| {
        for state in states.values_mut() {
            match state {
                SourceState::Waiting => *state = SourceState::Ended(0),
                SourceState::Asking(count) => *state = SourceState::Ended(*count),
                _ => {}
            }
        }
    });
}

/// A source with what is shown of it.
fn listed(stores: Stores, apis: &[ListableApi], source: Source) -> Option<ListedSource> {
    let api = apis.iter().find(|api| api.id == source.api)?;
    let mut draft = Draft::new(&api.operation, &mut random::new_id);
    let region = source.place.apply(&api.operation, &mut draft).then(|| draft.region_of(&api.operation));
    let profile = untrack(|| match source.profile {
        Some(id) => stores.profiles.summary(id),
        None => stores.profiles.chosen(&api.provider),
    });
    Some(ListedSource {
        provider: api.provider.clone(),
        api_title: api.title.clone(),
        region: region.unwrap_or_default(),
        signer: profile.map(|profile| profile_words(stores, &profile)).unwrap_or_default(),
        source,
    })
}

/// `None`: another list was asked for, or this one was ended.
async fn list_source(stores: Stores, number: u32, api: &ListableApi, listed: &ListedSource) -> Option<()> {
    let choice = stores.fleet_choice();
    let is_current = || choice.listing.get_untracked() == number;
    let id = listed.source.id;
    let columns: Vec<String> = api.lookup.columns.iter().map(|(label, _)| label.clone()).collect();
    let mut count = 0;
    for page in 0..MOST_PAGES {
        if !is_current() {
            return None;
        }
        choice.set_state(id, SourceState::Asking(count));
        let result = list_page(stores, api, listed, page, &is_current).await;
        if !is_current() {
            return None;
        }
        match result {
            Err(Refusal { message, stopped_key }) => {
                choice.set_state(id, SourceState::Failed { message, stopped_key });
                return Some(());
            }
            Ok((rows, has_more)) => {
                count += rows.len();
                choice.found.update(|found| {
                    let (api, region) = (&listed.source.api, &listed.region);
                    found.add(ListOrigin { source: id, api, region, columns: &columns }, rows);
                });
                if !has_more {
                    break;
                }
            }
        }
        TimeoutFuture::new(PAUSE).await;
    }
    choice.set_state(id, SourceState::Listed(count));
    TimeoutFuture::new(PAUSE).await;
    Some(())
}

/// A page, and whether there is another one.
async fn list_page(
    stores: Stores,
    api: &ListableApi,
    listed: &ListedSource,
    page: u64,
    is_current: &dyn Fn() -> bool,
) -> Result<(Vec<LookupRow>, bool), Refusal> {
    let field = |name: &str| listed.source.fields.get(name).cloned();
    let (lookup, source) = (&api.lookup, &listed.source);
    check_profile(stores, source)?;
    let values = lookup.values_for(&listed.region, &field, page);
    let values = values.map_err(|missing| (follow_words().picker_needs)(&missing))?;
    let mut tries = 0;
    loop {
        tries += 1;
        let call = call(stores, lookup, &source.place, &listed.region, source.profile, values.clone()).await;
        let wait = call.as_ref().ok().and_then(|call| wait_after(stores, call, tries)).filter(|_| tries < TRIES);
        let Some(wait) = wait else {
            let (_, unmasked) = succeeded(stores, call)?;
            return Ok((lookup.rows(&unmasked.body), lookup.has_more(&unmasked.body, page)));
        };
        TimeoutFuture::new(wait).await;
        if !is_current() {
            return Ok((Vec::new(), false));
        }
    }
}

/// What a field of a source can be, asked for as its description says: value and label.
pub(super) async fn choices(
    stores: Stores,
    api: &ListableApi,
    source: &Source,
    name: &str,
) -> Result<Vec<LookupRow>, Refusal> {
    check_profile(stores, source)?;
    let not_offered = || Refusal::from((fleet_plan_words().nothing_to_ask)(name));
    let lookup = lookup_of(&api.operation, name).ok_or_else(not_offered)?;
    let mut draft = Draft::new(&api.operation, &mut random::new_id);
    let region = source.place.apply(&api.operation, &mut draft).then(|| draft.region_of(&api.operation));
    let region = region.unwrap_or_default();
    let field = |name: &str| source.fields.get(name).cloned();
    let values = lookup.values_for(&region, &field, 0);
    let values = values.map_err(|missing| (follow_words().picker_needs)(&missing))?;
    let call = call(stores, &lookup, &source.place, &region, source.profile, values).await;
    let (_, unmasked) = succeeded(stores, call)?;
    Ok(lookup.rows(&unmasked.body))
}

/// Another account must not be asked without the user's word.
fn check_profile(stores: Stores, source: &Source) -> Result<(), Refusal> {
    let is_gone = |id| stores.profiles.keyring.with_untracked(|keyring| keyring.profile(id).is_none());
    if source.profile.is_some_and(is_gone) { Err((fleet_plan_words().profile_gone)().into()) } else { Ok(()) }
}

/// Calls the operation of a list. It stands in no log: the table has what it says.
async fn call(
    stores: Stores,
    lookup: &Lookup,
    place: &Place,
    region: &str,
    profile: Option<ProfileId>,
    values: Vec<(String, Value)>,
) -> Result<FinishedCall, NotSent> {
    let (api, operation) = lookup.operation.clone();
    let key = OperationKey { api, operation };
    let operation = untrack(|| stores.site.operation(&key)).filter(|operation| !operation.is_mutating());
    let operation = Arc::new(operation.ok_or(NotSent::NotOffered)?);
    let mut draft = Draft::new(&operation, &mut random::new_id);
    // Another API has servers of its own.
    if !place.apply(&operation, &mut draft) {
        draft.server = operation.server_in(region);
    }
    let values: Map<String, Value> = values.into_iter().collect();
    fill(&operation, &mut draft, values.iter());
    let connection = untrack(|| {
        let own = stores.fleet().head().and_then(|head| stores.settings.connection_named(&head.connection));
        own.unwrap_or_else(|| stores.settings.connection())
    });
    let prepare = |keyring: &Keyring| prepare_with(stores, &operation, &draft, keyring, connection);
    let call = match profile {
        Some(id) => stores.profiles.signing_as(id, prepare),
        None => Some(stores.profiles.keyring.with_untracked(prepare)),
    };
    let call = call.ok_or(NotSent::NotOffered)?.map_err(NotSent::Call)?;
    if let Some(exchange) = call.stopped(stores, None) {
        return Ok(FinishedCall { exchange, unmasked: None });
    }
    let finished = call.send(stores, AbortController::new().ok(), Reader::Console).await;
    learn(stores, &finished.exchange).await;
    Ok(finished)
}

/// How many milliseconds to wait before a call is repeated. `None`: to repeat it is of no use.
fn wait_after(stores: Stores, call: &FinishedCall, tries: u32) -> Option<u32> {
    let LookResult::Refused(refusal) = result_of_look(stores, &call.exchange) else { return None };
    let seconds = refusal.retry_after.unwrap_or(1 << tries.min(5)).min(60);
    refusal.temporary.then(|| u32::try_from(seconds).unwrap_or(60) * 1_000)
}
