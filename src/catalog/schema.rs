//! JSON Schema, as far as a form can show it. What it cannot show becomes raw JSON rather than an error.

use super::model::{Choice, Field, Generate, Kind, Location, Rules, Schema};
use super::node::{Node, Reason, Result, Unsupported};
use serde_json::Value;

/// A value about which nothing is said.
pub(super) fn any() -> Schema {
    Schema { kind: Kind::Json, ..Schema::default() }
}

/// Reads a schema and everything below it.
pub(super) fn read(node: &Node<'_>) -> Result<Schema> {
    read_within(node, &mut Vec::new())
}

/// `open` holds the addresses of the schemas around this one: a schema inside itself has no end, so it is shown as
/// raw JSON.
fn read_within(node: &Node<'_>, open: &mut Vec<String>) -> Result<Schema> {
    // Nobody fills in a form nested deeper than this; schemas that refer to each other would grow without end.
    const DEEPEST: usize = 8;
    let around = open.len() >= DEEPEST || open.iter().any(|pointer| pointer == node.pointer());
    if node.value.is_boolean() || around {
        return Ok(any());
    }
    open.push(node.pointer().to_owned());
    let schema = read_members(node, open);
    open.pop();
    schema
}

fn read_members(node: &Node<'_>, open: &mut Vec<String>) -> Result<Schema> {
    let (kind, nullable) = read_kind(node, open)?;
    Ok(Schema {
        kind,
        nullable,
        write_only: node.bool("writeOnly")?.unwrap_or(false),
        description: node.text("description")?,
        default: node.get("default")?.map(|node| node.value.clone()),
        example: example(node)?,
        rules: read_rules(node)?,
        generate: read_generate(node)?,
        success: node.get("x-success")?.map(|node| node.value.clone()),
        lookup: node.get("x-lookup")?.map(|node| node.value.clone()),
        language: node.bool("x-language")?.unwrap_or(false),
    })
}

fn example(node: &Node<'_>) -> Result<Option<Value>> {
    let first = node.get("examples")?.map(|list| list.items()).transpose()?.and_then(|items| items.into_iter().next());
    Ok(node.get("example")?.or(first).map(|node| node.value.clone()))
}

fn read_kind(node: &Node<'_>, open: &mut Vec<String>) -> Result<(Kind, bool)> {
    let (types, nullable) = types(node)?;
    let has_null = |list: &Vec<Value>| list.iter().any(Value::is_null);
    // `nullable` is left over from OpenAPI 3.0 in many a document.
    let nullable = nullable
        || node.value.get("enum").and_then(Value::as_array).is_some_and(has_null)
        || node.value.get("nullable") == Some(&Value::Bool(true));
    if let Some(choices) = choices(node)? {
        let booleans = choices.iter().all(|choice| choice.value.is_boolean());
        let kind = if booleans && choices.len() == 2 { Kind::Boolean(choices) } else { Kind::Enum(choices) };
        return Ok((kind, nullable));
    }
    for keyword in ["oneOf", "anyOf", "allOf", "not", "if", "patternProperties"] {
        if node.value.get(keyword).is_some() {
            return Ok((Kind::Json, nullable));
        }
    }
    let kind = match types.as_slice() {
        ["string"] if node.str("format")? == Some("password") => Kind::Secret,
        ["string"] => Kind::Text,
        ["boolean"] => Kind::Boolean(Vec::new()),
        ["integer"] => Kind::Integer,
        ["number"] => Kind::Number,
        ["array"] => match node.get("items")? {
            Some(items) => match read_within(&items, open)? {
                // A list of anything is easier to write as JSON than line by line.
                Schema { kind: Kind::Json, .. } => Kind::Json,
                items => Kind::Array(Box::new(items)),
            },
            None => Kind::Json,
        },
        ["object"] | [] if node.value.get("properties").is_some() => Kind::Object(properties(node, open)?),
        _ => Kind::Json,
    };
    Ok((kind, nullable))
}

/// The types without `null`, and whether `null` was among them.
fn types<'a>(node: &Node<'a>) -> Result<(Vec<&'a str>, bool)> {
    let Some(kind) = node.get("type")? else { return Ok((Vec::new(), false)) };
    let mut types = match kind.value {
        Value::Array(_) => kind.items()?.iter().map(|item| item.as_str()).collect::<Result<_>>()?,
        _ => vec![kind.as_str()?],
    };
    let all = types.len();
    types.retain(|name| *name != "null");
    Ok((types.clone(), types.len() < all))
}

/// `enum`, `const`, and the annotated form: `oneOf` of constants with titles.
fn choices(node: &Node<'_>) -> Result<Option<Vec<Choice>>> {
    let plain = |node: &Node<'_>| Choice { value: node.value.clone(), label: None };
    if let Some(list) = node.get("enum")? {
        return Ok(Some(list.items()?.iter().filter(|item| !item.value.is_null()).map(plain).collect()));
    }
    if let Some(constant) = node.get("const")? {
        return Ok(Some(vec![plain(&constant)]));
    }
    let Some(list) = node.get("oneOf")? else { return Ok(None) };
    let mut choices = Vec::new();
    for item in list.items()? {
        let Some(value) = item.get("const")? else { return Ok(None) };
        let label = item.str("title")?.or(item.str("description")?);
        choices.push(Choice { value: value.value.clone(), label: label.map(str::to_owned) });
    }
    Ok(Some(choices))
}

fn properties(node: &Node<'_>, open: &mut Vec<String>) -> Result<Vec<Field>> {
    let required = node.texts("required")?;
    let mut fields = Vec::new();
    for (name, property) in node.require("properties")?.members()? {
        let schema = read_within(&property, open)?;
        let required = required.iter().any(|other| other == name);
        fields.push(Field { name: name.to_owned(), location: Location::Body, required, schema });
    }
    Ok(fields)
}

fn read_rules(node: &Node<'_>) -> Result<Rules> {
    Ok(Rules {
        pattern: node.get("pattern")?.map(|pattern| read_pattern(&pattern)).transpose()?,
        words: node.str("x-rule")?.map(str::to_owned),
        min_length: node.count("minLength")?,
        max_length: node.count("maxLength")?,
        minimum: node.number("minimum")?,
        maximum: node.number("maximum")?,
        exclusive_minimum: node.number("exclusiveMinimum")?,
        exclusive_maximum: node.number("exclusiveMaximum")?,
        multiple_of: node.number("multipleOf")?,
        min_items: node.count("minItems")?,
        max_items: node.count("maxItems")?,
        offered: None,
    })
}

pub(super) fn read_pattern(node: &Node<'_>) -> Result<String> {
    let pattern = node.as_str()?;
    match crate::pattern::check(pattern) {
        Ok(()) => Ok(pattern.to_owned()),
        Err(complaint) => Err(node.error(Reason::Pattern(complaint))),
    }
}

fn read_generate(node: &Node<'_>) -> Result<Option<Generate>> {
    match node.get("x-generate")? {
        None => Ok(None),
        Some(kind) => match kind.as_str()? {
            "uuid" => Ok(Some(Generate::Uuid)),
            other => Err(kind.error(Reason::Unsupported(Unsupported::Generate(other.to_owned())))),
        },
    }
}

#[cfg(test)]
mod tests;
