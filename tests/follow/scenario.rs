//! One act of a user, followed through bad weather: a seed says what happens.

#[path = "scenario/promises.rs"]
mod promises;
#[path = "scenario/setup.rs"]
mod setup;

use super::caller::{Fate, draft};
use super::clouds::{Clock, Cloud, Credential, deliver};
use super::random::Random;
use std::sync::Arc;
use time::{Duration, OffsetDateTime};
use tls_console::call::Exchange;
use tls_console::catalog::{FollowUp, Operation};
use tls_console::follow::{
    ClockSkew, Effect, End, Event, EventKind, Follow, LookBody, LookRequest, LookResult, Origin,
};
use tls_console::form::Draft;
use tls_console::outcome::Outcome;
use tls_console::proxy::Passage;
use tls_console::sandbox::{Course, Provider, Request, World};

/// What came of a seed.
#[derive(Debug)]
pub(crate) struct Outcomes {
    /// The word of the screen, or `refused` where the call was.
    pub(crate) end: &'static str,
    pub(crate) looks: u32,
    /// How many looks there can be at most.
    pub(crate) bound: u32,
    pub(crate) repeats: u32,
    /// Refusals because something was under way.
    pub(crate) conflicts: u32,
}

/// What a user does, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Cancel,
    Resume,
    LookNow,
    Reload,
    Repeat,
    CredentialReady,
}

struct Scenario<'a> {
    random: Random,
    cloud: &'a Cloud,
    world: World,
    now: OffsetDateTime,
    ahead: Duration,
    /// The answers of the provider have a date that the page can read.
    tells_time: bool,
    /// Somebody else has just switched the same thing.
    has_colleague: bool,
    /// Somebody else switches it to the other state at the moment.
    has_rival: bool,
    course: Course,
    instance: &'static str,
    target: bool,
    operation: Arc<Operation>,
    follow_up: Arc<FollowUp>,
    form: Draft,
    /// Switches before the act.
    before: usize,
    /// The ids of tasks before the act.
    known: Vec<String>,
    /// How many calls of a hundred something happens to.
    trouble: i64,
    /// From when on looks are refused.
    denied: Option<OffsetDateTime>,
    expires: Option<OffsetDateTime>,
    /// The page has no credential.
    forgotten: bool,
    follow: Option<Follow>,
    timer: Option<OffsetDateTime>,
    /// The look under way: its end, its number, what comes of it.
    pending: Option<(OffsetDateTime, u32, LookResult)>,
    /// A request that arrives when nobody waits for its answer any more.
    late: Option<(OffsetDateTime, Request)>,
    /// The user's plans, in the order of time.
    acts: Vec<(OffsetDateTime, Act)>,
    /// An API asked to wait until then.
    not_before: Option<OffsetDateTime>,
    refused: bool,
    repeats: u32,
    conflicts: u32,
    extensions: u32,
    sleeps: i64,
    nonce: u64,
}

/// Plays a seed. A panic is a broken promise.
pub(crate) fn play(cloud: &Cloud, seed: u64) -> Outcomes {
    let mut scenario = Scenario::new(cloud, seed);
    scenario.send();
    let mut steps = 0;
    while let Some((at, happening)) = scenario.next() {
        scenario.now = scenario.now.max(at);
        scenario.happen(happening);
        scenario.check();
        steps += 1;
        assert!(steps < 5_000, "it never ends");
    }
    scenario.check_end()
}

enum Happening {
    Timer,
    Answer,
    Late,
    Act(Act),
}

impl<'a> Scenario<'a> {
    fn is_on(&self) -> bool {
        let is_on = match self.cloud.provider {
            Provider::Huawei => self.world.ssl(self.instance),
            Provider::Aliyun => self.world.https(self.instance),
        };
        is_on.unwrap()
    }

    fn clock(&self) -> Clock {
        Clock { now: self.now, ahead: self.ahead }
    }

    fn credential(&self) -> Credential {
        if self.denied.is_some_and(|at| at <= self.now) {
            Credential::Denied
        } else if self.expires.is_some_and(|at| at <= self.now) {
            Credential::Expired
        } else {
            Credential::Good
        }
    }

    fn call(&mut self, operation: &Arc<Operation>, form: &Draft, fate: Fate, took: i64) -> (Exchange, Option<Request>) {
        self.nonce += 1;
        let time = (self.clock(), Duration::seconds(took));
        let credential = self.credential();
        self.cloud.call(&mut self.world, (operation, form, credential), time, fate, self.nonce)
    }

    /// The user sends the form, for the first time or again.
    fn send(&mut self) {
        let fate = match self.random.between(0, 10) {
            0 => Fate::LostBefore,
            1 => Fate::LostAfter,
            2 => Fate::GatewayBefore,
            3 => Fate::GatewayAfter,
            4 => Fate::Twice,
            _ => Fate::Answered,
        };
        let took = self.random.between(0, 30);
        // A task that nobody ever sees leaves no trace of a call whose answer is lost. A refusal is looked at for longer.
        let longest = if fate == Fate::Twice { 200 } else { 30 };
        if fate != Fate::Answered && self.course.hidden > Duration::seconds(longest) {
            self.course.hidden = Duration::seconds(longest);
            self.world.set_course(self.instance, self.course);
        }
        if self.follow.is_none() && fate == Fate::Answered {
            self.let_rival_switch();
        }
        let (operation, form) = (self.operation.clone(), self.form.clone());
        let (mut exchange, undelivered) = self.call(&operation, &form, fate, took);
        exchange.sender.passage = Passage::OtherProxy;
        let is_conflict = exchange.is_conflict(self.cloud.caller.entry(&exchange)) && exchange.may_have_come_twice();
        if let Some(request) = undelivered.filter(|_| fate == Fate::LostBefore && self.random.percent(40)) {
            self.late = Some((self.now + Duration::seconds(took + self.random.between(0, 15)), request));
        }
        self.now += Duration::seconds(took);
        let origin = Origin::of(&exchange, &form);
        let status = exchange.result.as_ref().ok().map(|(reply, _)| reply.status);
        let known = self.known.clone();
        let follow = match &exchange.result {
            Ok((_, answer)) if answer.outcome == Outcome::Success => {
                let link = self.follow_up.link(status.unwrap()).unwrap();
                let skew = answer.clock_skew.filter(|_| self.tells_time);
                Follow::accepted(origin, link, &exchange, skew)
            }
            _ if !exchange.is_certain() => Follow::uncertain(origin, &self.follow_up, &exchange, None, known),
            // What is under way may be the change of this call, or of the one before.
            _ if is_conflict => {
                self.conflicts += 1;
                Follow::uncertain(origin, &self.follow_up, &exchange, None, known).after_conflict()
            }
            // Refused: what was known of the call before is known still.
            _ => {
                if self.follow.is_none() {
                    self.refused = true;
                    self.acts.clear();
                }
                return;
            }
        };
        // A call that is repeated as it was is one act with the one before.
        let follow = follow.sent_with(&self.operation, &self.form);
        let before = self.follow.take().filter(|before| follow.is_repeat_of(before));
        let follow = before.map_or(follow.clone(), |before| follow.in_place_of(&before));
        (self.pending, self.timer, self.not_before) = (None, None, None);
        self.follow = Some(follow);
        self.event(EventKind::Opened);
    }

    /// What happens next.
    fn next(&mut self) -> Option<(OffsetDateTime, Happening)> {
        let is_over = self.follow.as_ref().is_none_or(|follow| follow.end().is_some());
        if is_over {
            self.acts.retain(|(_, act)| matches!(act, Act::Repeat | Act::LookNow));
        }
        let pending = self.pending.as_ref().map(|(at, ..)| (*at, Happening::Answer));
        let act = self.acts.first().map(|(at, act)| (*at, Happening::Act(*act)));
        let late = self.late.as_ref().map(|(at, _)| (*at, Happening::Late));
        let timer = self.timer.map(|at| (at, Happening::Timer));
        [pending, act, late, timer].into_iter().flatten().min_by_key(|(at, _)| *at)
    }

    fn happen(&mut self, happening: Happening) {
        match happening {
            Happening::Late => self.deliver_late(),
            Happening::Timer => {
                self.timer = None;
                if self.random.percent(5) {
                    self.sleep();
                }
                self.event(EventKind::Time);
            }
            Happening::Answer => {
                let (_, look, mut result) = self.pending.take().unwrap();
                if self.random.percent(2) && self.sleep() {
                    result = LookResult::NoAnswer { retry_after: None };
                }
                if let LookResult::NoAnswer { retry_after: Some(wait) } = result {
                    self.not_before = Some(self.now + wait);
                }
                self.event(EventKind::Answer { look, result });
            }
            Happening::Act(act) => {
                self.acts.remove(0);
                self.act(act);
            }
        }
    }

    fn deliver_late(&mut self) {
        if let Some((at, request)) = self.late.take() {
            deliver(&mut self.world, at, &request);
        }
    }

    /// The computer sleeps, and the world goes on. `false`: it has slept enough.
    fn sleep(&mut self) -> bool {
        let sleeps = self.sleeps > 0;
        if sleeps {
            self.sleeps -= 1;
            self.deliver_late();
            self.now += Duration::seconds(self.random.between(60, 20_000));
        }
        sleeps
    }

    fn act(&mut self, act: Act) {
        match act {
            Act::Cancel => {
                // The page breaks the call off.
                self.pending = None;
                self.timer = None;
                self.event(EventKind::Cancel);
            }
            Act::Resume => {
                self.asked_for();
                self.event(EventKind::Resume);
            }
            Act::LookNow => {
                self.asked_for();
                self.event(EventKind::LookNow);
            }
            Act::CredentialReady => {
                self.forgotten = false;
                // The first new one may be of no use either.
                if self.random.percent(70) {
                    self.expires = None;
                }
                self.asked_for();
                self.event(EventKind::CredentialReady);
            }
            Act::Reload => {
                self.pending = None;
                self.timer = None;
                self.forgotten |= self.random.percent(20);
                let follow = self.follow.take().unwrap();
                let restored = Follow::from_json(&follow.to_json()).unwrap();
                assert_eq!(restored, follow);
                self.follow = Some(restored);
                self.event(EventKind::Opened);
            }
            Act::Repeat => {
                if self.follow.as_ref().unwrap().may_repeat() {
                    self.repeats += 1;
                    self.send();
                }
            }
        }
    }

    /// A person asks for a look: no pause counts.
    fn asked_for(&mut self) {
        self.extensions += 1;
        self.not_before = None;
    }

    fn event(&mut self, kind: EventKind) {
        let follow = self.follow.take().unwrap();
        let was_over = follow.end().is_some();
        let before = (self.random.between(1, 16) == 1).then(|| follow.clone());
        let random = u32::try_from(self.random.next() >> 32).unwrap();
        let (follow, effects) = follow.step(Event { now: self.clock().computer(), random, kind });
        let is_over = follow.end().is_some();
        if let Some(before) = before.filter(|_| !effects.contains(&Effect::Keep)) {
            assert_eq!(before, follow, "a change that is not stored");
        }
        assert_eq!(effects.contains(&Effect::Notify), is_over && !was_over && !matches!(effects[..], []));
        self.follow = Some(follow);
        for effect in effects {
            match effect {
                Effect::Look(request) => self.look(&request),
                Effect::WakeAt(at) => self.timer = Some(at - self.ahead),
                Effect::NeedCredential => {
                    let at = self.now + Duration::seconds(self.random.between(5, 5_000));
                    self.plan_act(at, Act::CredentialReady);
                }
                Effect::Notify => self.over(),
                Effect::Keep => {}
            }
        }
    }

    fn plan_act(&mut self, at: OffsetDateTime, act: Act) {
        self.acts.retain(|(_, other)| *other != act);
        self.acts.push((at, act));
        self.acts.sort_by_key(|(at, _)| *at);
    }

    /// The user may repeat the call, or look once more.
    fn over(&mut self) {
        self.timer = None;
        let follow = self.follow.as_ref().unwrap();
        let (may_repeat, is_unknown) =
            (follow.may_repeat(), matches!(follow.end(), Some(End::Unknown(_) | End::NotSeen(_))));
        let at = self.now + Duration::seconds(self.random.between(1, 100));
        if may_repeat && self.repeats < 3 && self.random.percent(90) {
            self.plan_act(at, Act::Repeat);
        } else if is_unknown && self.extensions < 8 && self.random.percent(10) {
            self.plan_act(at, Act::LookNow);
        }
    }

    fn look(&mut self, request: &LookRequest) {
        assert!(self.pending.is_none(), "two looks at a time");
        assert!(self.not_before.is_none_or(|at| at <= self.now), "the API asked to wait");
        let follow = self.follow.as_ref().unwrap();
        let (place, is_recovering) = (follow.origin.place.clone(), follow.is_recovering());
        // While the result is uncertain, a person may repeat a call that the API recognises.
        if is_recovering && follow.may_repeat() && self.repeats < 3 && self.random.percent(5) {
            self.plan_act(self.now + Duration::seconds(40), Act::Repeat);
        }
        if self.forgotten {
            self.pending = Some((self.now, request.number, LookResult::NeedsCredential));
            return;
        }
        let operation = self.cloud.caller.operation(&request.operation).clone();
        let form = || {
            let mut form = draft(&operation, 0, &request.parameters);
            assert!(place.apply(&operation, &mut form));
            form
        };
        let (fate, took) = self.fate();
        let end = self.now + Duration::seconds(took);
        // One of sixteen looks is a call in full, and so is each whose answer is not plain.
        let is_full = self.random.between(1, 16) == 1 || matches!(fate, Fate::Throttled(_));
        let short = match fate {
            _ if is_full => None,
            Fate::Answered => {
                self.nonce += 1;
                let (clock, credential) = (self.clock(), self.credential());
                let call = (&*operation, &form as &dyn Fn() -> Draft, credential);
                let body = self.cloud.glance(&mut self.world, call, request, clock, self.nonce);
                let skew = -self.ahead.whole_seconds();
                let clock_skew = Some(ClockSkew { least: skew - took, most: skew });
                body.map(|value| LookResult::Body(LookBody { value, clock_skew }))
            }
            _ => Some(LookResult::NoAnswer { retry_after: None }),
        };
        let result = short.unwrap_or_else(|| {
            let (exchange, _) = self.call(&operation, &form(), fate, took);
            LookResult::of(&exchange, self.cloud.caller.entry(&exchange))
        });
        let result = match result {
            LookResult::Body(LookBody { value, .. }) if !self.tells_time => LookResult::Body(value.into()),
            other => other,
        };
        self.pending = Some((end, request.number, result));
    }

    fn fate(&mut self) -> (Fate, i64) {
        let took = if self.random.percent(90) { self.random.between(0, 2) } else { self.random.between(3, 60) };
        if !self.random.percent(self.trouble) {
            return (Fate::Answered, took);
        }
        let fate = match self.random.between(0, 5) {
            0 => Fate::LostBefore,
            1 => Fate::LostAfter,
            2 => Fate::GatewayBefore,
            3 => Fate::GatewayAfter,
            4 => Fate::Throttled(u32::try_from(self.random.between(1, 90)).unwrap()),
            _ => Fate::Offline,
        };
        (fate, if fate == Fate::Offline { 0 } else { took })
    }
}
