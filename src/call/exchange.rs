//! One call when it is over: what was sent, by whom, and what became of it.

use super::ShownRequest;
use crate::catalog::{ErrorEntry, Lockout, Operation, Retry};
use crate::credentials::ProfileId;
use crate::outcome::{Answer, Outcome};
use crate::proxy::{PROXY_MARK, Passage};
use crate::transport::{Reply, TransportError};
use indexmap::IndexMap;
use std::sync::Arc;
use std::time::Duration;
use time::OffsetDateTime;

/// RFC 9110, 15.5.10
const CONFLICT: u16 = 409;

/// Tells every call from all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CallId(u128);

impl CallId {
    /// `random` comes from the caller: the core makes no random numbers.
    pub const fn new(random: u128) -> Self {
        Self(random)
    }

    /// Reads an id as it is written.
    pub fn parse(text: &str) -> Option<Self> {
        u128::from_str_radix(text, 16).ok().map(Self)
    }
}

/// As a proxy gets it.
impl std::fmt::Display for CallId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// Who sent a call, and which way.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sender {
    pub connection: String,
    pub passage: Passage,
    /// The profile that signed.
    pub profile: ProfileId,
    /// Tells the profile's key from others: a hash of the key's id. Empty for credentials without one.
    pub key: String,
    /// After how many bad signatures in a row the provider locks the key. `None`: it does not lock this credential.
    pub lockout: Option<Lockout>,
}

/// Why a call has no answer.
#[derive(Debug, Clone)]
pub enum CallFailure {
    /// The answer was lost, or the request was.
    Transport(TransportError),
    /// Nothing was sent: the provider would soon lock the key.
    Stopped {
        /// Bad signatures in a row.
        failures: u64,
        /// What they lead to.
        lockout: Lockout,
        /// The call whose refusal led here, if this page sent it.
        before: Option<Arc<Exchange>>,
    },
}

/// A call that is over. No secret is in it.
#[derive(Debug, Clone)]
pub struct Exchange {
    pub id: CallId,
    pub operation: Arc<Operation>,
    /// The thing that the call was about; empty where the description names none.
    pub subject: String,
    /// The act in a few words of the description; empty where it has none.
    pub act: String,
    /// The region that was called, as the API knows it; empty where the host has none.
    pub region: String,
    /// What was sent, masked, with the signing trace.
    pub request: ShownRequest,
    pub sender: Sender,
    /// What came back, masked, and what it means.
    pub result: Result<(Reply, Answer), CallFailure>,
    /// When it was sent, by this computer's clock.
    pub started: OffsetDateTime,
    /// From sending to the last byte, or to the failure.
    pub took: Duration,
    /// The name of the profile that took a credential from the answer.
    pub granted: Option<String>,
}

/// The page keeps the bodies of so many answers, and of so many bytes.
const MOST_BODIES: usize = 20;
const MOST_BYTES: usize = 16 * 1024 * 1024;

/// Lets go of the bodies of all answers but the last ones. Gives the numbers under which workers have some of them.
pub fn forget_old_bodies(exchanges: &mut IndexMap<CallId, Arc<Exchange>>) -> Vec<u32> {
    let (mut bodies, mut bytes) = (0, 0);
    let mut in_workers = Vec::new();
    for exchange in exchanges.values_mut().rev() {
        let Ok((reply, answer)) = &exchange.result else { continue };
        let here = answer.bytes_here(reply);
        if here == 0 && answer.long.is_none() {
            continue;
        }
        bodies += 1;
        bytes += here;
        // The last one is on the screen, whatever its length.
        if bodies > 1
            && (bodies > MOST_BODIES || bytes > MOST_BYTES)
            && let Ok((reply, answer)) = &mut Arc::make_mut(exchange).result
        {
            in_workers.extend(answer.forget_body(reply));
        }
    }
    in_workers
}

impl Exchange {
    /// Whether it is settled what happened. If not, a call that changes something may have been carried out.
    pub fn is_certain(&self) -> bool {
        match &self.result {
            Ok((_, answer)) => answer.outcome.is_certain(),
            Err(CallFailure::Transport(error)) => !error.may_have_arrived(),
            Err(CallFailure::Stopped { .. }) => true,
        }
    }

    /// Whether it was refused because something is under way, which may be the change of this very call if it came twice.
    /// `entry`: what the error catalogue says of the answer's code.
    pub fn is_conflict(&self, entry: Option<&ErrorEntry>) -> bool {
        let Ok((reply, answer)) = &self.result else { return false };
        match &answer.outcome {
            Outcome::ApiError { .. } => match entry {
                Some(entry) if entry.fault.is_some() || entry.retry == Retry::Backoff => false,
                Some(ErrorEntry { retry: Retry::Later | Retry::Resign, .. }) => true,
                _ => reply.status == CONFLICT,
            },
            Outcome::HttpError { status, .. } => *status == CONFLICT,
            _ => false,
        }
    }

    /// Whether somebody on the way may have delivered it twice: a browser whose connection broke, or a proxy. The console's own
    /// proxy passes no call twice.
    pub fn may_have_come_twice(&self) -> bool {
        let mark = self.result.as_ref().ok().and_then(|(reply, _)| reply.header(PROXY_MARK));
        !matches!((self.sender.passage, mark), (Passage::Page, _) | (Passage::OwnProxy, Some("passed")))
    }
}
