//! `servers`: the hosts where an operation can be called, and their regions.

use super::path::check_literal;
use crate::catalog::model::{Server, ServerVariable};
use crate::catalog::node::{Node, Reason, Result};
use crate::catalog::value::plain_text;

/// The servers of the innermost level that has any. One that cannot be called is left out and noted. Where none is left,
/// the operation opens all the same: the deployment may know a server (`config.json`).
pub(super) fn servers(levels: &[&Node<'_>]) -> Vec<Server> {
    for level in levels {
        let said = level.raw("servers").is_some_and(|servers| *servers != serde_json::json!([]));
        let nodes: Vec<Node<'_>> = level.usable_member("servers").iter().flat_map(Node::usable_items).collect();
        if said {
            return nodes.iter().filter_map(|node| node.usable(read_server(node))).collect();
        }
    }
    if let Some(root) = levels.last() {
        root.omit(root.error_at("servers", Reason::Missing));
    }
    Vec::new()
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
    let text = url.as_str()?.trim();
    let named = node.usable_member("variables");
    let mut variables: Vec<ServerVariable> = named
        .iter()
        .flat_map(Node::usable_members)
        .filter(|(name, _)| {
            [text, &node.usable_text("x-region")].iter().any(|text| text.contains(&format!("{{{name}}}")))
        })
        .map(|(name, node)| read_variable(name, &node))
        .collect::<Result<_>>()?;
    let region = node.usable_text("x-region");
    let text = &with_https(&with_plain_variables(text, &mut variables), &variables);
    let rest = text
        .get(..8)
        .filter(|scheme| scheme.eq_ignore_ascii_case("https://"))
        .and_then(|_| text.get(8..))
        .ok_or_else(bad)?;
    let (authority, base) = rest.split_at(rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len()));
    let base = base.trim_end_matches('/');
    // Every brace belongs to a variable that can be filled.
    let filled = |text: &str, with: &str| {
        variables.iter().fold(text.to_owned(), |text, variable| text.replace(&format!("{{{}}}", variable.name), with))
    };
    let is_plain = |text: &str| !text.contains(['{', '}']);
    let authority = without_default_port(authority);
    let (host, port) = authority.split_once(':').map_or((authority.as_str(), None), |(host, port)| (host, Some(port)));
    let port_fits = port.is_none_or(|port| is_port(&filled(port, "1")));
    let fits = is_plain(&filled(&region, "x"))
        && is_host(&filled(host, "x"))
        && port_fits
        && check_literal(&filled(base, "x")).is_ok();
    if !fits {
        return Err(bad());
    }
    let label =
        node.usable(node.str("description")).flatten().map_or_else(|| format!("{authority}{base}"), str::to_owned);
    let url = format!("https://{authority}{base}");
    let used =
        |variable: &ServerVariable| [&url, &region].iter().any(|text| text.contains(&format!("{{{}}}", variable.name)));
    let variables = variables.into_iter().filter(used).collect();
    Ok(Server { url, label, region, variables })
}

/// The address with the slash of `https://host{basePath}` and `/v1` in it and not in the variable, and with a variable that is
/// a whole address replaced by its default.
fn with_plain_variables(url: &str, variables: &mut [ServerVariable]) -> String {
    let mut url = url.to_owned();
    for ServerVariable { name, default, choices, .. } in variables {
        let placeholder = format!("{{{name}}}");
        if default.starts_with("https://") && url.starts_with(&placeholder) {
            url = url.replacen(&placeholder, default, 1);
        } else if default.starts_with('/') {
            for text in choices.iter_mut().chain([default]) {
                *text = text.trim_start_matches('/').to_owned();
            }
            url = url.replace(&placeholder, &format!("/{placeholder}")).replace("//{", "/{");
        }
    }
    url
}

/// Where the scheme is open, or a variable that can be `https`, it is `https`.
fn with_https(url: &str, variables: &[ServerVariable]) -> String {
    if let Some(rest) = url.strip_prefix("//") {
        return format!("https://{rest}");
    }
    let scheme = url.split_once("}://").and_then(|(start, rest)| Some((start.strip_prefix('{')?, rest)));
    let can_be = |name: &str| {
        let variable = variables.iter().find(|variable| variable.name == name);
        // Without a list it can be anything.
        variable.is_some_and(|v| v.choices.is_empty() || v.choices.iter().any(|choice| choice == "https"))
    };
    match scheme {
        Some((name, rest)) if can_be(name) => format!("https://{rest}"),
        _ => url.to_owned(),
    }
}

/// Without the port that https has anyway, as browsers write it.
fn without_default_port(authority: &str) -> String {
    authority.strip_suffix(":443").unwrap_or(authority).to_owned()
}

/// Whether a browser calls exactly this host: names of letters and digits, or an IPv4 address as it is always written.
pub(crate) fn is_host(host: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let is_label = |label: &str| (1..=63).contains(&label.len()) && label.bytes().all(is_allowed);
    let host = host.strip_suffix('.').unwrap_or(host);
    let last = host.rsplit('.').next().unwrap_or_default();
    // What ends in a number is an IPv4 address to a browser, in one of many spellings.
    let is_number = last.bytes().all(|byte| byte.is_ascii_digit())
        || last.get(..2).is_some_and(|hex| hex.eq_ignore_ascii_case("0x"));
    // Names in other scripts come as `xn--`, and not every such name is one.
    let is_encoded = |label: &str| label.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("xn--"));
    host.len() <= 253
        && host.split('.').all(|label| is_label(label) && !is_encoded(label))
        && (!is_number || host.parse::<std::net::Ipv4Addr>().is_ok())
}

/// Whether a text is a port as browsers write it.
pub(crate) fn is_port(port: &str) -> bool {
    port.parse::<u16>().is_ok_and(|number| number > 0 && number.to_string() == port)
}

fn read_variable(name: &str, node: &Node<'_>) -> Result<ServerVariable> {
    // YAML makes numbers of ports and versions.
    let text = |node: Node<'_>| {
        let is_plain = node.value.is_number() || node.value.is_boolean();
        if is_plain { Ok(plain_text(node.value)) } else { node.as_str().map(str::to_owned) }
    };
    let choices = node
        .get("enum")
        .and_then(|list| list.map_or(Ok(Vec::new()), |list| list.items()?.into_iter().map(text).collect()));
    let choices: Vec<String> = node.usable(choices).unwrap_or_default();
    let default = match choices.first() {
        Some(first) if node.raw("default").is_none() => first.clone(),
        _ => text(node.require("default")?)?,
    };
    Ok(ServerVariable { name: name.to_owned(), default, choices, description: node.usable_text("description") })
}
