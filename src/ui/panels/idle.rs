//! The idle lock: secrets that nobody uses are forgotten.

use super::{Panels, expiry};
use crate::config::Setting;
use crate::ui::browser;
use crate::ui::words::words;
use gloo_timers::callback::Interval;
use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

const SETTING: &str = "idle-minutes";

/// The minutes in force. What the browser remembers never wins over a locked value.
pub(super) fn minutes(panels: Panels) -> i64 {
    let config = panels.config();
    let remembered = browser::remembered(SETTING).and_then(|text| text.parse().ok());
    let free = !config.is_locked(Setting::IdleMinutes);
    let configured = i64::try_from(config.idle_minutes).unwrap_or(i64::MAX);
    remembered.filter(allowed).filter(|_| free).unwrap_or(configured)
}

fn allowed(minutes: &i64) -> bool {
    (1..=480).contains(minutes)
}

/// Sets the minutes. `false`: not a number from 1 to 480.
pub(super) fn set_minutes(text: &str) -> bool {
    let minutes = text.trim().parse().ok().filter(allowed);
    if let Some(minutes) = minutes {
        browser::remember(SETTING, &minutes.to_string());
    }
    minutes.is_some()
}

/// Watches for hands, and locks when there are none. Time is compared, not counted: a computer that slept has aged.
pub(super) fn watch(panels: Panels) {
    let touched = Rc::new(Cell::new(expiry::now()));
    let touch = {
        let touched = touched.clone();
        Closure::<dyn Fn()>::new(move || touched.set(expiry::now()))
    };
    if let Some(document) = browser::document() {
        for event in ["pointerdown", "keydown", "wheel", "touchstart"] {
            let _ = document.add_event_listener_with_callback(event, touch.as_ref().unchecked_ref());
        }
    }
    touch.forget();
    Interval::new(1_000, move || {
        panels.tick();
        let held =
            panels.context.with_untracked(|context| context.profiles.iter().any(|profile| !profile.held.is_empty()));
        if held && expiry::now() - touched.get() >= minutes(panels) * 60 {
            panels.lock();
            panels.announce(&(words().locked_after)(minutes(panels)));
            panels.locked.set(true);
        }
    })
    .forget();
}
