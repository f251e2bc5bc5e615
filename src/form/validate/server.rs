//! The address of the chosen server, checked.

use super::{Check, FieldIssue, Target};
use crate::catalog::{Operation, Server, ServerVariable, is_host, is_port};
use crate::form::Broken;
use crate::form::draft::{fits_base_path, fits_host};
use crate::pattern::fits_any;

impl Check<'_> {
    /// Host and base path with their variables filled in. In a host each must be one label: whoever chooses a region
    /// must not be able to choose the host that receives the signature.
    pub(super) fn address(&mut self, operation: &Operation, server: &Server) -> (String, String) {
        let before = self.issues.len();
        for variable in &server.variables {
            let text = self.draft.variable(server, &variable.name);
            if let Some(broken) = self.broken(server, variable, text) {
                self.variable_issue(variable, broken);
            }
        }
        // Other regions of fixed hosts are not in the list; one that is typed must be among those offered.
        let region = self.draft.region(server);
        let of_region = server.variables.iter().find(|variable| is_in(variable, &server.region));
        if let (Some(patterns), Some(variable)) = (&operation.policy.regions, of_region)
            && !region.is_empty()
            && !fits_any(patterns, &region)
        {
            self.variable_issue(variable, Broken::NotOffered(patterns.clone()));
        }
        let address = (self.draft.host(server), self.draft.base_path(server));
        // Labels that are right one by one can still make a host that a browser respells, such as a number.
        let (host, port) = address.0.split_once(':').map_or((&*address.0, None), |(host, port)| (host, Some(port)));
        let fits = is_host(host) && port.is_none_or(is_port);
        if let (false, Some(variable)) = (fits, server.variables.iter().find(|variable| is_in(variable, server.host())))
            && self.issues.len() == before
        {
            self.variable_issue(variable, Broken::HostLabel);
        }
        address
    }

    fn broken(&self, server: &Server, variable: &ServerVariable, text: &str) -> Option<Broken> {
        let in_host = is_in(variable, server.host()) || is_in(variable, &server.region);
        if text.is_empty() && (in_host || !variable.default.is_empty()) {
            return Some(Broken::Required);
        }
        if !variable.choices.is_empty() && !variable.choices.iter().any(|choice| choice == text) {
            return Some(Broken::NotListed(variable.choices.clone()));
        }
        if in_host && !fits_host(variable, text) {
            return Some(Broken::HostLabel);
        }
        (is_in(variable, server.base_path()) && !fits_base_path(variable, text)).then_some(Broken::BasePath)
    }

    fn variable_issue(&mut self, variable: &ServerVariable, broken: Broken) {
        self.issues.push(FieldIssue { target: Target::Variable(variable.name.clone()), broken });
    }
}

fn is_in(variable: &ServerVariable, template: &str) -> bool {
    template.contains(&format!("{{{}}}", variable.name))
}
