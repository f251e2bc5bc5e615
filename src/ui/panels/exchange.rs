//! One call: while it runs, and when it is over.

use crate::call::ShownRequest;
use crate::outcome::Answer;
use crate::transport::{Reply, TransportError};
use js_sys::Function;
use std::time::Duration;
use web_sys::AbortController;

/// A call that is under way.
pub(super) struct RunningCall {
    /// Tells this call from an older one of the same page.
    pub(super) number: u64,
    pub(super) request: ShownRequest,
    pub(super) connection: String,
    /// In milliseconds since 1970.
    pub(super) started: f64,
    pub(super) abort: Option<AbortController>,
    /// Tells the first program that it is over: `(certain)`.
    pub(super) done: Function,
}

/// One call, as the screen shows it.
#[derive(Debug, Clone)]
pub(super) struct Exchange {
    pub(super) request: ShownRequest,
    pub(super) connection: String,
    pub(super) result: Result<(Reply, Answer), TransportError>,
    pub(super) took: Duration,
}
