//! `security`: the ways to prove who sends, and the parameters that are one of them.

use super::{OperationEntry, check_header_name};
use crate::catalog::model::{Field, Location, Lockout, Scheme, SecurityRequirement, Signing};
use crate::catalog::node::{Node, Reason, Result, Unsupported};
use crate::sign::scheme::SchemeKind;

/// The alternatives of `security`, and who may sign. `[]` or none: the call needs no credential. An alternative of which
/// the console cannot use every scheme is left out and noted; where none is left, only a proxy that adds the credential
/// can help.
pub(super) fn security(
    root: &Node<'_>,
    operation: &Node<'_>,
    entry: &OperationEntry,
) -> (Vec<SecurityRequirement>, Signing) {
    let level = if operation.raw("security").is_some() { operation } else { root };
    let list = level.usable_member("security");
    // What cannot be read is not taken for permission to send without a credential.
    let is_list = list.as_ref().is_some_and(|list| list.value.is_array());
    let mut unusable = level.raw("security").is_some() && !is_list;
    let mut found: Vec<SecurityRequirement> = Vec::new();
    let alternatives: Vec<Node<'_>> = list.iter().flat_map(Node::usable_items).collect();
    unusable |= list.is_some_and(|list| list.value.as_array().is_some_and(|all| all.len() > alternatives.len()));
    for alternative in alternatives {
        match requirement(root, &alternative, entry) {
            // Two that take the same are one choice for the user.
            Some(own) if found.iter().any(|other| other.credential_kind() == own.credential_kind()) => {}
            Some(own) => found.push(own),
            None => unusable = true,
        }
    }
    let signing = if found.is_empty() && unusable { Signing::Proxy } else { Signing::Any };
    // Where nothing but anonymous is left, there is nothing to choose.
    if found.iter().all(|requirement| requirement.schemes.is_empty()) {
        found.clear();
    }
    (found, signing)
}

fn requirement(root: &Node<'_>, alternative: &Node<'_>, entry: &OperationEntry) -> Option<SecurityRequirement> {
    let all = alternative.usable(alternative.as_object())?.len();
    let mut schemes: Vec<Scheme> = Vec::new();
    let mut read = 0;
    for (name, node) in alternative.usable_members() {
        let scheme = find(root, name, &node).and_then(|scheme| read_scheme(root, &scheme, entry));
        let scheme = scheme.and_then(|scheme| match schemes.iter().find(|other| other.excludes(&scheme)) {
            // One token is enough for two that ask for the same.
            Some(other) if other.kind == scheme.kind && other.name.eq_ignore_ascii_case(&scheme.name) => Ok(None),
            Some(other) => {
                let both = format!("{} together with {}", other.credential_kind(), scheme.credential_kind());
                Err(node.error(Reason::Unsupported(Unsupported::Scheme(both))))
            }
            None => Ok(Some(scheme)),
        });
        let scheme = node.usable(scheme);
        read += usize::from(scheme.is_some());
        schemes.extend(scheme.flatten());
    }
    (read == all).then_some(SecurityRequirement { schemes })
}

fn find<'a>(root: &Node<'a>, name: &str, node: &Node<'a>) -> Result<Node<'a>> {
    let known = root.get("components")?.map(|node| node.get("securitySchemes")).transpose()?.flatten();
    let scheme = known.as_ref().map(|node| node.get(name)).transpose()?.flatten();
    scheme.ok_or_else(|| node.error(Reason::Reference(name.to_owned())))
}

fn read_scheme(root: &Node<'_>, node: &Node<'_>, entry: &OperationEntry) -> Result<Scheme> {
    let signature = node.str("x-signature")?;
    let (kind, name) = match signature {
        Some(algorithm) => (SchemeKind::of_signature(algorithm), String::new()),
        None => standard(node)?,
    };
    let kind = kind.ok_or_else(|| {
        let detail = |key: &str| node.raw(key).and_then(serde_json::Value::as_str);
        let words: Vec<&str> = match signature {
            Some(algorithm) => vec![algorithm],
            None => [detail("type"), detail("scheme"), detail("in")].into_iter().flatten().collect(),
        };
        let words = if words.is_empty() { String::from("this security scheme") } else { words.join(" ") };
        node.error(Reason::Unsupported(Unsupported::Scheme(words)))
    })?;
    let info = root.require("info")?;
    let lockout = if kind.traits().lockout { node.get("x-lockout")? } else { None };
    Ok(Scheme {
        kind,
        name,
        description: node.text("description")?,
        lockout: lockout.map(|lockout| read_lockout(&lockout)).transpose()?,
        action: action(entry),
        version: if kind.traits().signs_version {
            info.require("version")?.as_str()?.to_owned()
        } else {
            String::new()
        },
    })
}

fn action(entry: &OperationEntry) -> String {
    if entry.operation_id.is_empty() { entry.id.clone() } else { entry.operation_id.clone() }
}

/// The schemes of OpenAPI itself. `None`: the console cannot use it.
fn standard(node: &Node<'_>) -> Result<(Option<SchemeKind>, String)> {
    let kind = match (node.str("type")?, node.str("in")?) {
        (Some("apiKey"), Some("header")) => {
            let name = node.require("name")?;
            check_header_name(&name)?;
            return Ok((Some(SchemeKind::Token), name.as_str()?.to_owned()));
        }
        (Some("apiKey"), Some("query")) => {
            return Ok((Some(SchemeKind::QueryToken), node.require("name")?.as_str()?.to_owned()));
        }
        (Some("http"), _) => SchemeKind::of_http(node.require("scheme")?.as_str()?),
        // The flows need a page of the provider's; the token that they end with is an ordinary one.
        (Some("oauth2" | "openIdConnect"), _) => Some(SchemeKind::Bearer),
        _ => None,
    };
    Ok((kind, String::new()))
}

fn read_lockout(node: &Node<'_>) -> Result<Lockout> {
    let number = |key| -> Result<usize> {
        let count = node.require(key).and(node.count(key))?.unwrap_or_default();
        Ok(usize::try_from(count).unwrap_or(usize::MAX))
    };
    Ok(Lockout { failures: number("failures")?, minutes: number("minutes")? })
}

/// Takes the parameters that a scheme fills out of the form: they are sent once, and what is typed is a credential.
///
/// Many documents declare the header of their token as an ordinary parameter, with a security scheme of that name or
/// without one.
pub(super) fn take_credentials(
    parameters: &mut Vec<Field>,
    security: &mut Vec<SecurityRequirement>,
    signing: Signing,
    entry: &OperationEntry,
) {
    let is_authorization =
        |field: &Field| field.location == Location::Header && field.name.eq_ignore_ascii_case("authorization");
    // OpenAPI ignores it where security is described, and then nothing else says how to prove who sends.
    let is_alone = security.is_empty();
    let is_token = |field: &&Field| {
        field.location == Location::Header && SchemeKind::is_usual_header(&field.name)
            || is_alone && is_authorization(field)
    };
    if let Some(field) = parameters.iter().find(is_token)
        && signing == Signing::Any
        && !security.iter().flat_map(|own| &own.schemes).any(|scheme| scheme.adds_header(&field.name))
    {
        let token = Scheme {
            name: field.name.clone(),
            description: field.schema.description.clone(),
            action: action(entry),
            ..Scheme::new(SchemeKind::Token)
        };
        if security.is_empty() {
            security.push(token.into());
            security.extend((!field.required).then(SecurityRequirement::default));
        } else if field.required {
            security.iter_mut().for_each(|own| own.schemes.push(token.clone()));
        }
    }
    let is_filled = |field: &Field| {
        security.iter().flat_map(|own| &own.schemes).any(|scheme| match field.location {
            Location::Header => scheme.adds_header(&field.name),
            Location::Query => scheme.adds_query(&field.name),
            Location::Path | Location::Body => false,
        })
    };
    parameters.retain(|field| !is_filled(field) && !is_authorization(field));
}
