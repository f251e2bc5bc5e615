//! What the page shows of a report: what is not well, and what the user set aside. Each kind once, with its rows.

use crate::fleet::{Fleet, FleetStage, Row, RowGroup, RowId};
use indexmap::IndexMap;

/// Rows that are not as they were wanted, for the same reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unwell {
    pub group: RowGroup,
    /// What became of them, in words.
    pub outcome: String,
    /// The API's own message of the first row; empty for none.
    pub message: String,
    pub rows: Vec<RowId>,
}

/// What the user set aside with the same words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    pub words: String,
    /// When it was first, in seconds since 1970.
    pub at: i64,
    /// The rows; none: the whole fleet.
    pub rows: Vec<RowId>,
}

impl Fleet {
    /// The rows that are not as they were wanted, those that failed first. It looks at every row. Of those that the run still
    /// works on nobody knows yet. `outcome`: what became of a row, in words.
    pub fn unwell(&self, outcome: &dyn Fn(&Row) -> String) -> Vec<Unwell> {
        let mut kinds: IndexMap<(RowGroup, String), Unwell> = IndexMap::new();
        let is_well = |row: &&Row| matches!(row.group(), RowGroup::Done | RowGroup::AlreadyOn);
        let is_on = matches!(self.head.stage, FleetStage::Running | FleetStage::Paused(_));
        let is_open = |row: &&Row| is_on && matches!(row.group(), RowGroup::Waiting | RowGroup::UnderWay);
        for row in self.rows.values().filter(|row| !is_well(row) && !is_open(row)) {
            let (group, outcome) = (row.group(), outcome(row));
            let kind = kinds.entry((group, outcome.clone())).or_insert_with(|| Unwell {
                group,
                outcome,
                message: row.message().to_owned(),
                rows: Vec::new(),
            });
            kind.rows.push(row.id);
        }
        let mut kinds: Vec<Unwell> = kinds.into_values().collect();
        let turn = |group| match group {
            RowGroup::Failed => 0,
            RowGroup::Unknown => 1,
            _ => 2,
        };
        kinds.sort_by_key(|kind| (turn(kind.group), std::cmp::Reverse(kind.rows.len())));
        kinds
    }

    /// What the user set aside, in the order of time.
    pub fn set_aside(&self) -> Vec<SetAside> {
        let mut kinds: IndexMap<(&str, bool), SetAside> = IndexMap::new();
        for own in &self.head.overrides {
            let new = || SetAside { words: own.words.clone(), at: own.at.unix_timestamp(), rows: Vec::new() };
            kinds.entry((&own.words, own.row.is_some())).or_insert_with(new).rows.extend(own.row);
        }
        kinds.into_values().collect()
    }
}
