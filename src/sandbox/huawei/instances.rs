//! The TaurusDB instances of the account.
//!
//! The instances are the same in every project of the account, so that a project is one thing less to get right.

use std::collections::BTreeMap;

use super::jobs::Job;
use crate::sandbox::course::Course;
use crate::sandbox::fleet;
use crate::sandbox::provider::Provider;
use crate::sandbox::sentinel::{self, Sentinel};
use crate::sandbox::switch::Switch;

/// An instance that does what it is told.
pub(crate) const INSTANCE: &str = "096c0fc43e804757b59946b80dc27f8bin07";
/// An instance that is busy with something else for ever.
pub(crate) const BUSY: &str = "busy0000000000000000000000000000in07";
/// An instance that is not healthy.
pub(crate) const ABNORMAL: &str = "abnormal000000000000000000000000in07";
/// An instance that is still being created.
pub(crate) const CREATING: &str = "creating000000000000000000000000in07";
/// An instance of one node, for which there are no API calls that change something.
pub(crate) const SINGLE: &str = "single00000000000000000000000000in07";

const SPECIAL: [(&str, &str); 5] = [
    (INSTANCE, "sandbox"),
    (BUSY, "sandbox-busy"),
    (ABNORMAL, "sandbox-abnormal"),
    (CREATING, "sandbox-creating"),
    (SINGLE, "sandbox-single"),
];

/// Instances and jobs of the tenant. Of the instances only those that somebody has changed.
#[derive(Debug)]
pub(super) struct Tenant {
    changed: BTreeMap<String, Instance>,
    pub(super) jobs: Vec<Job>,
}

#[derive(Debug, Clone)]
pub(super) struct Instance {
    pub(super) name: String,
    pub(super) status: &'static str,
    pub(super) nodes: usize,
    pub(super) ssl: Switch,
    pub(super) course: Course,
    /// How many switches were accepted.
    pub(super) switches: usize,
}

impl Instance {
    fn ordinary(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            status: "normal",
            nodes: 2,
            ssl: Switch::at(false),
            course: Course::ordinary(Provider::Huawei),
            switches: 0,
        }
    }

    fn of_fleet(index: usize) -> Self {
        let status = match index {
            index if index % 17 == 5 => "abnormal",
            index if index % 29 == 7 => "creating",
            index if index % 41 == 9 => "createfail",
            _ => "normal",
        };
        let nodes = if index % 11 == 3 { 1 } else { 2 + index % 3 };
        Self { status, nodes, ssl: Switch::at(!index.is_multiple_of(3)), ..Self::ordinary(&fleet::name(index)) }
    }

    /// As it was before anybody changed it. `None`: there is no such instance.
    fn new(id: &str) -> Option<Self> {
        if let Some(index) = id.strip_suffix("in07").and_then(|id| fleet::index_of(id, digits)) {
            return Some(Self::of_fleet(index));
        }
        let course = |course| Self { course, ..Self::ordinary("sandbox") };
        match sentinel::read(Provider::Huawei, id) {
            Some(Sentinel::Course(kind)) => return Some(course(kind.course(Provider::Huawei))),
            Some(Sentinel::Fault(_) | Sentinel::Reading(_)) => return Some(Self::ordinary("sandbox")),
            Some(Sentinel::Error(..)) | None => {}
        }
        let (_, name) = SPECIAL.iter().find(|(special, _)| *special == id)?;
        let ordinary = Self::ordinary(name);
        Some(match id {
            ABNORMAL => Self { status: "abnormal", ..ordinary },
            CREATING => Self { status: "creating", nodes: 0, ..ordinary },
            SINGLE => Self { nodes: 1, ..ordinary },
            _ => ordinary,
        })
    }

    /// Whether its state lets a change begin.
    pub(super) fn takes_changes(&self) -> bool {
        self.status == "normal" && self.nodes > 1
    }
}

/// The 32 digits of an instance of the fleet.
fn digits(index: usize) -> String {
    format!("{}4c0f4d1e9b6a7f3e25{}{index:03}", fleet::digits(index), "000")
}

/// The id of an instance of the fleet.
pub(super) fn fleet_id(index: usize) -> String {
    format!("{}in07", digits(index))
}

impl Tenant {
    pub(super) fn new() -> Self {
        Self { changed: BTreeMap::new(), jobs: Vec::new() }
    }

    /// An instance as it is now. `None`: there is no such instance.
    pub(super) fn find(&self, id: &str) -> Option<Instance> {
        self.changed.get(id).cloned().or_else(|| Instance::new(id))
    }

    /// An instance to change.
    pub(super) fn instance(&mut self, id: &str) -> Option<&mut Instance> {
        if !self.changed.contains_key(id) {
            self.changed.insert(id.to_owned(), Instance::new(id)?);
        }
        self.changed.get_mut(id)
    }

    /// Every instance that a list has, those that an id brought into being last.
    pub(super) fn all(&self) -> impl Iterator<Item = (String, Instance)> {
        let special = SPECIAL.iter().map(|(id, _)| (*id).to_owned());
        let listed = special.chain((0..fleet::SIZE).map(fleet_id));
        let others = self.changed.keys().filter(|id| sentinel::read(Provider::Huawei, id).is_some()).cloned();
        listed.chain(others).filter_map(|id| self.find(&id).map(|instance| (id, instance)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_instance_of_the_list_is_found_by_its_id() {
        let tenant = Tenant::new();
        let all: Vec<String> = tenant.all().map(|(id, _)| id).collect();
        assert_eq!(all.len(), SPECIAL.len() + fleet::SIZE);
        for id in &all {
            assert!(id.len() == 36 && tenant.find(id).is_some(), "{id}");
        }
        assert!(tenant.find(&"f".repeat(32).replacen('f', "0", 1)).is_none() && tenant.find("in07").is_none());
    }
}
