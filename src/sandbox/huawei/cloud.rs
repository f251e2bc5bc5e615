//! What Huawei Cloud remembers between two requests.

use time::Duration;

use super::attempts::Attempts;
use super::instances::Tenant;
use super::keys::Keys;
use super::tokens::Tokens;
use crate::sandbox::course::Course;
use crate::sandbox::fleet::{Fleet, FleetInstance};

/// Everything remembered. Not `Debug`: it holds keys and tokens.
pub(in crate::sandbox) struct Cloud {
    pub(super) database: Tenant,
    pub(super) keys: Keys,
    pub(super) tokens: Tokens,
    /// Tries to get a token by password, by the user's id. Five wrong ones in a row lock a user for a quarter of an hour.
    pub(super) logins: Attempts,
}

impl Cloud {
    pub(in crate::sandbox) fn new(fleet: Fleet) -> Self {
        Self {
            database: Tenant::new(fleet),
            keys: Keys::new(),
            tokens: Tokens::default(),
            logins: Attempts::new(5, Duration::minutes(15)),
        }
    }

    pub(in crate::sandbox) fn set_fleet(&mut self, fleet: Fleet) {
        self.database.set_fleet(fleet);
    }

    pub(in crate::sandbox) fn fleet_instances(&self, work: Duration) -> Vec<FleetInstance> {
        self.database.fleet_instances(work)
    }

    pub(in crate::sandbox) fn ssl(&self, id: &str, work: Duration) -> Option<bool> {
        self.database.find(id).map(|instance| instance.ssl.value(work))
    }

    pub(in crate::sandbox) fn is_changing(&self, id: &str, work: Duration) -> bool {
        self.database.find(id).is_some_and(|instance| instance.ssl.is_moving(work))
    }

    pub(in crate::sandbox) fn switches(&self, id: &str) -> usize {
        self.database.find(id).map_or(0, |instance| instance.switches)
    }

    pub(in crate::sandbox) fn set_course(&mut self, id: &str, course: Course) {
        if let Some(instance) = self.database.instance(id) {
            instance.course = course;
        }
    }
}
