//! This computer's clock, and what is known of the servers'.

use crate::ui::platform::dates;
use leptos::prelude::*;
use time::{Duration, OffsetDateTime};

/// A server, as far as its clock is concerned: the connection's name and the provider.
type Server = (String, String);

#[derive(Clone, Copy)]
pub(crate) struct Clocks {
    /// Seconds since 1970 by this computer's clock. It moves while somebody looks at a time.
    pub(crate) now: RwSignal<i64>,
    /// By how many seconds the clock of the server that answered last is ahead.
    pub(crate) skew: RwSignal<Option<i64>>,
    /// Seconds that the user wants added to this computer's clock when signing.
    offsets: RwSignal<Vec<(Server, i64)>>,
}

impl Clocks {
    pub(super) fn new() -> Self {
        Self {
            now: RwSignal::new(dates::now_in_seconds()),
            skew: RwSignal::new(None),
            offsets: RwSignal::new(Vec::new()),
        }
    }

    /// Seconds added to this computer's clock when signing for a provider over a connection.
    pub(crate) fn offset(self, connection: &str, provider: &str) -> i64 {
        self.offsets.with(|offsets| {
            let known = offsets.iter().find(|(server, _)| server.0 == connection && server.1 == provider);
            known.map(|(_, seconds)| *seconds).unwrap_or_default()
        })
    }

    pub(crate) fn set_offset(self, connection: &str, provider: &str, seconds: i64) {
        let server = (connection.to_owned(), provider.to_owned());
        self.offsets.update(|offsets| {
            offsets.retain(|(known, _)| *known != server);
            offsets.push((server, seconds));
        });
    }

    /// The time to sign with.
    pub(crate) fn signing_time(self, connection: &str, provider: &str) -> OffsetDateTime {
        dates::now() + Duration::seconds(untrack(|| self.offset(connection, provider)))
    }
}
