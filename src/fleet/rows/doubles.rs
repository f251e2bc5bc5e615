//! Rows that are about the same thing.

use super::RowProblem;
use crate::fleet::{Row, RowId, RowSpec};
use std::collections::HashMap;

/// What was seen before.
#[derive(Debug, Default)]
pub(super) struct Doubles {
    seen: HashMap<Thing, Seen>,
    /// The region of the first row of a subject, by the API.
    regions: HashMap<(String, String), String>,
}

/// The API, the region (or the address, where it has none), and the subject. What is wanted of it does not matter: of two acts for
/// one thing, nobody knows which one counts.
type Thing = (String, String, String);

#[derive(Debug)]
struct Seen {
    at: At,
    act: (String, String),
}

#[derive(Debug, Clone, Copy)]
enum At {
    Line(usize),
    Row(RowId),
}

impl Doubles {
    pub(super) fn new<'a>(rows: impl Iterator<Item = &'a Row>) -> Self {
        let seen = |row: &Row| (thing(&row.spec), Seen { at: At::Row(row.id), act: act(&row.spec) });
        let mut doubles = Self::default();
        for row in rows {
            let (thing, seen) = seen(row);
            doubles.seen.insert(thing, seen);
            doubles.other_region(&row.spec);
        }
        doubles
    }

    /// The region of an earlier row of the same subject, if it is another one: one of the two may be a mistake.
    pub(super) fn other_region(&mut self, spec: &RowSpec) -> Option<String> {
        let subject = (spec.api.clone(), spec.subject.clone());
        let first = self.regions.entry(subject).or_insert_with(|| spec.region.clone());
        (*first != spec.region).then(|| first.clone())
    }

    /// Notes a row, or says which one it is a double of.
    pub(super) fn add(&mut self, spec: &RowSpec, line: usize) -> Option<RowProblem> {
        let (thing, act) = (thing(spec), act(spec));
        if let Some(seen) = self.seen.get(&thing) {
            let same_act = seen.act == act;
            return Some(match seen.at {
                At::Line(line) => RowProblem::DoubleOfLine { line, same_act },
                At::Row(row) => RowProblem::DoubleOfRow { row, same_act },
            });
        }
        self.seen.insert(thing, Seen { at: At::Line(line), act });
        None
    }
}

fn act(spec: &RowSpec) -> (String, String) {
    (spec.operation.clone(), spec.act.clone())
}

fn thing(spec: &RowSpec) -> Thing {
    let place = if spec.region.is_empty() {
        let variables: String = spec.place.variables.iter().map(|(name, value)| format!(" {name}={value}")).collect();
        format!("{}{variables}", spec.place.server)
    } else {
        spec.region.clone()
    };
    (spec.api.clone(), place, spec.subject.clone())
}
