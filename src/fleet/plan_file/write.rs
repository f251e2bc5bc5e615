//! The file of a plan.

use super::{FORMAT, FileProfile, FileRow, PLAN_VERSION};
use crate::catalog::plain_text;
use crate::clock::rfc3339;
use crate::fleet::{Fleet, FleetProfile, PlanGroup, Row, RowEnd, RowState};
use crate::form::mask_text;
use serde_json::{Value, json};
use std::fmt::Write;
use time::OffsetDateTime;
use zeroize::Zeroizing;

/// Writes a plan row by row, so that the caller can pause between them.
pub struct PlanWriter<'a> {
    profiles: &'a [FleetProfile],
    /// They are masked, should one stand where none belongs.
    secrets: &'a [Zeroizing<String>],
    out: String,
    has_rows: bool,
}

impl std::fmt::Debug for PlanWriter<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PlanWriter").field("bytes", &self.out.len()).finish_non_exhaustive()
    }
}

impl<'a> PlanWriter<'a> {
    /// The rows of the fleet follow with [`Self::row`], in their order.
    pub fn new(
        fleet: &Fleet,
        profiles: &'a [FleetProfile],
        now: OffsetDateTime,
        secrets: &'a [Zeroizing<String>],
    ) -> Self {
        let head = &fleet.head;
        let place = |id| fleet.rows.get_index_of(id);
        let mut out = String::from("{\n");
        for (name, value) in [
            ("format", json!(FORMAT)),
            ("version", json!(PLAN_VERSION)),
            ("exported", json!(rfc3339(now))),
            ("console", json!(env!("CARGO_PKG_VERSION"))),
            ("name", masked(json!(head.name), secrets)),
            ("connection", masked(json!(head.connection), secrets)),
            ("limits", json!(head.limits)),
            ("first", head.first.iter().filter_map(place).collect()),
        ] {
            let _ = writeln!(out, "  {}: {value},", Value::from(name));
        }
        out.push_str("  \"rows\": [");
        Self { profiles, secrets, out, has_rows: false }
    }

    pub fn row(&mut self, row: &Row) {
        let comma = if self.has_rows { "," } else { "" };
        let _ = write!(self.out, "{comma}\n    {}", masked(json!(file_row(row, self.profiles)), self.secrets));
        self.has_rows = true;
    }

    /// The file.
    pub fn finish(mut self) -> String {
        self.out.push_str("\n  ]\n}\n");
        self.out
    }
}

fn file_row(row: &Row, profiles: &[FleetProfile]) -> FileRow {
    let spec = &row.spec;
    let profile = spec.profile.and_then(|id| profiles.iter().find(|profile| profile.id == id));
    FileRow {
        provider: spec.provider.clone(),
        api: spec.api.clone(),
        operation: spec.operation.clone(),
        act: spec.act.clone(),
        region: spec.region.clone(),
        server: spec.place.server.clone(),
        variables: spec.place.variables.iter().cloned().collect(),
        subject: spec.subject.clone(),
        values: spec.values.iter().cloned().collect(),
        profile: profile.map(|own| FileProfile { name: own.name.clone(), key: own.key.clone() }),
        group: group(&row.state),
        checked: row.checked.clone(),
        forced: row.forced,
    }
}

/// What the plan said, as far as the row still has it.
fn group(state: &RowState) -> Option<PlanGroup> {
    match state {
        RowState::New | RowState::Checking(_) | RowState::Over(RowEnd::Skipped) => None,
        RowState::Planned(group) | RowState::Over(RowEnd::NotPlanned(group)) => Some(group.clone()),
        RowState::Over(RowEnd::AlreadyOn) => Some(PlanGroup::AlreadyOn),
        RowState::Waiting(_) | RowState::Sending { .. } | RowState::Following(_) | RowState::Over(_) => {
            Some(PlanGroup::WillChange)
        }
    }
}

/// The same value, secrets masked in all its texts and names.
fn masked(value: Value, secrets: &[Zeroizing<String>]) -> Value {
    let text = |mut text: String| {
        mask_text(&mut text, secrets);
        text
    };
    match value {
        _ if secrets.is_empty() => value,
        Value::String(own) => text(own).into(),
        Value::Array(items) => items.into_iter().map(|item| masked(item, secrets)).collect(),
        Value::Object(members) => {
            members.into_iter().map(|(name, member)| (text(name), masked(member, secrets))).collect()
        }
        // A number can be a secret, too.
        Value::Number(_) => {
            let plain = plain_text(&value);
            let masked = text(plain.clone());
            if masked == plain { value } else { masked.into() }
        }
        Value::Null | Value::Bool(_) => value,
    }
}
