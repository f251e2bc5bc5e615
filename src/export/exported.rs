//! What an export says of a call, whether the page has the call or the history.

use crate::call::Exchange;
use crate::history::{BodyRecord, Record};
use crate::outcome::{Answer, Outcome};
use crate::transport::Reply;
use time::OffsetDateTime;

/// A call, masked.
#[derive(Debug, Clone)]
pub struct ExportedCall<'a> {
    /// The id of the operation, and its title.
    pub(super) operation: &'a str,
    pub(super) title: &'a str,
    pub(super) api_title: &'a str,
    pub(super) act: &'a str,
    pub(super) subject: &'a str,
    pub(super) region: &'a str,
    pub(super) connection: &'a str,
    /// It has not left the page.
    pub(super) simulated: bool,
    pub(super) started: OffsetDateTime,
    /// In milliseconds.
    pub(super) took: u64,
    pub(super) method: &'a str,
    pub(super) url: &'a str,
    pub(super) headers: Vec<(&'a str, &'a str)>,
    pub(super) body: &'a str,
    /// Of the whole body: `body` may be the beginning of it.
    pub(super) body_size: u64,
    /// Code and message of the API; empty for none.
    pub(super) code: &'a str,
    pub(super) message: &'a str,
    pub(super) ids: Vec<(&'a str, &'a str)>,
    /// `None`: there is no answer.
    pub(super) answer: Option<ExportedAnswer<'a>>,
}

#[derive(Debug, Clone)]
pub(super) struct ExportedAnswer<'a> {
    pub(super) status: u16,
    pub(super) headers: &'a [(String, String)],
    pub(super) body: ExportedBody<'a>,
}

/// What there is of a body. Sizes are those of the whole.
#[derive(Debug, Clone, Copy)]
pub(super) enum ExportedBody<'a> {
    Whole(&'a [u8]),
    Cut {
        beginning: &'a [u8],
        size: u64,
    },
    /// It is no text, and the history does not keep it.
    NotKept(u64),
    /// It may hold secrets that could not be found.
    Withheld(u64),
    /// The page has let go of it.
    Forgotten(u64),
}

impl ExportedAnswer<'_> {
    /// The value of a header; empty where there is none.
    pub(super) fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    }
}

impl ExportedBody<'_> {
    pub(super) const fn size(&self) -> u64 {
        match self {
            Self::Whole(bytes) => bytes.len() as u64,
            Self::Cut { size, .. } | Self::NotKept(size) | Self::Withheld(size) | Self::Forgotten(size) => *size,
        }
    }
}

impl ExportedCall<'_> {
    /// Whether only the beginning of what was sent is there.
    pub(super) const fn is_body_cut(&self) -> bool {
        (self.body.len() as u64) < self.body_size
    }
}

impl<'a> From<&'a Exchange> for ExportedCall<'a> {
    fn from(exchange: &'a Exchange) -> Self {
        let (operation, request) = (&exchange.operation, &exchange.request);
        let answer = exchange.result.as_ref().ok();
        let (code, message) = match answer.map(|(_, answer)| &answer.outcome) {
            Some(Outcome::ApiError { code, message, .. }) => (code.as_str(), message.as_str()),
            _ => Default::default(),
        };
        Self {
            operation: &operation.id,
            title: &operation.summary,
            api_title: &operation.api_title,
            act: &exchange.act,
            subject: &exchange.subject,
            region: &exchange.region,
            connection: &exchange.sender.connection,
            simulated: request.address.is_none(),
            started: exchange.started,
            took: u64::try_from(exchange.took.as_millis()).unwrap_or(u64::MAX),
            method: &request.method,
            url: &request.url,
            headers: request.headers.iter().map(|(name, value)| (name.as_str(), value.text())).collect(),
            body: &request.body,
            body_size: request.body.len() as u64,
            code,
            message,
            ids: answer.map(|(_, answer)| answer.ids()).unwrap_or_default(),
            answer: answer.map(|(reply, answer)| ExportedAnswer::of(reply, answer)),
        }
    }
}

impl<'a> ExportedAnswer<'a> {
    fn of(reply: &'a Reply, answer: &Answer) -> Self {
        let size = answer.body_size(reply) as u64;
        let body = match (answer.forgotten, &answer.withheld, &answer.long) {
            (Some(_), _, _) => ExportedBody::Forgotten(size),
            (None, Some(_), _) => ExportedBody::Withheld(size),
            (None, None, Some(_)) => ExportedBody::Cut { beginning: &reply.body, size },
            (None, None, None) => ExportedBody::Whole(&reply.body),
        };
        Self { status: reply.status, headers: &reply.headers, body }
    }
}

impl<'a> From<&'a Record> for ExportedCall<'a> {
    fn from(record: &'a Record) -> Self {
        let Record { summary, details } = record;
        let request = &details.request;
        let started = OffsetDateTime::from_unix_timestamp_nanos(i128::from(summary.started) * 1_000_000);
        let pair = |(name, value): &'a (String, String)| (name.as_str(), value.as_str());
        Self {
            operation: &summary.operation,
            title: &summary.operation_title,
            api_title: &summary.api_title,
            act: &summary.act,
            subject: &summary.subject,
            region: &summary.region,
            connection: &summary.connection,
            simulated: summary.simulated,
            // A stored text can hold any number.
            started: started.unwrap_or(OffsetDateTime::UNIX_EPOCH),
            took: summary.took,
            method: &request.method,
            url: &request.url,
            headers: request.headers.iter().map(pair).collect(),
            body: request.body.text(),
            body_size: request.body.size(),
            code: &summary.code,
            message: &details.message,
            ids: summary.ids.iter().map(pair).collect(),
            answer: details.answer.as_ref().map(|answer| ExportedAnswer {
                status: answer.status,
                headers: &answer.headers,
                body: match &answer.body {
                    BodyRecord::Whole(text) => ExportedBody::Whole(text.as_bytes()),
                    BodyRecord::Cut { beginning, bytes } => {
                        ExportedBody::Cut { beginning: beginning.as_bytes(), size: *bytes }
                    }
                    BodyRecord::Binary(size) => ExportedBody::NotKept(*size),
                    BodyRecord::Withheld(size) => ExportedBody::Withheld(*size),
                },
            }),
        }
    }
}
