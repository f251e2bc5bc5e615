//! What a lane does at the moment. It is not stored: a page that is opened again begins slowly.

use super::RowId;
use super::ramp::Ramp;
use super::rate::Rate;
use super::view::{Counts, Measured};
use crate::credentials::ProfileId;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use time::{Duration, OffsetDateTime};

/// The state of a lane.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lane {
    pub(super) counts: Counts,
    /// The profiles of its rows.
    pub(super) profiles: BTreeSet<ProfileId>,
    pub(super) rate: Rate,
    pub(super) ramp: Ramp,
    /// Rows to send.
    pub(super) waiting: Queue,
    /// Rows that are written down, or about to be, and not sent.
    pub(super) unsent: usize,
    /// Those of them that are written down.
    pub(super) written: VecDeque<RowId>,
    /// Rows whose preconditions are to be read.
    pub(super) to_read: Queue,
    /// Rows whose read has no answer yet.
    pub(super) reading: BTreeSet<RowId>,
    /// When to look at which rows.
    pub(super) looks: BTreeMap<(OffsetDateTime, RowId), Nudge>,
    /// Rows whose follow waits for a credential: others take their places.
    pub(super) held: BTreeSet<RowId>,
    /// So many failures count no more: the user went on after them.
    pub(super) forgiven: usize,
    pub(super) hold: Hold,
    pub(super) wake: Option<OffsetDateTime>,
    pub(super) measured: Measured,
}

/// Which fleet has the limits of a lane: two fleets share none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Hold {
    /// Nobody has asked.
    #[default]
    None,
    /// The page has not answered yet.
    Asked,
    /// One of another tab, so far.
    Elsewhere,
    /// This one.
    Own,
}

/// What lets a follow look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nudge {
    Opened,
    Time,
    LookNow,
    CredentialReady,
}

impl Lane {
    pub(super) fn new(rate: Rate, measured: Measured) -> Self {
        Self {
            counts: Counts::default(),
            profiles: BTreeSet::new(),
            rate,
            ramp: Ramp::new(BTreeSet::new()),
            waiting: Queue::default(),
            unsent: 0,
            written: VecDeque::new(),
            to_read: Queue::default(),
            reading: BTreeSet::new(),
            looks: BTreeMap::new(),
            held: BTreeSet::new(),
            forgiven: 0,
            hold: Hold::default(),
            wake: None,
            measured,
        }
    }

    /// The rows that are to change, or did.
    pub(super) fn to_change(&self) -> usize {
        let Counts { waiting, under_way, done, .. } = self.counts;
        waiting + under_way + done + self.counts.failures()
    }

    /// How many places of the limit of rows under way are taken.
    pub(super) fn taken(&self) -> usize {
        self.counts.under_way.saturating_sub(self.held.len())
    }

    /// The clock was set by so much.
    pub(super) fn shift(&mut self, by: Duration) {
        self.rate.shift(by);
        self.measured.shift(by);
        self.waiting.shift(by);
        self.to_read.shift(by);
        let looks = std::mem::take(&mut self.looks);
        self.looks = looks.into_iter().map(|((at, row), nudge)| ((at.saturating_add(by), row), nudge)).collect();
    }
}

/// A row in a queue: by its turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ticket {
    pub(super) turn: u32,
    pub(super) row: RowId,
    pub(super) profile: ProfileId,
}

/// Rows that wait for their turn, some of them not before a certain time.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Queue {
    /// By profile: one may wait for a credential.
    ready: BTreeMap<ProfileId, BTreeSet<Ticket>>,
    later: BTreeSet<(OffsetDateTime, Ticket)>,
}

impl Queue {
    pub(super) fn push(&mut self, due: OffsetDateTime, now: OffsetDateTime, ticket: Ticket) {
        if due > now {
            self.later.insert((due, ticket));
        } else {
            self.ready.entry(ticket.profile).or_default().insert(ticket);
        }
    }

    /// Those whose time has come are ready.
    pub(super) fn ripen(&mut self, now: OffsetDateTime) {
        while let Some((due, ticket)) = self.later.first().copied().filter(|(due, _)| *due <= now) {
            self.later.pop_first();
            self.push(due, now, ticket);
        }
    }

    /// Whose turn it is among those whose profile need not wait.
    pub(super) fn next<T>(&self, in_need: &BTreeMap<ProfileId, T>) -> Option<Ticket> {
        let ready = self.ready.iter().filter(|(profile, _)| !in_need.contains_key(profile));
        ready.filter_map(|(_, tickets)| tickets.first()).min().copied()
    }

    /// When the first of the later ones is ready.
    pub(super) fn first_later(&self) -> Option<OffsetDateTime> {
        self.later.first().map(|(due, _)| *due)
    }

    /// `due`: when it was to be ready, if that is known.
    pub(super) fn remove(&mut self, ticket: Ticket, due: Option<OffsetDateTime>) {
        let is_found = self.ready.get_mut(&ticket.profile).is_some_and(|tickets| tickets.remove(&ticket))
            || due.is_some_and(|due| self.later.remove(&(due, ticket)));
        if !is_found {
            self.later.retain(|(_, other)| *other != ticket);
        }
    }

    /// Another profile signs the rows of one that is gone.
    pub(super) fn adopt(&mut self, gone: ProfileId, by: ProfileId) {
        let signed = |ticket: Ticket| if ticket.profile == gone { Ticket { profile: by, ..ticket } } else { ticket };
        let ready = self.ready.remove(&gone).unwrap_or_default();
        self.ready.entry(by).or_default().extend(ready.into_iter().map(signed));
        let later = std::mem::take(&mut self.later);
        self.later = later.into_iter().map(|(due, ticket)| (due, signed(ticket))).collect();
    }

    fn shift(&mut self, by: Duration) {
        let later = std::mem::take(&mut self.later);
        self.later = later.into_iter().map(|(due, ticket)| (due.saturating_add(by), ticket)).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: OffsetDateTime = time::macros::datetime!(2026-11-27 04:00:00 UTC);

    fn ticket(turn: u32, profile: u128) -> Ticket {
        Ticket { turn, row: RowId(100 + turn), profile: ProfileId::new(profile) }
    }

    #[test]
    fn the_turn_decides_whenever_a_row_was_ready() {
        let mut queue = Queue::default();
        let now = START + Duration::SECOND;
        queue.push(START + Duration::SECOND * 2, now, ticket(1, 1));
        queue.push(START, now, ticket(3, 1));
        queue.push(START, now, ticket(2, 2));
        let none: BTreeMap<ProfileId, ()> = BTreeMap::new();
        assert_eq!(queue.next(&none), Some(ticket(2, 2)));
        assert_eq!(queue.next(&[(ProfileId::new(2), ())].into()), Some(ticket(3, 1)));
        assert_eq!(queue.first_later(), Some(START + Duration::SECOND * 2));
        queue.ripen(START + Duration::SECOND * 2);
        assert_eq!((queue.next(&none), queue.first_later()), (Some(ticket(1, 1)), None));
        queue.remove(ticket(1, 1), None);
        assert_eq!(queue.next(&none), Some(ticket(2, 2)));
    }

    #[test]
    fn a_row_is_removed_wherever_it_waits() {
        let mut queue = Queue::default();
        let due = START + Duration::SECOND;
        for (turn, told) in [(1, Some(due)), (2, None), (3, Some(START))] {
            queue.push(due, START, ticket(turn, 1));
            queue.remove(ticket(turn, 1), told);
            assert_eq!(queue, Queue::default(), "{told:?}");
        }
    }
}
