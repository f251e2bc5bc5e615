//! Which credentials the rows need.

use super::{Fleet, FleetStage, Row};
use crate::credentials::ProfileId;

impl Fleet {
    /// The profiles whose rows wait for a credential that the provider accepts.
    pub fn in_need_of_credential(&self) -> Vec<ProfileId> {
        self.memory.in_need.keys().copied().collect()
    }

    /// The code, which may be empty, and the status with which the provider refused the latest credential of a profile. `None`:
    /// it refused none since one was entered.
    pub fn credential_refusal(&self, profile: ProfileId) -> Option<(String, u16)> {
        self.memory.refused.get(&profile).cloned()
    }

    /// A row without an end of each profile, while calls of the fleet are made.
    pub fn row_of_each_profile(&self) -> Vec<&Row> {
        let mut found: Vec<&Row> = Vec::new();
        let is_at_work = matches!(
            self.head.stage,
            FleetStage::Planning | FleetStage::Running | FleetStage::Paused(_) | FleetStage::Stopped
        );
        let is_open = |row: &&Row| match self.head.stage {
            FleetStage::Planning => row.is_unplanned(),
            _ => row.end().is_none(),
        };
        for row in self.rows.values().filter(|row| is_at_work && is_open(row)) {
            if !found.iter().any(|known| known.spec.profile == row.spec.profile) {
                found.push(row);
            }
        }
        found
    }
}
