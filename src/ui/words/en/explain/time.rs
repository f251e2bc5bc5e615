//! Durations and clocks.

use std::time::Duration;

/// A duration, rounded up to whole seconds.
pub(super) fn seconds(duration: Duration) -> String {
    span(duration.as_secs() + u64::from(duration.subsec_nanos() > 0))
}

/// Seconds in the unit that a person would use.
pub(in crate::ui::words::en) fn span(seconds: u64) -> String {
    match seconds {
        1 => String::from("1 second"),
        0..120 => format!("{seconds} seconds"),
        120..7_200 => format!("{} minutes", seconds / 60),
        7_200..172_800 => format!("{} hours", seconds / 3_600),
        _ => format!("{} days", seconds / 86_400),
    }
}

pub(super) fn clock_off(seconds: i64) -> String {
    let direction = if seconds > 0 { "behind" } else { "ahead of" };
    format!("This computer's clock is {} {direction} the server's.", span(seconds.unsigned_abs()))
}

pub(super) fn clock_offset(seconds: i64) -> String {
    let direction = if seconds > 0 { "later" } else { "earlier" };
    format!(
        "Signatures are dated {} {direction} than this computer's clock, as you asked.",
        span(seconds.unsigned_abs())
    )
}
