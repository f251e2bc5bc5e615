//! The key of a path item: an RFC 3986 path with `{placeholders}`, which a browser calls as it is written.

use crate::catalog::model::{Field, Kind, Location, Operation, Schema, Serialization};
use crate::catalog::node::{Node, PathFault, Reason, Result};

/// Refuses a path of which a browser would call another one.
pub(super) fn check_path(item: &Node<'_>, path: &str) -> Result<()> {
    check(path).map_err(|fault| item.error(Reason::Path(fault)))
}

fn check(path: &str) -> std::result::Result<(), PathFault> {
    check_literal(&literal(path)?)
}

/// The path with a letter for each placeholder. What a value makes of its segment is checked when there is one.
fn literal(path: &str) -> std::result::Result<String, PathFault> {
    let mut literal = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, behind) = after.split_once('}').ok_or(PathFault::Braces)?;
        if name.is_empty() || name.contains('{') || before.contains('}') {
            return Err(PathFault::Braces);
        }
        literal.push_str(before);
        literal.push('x');
        rest = behind;
    }
    if rest.contains('}') { Err(PathFault::Braces) } else { Ok(literal + rest) }
}

/// Checks a path without placeholders, RFC 3986 3.3.
pub(crate) fn check_literal(path: &str) -> std::result::Result<(), PathFault> {
    for (index, character) in path.char_indices() {
        match character {
            '#' => return Err(PathFault::Fragment),
            '?' => return Err(PathFault::Query),
            '%' => {
                let digits = path.get(index + 1..index + 3).unwrap_or_default();
                if digits.len() != 2 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                    return Err(PathFault::Percent);
                }
            }
            other if other.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@/".contains(other) => {}
            other => return Err(PathFault::Character(other)),
        }
    }
    match path.split('/').find(|segment| is_step(segment)) {
        Some(step) => Err(PathFault::Dots(step.to_owned())),
        None => Ok(()),
    }
}

/// Whether a browser takes a segment for a step: one dot or two, each of them spelled out or as `%2e`.
pub(crate) fn is_step(segment: &str) -> bool {
    let spelled = segment.to_ascii_lowercase().replace("%2e", ".");
    spelled == "." || spelled == ".."
}

/// Every `{placeholder}` has its parameter: where the document forgot one, a text is asked for. A parameter for which
/// the path has no place is left out.
pub(super) fn match_placeholders(item: &Node<'_>, operation: &mut Operation) {
    let placeholders: Vec<String> = operation.placeholders().into_iter().map(str::to_owned).collect();
    let disagree = |name: &str| item.omit(item.error(Reason::Placeholder(name.to_owned())));
    operation.parameters.retain(|field| {
        let has_place = field.location != Location::Path || placeholders.contains(&field.name);
        if !has_place {
            disagree(&field.name);
        }
        has_place
    });
    for name in placeholders {
        if !operation.parameters.iter().any(|field| field.location == Location::Path && field.name == name) {
            disagree(&name);
            let location = Location::Path;
            let schema = Schema { kind: Kind::Text, ..Schema::default() };
            let serialization = Serialization::of(location);
            operation.parameters.push(Field { name, location, required: true, serialization, schema });
        }
    }
}
