//! One row of a report.

use super::Description;
use crate::catalog::plain_text;
use crate::clock::rfc3339;
use crate::fleet::{CallNote, FleetProfile, Override, PlanGroup, Row, RowEnd, RowState};
use crate::follow::{End, Follow, Why};
use crate::form::mask_text;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use zeroize::Zeroizing;

/// The names of the columns of the CSV, in their order.
pub const COLUMNS: [&str; 25] = [
    "row",
    "connection",
    "simulated",
    "provider",
    "api",
    "operation",
    "act",
    "region",
    "subject",
    "fields",
    "profile",
    "key",
    "state",
    "outcome",
    "code",
    "status",
    "started",
    "ended",
    "request_ids",
    "jobs",
    "evidence",
    "evidence_at",
    "calls",
    "overridden",
    "made_with",
];

/// What a report says of a row. Every text of it is masked; times are ISO 8601, and empty for what did not happen.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportRow {
    /// From 1, in the order of the report.
    pub row: usize,
    /// Through which the calls went, and whether that is a simulation.
    pub connection: String,
    pub simulated: bool,
    pub provider: String,
    pub api: String,
    pub operation: String,
    pub act: String,
    pub region: String,
    pub subject: String,
    /// The other fields and their values, those that make the act among them.
    pub fields: Vec<(String, String)>,
    /// The name of the profile, or its provider where it has none; empty where the proxy signs.
    pub profile: String,
    /// The last four characters of the id of its key; empty where it has none.
    pub key: String,
    /// A word for a program: [`state`].
    pub state: String,
    /// What became of it, in words.
    pub outcome: String,
    /// The code and the status of a refusal, or of the last answer that did not tell what became of the call.
    pub code: String,
    pub status: Option<u16>,
    pub started: String,
    pub ended: String,
    /// Those of the calls that change something come first.
    pub request_ids: Vec<String>,
    /// The values by which its changes are known, such as the ids of tasks.
    pub jobs: Vec<String>,
    /// What the latest look showed, or the plan's reads where there was no look: labels and values, and when.
    pub evidence: Vec<(String, String)>,
    pub evidence_at: String,
    pub calls: Vec<ReportCall>,
    /// What the user set aside for this row: when, and the words.
    pub overridden: Vec<(String, String)>,
    /// The console and the description that it was made with.
    pub made_with: String,
}

/// A call of a row.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportCall {
    pub at: String,
    pub operation: String,
    /// `None`: no answer.
    pub status: Option<u16>,
    pub code: String,
    pub request_id: String,
    /// The message of a refusal, or what a look showed, shortened.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub answer: String,
    /// So many calls between the one before and this one are not noted.
    #[serde(default, skip_serializing_if = "crate::fleet::row::is_zero")]
    pub left_out: u32,
}

/// The word for how far a row has got, for programs.
pub const fn state(row: &Row) -> &'static str {
    match &row.state {
        RowState::New => "new",
        RowState::Checking(_) => "checking",
        RowState::Planned(group) | RowState::Over(RowEnd::NotPlanned(group)) => match group {
            PlanGroup::WillChange => "will-change",
            PlanGroup::AlreadyOn => "as-wanted",
            PlanGroup::Refused(_) => "plan-refused",
            PlanGroup::CannotBeKnown(_) => "plan-not-known",
        },
        RowState::Waiting(_) => "waiting",
        RowState::Sending { .. } => "sending",
        RowState::Following(_) => "following",
        RowState::Over(end) => match end {
            RowEnd::Followed { end, .. } => match end {
                End::Verified => "verified",
                End::Completed => "completed",
                End::Failed(_) => "failed",
                End::Unknown(_) => "unknown",
                End::NotCarriedOut => "not-carried-out",
                End::NotSeen(_) => "not-seen",
            },
            RowEnd::Accepted => "accepted",
            RowEnd::Refused { .. } => "refused",
            RowEnd::NotSent(_) => "not-sent",
            RowEnd::AlreadyOn => "as-wanted",
            RowEnd::Skipped => "skipped",
            RowEnd::Stopped => "stopped",
            RowEnd::NotPlanned(_) => "",
        },
    }
}

/// What the report of a row needs besides it.
pub(super) struct RowContext<'a> {
    pub(super) number: usize,
    pub(super) connection: &'a str,
    pub(super) simulated: bool,
    pub(super) profile: Option<&'a FleetProfile>,
    pub(super) description: Option<&'a Description>,
    pub(super) console: &'a str,
    pub(super) overrides: &'a [&'a Override],
    pub(super) outcome: String,
}

impl ReportRow {
    pub(super) fn new(row: &Row, context: RowContext<'_>) -> Self {
        let spec = &row.spec;
        let (code, status) = refusal(row);
        let (evidence, evidence_at) = evidence(row);
        let mut profile = context.profile.cloned().unwrap_or_default();
        if profile.name.is_empty() {
            profile.name = profile.provider;
        }
        let made_with = match context.description {
            Some(own) => format!("TLS Console {}, {} {} {}", context.console, own.api, own.version, own.sha256),
            None => format!("TLS Console {}", context.console),
        };
        let fields = spec.values.iter().map(|(name, value)| (name.clone(), plain_text(value)));
        Self {
            row: context.number,
            connection: context.connection.to_owned(),
            simulated: context.simulated,
            provider: spec.provider.clone(),
            api: spec.api.clone(),
            operation: spec.operation.clone(),
            act: spec.act.clone(),
            region: spec.region.clone(),
            subject: spec.subject.clone(),
            fields: fields.filter(|(_, value)| *value != spec.subject).collect(),
            profile: profile.name,
            key: profile.key,
            state: state(row).to_owned(),
            outcome: context.outcome,
            code,
            status,
            started: date(row.started),
            ended: date(row.ended),
            request_ids: request_ids(row),
            jobs: jobs(row),
            evidence,
            evidence_at,
            calls: row.calls.iter().map(ReportCall::new).collect(),
            overridden: context.overrides.iter().map(|own| (rfc3339(own.at), own.words.clone())).collect(),
            made_with,
        }
    }

    /// The key as a person reads it; empty for none.
    pub fn shown_key(&self) -> String {
        if self.key.is_empty() { String::new() } else { format!("…{}", self.key) }
    }

    /// The cells of the CSV, in the order of [`COLUMNS`].
    pub(super) fn cells(&self) -> [String; COLUMNS.len()] {
        let status = |status: Option<u16>| status.map(|status| status.to_string()).unwrap_or_default();
        let calls = self.calls.iter().map(|call| {
            let left_out = if call.left_out == 0 { String::new() } else { format!("left_out={}", call.left_out) };
            let status = status(call.status);
            let parts = [&left_out, &call.at, &call.operation, &status, &call.code, &call.request_id, &call.answer];
            parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ")
        });
        [
            self.row.to_string(),
            self.connection.clone(),
            self.simulated.to_string(),
            self.provider.clone(),
            self.api.clone(),
            self.operation.clone(),
            self.act.clone(),
            self.region.clone(),
            self.subject.clone(),
            pairs(&self.fields, "="),
            self.profile.clone(),
            self.key.clone(),
            self.state.clone(),
            self.outcome.clone(),
            self.code.clone(),
            status(self.status),
            self.started.clone(),
            self.ended.clone(),
            self.request_ids.join(" "),
            self.jobs.join(" "),
            pairs(&self.evidence, ": "),
            self.evidence_at.clone(),
            calls.collect::<Vec<_>>().join("; "),
            pairs(&self.overridden, " "),
            self.made_with.clone(),
        ]
    }

    pub(super) fn mask(&mut self, secrets: &[Zeroizing<String>]) {
        if secrets.is_empty() {
            return;
        }
        let Self { row: _, simulated: _, status: _, fields, evidence, overridden, request_ids, jobs, calls, .. } = self;
        let pairs = [fields, evidence, overridden].into_iter().flatten().flat_map(|(name, value)| [name, value]);
        let lists = [request_ids, jobs].into_iter().flatten();
        let calls = calls.iter_mut().flat_map(|call| {
            let ReportCall { at: _, operation, status: _, code, request_id, answer, left_out: _ } = call;
            [operation, code, request_id, answer]
        });
        pairs.chain(lists).chain(calls).for_each(|text| mask_text(text, secrets));
        let Self { connection, provider, api, operation, act, region, subject, profile, key, .. } = self;
        let texts = [connection, provider, api, operation, act, region, subject, profile, key];
        let more = [&mut self.outcome, &mut self.code, &mut self.made_with];
        texts.into_iter().chain(more).for_each(|text| mask_text(text, secrets));
    }
}

impl ReportCall {
    fn new(note: &CallNote) -> Self {
        Self {
            at: rfc3339(note.at),
            operation: note.operation.clone(),
            status: note.status,
            code: note.code.clone(),
            request_id: note.request_id.clone(),
            answer: note.answer.clone(),
            left_out: note.left_out,
        }
    }
}

pub(super) fn date(time: Option<OffsetDateTime>) -> String {
    time.map(rfc3339).unwrap_or_default()
}

pub(super) fn pairs(pairs: &[(String, String)], between: &str) -> String {
    pairs.iter().map(|(name, value)| format!("{name}{between}{value}")).collect::<Vec<_>>().join("; ")
}

fn refusal(row: &Row) -> (String, Option<u16>) {
    match row.end() {
        Some(RowEnd::Refused { code, status, .. }) => (code.clone(), Some(*status)),
        Some(RowEnd::Followed { end: End::Unknown(Why::Refused(refusal)), .. }) => {
            (refusal.code.clone(), Some(refusal.status))
        }
        // Nobody knows, or knew for a while: that answer did not tell.
        Some(RowEnd::Followed { end: End::Unknown(_) | End::NotSeen(_) | End::NotCarriedOut, .. }) => {
            row.last_answer().map(|answer| (answer.code.clone(), answer.status)).unwrap_or_default()
        }
        _ => (String::new(), None),
    }
}

/// The latest observation, or what the plan read.
fn evidence(row: &Row) -> (Vec<(String, String)>, String) {
    let observed = row.follow().and_then(Follow::last_look).and_then(|look| look.observed.as_ref());
    if let Some(observed) = observed {
        return (observed.observation.evidence.clone(), rfc3339(observed.at));
    }
    let read: Vec<_> = row.checked.iter().flat_map(|checked| checked.evidence.clone()).collect();
    // The plan reads before anything is sent.
    let reads = row.calls.iter().take_while(|call| call.operation != row.spec.operation);
    let at = reads.last().filter(|_| !read.is_empty()).map(|call| rfc3339(call.at));
    (distinct(read), at.unwrap_or_default())
}

fn request_ids(row: &Row) -> Vec<String> {
    let (own, looks): (Vec<&CallNote>, Vec<_>) =
        row.calls.iter().partition(|call| call.operation == row.spec.operation);
    let ids = own.into_iter().chain(looks).map(|call| call.request_id.clone());
    distinct(ids.filter(|id| !id.is_empty()).collect())
}

/// The values of its looks that the row itself does not have.
fn jobs(row: &Row) -> Vec<String> {
    let is_own = |text: &String| row.spec.values.iter().any(|(_, value)| plain_text(value) == *text);
    let values = row.follow().map(Follow::values).unwrap_or_default();
    let all = row.known.iter().cloned().chain(values);
    distinct(all.filter(|text| !text.is_empty() && !is_own(text)).collect())
}

/// The same evidence stands in several checks of one read.
fn distinct<T: PartialEq>(all: Vec<T>) -> Vec<T> {
    let mut distinct: Vec<T> = Vec::new();
    for one in all {
        if !distinct.contains(&one) {
            distinct.push(one);
        }
    }
    distinct
}
