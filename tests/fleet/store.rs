//! What a browser has stored of a fleet. Until a reload is near, every record is there as the fleet has it: the scenario
//! checks that each change asks to be stored. Near a reload, writes take their time, and the last ones may be lost.

use std::collections::{BTreeMap, VecDeque};
use time::OffsetDateTime;
use tls_console::fleet::{Fleet, Head, Row, RowId};

/// Records, and writes in the order of their beginning.
pub(crate) struct Store {
    head: Head,
    rows: BTreeMap<RowId, Row>,
    writes: VecDeque<(OffsetDateTime, Write)>,
}

enum Write {
    Head(Box<Head>),
    Row(Box<Row>),
}

impl Store {
    pub(crate) fn of(fleet: &Fleet) -> Self {
        let rows = fleet.rows.iter().map(|(id, row)| (*id, row.clone())).collect();
        Self { head: fleet.head.clone(), rows, writes: VecDeque::new() }
    }

    /// A write that is over then; never before one that began earlier.
    pub(crate) fn put(&mut self, over: OffsetDateTime, row: Row) -> OffsetDateTime {
        let over = over.max(self.writes.back().map_or(over, |(last, _)| *last));
        self.writes.push_back((over, Write::Row(Box::new(row))));
        over
    }

    pub(crate) fn put_head(&mut self, over: OffsetDateTime, head: Head) {
        let over = over.max(self.writes.back().map_or(over, |(last, _)| *last));
        self.writes.push_back((over, Write::Head(Box::new(head))));
    }

    /// Writes that are over by now, and `more` of those that are not, are there; the others never were.
    pub(crate) fn settle(&mut self, now: OffsetDateTime, more: usize) {
        let over = self.writes.iter().take_while(|(over, _)| *over <= now).count();
        for (_, write) in self.writes.drain(..).take(over + more) {
            match write {
                Write::Head(head) => self.head = *head,
                Write::Row(row) => drop(self.rows.insert(row.id, *row)),
            }
        }
    }

    /// What another page reads.
    pub(crate) fn read(&self) -> Fleet {
        let head = Head::from_json(&self.head.to_json()).unwrap();
        assert_eq!(head, self.head);
        let read = |row: &Row| {
            let restored = Row::from_json(&row.to_json()).unwrap();
            assert_eq!(restored, *row);
            restored
        };
        Fleet::new(head, self.rows.values().map(read))
    }
}
