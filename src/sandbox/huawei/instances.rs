//! The TaurusDB instances of the account, and the jobs that change them.
//!
//! The instances are the same in every project of the account, so that a project is one thing less to get right.

use std::collections::BTreeMap;

use time::{Duration, OffsetDateTime};

use crate::sandbox::provider::Provider;
use crate::sandbox::sentinel::{self, Sentinel};
use crate::sandbox::switch::Switch;

/// An instance that does what it is told.
pub(crate) const INSTANCE: &str = "096c0fc43e804757b59946b80dc27f8bin07";
/// An instance that is busy with something else for ever.
pub(crate) const BUSY: &str = "busy0000000000000000000000000000in07";

pub(super) const JOB_TAKES: Duration = Duration::seconds(20);

/// Instances and jobs of the tenant.
#[derive(Debug)]
pub(super) struct Tenant {
    instances: BTreeMap<String, Switch>,
    pub(super) jobs: BTreeMap<String, Job>,
}

#[derive(Debug)]
pub(super) struct Job {
    pub(super) instance: String,
    pub(super) started: OffsetDateTime,
}

impl Tenant {
    pub(super) fn new() -> Self {
        let instances = [INSTANCE, BUSY].map(|id| (id.to_owned(), Switch::at(false)));
        Self { instances: instances.into(), jobs: BTreeMap::new() }
    }

    pub(super) fn ssl(&self, id: &str, now: OffsetDateTime) -> Option<bool> {
        self.instances.get(id).map(|ssl| ssl.value(now))
    }

    /// An instance that exists; those of the fault ids come into being when first asked for.
    pub(super) fn instance(&mut self, id: &str) -> Option<&mut Switch> {
        if let Some(Sentinel::Fault(_)) = sentinel::read(Provider::Huawei, id) {
            return Some(self.instances.entry(id.to_owned()).or_insert(Switch::at(false)));
        }
        self.instances.get_mut(id)
    }
}
