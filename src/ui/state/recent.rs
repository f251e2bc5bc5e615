//! The instances of the last calls, to be offered again. They are no secrets; a deployment can switch this off.

use super::site::Site;
use crate::catalog::Operation;
use crate::ui::platform::storage;
use indexmap::IndexMap;
use leptos::prelude::*;

const STORED: &str = "recent-instances";
/// Instances of one field that are remembered.
const MOST: usize = 10;

#[derive(Clone, Copy)]
pub(crate) struct Recent {
    site: Site,
    /// By provider, field, and whether the calls were simulated: an instance of the sandbox must not be offered for a call
    /// that leaves the page.
    instances: RwSignal<IndexMap<String, Vec<String>>>,
}

impl Recent {
    pub(super) fn new(site: Site) -> Self {
        let stored = storage::remembered(STORED).and_then(|text| serde_json::from_str(&text).ok());
        Self { site, instances: RwSignal::new(stored.unwrap_or_default()) }
    }

    fn is_on(self) -> bool {
        self.site.config.with(|config| config.recent_instances)
    }

    /// Remembers the instance of a call that was sent.
    pub(crate) fn remember(self, operation: &Operation, instance: &str, simulated: bool) {
        let Some(key) = key(operation, simulated).filter(|_| !instance.is_empty()) else { return };
        if !untrack(|| self.is_on()) {
            return storage::forget(STORED);
        }
        self.instances.update(|all| {
            let own = all.entry(key).or_default();
            own.retain(|known| known != instance);
            own.insert(0, instance.to_owned());
            own.truncate(MOST);
        });
        let text = self.instances.with_untracked(|all| serde_json::to_string(all).unwrap_or_default());
        storage::remember(STORED, &text);
    }

    /// The instances to offer for an operation, the last one first.
    pub(crate) fn instances(self, operation: &Operation, simulated: bool) -> Vec<String> {
        let key = key(operation, simulated).filter(|_| self.is_on());
        key.and_then(|key| self.instances.with(|all| all.get(&key).cloned())).unwrap_or_default()
    }
}

/// `None`: the description names no field that says which thing is affected.
fn key(operation: &Operation, simulated: bool) -> Option<String> {
    let subject = operation.impact.as_ref()?.subject.as_ref()?;
    let place = if simulated { "sandbox" } else { "cloud" };
    Some(format!("{place}/{}/{subject}", operation.provider))
}
