//! `security`: the ways to prove who sends.

use super::{OperationEntry, check_header_name};
use crate::catalog::model::{Lockout, Scheme};
use crate::catalog::node::{Node, Reason, Result, Unsupported};
use crate::sign::scheme::SchemeKind;

/// The alternatives of `security`. `[]` or none: the call needs no credential.
pub(super) fn schemes(root: &Node<'_>, operation: &Node<'_>, entry: &OperationEntry) -> Result<Vec<Scheme>> {
    let Some(security) = operation.get("security")?.map_or_else(|| root.get("security"), |node| Ok(Some(node)))? else {
        return Ok(Vec::new());
    };
    let mut schemes = Vec::new();
    for alternative in security.items()? {
        for (name, node) in alternative.members()? {
            let known = root.get("components")?.map(|node| node.get("securitySchemes")).transpose()?.flatten();
            let scheme = known.as_ref().map(|node| node.get(name)).transpose()?.flatten();
            let scheme = scheme.ok_or_else(|| node.error(Reason::Reference(name.to_owned())))?;
            schemes.push(read_scheme(root, &scheme, entry)?);
        }
    }
    Ok(schemes)
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
        action: entry.id.clone(),
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
