//! The words around a change: before it, what must hold; after it, what became of it.

use super::Message;
use crate::follow::preconditions::Standing;
use crate::follow::{End, Refusal};

#[derive(Debug)]
pub(crate) struct FollowWords {
    /// The region of one change.
    pub(crate) title: &'static str,
    /// The list of changes.
    pub(crate) list: &'static str,
    pub(crate) progress: &'static str,
    pub(crate) looking: &'static str,
    pub(crate) look_now: &'static str,
    pub(crate) stop: &'static str,
    pub(crate) resume: &'static str,
    pub(crate) go_on: &'static str,
    pub(crate) repeat: &'static str,
    pub(crate) notify: &'static str,
    pub(crate) needs_credential: &'static str,
    /// There is no credential to look with.
    pub(crate) no_credential: &'static str,
    /// It was accepted, and no look has read anything.
    pub(crate) accepted: &'static str,
    /// The latest look, which read this, does not show it; whether one before did.
    pub(crate) unseen: fn(bool, &[(String, String)]) -> String,
    pub(crate) how_to_see: &'static str,
    pub(crate) stopped: &'static str,
    /// It was lost, or it was empty.
    pub(crate) no_answer_to_call: &'static str,
    pub(crate) recovering: &'static str,
    /// There was no usable answer, and the change was found carried out.
    pub(crate) recovered: &'static str,
    /// The call was refused because something is under way, and the console looks whether it is this change.
    pub(crate) conflict: &'static str,
    /// The call was refused because its own change was under way.
    pub(crate) came_twice: &'static str,
    /// The same call was sent once more, and that one is followed.
    pub(crate) sent_again: &'static str,
    /// A later change of the same thing was accepted; what was said before that.
    pub(crate) overtaken: fn(&str) -> String,
    /// The time for looking is over, so many seconds after the call, and the last look, which read this, showed no end.
    pub(crate) limit: fn(u64, &[(String, String)]) -> String,
    /// Where looks go, `None`: nowhere, for it is simulated; the region, and who signs them.
    pub(crate) looks: fn(Option<&str>, &str, &str) -> String,
    /// The profile that made the change is gone, and this one would look.
    pub(crate) profile_gone: fn(&str) -> String,
    /// The browser has no network.
    pub(crate) offline: &'static str,
    pub(crate) running: fn(Option<&str>) -> String,
    /// What became of it.
    pub(crate) end: fn(&End) -> String,
    /// So many seconds have passed.
    pub(crate) since: fn(i64) -> String,
    pub(crate) dismiss_all: &'static str,
    /// The time of the last look, how many there were, and whether nobody answered it.
    pub(crate) last_look: fn(&str, u32, bool) -> String,
    /// The next look begins in so many seconds; whether it is the first.
    pub(crate) next_look: fn(i64, bool) -> String,
    /// The time of the simulated clouds goes so many times as fast.
    pub(crate) speed: fn(i32) -> String,
    /// Nobody answered a look.
    pub(crate) no_answer: &'static str,
    /// A look was refused.
    pub(crate) refused: fn(&Refusal) -> String,
    /// Above the values that were read at this time; whether they prove the state.
    pub(crate) evidence: fn(Option<&str>, bool) -> String,

    // The list of instances to choose from.
    pub(crate) picker_filter: &'static str,
    pub(crate) more_rows: &'static str,
    /// What is typed matches none of so many rows; whether there are more.
    pub(crate) nothing_fits: fn(usize, bool) -> String,
    /// The fields that the list needs are empty.
    pub(crate) picker_needs: fn(&[String]) -> Message,

    // Before the call.
    pub(crate) reading: &'static str,
    pub(crate) not_checked: &'static str,
    /// The same as of one above it.
    pub(crate) same_reason: &'static str,
    /// Whether a precondition is met.
    pub(crate) standing: fn(&Standing) -> String,
    /// When it was read.
    pub(crate) read_at: fn(&str) -> String,
    /// A precondition that was read before a call was refused, and did not hold; what was read.
    pub(crate) unmet: fn(&str, &[(String, String)]) -> String,
}
