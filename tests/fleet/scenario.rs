//! One fleet through bad weather: a seed says what happens.
//!
//! A call whose answer is lost leaves a trace that is looked for during a minute where the API knows no tokens. What is lost, by the
//! network or by a reload, arrives 15 seconds late at most, and can be seen after 30 seconds; but a few tasks are hidden for longer.
//! Such a row ends as one of which nothing was seen, and only a user who insists on it can have it switched twice.

#[path = "scenario/network.rs"]
mod network;
#[path = "scenario/outcomes.rs"]
mod outcomes;
#[path = "scenario/promises.rs"]
mod promises;
#[path = "scenario/setup.rs"]
mod setup;
#[path = "scenario/user.rs"]
mod user;

pub(crate) use outcomes::Outcomes;

use super::observer::Observer;
use super::random::Random;
use super::sky::Sky;
use super::store::Store;
use std::collections::BTreeMap;
use time::{Duration, OffsetDateTime, UtcOffset};
use tls_console::credentials::ProfileId;
use tls_console::fleet::{Effect, Event, EventKind, Fleet, FleetStage, LaneKey, RowId, RowState};
use tls_console::sandbox::{Course, Request, World};

/// Two of each cloud.
const PROFILES: usize = 4;

/// What a row is about, in truth.
struct Target {
    cloud: usize,
    instance: String,
    target: bool,
    course: Course,
    exists: bool,
    /// Whose credential signs.
    profile: usize,
    /// Another row is about the same instance.
    is_twin: bool,
    /// How often the calls of this row have switched the instance, but for acts that failed and were tried again.
    switched: usize,
    /// How often the user insisted on it after it was switched, and nobody had seen it.
    blind: usize,
    /// It was in the wanted state before, and the API shows that.
    was_on: bool,
    /// A request that is still on its way.
    late: usize,
    /// Looks at the instance.
    looks: u64,
    /// When a colleague switched it to the other state.
    rival: Option<OffsetDateTime>,
    /// A call of it was refused because something was under way, which may have been its own change.
    had_conflict: bool,
}

/// What happens at some time.
#[allow(clippy::large_enum_variant, reason = "few are planned at a time")]
enum Happening {
    Event(EventKind),
    /// A request arrives when nobody waits for its answer any more.
    Late(RowId, Box<Request>),
    Act(Act),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Start,
    Pause,
    IdleLock,
    Resume,
    Stop,
    Skip,
    Retry,
    /// The user wants rows all the same of which nothing was seen.
    Insist,
    Limit,
    /// The next events are the last ones of this page.
    Reload,
    Expire(usize),
    CredentialReady(ProfileId),
    /// A colleague switches an instance to the other state.
    Rival,
}

struct Scenario<'a> {
    random: Random,
    sky: &'a Sky,
    world: World,
    now: OffsetDateTime,
    offset: UtcOffset,
    fleet: Fleet,
    observer: Observer,
    targets: Vec<Target>,
    next: BTreeMap<(OffsetDateTime, u64), Happening>,
    timer: Option<OffsetDateTime>,
    count: u64,
    /// While a reload is near, and after how many events it comes.
    store: Option<(Store, i64)>,
    expired: [bool; PROFILES],
    /// The page has no credential of the profile.
    forgotten: [bool; PROFILES],
    /// The answers of the clouds have a date that the page can read.
    tells_time: bool,
    is_stopped: bool,
    retries: u32,
    /// The user is about to go on.
    resumes: bool,
    out: Outcomes,
}

/// Plays a seed. A panic is a broken promise.
pub(crate) fn play(sky: &Sky, seed: u64) -> Outcomes {
    let mut scenario = Scenario::new(sky, seed);
    scenario.event(EventKind::Opened);
    scenario.event(EventKind::Plan);
    let mut steps = 0;
    while let Some(at) = scenario.next_time() {
        scenario.now = scenario.now.max(at);
        scenario.happen(at);
        scenario.react();
        steps += 1;
        assert!(steps < 100_000, "it never ends: {:?}", scenario.fleet.counts());
    }
    scenario.check_end()
}

impl Scenario<'_> {
    fn later(&mut self, wait: Duration, happening: Happening) {
        self.count += 1;
        self.next.insert((self.now + wait, self.count), happening);
    }

    fn next_time(&self) -> Option<OffsetDateTime> {
        let first = self.next.first_key_value().map(|((at, _), _)| *at);
        first.into_iter().chain(self.timer).min()
    }

    fn happen(&mut self, at: OffsetDateTime) {
        if self.timer.is_some_and(|timer| timer <= at) {
            self.timer = None;
            self.event(EventKind::Time);
            return;
        }
        let (_, happening) = self.next.pop_first().unwrap();
        match happening {
            Happening::Event(kind) => self.event(kind),
            Happening::Late(row, request) => self.arrive(row, &request),
            Happening::Act(act) => self.act(act),
        }
    }

    /// Something happens to the fleet, and the page carries out what comes of it.
    fn event(&mut self, kind: EventKind) {
        if let EventKind::Written(row) = &kind {
            self.observer.stored(*row);
        }
        let now = self.now.to_offset(self.offset);
        let random = u32::try_from(self.random.next() >> 32).unwrap();
        let before = (self.random.between(1, 300) == 1).then(|| self.fleet.rows.clone());
        self.observer.happens(now, &self.fleet, &kind);
        let effects = self.fleet.step(Event { now, random, kind });
        if let Some(before) = before {
            let is_stored =
                |id: &RowId| effects.contains(&Effect::Keep(*id)) || effects.contains(&Effect::WriteDown(*id));
            for (id, row) in &self.fleet.rows {
                assert!(before[id] == *row || is_stored(id), "a change that is not stored: {row:#?}");
            }
        }
        for effect in effects {
            self.observer.effect(now, &self.fleet, &effect);
            self.carry_out(effect);
        }
        if let Some((_, events)) = &mut self.store {
            *events -= 1;
            if *events <= 0 {
                self.reload();
            }
        }
    }

    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Keep(row) => {
                self.write(row);
                self.observer.changed(&self.fleet.rows[&row]);
                self.check(row);
            }
            Effect::KeepHead => {
                if let Some((store, _)) = &mut self.store {
                    let lag = Duration::milliseconds(self.random.between(0, 60));
                    store.put_head(self.now + lag, self.fleet.head.clone());
                }
            }
            Effect::WriteDown(row) => {
                // The disk is full.
                if self.random.between(1, 1000) <= 3 {
                    self.out.count("fault: not written");
                    self.later(Duration::milliseconds(5), Happening::Event(EventKind::NotWritten(row)));
                } else {
                    let over = self.write(row);
                    self.later(over - self.now, Happening::Event(EventKind::Written(row)));
                }
            }
            Effect::Read { row, read } => self.read(row, read),
            Effect::Look { row, request } => self.look(row, &request),
            Effect::Send { row, call } => self.send(row, &call),
            Effect::Recover { row, call, since } => self.recover(row, &call, since),
            Effect::WakeAt(at) => self.timer = Some(at),
            Effect::NeedCredential(profile) => {
                self.out.count("needs a credential");
                let wait = Duration::milliseconds(self.random.between(1_000, 300_000));
                self.later(wait, Happening::Act(Act::CredentialReady(profile)));
            }
            Effect::HoldLane(lane) => self.hold_lane(&lane),
            Effect::ReleaseLane(lane) => {
                let is_of_lane = |happening: &Happening| match happening {
                    Happening::Event(EventKind::LaneHeld(own) | EventKind::LaneInUse(own)) => *own == lane,
                    _ => false,
                };
                self.next.retain(|_, happening| !is_of_lane(happening));
            }
            Effect::Ended(_) | Effect::Notify => {}
        }
    }

    /// The browser says whether a fleet of another tab has the limits of a lane. Some have them for a while.
    fn hold_lane(&mut self, lane: &LaneKey) {
        let mut wait = Duration::milliseconds(self.random.between(1, 50));
        if self.random.percent(10) {
            self.out.count("lane in use");
            self.later(wait, Happening::Event(EventKind::LaneInUse(lane.clone())));
            wait += Duration::milliseconds(self.random.between(1, 120_000));
        }
        self.later(wait, Happening::Event(EventKind::LaneHeld(lane.clone())));
    }

    /// A row is stored, sooner or later. Gives when.
    fn write(&mut self, row: RowId) -> OffsetDateTime {
        let over = self.now + Duration::milliseconds(self.random.between(0, 40));
        match &mut self.store {
            Some((store, _)) => store.put(over, self.fleet.rows[&row].clone()),
            None => over,
        }
    }

    /// The page ends, at once, and another one reads what is stored.
    fn reload(&mut self) {
        let Some((mut store, _)) = self.store.take() else { return };
        self.out.count("reload");
        let may_be_sent = |state: &RowState| matches!(state, RowState::Sending { .. });
        let sending = self.fleet.rows.values().filter(|row| may_be_sent(&row.state)).count();
        self.out.add_to("reload while a row is being sent", sending as u64);
        let more = usize::try_from(self.random.between(0, 3)).unwrap();
        store.settle(self.now, more);
        self.fleet = store.read();
        // What goes on without the page: requests on their way, and the user.
        self.next.retain(|_, happening| !matches!(happening, Happening::Event(_)));
        self.next.retain(|_, happening| !matches!(happening, Happening::Act(Act::CredentialReady(_) | Act::Resume)));
        self.timer = None;
        self.resumes = false;
        self.forgotten = std::array::from_fn(|_| self.random.percent(30));
        self.be_away();
        self.observer.reloaded(&self.fleet);
        self.event(EventKind::Opened);
    }

    /// Until the page is opened again. The connections have ended with it: what is under way arrives soon, or never.
    fn be_away(&mut self) {
        let latest = self.now + Duration::seconds(15);
        let opened = self.now + Duration::milliseconds(self.random.between(200, 100_000));
        for ((at, number), happening) in std::mem::take(&mut self.next) {
            match happening {
                Happening::Late(row, request) if at.min(latest) <= opened => {
                    self.now = self.now.max(at.min(latest));
                    self.arrive(row, &request);
                }
                Happening::Late(..) => drop(self.next.insert((at.min(latest), number), happening)),
                other => drop(self.next.insert((at, number), other)),
            }
        }
        self.now = opened;
    }

    /// What the user does because of what there is to see.
    fn react(&mut self) {
        let stage = self.fleet.head.stage;
        let mut wait = Duration::milliseconds(self.random.between(1_000, 60_000));
        // The user is away.
        if matches!(stage, FleetStage::Paused(_)) && !self.resumes && self.random.percent(10) {
            wait += Duration::minutes(self.random.between(20, 300));
        }
        let is_halted = stage == FleetStage::Running && !self.fleet.head.halted.is_empty();
        match stage {
            FleetStage::Planned if self.fleet.head.started.is_none() && !self.resumes => {
                self.resumes = true;
                self.later(wait, Happening::Act(Act::Start));
            }
            FleetStage::Paused(_) if !self.resumes => {
                self.resumes = true;
                self.later(wait, Happening::Act(Act::Resume));
            }
            FleetStage::Running if is_halted && !self.resumes => {
                self.out.count("halted");
                self.resumes = true;
                let act = if self.random.percent(85) { Act::Resume } else { Act::Stop };
                self.later(wait, Happening::Act(act));
            }
            FleetStage::Over => {
                // Nobody does anything any more, except that failed rows may be tried again.
                let is_plan = |happening: &Happening| matches!(happening, Happening::Act(act) if !matches!(act, Act::Retry | Act::Insist));
                self.next.retain(|_, happening| !is_plan(happening));
                self.store = None;
                self.resumes = false;
                if self.retries < 1 && self.random.percent(50) {
                    self.later(wait, Happening::Act(Act::Retry));
                }
                if self.retries < 2 && self.random.percent(50) {
                    self.later(wait, Happening::Act(Act::Insist));
                }
                self.retries += 1;
            }
            _ => {}
        }
    }
}
