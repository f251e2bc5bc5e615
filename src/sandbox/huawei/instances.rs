//! The TaurusDB instances of the account.
//!
//! The instances are the same in every project of the account, so that a project is one thing less to get right.

use std::collections::{BTreeMap, BTreeSet};

use super::job::Jobs;
use crate::sandbox::course::Course;
use crate::sandbox::fleet::{Fleet, FleetInstance};
use crate::sandbox::provider::Provider;
use crate::sandbox::sentinel::{self, Sentinel};
use crate::sandbox::switch::Switch;
use time::Duration;

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
    fleet: Fleet,
    changed: BTreeMap<String, Instance>,
    /// Those of them that a special id brought into being.
    named: BTreeSet<String>,
    pub(super) jobs: Jobs,
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

    fn of_fleet(fleet: Fleet, index: usize) -> Self {
        let ordinary = Self::ordinary(&Fleet::name(index));
        if fleet.seed == 0 {
            let status = match index {
                index if index % 17 == 5 => "abnormal",
                index if index % 29 == 7 => "creating",
                index if index % 41 == 9 => "createfail",
                _ => "normal",
            };
            let nodes = if index % 11 == 3 { 1 } else { 2 + index % 3 };
            return Self { status, nodes, ssl: Switch::at(!index.is_multiple_of(3)), ..ordinary };
        }
        let status = match fleet.chance(index, 1) {
            0..20 => "abnormal",
            20..30 => "creating",
            30..40 => "createfail",
            _ => "normal",
        };
        let nodes = match fleet.chance(index, 2) {
            0..50 => 1,
            50..700 => 2,
            700..900 => 3,
            _ => 4,
        };
        Self { status, nodes, ssl: Switch::at(fleet.chance(index, 3) < 250), ..ordinary }
    }

    /// As it was before anybody changed it. `None`: there is no such instance.
    fn new(fleet: Fleet, id: &str) -> Option<Self> {
        if let Some(index) = index_of(fleet, id) {
            return Some(Self::of_fleet(fleet, index));
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

/// The id of an instance of a fleet. It ends in the index.
pub(crate) fn id_of(fleet: Fleet, index: usize) -> String {
    format!("{}4c0f4d1e9b6a7f3e25{index:06}in07", fleet.digits(index))
}

fn index_of(fleet: Fleet, id: &str) -> Option<usize> {
    let digits = id.strip_suffix("in07")?;
    fleet.index_of(id, digits.get(digits.len().checked_sub(6)?..)?, id_of)
}

impl Tenant {
    pub(super) fn new(fleet: Fleet) -> Self {
        Self { fleet, changed: BTreeMap::new(), named: BTreeSet::new(), jobs: Jobs::default() }
    }

    /// Another fleet in place of the present one, which is gone with its tasks.
    pub(super) fn set_fleet(&mut self, fleet: Fleet) {
        let former = self.fleet;
        let stays = |id: &str| index_of(former, id).is_none();
        self.changed.retain(|id, _| stays(id));
        self.jobs.retain(stays);
        self.fleet = fleet;
    }

    /// The place of an instance in the fleet. `None`: it is none of the fleet.
    pub(super) fn index_of(&self, id: &str) -> Option<usize> {
        index_of(self.fleet, id)
    }

    /// The id of an instance of the fleet, whether the fleet is that large or not.
    pub(super) fn fleet_id(&self, index: usize) -> String {
        id_of(self.fleet, index)
    }

    /// An instance as it is now. `None`: there is no such instance.
    pub(super) fn find(&self, id: &str) -> Option<Instance> {
        self.changed.get(id).cloned().or_else(|| Instance::new(self.fleet, id))
    }

    /// An instance to change.
    pub(super) fn instance(&mut self, id: &str) -> Option<&mut Instance> {
        if !self.changed.contains_key(id) {
            self.changed.insert(id.to_owned(), Instance::new(self.fleet, id)?);
            if sentinel::read(Provider::Huawei, id).is_some() {
                self.named.insert(id.to_owned());
            }
        }
        self.changed.get_mut(id)
    }

    /// How many instances a list has.
    pub(super) fn count(&self) -> usize {
        SPECIAL.len() + self.fleet.size + self.named.len()
    }

    /// The ids that a list has, from a place on; those that an id brought into being come last.
    pub(super) fn ids(&self, from: usize) -> impl Iterator<Item = String> {
        let in_fleet = from.saturating_sub(SPECIAL.len()).min(self.fleet.size);
        let named = from.saturating_sub(SPECIAL.len() + self.fleet.size);
        let special = SPECIAL.iter().skip(from).map(|(id, _)| (*id).to_owned());
        let fleet = self.fleet;
        let fleet_ids = (in_fleet..fleet.size).map(move |index| id_of(fleet, index));
        special.chain(fleet_ids).chain(self.named.iter().skip(named).cloned())
    }

    /// The whole fleet, as it is now.
    pub(super) fn fleet_instances(&self, work: Duration) -> Vec<FleetInstance> {
        let shown = |index| {
            let id = self.fleet_id(index);
            let Instance { name, status, nodes: _, ssl, switches, .. } = self.find(&id)?;
            let (is_on, is_changing) = (ssl.value(work), ssl.is_moving(work));
            let can_switch_on = !is_changing && self.find(&id)?.takes_changes();
            Some(FleetInstance { id, name, status, is_on, is_changing, can_switch_on, switches })
        };
        (0..self.fleet.size).filter_map(shown).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_instance_of_the_list_is_found_by_its_id() {
        let tenant = Tenant::new(Fleet { seed: 0, size: 120 });
        let all: Vec<String> = tenant.ids(0).collect();
        assert_eq!((all.len(), tenant.count()), (SPECIAL.len() + 120, all.len()));
        assert!((0..=all.len()).all(|from| tenant.ids(from).eq(all.iter().skip(from).cloned())));
        for id in &all {
            assert!(id.len() == 36 && tenant.find(id).is_some(), "{id}");
        }
        assert!(tenant.find(&"f".repeat(32).replacen('f', "0", 1)).is_none() && tenant.find("in07").is_none());
    }
}
