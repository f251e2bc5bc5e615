//! The acts that a fleet can carry out, found in the descriptions: every call that changes a named thing and has a short
//! name for that (`short` in `x-act`, `subject` in `x-impact`).

use crate::catalog::{Act, Api, Field, Kind, Operation, Server};
use serde_json::Value;
use std::sync::Arc;

/// One act of one operation.
#[derive(Debug, Clone, PartialEq)]
pub struct FleetAct {
    /// Tells it from the other acts: `api/operationId`, and the place of the act among those of the operation.
    pub id: String,
    /// The operation as the deployment offers it.
    pub operation: Arc<Operation>,
    /// The act in two or three words: "SSL on".
    pub short: String,
    /// The fields that make the act, and their values.
    pub values: Vec<(String, Value)>,
    /// The field that names the thing.
    pub subject: ActField,
    /// The fields that a row can fill besides, those that it has to fill first.
    pub fields: Vec<ActField>,
    /// Where it can be called, in the order of the description.
    pub regions: Vec<ActRegion>,
    /// Any other region can be typed: the description has a server whose region is free.
    pub takes_any_region: bool,
}

/// A field of an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActField {
    /// The API's own name.
    pub name: String,
    /// Its name for people; empty where the description has none.
    pub label: String,
    /// The call is refused without it.
    pub required: bool,
}

/// A region of an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActRegion {
    /// As the API knows it.
    pub region: String,
    /// As people know it.
    pub label: String,
}

impl FleetAct {
    pub fn api(&self) -> &str {
        &self.operation.api
    }

    pub fn provider(&self) -> &str {
        &self.operation.provider
    }

    /// Whether the deployment lets anybody send it.
    pub fn is_offered(&self) -> bool {
        !self.operation.is_withheld() && self.operation.policy.signing != crate::catalog::Signing::Nobody
    }

    /// The fields that every row has to fill, the subject and those that make the act left out.
    pub fn required(&self) -> impl Iterator<Item = &ActField> {
        self.fields.iter().filter(|field| field.required)
    }

    fn new(operation: &Arc<Operation>, index: usize, act: &Act) -> Option<Self> {
        let subject = operation.impact.as_ref()?.subject.as_deref()?;
        if act.short.is_empty() {
            return None;
        }
        let fields = operation.fields();
        let subject = fields.iter().find(|field| field.name == subject).filter(|field| is_plain(field))?;
        let is_free = |field: &&&Field| {
            is_plain(field) && field.name != subject.name && act.when.iter().all(|(name, _)| *name != field.name)
        };
        let free: Vec<ActField> = fields.iter().filter(is_free).map(|field| ActField::of(field)).collect();
        let (mut needed, more): (Vec<_>, Vec<_>) = free.into_iter().partition(|field| field.required);
        needed.extend(more);
        let listed = operation.servers.iter().filter(|server| is_listed(server));
        Some(Self {
            id: format!("{}/{}/{index}", operation.api, operation.id),
            short: act.short.clone(),
            values: act.when.clone(),
            subject: ActField::of(subject),
            fields: needed,
            regions: listed
                .map(|server| ActRegion { region: server.region.clone(), label: server.label.clone() })
                .collect(),
            takes_any_region: operation.servers.iter().any(|server| server.region.contains('{')),
            operation: Arc::clone(operation),
        })
    }
}

impl ActField {
    fn of(field: &Field) -> Self {
        Self { name: field.name.clone(), label: field.schema.label.clone(), required: field.required }
    }
}

fn is_listed(server: &Server) -> bool {
    !server.region.is_empty() && !server.region.contains('{')
}

/// Whether a cell of a table can hold it: no secret, no file, nothing that the console makes itself.
fn is_plain(field: &Field) -> bool {
    !matches!(field.schema.kind, Kind::Secret | Kind::File) && field.schema.generate.is_none()
}

/// All acts of the descriptions, in their order. `operation` gives an operation as the deployment offers it.
pub fn fleet_acts<'a>(
    apis: impl Iterator<Item = &'a Api>,
    operation: &dyn Fn(&Api, &str) -> Option<Operation>,
) -> Vec<FleetAct> {
    let mut acts = Vec::new();
    for api in apis {
        for entry in api.operations.iter().filter(|entry| entry.is_switch) {
            let Some(operation) = operation(api, &entry.id).filter(Operation::is_mutating) else { continue };
            let operation = Arc::new(operation);
            let own = operation.acts.iter().enumerate();
            acts.extend(own.filter_map(|(index, act)| FleetAct::new(&operation, index, act)));
        }
    }
    acts
}

#[cfg(test)]
mod tests;
