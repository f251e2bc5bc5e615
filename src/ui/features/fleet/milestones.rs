//! What a screen reader hears of long work.

use crate::ui::state::use_stores;
use leptos::prelude::*;

/// It hears of each quarter: more often, and nobody could hear anything else.
const PARTS: usize = 4;

/// Announces how far work has got that has done so much of so much.
pub(super) fn announce_milestones(
    progress: impl Fn() -> (usize, usize) + Send + Sync + 'static,
    words: fn(usize, usize) -> String,
) {
    let stores = use_stores();
    Effect::new(move |before: Option<usize>| {
        let (done, all) = progress();
        let part = (done * PARTS).checked_div(all).unwrap_or_default();
        if before.is_some_and(|before| before < part) {
            stores.shell.announce(words(done, all));
        }
        part
    });
}
