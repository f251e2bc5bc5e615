//! What a description says of a field for people: its name, its place in the form, remarks.

use super::rules::read_pattern;
use crate::catalog::model::{FormPart, Remark, Schema};
use crate::catalog::node::{Node, Reason, Result, Unsupported};

/// What a parameter says comes before what its schema says.
pub(in crate::catalog) fn read_for_people(parameter: &Node<'_>, schema: &mut Schema) {
    let label = parameter.usable_text("x-label");
    if !label.is_empty() {
        schema.label = label;
    }
    schema.part = parameter.usable_member("x-part").and_then(|node| node.usable(read_part(&node))).or(schema.part);
}

pub(super) fn read_part(node: &Node<'_>) -> Result<FormPart> {
    match node.as_str()? {
        "what" => Ok(FormPart::What),
        "where" => Ok(FormPart::Where),
        "more" => Ok(FormPart::More),
        other => Err(node.error(Reason::Unsupported(Unsupported::Keyword(format!("x-part {other}"))))),
    }
}

pub(super) fn read_remarks(node: &Node<'_>) -> Result<Vec<Remark>> {
    let read = |node: &Node<'_>| {
        Ok(Remark {
            pattern: read_pattern(&node.require("pattern")?)?,
            not: node.flag("not"),
            text: node.require("text")?.as_str()?.to_owned(),
        })
    };
    node.items()?.iter().map(read).collect()
}
