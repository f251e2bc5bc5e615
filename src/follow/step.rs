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
use super::judge::{self, After, Match, Observation, Seen, find, judge_change};
use super::{
    Aside, ClockSkew, End, Follow, LastLook, LookBody, LookResult, Need, Observed, Refusal, Status, Why, resolve,
};
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
/// A failure is looked at once more after so many seconds, and what a look does not show is looked for besides.
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
                self.saw_nothing(now, None, true);
                let retry_after = retry_after.map(|wait| wait.as_secs());
                match self.aside() {
                    Some(_) => self.leave_aside(now, random, retry_after, Aside::No),
                    None => self.back_off(now, random, retry_after, Why::NoAnswer),
                }
            }
            LookResult::NeedsCredential => {
                self.saw_nothing(now, None, false);
                self.status = Status::NeedsCredential;
            }
            LookResult::NoCredential => {
                // What was not sent is no look.
                self.looks = self.looks.saturating_sub(1);
                self.looked = self.looked.min(self.last.as_ref().map_or(self.started, |last| last.at));
                self.status = Status::NoCredential;
            }
            LookResult::NotOffered if self.aside().is_some() => self.leave_aside(now, random, None, Aside::Never),
            LookResult::NotOffered => {
                self.saw_nothing(now, None, false);
                self.status = Status::Over(End::Unknown(Why::NotOffered));
            }
        }
    }

    fn was_refused(&mut self, now: OffsetDateTime, random: u32, refusal: Refusal) {
        if self.aside().is_some() {
            let aside = if refusal.temporary { Aside::No } else { Aside::Never };
            let retry_after = refusal.retry_after;
            self.saw_nothing(now, Some(refusal), false);
            return self.leave_aside(now, random, retry_after, aside);
        }
        self.refused = if refusal.temporary { 0 } else { self.refused.saturating_add(1) };
        self.saw_nothing(now, Some(refusal.clone()), false);
        if self.refused >= MOST_REFUSED {
            self.status = Status::Over(End::Unknown(Why::Refused(refusal)));
        } else {
            self.back_off(now, random, refusal.retry_after, Why::Refused(refusal));
        }
    }

    /// The look besides that of the stage brought nothing: the stage's own comes next.
    fn leave_aside(&mut self, now: OffsetDateTime, random: u32, retry_after: Option<u64>, aside: Aside) {
        self.aside = aside;
        if self.looked < self.deadline {
            let pause = self.pause(now).whole_seconds().unsigned_abs();
            self.wait_for(now, back_off::pause(pause, retry_after, random));
        } else if aside == Aside::No && self.overtime.saturating_add(1) < MOST_OVERTIME {
            // The last look is made again, as that of the stage would be: it alone may know of a failure.
            self.aside = Aside::Next;
            self.back_off(now, random, retry_after, Why::Limit);
        } else {
            self.give_up(now);
        }
    }

    /// What was seen before is the latest that is known.
    fn saw_nothing(&mut self, now: OffsetDateTime, refusal: Option<Refusal>, is_unanswered: bool) {
        let (observed, aside) = self.last.take().map_or((None, None), |last| (last.observed, last.aside));
        self.last = Some(LastLook { at: now, refusal, is_unanswered, observed, aside });
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
            let observation = match self.aside() {
                // Without a common clock, a list may show the failure of an earlier call as that of this one.
                Some(_) if skew.is_none() => Observation::unclear(),
                Some(aside) => judge_change(&aside.look, [&aside.progress, &aside.reason], body, after),
                None => judge_change(&stage.look, [&stage.progress, &stage.reason], body, after),
            };
            self.observed(now, observation, &Value::Null);
        }
    }

    /// `item`: what a recovering look is about.
    fn observed(&mut self, now: OffsetDateTime, observation: Observation, item: &Value) {
        let seen = observation.seen;
        let reason = observation.reason.clone();
        let is_aside = self.aside().is_some();
        self.was_seen |= self.shows_change(&observation);
        self.remember(now, observation, is_aside);
        (self.unanswered, self.refused, self.overtime) = (0, 0, 0);
        let was_failing = std::mem::take(&mut self.failing);
        let soon = Duration::seconds(self.interval().min(SECOND_OPINION).into());
        if is_aside {
            self.aside = Aside::No;
        }
        match seen {
            Seen::Says(Verdict::CarriedOut) => self.carried_out(now, item),
            Seen::Says(Verdict::NotCarriedOut) => self.status = Status::Over(End::NotCarriedOut),
            // Of a thing's own state, nothing else is a proof.
            Seen::Says(Verdict::Done) if !is_aside => self.done(now),
            Seen::Says(Verdict::Failed) if was_failing => self.status = Status::Over(End::Failed(reason)),
            Seen::Says(Verdict::Failed) => {
                self.failing = true;
                if is_aside {
                    self.aside = Aside::Next;
                }
                self.wait_for(now, soon);
            }
            Seen::Absent | Seen::Unclear if !is_aside && self.can_look_aside() => {
                self.aside = Aside::Next;
                self.wait_for(now, soon);
            }
            // The last look is one that begins after the deadline: a computer that slept gets it too.
            _ if self.looked < self.deadline => self.wait_for(now, self.pause(now)),
            _ => self.give_up(now),
        }
    }

    /// Notes what a look showed. What was seen besides is of interest as long as the thing itself does not tell.
    fn remember(&mut self, now: OffsetDateTime, observation: Observation, is_aside: bool) {
        let (before, aside) = self.last.take().map_or((None, None), |last| (last.observed, last.aside));
        let aside = aside.filter(|_| !matches!(observation.seen, Seen::Says(_)));
        let is_same = before.as_ref().is_some_and(|before| before.observation == observation);
        let seen = Some(Observed { at: now, observation });
        let (observed, aside) = if is_aside { (before, seen) } else { (seen, aside) };
        if !is_aside {
            self.unchanged = if is_same { self.unchanged.saturating_add(1) } else { 0 };
        }
        self.last = Some(LastLook { at: now, refusal: None, is_unanswered: false, observed, aside });
    }

    /// Nobody can say any more what became of it.
    fn give_up(&mut self, now: OffsetDateTime) {
        let observed = self.last.as_ref().and_then(|last| last.observed.as_ref());
        let seen = observed.map_or(Seen::Absent, |observed| observed.observation.seen);
        let has_seen_nothing = seen == Seen::Absent && !self.was_seen;
        match seen {
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

    /// Whether another look may tell what that of the stage does not.
    fn can_look_aside(&self) -> bool {
        let has_other = self.current().is_some_and(|stage| stage.fallback.is_some());
        has_other && self.recovery.is_none() && self.aside != Aside::Never
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
