//! The operation at an address: host, verb and path against the servers and paths of a description.

use super::super::capture::capture;
use crate::catalog::{Api, Operation, Server};
use crate::form::Draft;
use percent_encoding::percent_decode_str;

/// So many steps of a path are taken for the host behind a proxy.
const MOST_HOSTS: usize = 8;

/// An address in its parts, as far as it has them.
pub(super) struct Url {
    /// In lower case, without the usual port.
    pub(super) host: String,
    pub(super) path: String,
    query: String,
    pub(super) user: Option<(String, String)>,
}

impl Url {
    pub(super) fn parse(text: &str) -> Self {
        let text = text.split('#').next().unwrap_or_default();
        let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
        let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (authority, path) = place.split_once('/').unwrap_or((place, ""));
        let (user, host) = match authority.rsplit_once('@') {
            Some((user, host)) => (Some(user.split_once(':').unwrap_or((user, ""))), host),
            None => (None, authority),
        };
        let host = host.to_ascii_lowercase();
        Self {
            host: host.strip_suffix(":443").unwrap_or(&host).to_owned(),
            path: format!("/{path}"),
            query: query.to_owned(),
            user: user.map(|(user, password)| (decoded(user), decoded(password))),
        }
    }

    pub(super) fn query_pairs(&self) -> Vec<(String, String)> {
        let pairs = self.query.split('&').filter(|pair| !pair.is_empty());
        let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        pairs.map(|(name, value)| (decoded(name), decoded(&value.replace('+', " ")))).collect()
    }

    /// Host and path, and what a proxy may have been given as such: `/proxy/HOST/PATH`.
    fn candidates(&self) -> Vec<(String, Vec<&str>)> {
        let steps: Vec<&str> = self.path.split('/').filter(|step| !step.is_empty()).collect();
        let inner = steps.iter().enumerate().filter(|(_, step)| step.contains('.'));
        // Each is compared with every operation: an address may have any number of steps.
        let inner = inner.take(MOST_HOSTS).map(|(index, step)| {
            (step.to_ascii_lowercase(), steps.iter().skip(index + 1).copied().collect::<Vec<_>>())
        });
        let own = (self.host.clone(), steps.clone());
        std::iter::once(own).chain(inner).collect()
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// An operation that an address may mean.
pub(super) struct Place<'a> {
    pub(super) api: &'a Api,
    pub(super) operation: Operation,
    pub(super) path_values: Vec<(String, String)>,
    /// The server, and the values of its variables.
    server: Option<(usize, Vec<(String, String)>)>,
    /// How many steps of the path are the description's own words.
    words: usize,
}

impl Place<'_> {
    /// A known host counts most.
    pub(super) fn closeness(&self) -> (bool, usize) {
        (self.server.is_some(), self.words)
    }

    /// Chooses the server of the address. `false`: the description has no such server.
    pub(super) fn choose_server(&self, draft: &mut Draft) -> bool {
        let Some((index, variables)) = &self.server else { return false };
        draft.server = *index;
        variables.iter().for_each(|(name, value)| draft.set_variable(name, value.clone()));
        true
    }
}

/// All operations of a description that the address may mean.
pub(super) fn places<'a>(
    api: &'a Api,
    method: Option<&str>,
    url: &Url,
    operation: &dyn Fn(&Api, &str) -> Option<Operation>,
) -> Vec<Place<'a>> {
    let mut found = Vec::new();
    for (host, steps) in url.candidates() {
        for entry in api.operations.iter().filter(|entry| method.is_none_or(|method| entry.method == method)) {
            let template: Vec<&str> = entry.path.split('/').filter(|step| !step.is_empty()).collect();
            let Some(before) = steps.len().checked_sub(template.len()) else { continue };
            let (base, own) = steps.split_at(before);
            let values: Option<Vec<_>> =
                template.iter().zip(own).map(|(template, step)| capture(template, step, &['/'])).collect();
            let Some(values) = values else { continue };
            let Some(operation) = operation(api, &entry.id) else { continue };
            let base = base.iter().map(|step| format!("/{step}")).collect::<String>();
            let server = operation
                .servers
                .iter()
                .enumerate()
                .find_map(|(index, server)| Some((index, variables(server, &host, &base)?)));
            // An unknown host is none of a path that is longer than the description's.
            if server.is_none() && !base.is_empty() {
                continue;
            }
            found.push(Place {
                api,
                operation,
                path_values: values.into_iter().flatten().map(|(name, value)| (name, decoded(&value))).collect(),
                server,
                words: template.iter().filter(|step| !step.contains('{')).count(),
            });
        }
    }
    found
}

/// The variables of a server with which it has this host and this base path.
fn variables(server: &Server, host: &str, base: &str) -> Option<Vec<(String, String)>> {
    let mut values = capture(&server.host().to_ascii_lowercase(), host, &['.', ':', '/'])?;
    values.extend(capture(server.base_path().trim_end_matches('/'), base, &[])?);
    // Names in capitals are found by their own spelling.
    for (name, _) in &mut values {
        if let Some(own) = server.variables.iter().find(|variable| variable.name.eq_ignore_ascii_case(name)) {
            name.clone_from(&own.name);
        }
    }
    Some(values)
}
