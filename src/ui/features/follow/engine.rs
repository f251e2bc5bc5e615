//! Carries out what [`crate::follow`] says of the changes that this page follows.
//!
//! ```text
//!  send ──begin──▶ Follows (store) ◀──tell(event)── timers, answers, the user
//!                     │ effects: look, wait, keep, notify
//!                     ▼
//!                  FollowView
//! ```

use super::look::{can_look, look, with_entry};
use super::repeat;
use crate::call::Exchange;
use crate::follow::{self, Event, EventKind, Follow, Need, Origin, Phase};
use crate::form::Draft;
use crate::outcome::Outcome;
use crate::ui::features::change_words::{headline, name};
use crate::ui::features::history;
use crate::ui::on_use::on_use;
use crate::ui::platform::{dom, fetch, locks, notification, random};
use crate::ui::state::Stores;
use crate::ui::state::site::Description;
use crate::ui::words::follow_words;
use gloo_timers::callback::Timeout;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

/// Begins to follow a change that was sent ([`begin_now`]). The code that follows was there before the call was sent, and the error
/// catalogue is there by now if the answer is a refusal.
pub(crate) fn begin(stores: Stores, exchange: Arc<Exchange>, sent: Arc<Draft>) {
    if exchange.operation.is_mutating() {
        spawn_local(async move {
            let _ = begin_on_use(stores, exchange, sent).await;
        });
    }
}

on_use! { answers =>
    fn begin_on_use(stores: Stores, exchange: Arc<Exchange>, sent: Arc<Draft>) -> () { begin_now(stores, &exchange, &sent) }
}

on_use! { answers =>
    /// Lets all that are followed know of something.
    fn tell_all(stores: Stores, kind: EventKind) -> () {
        untrack(|| stores.follows.ids()).iter().for_each(|id| tell(stores, id, kind.clone()))
    }
}

on_use! { answers =>
    /// Goes on with all that only lack a credential. What the provider has refused is left to the user: it counts towards a lock.
    fn go_on_all(stores: Stores) -> () {
        for id in untrack(|| stores.follows.in_need_of_credential()) {
            if !untrack(|| stores.follows.get(&id)).is_some_and(|follow| follow.is_credential_refused()) {
                tell(stores, &id, EventKind::CredentialReady);
            }
        }
    }
}

/// The vault has given secrets back.
pub(crate) async fn secrets_came(stores: Stores) {
    if untrack(|| stores.follows.any()) {
        let _ = go_on_all(stores).await;
    }
}

/// The simulated time has another speed: what waits has to wait another time from now on.
pub(crate) async fn time_changed(stores: Stores) {
    if untrack(|| stores.follows.any()) {
        let _ = tell_all(stores, EventKind::Time).await;
    }
}

/// Makes this tab the one that follows a call that is about to be sent, and remembers the call as one whose answer was lost:
/// should the page be left before the answer comes, the next one looks whether it was carried out.
pub(crate) fn keep_sent(stores: Stores, if_cancelled: &Exchange, sent: &Draft) {
    let operation = &if_cancelled.operation;
    let api = untrack(|| stores.site.api(&operation.api)).filter(|_| operation.is_mutating());
    let Some(follow_up) = api.and_then(|api| api.follow_up(&operation.id)) else { return };
    let origin = Origin::of(if_cancelled, sent);
    let lock = lock_name(&origin.id);
    spawn_local(async move { locks::hold(&lock).await });
    // Without locks another tab would take the call for lost while this one waits for its answer.
    if follow_up.recover.is_some() && locks::are_there() {
        let follow = Follow::uncertain(origin, &follow_up, if_cancelled, None, Vec::new());
        stores.follows.keep(&follow.sent_with(operation, sent));
    }
}

/// Begins to follow a change that was sent, if the description says how: to its end where it was accepted, and whether it
/// was carried out where nobody knows, or where it was refused because something is under way that may be this very change.
fn begin_now(stores: Stores, exchange: &Exchange, sent: &Draft) {
    let operation = &exchange.operation;
    let api = untrack(|| stores.site.api(&operation.api));
    let Some(follow_up) = api.and_then(|api| api.follow_up(&operation.id)) else { return };
    let origin = Origin::of(exchange, sent);
    let answer = exchange.result.as_ref().ok();
    let accepted = answer.filter(|(_, answer)| matches!(answer.outcome, Outcome::Success));
    // The clock of the provider's own answer; any other may be that of a proxy or of another cloud.
    let skew = accepted.and_then(|(_, answer)| answer.clock_skew);
    let link = accepted.and_then(|(reply, _)| follow_up.link(reply.status));
    let follow = match link {
        Some(link) => Follow::accepted(origin, link, exchange, skew),
        None if !exchange.is_certain() && follow_up.recover.is_some() => {
            let known = untrack(|| stores.follows.values_of_others(&origin.id));
            Follow::uncertain(origin, &follow_up, exchange, None, known)
        }
        None if follow_up.recover.is_some() && with_entry(stores, exchange, |entry| exchange.is_conflict(entry)) => {
            let known = untrack(|| stores.follows.values_of_others(&origin.id));
            let follow = Follow::uncertain(origin, &follow_up, exchange, None, known).after_conflict();
            if !exchange.may_have_come_twice() && !stores.follows.has_before(&follow) {
                return stores.follows.remove(&follow.origin.id);
            }
            repeat::keep_token(stores, exchange, sent);
            follow
        }
        // Its answer is there, and leaves nothing to look for.
        None => return stores.follows.remove(&origin.id),
    };
    open(stores, follow.sent_with(operation, sent));
}

/// Follows a change from here on, in the place of what followed the same act.
fn open(stores: Stores, follow: Follow) {
    let (follow, before) = stores.follows.in_place(follow);
    // Of a call that was refused like this one, the log has said all.
    let before = before.into_iter().filter(|_| !follow.is_conflict());
    for before in before.chain(stores.follows.sent_again_with(&follow)) {
        stores.calls.follow_ended(&before, "none", follow_words().sent_again.to_owned());
    }
    let id = follow.origin.id.clone();
    stores.follows.put(follow);
    tell(stores, &id, EventKind::Opened);
}

/// Milliseconds between two looks at whether there is a credential.
const CREDENTIAL_AGAIN: u32 = 3_000;

/// Milliseconds until the code that follows is asked for again.
const RETRY: u32 = 15_000;

/// No two tabs follow one change.
fn lock_name(id: &str) -> String {
    format!("tls-console.follow.{id}")
}

/// Lets a follow know of something, and carries out what comes of it.
pub(super) fn tell(stores: Stores, id: &str, kind: EventKind) {
    let Some(mut follow) = untrack(|| stores.follows.get(id)) else { return };
    follow.tell_apart(untrack(|| stores.follows.values_of_others(id)));
    let event = Event { now: stores.follows.now(&follow), random: random::number(), kind };
    let (follow, effects) = follow.step(event);
    stores.follows.put(follow.clone());
    for effect in effects {
        match effect {
            follow::Effect::Look(request) => {
                let origin = follow.origin.clone();
                spawn_local(async move {
                    let result = look(stores, &origin, &request).await;
                    tell(stores, &origin.id, EventKind::Answer { look: request.number, result });
                });
            }
            follow::Effect::WakeAt(time) => {
                let wait = stores.follows.wait_until(&follow, time).as_millis();
                let id = id.to_owned();
                let simulated = stores.follows.is_simulated(&follow);
                // Offline no look is worth its count: the page looks when the network is back. The simulated clouds are here.
                let ring = move || {
                    if simulated || fetch::is_online() {
                        tell(stores, &id, EventKind::Time);
                    }
                };
                // A timer that rings early is set again.
                let timer = Timeout::new(u32::try_from(wait).unwrap_or(u32::MAX).min(i32::MAX as u32), ring);
                stores.follows.set_timer(&follow.origin.id, Some(timer));
            }
            follow::Effect::NeedCredential => {
                stores.shell.announce(headline(&follow));
                go_on_with_credential(stores, id.to_owned());
            }
            follow::Effect::Keep => stores.follows.keep(&follow),
            follow::Effect::Notify => {
                repeat::settle(stores, &follow);
                history::keep_end(stores, &follow);
                let sentence = headline(&follow);
                let tone = Phase::tone_of(follow.phase().name()).unwrap_or("unsure");
                stores.calls.follow_ended(id, tone, sentence.clone());
                stores.shell.announce(sentence.clone());
                if dom::is_hidden() {
                    notification::show(&name(&follow), &sentence);
                }
            }
        }
    }
}

/// Looks on as soon as there is a credential where none was. One that was refused takes the user's word.
fn go_on_with_credential(stores: Stores, id: String) {
    let waits = |follow: &Follow| follow.need() == Some(Need::Credential) && !follow.is_credential_refused();
    let Some(follow) = untrack(|| stores.follows.get(&id)).filter(waits) else { return };
    let again = Timeout::new(CREDENTIAL_AGAIN, move || {
        let follow = untrack(|| stores.follows.get(&id)).filter(waits);
        match follow {
            Some(follow) if can_look(stores, &follow) => tell(stores, &id, EventKind::CredentialReady),
            Some(_) => go_on_with_credential(stores, id.clone()),
            None => {}
        }
    });
    stores.follows.set_timer(&follow.origin.id, Some(again));
}

/// Takes up what this browser remembers, and looks when the computer wakes up, the page comes back or the network does.
pub(crate) fn watch(stores: Stores) {
    let stored = stores.follows.stored_ids();
    // Looks need the description of what they call.
    let settled = Memo::new(move |_| {
        stores.site.descriptions.with(|all| all.values().all(|one| !matches!(one, Description::Loading)))
    });
    Effect::new(move |done: Option<bool>| {
        let now = settled.get();
        if now && done != Some(true) {
            stored.iter().for_each(|id| spawn_local(take_up(stores, id.clone())));
        }
        now || done.unwrap_or_default()
    });
    for event in ["visibilitychange", "focus", "online", "pageshow"] {
        let handle = window_event_listener_untyped(event, move |_| {
            if fetch::is_online() {
                spawn_local(time_changed(stores));
            }
        });
        on_cleanup(move || handle.remove());
    }
}

/// Goes on with a follow that this browser remembers, as soon as no other tab does.
async fn take_up(stores: Stores, id: String) {
    locks::hold(&lock_name(&id)).await;
    while go_on(stores, id.clone()).await.is_err() {
        TimeoutFuture::new(RETRY).await;
    }
}

on_use! { answers =>
    fn go_on(stores: Stores, id: String) -> () {
        // It may be over by now, or dismissed.
        if let Some(follow) = stores.follows.stored(&id) {
            open(stores, follow);
        }
    }
}
