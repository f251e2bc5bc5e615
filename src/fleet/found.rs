//! The instances that the lists of several APIs, regions and profiles name, in one table.

use crate::catalog::{LookupRow, is_found};
use std::collections::{HashMap, HashSet};

/// An instance of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instance {
    /// Which of the caller's sources listed it.
    pub source: u32,
    pub id: String,
    /// The name that people know it by; the id where it has none.
    pub name: String,
    /// By the columns of the table; one that is missing is empty.
    cells: Vec<String>,
}

/// Where a list comes from.
#[derive(Debug, Clone, Copy)]
pub struct ListOrigin<'a> {
    /// The caller's number of the source.
    pub source: u32,
    /// Which instances are the same: those of one API in one region that have one id.
    pub api: &'a str,
    pub region: &'a str,
    /// The labels of the cells that each row brings.
    pub columns: &'a [String],
}

/// All instances that were listed so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListedInstances {
    columns: Vec<String>,
    instances: Vec<Instance>,
    /// API, region and id of each.
    known: HashSet<(String, String, String)>,
}

impl ListedInstances {
    /// The labels of the columns besides id and name, in the order in which the lists brought them.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    pub fn get(&self, row: usize) -> Option<&Instance> {
        self.instances.get(row)
    }

    /// Whether an instance of this API, this region and this id was listed.
    pub fn has(&self, key: &(String, String, String)) -> bool {
        self.known.contains(key)
    }

    pub fn len(&self) -> usize {
        self.instances.len()
    }

    pub fn is_empty(&self) -> bool {
        self.instances.is_empty()
    }

    /// Adds a page of a list. An instance that another source listed before is left out. Gives how many were new.
    pub fn add(&mut self, origin: ListOrigin<'_>, rows: Vec<LookupRow>) -> usize {
        let before = self.instances.len();
        let places: Vec<usize> = origin.columns.iter().map(|column| self.place(column)).collect();
        for LookupRow { value, label, cells: own } in rows {
            if !self.known.insert((origin.api.to_owned(), origin.region.to_owned(), value.clone())) {
                continue;
            }
            let mut cells = vec![String::new(); self.columns.len()];
            for (place, text) in places.iter().zip(own) {
                if let Some(cell) = cells.get_mut(*place) {
                    *cell = text;
                }
            }
            self.instances.push(Instance { source: origin.source, id: value, name: label, cells });
        }
        self.instances.len() - before
    }

    fn place(&mut self, column: &str) -> usize {
        let known = self.columns.iter().position(|known| known == column);
        known.unwrap_or_else(|| {
            self.columns.push(column.to_owned());
            self.columns.len() - 1
        })
    }

    /// The rows that fit a filter, in the order that a column gives: 0 is the id, 1 the name, then [`Self::columns`], then
    /// what `about` says of the source of a row.
    pub fn order(
        &self,
        filter: &str,
        sorting: Option<(usize, bool)>,
        about: &dyn Fn(u32) -> Vec<String>,
    ) -> Vec<usize> {
        let mut sources: HashMap<u32, Vec<String>> = HashMap::new();
        for instance in &self.instances {
            sources.entry(instance.source).or_insert_with(|| about(instance.source));
        }
        let about = |instance: &Instance| sources.get(&instance.source).map(Vec::as_slice).unwrap_or_default();
        let wanted = filter.trim();
        let fits = |instance: &Instance| {
            let (cells, about) = (instance.cells.join(" "), about(instance).join(" "));
            is_found(&format!("{} {} {cells} {about}", instance.id, instance.name), wanted)
        };
        let rows = self.instances.iter().enumerate();
        let mut rows: Vec<usize> =
            rows.filter(|(_, instance)| wanted.is_empty() || fits(instance)).map(|(row, _)| row).collect();
        if let Some((column, descending)) = sorting {
            let key = |row: &usize| match column.checked_sub(2 + self.columns.len()) {
                Some(place) => self.get(*row).and_then(|instance| about(instance).get(place).cloned()),
                None => Some(self.cell(*row, column).to_lowercase()),
            };
            rows.sort_by_cached_key(key);
            if descending {
                rows.reverse();
            }
        }
        rows
    }

    /// The text of a cell, by the columns of [`Self::order`].
    pub fn cell(&self, row: usize, column: usize) -> &str {
        let Some(instance) = self.get(row) else { return "" };
        match column {
            0 => &instance.id,
            1 => &instance.name,
            column => instance.cells.get(column - 2).map_or("", String::as_str),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &str, cells: &[&str]) -> LookupRow {
        let cells = cells.iter().map(|cell| (*cell).to_owned()).collect();
        LookupRow { value: id.to_owned(), label: format!("name of {id}"), cells }
    }

    fn table() -> ListedInstances {
        let mut found = ListedInstances::default();
        let columns = [String::from("Status"), String::from("Version")];
        let first = ListOrigin { source: 1, api: "a", region: "north", columns: &columns };
        assert_eq!(found.add(first, vec![row("b", &["up", "8"]), row("a", &["down", "7"])]), 2);
        let columns = [String::from("Protocol"), String::from("Status")];
        let second = ListOrigin { source: 2, api: "other", region: "north", columns: &columns };
        assert_eq!(found.add(second, vec![row("c", &["HTTP", "up"])]), 1);
        found
    }

    fn order(found: &ListedInstances, filter: &str, sorting: Option<(usize, bool)>) -> Vec<usize> {
        found.order(filter, sorting, &|source| vec![if source == 2 { "Production" } else { "Test" }.to_owned()])
    }

    #[test]
    fn lists_of_different_columns_stand_in_one_table() {
        let found = table();
        assert_eq!(found.columns(), ["Status", "Version", "Protocol"]);
        let cells: Vec<&str> = (0..5).map(|column| found.cell(2, column)).collect();
        assert_eq!(cells, ["c", "name of c", "up", "", "HTTP"]);
        assert_eq!((found.cell(0, 4), found.cell(9, 0), found.cell(0, 99)), ("", "", ""));
    }

    #[test]
    fn an_instance_that_two_profiles_list_is_there_once() {
        let mut found = table();
        let origin = |region| ListOrigin { source: 3, api: "a", region, columns: &[] };
        assert_eq!(found.add(origin("north"), vec![row("a", &[]), row("d", &[]), row("d", &[])]), 1);
        // Another region has instances of its own.
        assert_eq!(found.add(origin("south"), vec![row("a", &[])]), 1);
        let has = |region: &str, id: &str| found.has(&(String::from("a"), region.to_owned(), id.to_owned()));
        assert_eq!([has("south", "a"), has("south", "b"), has("north", "d")], [true, false, true]);
    }

    #[test]
    fn the_filter_reads_what_a_person_reads() {
        let found = table();
        assert_eq!(order(&found, "", None), [0, 1, 2]);
        assert_eq!(order(&found, " UP ", None), [0, 2]);
        assert_eq!(order(&found, "production", None), [2]);
        assert_eq!(order(&found, "7 down", None), [1]);
        assert_eq!(order(&found, "nothing", None), [] as [usize; 0]);
    }

    #[test]
    fn a_column_gives_the_order() {
        let found = table();
        assert_eq!(order(&found, "", Some((0, false))), [1, 0, 2]);
        assert_eq!(order(&found, "", Some((3, true))), [0, 1, 2]);
        assert_eq!(order(&found, "", Some((4, true))), [2, 1, 0]);
        assert_eq!(order(&found, "", Some((5, false))), [2, 0, 1]);
    }
}
