//! One row of a fleet: an instance, the act, and how far it has got.

use super::LaneKey;
use crate::credentials::ProfileId;
use crate::follow::preconditions::Standing;
use crate::follow::{End, Follow, Place};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use time::{Duration, OffsetDateTime};

/// A call that is refused for now is made again, with growing pauses, for so many seconds. The refusal after
/// them is the end.
pub const MOST_WAITED: u32 = 30 * 60;

/// Tells a row from the others of its fleet. It never changes and is never given again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RowId(pub u32);

/// What a row is about, complete and valid as far as the form can tell. It can be exported, and no secret is in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RowSpec {
    pub api: String,
    /// `operationId`
    pub operation: String,
    /// Where it is sent.
    pub place: Place,
    /// The region as the API knows it; empty where the host has none.
    pub region: String,
    /// Fields of the operation and their values, the act and the subject among them.
    pub values: Vec<(String, Value)>,
    /// The instance.
    pub subject: String,
    /// The act in a few words of the description ("SSL on").
    pub act: String,
    /// The provider of the API (`x-provider`): it owns the limits.
    pub provider: String,
    /// `None`: the proxy signs, or nobody.
    pub profile: Option<ProfileId>,
}

impl RowSpec {
    pub(super) fn is_in(&self, lane: &LaneKey) -> bool {
        self.provider == lane.provider && self.region == lane.region
    }

    /// What shares the limits of this row.
    pub fn lane(&self) -> LaneKey {
        LaneKey { provider: self.provider.clone(), region: self.region.clone() }
    }
}

/// A row with everything that happened to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    pub id: RowId,
    pub spec: RowSpec,
    /// Makes the values that the console generates, such as a `ClientToken`: the same for every repeated call of one act.
    pub token: u128,
    pub state: RowState,
    /// What the plan read of its preconditions, by their places; empty before the plan.
    pub checked: Vec<Checked>,
    /// The user wants it although a precondition is not met, or cannot be known.
    pub forced: bool,
    /// How many calls that switch were sent.
    pub sends: u32,
    /// Refusals in a row that are temporary, such as those of a busy instance, and how many seconds it waited for them to end.
    pub refusals: u32,
    #[serde(default)]
    pub waited: u32,
    /// How often the call was repeated because nobody knew whether it was carried out.
    pub repeats: u32,
    /// When the first call was sent of which nobody knows whether it was carried out.
    #[serde(with = "crate::clock::milliseconds::option")]
    pub doubt: Option<OffsetDateTime>,
    /// When each call was about to be sent of which nobody knows that, and the one that is under way.
    #[serde(default, with = "crate::clock::milliseconds::list")]
    pub sent: Vec<OffsetDateTime>,
    /// All calls from the one of `doubt` on were refused because something is under way, and each may have been delivered twice: when the
    /// next one may be sent.
    #[serde(default)]
    pub conflict: Option<Due>,
    /// When the latest look for that call found nothing of it, so that it may be repeated; or when the user insisted on that.
    #[serde(default, with = "crate::clock::milliseconds::option")]
    pub looked: Option<OffsetDateTime>,
    /// The API refused a later call than that one: the end of the row, if a look finds nothing of the earlier one.
    #[serde(default)]
    pub refusal: Option<RowEnd>,
    /// Values by which the tasks of earlier calls for this row are known.
    pub known: Vec<String>,
    /// Its reads, sends and looks, but for the middle of long series: for the report and the row's details.
    pub calls: Vec<CallNote>,
    /// When it began to be sent, and when its end was known.
    #[serde(with = "crate::clock::milliseconds::option")]
    pub started: Option<OffsetDateTime>,
    #[serde(with = "crate::clock::milliseconds::option")]
    pub ended: Option<OffsetDateTime>,
}

/// A call of a row in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallNote {
    #[serde(with = "crate::clock::milliseconds")]
    pub at: OffsetDateTime,
    /// [`crate::call::CallId`] as text: the history has the call under it.
    pub call: String,
    pub operation: String,
    /// `None`: no answer.
    pub status: Option<u16>,
    /// The code of a refusal; empty for none.
    pub code: String,
    /// The provider's id of the request; empty for none.
    pub request_id: String,
    /// The message of a refusal, or what a look showed, shortened; empty for nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub answer: String,
    /// So many calls between the one before and this one are not noted.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub left_out: u32,
}

impl CallNote {
    /// A call that nobody has answered.
    pub fn new(at: OffsetDateTime, call: String, operation: String) -> Self {
        let (code, request_id, answer) = Default::default();
        Self { at, call, operation, status: None, code, request_id, answer, left_out: 0 }
    }
}

pub(super) fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// One precondition of a row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Checked {
    /// Its place among [`crate::catalog::Operation::preconditions`].
    pub precondition: usize,
    /// [`Standing::name`]
    pub standing: String,
    /// Labels and values.
    pub evidence: Vec<(String, String)>,
    /// Why it is not known: the code and the message of a refusal, or [`crate::follow::preconditions::Unknown::name`].
    pub why: String,
}

impl Checked {
    pub fn is(&self, standing: &Standing) -> bool {
        self.standing == standing.name()
    }
}

/// How far a row has got.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum RowState {
    /// Nothing was asked about it.
    New,
    /// The plan reads its preconditions: so many reads are over.
    Checking(usize),
    /// The plan put it into a group.
    Planned(PlanGroup),
    /// It is to be sent, not before this moment.
    Waiting(Due),
    /// It is written down and may have been sent.
    Sending {
        /// [`crate::call::CallId`] as text.
        call: String,
        #[serde(with = "crate::clock::milliseconds")]
        since: OffsetDateTime,
    },
    /// It was sent, and is looked at.
    Following(Box<Follow>),
    Over(RowEnd),
}

/// A moment, as it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Due(#[serde(with = "crate::clock::milliseconds")] pub OffsetDateTime);

/// What a plan says of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum PlanGroup {
    WillChange,
    /// It is in the wanted state.
    AlreadyOn,
    /// A precondition is not met, and [`Row::checked`] says which; or the form would not be sent, for this reason.
    Refused(String),
    /// A precondition could not be read; the reason.
    CannotBeKnown(String),
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum RowEnd {
    /// What became of its change. The evidence is in the follow.
    Followed { end: End, follow: Box<Follow> },
    /// The change was accepted, and the description does not say how to follow it.
    Accepted,
    /// The API refused the call for good.
    Refused { code: String, message: String, status: u16 },
    /// It could not be sent: the form or the credential is wrong, or the deployment does not offer the call.
    NotSent(String),
    /// It was in the wanted state before.
    AlreadyOn,
    /// The user left it out.
    Skipped,
    /// The user stopped the run before it was sent, or sent again.
    Stopped,
    /// The plan refused it, and the user did not insist.
    NotPlanned(PlanGroup),
}

impl RowEnd {
    /// Whether it ended well: what was wanted holds, or at least the API accepted it and nobody can look at it.
    pub fn is_good(&self) -> bool {
        match self {
            Self::Followed { end, .. } => matches!(end, End::Verified | End::Completed),
            Self::Accepted | Self::AlreadyOn => true,
            Self::Refused { .. } | Self::NotSent(_) | Self::Skipped | Self::Stopped | Self::NotPlanned(_) => false,
        }
    }

    /// Whether nobody knows what became of its change: it is told neither as done nor as failed.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Followed { end: End::Unknown(_) | End::NotSeen(_), .. })
    }

    /// Whether it counts against the error threshold: what failed does, and what nobody knows.
    pub fn is_failure(&self) -> bool {
        match self {
            Self::Followed { .. } => !self.is_good(),
            Self::Refused { .. } | Self::NotSent(_) => true,
            Self::Accepted | Self::AlreadyOn | Self::Skipped | Self::Stopped | Self::NotPlanned(_) => false,
        }
    }
}

impl Row {
    /// A row that nothing happened to. `token` is any random number.
    pub fn new(id: RowId, spec: RowSpec, token: u128) -> Self {
        Self {
            id,
            spec,
            token,
            state: RowState::New,
            checked: Vec::new(),
            forced: false,
            sends: 0,
            refusals: 0,
            waited: 0,
            repeats: 0,
            doubt: None,
            sent: Vec::new(),
            conflict: None,
            looked: None,
            refusal: None,
            known: Vec::new(),
            calls: Vec::new(),
            started: None,
            ended: None,
        }
    }

    pub fn end(&self) -> Option<&RowEnd> {
        match &self.state {
            RowState::Over(end) => Some(end),
            _ => None,
        }
    }

    pub fn follow(&self) -> Option<&Follow> {
        match &self.state {
            RowState::Following(follow) | RowState::Over(RowEnd::Followed { follow, .. }) => Some(follow),
            _ => None,
        }
    }

    /// The latest answer to a call that switches; `None`: nobody answered one.
    pub fn last_answer(&self) -> Option<&CallNote> {
        let own = |call: &&CallNote| call.operation == self.spec.operation && call.status.is_some();
        self.calls.iter().rfind(own)
    }

    /// How many seconds it waited in vain for the end of a refusal that was temporary. `None`: it did not, or waits still.
    pub fn waited_in_vain(&self) -> Option<u32> {
        let is_refused = matches!(self.end(), Some(RowEnd::Refused { .. }));
        Some(self.waited).filter(|waited| is_refused && *waited >= MOST_WAITED)
    }

    /// It waits so long for the end of a refusal that is temporary.
    pub(super) fn wait(&mut self, pause: Duration) {
        let seconds = u32::try_from(pause.whole_seconds()).unwrap_or_default();
        self.waited = self.waited.saturating_add(seconds);
    }

    /// Whether the plan has not put it into a group.
    pub(super) fn is_unplanned(&self) -> bool {
        matches!(self.state, RowState::New | RowState::Checking(_))
    }

    /// Whether it takes a place of the limit of rows under way.
    pub fn is_under_way(&self) -> bool {
        matches!(self.state, RowState::Sending { .. } | RowState::Following(_))
    }
}
