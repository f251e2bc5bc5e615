//! What the screen shows of single lanes, and of what went wrong.

use super::Counts;
use crate::credentials::ProfileId;
use crate::fleet::lane::{Hold, Lane};
use crate::fleet::step::Gate;
use crate::fleet::{Fleet, Halt, LaneKey, Limits, Row, RowEnd, RowId, RowState};
use crate::follow::{End, Why};
use std::collections::{BTreeSet, HashMap};
use time::OffsetDateTime;

/// A lane as the screen shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct LaneView {
    pub lane: LaneKey,
    pub limits: Limits,
    pub counts: Counts,
    /// Calls a second that it makes at most now: fewer than its limit after an API said that it is too much.
    pub rate: f64,
    /// Calls of the last minute.
    pub calls: u32,
    pub waits: Vec<Wait>,
    /// It has rows to go on with, and none of them can go on before what it waits for.
    pub is_stuck: bool,
}

/// What a lane waits for while it has rows that could begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wait {
    /// The user goes on after failures.
    Halted(Halt),
    /// The fleet of another tab is over, or paused.
    OtherTab,
    /// The window opens.
    Window(OffsetDateTime),
    /// The rows of the ramp's step of this size have an end; 0: those that were under way when the page was opened.
    Ramp(usize),
    /// So many rows are under way, and no more may be.
    Concurrency(usize),
    /// The API asked to wait.
    Throttled(OffsetDateTime),
    /// The row that is tried again next.
    Later(OffsetDateTime),
    /// These profiles need a credential.
    Credential(Vec<ProfileId>),
}

/// What went wrong with a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Trouble {
    /// The API refused it, with this code; empty for none.
    Refused { code: String, status: u16 },
    /// It could not be sent.
    NotSent(String),
    /// The change failed, for the provider's reason if there is one.
    Failed(Option<String>),
    /// Nobody knows what became of it.
    Unknown(Why),
    /// No answer told whether the call was carried out, and the provider shows that it was not. With the statuses of the latest
    /// answers; `None`: there was none.
    NotCarriedOut(Statuses),
    /// The same, and nothing was seen of the change since. It may appear later.
    NotSeen(Statuses),
}

/// The answers to calls of which they do not tell whether they were carried out.
pub type Statuses = BTreeSet<Option<u16>>;

/// Rows with the same trouble.
#[derive(Debug, Clone, PartialEq)]
pub struct TroubleGroup {
    /// The API whose catalogue explains the code.
    pub api: String,
    pub trouble: Trouble,
    /// The API's own message of the first row; empty for none.
    pub message: String,
    pub rows: Vec<RowId>,
}

impl Fleet {
    /// The lanes in the order of their first rows.
    pub fn lanes(&self, now: OffsetDateTime) -> Vec<LaneView> {
        let view = |(key, lane): (&LaneKey, &Lane)| {
            let limits = self.head.limits_of(key);
            LaneView {
                lane: key.clone(),
                counts: lane.counts,
                rate: lane.rate.current(limits.rate),
                calls: lane.measured.calls_of_last_minute(now),
                waits: self.waits(key, lane, &limits, now),
                is_stuck: self.is_stuck(key, lane, &limits, now),
                limits,
            }
        };
        self.memory.lanes.iter().map(view).collect()
    }

    fn is_stuck(&self, key: &LaneKey, lane: &Lane, limits: &Limits, now: OffsetDateTime) -> bool {
        let may_begin =
            || self.gate(key, limits, now) == Gate::Open && lane.waiting.next(&self.memory.in_need).is_some();
        // Whether a lane is free is known in a moment.
        let is_asked = lane.hold == Hold::Asked;
        lane.counts.waiting + lane.counts.under_way != 0 && lane.taken() == 0 && !is_asked && !may_begin()
    }

    fn waits(&self, key: &LaneKey, lane: &Lane, limits: &Limits, now: OffsetDateTime) -> Vec<Wait> {
        let mut waits = Vec::new();
        let Counts { waiting, under_way, .. } = lane.counts;
        if waiting + under_way + lane.counts.unplanned() == 0 {
            return waits;
        }
        let has_rows = |profile: &&ProfileId| {
            let is_its = |row: &Row| row.spec.profile.unwrap_or_default() == **profile && row.end().is_none();
            lane.profiles.contains(profile) && self.rows.values().any(|row| row.spec.is_in(key) && is_its(row))
        };
        let in_need: Vec<ProfileId> = self.memory.in_need.keys().filter(has_rows).copied().collect();
        if !in_need.is_empty() {
            waits.push(Wait::Credential(in_need));
        }
        waits.extend(lane.rate.throttled_until(now).map(Wait::Throttled));
        if waiting == 0 {
            return waits;
        }
        waits.extend(self.head.halted.get(key).map(|halt| Wait::Halted(*halt)));
        match self.gate(key, limits, now) {
            Gate::Shut if self.is_running() && lane.hold == Hold::Elsewhere => waits.push(Wait::OtherTab),
            Gate::Shut => {}
            Gate::Until(opens) => waits.push(Wait::Window(opens)),
            Gate::Open => {
                let most = limits.concurrency.of(lane.to_change()).max(1);
                let step = lane.ramp.clone().room(most);
                if lane.taken() >= most {
                    waits.push(Wait::Concurrency(most));
                } else if limits.ramp && step == 0 {
                    waits.push(Wait::Ramp(lane.ramp.step().unwrap_or(most)));
                } else if lane.waiting.next(&self.memory.in_need).is_none() {
                    waits.extend(lane.waiting.first_later().map(Wait::Later));
                }
            }
        }
        waits
    }

    /// The lanes in which rows wait because of failures. Where none waits, nothing is held.
    pub fn halted_lanes(&self) -> Vec<&LaneKey> {
        let waits = |lane: &LaneKey| {
            self.rows.values().any(|row| matches!(row.state, RowState::Waiting(_)) && row.spec.is_in(lane))
        };
        self.head.halted.keys().filter(|lane| waits(lane)).collect()
    }

    /// Whether failures hold all that is left: nothing goes on in another lane, and nothing is under way.
    pub fn is_halted(&self) -> bool {
        let is_held = |row: &Row| {
            let is_halted = || self.head.halted.keys().any(|lane| row.spec.is_in(lane));
            row.end().is_some() || (matches!(row.state, RowState::Waiting(_)) && is_halted())
        };
        !self.halted_lanes().is_empty() && self.rows.values().all(is_held)
    }

    /// What went wrong, the most frequent first. It looks at every row.
    pub fn troubles(&self) -> Vec<TroubleGroup> {
        let mut groups: Vec<TroubleGroup> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for (row, (trouble, message)) in self.rows.values().filter_map(|row| Some((row, row.trouble()?))) {
            let api = &row.spec.api;
            // Where no answer told anything, what to do does not depend on the answer.
            let kind = match &trouble {
                Trouble::NotCarriedOut(_) => Trouble::NotCarriedOut(Statuses::new()),
                Trouble::NotSeen(_) => Trouble::NotSeen(Statuses::new()),
                other => other.clone(),
            };
            let place = *places.entry(format!("{api} {kind:?}")).or_insert(groups.len());
            match groups.get_mut(place) {
                Some(group) => {
                    group.rows.push(row.id);
                    group.trouble.add(trouble);
                }
                None => groups.push(TroubleGroup { api: api.clone(), trouble, message, rows: vec![row.id] }),
            }
        }
        groups.sort_by_key(|group| std::cmp::Reverse(group.rows.len()));
        groups
    }
}

impl Trouble {
    /// Another row has the same trouble.
    fn add(&mut self, other: Self) {
        if let (Self::NotCarriedOut(own), Self::NotCarriedOut(more)) | (Self::NotSeen(own), Self::NotSeen(more)) =
            (self, other)
        {
            own.extend(more);
        }
    }
}

impl Row {
    /// What went wrong, and the API's message.
    fn trouble(&self) -> Option<(Trouble, String)> {
        let plain = |trouble| Some((trouble, String::new()));
        let status = || Statuses::from([self.last_answer().and_then(|answer| answer.status)]);
        match self.end().filter(|end| end.is_failure())? {
            RowEnd::Refused { code, message, status } => {
                Some((Trouble::Refused { code: code.clone(), status: *status }, message.clone()))
            }
            RowEnd::NotSent(reason) => plain(Trouble::NotSent(reason.clone())),
            RowEnd::Followed { end: End::Failed(reason), .. } => plain(Trouble::Failed(reason.clone())),
            RowEnd::Followed { end: End::Unknown(why), .. } => match why {
                Why::Refused(refusal) => {
                    let (code, status) = (refusal.code.clone(), refusal.status);
                    // Messages have ids of their requests in them: they are of one kind all the same.
                    let kind = crate::follow::Refusal { code, status, ..Default::default() };
                    Some((Trouble::Unknown(Why::Refused(kind)), refusal.message.clone()))
                }
                other => plain(Trouble::Unknown(other.clone())),
            },
            RowEnd::Followed { end: End::NotCarriedOut, .. } => plain(Trouble::NotCarriedOut(status())),
            RowEnd::Followed { end: End::NotSeen(_), .. } => plain(Trouble::NotSeen(status())),
            _ => None,
        }
    }
}
