//! Whether a mouse button or a finger is down. What moves the page waits until it is up: else the button that the user
//! aims at moves away, and the click goes nowhere.

use gloo_timers::callback::Timeout;
use leptos::prelude::window_event_listener_untyped;
use std::cell::RefCell;

/// A list that the browser itself draws swallows the end of a press. Nothing waits longer than so many milliseconds.
const LONGEST: u32 = 1_000;

#[derive(Default)]
struct Press {
    is_down: bool,
    waiting: Vec<Box<dyn FnOnce()>>,
    /// Ends the press.
    end: Option<Timeout>,
}

thread_local! {
    static PRESS: RefCell<Press> = RefCell::default();
}

/// Watches the page for as long as it lives.
pub(crate) fn watch() {
    // A touch that is a tap sends these as well, just before its click.
    let _ = window_event_listener_untyped("mousedown", |_| begin());
    // The click comes right after it, in the same task.
    let _ = window_event_listener_untyped("mouseup", |_| end_after(0));
}

/// Runs `then` now, or when the click that is under way has reached its target.
pub(crate) fn after(then: impl FnOnce() + 'static) {
    if PRESS.with_borrow(|press| press.is_down) {
        PRESS.with_borrow_mut(|press| press.waiting.push(Box::new(then)));
    } else {
        then();
    }
}

fn begin() {
    PRESS.with_borrow_mut(|press| press.is_down = true);
    end_after(LONGEST);
}

fn end_after(wait: u32) {
    let end = Timeout::new(wait, || {
        let waiting = PRESS.with_borrow_mut(|press| {
            press.is_down = false;
            std::mem::take(&mut press.waiting)
        });
        waiting.into_iter().for_each(|then| then());
    });
    // A timer before it is not needed any more.
    PRESS.with_borrow_mut(|press| press.end = Some(end));
}
