//! Regions that no description lists. Rows may go there all the same: a cloud opens regions before its description names them.

use super::{FleetAct, Row, RowRemark};
use crate::config::spelling::nearest;

impl FleetAct {
    /// What is odd about a region; `None`: the description lists it, or there is none.
    pub(super) fn unlisted(&self, region: &str) -> Option<RowRemark> {
        let known = || self.regions.iter().map(|own| own.region.clone());
        let is_listed = region.is_empty() || known().any(|own| own == region);
        let region = region.to_owned();
        (!is_listed).then(|| RowRemark::UnlistedRegion { nearest: nearest(&region, known()), region })
    }
}

/// The regions of these rows that their descriptions do not list, each once, and how many rows are there.
pub fn unlisted_regions<'a>(rows: impl Iterator<Item = &'a Row>, acts: &[FleetAct]) -> Vec<(RowRemark, usize)> {
    // Ten thousand rows have a handful of regions.
    let mut places: Vec<(&Row, usize)> = Vec::new();
    for row in rows {
        let own = &row.spec;
        let is_same = |other: &Row| {
            let other = &other.spec;
            (&other.region, &other.api, &other.operation) == (&own.region, &own.api, &own.operation)
        };
        match places.iter_mut().find(|(other, _)| is_same(other)) {
            Some((_, count)) => *count += 1,
            None => places.push((row, 1)),
        }
    }
    let mut found: Vec<(RowRemark, usize)> = Vec::new();
    for (Row { spec, .. }, count) in places {
        let act = acts.iter().find(|act| act.api() == spec.api && act.operation.id == spec.operation);
        let Some(remark) = act.and_then(|act| act.unlisted(&spec.region)) else { continue };
        match found.iter_mut().find(|(other, _)| *other == remark) {
            Some((_, all)) => *all += count,
            None => found.push((remark, count)),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{CLUSTER, shipped_acts};
    use crate::fleet::table::{Table, guess_columns};
    use crate::fleet::{Defaults, RowId, RowReader};

    #[test]
    fn a_region_that_no_description_lists_is_remarked_once_with_its_rows() {
        let acts = shipped_acts();
        let line = |(number, region): (usize, &&str)| format!("Aliyun,{region},{CLUSTER}{number},on\n");
        let regions = ["cn-hangzhou", "cn-atlantis-1", "cn-atlantis-1", "xx-new-1", "cn-atlantis-1"];
        let lines: String = regions.iter().enumerate().map(line).collect();
        let table = Table::read(&format!("provider,region,cluster,act\n{lines}"), &acts).unwrap();
        let columns = guess_columns(&table, &acts);
        let mut reader = RowReader::new(columns, acts.clone(), Defaults::default(), Vec::new(), std::iter::empty());
        let read = table.data().iter().map(|row| reader.read(row).result.unwrap());
        let rows: Vec<Row> = read.zip(0..).map(|(spec, id)| Row::new(RowId(id), spec, 7)).collect();
        let found = unlisted_regions(rows.iter(), &acts);
        let told = found.iter().map(|(remark, count)| match remark {
            RowRemark::UnlistedRegion { region, .. } => (region.as_str(), *count),
            other => panic!("{other:?}"),
        });
        assert_eq!(told.collect::<Vec<_>>(), [("cn-atlantis-1", 3), ("xx-new-1", 1)]);
        // Where the deployment does not offer the act any more, nobody can say.
        assert_eq!(unlisted_regions(rows.iter(), &[]), []);
    }
}
