//! Long work in slices, so that the page answers keys and clicks meanwhile.

use super::dom;
use gloo_timers::future::TimeoutFuture;

/// How long a slice lasts, in milliseconds: a task is long from 50 on, and slower computers than this one exist.
const SLICE: f64 = 8.0;

/// The slices of one piece of work.
#[derive(Debug)]
pub(crate) struct Slices {
    since: f64,
}

impl Slices {
    /// Begins the first slice.
    pub(crate) fn begin() -> Self {
        Self { since: dom::milliseconds() }
    }

    /// Lets the browser do something else when the slice has lasted long enough. To be called between small steps.
    pub(crate) async fn pause(&mut self) {
        if dom::milliseconds() - self.since >= SLICE {
            TimeoutFuture::new(0).await;
            self.since = dom::milliseconds();
        }
    }
}
