//! What comes into [`super::Follow::step`], and what goes out.

use super::LookResult;
use serde_json::Value;
use time::OffsetDateTime;

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    pub now: OffsetDateTime,
    /// Any random number: many pages that wait must not look at the same moment.
    pub random: u32,
    pub kind: EventKind,
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum EventKind {
    /// The follow is new on this page: it was just made, or read back. A look of the page before is lost.
    Opened,
    /// The timer rang, the computer woke up, the network is back.
    Time,
    /// The look of this number is over.
    Answer { look: u32, result: LookResult },
    /// The user wants to look now.
    LookNow,
    /// The user does not want to look any more.
    Cancel,
    /// The user wants to look again.
    Resume,
    /// There is a credential that may be accepted.
    CredentialReady,
}

/// What the page has to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Make this call, and come back with [`EventKind::Answer`].
    Look(LookRequest),
    /// Come back with [`EventKind::Time`] then. The timers before are of no use any more.
    WakeAt(OffsetDateTime),
    /// Ask for a credential, then come back with [`EventKind::CredentialReady`].
    NeedCredential,
    /// Store the follow.
    Keep,
    /// It is known what became of it, or that nobody knows: the user may be somewhere else.
    Notify,
}

/// A call that looks.
#[derive(Debug, Clone, PartialEq)]
pub struct LookRequest {
    /// Tells it from the looks before.
    pub number: u32,
    /// `operationId`, in the API of [`super::Origin`].
    pub operation: String,
    /// Fields of that operation and their values.
    pub parameters: Vec<(String, Value)>,
}
