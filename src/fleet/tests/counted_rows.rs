//! The rows of a fleet as tests have them: they count how many rows somebody looks at.

use crate::fleet::{Row, RowId};
use indexmap::IndexMap;
use std::cell::Cell;
use std::ops::{Deref, DerefMut};

thread_local! {
    static VISITED: Cell<usize> = const { Cell::new(0) };
}

/// How many rows were looked at on this thread since the last time.
pub(super) fn take_visited() -> usize {
    VISITED.take()
}

fn visit(rows: usize) {
    VISITED.set(VISITED.get() + rows);
}

/// An [`IndexMap`]. A way over all rows counts as a look at each of them, even if it ends early.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows(IndexMap<RowId, Row>);

impl Rows {
    pub fn get(&self, id: &RowId) -> Option<&Row> {
        visit(1);
        self.0.get(id)
    }

    pub fn get_mut(&mut self, id: &RowId) -> Option<&mut Row> {
        visit(1);
        self.0.get_mut(id)
    }

    pub fn keys(&self) -> indexmap::map::Keys<'_, RowId, Row> {
        visit(self.len());
        self.0.keys()
    }

    pub fn values(&self) -> indexmap::map::Values<'_, RowId, Row> {
        visit(self.len());
        self.0.values()
    }

    pub fn values_mut(&mut self) -> indexmap::map::ValuesMut<'_, RowId, Row> {
        visit(self.len());
        self.0.values_mut()
    }

    pub fn iter(&self) -> indexmap::map::Iter<'_, RowId, Row> {
        visit(self.len());
        self.0.iter()
    }
}

impl Deref for Rows {
    type Target = IndexMap<RowId, Row>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for Rows {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl FromIterator<(RowId, Row)> for Rows {
    fn from_iter<T: IntoIterator<Item = (RowId, Row)>>(rows: T) -> Self {
        Self(rows.into_iter().collect())
    }
}

impl<'a> IntoIterator for &'a Rows {
    type Item = (&'a RowId, &'a Row);
    type IntoIter = indexmap::map::Iter<'a, RowId, Row>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
