//! The call whose change is followed.

use crate::call::Exchange;
use crate::catalog::Operation;
use crate::credentials::ProfileId;
use crate::form::Draft;
use serde::{Deserialize, Serialize};

/// What is kept of the call that made a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// [`crate::call::CallId`], as text.
    pub id: String,
    /// The API and the operation that was called. Looks are calls of the same API.
    pub api: String,
    pub operation: String,
    /// The thing that is changed; empty where the description names none.
    pub subject: String,
    /// The act in a few words; empty where the description has none.
    pub act: String,
    /// The region as the API knows it; empty where the host has none.
    pub region: String,
    /// Where looks are sent.
    pub place: Place,
    /// The name of the connection that was used.
    pub connection: String,
    /// The profile that signed; `None`: the proxy did, or nobody.
    pub profile: Option<ProfileId>,
}

impl Origin {
    /// `draft`: the form that was sent.
    pub fn of(exchange: &Exchange, draft: &Draft) -> Self {
        Self {
            id: exchange.id.to_string(),
            api: exchange.operation.api.clone(),
            operation: exchange.operation.id.clone(),
            subject: exchange.subject.clone(),
            act: exchange.act.clone(),
            region: exchange.region.clone(),
            place: Place::of(&exchange.operation, draft),
            connection: exchange.sender.connection.clone(),
            profile: Some(exchange.sender.profile).filter(|profile| *profile != ProfileId::default()),
        }
    }
}

/// A server of an API, with the values of its variables.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Place {
    /// [`crate::catalog::Server::url`].
    pub server: String,
    pub variables: Vec<(String, String)>,
}

impl Place {
    /// Where a form would be sent.
    pub fn of(operation: &Operation, draft: &Draft) -> Self {
        let Some(server) = operation.servers.get(draft.server) else { return Self::default() };
        let value = |name: &String| (name.clone(), draft.variable(server, name).to_owned());
        let variables = server.variables.iter().map(|variable| value(&variable.name)).collect();
        Self { server: server.url.clone(), variables }
    }

    /// Sends the form of another operation of the same API to the same place. `false`: it cannot be called there.
    #[must_use]
    pub fn apply(&self, operation: &Operation, draft: &mut Draft) -> bool {
        let Some(server) = operation.servers.iter().position(|server| server.url == self.server) else { return false };
        draft.server = server;
        self.variables.iter().for_each(|(name, value)| draft.set_variable(name, value.clone()));
        true
    }
}
