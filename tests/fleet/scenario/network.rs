//! The calls, and what the network does to them.

use super::{Happening, Scenario, Target};
use crate::caller::{Fate, draft};
use crate::clouds::{Clock, Credential, deliver};
use crate::store::Store;
use serde_json::json;
use time::{Duration, OffsetDateTime};
use tls_console::call::CallId;
use tls_console::fleet::call::{self, LostCall};
use tls_console::fleet::{CallNote, EventKind, FleetStage, ReadResult, RowId, RowState, SendResult};
use tls_console::follow::{ClockSkew, LookBody, LookRequest, LookResult};
use tls_console::form::Draft;
use tls_console::proxy::Passage;
use tls_console::sandbox::{Request, Response};

impl Scenario<'_> {
    fn clock(&self) -> Clock {
        Clock { now: self.now, ahead: Duration::ZERO }
    }

    fn credential(&self, profile: usize) -> Credential {
        if self.expired[profile] { Credential::Expired } else { Credential::Good }
    }

    /// Five of a hundred calls for each fault.
    fn fate(&mut self) -> Fate {
        let (fate, name) = match self.random.between(0, 199) {
            0..10 => (Fate::Throttled(u32::try_from(self.random.between(1, 30)).unwrap()), "fault: throttled"),
            10..15 => (Fate::GatewayBefore, "fault: 5xx before arrival"),
            15..20 => (Fate::GatewayAfter, "fault: 5xx after arrival"),
            20..25 => (Fate::LostBefore, "fault: lost before arrival"),
            25..30 => (Fate::LostAfter, "fault: lost after arrival"),
            30 => (Fate::Offline, "fault: offline"),
            _ => return Fate::Answered,
        };
        self.out.count(name);
        fate
    }

    /// A call that reads, with the short way for plain answers.
    fn call_to_read(&mut self, row: RowId, request: &LookRequest) -> (LookResult, Option<CallNote>) {
        let Target { cloud, profile, .. } = self.targets[row.0 as usize];
        if self.forgotten[profile] {
            return (LookResult::NeedsCredential, None);
        }
        let sky = self.sky;
        let operation = sky.clouds[cloud].caller.operation(&request.operation).clone();
        let place = self.fleet.rows[&row].spec.place.clone();
        let form = || {
            let mut form = draft(&operation, 0, &request.parameters);
            assert!(place.apply(&operation, &mut form));
            form
        };
        self.count += 1;
        let (fate, credential, nonce) = (self.fate(), self.credential(profile), self.count);
        let note = CallNote::new(self.now, CallId::new(nonce.into()).to_string(), request.operation.clone());
        // One of thirty-two is a call in full, and so is each whose answer is not plain.
        let is_full = self.random.between(1, 32) == 1 || matches!(fate, Fate::Throttled(_));
        let short = match fate {
            _ if is_full => None,
            Fate::Answered => {
                let looks = &mut self.targets[row.0 as usize].looks;
                *looks += 1;
                let call = (&*operation, &form as &dyn Fn() -> Draft, credential);
                let body = match self.fleet.head.stage {
                    FleetStage::Planning => sky.read(cloud, &mut self.world, call, request, self.now),
                    _ => sky.look(cloud, &mut self.world, call, request, (self.now, *looks)),
                };
                let clock_skew = self.tells_time.then_some(ClockSkew { least: 0, most: 0 });
                body.map(|value| LookResult::Body(LookBody { value, clock_skew }))
            }
            _ => Some(LookResult::NoAnswer { retry_after: None }),
        };
        match short {
            Some(result) => (result, Some(note)),
            None => {
                self.count += 1;
                let time = (self.clock(), Duration::ZERO);
                let call = (&operation, &form(), credential);
                let (exchange, _) = sky.clouds[cloud].call(&mut self.world, call, time, fate, self.count);
                let result = match LookResult::of(&exchange, sky.clouds[cloud].caller.entry(&exchange)) {
                    LookResult::Body(LookBody { value, .. }) if !self.tells_time => LookResult::Body(value.into()),
                    result => result,
                };
                (result, Some(call::note(&exchange)))
            }
        }
    }

    pub(super) fn read(&mut self, row: RowId, read: usize) {
        let cloud = self.targets[row.0 as usize].cloud;
        let reads = self.sky.reads(cloud, &self.fleet.rows[&row].spec);
        let wait = self.soon();
        let Some(this) = reads.get(read) else {
            let (found, note, result) = (Vec::new(), None, ReadResult::NothingToRead);
            let kind = EventKind::Read { row, read, reads: 0, found, note, result };
            return self.later(wait, Happening::Event(kind));
        };
        let request = LookRequest { number: 0, operation: this.operation.clone(), parameters: this.parameters.clone() };
        let (answer, note) = self.call_to_read(row, &request);
        let (found, result) = call::read_result(this, &answer);
        self.later(wait, Happening::Event(EventKind::Read { row, read, reads: reads.len(), found, note, result }));
    }

    pub(super) fn look(&mut self, row: RowId, request: &LookRequest) {
        let (result, note) = self.call_to_read(row, request);
        let wait = self.soon();
        self.later(wait, Happening::Event(EventKind::Looked { row, look: request.number, note, result }));
    }

    pub(super) fn send(&mut self, row: RowId, call_id: &str) {
        let index = row.0 as usize;
        let Target { cloud, profile, .. } = self.targets[index];
        let (spec, token) = (self.fleet.rows[&row].spec.clone(), self.fleet.rows[&row].token);
        let wait = self.soon();
        let sky = self.sky;
        let (operation, follow_up) = sky.operation(cloud, &spec.operation);
        let form = call::form(&spec, token, operation).unwrap();
        let is_busy = self.random.percent(5);
        let is_foreign = self.random.percent(50);
        let is_twice = is_foreign && self.random.percent(10);
        // A task that begins seconds after a colleague's looks like it; a minute after it, where nobody can compare the clocks.
        let seconds = if self.tells_time { 8 } else { 70 };
        let is_close = |rival: OffsetDateTime| (self.now - rival) < Duration::seconds(seconds);
        self.targets[index].is_twin |= self.targets[index].rival.is_some_and(is_close);
        // The page may end while a row is sent for a second time.
        if self.fleet.rows[&row].sends > 1 && self.store.is_none() && self.random.percent(3) {
            self.store = Some((Store::of(&self.fleet), self.random.between(1, 3)));
        }
        let fate = match (is_busy, is_twice) {
            (true, _) => Fate::Answered,
            (false, true) => Fate::Twice,
            (false, false) => self.fate(),
        };
        self.count += 1;
        let time = (self.clock(), wait);
        let credential = self.credential(profile);
        let before = self.world.switches(&spec.subject);
        let (result, note) = if self.forgotten[profile] {
            let note = CallNote::new(self.now, call_id.to_owned(), spec.operation.clone());
            (SendResult::NeedsCredential, note)
        } else {
            let call = (operation, &form, credential);
            let (mut exchange, undelivered) = if is_busy {
                self.out.count("fault: busy");
                let mut sent = None;
                let server = &mut |request: &Request| {
                    sent = Some(request.clone());
                    busy(cloud)
                };
                let (exchange, _) = sky.clouds[cloud].call_to(server, call, time, fate, self.count);
                (exchange, sent.filter(|_| is_twice))
            } else {
                if is_twice {
                    self.out.count("fault: delivered twice");
                }
                sky.clouds[cloud].call(&mut self.world, call, time, fate, self.count)
            };
            exchange.id = CallId::parse(call_id).unwrap();
            exchange.sender.profile = self.profile(profile);
            exchange.sender.passage = if is_foreign { Passage::OtherProxy } else { Passage::Page };
            let arrives_late = is_busy || (fate == Fate::LostBefore && self.random.percent(40));
            if let Some(request) = undelivered.filter(|_| arrives_late) {
                self.targets[index].late += 1;
                self.out.count(if is_busy { "fault: delivered once more later" } else { "fault: arrives late" });
                let late = wait + Duration::milliseconds(self.random.between(0, 15_000));
                self.later(late, Happening::Late(row, Box::new(request)));
            }
            let entry = sky.clouds[cloud].caller.entry(&exchange);
            let words = &|error: &_| format!("{error:?}");
            (call::send_result(&exchange, &form, follow_up, entry, words), call::note(&exchange))
        };
        if matches!(result, SendResult::Conflict(_)) {
            self.out.count("conflict");
            self.targets[index].had_conflict = true;
        }
        self.count_switches(row, before);
        let kind = EventKind::Sent { row, call: call_id.to_owned(), note, result };
        self.later(wait, Happening::Event(kind));
    }

    /// A colleague, of whom the fleet knows nothing, switches an instance to the other state before its row does.
    pub(super) fn let_rival_switch(&mut self) {
        let row = RowId(u32::try_from(self.random.between(0, 49)).unwrap());
        let target = &self.targets[row.0 as usize];
        let own = &self.fleet.rows[&row];
        // What begins while a call is on its way looks like its change.
        let is_sent_lately = own.sent.last().is_some_and(|sent| self.now - *sent < Duration::seconds(100));
        let is_before = matches!(own.state, RowState::Waiting(_)) && target.switched == 0 && target.late == 0;
        if target.cloud != 0 || target.is_twin || is_sent_lately || !is_before {
            return;
        }
        let mut spec = own.spec.clone();
        for (_, value) in spec.values.iter_mut().filter(|(name, _)| name == "ssl_option") {
            *value = json!(!target.target);
        }
        let sky = self.sky;
        let (operation, _) = sky.operation(0, &spec.operation);
        let form = call::form(&spec, 1, operation).unwrap();
        self.count += 1;
        let before = self.world.switches(&spec.subject);
        let time = (self.clock(), Duration::ZERO);
        sky.clouds[0].call(&mut self.world, (operation, &form, Credential::Good), time, Fate::Answered, self.count);
        if self.world.switches(&spec.subject) > before {
            self.out.count("fault: a colleague's switch");
            self.targets[row.0 as usize].rival = Some(self.now);
        }
    }

    /// A request arrives although nobody waits for it any more.
    pub(super) fn arrive(&mut self, row: RowId, request: &Request) {
        let target = &mut self.targets[row.0 as usize];
        target.late -= 1;
        let before = self.world.switches(&target.instance);
        deliver(&mut self.world, self.now, request);
        self.count_switches(row, before);
    }

    pub(super) fn recover(&mut self, row: RowId, call: &str, since: OffsetDateTime) {
        self.out.count("recovered");
        let cloud = self.targets[row.0 as usize].cloud;
        let own = &self.fleet.rows[&row];
        let (operation, follow_up) = self.sky.operation(cloud, &own.spec.operation);
        let lost = LostCall { spec: &own.spec, token: own.token, call, since, connection: "Test" };
        let result = lost.recover(operation, follow_up, self.now);
        self.later(Duration::milliseconds(3), Happening::Event(EventKind::Recovering { row, result }));
    }
}

/// Another operation is under way.
fn busy(cloud: usize) -> Response {
    let (status, body) = match cloud {
        0 => (409, json!({"error_code": "DBS.200011", "error_msg": "Another operation is being performed."})),
        _ => (400, json!({"Code": "InstanceActivating", "Message": "Instance is activating.", "RequestId": "A"})),
    };
    let response = http::Response::builder().status(status).header("content-type", "application/json");
    response.body(body.to_string().into_bytes()).unwrap()
}
