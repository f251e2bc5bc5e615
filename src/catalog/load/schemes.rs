//! `security`: the ways to prove who sends.

use super::{OperationEntry, check_header_name};
use crate::catalog::model::{Lockout, Scheme, Signing};
use crate::catalog::node::{Node, Reason, Result, Unsupported};
use crate::sign::scheme::SchemeKind;

/// The alternatives of `security`, and who may sign. `[]` or none: the call needs no credential. One that the console
/// cannot use is left out and noted; where none is left, only a proxy that adds the credential can help.
pub(super) fn schemes(root: &Node<'_>, operation: &Node<'_>, entry: &OperationEntry) -> (Vec<Scheme>, Signing) {
    let level = if operation.raw("security").is_some() { operation } else { root };
    let security = level.usable_member("security");
    let mut schemes = Vec::new();
    let mut anonymous = false;
    // What cannot be read is not taken for permission to send without a credential.
    let is_list = security.as_ref().is_some_and(|security| security.value.is_array());
    let mut unusable = level.raw("security").is_some() && !is_list;
    for alternative in security.iter().flat_map(Node::usable_items) {
        let names = alternative.usable_members();
        anonymous |= names.is_empty();
        for (name, node) in names {
            let scheme = find(root, name, &node).and_then(|scheme| read_scheme(root, &scheme, entry));
            match node.usable(scheme) {
                Some(scheme) => schemes.push(scheme),
                None => unusable = true,
            }
        }
    }
    let signing = if schemes.is_empty() && unusable && !anonymous { Signing::Proxy } else { Signing::Any };
    (schemes, signing)
}

fn find<'a>(root: &Node<'a>, name: &str, node: &Node<'a>) -> Result<Node<'a>> {
    let known = root.get("components")?.map(|node| node.get("securitySchemes")).transpose()?.flatten();
    let scheme = known.as_ref().map(|node| node.get(name)).transpose()?.flatten();
    scheme.ok_or_else(|| node.error(Reason::Reference(name.to_owned())))
}

fn read_scheme(root: &Node<'_>, node: &Node<'_>, entry: &OperationEntry) -> Result<Scheme> {
    let signature = node.str("x-signature")?;
    let (kind, header) = match (signature, node.str("type")?, node.str("in")?) {
        (None, Some("apiKey"), Some("header")) => {
            let name = node.require("name")?;
            check_header_name(&name)?;
            (SchemeKind::Token, name.as_str()?.to_owned())
        }
        (signature, name, _) => {
            let unsupported = || {
                let name = signature.or(name).unwrap_or("this security scheme");
                node.error(Reason::Unsupported(Unsupported::Scheme(name.to_owned())))
            };
            (signature.and_then(SchemeKind::of_signature).ok_or_else(unsupported)?, String::new())
        }
    };
    let info = root.require("info")?;
    let lockout = if kind.traits().lockout { node.get("x-lockout")? } else { None };
    Ok(Scheme {
        kind,
        header,
        description: node.text("description")?,
        lockout: lockout.map(|lockout| read_lockout(&lockout)).transpose()?,
        action: if entry.operation_id.is_empty() { entry.id.clone() } else { entry.operation_id.clone() },
        version: if kind.traits().signs_version {
            info.require("version")?.as_str()?.to_owned()
        } else {
            String::new()
        },
    })
}

fn read_lockout(node: &Node<'_>) -> Result<Lockout> {
    let number = |key| -> Result<usize> {
        let count = node.require(key).and(node.count(key))?.unwrap_or_default();
        Ok(usize::try_from(count).unwrap_or(usize::MAX))
    };
    Ok(Lockout { failures: number("failures")?, minutes: number("minutes")? })
}
