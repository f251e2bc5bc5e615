//! When the engine goes on by itself: at the time that the fleet names, and when the computer wakes up, the page comes back or
//! the network does. And what keeps the computer awake meanwhile.

use super::Engine;
use crate::fleet::{EventKind, Fleet, FleetStage};
use crate::ui::features::fleet::lane_name::lane_name;
use crate::ui::platform::wake_lock::{self, ScreenLock};
use crate::ui::platform::{dom, fetch, notification};
use crate::ui::words::{fleet_words, words};
use gloo_timers::callback::{Interval, Timeout};
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;
use time::OffsetDateTime;
use wasm_bindgen_futures::spawn_local;

/// The lock of the screen, while a run is under way.
#[derive(Default)]
pub(super) struct WakeLock(RefCell<Option<ScreenLock>>);

/// Listens for as long as the page lives.
pub(super) fn watch(engine: &Rc<Engine>) {
    for event in ["visibilitychange", "focus", "online", "pageshow"] {
        let own = engine.clone();
        // Not removed: the engine lives as long as the page.
        let _ = window_event_listener_untyped(event, move |_| {
            // The browser takes the lock away from a page that is hidden.
            own.wake_lock.0.take();
            own.hold_wake_lock();
            own.tell_time();
        });
    }
    // A timer may be lost while a computer sleeps, and the time of the simulated clouds may have another speed by now.
    let own = engine.clone();
    let speed = RefCell::new(1);
    Interval::new(1_000, move || {
        let now = untrack(|| own.stores.follows.speed());
        if speed.replace(now) != now {
            own.tell_time();
        }
        // The numbers of the last minute change although nothing happens, at a pause as well.
        if own.stores.fleet().is_active() {
            own.stores.fleet().touch();
        }
    })
    .forget();
    let own = engine.clone();
    engine.stores.fleet().before_lock_with(move |locks_now| own.before_lock(locks_now));
}

impl Engine {
    pub(super) fn wake_at(self: &Rc<Self>, time: OffsetDateTime) {
        let wait = self.stores.fleet().wait_until(time).as_millis();
        let own = self.clone();
        // A timer that rings early is set again.
        let timer = Timeout::new(u32::try_from(wait).unwrap_or(u32::MAX).min(i32::MAX as u32), move || own.tell_time());
        *self.timer.borrow_mut() = Some(timer);
    }

    fn tell_time(&self) {
        // Offline nothing can be sent and nothing seen; the simulated clouds are on this computer.
        if (fetch::is_online() || self.stores.fleet().is_simulated()) && self.stores.fleet().is_active() {
            self.tell(EventKind::Time);
        }
    }

    /// Keeps the screen on while a run is under way, and lets it go when it is not.
    pub(super) fn hold_wake_lock(self: &Rc<Self>) {
        if !self.stores.fleet().is_running_untracked() {
            self.wake_lock.0.take();
            return;
        }
        if self.wake_lock.0.borrow().is_some() || dom::is_hidden() {
            return;
        }
        *self.wake_lock.0.borrow_mut() = Some(ScreenLock::pending());
        let own = self.clone();
        spawn_local(async move {
            let lock = wake_lock::request().await;
            // The run may be over by now; then it is let go at once.
            let is_wanted = own.wake_lock.0.borrow().is_some();
            if let Some(lock) = lock.filter(|_| is_wanted) {
                *own.wake_lock.0.borrow_mut() = Some(lock);
            }
        });
    }

    /// The idle lock is near, or there: the run pauses before the secrets go.
    fn before_lock(self: &Rc<Self>, locks_now: bool) {
        if locks_now {
            let own = self.clone();
            // The secrets go after this.
            Timeout::new(0, move || own.ask_for_credentials()).forget();
        }
        if !self.stores.fleet().is_running_untracked() {
            return;
        }
        if locks_now {
            self.tell(EventKind::Pause(crate::fleet::PauseReason::IdleLock));
        } else if dom::is_hidden() {
            notification::show(words().pages.fleet, fleet_words().lock_is_near);
        }
    }

    /// The run ended, halted or paused by itself.
    pub(super) fn notify(&self) {
        let (stage, counts) = (self.stores.fleet().stage_untracked(), self.stores.fleet().counts_untracked());
        let Some(stage) = stage else { return };
        let halted = |fleet: &Fleet| fleet.halted_lanes().into_iter().map(lane_name).collect::<Vec<_>>();
        let halted = self.stores.fleet().with(halted).unwrap_or_default();
        let sentence = match stage {
            FleetStage::Over => (fleet_words().ended)(counts, self.stores.fleet().was_stopped()),
            // A halt leaves the other lanes running.
            FleetStage::Running if !halted.is_empty() => {
                halted.iter().map(|lane| (fleet_words().halted)(lane, false)).collect::<Vec<_>>().join(" ")
            }
            stage => (fleet_words().stage)(stage),
        };
        self.stores.shell.announce(sentence.clone());
        if dom::is_hidden() {
            notification::show(words().pages.fleet, &sentence);
        }
    }
}
