//! `security`: the ways to prove who sends.

use super::{OperationEntry, check_header_name};
use crate::catalog::model::{Lockout, Scheme};
use crate::catalog::node::{Node, Reason, Result, Unsupported};

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
    let description = node.text("description")?;
    match (node.str("x-signature")?, node.str("type")?, node.str("in")?) {
        (Some("ACS3-HMAC-SHA256"), ..) => Ok(Scheme::Acs3 {
            action: entry.id.clone(),
            version: root.require("info")?.require("version")?.as_str()?.to_owned(),
            description,
        }),
        (Some("SDK-HMAC-SHA256"), ..) => {
            let lockout = node.get("x-lockout")?.map(|lockout| read_lockout(&lockout)).transpose()?;
            Ok(Scheme::SdkHmac { description, lockout })
        }
        (None, Some("apiKey"), Some("header")) => {
            let name = node.require("name")?;
            let header = name.as_str()?.to_owned();
            check_header_name(&name)?;
            Ok(Scheme::Token { header, description })
        }
        (signature, kind, _) => {
            let name = signature.or(kind).unwrap_or("this security scheme");
            Err(node.error(Reason::Unsupported(Unsupported::Scheme(name.to_owned()))))
        }
    }
}

fn read_lockout(node: &Node<'_>) -> Result<Lockout> {
    let number = |key| -> Result<usize> {
        let count = node.require(key).and(node.count(key))?.unwrap_or_default();
        Ok(usize::try_from(count).unwrap_or(usize::MAX))
    };
    Ok(Lockout { failures: number("failures")?, minutes: number("minutes")? })
}
