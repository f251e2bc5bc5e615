//! What the page of fleets needs. Few visitors open it, so it is made then, and kept as long as the other stores.

use super::Stores;
use super::fleet::FleetStore;
use super::fleet_choice::FleetChoice;
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub(crate) struct Fleets {
    /// Owns both, as it does all stores.
    owner: StoredValue<Owner>,
    opened: RwSignal<Option<(FleetStore, FleetChoice)>>,
    /// What the bar of the simulation says while the page of a fleet that really sends is on the screen.
    pub(crate) really_sent: RwSignal<Option<String>>,
}

impl Fleets {
    pub(super) fn new() -> Self {
        Self {
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
            opened: RwSignal::new(None),
            really_sent: RwSignal::new(None),
        }
    }

    /// The fleet of this page. `None`: nobody has opened the page of fleets.
    pub(crate) fn fleet(self) -> Option<FleetStore> {
        self.opened.get().map(|(fleet, _)| fleet)
    }
}

impl Stores {
    /// For the code of the page of fleets. All other code asks [`Fleets::fleet`].
    pub(crate) fn fleet(self) -> FleetStore {
        self.open_fleets().0
    }

    /// The same for what is chosen there.
    pub(crate) fn fleet_choice(self) -> FleetChoice {
        self.open_fleets().1
    }

    fn open_fleets(self) -> (FleetStore, FleetChoice) {
        let Fleets { owner, opened, .. } = self.fleets;
        if let Some(both) = opened.get_untracked() {
            return both;
        }
        let make = |owner: &Owner| owner.with(|| (FleetStore::new(self.settings, self.follows), FleetChoice::new()));
        let both = owner.with_value(make);
        opened.set(Some(both));
        both
    }
}
