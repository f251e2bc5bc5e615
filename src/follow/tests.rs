//! The machine, driven by hand. `tests/follow.rs` drives it against the simulated clouds.

mod besides;
mod kept;
mod overtaken;
mod recovering;

use super::*;
use crate::call::{CallId, PlannedCall, Sender};
use crate::catalog::{Api, Fault, Operation};
use crate::credentials::{Keyring, ProfileId};
use crate::fixtures::{body, path};
use crate::form::{Draft, Raw};
use crate::outcome::read;
use crate::proxy::{Connection, ConnectionKind};
use crate::transport::Reply;
use serde_json::{Value, json};
use time::macros::datetime;

pub(super) const ACME: &str = include_str!("../../tests/follow/acme-cache.json");
const SENT: OffsetDateTime = datetime!(2026-11-22 10:00:00 UTC);

pub(super) fn acme() -> (Operation, FollowUp) {
    let api = Api::load("apis/acme-cache.json", ACME).unwrap();
    (api.operation("SetEncryption").unwrap().unwrap(), api.follow_up("SetEncryption").unwrap())
}

pub(super) fn acme_draft() -> Draft {
    let mut draft =
        crate::fixtures::draft(&[(path("group"), "g 1"), (path("cache"), "c1"), (body("mode"), "required")]);
    draft.set_variable("region", String::from("south"));
    draft
}

/// The request of a call that switches encryption on, as it is shown.
pub(super) fn acme_request(operation: &Operation) -> ShownRequest {
    let connection = Connection { name: String::new(), kind: ConnectionKind::Sandbox };
    let mut keyring = Keyring::default();
    keyring.ensure_profile(operation, ProfileId::new(1));
    keyring.set(keyring.chosen_id(&operation.provider), "Acme-Key", "hunter2-secret");
    PlannedCall { operation, draft: &acme_draft(), keyring: &keyring, connection: &connection }.preview().unwrap()
}

use crate::call::ShownRequest;

/// A call that took two seconds and was answered so.
fn exchange(answer: Option<(u16, Value)>) -> Exchange {
    let (operation, _) = acme();
    let request = acme_request(&operation);
    let result = match answer {
        None => Err(crate::call::CallFailure::Transport(crate::transport::TransportError::TimedOut(
            std::time::Duration::from_secs(2),
        ))),
        Some((status, body)) => Ok(answered(&operation, status, &body)),
    };
    Exchange {
        id: CallId::new(7),
        operation: operation.into(),
        subject: String::from("c1"),
        act: String::new(),
        region: String::from("south"),
        request,
        sender: Sender { profile: ProfileId::new(1), ..Sender::default() },
        result,
        started: SENT,
        took: std::time::Duration::from_secs(2),
        granted: None,
    }
}

fn answered(operation: &Operation, status: u16, body: &Value) -> (Reply, crate::outcome::Answer) {
    let reply = Reply {
        status,
        headers: vec![(String::from("content-type"), String::from("application/json"))],
        body: body.to_string().into_bytes(),
        took: std::time::Duration::from_secs(2),
        received: SENT,
    };
    let reading = read(operation, Vec::new(), reply);
    (reading.shown, reading.answer)
}

fn accepted() -> Follow {
    let exchange = exchange(Some((202, json!({"change": {"ref": "t-1"}}))));
    let (_, follow_up) = acme();
    Follow::accepted(Origin::of(&exchange, &acme_draft()), follow_up.link(202).unwrap(), &exchange, None)
}

fn uncertain(known: &[&str]) -> Follow {
    let exchange = exchange(None);
    let known = known.iter().map(|id| (*id).to_owned()).collect();
    Follow::uncertain(Origin::of(&exchange, &acme_draft()), &acme().1, &exchange, Some(0), known)
}

fn after(seconds: i64) -> OffsetDateTime {
    SENT + Duration::seconds(seconds)
}

/// The machine with the effects of its last step.
struct Driven(Follow, Vec<Effect>);

impl Driven {
    fn open(follow: Follow) -> Self {
        Self(follow, Vec::new()).at(2, EventKind::Opened)
    }

    fn at(self, seconds: i64, kind: EventKind) -> Self {
        // What is stored is as good as what is in memory.
        let restored = Follow::from_json(&self.0.to_json()).unwrap();
        assert_eq!(restored, self.0);
        let (follow, effects) = restored.step(Event { now: after(seconds), random: 0, kind });
        Self(follow, effects)
    }

    fn answer(self, seconds: i64, result: LookResult) -> Self {
        let look = self.0.looks();
        self.at(seconds, EventKind::Answer { look, result })
    }

    fn body(self, seconds: i64, body: Value) -> Self {
        self.answer(seconds, LookResult::Body(body.into()))
    }

    /// The look that begins at this time, by the timer.
    fn look(self, seconds: i64) -> (Self, LookRequest) {
        let next = self.0.next_look();
        assert_eq!(next, Some(after(seconds)), "{:?}", self.0);
        assert_eq!(self.1.last(), Some(&Effect::WakeAt(after(seconds))));
        let driven = self.at(seconds, EventKind::Time);
        let Some(Effect::Look(request)) = driven.1.last().cloned() else { panic!("no look: {:?}", driven.1) };
        (driven, request)
    }

    fn looks_now(&self) -> bool {
        self.1.iter().any(|effect| matches!(effect, Effect::Look(_)))
    }
}

fn running() -> Value {
    json!({"phase": 1, "percent": 40})
}

fn refused(code: &str, status: u16, temporary: bool) -> LookResult {
    let (code, message) = (code.to_owned(), String::new());
    LookResult::Refused(Refusal { code, message, status, temporary, retry_after: None })
}

#[test]
fn a_change_is_followed_from_its_task_to_the_state_that_proves_it() {
    let (driven, request) = Driven::open(accepted()).look(4);
    assert_eq!((request.operation.as_str(), request.number), ("GetChange", 1));
    assert_eq!(request.parameters, [(String::from("ref"), json!("t-1"))]);
    assert!(driven.0.is_looking() && !driven.at(5, EventKind::LookNow).looks_now(), "one look at a time");

    let (driven, _) = Driven::open(accepted()).look(4);
    assert_eq!(driven.0.shows(), [("Phase", None)], "the screen has its lines from the beginning");
    let driven = driven.body(5, running());
    assert_eq!(driven.0.shows(), [("Phase", Some("1"))]);
    assert_eq!((driven.0.phase(), driven.0.progress()), (Phase::Running, Some("40")));
    let last = driven.0.last_look().unwrap();
    assert_eq!((last.at, last.observed.as_ref().unwrap().at), (after(5), after(5)));
    let evidence = [(String::from("Phase"), String::from("1"))];
    assert_eq!(last.observed.as_ref().unwrap().observation.evidence, evidence);

    let (driven, _) = driven.look(10);
    let (driven, request) = driven.body(11, json!({"phase": 2})).look(12);
    assert_eq!(request.operation, "GetCache");
    assert_eq!(request.parameters, [(String::from("group"), json!("g 1")), (String::from("cache"), json!("c1"))]);
    let (driven, _) = driven.body(13, json!({"power": "on", "encryption": {"mode": "none"}})).look(17);
    let driven = driven.body(18, json!({"power": "on", "encryption": {"mode": "required"}}));
    assert_eq!((driven.0.phase().name(), driven.0.end()), ("verified", Some(&End::Verified)));
    assert_eq!(driven.1, [Effect::Keep, Effect::Notify]);
    assert_eq!(driven.0.looks(), 4);
    assert!(!driven.at(19, EventKind::LookNow).looks_now(), "what is proved is over");
}

#[test]
fn a_failure_is_one_when_it_is_said_twice() {
    let (driven, _) = Driven::open(accepted()).look(4);
    let failed = json!({"phase": 9, "why": {"text": "No room."}});
    let (driven, _) = driven.body(5, failed.clone()).look(10);
    let (driven, _) = driven.body(11, running()).look(16);
    let (driven, _) = driven.body(17, failed.clone()).look(22);
    let driven = driven.body(23, failed);
    assert_eq!(driven.0.end(), Some(&End::Failed(Some(String::from("No room.")))));
}

#[test]
fn a_task_that_nobody_sees_is_unknown_after_the_limit_and_can_be_looked_at_again() {
    let mut driven = Driven::open(accepted());
    let (mut at, mut pauses) = (4, Vec::new());
    while driven.0.end().is_none() {
        driven = driven.look(at).0.answer(at, refused("E-NOPE", 404, false));
        pauses.push(driven.0.next_look().map_or(0, |next| (next - after(at)).whole_seconds()));
        at += pauses.last().copied().unwrap_or_default();
    }
    assert_eq!(driven.0.end(), Some(&End::Unknown(Why::NeverSeen)));
    assert_eq!(pauses, [5, 8, 12, 18, 27, 28, 0], "they grow, and the last look begins after the limit");
    let driven = driven.at(200, EventKind::LookNow);
    assert!(driven.looks_now() && driven.0.phase() == Phase::Running);
    let driven = driven.body(201, running());
    assert_eq!(driven.0.next_look(), Some(after(206)));
}

#[test]
fn an_unknown_value_goes_on_and_the_limit_is_never_a_failure() {
    let (driven, _) = Driven::open(accepted()).look(4);
    let driven = driven.body(4, json!({"phase": 77}));
    assert_eq!(driven.0.phase(), Phase::Running);
    // The computer slept: one look is granted.
    let driven = driven.at(9_000, EventKind::Time);
    assert!(driven.looks_now());
    let driven = driven.body(9_001, running());
    assert_eq!(driven.0.end(), Some(&End::Unknown(Why::Limit)));
}

#[test]
fn a_look_from_before_the_sleep_does_not_end_it() {
    let (driven, _) = Driven::open(accepted()).look(4);
    let driven = driven.body(9_000, running());
    assert_eq!(driven.0.next_look(), Some(after(9_005)), "its answer was of the time before");
}

#[test]
fn pauses_grow_after_refusals_and_last_as_long_as_the_api_asks() {
    let mut driven = Driven::open(accepted()).look(4).0;
    let mut now = 4;
    for pause in [5, 10, 20, 40] {
        driven = driven.answer(now, LookResult::NoAnswer { retry_after: None }).look(now + pause).0;
        now += pause;
    }
    let wait = Some(std::time::Duration::from_secs(90));
    driven = driven.answer(now, LookResult::NoAnswer { retry_after: wait }).look(now + 90).0;
    now += 90;
    // The time is over: a few more looks, for the network may be back soon.
    for _ in 0..4 {
        driven = driven.answer(now, refused("Slow", 429, true)).look(now + 60).0;
        now += 60;
        assert_eq!(driven.0.last_look().map(|look| look.is_unanswered), Some(false), "somebody refused it");
    }
    let driven = driven.answer(now, LookResult::NoAnswer { retry_after: None });
    assert_eq!(driven.0.last_look().map(|look| look.is_unanswered), Some(true));
    assert_eq!(driven.0.end(), Some(&End::Unknown(Why::NoAnswer)));
}

#[test]
fn no_pause_is_shorter_for_its_random_part() {
    let waits = [0, 1, u32::MAX].map(|random| {
        let (follow, _) = accepted().step(Event { now: after(4), random, kind: EventKind::Opened });
        let kind = EventKind::Answer { look: 1, result: LookResult::NoAnswer { retry_after: None } };
        let (follow, _) = follow.step(Event { now: after(4), random, kind });
        (follow.next_look().unwrap() - after(4)).whole_milliseconds()
    });
    assert_eq!((waits[0], waits[1]), (5_000, 5_001));
    assert!((5_000..=6_250).contains(&waits[2]), "{waits:?}");
}

#[test]
fn looks_that_are_refused_lead_to_unknown() {
    let mut driven = Driven::open(accepted()).look(4).0;
    driven = driven.answer(4, refused("Denied", 403, false)).look(9).0;
    driven = driven.answer(9, refused("Denied", 403, false)).look(19).0;
    driven = driven.answer(19, refused("Denied", 403, false));
    let Some(End::Unknown(Why::Refused(refusal))) = driven.0.end() else { panic!("{:?}", driven.0) };
    assert_eq!((refusal.code.as_str(), refusal.status), ("Denied", 403));
    assert_eq!(driven.0.last_look().unwrap().refusal.as_ref(), Some(refusal));

    let driven = Driven::open(accepted()).look(4).0.answer(4, LookResult::NotOffered);
    assert_eq!(driven.0.end(), Some(&End::Unknown(Why::NotOffered)));
}

#[test]
fn an_expired_credential_is_asked_for_and_it_goes_on() {
    let driven = Driven::open(accepted()).look(4).0.answer(5, LookResult::NeedsCredential);
    assert_eq!(driven.1, [Effect::Keep, Effect::NeedCredential]);
    assert_eq!((driven.0.phase(), driven.0.need()), (Phase::Running, Some(Need::Credential)));
    let driven = driven.at(500, EventKind::Time).at(501, EventKind::Opened);
    assert_eq!(driven.1, [Effect::Keep, Effect::NeedCredential], "a new page asks again");
    let driven = driven.at(600, EventKind::CredentialReady);
    assert!(driven.looks_now());
    assert_eq!(driven.body(601, running()).0.next_look(), Some(after(606)), "the time begins again");
}

#[test]
fn a_look_without_a_credential_is_none() {
    let driven = Driven::open(accepted()).look(4).0.answer(5, LookResult::NoCredential);
    assert_eq!(driven.1, [Effect::Keep, Effect::NeedCredential]);
    assert_eq!(
        (driven.0.need(), driven.0.is_credential_refused(), driven.0.looks()),
        (Some(Need::Credential), false, 0)
    );
    assert!(!driven.0.was_seen());
    let driven = driven.at(6, EventKind::CredentialReady).body(7, running());
    assert_eq!((driven.0.looks(), driven.0.was_seen()), (1, true));
    let driven = driven.look(12).0.answer(13, LookResult::NeedsCredential);
    assert_eq!((driven.0.is_credential_refused(), driven.0.looks()), (true, 2));
}

#[test]
fn pauses_grow_while_nothing_changes() {
    let mut driven = Driven::open(accepted()).look(4).0.body(4, running());
    let mut now = 4;
    for pause in [5, 8, 12] {
        driven = driven.look(now + pause).0.body(now + pause, running());
        now += pause;
    }
    let driven = driven.look(now + 18).0.body(now + 18, json!({"phase": 1, "percent": 50}));
    assert_eq!(driven.0.next_look(), Some(after(now + 23)), "something changed");
}

#[test]
fn a_user_can_stop_looking_and_go_on() {
    let (driven, request) = Driven::open(accepted()).look(4);
    let driven = driven.at(5, EventKind::Cancel);
    assert_eq!((driven.0.phase(), driven.0.need()), (Phase::Unknown, Some(Need::Resume)));
    assert_eq!((driven.0.end(), driven.0.next_look()), (None, None));
    let driven = driven.at(6, EventKind::Answer { look: request.number, result: LookResult::Body(running().into()) });
    assert_eq!(driven.1, [], "a late answer");
    let driven = driven.at(7, EventKind::Opened).at(8, EventKind::Time);
    assert_eq!(driven.1, []);
    let driven = driven.at(900, EventKind::Resume);
    assert!(driven.looks_now());
    assert_eq!(driven.body(901, running()).0.phase(), Phase::Running);
}

#[test]
fn a_new_page_looks_again_and_ignores_what_the_old_one_asked() {
    let (driven, request) = Driven::open(accepted()).look(4);
    let driven = driven.at(5, EventKind::Opened);
    assert!(driven.looks_now());
    let driven =
        driven.at(6, EventKind::Answer { look: request.number, result: LookResult::Body(json!({"phase": 9}).into()) });
    assert!(driven.0.is_looking() && driven.1.is_empty());
    let driven = driven.body(7, running()).at(8, EventKind::Opened);
    assert_eq!(driven.1, [Effect::Keep, Effect::WakeAt(after(12))], "the pause is the same on any page");
}

#[test]
fn an_answer_without_what_a_look_needs_is_unknown_at_once() {
    let exchange = exchange(Some((202, json!({"change": {}}))));
    let (_, follow_up) = acme();
    let follow = Follow::accepted(Origin::of(&exchange, &acme_draft()), follow_up.link(202).unwrap(), &exchange, None);
    let missing = MissingValue(String::from("$response.body#/change/ref"));
    assert_eq!(follow.end(), Some(&End::Unknown(Why::MissingValue(missing))));
    let driven = Driven::open(follow);
    assert_eq!(driven.1, [Effect::Keep]);
    assert!(!driven.at(3, EventKind::LookNow).looks_now());

    let without = FollowUp { recover: None, ..follow_up };
    let follow = Follow::uncertain(Origin::of(&exchange, &acme_draft()), &without, &exchange, None, Vec::new());
    assert_eq!(follow.end(), Some(&End::Unknown(Why::NotDescribed)));
}

#[test]
fn the_end_of_a_call_says_what_came_of_a_look() {
    let of = |answer: Option<(u16, Value)>, fault: Option<Fault>, retry: &str| {
        let entry = json!([{"code": "E", "meaning": "m", "remedy": "r", "retry": retry}]).to_string();
        let catalogue = crate::catalog::ErrorCatalogue::load("e.json", &entry).unwrap();
        let entry = crate::catalog::ErrorEntry { fault, ..catalogue.entries()[0].clone() };
        LookResult::of(&exchange(answer), Some(&entry))
    };
    let error = |status| Some((status, json!({"code": "E", "message": "m"})));
    assert_eq!(of(Some((200, json!({"a": 1}))), None, "no"), LookResult::Body(json!({"a": 1}).into()));
    assert_eq!(of(None, None, "no"), LookResult::NoAnswer { retry_after: None });
    assert_eq!(of(error(401), None, "no"), LookResult::NeedsCredential);
    assert_eq!(of(error(403), Some(Fault::Token), "no"), LookResult::NeedsCredential);
    assert_eq!(of(error(403), Some(Fault::Clock), "no"), LookResult::NoAnswer { retry_after: None });
    let temporary = |result| match result {
        LookResult::Refused(refusal) => Some((refusal.code, refusal.temporary)),
        _ => None,
    };
    let code = String::from("E");
    assert_eq!(temporary(of(error(403), None, "no")), Some((code.clone(), false)));
    assert_eq!(temporary(of(error(400), None, "resign")), Some((code.clone(), true)));
    assert_eq!(temporary(of(error(503), None, "no")), Some((code, true)));
    assert_eq!(of(Some((502, json!([]))), None, "no"), LookResult::NoAnswer { retry_after: None });
    let code = String::from("success: false");
    let declined = json!({"success": false, "changes": [], "message": "Busy."});
    assert_eq!(
        temporary(of(Some((200, declined)), None, "no")),
        Some((code, false)),
        "an empty list says nothing then"
    );
    let schema = json!({"type": "object", "required": ["b"], "properties": {"a": {}, "b": {}}});
    let content = json!({"application/json": {"schema": schema}});
    let documented = json!({"responses": {"200": {"description": "d", "content": content}}});
    let other = crate::fixtures::operation("get", "/a", documented);
    let short = Exchange { result: Ok(answered(&other, 200, &json!({"a": 1}))), ..exchange(None) };
    assert_eq!(LookResult::of(&short, None), LookResult::Body(json!({"a": 1}).into()), "a look knows what it needs");
}

#[test]
fn what_was_seen_stays_known_while_looks_are_refused() {
    let driven = Driven::open(accepted()).look(4).0.body(5, running());
    let driven = driven.look(10).0.answer(11, refused("Slow", 429, true));
    let driven = driven.look(16).0.answer(17, LookResult::NoAnswer { retry_after: None });
    let last = driven.0.last_look().unwrap();
    assert_eq!((last.at, &last.refusal, last.observed.as_ref().unwrap().at), (after(17), &None, after(5)));
    assert_eq!(driven.0.progress(), Some("40"));
}

#[test]
fn a_clock_that_is_set_back_makes_nobody_wait() {
    let driven = Driven::open(accepted()).look(4).0.body(5, running());
    let driven = driven.at(-3_600, EventKind::Time);
    assert!(driven.looks_now());
    assert_eq!(driven.body(-3_599, running()).0.next_look(), Some(after(-3_591)));
}
