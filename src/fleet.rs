//! A fleet: one switch for many instances, planned, run and proven.
//!
//! ```text
//!  rows ──plan──▶ read preconditions ──▶ will change │ already │ refused │ cannot be known
//!                                          │ start
//!                                          ▼
//!          Waiting ─▶ Sending ─▶ Following ─▶ Over        step(Event) ──▶ Effects
//!             ▲          │ written down before it is sent
//!             └──refused for now, or not carried out
//! ```
//!
//! Everything here is pure. Time, randomness and answers come in as [`Event`]s; what is to be done goes out as [`Effect`]s,
//! which the page carries out. A row is stored whenever it changes, the head of the fleet apart from its rows. No secret is
//! in them: a profile is named by its id, and the credential stays in the keyring.
//!
//! What a row sends is written down first, with the token that the API recognises a repeated call by. A row that may have
//! been sent is looked at before anything else happens to it ([`Effect::Recover`]), so nothing is switched twice.

mod acts;
pub mod call;
mod call_log;
mod choose_again;
mod effect;
mod file_name;
mod find;
mod found;
mod lane;
mod limits;
mod memory;
mod names;
mod needed_credentials;
pub mod plan_file;
mod possible;
mod profile;
mod ramp;
mod rate;
mod record;
pub mod report;
mod row;
pub mod rows;
#[cfg(test)]
mod speed;
mod step;
mod store_again;
mod store_error;
pub mod table;
mod typed_limits;
mod unlisted;
mod view;

pub use crate::follow::RecordError;
pub use acts::{ActField, ActRegion, FleetAct, fleet_acts};
pub use effect::{Effect, Event, EventKind, ReadResult, SendResult};
pub use file_name::file_name;
pub use find::{FindRows, SortRows};
pub use found::{Instance, ListOrigin, ListedInstances};
pub use limits::{LaneKey, Limits, Share, Window};
pub use possible::Possible;
pub use profile::FleetProfile;
pub use row::{CallNote, Checked, Due, MOST_WAITED, PlanGroup, Row, RowEnd, RowId, RowSpec, RowState};
pub use rows::{Defaults, ProviderDefaults, ReadRow, RowProblem, RowReader, RowRemark};
pub use store_again::store_again_after;
pub use store_error::StoreError;
pub use typed_limits::{LimitField, LimitProblem, TypedLimits};
pub use unlisted::unlisted_regions;
pub use view::{Counts, LaneView, Remaining, RowGroup, Statuses, Trouble, TroubleGroup, Wait};

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// The version of the records that are written and read.
pub const VERSION: u32 = 1;

/// What is stored of a fleet besides its rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Head {
    pub version: u32,
    /// Tells it from all other fleets of this browser; it comes from the caller.
    pub id: String,
    pub name: String,
    #[serde(with = "crate::clock::milliseconds")]
    pub created: OffsetDateTime,
    /// The name of the connection that every call of the fleet takes.
    pub connection: String,
    /// For each provider and region; those that are missing have [`Limits::default`].
    pub limits: IndexMap<LaneKey, Limits>,
    /// Rows that go first, in their order; then the others in the order of the table.
    pub first: Vec<RowId>,
    pub stage: FleetStage,
    /// The lanes that take no new rows, and why.
    pub halted: IndexMap<LaneKey, Halt>,
    #[serde(with = "crate::clock::milliseconds::option")]
    pub started: Option<OffsetDateTime>,
    #[serde(with = "crate::clock::milliseconds::option")]
    pub ended: Option<OffsetDateTime>,
    /// When the user stopped the run; it stays although rows are tried again afterwards.
    #[serde(default, with = "crate::clock::milliseconds::option")]
    pub stopped: Option<OffsetDateTime>,
    /// What the user set aside, with the words that were typed or clicked, for the report.
    pub overrides: Vec<Override>,
    /// The profiles that sign, as they were when the plan was made: no secret, and no more than the report says of them.
    #[serde(default)]
    pub signers: Vec<FleetProfile>,
}

/// How far a fleet has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FleetStage {
    /// Rows come and go, nothing is asked.
    Choosing,
    /// Preconditions are read.
    Planning,
    /// Every row is in a group; nothing is sent.
    Planned,
    Running,
    /// No new row begins; what was sent is followed on.
    Paused(PauseReason),
    /// The user ended it: no new row begins; what was sent is followed on.
    Stopped,
    /// Every row has an end. The user may try some of them again: then it runs again.
    Over,
}

/// Why a run is paused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PauseReason {
    User,
    /// The idle lock forgets the credentials.
    IdleLock,
    /// What is about to be sent cannot be written down.
    Storage,
    /// The page was opened again: the run waits for the user.
    Reopened,
}

/// Why a lane takes no new rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Halt {
    /// More rows failed than the user allowed.
    Threshold,
}

/// Something that the user set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Override {
    #[serde(with = "crate::clock::milliseconds")]
    pub at: OffsetDateTime,
    /// `None`: the whole fleet.
    pub row: Option<RowId>,
    /// What was set aside, in the words of the screen.
    pub words: String,
}

#[cfg(not(test))]
type Rows = IndexMap<RowId, Row>;
#[cfg(test)]
use tests::Rows;

/// A fleet in memory: what is stored, and what a lane does at the moment. While rows are chosen, they may come, go and change
/// here; afterwards only [`Fleet::step`] changes them.
#[derive(Debug, Clone, PartialEq)]
pub struct Fleet {
    pub head: Head,
    /// By their ids, in the order of the table.
    pub rows: Rows,
    memory: memory::Memory,
}

impl Head {
    /// A fleet without rows.
    pub fn new(id: String, name: String, created: OffsetDateTime, connection: String) -> Self {
        Self {
            version: VERSION,
            id,
            name,
            created,
            connection,
            limits: IndexMap::new(),
            first: Vec::new(),
            stage: FleetStage::Choosing,
            halted: IndexMap::new(),
            started: None,
            ended: None,
            stopped: None,
            overrides: Vec::new(),
            signers: Vec::new(),
        }
    }

    /// The limits of a lane.
    pub fn limits_of(&self, lane: &LaneKey) -> Limits {
        self.limits.get(lane).cloned().unwrap_or_default()
    }
}

impl Fleet {
    /// A new fleet, or one that was stored. Follow it with [`EventKind::Opened`].
    pub fn new(head: Head, rows: impl IntoIterator<Item = Row>) -> Self {
        let rows = rows.into_iter().map(|row| (row.id, row)).collect();
        let mut fleet = Self { head, rows, memory: memory::Memory::default() };
        fleet.rebuild();
        fleet
    }

    /// Whether it can take another connection than it has: it is empty, so nothing of it was asked through the one before.
    pub fn can_connect(&self, connection: &str) -> bool {
        let is_empty = self.head.stage == FleetStage::Choosing && self.rows.is_empty();
        is_empty && self.head.connection != connection
    }

    /// The latest time that stands in its records: the clock by which it goes on must not be behind it.
    pub fn latest(&self) -> OffsetDateTime {
        let of_rows = self.rows.values().flat_map(|row| {
            let calls = row.calls.last().map(|call| call.at);
            [calls, row.started, row.ended].into_iter().flatten()
        });
        let Head { created, started, ended, stopped, .. } = self.head;
        [started, ended, stopped].into_iter().flatten().chain(of_rows).fold(created, Ord::max)
    }
}

#[cfg(test)]
mod tests;
