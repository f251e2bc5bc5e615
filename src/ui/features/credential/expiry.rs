//! How long a credential still lasts.

use crate::outcome::Severity;
use crate::ui::components::alert::Notice;
use crate::ui::platform::dates;
use crate::ui::state::use_stores;
use crate::ui::words::words;
use leptos::prelude::*;

/// A credential that ends within this time is worth a warning: half an hour is enough for most changes.
pub(super) const SOON: i64 = 30 * 60;

/// The end of a credential, counted down; nothing where the end is not known.
#[component]
pub(crate) fn Expiry(
    /// In seconds since 1970.
    expires: Option<i64>,
) -> impl IntoView {
    let stores = use_stores();
    let end = expires?;
    Some(move || {
        let left = end - stores.clocks.now.get();
        let at = dates::local(end);
        let (severity, sentence) = match left {
            ..=0 => (Severity::Error, (words().has_ended)(&at)),
            1..=SOON => (Severity::Warning, (words().ends_soon)(&time_left(left), &at)),
            _ => (Severity::Success, (words().ends_in)(&time_left(left), &at)),
        };
        view! { <Notice severity=severity text=sentence/> }
    })
}

/// The time left in its two largest units.
pub(crate) fn time_left(seconds: i64) -> String {
    let (days, hours, minutes, seconds) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{seconds} s"),
        (0, 0, _) => format!("{minutes} min {seconds} s"),
        (0, _, _) => format!("{hours} h {minutes} min"),
        _ => format!("{days} d {hours} h"),
    }
}
