//! Following a change to its end: looking at it, again and again, until it is known what became of it.
//!
//! ```text
//!  Exchange + FollowUp ──Follow::accepted / uncertain──▶ Follow ──step(Event)──▶ Follow + Effects
//!                                                           ▲                       │
//!                                     Event::answer ◀── LookResult ◀── the page ◀───┘ Effect::Look
//! ```
//!
//! Everything here is pure. Time, randomness and answers come in as [`Event`]s; what is to be done goes out as [`Effect`]s,
//! which the page carries out. A [`Follow`] is all that is kept, as JSON: ids, times, what to look at, what the last look
//! showed; no secret. What a description says is read by [`crate::catalog::follow`].
//!
//! [`preconditions`] are looks before the call.

mod effect;
mod judge;
mod look_result;
mod origin;
pub mod preconditions;
mod record;
mod resolve;
mod step;
mod view;

pub use effect::{Effect, Event, EventKind, LookRequest};
pub use judge::{Observation, Seen};
pub use look_result::{ClockSkew, LookBody, LookResult, Refusal};
pub use origin::{Origin, Place};
pub use record::RecordError;
pub use resolve::{MissingValue, Subject};
pub use view::{Doubt, Overtaken};

use crate::call::Exchange;
use crate::catalog::Operation;
use crate::catalog::follow::{Fallback, FollowLink, FollowUp, Look, Repeat, Stage, Timing};
use crate::form::Draft;
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

/// A change that is followed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Follow {
    version: u32,
    /// The call that made the change.
    pub origin: Origin,
    /// When the call was sent.
    #[serde(with = "crate::clock::milliseconds")]
    started: OffsetDateTime,
    /// When it was sent, if that was more than once: what begins then may be of it too.
    #[serde(default, with = "crate::clock::milliseconds::list")]
    sent: Vec<OffsetDateTime>,
    /// By how much the provider's clock is ahead of this computer's, in seconds; `None`: not known.
    skew: Option<i64>,
    /// While it is not known whether the call was carried out.
    recovery: Option<Recovery>,
    /// The API refused the call because something is under way, which may be this very change: a browser, or a proxy, may
    /// have delivered the call twice.
    #[serde(default)]
    conflict: bool,
    /// When the call can be repeated, if it turns out that it was not carried out.
    repeat: Option<Repeat>,
    /// The values that the console made for the call: with the same ones it is the same act for the API.
    #[serde(default)]
    made: Vec<String>,
    /// It was not known at first whether the call was carried out, and it turned out that it was.
    recovered: bool,
    stages: Vec<Stage>,
    /// Which of them is looked at.
    stage: usize,
    #[serde(default)]
    aside: Aside,
    status: Status,
    /// When a look that says that it still goes on is the last one.
    #[serde(with = "crate::clock::milliseconds")]
    deadline: OffsetDateTime,
    /// How many looks there were.
    looks: u32,
    /// When the latest of them began.
    #[serde(with = "crate::clock::milliseconds")]
    looked: OffsetDateTime,
    /// How many in a row brought nothing, how many of them were refused for good, and how many began after the deadline.
    unanswered: u32,
    refused: u32,
    overtime: u32,
    /// The latest look said that the change failed: one more has to say so too.
    failing: bool,
    /// There was something to see, at least once.
    was_seen: bool,
    /// How many observations in a row showed the same as the one before.
    #[serde(default)]
    unchanged: u32,
    last: Option<LastLook>,
}

/// How to find out whether a call was carried out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Recovery {
    look: Look,
    timing: Timing,
    /// The limit after a refusal because something is under way.
    #[serde(default)]
    limit_of_conflict: Option<u32>,
    /// Pointers into the answer that was lost, and where an item has these values.
    with: Vec<(String, String)>,
    /// Values by which items of other calls are known.
    known: Vec<String>,
}

/// What is going on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Status {
    /// For the time of the next look.
    Waiting(#[serde(with = "crate::clock::milliseconds")] OffsetDateTime),
    /// The latest look has no answer yet.
    Looking,
    /// The user does not want to look any more.
    Paused,
    /// The provider does not accept the credential any more.
    NeedsCredential,
    /// There is no credential to look with.
    NoCredential,
    Over(End),
}

/// Whether the next look is the one besides that of the stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
enum Aside {
    #[default]
    No,
    Next,
    /// It was refused for good.
    Never,
}

/// What became of a change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum End {
    /// The state that was read from the API proves it.
    Verified,
    /// The change is done, and the API shows no state that proves it.
    Completed,
    /// It was not carried out, for the provider's reason if there is one.
    Failed(Option<String>),
    /// Nobody can say what became of it.
    Unknown(Why),
    /// The call, whose result was uncertain, was not carried out: the API says so.
    NotCarriedOut,
    /// The result of the call was uncertain, and nothing was seen of it in so many seconds. It may appear later.
    NotSeen(u32),
}

/// Why it is not known what became of a change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Why {
    /// No look had shown an end when the time was over.
    Limit,
    /// It was not known whether the call was carried out, and nothing that was seen told.
    Unclear,
    /// There was never anything to see of it.
    NeverSeen,
    /// The provider refuses to show it.
    Refused(Refusal),
    /// Nobody answered, until after the time was over.
    NoAnswer,
    /// The deployment does not offer the call that looks.
    NotOffered,
    /// The call, or its answer, lacks a value that a look needs.
    MissingValue(MissingValue),
    /// The description does not say what to look at.
    NotDescribed,
}

/// The word of `data-follow`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    Running,
    Verified,
    Completed,
    Failed,
    Unknown,
    NotCarriedOut,
}

impl Phase {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Verified => "verified",
            Self::Completed => "completed",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
            Self::NotCarriedOut => "not-carried-out",
        }
    }

    /// Whether the phase of this name is good, in the word of `data-tone`. `None`: it is not over.
    pub fn tone_of(name: &str) -> Option<&'static str> {
        let tones = [
            (Self::Verified, "good"),
            (Self::Completed, "good"),
            (Self::Failed, "bad"),
            (Self::NotCarriedOut, "bad"),
            (Self::Unknown, "unsure"),
        ];
        tones.iter().find(|(phase, _)| phase.name() == name).map(|(_, tone)| *tone)
    }
}

/// What a person has to do before it goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// A credential that the provider accepts, then [`EventKind::CredentialReady`].
    Credential,
    /// The wish to look again: [`EventKind::Resume`].
    Resume,
}

/// The latest look that is over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LastLook {
    /// When it was over.
    #[serde(with = "crate::clock::milliseconds")]
    pub at: OffsetDateTime,
    /// Why it was refused.
    pub refusal: Option<Refusal>,
    /// Whether nobody answered it.
    #[serde(default)]
    pub is_unanswered: bool,
    /// The latest observation with its time. It is older than `at` if this look brought nothing.
    pub observed: Option<Observed>,
    /// What was seen besides, after that observation or one before that showed no more.
    #[serde(default)]
    pub aside: Option<Observed>,
}

/// An observation, and when it was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Observed {
    #[serde(with = "crate::clock::milliseconds")]
    pub at: OffsetDateTime,
    pub observation: Observation,
}

impl Follow {
    /// A change that was accepted. `link`: what to follow after its answer ([`FollowUp::link`]).
    pub fn accepted(origin: Origin, link: &FollowLink, exchange: &Exchange, skew: Option<i64>) -> Self {
        let mut follow = Self::new(origin, exchange, skew);
        match resolve::stages(&link.stages, &Subject::of(exchange)) {
            Ok(stages) => follow.stages = stages,
            Err(missing) => follow.status = Status::Over(End::Unknown(Why::MissingValue(missing))),
        }
        follow.begin_stage(follow.deadline);
        follow
    }

    /// A change whose call has an uncertain result. `known`: values that other changes have, such as the ids of their
    /// tasks ([`Self::values`]).
    pub fn uncertain(
        origin: Origin,
        follow_up: &FollowUp,
        exchange: &Exchange,
        skew: Option<i64>,
        known: Vec<String>,
    ) -> Self {
        let mut follow = Self::new(origin, exchange, skew);
        let Some(recover) = &follow_up.recover else {
            follow.status = Status::Over(End::Unknown(Why::NotDescribed));
            return follow;
        };
        follow.repeat = recover.repeat;
        let link = recover.follow.as_deref().and_then(|name| follow_up.link_named(name));
        let stages = link.map(|link| link.stages.as_slice()).unwrap_or_default();
        let subject = Subject::of(exchange).without_answer();
        match (resolve::look(&recover.look, &subject), resolve::stages(stages, &subject)) {
            (Ok(look), Ok(stages)) => {
                let (timing, with, limit_of_conflict) =
                    (recover.timing, recover.with.clone(), recover.limit_of_conflict);
                follow.recovery = Some(Recovery { look, timing, limit_of_conflict, with, known });
                follow.stages = stages;
            }
            (Err(missing), _) | (_, Err(missing)) => {
                follow.status = Status::Over(End::Unknown(Why::MissingValue(missing)));
            }
        }
        follow.begin_stage(follow.deadline);
        follow
    }

    /// A call with an uncertain result, which the deployment does not describe any more: nobody can look at it.
    pub fn not_offered(origin: Origin, started: OffsetDateTime) -> Self {
        let status = Status::Over(End::Unknown(Why::NotOffered));
        Self { status, ..Self::begun(origin, started, started, None) }
    }

    fn new(origin: Origin, exchange: &Exchange, skew: Option<i64>) -> Self {
        Self::begun(origin, exchange.started, exchange.started + exchange.took, skew)
    }

    fn begun(origin: Origin, started: OffsetDateTime, answered: OffsetDateTime, skew: Option<i64>) -> Self {
        Self {
            version: record::VERSION,
            origin,
            started,
            sent: Vec::new(),
            skew,
            recovery: None,
            conflict: false,
            repeat: None,
            made: Vec::new(),
            recovered: false,
            stages: Vec::new(),
            stage: 0,
            aside: Aside::No,
            status: Status::Waiting(answered),
            deadline: answered,
            looks: 0,
            looked: started,
            unanswered: 0,
            refused: 0,
            overtime: 0,
            failing: false,
            was_seen: false,
            unchanged: 0,
            last: None,
        }
    }

    /// The next stage begins: its limit counts from here.
    fn begin_stage(&mut self, now: OffsetDateTime) {
        self.aside = Aside::No;
        let Some(timing) = self.timing().filter(|_| self.end().is_none()) else { return };
        self.status = Status::Waiting(now + Duration::seconds(timing.first.into()));
        self.deadline = now + Duration::seconds(timing.limit.into());
        (self.unanswered, self.refused, self.overtime, self.failing, self.unchanged) = (0, 0, 0, false, 0);
    }

    /// Tells by which values the items of other changes are known, before an answer is judged: a task that another call made
    /// meanwhile is not this one's.
    pub fn tell_apart(&mut self, known: Vec<String>) {
        if let Some(recovery) = &mut self.recovery {
            recovery.known = known;
        }
    }

    /// The provider's clock is behind by so much more: the time by which this is followed goes faster than the provider's.
    #[must_use]
    pub fn behind(mut self, ahead: Duration) -> Self {
        self.skew = Some(self.skew.unwrap_or_default().saturating_sub(ahead.whole_seconds()));
        self
    }

    /// The call was refused because something is under way ([`Exchange::is_conflict`]): what no look shows was not carried out. That
    /// may be sent again, so the looks go on for longer where the API does not recognise a repeated call.
    #[must_use]
    pub fn after_conflict(mut self) -> Self {
        self.conflict = true;
        if let Some(recovery) = &mut self.recovery
            && let Some(limit) = recovery.limit_of_conflict
        {
            self.deadline += Duration::seconds(i64::from(limit) - i64::from(recovery.timing.limit));
            recovery.timing.limit = limit;
        }
        self
    }

    /// The first look that is answered is the last one.
    #[must_use]
    pub fn once(mut self) -> Self {
        self.deadline = self.next_look().unwrap_or(self.deadline);
        self
    }

    /// Notes with which of the console's own values it was sent.
    #[must_use]
    pub fn sent_with(mut self, operation: &Operation, draft: &Draft) -> Self {
        self.made = draft.made(operation);
        self
    }

    /// Whether its call is the one of `first` sent once more: with the same token, so that the API takes both for one act.
    pub fn is_repeat_of(&self, first: &Self) -> bool {
        let place = |follow: &Self| {
            let Origin { api, operation, place, connection, profile, .. } = follow.origin.clone();
            (api, operation, place, connection, profile)
        };
        let act = |follow: &Self| (follow.origin.subject.clone(), follow.origin.act.clone());
        let is_same = !self.made.is_empty() && self.made == first.made && first.has_token()
            || self.conflict && act(self) == act(first);
        let is_open = first.is_recovering() || first.recovered && first.has_token();
        is_same && is_open && place(self) == place(first) && self.origin.id != first.origin.id
    }

    /// Takes the place of `first`, of which this is a repeat: the change may have begun with that call, whose answer may have
    /// been lost, or which was refused too.
    #[must_use]
    pub fn in_place_of(mut self, first: &Self) -> Self {
        self = self.sent_at(&[first.started]).sent_at(&first.sent);
        if !first.conflict {
            (self.started, self.conflict) = (self.started.min(first.started), false);
        }
        self
    }

    /// Notes when the calls of the act were sent.
    #[must_use]
    pub fn sent_at(mut self, times: &[OffsetDateTime]) -> Self {
        self.sent.push(self.started);
        self.sent.extend(times);
        self.sent.sort();
        self.sent.dedup();
        self
    }

    fn timing(&self) -> Option<Timing> {
        let stage = || self.current().map(|stage| stage.timing);
        self.recovery.as_ref().map(|recovery| recovery.timing).or_else(stage)
    }

    fn current(&self) -> Option<&Stage> {
        self.stages.get(self.stage)
    }

    /// The look that comes next.
    fn look(&self) -> Option<&Look> {
        let aside = self.aside().map(|aside| &aside.look);
        let stage = || aside.or_else(|| self.current().map(|stage| &stage.look));
        self.recovery.as_ref().map(|recovery| &recovery.look).or_else(stage)
    }

    /// The look besides that of the stage, if it comes next.
    fn aside(&self) -> Option<&Fallback> {
        self.current()?.fallback.as_ref().filter(|_| self.aside == Aside::Next && self.recovery.is_none())
    }
}

#[cfg(test)]
mod tests;
