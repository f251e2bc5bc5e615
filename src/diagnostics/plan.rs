//! Which addresses of a connection are checked for a provider, with which hosts.
//!
//! `config.json` can have another address for a provider, and for each of its regions. Each is asked only for hosts that
//! really are called through it, so that what is wrong with one says nothing of another.

use super::Address;
use crate::catalog::{Kind, Location, Operation, Rules, Server};
use crate::form::Draft;
use crate::pattern::fits_any;
use crate::proxy::{Connection, ConnectionKind, Proxy};
use http::Method;

/// One address, and what is asked through it.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Whose hosts they are.
    pub provider: String,
    /// The regions that have this address for themselves. Empty: it is the general one.
    pub own: Vec<String>,
    /// Where it stands in `config.json`.
    pub address: Address,
    /// Hosts with the regions that they are of, each once.
    pub hosts: Vec<(String, String)>,
    /// A call that only reads and goes this way.
    pub read: Option<Read>,
}

impl Section {
    /// What it is headed with.
    pub fn title(&self) -> String {
        match self.own.as_slice() {
            [] => self.provider.clone(),
            own => format!("{} · {}", self.provider, own.join(", ")),
        }
    }
}

/// A call that only reads and needs no input.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// The description.
    pub api: String,
    /// The operation.
    pub id: String,
    /// Where.
    pub region: String,
    /// A parameter of the query that takes any text.
    pub text: Option<String>,
}

/// What to check for a provider. `index`: of the connection in `config.json`; `operations`: what is offered of all
/// providers; `chosen`: the region that the user works in, or nothing.
pub fn plan(
    (index, connection): (usize, &Connection),
    operations: &[Operation],
    provider: &str,
    chosen: &str,
) -> Vec<Section> {
    let operations = operations.iter().filter(|operation| operation.provider == provider).collect();
    let proxy = match &connection.kind {
        ConnectionKind::Proxy(proxy) => Some(proxy),
        ConnectionKind::Sandbox | ConnectionKind::Direct => None,
    };
    let plan = Plan { connection: format!("#/connections/{index}"), proxy, operations, provider };
    let mut sections: Vec<(&str, Section)> = Vec::new();
    let general = plan.general(chosen).map(|region| (String::new(), region));
    let own = plan.own().into_iter().map(|region| (region.clone(), region));
    for (own, region) in general.into_iter().chain(own) {
        let text = plan.text(&region);
        let known = sections.iter_mut().find(|(other, _)| *other == text);
        match known {
            // The same address twice: asked once, for the hosts of both.
            Some((_, section)) => {
                section.address.place = format!("{} and {}", section.address.place, plan.place(&region));
                section.hosts.extend(plan.hosts(&region));
                if !section.own.is_empty() {
                    section.own.push(own);
                }
                section.read = section.read.take().or_else(|| plan.read(&region));
            }
            None => {
                let own = Some(own).filter(|own| !own.is_empty()).into_iter().collect();
                sections.push((text, plan.section(own, &region)));
            }
        }
    }
    if sections.is_empty() {
        sections.push(("", plan.section(Vec::new(), chosen)));
    }
    sections.into_iter().map(|(_, section)| section).collect()
}

struct Plan<'a> {
    connection: String,
    proxy: Option<&'a Proxy>,
    /// Of the provider.
    operations: Vec<&'a Operation>,
    provider: &'a str,
}

impl<'a> Plan<'a> {
    fn section(&self, own: Vec<String>, region: &str) -> Section {
        let address = Address { place: self.place(region), direct: self.proxy.is_none(), origins: Vec::new() };
        let (hosts, read) = (self.hosts(region), self.read(region));
        Section { provider: self.provider.to_owned(), own, address, hosts, read }
    }

    /// The regions with an address of their own.
    fn own(&self) -> Vec<String> {
        let own = self.proxy.and_then(|proxy| proxy.providers.get(self.provider));
        own.into_iter().flat_map(|own| own.regions.keys()).cloned().collect()
    }

    /// The address that is used for a region, as it is written.
    fn text(&self, region: &str) -> &'a str {
        self.proxy.map(|proxy| proxy.template(self.provider, region).as_str()).unwrap_or_default()
    }

    /// Where the address that is used for a region stands.
    fn place(&self, region: &str) -> String {
        let at = &self.connection;
        match self.proxy {
            None => at.clone(),
            Some(proxy) => format!("{at}/{}", proxy.scope(self.provider, region).path().join("/")),
        }
    }

    /// A region without an address of its own: the chosen one, else the first of those that the most APIs have a host
    /// in. `None`: nothing goes through the general address.
    fn general(&self, chosen: &str) -> Option<String> {
        let own = self.own();
        let servers = self.operations.iter().flat_map(|operation| &operation.servers);
        let mut regions: Vec<&str> = servers.map(|server| server.region.as_str()).collect();
        regions.retain(|region| !region.contains('{') && !own.iter().any(|own| own == region));
        if !chosen.is_empty() && !own.iter().any(|own| own == chosen) && !self.hosts(chosen).is_empty() {
            return Some(chosen.to_owned());
        }
        // Hosts of all regions come last.
        let (everywhere, regions): (Vec<&str>, Vec<&str>) = regions.into_iter().partition(|region| region.is_empty());
        let mut best = None;
        for region in regions.into_iter().chain(everywhere) {
            let count = self.hosts(region).len();
            if best.is_none_or(|(_, most)| count > most) {
                best = Some((region, count));
            }
        }
        best.map(|(region, _)| region.to_owned())
    }

    /// The host of each of the APIs in a region.
    fn hosts(&self, region: &str) -> Vec<(String, String)> {
        let mut hosts: Vec<(String, String)> = Vec::new();
        for host in self.operations.iter().filter_map(|operation| host_in(operation, region)) {
            if !hosts.iter().any(|(_, known)| *known == host) {
                hosts.push((region.to_owned(), host));
            }
        }
        hosts
    }

    /// A call that only reads and goes through the address that is used for a region: in that region, else in another
    /// one with the same address.
    fn read(&self, region: &str) -> Option<Read> {
        let reads = |operation: &&&Operation| {
            operation.method == Method::GET
                && operation.takes_credential()
                && !operation.fields().iter().any(|field| field.required)
        };
        let text = self.text(region);
        self.operations.iter().filter(reads).find_map(|operation| {
            let regions = || operation.servers.iter().map(|server| server.region.as_str());
            let fits = |other: &&str| !other.contains('{') && self.text(other) == text;
            let here = regions().find(|other| *other == region);
            let fields = operation.fields();
            let plain = fields.iter().find(|field| {
                let schema = &field.schema;
                field.location == Location::Query && schema.kind == Kind::Text && schema.rules == Rules::default()
            });
            Some(Read {
                api: operation.api.clone(),
                id: operation.id.clone(),
                region: here.or_else(|| regions().find(fits))?.to_owned(),
                text: plain.map(|field| field.name.clone()),
            })
        })
    }
}

/// An operation's host in a region, also where the region has to be typed. `None`: it has none there.
fn host_in(operation: &Operation, region: &str) -> Option<String> {
    if let Some(server) = operation.servers.iter().find(|server| server.region == region) {
        return Some(server.host().to_owned()).filter(|host| !host.contains('{'));
    }
    let offered = operation.policy.regions.as_ref().is_none_or(|patterns| fits_any(patterns, region));
    operation.servers.iter().filter(|_| offered).find_map(|server| typed(server, region))
}

/// The host of a server whose region is typed, where this region can be typed.
fn typed(server: &Server, region: &str) -> Option<String> {
    let name = server.region.strip_prefix('{')?.strip_suffix('}')?;
    let variable = server.variables.iter().find(|variable| variable.name == name)?;
    if !variable.choices.is_empty() && !variable.choices.iter().any(|choice| choice == region) {
        return None;
    }
    let mut draft = Draft::default();
    draft.set_variable(name, region.to_owned());
    Some(draft.host(server)).filter(|host| !host.contains('{'))
}
