//! What a fleet in memory has besides its records: made from them, never stored.

use super::lane::{Lane, Ticket};
use super::ramp::Ramp;
use super::{Fleet, FleetStage, LaneKey, Row, RowId, RowState};
use crate::credentials::ProfileId;
use indexmap::{IndexMap, IndexSet};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use time::{Duration, OffsetDateTime};

#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Memory {
    pub(super) lanes: IndexMap<LaneKey, Lane>,
    slots: HashMap<RowId, Slot>,
    /// Rows of one instance, where there are several.
    siblings: HashMap<(String, String), Vec<RowId>>,
    /// Rows that wait until another one of their instance is over.
    pub(super) blocked: BTreeSet<RowId>,
    /// Rows that are [`RowState::Sending`], and some that were a moment ago.
    pub(super) sending: BTreeMap<RowId, Sending>,
    /// Tries of the read that a row waits for.
    pub(super) tries: HashMap<RowId, u32>,
    /// The credentials in a row that the provider did not accept for a row's calls.
    pub(super) denied: HashMap<RowId, Denied>,
    /// How many credentials each profile has had before the one of now.
    pub(super) replaced: BTreeMap<ProfileId, u32>,
    /// What the provider said when it did not accept the credential of a profile: the code, which may be empty, and the status.
    pub(super) refused: BTreeMap<ProfileId, (String, u16)>,
    /// The profiles that need a credential, and the rows whose follow waits for it.
    pub(super) in_need: BTreeMap<ProfileId, BTreeSet<RowId>>,
    /// When the timer rings that the page was asked for.
    pub(super) wake: Option<OffsetDateTime>,
    /// The time of the latest event.
    seen: Option<OffsetDateTime>,
}

/// Credentials that were refused for a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Denied {
    /// How many; the same one counts once, however often it is tried.
    pub(super) credentials: u32,
    /// The last of them: the profile, and its [`Memory::replaced`].
    pub(super) last: (ProfileId, u32),
}

/// Where a row belongs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Slot {
    /// The index of its lane.
    pub(super) lane: usize,
    pub(super) ticket: Ticket,
}

/// How far the call of a row has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sending {
    /// The store has not answered yet.
    Writing,
    /// The store has not answered yet, and the row must not be sent any more.
    Withdrawn,
    Written,
    Sent,
    /// The page finds out what became of it.
    Recovering,
    /// The same, for what was looked for before and not found: one look is enough.
    LookingAgain,
}

impl Memory {
    /// Another profile signs these rows than the one that is gone.
    pub(super) fn adopt(&mut self, rows: &IndexSet<RowId>, gone: ProfileId, by: ProfileId) {
        for row in rows {
            if let Some(slot) = self.slots.get_mut(row) {
                slot.ticket.profile = by;
            }
        }
        for lane in self.lanes.values_mut().filter(|lane| lane.profiles.contains(&gone)) {
            lane.profiles.insert(by);
            lane.waiting.adopt(gone, by);
            lane.to_read.adopt(gone, by);
        }
    }
}

impl Fleet {
    /// Makes the memory anew: rows may have come, gone or changed.
    pub(super) fn rebuild(&mut self) {
        let mut memory = Memory { seen: self.memory.seen, wake: self.memory.wake, ..Memory::default() };
        let mut old = std::mem::take(&mut self.memory.lanes);
        let first: HashMap<RowId, usize> = self.head.first.iter().enumerate().map(|(turn, row)| (*row, turn)).collect();
        let mut under_way: BTreeMap<usize, BTreeSet<RowId>> = BTreeMap::new();
        let mut siblings: HashMap<(&str, &str), Vec<RowId>> = HashMap::with_capacity(self.rows.len());
        for (index, row) in self.rows.values().enumerate() {
            // Ten thousand rows have a handful of lanes: no key is made for each of them.
            let lane = memory.lanes.keys().position(|key| row.spec.is_in(key)).unwrap_or_else(|| {
                let key = row.spec.lane();
                let (rate, measured, hold) =
                    old.swap_remove(&key).map(|lane| (lane.rate, lane.measured, lane.hold)).unwrap_or_default();
                memory.lanes.insert_full(key, Lane { hold, ..Lane::new(rate, measured) }).0
            });
            let Some((_, own)) = memory.lanes.get_index_mut(lane) else { continue };
            *own.counts.of(row.group()) += 1;
            own.profiles.insert(row.spec.profile.unwrap_or_default());
            let turn = first.get(&row.id).copied().unwrap_or(first.len() + index);
            let turn = u32::try_from(turn).unwrap_or(u32::MAX);
            let ticket = Ticket { turn, row: row.id, profile: row.spec.profile.unwrap_or_default() };
            memory.slots.insert(row.id, Slot { lane, ticket });
            siblings.entry((&row.spec.provider, &row.spec.subject)).or_default().push(row.id);
            if row.is_under_way() {
                under_way.entry(lane).or_default().insert(row.id);
            }
        }
        let several = siblings.into_iter().filter(|(_, rows)| rows.len() > 1);
        memory.siblings =
            several.map(|((provider, subject), rows)| ((provider.to_owned(), subject.to_owned()), rows)).collect();
        for (index, (key, lane)) in memory.lanes.iter_mut().enumerate() {
            lane.ramp = Ramp::new(under_way.remove(&index).unwrap_or_default());
            // Who went on after failures need not do so again.
            if !self.head.halted.contains_key(key) && is_too_much(lane, &self.head.limits_of(key)) {
                lane.forgiven = lane.counts.failures();
            }
        }
        self.memory = memory;
    }

    pub(super) fn slot(&self, row: RowId) -> Option<Slot> {
        self.memory.slots.get(&row).copied()
    }

    pub(super) fn lane_mut(&mut self, row: RowId) -> Option<&mut Lane> {
        let slot = self.slot(row)?;
        self.memory.lanes.get_index_mut(slot.lane).map(|(_, lane)| lane)
    }

    /// The other rows of the same instance.
    pub(super) fn siblings(&self, row: &Row) -> impl Iterator<Item = &Row> {
        let own = row.id;
        // Nearly every instance has one row: no key is made for it.
        let rows = if self.memory.siblings.is_empty() { None } else { self.memory.siblings.get(&instance(row)) };
        rows.into_iter().flatten().filter(move |other| **other != own).filter_map(|other| self.rows.get(other))
    }

    /// A clock that was set back must not make anybody wait for the time that it was before.
    pub(super) fn follow_clock(&mut self, now: OffsetDateTime) {
        let by = self.memory.seen.map_or(Duration::ZERO, |seen| now - seen);
        self.memory.seen = Some(now);
        if by.is_negative() {
            self.memory.lanes.values_mut().for_each(|lane| lane.shift(by));
        }
    }

    pub(super) fn is_running(&self) -> bool {
        self.head.stage == FleetStage::Running
    }

    /// Whether rows of this lane may not fail any more.
    pub(super) fn fails_too_much(&self, key: &LaneKey) -> bool {
        self.memory.lanes.get(key).is_some_and(|lane| is_too_much(lane, &self.head.limits_of(key)))
    }

    pub(super) fn due(&self, row: RowId) -> Option<OffsetDateTime> {
        match self.rows.get(&row)?.state {
            RowState::Waiting(due) => Some(due.0),
            _ => None,
        }
    }
}

fn instance(row: &Row) -> (String, String) {
    (row.spec.provider.clone(), row.spec.subject.clone())
}

fn is_too_much(lane: &Lane, limits: &super::Limits) -> bool {
    let failures = lane.counts.failures().saturating_sub(lane.forgiven);
    limits.threshold.is_some_and(|share| failures > share.of(lane.to_change()))
}
