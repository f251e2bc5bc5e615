//! The log of this session: every call in its order, in words. No secret is in it, so the browser's tab keeps it over a reload.

use crate::call::{CallFailure, Exchange};
use crate::outcome::Severity;
use serde::{Deserialize, Serialize};

/// One call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct LogEntry {
    /// The id of the call.
    pub(crate) call: String,
    /// When it was sent, in seconds since 1970.
    pub(crate) started: i64,
    pub(crate) api: String,
    pub(crate) operation: String,
    /// What was done, in a few words of the description.
    pub(crate) act: String,
    /// The thing that it was about; empty where the description names none.
    pub(crate) subject: String,
    pub(crate) connection: String,
    /// Answered inside the page.
    pub(crate) simulated: bool,
    pub(crate) state: EntryState,
    /// Names and values by which the call and its task are found again.
    pub(crate) ids: Vec<(String, String)>,
    /// What became of the change that was followed: whether it is good, and a sentence.
    #[serde(default)]
    pub(crate) end: Option<(String, String)>,
}

/// What is known of the result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum EntryState {
    /// With the way to find out what became of it, should the answer be lost.
    UnderWay(Vec<String>),
    /// The page was left during the call. The same way, while the user has not dismissed it.
    Interrupted(Vec<String>),
    /// Whether it is good, in the word that the style sheet has for it, and the title of the explanation.
    Over(String, String),
}

impl LogEntry {
    pub(super) fn of(exchange: &Exchange, under_way: bool) -> Self {
        let operation = &exchange.operation;
        let verify = operation.impact.as_ref().map(|impact| impact.verify.clone()).unwrap_or_default();
        let ids = match &exchange.result {
            Ok((_, answer)) => answer.ids().into_iter().map(|(name, id)| (name.to_owned(), id.to_owned())).collect(),
            Err(_) => Vec::new(),
        };
        let act = if exchange.act.is_empty() { &operation.summary } else { &exchange.act };
        Self {
            call: exchange.id.to_string(),
            started: exchange.started.unix_timestamp(),
            api: operation.api.clone(),
            operation: operation.id.clone(),
            act: act.clone(),
            subject: exchange.subject.clone(),
            connection: exchange.sender.connection.clone(),
            simulated: exchange.request.address.is_none(),
            state: if under_way {
                EntryState::UnderWay(verify)
            } else {
                EntryState::Over(String::new(), String::new())
            },
            ids,
            end: None,
        }
    }

    /// As the next page finds it.
    pub(super) fn restored(mut self) -> Self {
        if let EntryState::UnderWay(verify) = self.state {
            self.state = EntryState::Interrupted(verify);
        }
        self
    }

    pub(super) fn explain(&mut self, severity: Severity, title: String) {
        let tone = match severity {
            Severity::Success => "good",
            Severity::Warning => "unsure",
            Severity::Error => "bad",
        };
        self.state = EntryState::Over(tone.to_owned(), title);
    }
}

/// Whether the call left this page.
pub(super) fn was_sent(exchange: &Exchange) -> bool {
    !matches!(exchange.result, Err(CallFailure::Stopped { .. }))
}
