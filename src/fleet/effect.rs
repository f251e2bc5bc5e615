//! What comes into [`super::Fleet::step`], and what goes out.

use super::row::{CallNote, Checked};
use super::{FleetProfile, LaneKey, Limits, PauseReason, RowId};
use crate::credentials::ProfileId;
use crate::follow::{Follow, LookRequest, LookResult};
use time::OffsetDateTime;

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// With the offset of the user's clock: a window is a time of day there.
    pub now: OffsetDateTime,
    /// Any random number.
    pub random: u32,
    pub kind: EventKind,
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum EventKind {
    /// The fleet is new on this page: it was just made, or read back. Calls of the page before are lost.
    Opened,
    /// The timer rang, the computer woke up, the network is back.
    Time,
    /// The user wants to know what would happen: [`Effect::Read`]. Rows that were planned before are planned again.
    Plan,
    /// The user starts what was planned.
    Start,
    Pause(PauseReason),
    /// Goes on, after a pause or a halt.
    Resume,
    /// The user ends the run, or breaks a plan off.
    Stop,
    /// The user gives a lane other limits.
    Limit {
        lane: LaneKey,
        limits: Limits,
    },
    /// The answer to [`Effect::HoldLane`]: this fleet has the limits of the lane for itself.
    LaneHeld(LaneKey),
    /// The first answer to [`Effect::HoldLane`], where a fleet of another tab has them; [`Self::LaneHeld`] comes when it lets
    /// them go.
    LaneInUse(LaneKey),
    /// The user wants this row although the plan refuses it, or although nobody knows what became of it, and it may be carried
    /// out twice; `words` go into the report.
    Force {
        row: RowId,
        words: String,
    },
    /// The user does not want this row.
    Skip(RowId),
    /// The user wants to try rows again that failed or were skipped. One of which nobody knows what became of it is looked
    /// at again, and sent only if it was not carried out or if the API recognises a repeated call.
    Retry(Vec<RowId>),
    /// [`Effect::WriteDown`] is done.
    Written(RowId),
    /// The store refuses.
    NotWritten(RowId),
    /// A read of the preconditions is over. `read`: which one; `reads`: how many this row needs.
    Read {
        row: RowId,
        read: usize,
        reads: usize,
        found: Vec<Checked>,
        note: Option<CallNote>,
        result: ReadResult,
    },
    /// The call of a row is over.
    Sent {
        row: RowId,
        call: String,
        note: CallNote,
        result: SendResult,
    },
    /// A look is over.
    Looked {
        row: RowId,
        look: u32,
        note: Option<CallNote>,
        result: LookResult,
    },
    /// The answer to [`Effect::Recover`].
    Recovering {
        row: RowId,
        result: SendResult,
    },
    /// There is another credential for this profile, which may be accepted.
    CredentialReady(ProfileId),
    /// The user wants the credential tried once more that the provider refused: the provider may have been wrong. A refusal of
    /// it counts only once.
    CredentialAgain(ProfileId),
    /// The page has no credential of this profile: calls with it cannot be made.
    CredentialMissing(ProfileId),
    /// The user lets a profile go on in place of one that is gone; `words` go into the report.
    Adopt {
        gone: ProfileId,
        by: Box<FleetProfile>,
        words: String,
    },
}

/// What came of a read of preconditions, besides what it found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadResult {
    Answered,
    /// Too many calls: ask again, after so many seconds if the API says so. What it `found` counts if that goes on.
    Throttled {
        retry_after: Option<u64>,
    },
    /// Nobody answered, or somebody on the way: ask again. What it `found` counts if that goes on.
    NoAnswer {
        retry_after: Option<u64>,
    },
    /// The form would not be sent; the reason in words.
    Refused(String),
    NeedsCredential,
    /// The description has no check: nothing is read.
    NothingToRead,
}

/// What came of a call that switches.
#[derive(Debug, Clone, PartialEq)]
pub enum SendResult {
    /// It was accepted. `None`: the description does not say how to follow it.
    Accepted(Option<Box<Follow>>),
    /// Nobody knows whether it was carried out; the follow finds out.
    Uncertain(Box<Follow>),
    /// It was not carried out, and the same call may be accepted later: too many calls, a busy instance. Status 0: it never
    /// left the computer.
    Busy { code: String, message: String, status: u16, throttled: bool, retry_after: Option<u64> },
    /// One of the other refusals, because something is under way: that may be the change of this very call, if a browser or a
    /// proxy delivered it twice.
    Conflict(Box<SendResult>),
    /// The provider does not accept the credential, or there is none.
    NeedsCredential,
    /// It was not carried out, and never will be.
    Refused { code: String, message: String, status: u16 },
    /// Nothing was sent; the reason in words.
    NotSent(String),
}

/// What the page has to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Make the read of this number, from 0, for the preconditions of a row, and come back with [`EventKind::Read`].
    Read { row: RowId, read: usize },
    /// Take the limits of a lane for this fleet, and come back with [`EventKind::LaneHeld`]. Until then no row begins in it.
    HoldLane(LaneKey),
    /// Let a fleet of another tab have them, or wait for them no longer: no answer is to come any more.
    ReleaseLane(LaneKey),
    /// Store the row durably, then come back with [`EventKind::Written`].
    WriteDown(RowId),
    /// Send the call of a row that is written down, and come back with [`EventKind::Sent`].
    Send { row: RowId, call: String },
    /// Find out whether the call of a row was carried out ([`Follow::uncertain`]), and come back with
    /// [`EventKind::Recovering`].
    Recover { row: RowId, call: String, since: OffsetDateTime },
    /// Make this call for a row, and come back with [`EventKind::Looked`].
    Look { row: RowId, request: LookRequest },
    /// The change of a call is followed to its end: the history's entry of that call gets it.
    Ended(Box<Follow>),
    /// Store the row.
    Keep(RowId),
    /// Store the head.
    KeepHead,
    /// Come back with [`EventKind::Time`] then. The timer before is of no use any more.
    WakeAt(OffsetDateTime),
    /// Ask for a credential of this profile, then come back with [`EventKind::CredentialReady`].
    NeedCredential(ProfileId),
    /// The run ended, halted or paused by itself: the user may be somewhere else.
    Notify,
}
