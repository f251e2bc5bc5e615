//! What Alibaba Cloud remembers between two requests.

use std::collections::{BTreeMap, HashMap};

use time::OffsetDateTime;

use super::instances::{self, Instance};
use crate::sandbox::api_error::ApiError;
use crate::sandbox::provider::Provider;
use crate::sandbox::sentinel::{self, Sentinel};

/// Instances of the account, and what must not happen twice.
pub(in crate::sandbox) struct Cloud {
    pub(super) instances: BTreeMap<String, Instance>,
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
        Self { instances: instances::all(), done: HashMap::new(), nonces: HashMap::new() }
    }

    pub(in crate::sandbox) fn https(&self, id: &str, now: OffsetDateTime) -> Option<bool> {
        self.instances.get(id).map(|instance| instance.https.value(now))
    }

    /// An instance that exists; those of the fault ids come into being when first asked for.
    pub(super) fn instance(&mut self, id: &str) -> Result<&mut Instance, ApiError> {
        if let Some(Sentinel::Fault(_)) = sentinel::read(Provider::Aliyun, id) {
            return Ok(self.instances.entry(id.to_owned()).or_insert_with(Instance::ordinary));
        }
        let unknown = || ApiError::new(400, "InstanceNotFound", "The instanceId provided does not exist.");
        self.instances.get_mut(id).ok_or_else(unknown)
    }
}
