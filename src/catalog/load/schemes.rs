//! `security`: the ways to prove who sends.

use super::{OperationEntry, check_header_name};
use crate::catalog::model::{Lockout, Scheme};
use crate::catalog::node::{Node, Reason, Result};

/// The alternatives of `security`. `[]` or none: the call needs no credential. One that the console cannot use is left
/// out and noted; where none is left, the operation cannot be called.
pub(super) fn schemes(root: &Node<'_>, operation: &Node<'_>, entry: &OperationEntry) -> Result<Vec<Scheme>> {
    let security = if operation.raw("security").is_some() { operation } else { root }.usable_member("security");
    let Some(security) = security else { return Ok(Vec::new()) };
    let (mut schemes, mut errors) = (Vec::new(), Vec::new());
    let mut anonymous = false;
    for alternative in security.usable_items() {
        anonymous |= alternative.value.as_object().is_some_and(serde_json::Map::is_empty);
        for (name, node) in alternative.usable_members() {
            match find(root, name, &node).and_then(|scheme| read_scheme(root, &scheme, entry)) {
                Ok(scheme) => schemes.push(scheme),
                Err(error) => errors.push(error),
            }
        }
    }
    if schemes.is_empty()
        && !anonymous
        && let Some(error) = errors.pop()
    {
        return Err(error);
    }
    errors.into_iter().for_each(|error| security.omit(error));
    Ok(schemes)
}

fn find<'a>(root: &Node<'a>, name: &str, node: &Node<'a>) -> Result<Node<'a>> {
    let known = root.get("components")?.map(|node| node.get("securitySchemes")).transpose()?.flatten();
    let scheme = known.as_ref().map(|node| node.get(name)).transpose()?.flatten();
    scheme.ok_or_else(|| node.error(Reason::Reference(name.to_owned())))
}

fn read_scheme(root: &Node<'_>, node: &Node<'_>, entry: &OperationEntry) -> Result<Scheme> {
    let description = node.text("description")?;
    match (node.str("x-signature")?, node.str("type")?, node.str("in")?) {
        (Some("ACS3-HMAC-SHA256"), ..) => Ok(Scheme::Acs3 {
            action: if entry.operation_id.is_empty() { entry.id.clone() } else { entry.operation_id.clone() },
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
            Err(node.error(Reason::Unsupported(name.to_owned())))
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
