//! The fleet of this page: one at a time, in memory. What it does is decided by [`crate::fleet`]; the effects wait here until
//! the engine (`features::fleet`) carries them out.

mod clock;

use super::follows::Follows;
use super::settings::Settings;
use crate::fleet::{
    Counts, Effect, Event, EventKind, FindRows, Fleet, FleetProfile, FleetStage, Head, LaneKey, Limits, Row, RowId,
    RowSpec, StoreError,
};
use crate::ui::platform::{dates, dom, random};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use std::rc::Rc;
use time::Duration;

/// The screen hears of changes at most so often, in milliseconds.
const PACE: u32 = 250;

/// What carries the effects out.
type CarryOut = Rc<dyn Fn(Vec<Effect>)>;

/// What has to be done before the idle lock, and when it is there.
type BeforeLock = Rc<dyn Fn(bool)>;

#[derive(Clone, Copy)]
pub(crate) struct FleetStore {
    settings: Settings,
    follows: Follows,
    fleet: StoredValue<Option<Fleet>>,
    /// The id of the fleet on the page.
    id: RwSignal<Option<String>>,
    /// Counts the fleets that came onto the page: what belongs to an earlier one comes too late.
    visit: StoredValue<u32>,
    stage: RwSignal<Option<FleetStage>>,
    counts: RwSignal<Counts>,
    version: RwSignal<u32>,
    /// The connection, unless it is the simulation.
    real_connection: RwSignal<Option<String>>,
    /// Failures hold all that is left.
    is_halted: RwSignal<bool>,
    /// Whether this tab runs the fleet, or watches another one that does.
    is_watched: RwSignal<bool>,
    /// This tab has gone on with the fleet of another one.
    is_taken_over: RwSignal<bool>,
    /// This tab watches because the browser cannot say whether another tab runs the fleet.
    is_unguarded: RwSignal<bool>,
    /// Whether something of it is not stored yet.
    has_unwritten: RwSignal<bool>,
    /// When the screen heard of a change, in milliseconds.
    published: StoredValue<f64>,
    /// Tells the screen later.
    pace: StoredValue<Option<Timeout>, LocalStorage>,
    carry_out: StoredValue<Option<CarryOut>, LocalStorage>,
    before_lock: StoredValue<Option<BeforeLock>, LocalStorage>,
    /// Effects that came while nothing carried them out.
    waiting: StoredValue<Vec<Effect>>,
    /// The id of the next row.
    next: StoredValue<u32>,
    /// Why the browser's store refuses.
    problem: RwSignal<Option<StoreError>>,
    /// The ids of the fleets that this page began.
    own: StoredValue<Vec<String>>,
    /// How far the simulated time was ahead when the fleet came onto the page.
    begun: StoredValue<Duration>,
}

impl FleetStore {
    pub(super) fn new(settings: Settings, follows: Follows) -> Self {
        Self {
            settings,
            follows,
            fleet: StoredValue::new(None),
            id: RwSignal::new(None),
            visit: StoredValue::new(0),
            stage: RwSignal::new(None),
            counts: RwSignal::new(Counts::default()),
            version: RwSignal::new(0),
            real_connection: RwSignal::new(None),
            is_halted: RwSignal::new(false),
            is_watched: RwSignal::new(false),
            is_taken_over: RwSignal::new(false),
            is_unguarded: RwSignal::new(false),
            has_unwritten: RwSignal::new(false),
            published: StoredValue::new(0.0),
            pace: StoredValue::new_local(None),
            carry_out: StoredValue::new_local(None),
            before_lock: StoredValue::new_local(None),
            waiting: StoredValue::new(Vec::new()),
            next: StoredValue::new(0),
            problem: RwSignal::new(None),
            own: StoredValue::new(Vec::new()),
            begun: StoredValue::new(Duration::ZERO),
        }
    }

    /// Tells the fleet from all others. `None`: there is none.
    pub(crate) fn id(self) -> Option<String> {
        self.id.get()
    }

    /// Another number for every fleet that comes onto the page, also for one that comes again.
    pub(crate) fn visit(self) -> u32 {
        self.visit.get_value()
    }

    /// How far the fleet has got. `None`: there is none.
    pub(crate) fn stage(self) -> Option<FleetStage> {
        self.stage.get()
    }

    pub(crate) fn counts(self) -> Counts {
        self.counts.get()
    }

    /// Another number whenever anything of the fleet is another.
    pub(crate) fn version(self) -> u32 {
        self.version.get()
    }

    /// Whether failures hold all that is left of it. This, the stage and the counts are all that the first download has of a fleet: to
    /// use the fleet itself brings its whole code along.
    pub(crate) fn is_halted(self) -> bool {
        self.is_halted.get()
    }

    /// The connection of the fleet, unless it is the simulation.
    pub(crate) fn real_connection(self) -> Option<String> {
        self.real_connection.get()
    }

    /// Uses the fleet. The caller is not run again when it changes: [`Self::version`] is for that.
    pub(crate) fn with<T>(self, read: impl FnOnce(&Fleet) -> T) -> Option<T> {
        self.fleet.try_with_value(|fleet| fleet.as_ref().map(read)).flatten()
    }

    pub(crate) fn row(self, id: RowId) -> Option<Row> {
        self.with(|fleet| fleet.rows.get(&id).cloned()).flatten()
    }

    pub(crate) fn row_ids(self, wanted: &FindRows) -> Vec<RowId> {
        self.with(|fleet| fleet.find(wanted)).unwrap_or_default()
    }

    pub(crate) fn head(self) -> Option<Head> {
        self.with(|fleet| fleet.head.clone())
    }

    /// Begins a new fleet with the chosen connection. One that is there goes: [`Self::discard`].
    pub(crate) fn begin(self, name: &str) {
        let connection = untrack(|| self.settings.connection().name);
        let head = Head::new(random::new_id(), name.to_owned(), dates::now(), connection);
        self.next.set_value(0);
        self.own.update_value(|own| own.push(head.id.clone()));
        self.set_watched(false);
        self.open(Fleet::new(head, Vec::new()));
        self.effects(vec![Effect::KeepHead]);
    }

    /// Puts a fleet on the page, and tells it nothing.
    pub(crate) fn open(self, fleet: Fleet) {
        let next = fleet.rows.keys().map(|id| id.0.saturating_add(1)).max().unwrap_or_default();
        self.next.update_value(|known| *known = next.max(*known));
        let latest = fleet.latest();
        self.fleet.set_value(Some(fleet));
        self.visit.update_value(|visit| *visit = visit.wrapping_add(1));
        // Simulated time was ahead of this computer's, and does not go back with a reload.
        let ahead = (latest - dates::now()).max(Duration::ZERO);
        self.begun.set_value(self.follows.simulated_ahead() - ahead);
        self.publish();
    }

    /// An empty fleet takes the chosen connection.
    pub(crate) fn connect(self, connection: &str) {
        let can_take = |fleet: &Fleet| fleet.can_connect(connection);
        if !self.is_watched_untracked() && self.with(can_take) == Some(true) {
            self.change(|fleet| connection.clone_into(&mut fleet.head.connection));
            self.begun.set_value(self.follows.simulated_ahead());
            self.effects(vec![Effect::KeepHead]);
        }
    }

    /// Adds rows behind those that are there.
    pub(crate) fn add_rows(self, specs: Vec<RowSpec>) -> Vec<RowId> {
        let mut ids = Vec::new();
        self.change(|fleet| {
            for spec in specs {
                let id = RowId(self.next.get_value());
                self.next.update_value(|next| *next = next.saturating_add(1));
                fleet.rows.insert(id, Row::new(id, spec, random::new_u128()));
                ids.push(id);
            }
        });
        self.effects(ids.iter().copied().map(Effect::Keep).collect());
        ids
    }

    pub(crate) fn remove_rows(self, ids: &[RowId]) {
        let gone: std::collections::HashSet<RowId> = ids.iter().copied().collect();
        self.change(|fleet| {
            fleet.rows.retain(|id, _| !gone.contains(id));
            fleet.head.first.retain(|id| !gone.contains(id));
        });
        // To keep a row that is not there any more is to forget it.
        self.effects(ids.iter().copied().map(Effect::Keep).chain([Effect::KeepHead]).collect());
    }

    pub(crate) fn set_limits(self, lane: LaneKey, limits: Limits) {
        self.tell(EventKind::Limit { lane, limits });
    }

    /// Rows that go first, in their order.
    pub(crate) fn set_first(self, first: Vec<RowId>) {
        self.change(|fleet| fleet.head.first = first);
        self.effects(vec![Effect::KeepHead]);
    }

    /// The stage as it is now, whatever the screen has heard.
    pub(crate) fn stage_untracked(self) -> Option<FleetStage> {
        self.with(|fleet| fleet.head.stage)
    }

    /// The counts as they are now, whatever the screen has heard.
    pub(crate) fn counts_untracked(self) -> Counts {
        let is_watched = self.is_watched.get_untracked();
        self.with(|fleet| if is_watched { fleet.counts_of_rows() } else { fleet.counts() }).unwrap_or_default()
    }

    /// Whether time matters to it: something is read, sent or looked at.
    pub(crate) fn is_active(self) -> bool {
        let waits = |stage| {
            matches!(stage, FleetStage::Planning | FleetStage::Running | FleetStage::Paused(_) | FleetStage::Stopped)
        };
        self.stage_untracked().is_some_and(waits)
    }

    /// Whether another tab runs it, and this one watches.
    pub(crate) fn is_watched(self) -> bool {
        self.is_watched.get()
    }

    pub(crate) fn is_watched_untracked(self) -> bool {
        self.is_watched.get_untracked()
    }

    /// This tab runs the fleet from now on, or watches the one that does.
    pub(crate) fn set_watched(self, is_watched: bool) {
        self.is_watched.set(is_watched);
        self.is_unguarded.set(false);
    }

    /// This tab watches until the user says that no other tab runs the fleet.
    pub(crate) fn watch_unguarded(self) {
        self.is_watched.set(true);
        self.is_unguarded.set(true);
    }

    /// Whether this tab has gone on with the fleet of another one.
    pub(crate) fn is_taken_over(self) -> bool {
        self.is_taken_over.get()
    }

    pub(crate) fn set_taken_over(self, is_taken_over: bool) {
        self.is_taken_over.set(is_taken_over);
    }

    pub(crate) fn is_unguarded(self) -> bool {
        self.is_unguarded.get()
    }

    /// Whether rows of it are sent and not over, and this page is what follows them.
    pub(crate) fn is_under_way(self) -> bool {
        !self.is_watched.get()
            && (self.stage.get() == Some(FleetStage::Running) || self.counts.with(|counts| counts.under_way != 0))
    }

    /// Whether something of it is not stored yet.
    pub(crate) fn has_unwritten(self) -> bool {
        self.has_unwritten.get()
    }

    pub(crate) fn set_unwritten(self, has_unwritten: bool) {
        if self.has_unwritten.get_untracked() != has_unwritten {
            self.has_unwritten.set(has_unwritten);
        }
    }

    /// Whether something is lost, or nobody follows what was sent, when the page goes.
    pub(crate) fn needs_page(self) -> bool {
        untrack(|| self.is_under_way() || self.has_unwritten())
    }

    /// How many rows are over, of those that the run is to change, while a run is on the page.
    pub(crate) fn progress(self) -> Option<(usize, usize)> {
        let begun = |stage| {
            matches!(stage, FleetStage::Running | FleetStage::Paused(_) | FleetStage::Stopped | FleetStage::Over)
        };
        self.stage.get().is_some_and(begun).then(|| self.counts.get().progress())
    }

    /// Whether the user stopped its run.
    pub(crate) fn was_stopped(self) -> bool {
        self.with(|fleet| fleet.head.stopped.is_some()).unwrap_or_default()
    }

    /// What is to be done before the idle lock, and when it is there.
    pub(crate) fn before_lock_with(self, before: impl Fn(bool) + 'static) {
        self.before_lock.set_value(Some(Rc::new(before)));
    }

    /// The idle lock is near, or there.
    pub(crate) fn before_lock(self, locks_now: bool) {
        if let Some(before) = self.before_lock.get_value() {
            before(locks_now);
        }
    }

    /// Whether it runs now.
    pub(crate) fn is_running_untracked(self) -> bool {
        self.stage_untracked() == Some(FleetStage::Running)
    }

    /// Why the browser's store refuses; `None`: it does not.
    pub(crate) fn problem(self) -> Option<StoreError> {
        self.problem.get()
    }

    pub(crate) fn problem_untracked(self) -> Option<StoreError> {
        self.problem.get_untracked()
    }

    pub(crate) fn set_problem(self, problem: Option<StoreError>) {
        if self.problem.with_untracked(|known| *known != problem) {
            self.problem.set(problem);
        }
    }

    pub(crate) fn rename(self, name: &str) {
        self.change(|fleet| name.clone_into(&mut fleet.head.name));
        self.effects(vec![Effect::KeepHead]);
    }

    /// Goes back from a plan to choosing.
    pub(crate) fn choose_again(self) {
        let mut changed = Vec::new();
        self.change(|fleet| changed = fleet.choose_again());
        self.effects(changed.into_iter().map(Effect::Keep).chain([Effect::KeepHead]).collect());
    }

    /// Rows without a profile are signed by the chosen ones from now on.
    pub(crate) fn name_signers(self, profiles: &[FleetProfile]) {
        let mut changed = Vec::new();
        self.change(|fleet| changed = fleet.name_signers(profiles));
        self.effects(changed.into_iter().map(Effect::Keep).chain([Effect::KeepHead]).collect());
    }

    /// Takes the fleet off the page. What is stored of it stays.
    pub(crate) fn discard(self) {
        self.fleet.set_value(None);
        self.visit.update_value(|visit| *visit = visit.wrapping_add(1));
        self.waiting.set_value(Vec::new());
        self.set_watched(false);
        self.set_unwritten(false);
        self.publish();
    }

    /// Lets the fleet know of something, and carries out what comes of it.
    pub(crate) fn tell(self, kind: EventKind) {
        self.tell_all([kind]);
    }

    /// The same for several events at once.
    pub(crate) fn tell_all(self, kinds: impl IntoIterator<Item = EventKind>) {
        // A tab that watches decides nothing.
        if self.is_watched.get_untracked() {
            return;
        }
        let now = self.now();
        let mut effects = Vec::new();
        let stepped = self.fleet.try_update_value(|fleet| {
            let fleet = fleet.as_mut()?;
            let before = fleet.head.stage;
            for kind in kinds {
                effects.extend(fleet.step(Event { now, random: random::number(), kind }));
            }
            Some(before != fleet.head.stage)
        });
        match stepped.flatten() {
            Some(true) => self.publish(),
            Some(false) => self.touch(),
            None => return,
        }
        self.effects(effects);
    }

    /// Changes the fleet without an event: what stands in it before it runs.
    pub(crate) fn change(self, change: impl FnOnce(&mut Fleet)) {
        // A tab that watches changes nothing.
        if !self.is_watched.get_untracked() {
            self.change_quietly(change);
            let stage = self.with(|fleet| fleet.head.stage);
            if stage == self.stage.get_untracked() {
                self.touch();
            } else {
                self.publish();
            }
        }
    }

    /// The same, and the screen hears of it at the next [`Self::touch`].
    pub(crate) fn change_quietly(self, change: impl FnOnce(&mut Fleet)) {
        let _ = self.fleet.try_update_value(|fleet| fleet.as_mut().map(change));
    }

    /// From now on `carry_out` gets the effects, those that wait among them.
    pub(crate) fn carry_out_with(self, carry_out: impl Fn(Vec<Effect>) + 'static) {
        self.carry_out.set_value(Some(Rc::new(carry_out)));
        let waiting = self.waiting.try_update_value(std::mem::take).unwrap_or_default();
        self.effects(waiting);
    }

    /// Whether a page before this one, or another tab, began it.
    pub(crate) fn is_of_another_page(self) -> bool {
        let id = self.with(|fleet| fleet.head.id.clone());
        id.is_some_and(|id| self.own.with_value(|own| !own.contains(&id)))
    }

    pub(crate) fn has_engine(self) -> bool {
        self.carry_out.with_value(Option::is_some)
    }

    fn effects(self, effects: Vec<Effect>) {
        // A tab that watches stores nothing: its rows may be older than those of the tab that runs the fleet.
        if effects.is_empty() || self.is_watched.get_untracked() {
            return;
        }
        match self.carry_out.get_value() {
            Some(carry_out) => carry_out(effects),
            None => self.waiting.update_value(|waiting| waiting.extend(effects)),
        }
    }

    /// Tells the screen soon: now, unless it has just heard of something.
    pub(crate) fn touch(self) {
        if self.pace.with_value(Option::is_some) {
            return;
        }
        let passed = dom::milliseconds() - self.published.get_value();
        if passed >= f64::from(PACE) {
            self.publish();
        } else {
            self.pace.set_value(Some(Timeout::new(PACE, move || self.publish())));
        }
    }

    /// Tells the screen now.
    fn publish(self) {
        self.pace.set_value(None);
        self.published.set_value(dom::milliseconds());
        let (stage, counts) = (self.stage_untracked(), self.counts_untracked());
        let id = self.with(|fleet| fleet.head.id.clone());
        if self.id.with_untracked(|known| *known != id) {
            self.id.set(id);
        }
        if self.stage.get_untracked() != stage {
            self.stage.set(stage);
        }
        let real = self.with(|fleet| fleet.head.connection.clone()).filter(|_| !self.is_simulated());
        if self.real_connection.with_untracked(|known| *known != real) {
            self.real_connection.set(real);
        }
        let is_halted = self.with(Fleet::is_halted).unwrap_or_default();
        if self.is_halted.get_untracked() != is_halted {
            self.is_halted.set(is_halted);
        }
        if self.counts.get_untracked() != counts {
            self.counts.set(counts);
        }
        self.version.update(|version| *version = version.wrapping_add(1));
    }
}
