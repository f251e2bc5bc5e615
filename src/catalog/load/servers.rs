//! `servers`: the hosts where an operation can be called, and their regions.

use super::list;
use crate::catalog::model::{Server, ServerVariable};
use crate::catalog::node::{Node, Reason, Result};

/// The servers of the innermost level that has any.
pub(super) fn servers(levels: &[&Node<'_>]) -> Result<Vec<Server>> {
    for level in levels {
        let servers = list(level, "servers", read_server)?;
        if !servers.is_empty() {
            return Ok(servers);
        }
    }
    levels
        .last()
        .map_or(Ok(Vec::new()), |root| Err(root.require("servers").err().unwrap_or(root.error(Reason::Missing))))
}

/// The host of `https://host`, possibly with `{variables}`; `None` for anything else: no port, no path, no user.
pub fn https_host(url: &str) -> Option<&str> {
    let host = url.strip_prefix("https://")?.trim_end_matches('/');
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-._{}".contains(c);
    (!host.is_empty() && host.chars().all(allowed)).then_some(host)
}

fn read_server(node: &Node<'_>) -> Result<Server> {
    let url = node.require("url")?;
    let bad = || url.error(Reason::Server(url.as_str().unwrap_or_default().to_owned()));
    let host = https_host(url.as_str()?).ok_or_else(bad)?;
    let variables = match node.get("variables")? {
        None => Vec::new(),
        Some(variables) => {
            variables.members()?.iter().map(|(name, node)| read_variable(name, node)).collect::<Result<_>>()?
        }
    };
    let region = node.text("x-region")?;
    // Every brace belongs to a variable that can be filled.
    let filled = variables.iter().fold(format!("{host} {region}"), |text, variable: &ServerVariable| {
        text.replace(&format!("{{{}}}", variable.name), "x")
    });
    if filled.contains(['{', '}']) {
        return Err(bad());
    }
    let label = node.str("description")?.unwrap_or(host).to_owned();
    Ok(Server { url: format!("https://{host}"), label, region, variables })
}

fn read_variable(name: &str, node: &Node<'_>) -> Result<ServerVariable> {
    Ok(ServerVariable {
        name: name.to_owned(),
        default: node.require("default")?.as_str()?.to_owned(),
        choices: node.texts("enum")?,
        description: node.text("description")?,
    })
}
