//! Carries out what [`crate::fleet`] says, whatever page is on the screen.
//!
//! ```text
//!  events: answers, timers, the user ──▶ FleetStore::tell ──▶ Fleet::step ──▶ effects ──▶ Engine
//!                  ▲                                                                      │
//!                  └───────── calls (calls.rs), the store (keep.rs), the clock (wake.rs) ◀┘
//! ```
//!
//! Effects come by the hundred. The engine takes one after the other and gives the browser its turn in between, so that no task
//! is long.

pub(super) use tabs::lock_name;

mod calls;
mod credentials;
mod keep;
mod tabs;
mod wake;

use crate::credentials::ProfileId;
use crate::fleet::{Effect, EventKind, StoreError};
use crate::ui::features::history;
use crate::ui::platform::slices::Slices;
use crate::ui::state::Stores;
use crate::ui::words::fleet_words;
use gloo_timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// What carries effects out. One a page, for as long as the page lives.
pub(super) struct Engine {
    stores: Stores,
    /// Calls that are to be made.
    calls: RefCell<VecDeque<Effect>>,
    descriptions: calls::Descriptions,
    /// How many of its calls the history got.
    in_history: Cell<usize>,
    is_calling: Cell<bool>,
    kept: keep::Kept,
    timer: RefCell<Option<Timeout>>,
    wake_lock: wake::WakeLock,
    tabs: tabs::Tabs,
    refused: credentials::Refused,
}

/// Starts the engine, once.
pub(crate) fn start(stores: Stores) {
    if stores.fleet().has_engine() {
        return;
    }
    let engine = Rc::new(Engine {
        stores,
        calls: RefCell::default(),
        descriptions: calls::Descriptions::default(),
        in_history: Cell::new(0),
        is_calling: Cell::new(false),
        kept: keep::Kept::new(),
        timer: RefCell::new(None),
        wake_lock: wake::WakeLock::default(),
        tabs: tabs::Tabs::default(),
        refused: credentials::Refused::default(),
    });
    wake::watch(&engine);
    tabs::watch(&engine);
    ENGINE.set(Some(engine.clone()));
    let own = engine.clone();
    stores.fleet().carry_out_with(move |effects| own.carry_out(effects));
}

thread_local! {
    /// The engine of the page.
    static ENGINE: RefCell<Option<Rc<Engine>>> = const { RefCell::new(None) };
}

/// What becomes of that which is not stored when a fleet goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unwritten {
    /// It is stored first. If the store refuses, the fleet stays.
    Store,
    /// The user gives it up.
    GiveUp,
}

/// Puts a stored fleet on the page, in place of the one that is there.
pub(crate) async fn open(stores: Stores, id: &str, unwritten: Unwritten) -> Result<(), StoreError> {
    start(stores);
    let Some(engine) = ENGINE.with_borrow(Clone::clone) else { return Ok(()) };
    engine.open(id, unwritten).await
}

/// Takes the fleet off the page; another tab may go on with it.
pub(crate) async fn close(unwritten: Unwritten) {
    if let Some(engine) = ENGINE.with_borrow(Clone::clone) {
        engine.close(unwritten).await;
    }
}

/// Goes on with a fleet of which nobody knows whether another tab runs it: the user says that none does.
pub(crate) async fn run_here() {
    if let Some(engine) = ENGINE.with_borrow(Clone::clone) {
        engine.run_here().await;
    }
}

/// Asks for the credentials that the rows need and the page does not have.
pub(crate) fn ask_for_credentials() {
    if let Some(engine) = ENGINE.with_borrow(Clone::clone) {
        engine.ask_for_credentials();
    }
}

/// Whether the provider has refused, to the fleet on the page, what this profile proves itself with now.
pub(crate) fn is_refused(profile: ProfileId, provider: &str) -> bool {
    ENGINE.with_borrow(Clone::clone).is_some_and(|engine| engine.is_refused(profile, provider))
}

/// The user goes on with what this profile proves itself with now.
pub(crate) fn go_on_with(profile: ProfileId, provider: &str) -> EventKind {
    if is_refused(profile, provider) {
        EventKind::CredentialAgain(profile)
    } else {
        EventKind::CredentialReady(profile)
    }
}

impl Engine {
    fn carry_out(self: &Rc<Self>, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Ended(follow) => history::keep_end(self.stores, &follow),
                Effect::Keep(row) => self.kept.row(row),
                Effect::KeepHead => self.kept.head(),
                Effect::WriteDown(row) => self.kept.write_down(row),
                Effect::WakeAt(time) => self.wake_at(time),
                Effect::NeedCredential(_) => self.stores.shell.announce(fleet_words().needs_credential),
                Effect::Notify => self.notify(),
                Effect::HoldLane(lane) => self.hold_lane(lane),
                Effect::ReleaseLane(lane) => self.release_lane(&lane),
                Effect::Read { .. } | Effect::Send { .. } | Effect::Recover { .. } | Effect::Look { .. } => {
                    self.calls.borrow_mut().push_back(effect);
                }
            }
        }
        self.own_new();
        self.keep_soon();
        self.call_soon();
        self.hold_wake_lock();
    }

    /// Makes the calls that wait, a few in one turn.
    fn call_soon(self: &Rc<Self>) {
        if self.calls.borrow().is_empty() || self.is_calling.replace(true) {
            return;
        }
        let own = self.clone();
        spawn_local(async move {
            let mut slices = Slices::begin();
            loop {
                let Some(effect) = own.calls.borrow_mut().pop_front() else { break };
                own.call(effect);
                slices.pause().await;
            }
            own.is_calling.set(false);
        });
    }

    /// Forgets what waits: another fleet comes onto the page.
    fn forget(&self) {
        self.kept.forget();
        self.stores.fleet().set_unwritten(false);
        self.tabs.forget();
        self.refused.forget();
        self.calls.borrow_mut().clear();
        self.in_history.set(0);
        self.timer.take();
    }

    fn tell(&self, kind: EventKind) {
        self.stores.fleet().tell(kind);
    }
}
