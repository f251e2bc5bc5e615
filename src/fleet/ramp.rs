//! First one row, then two, then four: how many rows a lane may begin.

use super::RowId;
use std::collections::BTreeSet;

/// How far a lane has got.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ramp {
    /// So many rows belong to this step. 0: the rows that were under way when the page was opened.
    size: usize,
    /// So many of them were begun.
    begun: usize,
    /// Those that have no end yet.
    open: BTreeSet<RowId>,
    /// One of them ended badly.
    failed: bool,
    /// The limit is reached: no step is waited for any more.
    done: bool,
}

impl Ramp {
    /// `under_way`: rows that are under way already.
    pub(super) fn new(under_way: BTreeSet<RowId>) -> Self {
        let size = usize::from(under_way.is_empty());
        Self { size, begun: 0, open: under_way, failed: false, done: false }
    }

    /// How many rows may begin, as far as the ramp is asked. `limit`: rows under way at most.
    pub(super) fn room(&mut self, limit: usize) -> usize {
        // The limit was raised: the steps go on, with what is under way.
        if self.done && self.size < limit {
            (self.done, self.failed, self.begun) = (false, false, self.open.len());
        }
        if !self.done && self.open.is_empty() && self.begun >= self.size {
            // A step with a failure is repeated.
            self.size = if self.failed { self.size.max(1) } else { (self.size * 2).max(1) };
            (self.begun, self.failed) = (0, false);
        }
        self.done |= self.size >= limit;
        if self.done { usize::MAX } else { self.size.saturating_sub(self.begun) }
    }

    /// The size of the step. `None`: the limit is reached.
    pub(super) fn step(&self) -> Option<usize> {
        (!self.done).then_some(self.size)
    }

    pub(super) fn begin(&mut self, row: RowId) {
        if self.open.insert(row) {
            self.begun += 1;
        }
    }

    /// A row was not sent, or not carried out: it will begin again.
    pub(super) fn take_back(&mut self, row: RowId) {
        if self.open.remove(&row) {
            self.begun = self.begun.saturating_sub(1);
        }
    }

    pub(super) fn end(&mut self, row: RowId, is_good: bool) {
        if self.open.remove(&row) {
            self.failed |= !is_good;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Begins as many rows as it may, and gives them.
    fn begin(ramp: &mut Ramp, next: &mut u32, limit: usize) -> Vec<RowId> {
        let rows: Vec<RowId> =
            (0..ramp.room(limit).min(limit)).map(|_| RowId(std::mem::replace(next, *next + 1))).collect();
        rows.iter().for_each(|row| ramp.begin(*row));
        rows
    }

    #[test]
    fn each_step_waits_for_the_good_end_of_the_one_before() {
        let (mut ramp, mut next) = (Ramp::new(BTreeSet::new()), 0);
        for size in [1, 2, 4] {
            let rows = begin(&mut ramp, &mut next, 6);
            assert_eq!(rows.len(), size);
            for row in rows {
                assert_eq!(ramp.room(6), 0);
                ramp.end(row, true);
            }
        }
        assert_eq!((ramp.room(6), ramp.step()), (usize::MAX, None));
    }

    #[test]
    fn a_step_with_a_failure_is_repeated() {
        let (mut ramp, mut next) = (Ramp::new(BTreeSet::new()), 0);
        for (good, size) in [(true, 1), (false, 2), (true, 2), (true, 4)] {
            let rows = begin(&mut ramp, &mut next, 100);
            assert_eq!((rows.len(), ramp.step()), (size, Some(size)));
            rows.iter().enumerate().for_each(|(index, row)| ramp.end(*row, good || index > 0));
        }
    }

    #[test]
    fn a_row_that_was_not_carried_out_leaves_its_place_to_another() {
        let (mut ramp, mut next) = (Ramp::new(BTreeSet::new()), 0);
        let first = begin(&mut ramp, &mut next, 100);
        ramp.take_back(first[0]);
        assert_eq!(ramp.room(100), 1);
        let second = begin(&mut ramp, &mut next, 100);
        ramp.end(second[0], true);
        assert_eq!(ramp.room(100), 2);
    }

    #[test]
    fn what_was_under_way_before_is_waited_for() {
        let mut ramp = Ramp::new([RowId(1), RowId(2)].into());
        assert_eq!(ramp.room(10), 0);
        ramp.end(RowId(1), false);
        ramp.take_back(RowId(2));
        assert_eq!((ramp.room(10), ramp.step()), (1, Some(1)));
    }
}
