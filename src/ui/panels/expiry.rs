//! How long a credential still lasts.

use super::Panels;
use crate::ui::browser;
use leptos::prelude::*;

/// A credential that ends within this time is worth a warning: half an hour is enough for most changes.
const SOON: i64 = 30 * 60;

/// How urgent an end is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Urgency {
    Later,
    Soon,
    Over,
}

pub(super) fn urgency(seconds_left: i64) -> Urgency {
    match seconds_left {
        ..=0 => Urgency::Over,
        1..=SOON => Urgency::Soon,
        _ => Urgency::Later,
    }
}

/// Seconds since 1970, by this computer's clock.
pub(super) fn now() -> i64 {
    browser::now().unix_timestamp()
}

/// A moment as the APIs write it, in seconds since 1970; fractions of seconds and offsets are understood.
pub(super) fn parse(text: &str) -> Option<i64> {
    let milliseconds = js_sys::Date::parse(text.trim());
    milliseconds.is_finite().then(|| (milliseconds / 1_000.0) as i64)
}

/// The time left in words: the two largest units.
pub(super) fn left(seconds: i64) -> String {
    let (days, hours, minutes, seconds) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{seconds} s"),
        (0, 0, _) => format!("{minutes} min {seconds} s"),
        (0, _, _) => format!("{hours} h {minutes} min"),
        _ => format!("{days} d {hours} h"),
    }
}

/// A moment in this computer's own time.
pub(super) fn local(seconds: i64) -> String {
    let date = js_sys::Date::new(&wasm_bindgen::JsValue::from(seconds as f64 * 1_000.0));
    let options = js_sys::Object::new();
    for (name, value) in [("dateStyle", "medium"), ("timeStyle", "long")] {
        let _ = js_sys::Reflect::set(&options, &name.into(), &value.into());
    }
    date.to_locale_string("default", &options).into()
}

impl Panels {
    /// Moves the time that is shown, while any is: screens that show none are left in peace.
    pub(super) fn tick(self) {
        if self.context.with_untracked(|context| context.profiles.iter().any(|profile| profile.expires.is_some())) {
            self.now.set(now());
        }
    }
}
