//! What Alibaba Cloud remembers between two requests.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use time::Duration;

use super::instances::{self, Instance, SPECIAL};
use super::nonces::Nonces;
use crate::sandbox::api_error::ApiError;
use crate::sandbox::course::Course;
use crate::sandbox::fleet::{Fleet, FleetInstance};
use crate::sandbox::provider::Provider;
use crate::sandbox::sentinel;

/// Instances of the account that somebody has changed, and what must not happen twice.
pub(in crate::sandbox) struct Cloud {
    fleet: Fleet,
    changed: BTreeMap<String, Instance>,
    /// Those of them that a special id brought into being.
    named: BTreeSet<String>,
    /// What each `clientToken` was first used for.
    pub(super) done: HashMap<String, Done>,
    pub(super) nonces: Nonces,
}

pub(super) struct Done {
    pub(super) instance: String,
    pub(super) target: bool,
    pub(super) result: bool,
}

impl Done {
    /// The result again, for the same call only.
    pub(super) fn repeated(&self, instance: &str, target: bool) -> Result<bool, ApiError> {
        if self.instance == instance && self.target == target {
            return Ok(self.result);
        }
        let message = "The clientToken was used before with other parameters.";
        Err(ApiError::new(400, "IdempotentParameterMismatch", message))
    }
}

impl Cloud {
    pub(in crate::sandbox) fn new(fleet: Fleet) -> Self {
        Self {
            fleet,
            changed: BTreeMap::new(),
            named: BTreeSet::new(),
            done: HashMap::new(),
            nonces: Nonces::default(),
        }
    }

    /// Another fleet in place of the present one, which is gone with its changes.
    pub(in crate::sandbox) fn set_fleet(&mut self, fleet: Fleet) {
        let former = self.fleet;
        let stays = |id: &str| instances::index_of(former, id).is_none();
        self.changed.retain(|id, _| stays(id));
        self.done.retain(|_, done| stays(&done.instance));
        self.fleet = fleet;
    }

    /// The place of an instance in the fleet. `None`: it is none of the fleet.
    pub(super) fn index_of(&self, id: &str) -> Option<usize> {
        instances::index_of(self.fleet, id)
    }

    /// The whole fleet, as it is now.
    pub(in crate::sandbox) fn fleet_instances(&self, work: Duration) -> Vec<FleetInstance> {
        let shown = |index| {
            let id = instances::id_of(self.fleet, index);
            let instance = self.find(&id)?;
            Some(FleetInstance {
                id,
                status: instance.status(work),
                is_on: instance.https.value(work),
                is_changing: instance.https.is_moving(work),
                can_switch_on: instance.refusal(true, work).is_none(),
                switches: instance.records.len(),
                name: instance.name,
            })
        };
        (0..self.fleet.size).filter_map(shown).collect()
    }

    pub(in crate::sandbox) fn https(&self, id: &str, work: Duration) -> Option<bool> {
        self.find(id).map(|instance| instance.https.value(work))
    }

    pub(in crate::sandbox) fn is_changing(&self, id: &str, work: Duration) -> bool {
        self.find(id).is_some_and(|instance| instance.https.is_moving(work))
    }

    pub(in crate::sandbox) fn switches(&self, id: &str) -> usize {
        self.find(id).map_or(0, |instance| instance.records.len())
    }

    pub(in crate::sandbox) fn set_course(&mut self, id: &str, course: Course) {
        if let Ok(instance) = self.instance(id) {
            instance.course = course;
        }
    }

    /// An instance as it is now. `None`: there is no such instance.
    pub(super) fn find(&self, id: &str) -> Option<Instance> {
        self.changed.get(id).cloned().or_else(|| Instance::new(self.fleet, id))
    }

    /// An instance to change.
    pub(super) fn instance(&mut self, id: &str) -> Result<&mut Instance, ApiError> {
        if !self.changed.contains_key(id) {
            self.changed.insert(id.to_owned(), Instance::new(self.fleet, id).ok_or_else(not_found)?);
            if sentinel::read(Provider::Aliyun, id).is_some() {
                self.named.insert(id.to_owned());
            }
        }
        self.changed.get_mut(id).ok_or_else(not_found)
    }

    /// How many instances a list has.
    pub(super) fn count(&self) -> usize {
        SPECIAL.len() + self.fleet.size + self.named.len()
    }

    /// The ids that a list has, from a place on; those that an id brought into being come last.
    pub(super) fn ids(&self, from: usize) -> impl Iterator<Item = String> {
        let in_fleet = from.saturating_sub(SPECIAL.len()).min(self.fleet.size);
        let named = from.saturating_sub(SPECIAL.len() + self.fleet.size);
        let special = SPECIAL.iter().skip(from).map(|id| (*id).to_owned());
        let fleet = self.fleet;
        let fleet_ids = (in_fleet..fleet.size).map(move |index| instances::id_of(fleet, index));
        special.chain(fleet_ids).chain(self.named.iter().skip(named).cloned())
    }
}

pub(super) fn not_found() -> ApiError {
    ApiError::new(400, "InstanceNotFound", "The instanceId provided does not exist.")
}
