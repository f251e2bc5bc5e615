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

pub(super) fn write(
    fleet: &Fleet,
    profiles: &[FleetProfile],
    now: OffsetDateTime,
    secrets: &[Zeroizing<String>],
) -> String {
    let head = &fleet.head;
    let place = |id| fleet.rows.get_index_of(id);
    let masked = |value: Value| masked(value, secrets).to_string();
    let mut out = String::from("{\n");
    for (name, value) in [
        ("format", json!(FORMAT)),
        ("version", json!(PLAN_VERSION)),
        ("exported", json!(rfc3339(now))),
        ("console", json!(env!("CARGO_PKG_VERSION"))),
        ("name", json!(head.name)),
        ("connection", json!(head.connection)),
        ("limits", json!(head.limits)),
        ("first", head.first.iter().filter_map(place).collect()),
    ] {
        let _ = writeln!(out, "  {}: {},", Value::from(name), masked(value));
    }
    out.push_str("  \"rows\": [");
    for (index, row) in fleet.rows.values().enumerate() {
        let _ = write!(out, "{}\n    {}", if index > 0 { "," } else { "" }, masked(json!(file_row(row, profiles))));
    }
    out.push_str("\n  ]\n}\n");
    out
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
