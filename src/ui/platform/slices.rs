//! Long work in slices, so that the page answers keys and clicks meanwhile.

use super::dom;
use super::timeout::next_turn;

/// How long a slice lasts, in milliseconds: a task is long from 50 on, and slower computers than this one exist. Nobody waits
/// for a page that is hidden, and browsers give such a page few turns.
const SLICE: f64 = 8.0;
const HIDDEN_SLICE: f64 = 200.0;

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

    /// Lets the browser do something else when the slice has lasted long enough. To be called between small steps; what a
    /// step has begun to wait for comes as far as it can before the next one.
    pub(crate) async fn pause(&mut self) {
        dom::microtask().await;
        let passed = dom::milliseconds() - self.since;
        if passed >= HIDDEN_SLICE || passed >= SLICE && !dom::is_hidden() {
            next_turn().await;
            self.since = dom::milliseconds();
        }
    }
}
