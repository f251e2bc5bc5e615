//! A provider that no Rust knows: followed, checked, recovered and picked from by its description alone.

use super::caller::{Caller, Fate, Moment, draft, keyring};
use serde_json::{Value, json};
use std::time::Duration as Wait;
use time::macros::datetime;
use time::{Duration, OffsetDateTime};
use tls_console::call::Exchange;
use tls_console::catalog::Lookup;
use tls_console::credentials::Keyring;
use tls_console::follow::preconditions::reads;
use tls_console::follow::{Effect, End, Event, EventKind, Follow, LookRequest, LookResult, Origin, Subject};
use tls_console::form::Draft;
use tls_console::sandbox::{Request, Response};

const SENT: OffsetDateTime = datetime!(2026-11-22 10:00:00 UTC);

/// Acme's cloud: a cache whose encryption changes after 30 seconds. Its change can be seen after 4.
struct Acme {
    now: OffsetDateTime,
    caller: Caller,
    keyring: Keyring,
    /// When the change began, and to which mode.
    change: Option<(OffsetDateTime, String)>,
    looks: Vec<String>,
}

impl Acme {
    fn new() -> Self {
        let text = include_str!("acme-cache.json");
        let errors = r#"[{"code": "E-KEY", "meaning": "m", "remedy": "r", "fault": "token"}]"#;
        let caller = Caller::new("apis/acme-cache.json", text, errors);
        let keyring = keyring(caller.operation("SetEncryption"), &[("Acme-Key", "k")]);
        Self { now: SENT, caller, keyring, change: None, looks: Vec::new() }
    }

    fn form() -> [(String, Value); 3] {
        [("group", "g"), ("cache", "c2"), ("mode", "required")].map(|(name, value)| (name.to_owned(), json!(value)))
    }

    fn call(&mut self, operation: &str, form: &Draft, fate: Fate) -> Exchange {
        let operation = self.caller.operation(operation).clone();
        let moment = Moment { started: self.now, took: Wait::from_secs(1), nonce: 7 };
        let (now, change, looks) = (self.now, &mut self.change, &mut self.looks);
        let call = (&operation, form, &self.keyring);
        self.caller.call(call, moment, fate, &mut |request| answer(now, change, looks, request)).0
    }

    fn look(&mut self, request: &LookRequest, origin: &Origin) -> LookResult {
        let operation = self.caller.operation(&request.operation).clone();
        let mut form = draft(&operation, 0, &request.parameters);
        assert!(origin.place.apply(&operation, &mut form));
        let exchange = self.call(&request.operation, &form, Fate::Answered);
        LookResult::of(&exchange, self.caller.entry(&exchange))
    }

    /// Follows to the end, one look after the other.
    fn follow(&mut self, mut follow: Follow) -> Follow {
        let mut kind = EventKind::Opened;
        loop {
            let (next, effects) = follow.step(Event { now: self.now, random: 0, kind });
            follow = next;
            kind = match effects.iter().find(|effect| matches!(effect, Effect::Look(_) | Effect::WakeAt(_))) {
                Some(Effect::Look(request)) => {
                    let result = self.look(request, &follow.origin);
                    EventKind::Answer { look: request.number, result }
                }
                Some(Effect::WakeAt(at)) => {
                    self.now = *at;
                    EventKind::Time
                }
                _ => return follow,
            };
        }
    }

    fn sent(&mut self, fate: Fate) -> (Exchange, Origin) {
        let operation = self.caller.operation("SetEncryption").clone();
        let mut form = draft(&operation, 0, &Self::form());
        form.set_variable("region", String::from("south"));
        let exchange = self.call("SetEncryption", &form, fate);
        let origin = Origin::of(&exchange, &form);
        (exchange, origin)
    }
}

/// What Acme answers.
fn answer(
    now: OffsetDateTime,
    change: &mut Option<(OffsetDateTime, String)>,
    looks: &mut Vec<String>,
    request: &Request,
) -> Response {
    assert_eq!(request.uri().host(), Some("cache.south.acme.test"), "looks go where the call went");
    let path = request.uri().path();
    looks.push(format!("{} {path}", request.method()));
    let begun = change.clone().filter(|(began, _)| now - *began >= Duration::seconds(4));
    let is_done = change.as_ref().is_some_and(|(began, _)| now - *began >= Duration::seconds(30));
    let (status, body) = match (request.method().as_str(), path) {
        ("POST", "/groups/g/caches/c2/encryption") => {
            let body: Value = serde_json::from_slice(request.body()).unwrap();
            *change = Some((now, body["mode"].as_str().unwrap().to_owned()));
            (202, json!({"change": {"ref": "ch-1"}}))
        }
        ("GET", "/changes/ch-1") => match &begun {
            None => (404, json!({"code": "E-NOPE", "message": "Nothing here."})),
            Some(_) => (200, json!({"phase": if is_done { 2 } else { 1 }, "percent": 50})),
        },
        ("GET", "/groups/g/changes") => {
            let own = begun.map(|(began, _)| {
                let born = tls_console::clock::rfc3339(began);
                json!({"ref": "ch-1", "kind": "encryption", "target": {"cache": "c2"}, "born": born})
            });
            let other =
                json!({"ref": "ch-0", "kind": "encryption", "target": {"cache": "c1"}, "born": "2026-11-22T09:59:59Z"});
            let changes: Vec<Value> = [other].into_iter().chain(own).collect();
            (200, json!({"of": changes.len(), "changes": changes}))
        }
        ("GET", "/groups/g/caches/c2") => {
            let mode = change.as_ref().filter(|_| is_done).map_or("none", |(_, mode)| mode);
            (200, json!({"power": "on", "engine": "7.2", "encryption": {"mode": mode}}))
        }
        ("GET", "/groups/g/caches") => {
            let query = request.uri().query().unwrap();
            let skip = query.split('&').find_map(|pair| pair.strip_prefix("skip="));
            let skip: usize = skip.unwrap().parse().unwrap();
            let caches =
                ["c1", "c2", "c3"].map(|key| json!({"key": key, "title": format!("Cache {key}"), "power": "on"}));
            (200, json!({"found": caches.into_iter().skip(skip).take(2).collect::<Vec<_>>(), "of": 3}))
        }
        other => panic!("{other:?}"),
    };
    let response = http::Response::builder().status(status).header("content-type", "application/json");
    response.body(body.to_string().into_bytes()).unwrap()
}

#[test]
fn a_change_is_followed_to_its_proof() {
    let mut acme = Acme::new();
    let (exchange, origin) = acme.sent(Fate::Answered);
    let follow_up = acme.caller.follow_up("SetEncryption").clone();
    let follow = Follow::accepted(origin, follow_up.link(202).unwrap(), &exchange, None);
    let follow = acme.follow(follow);
    assert_eq!(follow.end(), Some(&End::Verified));
    let observed = follow.last_look().unwrap().observed.as_ref().unwrap();
    let evidence = &observed.observation.evidence;
    assert_eq!(*evidence, [(String::from("Encryption"), String::from("required"))]);
    // 3 s: nothing to see; 8, 13, 21 s: running; 33 s: done; 34 s: the state.
    let change = "GET /changes/ch-1";
    let looked =
        ["POST /groups/g/caches/c2/encryption"].into_iter().chain([change; 5]).chain(["GET /groups/g/caches/c2"]);
    assert_eq!(acme.looks, looked.collect::<Vec<_>>());
}

#[test]
fn a_lost_answer_is_found_again_and_one_that_never_came_is_not() {
    for (fate, phase, times) in [(Fate::LostAfter, "verified", 1), (Fate::LostBefore, "unknown", 0)] {
        let mut acme = Acme::new();
        let (exchange, origin) = acme.sent(fate);
        assert!(!exchange.is_certain());
        let follow_up = acme.caller.follow_up("SetEncryption").clone();
        let follow = acme.follow(Follow::uncertain(origin, &follow_up, &exchange, None, Vec::new()));
        let is_absent = matches!(follow.end(), Some(End::NotSeen(_)));
        assert_eq!((follow.phase().name(), follow.may_repeat(), is_absent), (phase, times == 0, times == 0));
        assert_eq!(acme.looks.iter().filter(|look| look.starts_with("POST")).count(), times);
    }
}

#[test]
fn preconditions_are_checked_with_one_read_each() {
    let mut acme = Acme::new();
    let operation = acme.caller.operation("SetEncryption").clone();
    let mut form = draft(&operation, 0, &Acme::form());
    form.set_variable("region", String::from("south"));
    let shown = acme.caller.preview(&operation, &form, &acme.keyring);
    let follow_up = acme.caller.follow_up("SetEncryption").clone();
    let place = tls_console::follow::Place::of(&operation, &form);
    let mut standings = Vec::new();
    for read in reads(&follow_up, &Subject::planned(&operation, &shown)).unwrap() {
        let looked = acme.caller.operation(&read.operation).clone();
        let mut form = draft(&looked, 0, &read.parameters);
        assert!(place.apply(&looked, &mut form));
        let exchange = acme.call(&read.operation, &form, Fate::Answered);
        let found = read.judge(&LookResult::of(&exchange, None));
        standings.extend(found.iter().map(|finding| (finding.precondition, finding.standing.name())));
    }
    assert_eq!(standings, [(0, "pass"), (1, "pass"), (2, "pass"), (3, "pass")]);
    assert_eq!(acme.looks.len(), 2);
}

#[test]
fn the_cache_is_picked_from_pages() {
    let mut acme = Acme::new();
    let set = acme.caller.operation("SetEncryption").clone();
    let field = set.fields().into_iter().find(|field| field.name == "cache").unwrap();
    let lookup = Lookup::read(field.schema.lookup.as_ref().unwrap()).unwrap();
    let operation = acme.caller.operation(&lookup.operation.1).clone();
    assert_eq!(lookup.values_for("south", &|_| None, 0), Err(vec![String::from("group")]));
    let (mut rows, mut page) = (Vec::new(), 0);
    loop {
        let values = lookup.values_for("south", &|name| (name == "group").then(|| String::from("g")), page).unwrap();
        let mut form = draft(&operation, 0, &values);
        form.set_variable("region", String::from("south"));
        let exchange = acme.call(&operation.id, &form, Fate::Answered);
        let LookResult::Body(body) = LookResult::of(&exchange, None) else { panic!("{exchange:?}") };
        rows.extend(lookup.rows(&body.value));
        if !lookup.has_more(&body.value, page) {
            break;
        }
        page += 1;
    }
    let labels: Vec<_> =
        rows.iter().map(|row| (row.value.as_str(), row.label.as_str(), row.cells[0].as_str())).collect();
    assert_eq!(labels, [("c1", "Cache c1", "on"), ("c2", "Cache c2", "on"), ("c3", "Cache c3", "on")]);
    assert_eq!((page, acme.looks.len()), (1, 2));
}
