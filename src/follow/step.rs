//! The state machine: [`Follow::step`].
//!
//! ```text
//!            ┌──────────── running, nothing to see, refused ────────────┐
//!            ▼                                                          │
//!  Opened ▶ Waiting ──time, LookNow──▶ Looking ──answer──▶ judged ──────┤
//!            ▲  │                        │                              ├──▶ next stage ▶ Waiting
//!            │  └──Cancel──▶ Paused ◀────┤                              │
//!            │                 │         └──▶ NeedsCredential           └──▶ Over
//!            └──Resume, CredentialReady─────────────┘
//! ```

use super::effect::{Effect, Event, EventKind, LookRequest};
use super::judge::{self, After, Match, Observation, Seen, find, judge_stage};
use super::{ClockSkew, End, Follow, LastLook, LookBody, LookResult, Need, Observed, Refusal, Status, Why, resolve};
use crate::back_off;
use crate::catalog::follow::{Repeat, Verdict};
use serde_json::Value;
use time::{Duration, OffsetDateTime};

/// The longest pause that grows, after refusals or while nothing changes, in seconds, unless the description has a longer interval.
const LONGEST_PAUSE: u32 = 60;
/// So many looks in a row that nobody answers are enough once the time is over.
const MOST_OVERTIME: u32 = 5;
/// So many refusals in a row that are not temporary are enough.
const MOST_REFUSED: u32 = 3;
/// A failure is looked at once more, after so many seconds.
const SECOND_OPINION: u32 = 5;

impl Follow {
    /// What becomes of it by an event, and what is to be done.
    #[must_use]
    pub fn step(mut self, event: Event) -> (Self, Vec<Effect>) {
        let Event { now, random, kind } = event;
        let was_over = self.end().is_some();
        let mut effects = match kind {
            EventKind::Opened => self.opened(now),
            EventKind::Time => self.time(now),
            EventKind::Answer { look, result } if self.is_looking() && look == self.looks => {
                self.answered(now, random, result);
                self.wait()
            }
            EventKind::LookNow if self.can_look() => {
                if was_over || self.status == Status::Paused {
                    self.extend(now);
                }
                self.begin_look(now)
            }
            EventKind::Resume if self.status == Status::Paused => {
                self.extend(now);
                self.begin_look(now)
            }
            EventKind::CredentialReady if self.need() == Some(Need::Credential) => {
                self.extend(now);
                self.begin_look(now)
            }
            EventKind::Cancel if self.end().is_none() => {
                self.status = Status::Paused;
                vec![Effect::Keep]
            }
            // A late answer, or a click on what is over.
            _ => return (self, Vec::new()),
        };
        if self.end().is_some() && !was_over {
            effects.push(Effect::Notify);
        }
        (self, effects)
    }

    fn opened(&mut self, now: OffsetDateTime) -> Vec<Effect> {
        if self.is_looking() {
            self.status = Status::Waiting(now);
        }
        // The page that sent the call may have been left long ago, and nobody has looked since.
        if self.is_recovering() && self.looks == 0 && matches!(self.status, Status::Waiting(_)) {
            self.begin_stage(now);
        }
        match self.status {
            Status::NeedsCredential | Status::NoCredential => vec![Effect::Keep, Effect::NeedCredential],
            Status::Over(_) | Status::Paused => vec![Effect::Keep],
            _ => self.time(now),
        }
    }

    fn time(&mut self, now: OffsetDateTime) -> Vec<Effect> {
        match self.status {
            // A clock that was set back must not make anybody wait for the time that it was before.
            Status::Waiting(next) if next <= now || self.looked > now => self.begin_look(now),
            Status::Waiting(_) => self.wait(),
            _ => Vec::new(),
        }
    }

    /// What to do after an answer.
    fn wait(&self) -> Vec<Effect> {
        match self.status {
            Status::Waiting(next) => vec![Effect::Keep, Effect::WakeAt(next)],
            Status::NeedsCredential | Status::NoCredential => vec![Effect::Keep, Effect::NeedCredential],
            _ => vec![Effect::Keep],
        }
    }

    /// Whether a look on demand makes sense.
    fn can_look(&self) -> bool {
        let is_open = match self.end() {
            None => true,
            Some(End::NotSeen(_)) => true,
            Some(End::Unknown(why)) => !matches!(why, Why::MissingValue(_) | Why::NotDescribed),
            Some(_) => false,
        };
        is_open && !self.is_looking()
    }

    /// Who asks for more looks gets them, although the time may be over.
    fn extend(&mut self, now: OffsetDateTime) {
        let limit = self.timing().map_or(0, |timing| timing.limit);
        self.deadline = self.deadline.max(now + Duration::seconds(limit.into()));
        (self.unanswered, self.refused, self.overtime) = (0, 0, 0);
    }

    /// The call that the next look makes.
    pub fn next_request(&self) -> Option<LookRequest> {
        let look = self.look()?;
        let value = |(name, value): &(String, _)| Some((name.clone(), resolve::constant(value)?.clone()));
        let parameters = look.parameters.iter().filter_map(value).collect();
        Some(LookRequest { number: self.looks.saturating_add(1), operation: look.operation.clone(), parameters })
    }

    fn begin_look(&mut self, now: OffsetDateTime) -> Vec<Effect> {
        let Some(request) = self.next_request() else {
            // No stage is left: that is never waited for.
            self.status = Status::Over(End::Unknown(Why::NotDescribed));
            return vec![Effect::Keep];
        };
        self.looks = request.number;
        self.looked = now;
        self.status = Status::Looking;
        vec![Effect::Keep, Effect::Look(request)]
    }

    fn answered(&mut self, now: OffsetDateTime, random: u32, result: LookResult) {
        match result {
            LookResult::Body(body) => self.saw(now, &body),
            LookResult::Refused(refusal) if self.look().is_some_and(|look| look.absent.contains(&refusal.code)) => {
                self.observed(now, Observation::absent(), &Value::Null);
            }
            LookResult::Refused(refusal) => self.was_refused(now, random, refusal),
            LookResult::NoAnswer { retry_after } => {
                self.saw_nothing(now, None);
                self.back_off(now, random, retry_after.map(|wait| wait.as_secs()), Why::NoAnswer);
            }
            LookResult::NeedsCredential => self.status = Status::NeedsCredential,
            LookResult::NoCredential => {
                // What was not sent is no look.
                self.looks = self.looks.saturating_sub(1);
                self.status = Status::NoCredential;
            }
            LookResult::NotOffered => self.status = Status::Over(End::Unknown(Why::NotOffered)),
        }
    }

    fn was_refused(&mut self, now: OffsetDateTime, random: u32, refusal: Refusal) {
        self.refused = if refusal.temporary { 0 } else { self.refused.saturating_add(1) };
        self.saw_nothing(now, Some(refusal.clone()));
        if self.refused >= MOST_REFUSED {
            self.status = Status::Over(End::Unknown(Why::Refused(refusal)));
        } else {
            self.back_off(now, random, refusal.retry_after, Why::Refused(refusal));
        }
    }

    /// What was seen before is the latest that is known.
    fn saw_nothing(&mut self, now: OffsetDateTime, refusal: Option<Refusal>) {
        let observed = self.last.take().and_then(|last| last.observed);
        self.last = Some(LastLook { at: now, refusal, observed });
    }

    /// Waits longer each time. `why` counts if that was the last look.
    fn back_off(&mut self, now: OffsetDateTime, random: u32, retry_after: Option<u64>, why: Why) {
        if self.looked >= self.deadline {
            self.overtime = self.overtime.saturating_add(1);
        }
        if self.overtime >= MOST_OVERTIME {
            self.status = Status::Over(End::Unknown(why));
            return;
        }
        let interval = self.interval();
        let doubled = interval.saturating_mul(1_u32.checked_shl(self.unanswered).unwrap_or(u32::MAX));
        let pause = u64::from(doubled.min(LONGEST_PAUSE.max(interval)));
        self.unanswered = self.unanswered.saturating_add(1);
        self.wait_for(now, back_off::pause(pause, retry_after, random));
    }

    fn interval(&self) -> u32 {
        self.timing().map_or(LONGEST_PAUSE, |timing| timing.interval)
    }

    /// The pause after an observation. It grows by half while nothing changes, but not beyond the deadline, and not while a call
    /// whose answer was lost is looked for: that takes little time, and a person waits for it. After a refusal it takes longer.
    fn pause(&self, now: OffsetDateTime) -> Duration {
        let interval = self.interval();
        let longest = u64::from(LONGEST_PAUSE.max(interval));
        let steps = if self.is_recovering() && !self.conflict { 0 } else { self.unchanged };
        let grown = (0..steps).try_fold(u64::from(interval), |pause, _| {
            if pause >= longest { Err(longest) } else { Ok(pause + pause.div_ceil(2)) }
        });
        let grown = grown.unwrap_or_else(|longest| longest).min(longest);
        let left = u64::try_from((self.deadline - now).whole_seconds()).unwrap_or_default();
        Duration::seconds(i64::try_from(grown.min(left).max(interval.into())).unwrap_or_default())
    }

    fn wait_for(&mut self, now: OffsetDateTime, pause: Duration) {
        self.status = Status::Waiting(now.saturating_add(pause));
    }

    fn saw(&mut self, now: OffsetDateTime, LookBody { value: body, clock_skew }: &LookBody) {
        // Where the call had no answer of the provider, the look's own answer tells the time there.
        let calls = if self.sent.is_empty() { std::slice::from_ref(&self.started) } else { self.sent.as_slice() };
        let (sent, last) =
            calls.first().zip(calls.last()).map_or((self.started, self.started), |(&one, &other)| (one, other));
        let (refused, skew) = (self.conflict.then_some(calls), self.skew.map(ClockSkew::exactly).or(*clock_skew));
        if let Some(recovery) = &self.recovery {
            let after = After { sent, last, refused, skew, ids: &recovery.with, known: &recovery.known };
            match find(&recovery.look, body, Some(after)) {
                Match::This(item) => self.observed(now, judge::observe(&recovery.look, item), item),
                Match::Absent => self.observed(now, Observation::absent(), &Value::Null),
                Match::Unclear => self.observed(now, Observation::unclear(), &Value::Null),
            }
        } else if let Some(stage) = self.current() {
            let after = After { sent, last, refused: None, skew, ids: &[], known: &[] };
            self.observed(now, judge_stage(stage, body, after), &Value::Null);
        }
    }

    /// `item`: what a recovering look is about.
    fn observed(&mut self, now: OffsetDateTime, observation: Observation, item: &Value) {
        let seen = observation.seen;
        let reason = observation.reason.clone();
        let before = self.last.take().and_then(|last| last.observed);
        let is_same = before.is_some_and(|before| before.observation == observation);
        self.unchanged = if is_same { self.unchanged.saturating_add(1) } else { 0 };
        self.last = Some(LastLook { at: now, refusal: None, observed: Some(Observed { at: now, observation }) });
        (self.unanswered, self.refused, self.overtime) = (0, 0, 0);
        let was_failing = std::mem::take(&mut self.failing);
        let has_seen_nothing = seen == Seen::Absent && !self.was_seen;
        self.was_seen |= seen != Seen::Absent;
        match seen {
            Seen::Says(Verdict::CarriedOut) => self.carried_out(now, item),
            Seen::Says(Verdict::NotCarriedOut) => self.status = Status::Over(End::NotCarriedOut),
            Seen::Says(Verdict::Done) => self.done(now),
            Seen::Says(Verdict::Failed) if was_failing => self.status = Status::Over(End::Failed(reason)),
            Seen::Says(Verdict::Failed) => {
                self.failing = true;
                self.wait_for(now, Duration::seconds(self.interval().min(SECOND_OPINION).into()));
            }
            // The last look is one that begins after the deadline: a computer that slept gets it too.
            _ if self.looked < self.deadline => self.wait_for(now, self.pause(now)),
            Seen::Absent if self.is_recovering() && self.conflict => self.status = Status::Over(End::NotCarriedOut),
            Seen::Absent if self.is_recovering() && self.repeat == Some(Repeat::WhenAbsent) => {
                let waited = (now - self.started).whole_seconds();
                self.status = Status::Over(End::NotSeen(u32::try_from(waited).unwrap_or_default()));
            }
            _ if has_seen_nothing => self.status = Status::Over(End::Unknown(Why::NeverSeen)),
            _ if self.is_recovering() => self.status = Status::Over(End::Unknown(Why::Unclear)),
            _ => self.status = Status::Over(End::Unknown(Why::Limit)),
        }
    }

    fn carried_out(&mut self, now: OffsetDateTime, item: &Value) {
        let Some(recovery) = self.recovery.take() else { return };
        self.recovered = true;
        match resolve::recovered(&self.stages, &recovery.with, item) {
            Ok(stages) if stages.is_empty() => self.status = Status::Over(End::Completed),
            Ok(stages) => {
                self.stages = stages;
                self.begin_stage(now);
            }
            Err(missing) => self.status = Status::Over(End::Unknown(Why::MissingValue(missing))),
        }
    }

    fn done(&mut self, now: OffsetDateTime) {
        let proof = self.current().is_some_and(|stage| stage.proof);
        if self.stage.saturating_add(1) < self.stages.len() {
            self.stage += 1;
            self.begin_stage(now);
        } else {
            self.status = Status::Over(if proof { End::Verified } else { End::Completed });
        }
    }
}
