//! The APIs whose instances can be listed, by their descriptions alone.

use crate::catalog::{Field, Lookup, Operation};
use crate::ui::state::Stores;
use crate::ui::state::site::OperationKey;
use std::sync::Arc;

/// An API with a call that switches, whose instances another call lists.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ListableApi {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) provider: String,
    /// A call that switches: it knows the regions, and the fields that the list needs.
    pub(super) operation: Arc<Operation>,
    /// How its instances are listed.
    pub(super) lookup: Lookup,
    /// The fields that the list needs besides the region.
    pub(super) needed: Vec<Field>,
}

/// All of them that the deployment offers, in the order of the configuration.
pub(super) fn listable(stores: Stores) -> Vec<ListableApi> {
    stores
        .site
        .apis()
        .into_iter()
        .filter_map(|api| {
            api.operations.iter().filter(|entry| entry.is_switch).find_map(|entry| {
                let key = OperationKey { api: api.id.clone(), operation: entry.id.clone() };
                let operation = stores.site.operation(&key).filter(|operation| operation.is_mutating())?;
                let lookup = lookup_of(&operation, operation.impact.as_ref()?.subject.as_ref()?)?;
                let key = OperationKey { api: lookup.operation.0.clone(), operation: lookup.operation.1.clone() };
                stores.site.offers(&key).then(|| ListableApi {
                    id: api.id.clone(),
                    title: operation.api_title.clone(),
                    provider: operation.provider.clone(),
                    needed: needed(&operation, &lookup),
                    lookup,
                    operation: Arc::new(operation),
                })
            })
        })
        .collect()
}

/// Where the values of a field can be asked for.
pub(super) fn lookup_of(operation: &Operation, field: &str) -> Option<Lookup> {
    let field = operation.fields().into_iter().find(|other| other.name == field)?;
    Lookup::read(field.schema.lookup.as_ref()?).ok()
}

/// The fields of the form without which the list cannot be asked for.
fn needed(operation: &Operation, lookup: &Lookup) -> Vec<Field> {
    let missing = lookup.values_for("any", &|_| None, 0).err().unwrap_or_default();
    let fields = operation.fields().into_iter();
    fields.filter(|field| missing.contains(&field.name)).cloned().collect()
}
