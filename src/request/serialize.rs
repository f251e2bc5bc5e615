//! OpenAPI's `style` and `explode`: how a parameter's value is spelled (OpenAPI 3.1.1, "Style Examples", which follows
//! RFC 6570). Every text is encoded; what joins them is not.

use super::encode::{encode, encode_reserved, encode_reserved_item};
use crate::catalog::Style;
use crate::form::{Argument, ArgumentValue};

/// A value as far as a style tells values apart. `null` is left out: it has no text.
enum Shape {
    One(String),
    List(Vec<String>),
    Members(Vec<(String, String)>),
}

fn shape(argument: &Argument, name: fn(&str) -> String, value: fn(&str) -> String) -> Option<Shape> {
    if argument.serialization.style == Style::Json {
        return Some(Shape::One(value(&argument.value.to_json())));
    }
    let text = |own: &ArgumentValue| Some(value(&own.to_text()?));
    Some(match &argument.value {
        ArgumentValue::Array(items) => Shape::List(items.iter().filter_map(text).collect()),
        ArgumentValue::Object(members) => {
            Shape::Members(members.iter().filter_map(|(own, value)| Some((name(own), text(value)?))).collect())
        }
        one => Shape::One(text(one)?),
    })
}

/// Names and values joined by one text inside and another between.
fn join(members: &[(String, String)], inside: &str, between: &str) -> String {
    members.iter().map(|(name, value)| format!("{name}{inside}{value}")).collect::<Vec<_>>().join(between)
}

/// The text that replaces a placeholder in the path.
pub(super) fn path_text(argument: &Argument) -> String {
    let name = encode(&argument.name);
    let explode = argument.serialization.explode;
    let Some(shape) = shape(argument, encode, encode) else { return String::new() };
    match argument.serialization.style {
        Style::Matrix => match shape {
            Shape::One(value) => matrix(&name, &value),
            Shape::List(items) if explode => items.iter().map(|item| matrix(&name, item)).collect(),
            Shape::Members(members) if explode => members.iter().map(|(name, value)| matrix(name, value)).collect(),
            Shape::List(items) => matrix(&name, &items.join(",")),
            Shape::Members(members) => matrix(&name, &join(&members, ",", ",")),
        },
        Style::Label => match shape {
            Shape::One(value) => format!(".{value}"),
            Shape::List(items) => format!(".{}", items.join(if explode { "." } else { "," })),
            Shape::Members(members) if explode => format!(".{}", join(&members, "=", ".")),
            Shape::Members(members) => format!(".{}", join(&members, ",", ",")),
        },
        _ => simple(shape, explode),
    }
}

fn matrix(name: &str, value: &str) -> String {
    if value.is_empty() { format!(";{name}") } else { format!(";{name}={value}") }
}

fn simple(shape: Shape, explode: bool) -> String {
    match shape {
        Shape::One(value) => value,
        Shape::List(items) => items.join(","),
        Shape::Members(members) => join(&members, if explode { "=" } else { "," }, ","),
    }
}

/// What a header carries: not encoded. `None`: nothing to send.
pub(super) fn header_text(argument: &Argument) -> Option<String> {
    let text = simple(shape(argument, str::to_owned, str::to_owned)?, argument.serialization.explode);
    let is_list = matches!(argument.value, ArgumentValue::Array(_) | ArgumentValue::Object(_));
    (!is_list || !text.is_empty()).then_some(text)
}

/// The `name=value` pairs of a query, or of a body that is a form.
pub(super) fn pairs(argument: &Argument) -> Vec<String> {
    let name = encode(&argument.name);
    let serialization = argument.serialization;
    let is_one = !matches!(argument.value, ArgumentValue::Array(_) | ArgumentValue::Object(_));
    let each = serialization.explode || serialization.style == Style::DeepObject;
    let spelled = match (serialization.allow_reserved, is_one || each) {
        (false, _) => encode,
        (true, true) => encode_reserved,
        (true, false) => encode_reserved_item,
    };
    let separator = match serialization.style {
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "%7C",
        _ => ",",
    };
    match shape(argument, encode, spelled) {
        None => Vec::new(),
        Some(Shape::One(value)) => vec![format!("{name}={value}")],
        Some(Shape::List(items)) if items.is_empty() => Vec::new(),
        Some(Shape::List(items)) if each => items.iter().map(|item| format!("{name}={item}")).collect(),
        Some(Shape::List(items)) => vec![format!("{name}={}", items.join(separator))],
        Some(Shape::Members(members)) if members.is_empty() => Vec::new(),
        Some(Shape::Members(members)) => match serialization.style {
            Style::DeepObject => members.iter().map(|(key, value)| format!("{name}[{key}]={value}")).collect(),
            _ if serialization.explode => members.iter().map(|(key, value)| format!("{key}={value}")).collect(),
            _ => vec![format!("{name}={}", join(&members, separator, separator))],
        },
    }
}

#[cfg(test)]
mod tests;
