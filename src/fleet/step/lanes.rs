//! Two fleets share no limits: a lane belongs to the fleet that came first, for as long as something is left to do in it.

use super::Step;
use crate::fleet::lane::{Hold, Lane};
use crate::fleet::{Effect, Fleet, LaneKey};

impl Fleet {
    /// An answer to [`Effect::HoldLane`].
    pub(super) fn lane_answered(&mut self, key: &LaneKey, is_own: bool) {
        let Some(lane) = self.memory.lanes.get_mut(key) else { return };
        match lane.hold {
            Hold::Asked | Hold::Elsewhere => lane.hold = if is_own { Hold::Own } else { Hold::Elsewhere },
            // It was let go meanwhile.
            Hold::None | Hold::Own => {}
        }
    }

    /// Asks for the lanes in which rows are to begin, and lets those go that need no limits any more. What is under way keeps its
    /// lane while the run pauses.
    pub(super) fn hold_lanes(&mut self, step: &mut Step) {
        let is_running = self.is_running();
        for (key, lane) in &mut self.memory.lanes {
            let is_wanted = is_running && has_more(lane);
            let is_kept = is_wanted || lane.counts.under_way != 0;
            match lane.hold {
                Hold::None if is_wanted => {
                    lane.hold = Hold::Asked;
                    step.effects.push(Effect::HoldLane(key.clone()));
                }
                Hold::Asked | Hold::Elsewhere if !is_wanted => lane.let_go(step, key),
                Hold::Own if !is_kept => lane.let_go(step, key),
                _ => {}
            }
        }
    }
}

/// Whether something is left to do for a run in it.
fn has_more(lane: &Lane) -> bool {
    lane.counts.waiting + lane.counts.under_way != 0
}

impl Lane {
    fn let_go(&mut self, step: &mut Step, key: &LaneKey) {
        self.hold = Hold::None;
        step.effects.push(Effect::ReleaseLane(key.clone()));
    }
}
