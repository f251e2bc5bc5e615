//! The state machine: [`Fleet::step`].

use super::{Effect, Event, Fleet};

impl Fleet {
    /// What becomes of it by an event, and what is to be done.
    pub fn step(&mut self, _event: Event) -> Vec<Effect> {
        let _ = &self.lanes;
        Vec::new()
    }
}
