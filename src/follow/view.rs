//! What the screen shows of a [`Follow`].

use super::{End, Follow, LastLook, Need, Observation, Origin, Phase, Seen, Status, resolve};
use crate::catalog::follow::{Repeat, Stage, Verdict};
use crate::catalog::plain_text;
use time::OffsetDateTime;

/// What is known of a call whose answer was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// Nothing yet.
    Open,
    /// It was not carried out: the API says so.
    NotCarriedOut,
    /// It was carried out, with whatever end.
    CarriedOut,
}

/// What a later change of the same thing makes of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overtaken {
    /// It is the same act once more, of which nobody knew whether it was carried out.
    SentAgain,
    /// What was true is not any more, perhaps.
    ByAnother,
}

impl Follow {
    /// Whether `later` is a change of the same thing that was accepted since, and has not failed.
    pub fn overtaken_by(&self, later: &Self) -> Option<Overtaken> {
        let Origin { api, subject, place, connection, .. } = &self.origin;
        let is_same = (api, subject, place, connection)
            == (&later.origin.api, &later.origin.subject, &later.origin.place, &later.origin.connection);
        let is_accepted = !later.is_recovering() && !matches!(later.end(), Some(End::Failed(_)));
        let is_over = self.end().is_some() && !subject.is_empty();
        if !is_same || !is_over || !is_accepted || later.started <= self.started {
            return None;
        }
        let act = |follow: &Self| (follow.origin.operation.clone(), follow.origin.act.clone());
        let is_again = self.is_recovering() && act(self) == act(later);
        Some(if is_again { Overtaken::SentAgain } else { Overtaken::ByAnother })
    }

    /// The word of `data-follow`. A paused change is unknown: nobody looks.
    pub fn phase(&self) -> Phase {
        match &self.status {
            Status::Waiting(_) | Status::Looking | Status::NeedsCredential | Status::NoCredential => Phase::Running,
            Status::Paused | Status::Over(End::Unknown(_) | End::NotSeen(_)) => Phase::Unknown,
            Status::Over(End::Verified) => Phase::Verified,
            Status::Over(End::Completed) => Phase::Completed,
            Status::Over(End::Failed(_)) => Phase::Failed,
            Status::Over(End::NotCarriedOut) => Phase::NotCarriedOut,
        }
    }

    /// What became of it. `None`: that is not over. Only [`End::Unknown`] and [`End::NotSeen`] can be left again, by a look on
    /// demand.
    pub fn end(&self) -> Option<&End> {
        match &self.status {
            Status::Over(end) => Some(end),
            _ => None,
        }
    }

    /// What it waits for besides time.
    pub fn need(&self) -> Option<Need> {
        match self.status {
            Status::NeedsCredential | Status::NoCredential => Some(Need::Credential),
            Status::Paused => Some(Need::Resume),
            _ => None,
        }
    }

    /// Whether it was the provider that did not accept the credential. Otherwise there is none.
    pub fn is_credential_refused(&self) -> bool {
        self.status == Status::NeedsCredential
    }

    /// Whether there was something to see of the change, at least once.
    pub fn was_seen(&self) -> bool {
        self.was_seen
    }

    /// Whether an observation of a stage shows the change, be it under way or over. What a thing's own state says shows none where
    /// no state of the description names it.
    pub(super) fn shows_change(&self, observation: &Observation) -> bool {
        let is_of_thing = !self.is_recovering() && self.current().is_some_and(|stage| stage.proof);
        match observation.seen {
            Seen::Says(_) => true,
            Seen::Unclear => !is_of_thing,
            Seen::Absent => false,
        }
    }

    /// Whether the latest looks show the change under way.
    pub fn is_shown(&self) -> bool {
        let Some(last) = &self.last else { return false };
        let besides = last.aside.as_ref().map(|aside| aside.observation.seen);
        matches!(besides, Some(Seen::Says(Verdict::Running | Verdict::Failed)))
            || last.observed.as_ref().is_some_and(|observed| self.shows_change(&observed.observation))
    }

    /// Labels and values of what the latest looks read.
    pub fn read(&self) -> Vec<(String, String)> {
        let last = self.last.iter();
        let observed = last.flat_map(|last| last.observed.iter().chain(&last.aside));
        observed.flat_map(|observed| observed.observation.evidence.clone()).collect()
    }

    /// When the latest look began.
    pub fn looked(&self) -> OffsetDateTime {
        self.looked
    }

    /// A look has no answer yet.
    pub fn is_looking(&self) -> bool {
        self.status == Status::Looking
    }

    /// It is not known yet whether the call was carried out.
    pub fn is_recovering(&self) -> bool {
        self.recovery.is_some()
    }

    /// What is known of the call if its answer was lost. `None`: it was not lost, or nobody can look.
    pub fn doubt(&self) -> Option<Doubt> {
        match self.end() {
            _ if self.recovered => Some(Doubt::CarriedOut),
            // The refusal says what there is to say.
            _ if !self.is_recovering() || self.conflict => None,
            Some(End::NotCarriedOut) => Some(Doubt::NotCarriedOut),
            _ => Some(Doubt::Open),
        }
    }

    /// Whether the call was refused because something is under way.
    pub fn is_conflict(&self) -> bool {
        self.conflict
    }

    /// The answer to the call was lost, and a look found that it was carried out.
    pub fn was_recovered(&self) -> bool {
        self.recovered
    }

    /// Whether the answer to the call was lost, and what was wanted is there all the same.
    pub fn is_recovered_success(&self) -> bool {
        self.recovered && matches!(self.end(), Some(End::Verified | End::Completed))
    }

    /// Whether the call can be repeated, as it was sent, without being carried out twice: with the same generated values,
    /// and a new nonce, date and signature. `false` where it is known that it was carried out.
    pub fn may_repeat(&self) -> bool {
        match self.repeat {
            Some(Repeat::SameToken) => !self.recovered,
            Some(Repeat::WhenAbsent) => matches!(self.end(), Some(End::NotCarriedOut | End::NotSeen(_))),
            None => false,
        }
    }

    /// Whether the API recognises the call when it is sent once more with the same values.
    pub fn has_token(&self) -> bool {
        self.repeat == Some(Repeat::SameToken)
    }

    /// When the call was sent.
    pub fn started(&self) -> OffsetDateTime {
        self.started
    }

    /// Whether the console is finding out, on its own, if the call was carried out.
    pub fn is_looked_for(&self) -> bool {
        self.is_recovering() && self.end().is_none() && self.need().is_none()
    }

    /// How many seconds after the call the latest look was over.
    pub fn looked_for(&self) -> u64 {
        let last = self.last.as_ref().map_or(self.started, |last| last.at);
        (last - self.started).whole_seconds().try_into().unwrap_or_default()
    }

    /// When the next look begins; `None` while none is planned.
    pub fn next_look(&self) -> Option<OffsetDateTime> {
        match self.status {
            Status::Waiting(next) => Some(next),
            _ => None,
        }
    }

    /// The latest look that is over.
    pub fn last_look(&self) -> Option<&LastLook> {
        self.last.as_ref()
    }

    /// What the looks show of the change, by label. `None`: the last answer does not have it, or there is none yet.
    pub fn shows(&self) -> Vec<(&str, Option<&str>)> {
        let observed = self.last.as_ref().and_then(|last| last.observed.as_ref());
        let seen = observed.map(|observed| observed.observation.evidence.as_slice()).unwrap_or_default();
        let stage = || self.current().map(|stage| &stage.look);
        let look = self.recovery.as_ref().map(|recovery| &recovery.look).or_else(stage);
        let labels = look.map(|look| look.shows.as_slice()).unwrap_or_default();
        // The last answer may be one to another look.
        if seen.iter().any(|(label, _)| labels.iter().all(|(shown, _)| shown != label)) {
            return seen.iter().map(|(label, value)| (label.as_str(), Some(value.as_str()))).collect();
        }
        let value = |label: &str| seen.iter().find(|(shown, _)| shown == label).map(|(_, value)| value.as_str());
        labels.iter().map(|(label, _)| (label.as_str(), value(label))).collect()
    }

    /// Whether the provider says how far the change has got.
    pub fn has_progress(&self) -> bool {
        let of_fallback = |stage: &Stage| stage.fallback.as_ref().is_some_and(|other| other.progress.is_some());
        self.current().is_some_and(|stage| stage.progress.is_some() || of_fallback(stage))
    }

    /// How far the change has got, in the provider's words.
    pub fn progress(&self) -> Option<&str> {
        let last = self.last.as_ref()?;
        let seen = last.aside.iter().chain(&last.observed);
        seen.filter_map(|observed| observed.observation.progress.as_deref()).next()
    }

    /// How many looks there were.
    pub fn looks(&self) -> u32 {
        self.looks
    }

    /// How to see the state where the API does not show it, step by step.
    pub fn see(&self) -> &[String] {
        self.current().map(|stage| stage.see.as_slice()).unwrap_or_default()
    }

    /// The values with which it looks, such as the id of its task: an item of a list that has one of them is of this change.
    pub fn values(&self) -> Vec<String> {
        let looks = self.stages.iter().map(|stage| &stage.look);
        let values = looks.flat_map(|look| &look.parameters);
        values.filter_map(|(_, value)| resolve::constant(value)).map(plain_text).collect()
    }
}
