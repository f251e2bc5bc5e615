//! What came of seeds, in numbers.

use std::collections::BTreeMap;

/// How often what happened.
#[derive(Debug, Default)]
pub(crate) struct Outcomes {
    counts: BTreeMap<String, u64>,
}

/// What must have happened in so many seeds.
const EVERYTHING: [&str; 41] = [
    "end: verified",
    "end: completed",
    "end: failed",
    "end: unknown",
    "end: not seen",
    "end: refused",
    "end: already on",
    "end: skipped",
    "end: not planned",
    "plan: will change",
    "plan: already on",
    "plan: refused",
    "plan: cannot be known",
    "fault: throttled",
    "fault: 5xx before arrival",
    "fault: 5xx after arrival",
    "fault: lost before arrival",
    "fault: lost after arrival",
    "fault: arrives late",
    "fault: busy",
    "fault: delivered twice",
    "fault: delivered once more later",
    "fault: a colleague's switch",
    "conflict",
    "fault: offline",
    "fault: credential expired",
    "fault: not written",
    "needs a credential",
    "reload",
    "reload while a row is being sent",
    "recovered",
    "halted",
    "lane in use",
    "stop",
    "idle lock",
    "insisted on",
    "insisted on what nobody saw",
    "insisted on what was done",
    "throttled",
    "tried again",
    "looks",
];

impl Outcomes {
    pub(crate) fn add_to(&mut self, what: &str, count: u64) {
        *self.counts.entry(what.to_owned()).or_default() += count;
    }

    pub(crate) fn count(&mut self, what: &str) {
        self.add_to(what, 1);
    }

    pub(crate) fn count_in(&mut self, kind: &str, what: &str) {
        self.add_to(&format!("{kind}: {what}"), 1);
    }

    pub(crate) fn add(&mut self, other: &Self) {
        other.counts.iter().for_each(|(what, count)| self.add_to(what, *count));
    }

    pub(crate) fn check_that_everything_happened(&self) {
        for what in EVERYTHING {
            assert!(self.counts.get(what).is_some_and(|count| *count > 0), "never: {what}");
        }
    }
}
