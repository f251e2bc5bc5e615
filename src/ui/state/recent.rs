//! The instances, projects and other ids of the last calls, to be offered again. They are no secrets; a deployment can switch
//! this off.

use super::site::Site;
use crate::call::Exchange;
use crate::catalog::{Field, Location, Operation};
use crate::form::{FieldPath, is_secret};
use crate::outcome::Expression;
use crate::ui::platform::storage;
use indexmap::IndexMap;
use leptos::prelude::*;

const STORED: &str = "recent-instances";
/// Ids of one field that are remembered.
const MOST: usize = 10;

#[derive(Clone, Copy)]
pub(crate) struct Recent {
    site: Site,
    /// By provider, field, and whether the calls were simulated: an id of the sandbox must not be offered for a call that
    /// leaves the page.
    ids: RwSignal<IndexMap<String, Vec<String>>>,
}

impl Recent {
    pub(super) fn new(site: Site) -> Self {
        let stored = storage::remembered(STORED).and_then(|text| serde_json::from_str(&text).ok());
        Self { site, ids: RwSignal::new(stored.unwrap_or_default()) }
    }

    fn is_on(self) -> bool {
        self.site.config.with(|config| config.recent_instances)
    }

    /// Remembers the ids of a call that was sent.
    pub(crate) fn remember(self, exchange: &Exchange) {
        if !untrack(|| self.is_on()) {
            return storage::forget(STORED);
        }
        let (operation, request) = (&exchange.operation, &exchange.request);
        let in_path = operation.fields().into_iter().filter(|field| is_id(field));
        let ids = in_path.filter_map(|field| {
            let key = key(operation, &field.name, request.address.is_none());
            let id = request.sent_value(&operation.path, Expression::Request(Location::Path.name(), &field.name))?;
            (!id.is_empty()).then_some((key, id))
        });
        let ids: Vec<(String, String)> = ids.collect();
        if ids.is_empty() {
            return;
        }
        self.ids.update(|all| {
            for (key, id) in ids {
                let own = all.entry(key).or_default();
                own.retain(|known| *known != id);
                own.insert(0, id);
                own.truncate(MOST);
            }
        });
        let text = self.ids.with_untracked(|all| serde_json::to_string(all).unwrap_or_default());
        storage::remember(STORED, &text);
    }

    /// The ids to offer in a field, the last one first.
    pub(crate) fn ids(self, operation: &Operation, field: &str, simulated: bool) -> Vec<String> {
        if !self.is_on() {
            return Vec::new();
        }
        self.ids.with(|all| all.get(&key(operation, field, simulated)).cloned()).unwrap_or_default()
    }
}

/// Whether what stands in the field names a thing: it is part of the path, and no secret.
pub(crate) fn is_id(field: &Field) -> bool {
    field.location == Location::Path && !is_secret(&FieldPath::of(field), &field.schema)
}

fn key(operation: &Operation, field: &str, simulated: bool) -> String {
    let place = if simulated { "sandbox" } else { "cloud" };
    format!("{place}/{}/{field}", operation.provider)
}
