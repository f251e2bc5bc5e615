//! One call: while it runs, and when it is over.

use crate::call::ShownRequest;
use crate::catalog::Lockout;
use crate::outcome::Answer;
use crate::credentials::ProfileId;
use crate::transport::{Reply, TransportError};
use js_sys::Function;
use std::sync::Arc;
use std::time::Duration;
use web_sys::AbortController;

/// A call that is under way.
pub(super) struct RunningCall {
    /// Tells this call from an older one of the same page.
    pub(super) number: u64,
    pub(super) sent: Sent,
    /// In milliseconds since 1970.
    pub(super) started: f64,
    pub(super) abort: Option<AbortController>,
    /// Tells the first program that it is over: `(certain)`.
    pub(super) done: Function,
}

/// What was sent, by whom, and which way.
#[derive(Debug, Clone)]
pub(super) struct Sent {
    pub(super) request: ShownRequest,
    pub(super) connection: String,
    /// The profile that signed.
    pub(super) profile: ProfileId,
    /// Tells its key from others: a hash of the key's id, empty for credentials without one.
    pub(super) key: String,
    /// After how many bad signatures the provider locks its key; `None` for credentials that it does not lock.
    pub(super) lockout: Option<Lockout>,
}

/// One call, as the screen shows it.
#[derive(Debug, Clone)]
pub(super) struct Exchange {
    pub(super) sent: Sent,
    pub(super) result: Result<(Reply, Answer), Trouble>,
    pub(super) took: Duration,
    /// The profile that the answer gave a credential to, by its title.
    pub(super) granted: Option<String>,
}

/// Why there is no answer.
#[derive(Debug, Clone)]
pub(super) enum Trouble {
    /// Something on the way.
    Transport(TransportError),
    /// The console stopped after so many bad signatures in a row; the call before this one is worth a look.
    Stopped(u64, Lockout, Option<Arc<Exchange>>),
}
