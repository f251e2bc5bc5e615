//! What Alibaba Cloud remembers between two requests.

use std::collections::{BTreeMap, HashMap};

use time::{Duration, OffsetDateTime};

use super::instances::{Instance, SPECIAL, fleet_id};
use crate::sandbox::api_error::ApiError;
use crate::sandbox::course::Course;
use crate::sandbox::fleet;
use crate::sandbox::provider::Provider;
use crate::sandbox::sentinel;

/// Instances of the account that somebody has changed, and what must not happen twice.
pub(in crate::sandbox) struct Cloud {
    changed: BTreeMap<String, Instance>,
    /// What each `clientToken` was first used for.
    pub(super) done: HashMap<String, Done>,
    /// Nonces used, with the time of their use.
    pub(super) nonces: HashMap<String, OffsetDateTime>,
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
    pub(in crate::sandbox) fn new() -> Self {
        Self { changed: BTreeMap::new(), done: HashMap::new(), nonces: HashMap::new() }
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
        self.changed.get(id).cloned().or_else(|| Instance::new(id))
    }

    /// An instance to change.
    pub(super) fn instance(&mut self, id: &str) -> Result<&mut Instance, ApiError> {
        if !self.changed.contains_key(id) {
            self.changed.insert(id.to_owned(), Instance::new(id).ok_or_else(not_found)?);
        }
        self.changed.get_mut(id).ok_or_else(not_found)
    }

    /// Every instance that a list has, those that an id brought into being last.
    pub(super) fn all(&self) -> impl Iterator<Item = (String, Instance)> {
        let special = SPECIAL.iter().map(|id| (*id).to_owned());
        let listed = special.chain((0..fleet::SIZE).map(fleet_id));
        let others = self.changed.keys().filter(|id| sentinel::read(Provider::Aliyun, id).is_some()).cloned();
        listed.chain(others).filter_map(|id| self.find(&id).map(|instance| (id, instance)))
    }
}

pub(super) fn not_found() -> ApiError {
    ApiError::new(400, "InstanceNotFound", "The instanceId provided does not exist.")
}
