//! This computer's clock, and dates as the browser reads and writes them.

use std::time::Duration;
use time::OffsetDateTime;
use wasm_bindgen::JsValue;

/// The time by this computer's clock.
pub(crate) fn now() -> OffsetDateTime {
    from_milliseconds(js_sys::Date::now())
}

/// Seconds since 1970 by this computer's clock.
pub(crate) fn now_in_seconds() -> i64 {
    now().unix_timestamp()
}

/// A browser's count of milliseconds since 1970, in whole milliseconds.
pub(crate) fn from_milliseconds(milliseconds: f64) -> OffsetDateTime {
    let nanoseconds = milliseconds as i128 * 1_000_000;
    OffsetDateTime::from_unix_timestamp_nanos(nanoseconds).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

/// A date as an API writes it, in seconds since 1970. The browser understands fractions of seconds and offsets.
pub(crate) fn parse(text: &str) -> Option<i64> {
    let milliseconds = js_sys::Date::parse(text.trim());
    milliseconds.is_finite().then_some((milliseconds / 1_000.0) as i64)
}

/// Seconds since 1970 in this computer's time zone and language.
pub(crate) fn local(seconds: i64) -> String {
    let date = js_sys::Date::new(&JsValue::from(seconds as f64 * 1_000.0));
    let options = js_sys::Object::new();
    for (name, value) in [("dateStyle", "medium"), ("timeStyle", "long")] {
        let _ = js_sys::Reflect::set(&options, &name.into(), &value.into());
    }
    date.to_locale_string("default", &options).into()
}

/// The time of the day, in seconds since 1970, in this computer's time zone: `11:32:04`.
pub(crate) fn time_of_day(seconds: i64) -> String {
    let date = js_sys::Date::new(&JsValue::from(seconds as f64 * 1_000.0));
    format!("{:02}:{:02}:{:02}", date.get_hours(), date.get_minutes(), date.get_seconds())
}

/// Date and time in this computer's time zone, so that texts have the order of time: `2026-11-27 11:32:04`.
pub(crate) fn date_and_time(seconds: i64) -> String {
    let date = js_sys::Date::new(&JsValue::from(seconds as f64 * 1_000.0));
    let (year, month, day) = (date.get_full_year(), date.get_month() + 1, date.get_date());
    format!("{year}-{month:02}-{day:02} {}", time_of_day(seconds))
}

/// The time of the day, and the date besides if that is not today.
pub(crate) fn time_or_date(seconds: i64) -> String {
    let (text, now) = (date_and_time(seconds), date_and_time(now_in_seconds()));
    let is_today = text.split(' ').next() == now.split(' ').next();
    if is_today { time_of_day(seconds) } else { text }
}

/// By how many minutes this computer's time zone is ahead of UTC now.
pub(crate) fn offset_minutes() -> i32 {
    -(js_sys::Date::new_0().get_timezone_offset() as i32)
}

/// The time between two such counts.
pub(crate) fn between(started: f64, ended: f64) -> Duration {
    Duration::from_millis((ended - started).max(0.0) as u64)
}
