//! Stored texts → [`Summary`] and [`Details`], of this version and the one before.

use super::{AnswerRecord, BodyRecord, Details, OutcomeKind, Record, RequestRecord, Standing, Summary, VERSION};
use serde::Deserialize;
use serde_json::Value;
use thiserror::Error;

/// Why a stored record cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RecordError {
    /// A newer version of the console wrote it.
    #[error("version {0}")]
    Newer(u32),
    /// It is no such record.
    #[error("{0}")]
    Broken(String),
}

#[derive(Deserialize)]
struct Version {
    /// Version 0 did not write it.
    #[serde(default)]
    version: u32,
}

fn version(text: &str) -> Result<u32, RecordError> {
    serde_json::from_str::<Version>(text).map(|found| found.version).map_err(broken)
}

fn broken(error: serde_json::Error) -> RecordError {
    RecordError::Broken(error.to_string())
}

impl Summary {
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    pub fn from_json(text: &str) -> Result<Self, RecordError> {
        // Nearly all are of this version: read at once.
        match serde_json::from_str::<Self>(text) {
            Ok(summary) if summary.version == VERSION => Ok(summary),
            found => match version(text)? {
                0 => serde_json::from_str::<RecordV0>(text).map(|old| old.upgrade().summary).map_err(broken),
                VERSION => found.map_err(broken),
                newer => Err(RecordError::Newer(newer)),
            },
        }
    }
}

impl Details {
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    pub fn from_json(text: &str) -> Result<Self, RecordError> {
        match version(text)? {
            0 => serde_json::from_str::<RecordV0>(text).map(|old| old.upgrade().details).map_err(broken),
            VERSION => serde_json::from_str(text).map_err(broken),
            newer => Err(RecordError::Newer(newer)),
        }
    }
}

/// Version 0: one text a call, with the time in seconds, the outcome as the status only, and no form.
#[derive(Deserialize)]
struct RecordV0 {
    call: String,
    /// In seconds since 1970.
    started: i64,
    took: u64,
    api: String,
    operation: String,
    act: String,
    subject: String,
    connection: String,
    simulated: bool,
    /// 0: there is no answer.
    status: u16,
    #[serde(default)]
    code: String,
    #[serde(default)]
    message: String,
    #[serde(default)]
    ids: Vec<(String, String)>,
    #[serde(default)]
    method: String,
    #[serde(default)]
    url: String,
    #[serde(default)]
    body: String,
    #[serde(default)]
    pinned: bool,
    #[serde(default)]
    note: String,
}

impl RecordV0 {
    fn upgrade(self) -> Record {
        let status = (self.status != 0).then_some(self.status);
        let is_success = (200..300).contains(&self.status);
        let (outcome, standing) = match status {
            None => (OutcomeKind::NoAnswer, Standing::Unsure),
            Some(_) if is_success => (OutcomeKind::Success, Standing::Good),
            Some(_) if self.code.is_empty() => (OutcomeKind::HttpError, Standing::Bad),
            Some(_) => (OutcomeKind::ApiError, Standing::Bad),
        };
        let details = Details {
            version: VERSION,
            id: self.call.clone(),
            message: self.message.clone(),
            causes: Vec::new(),
            request: RequestRecord {
                method: self.method,
                // Which way it went was not kept.
                address: (!self.simulated).then(|| self.url.clone()),
                url: self.url,
                headers: Vec::new(),
                body: BodyRecord::Whole(String::new()),
            },
            answer: status.map(|status| AnswerRecord {
                status,
                headers: Vec::new(),
                body: BodyRecord::of(self.body.as_bytes()),
            }),
            failure: None,
            form: Value::Null,
        };
        let title = if self.code.is_empty() || self.code == self.message {
            self.message
        } else {
            format!("{}: {}", self.code, self.message)
        };
        let summary = Summary {
            version: VERSION,
            id: self.call,
            started: self.started.saturating_mul(1_000),
            took: self.took,
            api_title: self.api.clone(),
            operation_title: self.operation.clone(),
            api: self.api,
            operation: self.operation,
            act: self.act,
            subject: self.subject,
            region: String::new(),
            connection: self.connection,
            simulated: self.simulated,
            status,
            outcome,
            certain: status.is_some_and(|status| status < 500 && status != 408),
            code: self.code,
            standing,
            title,
            ids: self.ids,
            follow: None,
            pinned: self.pinned,
            note: self.note,
            bytes: details.to_json().len() as u64,
        };
        Record { summary, details }
    }
}
