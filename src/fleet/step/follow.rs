//! What was sent is followed to its end, with the machine of [`crate::follow`].

use super::{Answer, Step};
use crate::back_off;
use crate::fleet::lane::Nudge;
use crate::fleet::memory::Sending;
use crate::fleet::{Due, Effect, Fleet, FleetStage, RowEnd, RowId, RowState, SendResult};
use crate::follow::{self, End, Event, EventKind, Follow, LookRequest, LookResult, Need, Refusal};
use time::{Duration, OffsetDateTime};

/// So often a call is repeated because nobody knows whether it was carried out.
pub(super) const MOST_REPEATS: u32 = 8;
/// The pause before the first of them, in seconds; then it doubles so many times: a pause is shorter than
/// [`super::send::LOOK_LASTS`].
const FIRST_PAUSE: u64 = 2;
const MOST_DOUBLINGS: u32 = 4;
/// So much of a look after a conflict counts as waiting, whatever stopped it meanwhile.
const LONGEST_LOOK: Duration = Duration::minutes(5);

impl Nudge {
    pub(super) fn event(self) -> EventKind {
        match self {
            Self::Opened => EventKind::Opened,
            Self::Time => EventKind::Time,
            Self::LookNow => EventKind::LookNow,
            Self::CredentialReady => EventKind::CredentialReady,
        }
    }
}

impl Fleet {
    /// A row that was sent is followed from now on.
    pub(super) fn follow(&mut self, step: &mut Step, id: RowId, follow: Box<Follow>) {
        self.set(step, id, RowState::Following(follow));
        self.know(id);
        self.followed(step, id);
    }

    /// Where a follow goes next: to its end, to a look, to the question for a credential.
    pub(super) fn followed(&mut self, step: &mut Step, id: RowId) {
        let Some(RowState::Following(follow)) = self.rows.get(&id).map(|row| &row.state) else { return };
        if let Some(end) = follow.end().cloned() {
            self.follow_ended(step, id, end);
        } else if follow.need() == Some(Need::Credential) {
            let profile = self.profile(id);
            self.need(step, profile);
            self.memory.in_need.entry(profile).or_default().insert(id);
            // Rows of other profiles take its place meanwhile.
            if let Some(lane) = self.lane_mut(id) {
                lane.held.insert(id);
                lane.ramp.take_back(id);
            }
        } else if let Some(next) = follow.next_look() {
            self.schedule(id, next, Nudge::Time);
        }
    }

    pub(super) fn schedule(&mut self, id: RowId, at: OffsetDateTime, nudge: Nudge) {
        if let Some(lane) = self.lane_mut(id) {
            lane.looks.insert((at, id), nudge);
        }
    }

    /// Lets the follow of a row know of something. Gives the call that it wants to make.
    pub(super) fn feed(&mut self, step: &mut Step, id: RowId, kind: EventKind) -> Option<LookRequest> {
        let random = step.random();
        let is_recovering = self.rows.get(&id)?.follow().is_some_and(Follow::is_recovering);
        let known = if is_recovering { self.known(id) } else { Vec::new() };
        let row = self.rows.get_mut(&id)?;
        let mut follow = match std::mem::replace(&mut row.state, RowState::New) {
            RowState::Following(follow) => follow,
            other => {
                row.state = other;
                return None;
            }
        };
        if is_recovering {
            follow.tell_apart(known);
        }
        let is_answer = matches!(kind, EventKind::Answer { .. });
        let (follow, effects) = follow.step(Event { now: step.now, random, kind });
        let latest = follow.last_look().and_then(|look| look.observed.as_ref());
        if let Some(observed) = latest.filter(|observed| is_answer && observed.at == step.now) {
            row.note_look(&observed.observation.evidence);
        }
        row.state = RowState::Following(Box::new(follow));
        let mut request = None;
        for effect in effects {
            match effect {
                follow::Effect::Look(look) => request = Some(look),
                follow::Effect::Keep => {
                    step.rows.insert(id);
                }
                // The lanes have one timer for all, and the fleet asks once for each profile.
                follow::Effect::WakeAt(_) | follow::Effect::NeedCredential | follow::Effect::Notify => {}
            }
        }
        if request.is_none() {
            self.followed(step, id);
        }
        request
    }

    /// A look is over.
    pub(super) fn looked(&mut self, step: &mut Step, id: RowId, look: u32, answer: Answer, result: LookResult) {
        let result = match result {
            LookResult::NeedsCredential if self.is_denied(id, &answer) => {
                let Answer { code, status, .. } = answer;
                let status = status.unwrap_or_default();
                LookResult::Refused(Refusal { code, status, ..Refusal::default() })
            }
            LookResult::NeedsCredential | LookResult::NoCredential => result,
            result => {
                self.memory.denied.remove(&id);
                result
            }
        };
        let limit = self.limits(id).rate;
        let random = step.random();
        if let Some(lane) = self.lane_mut(id) {
            match &result {
                LookResult::Refused(refusal) if refusal.temporary && refusal.status < 500 => {
                    lane.rate.throttled(step.now, limit, refusal.retry_after, random);
                }
                LookResult::NoAnswer { retry_after: Some(wait) } => {
                    lane.rate.throttled(step.now, limit, Some(wait.as_secs()), random);
                }
                LookResult::Body(_) => lane.rate.went_well(limit),
                _ => {}
            }
        }
        let is_asked = self
            .rows
            .get(&id)
            .and_then(|row| row.follow())
            .is_some_and(|follow| follow.is_looking() && follow.looks() == look);
        if is_asked {
            self.feed(step, id, EventKind::Answer { look, result });
        }
    }

    /// The page knows how to find out what became of a call.
    pub(super) fn recovering(&mut self, step: &mut Step, id: RowId, result: SendResult) {
        let sending = self.memory.sending.get(&id).copied();
        if !matches!(sending, Some(Sending::Recovering | Sending::LookingAgain)) {
            return;
        }
        // Nothing else can come of it: the row stays where it is, and is looked at when the page is opened again.
        if let SendResult::Uncertain(follow) = result {
            self.memory.sending.remove(&id);
            let Some(row) = self.rows.get_mut(&id) else { return };
            row.doubt.get_or_insert(follow.started());
            let follow = if row.conflict.is_some() { Box::new(follow.after_conflict()) } else { follow };
            let follow = if sending == Some(Sending::LookingAgain) { Box::new(follow.once()) } else { follow };
            self.follow(step, id, self.sent_at(id, follow));
        }
    }

    /// The values of tasks of other rows, and of other calls of this row: they are not the one that is looked for.
    fn known(&self, id: RowId) -> Vec<String> {
        let Some(row) = self.rows.get(&id) else { return Vec::new() };
        let others = self.siblings(row).flat_map(|other| {
            let values = other.follow().map(Follow::values).unwrap_or_default();
            other.known.iter().cloned().chain(values)
        });
        row.known.iter().cloned().chain(others).collect()
    }

    /// The values by which the task of this call is known: a later call of the row has another one.
    fn know(&mut self, id: RowId) {
        let Some(row) = self.rows.get_mut(&id) else { return };
        let values = row.follow().filter(|follow| !follow.is_recovering()).map(Follow::values).unwrap_or_default();
        for value in values {
            if !row.known.contains(&value) {
                row.known.push(value);
            }
        }
    }

    fn follow_ended(&mut self, step: &mut Step, id: RowId, end: End) {
        self.know(id);
        let Some(row) = self.rows.get_mut(&id) else { return };
        let refusal = row.refusal.take();
        let RowState::Following(follow) = &row.state else { return };
        step.effects.push(Effect::Ended(follow.clone()));
        // A call that the API recognises can be repeated although nobody knows: the same token is sent again. Any other one
        // only if it is known that it was not carried out, for what nobody has seen may still appear.
        let is_open = match end {
            End::NotCarriedOut => true,
            End::NotSeen(_) => follow.has_token(),
            End::Unknown(_) => follow.has_token() && follow.is_recovering(),
            End::Verified | End::Completed | End::Failed(_) => false,
        };
        let is_refused = refusal.is_some();
        let may_repeat = is_open && !is_refused && follow.may_repeat() && row.repeats < MOST_REPEATS;
        if may_repeat && self.head.stage != FleetStage::Stopped {
            row.looked = Some(step.now);
            // The look may have taken longer than the pause that the refusal asks for.
            if let Some(Due(due)) = row.conflict {
                row.wait((step.now - due).clamp(Duration::ZERO, LONGEST_LOOK));
                let due = step.now.max(due);
                // What was waited until now is counted.
                row.conflict = Some(Due(due));
                self.wait(step, id, due);
                return;
            }
            let pause = FIRST_PAUSE << row.repeats.min(MOST_DOUBLINGS);
            row.repeats += 1;
            let pause = back_off::pause(pause, None, step.random());
            self.wait(step, id, step.now.saturating_add(pause));
            return;
        }
        let is_known = matches!(end, End::Verified | End::Completed | End::Failed(_)) || follow.was_recovered();
        let end = match (refusal, &end) {
            (Some(refusal), End::NotCarriedOut | End::NotSeen(_)) => refusal,
            _ => RowEnd::Followed { end, follow: follow.clone() },
        };
        if is_known {
            self.settled(id);
        }
        self.over(step, id, end);
    }
}
