//! A plan's file → rows that are checked as if they were typed.

use super::{FORMAT, FileProfile, FileRow, MOST_PLAN_BYTES, PLAN_VERSION, PlanFile, PlanFileError, PlanRow};
use crate::catalog::plain_text;
use crate::clock::parse_rfc3339;
use crate::credentials::ProfileId;
use crate::fleet::rows::{Defaults, RowReader, Said};
use crate::fleet::table::MOST_ROWS;
use crate::fleet::{FleetAct, FleetProfile, LaneKey, Limits, Row, RowProblem};
use crate::follow::Place;
use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::HashSet;
use zeroize::Zeroizing;

/// Reads a plan row by row, so that the caller can pause between them.
#[derive(Debug)]
pub struct PlanReader {
    plan: PlanFile,
    /// The rows that are still to be read, the last one first.
    rest: Vec<Box<RawValue>>,
    acts: Vec<FleetAct>,
    profiles: Vec<FleetProfile>,
    /// Providers and profiles of the plan that are not in this browser.
    unknown: HashSet<(String, FileProfile)>,
    rows: RowReader,
}

/// What stands before the rows.
#[derive(Deserialize)]
struct FileHead {
    exported: String,
    #[serde(default)]
    console: String,
    name: String,
    connection: String,
    #[serde(default)]
    limits: IndexMap<LaneKey, Limits>,
    #[serde(default)]
    first: Vec<usize>,
    rows: Vec<Box<RawValue>>,
}

#[derive(Deserialize)]
struct Named {
    #[serde(default)]
    format: Value,
    #[serde(default)]
    version: Value,
}

impl PlanReader {
    /// `rows`: those that the fleet has already.
    pub fn new<'a>(
        text: &str,
        acts: Vec<FleetAct>,
        profiles: Vec<FleetProfile>,
        rows: impl Iterator<Item = &'a Row>,
    ) -> Result<Self, PlanFileError> {
        let text = text.trim_start_matches('\u{feff}');
        if text.len() > MOST_PLAN_BYTES {
            return Err(PlanFileError::TooManyBytes { bytes: text.len() });
        }
        let named: Named = serde_json::from_str(text).map_err(|error| match error.classify() {
            serde_json::error::Category::Data => PlanFileError::NotAPlan,
            _ => PlanFileError::NotJson(error.to_string()),
        })?;
        if named.format.as_str() != Some(FORMAT) {
            return Err(PlanFileError::NotAPlan);
        }
        if named.version != PLAN_VERSION {
            return Err(PlanFileError::Version { found: plain_text(&named.version) });
        }
        let broken = |reason: String| PlanFileError::Broken { row: None, reason };
        let mut head: FileHead = serde_json::from_str(text).map_err(|error| broken(error.to_string()))?;
        if head.rows.len() > MOST_ROWS {
            return Err(PlanFileError::TooManyRows { rows: head.rows.len() });
        }
        if let Some((lane, _)) = head.limits.iter().find(|(_, limits)| !limits.are_possible()) {
            return Err(PlanFileError::Limits { lane: lane.clone() });
        }
        let Some(exported) = parse_rfc3339(&head.exported) else {
            return Err(broken(format!("`exported` is {}", head.exported)));
        };
        let count = head.rows.len();
        head.rows.reverse();
        head.first.retain(|place| *place < count);
        let plan = PlanFile {
            name: head.name,
            exported,
            console: head.console,
            connection: head.connection,
            limits: head.limits,
            first: head.first,
            rows: Vec::with_capacity(count),
            unknown_profiles: 0,
        };
        let reader = RowReader::new(Vec::new(), acts.clone(), Defaults::default(), Vec::new(), rows);
        Ok(Self { plan, rest: head.rows, acts, profiles, unknown: HashSet::new(), rows: reader })
    }

    /// Refuses rows in which one of these stands.
    #[must_use]
    pub fn without_secrets(self, secrets: Vec<Zeroizing<String>>) -> Self {
        Self { rows: self.rows.without_secrets(secrets), ..self }
    }

    /// Reads so many rows more at most. `false`: that was all.
    pub fn read(&mut self, rows: usize) -> Result<bool, PlanFileError> {
        for _ in 0..rows {
            let Some(raw) = self.rest.pop() else { return Ok(false) };
            let number = self.plan.rows.len() + 1;
            let row: FileRow = serde_json::from_str(raw.get())
                .map_err(|error| PlanFileError::Broken { row: Some(number), reason: error.to_string() })?;
            let read = self.row(row, number);
            self.plan.rows.push(read);
        }
        Ok(!self.rest.is_empty())
    }

    /// What was read.
    pub fn finish(self) -> PlanFile {
        PlanFile { unknown_profiles: self.unknown.len(), ..self.plan }
    }

    fn row(&mut self, row: FileRow, number: usize) -> PlanRow {
        let mut problems = Vec::new();
        // The words of an act may be those of another operation: a plan says which one it means.
        let is_api = |act: &&FleetAct| act.api() == row.api;
        if self.acts.iter().any(|act| is_api(&act))
            && !self.acts.iter().filter(is_api).any(|act| act.operation.id == row.operation)
        {
            let result = Err(vec![RowProblem::NotOffered { act: row.operation }]);
            let (subject, remarks) = (row.subject, Vec::new());
            return PlanRow { subject, result, remarks, group: row.group, checked: row.checked, forced: row.forced };
        }
        let profile = self.profile(&row, &mut problems);
        let own = |act: &&FleetAct| act.api() == row.api && act.operation.id == row.operation && act.short == row.act;
        // What is said instead is explained like the act of a table.
        let act = self.acts.iter().find(own).map_or_else(|| row.act.clone(), |act| act.id.clone());
        let texts: Vec<(&String, String)> = row.values.iter().map(|(name, value)| (name, plain_text(value))).collect();
        let said = Said {
            provider: &row.api,
            region: &row.region,
            subject: &row.subject,
            act: &act,
            profile: "",
            fields: texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect(),
        };
        let place = Place { server: row.server.clone(), variables: row.variables.clone().into_iter().collect() };
        let read = self.rows.read_said(&said, Some(&place), problems, (number - 1, number));
        let result = read.result.map(|spec| crate::fleet::RowSpec { profile, ..spec });
        PlanRow {
            subject: row.subject,
            result,
            remarks: read.remarks,
            group: row.group,
            checked: row.checked,
            forced: row.forced,
        }
    }

    /// The profile of this browser that the file names. Where there is none, the one that is chosen for the provider signs, as it
    /// does for a row of a table.
    fn profile(&mut self, row: &FileRow, problems: &mut Vec<RowProblem>) -> Option<ProfileId> {
        let profile = row.profile.as_ref()?;
        let FileProfile { name, key } = profile;
        let is_it = |own: &&FleetProfile| {
            let same_key = key.is_empty() || own.key.is_empty() || own.key == *key;
            own.provider == row.provider && own.name == *name && same_key
        };
        let mut found = self.profiles.iter().filter(is_it);
        match (found.next(), found.next()) {
            (Some(only), None) => return Some(only.id),
            // The key tells two of one name apart.
            (Some(_), Some(_)) => {
                let mut exact = self.profiles.iter().filter(is_it).filter(|own| !key.is_empty() && own.key == *key);
                if let (Some(only), None) = (exact.next(), exact.next()) {
                    return Some(only.id);
                }
            }
            _ => {
                self.unknown.insert((row.provider.clone(), profile.clone()));
                return None;
            }
        }
        let text = if key.is_empty() { name.clone() } else { format!("{name} …{key}").trim().to_owned() };
        problems.push(RowProblem::UnknownProfile { text, provider: row.provider.clone(), nearest: None });
        None
    }
}
