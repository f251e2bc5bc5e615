//! Where a call goes: the chosen server with the values of its variables.

use super::Draft;
use crate::catalog::{Operation, Server, ServerVariable, check_literal, is_host, is_port};
use crate::form::rules::is_host_label;

impl Draft {
    /// The value of a variable of the chosen server.
    pub fn variable<'a>(&'a self, server: &'a Server, name: &str) -> &'a str {
        let default = server.variables.iter().find(|variable| variable.name == name).map(|v| v.default.as_str());
        self.variables.get(name).map(String::as_str).or(default).unwrap_or_default()
    }

    /// Replaces the value of a variable.
    pub fn set_variable(&mut self, name: &str, text: String) {
        self.variables.insert(name.to_owned(), text);
    }

    /// The server's host with the values of its variables, as a browser writes it: lower case, with its port if that
    /// is not 443. A variable stays a `{placeholder}` while its text could make another host of it.
    pub fn host(&self, server: &Server) -> String {
        let host = self.filled(server, server.host(), fits_host);
        if host.contains('{') {
            return host;
        }
        let host = host.to_ascii_lowercase();
        host.strip_suffix(":443").map(str::to_owned).unwrap_or(host)
    }

    /// The prefix of every path, with the values of the server's variables.
    pub fn base_path(&self, server: &Server) -> String {
        let path = self.filled(server, server.base_path(), fits_base_path);
        path.trim_end_matches('/').to_owned()
    }

    /// The server's region with the values of its variables; empty where it has none, or none yet.
    pub fn region(&self, server: &Server) -> String {
        let region = self.filled(server, &server.region, fits_host);
        if region.contains('{') { String::new() } else { region.to_ascii_lowercase() }
    }

    /// The region of the chosen server; empty where it has none.
    pub fn region_of(&self, operation: &Operation) -> String {
        operation.servers.get(self.server).map(|server| self.region(server)).unwrap_or_default()
    }

    fn filled(&self, server: &Server, template: &str, fits: fn(&ServerVariable, &str) -> bool) -> String {
        let fill = |text: String, variable: &ServerVariable| match self.variable(server, &variable.name) {
            own if fits(variable, own) => text.replace(&format!("{{{}}}", variable.name), own),
            _ => text,
        };
        server.variables.iter().fold(template.to_owned(), fill)
    }
}

/// One label: who fills a variable must not be able to choose the host that receives the signature. What the
/// description itself names can be more.
pub(crate) fn fits_host(variable: &ServerVariable, text: &str) -> bool {
    let documented = variable.default == text || variable.choices.iter().any(|choice| choice == text);
    let (host, port) = text.split_once(':').unwrap_or((text, "1"));
    is_host_label(text) || documented && is_host(host) && is_port(port)
}

/// Some segments of a path, or nothing.
pub(crate) fn fits_base_path(_: &ServerVariable, text: &str) -> bool {
    check_literal(text).is_ok() && !text.contains("//")
}
