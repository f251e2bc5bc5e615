//! Credentials that only their names give away: in raw JSON, and among the members of an object that no description names.
//! One rule for whatever leaves the form, or is kept of it: previews, links, samples, the history, the next version of the page.

use super::field_path::FieldPath;
use crate::catalog::{Kind, Location, MASK, Schema, is_credential, plain_text};
use serde_json::Value;

/// Whether a field holds a secret: its description says so, or its name does. What has parts or choices is none by its
/// name: its description says which part is one.
pub(crate) fn is_secret(path: &FieldPath, schema: &Schema) -> bool {
    match schema.kind {
        Kind::Secret => true,
        Kind::Array(_) | Kind::Object(_) | Kind::OneOf(_) | Kind::File => false,
        _ if schema.secret => true,
        Kind::Text | Kind::Integer | Kind::Number => is_credential(path.name(), path.location),
        _ => false,
    }
}

/// Whether a body of XML, YAML or lines of JSON gives a value to a credential: all of it is hidden.
pub(crate) fn is_secret_text(text: &str, path: &FieldPath, kind: &Kind) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    // `<password>`, `password:`, `"password":`, `password=`
    let is_named = |piece: &str| {
        let name = piece.strip_suffix(['=', ':', '>']).map(|before| before.trim_end_matches(['"', '\'', ' ']));
        name.and_then(|name| name.rsplit(|c| !is_part(c)).next()).is_some_and(|name| is_credential(name, path.location))
    };
    *kind == Kind::Text && *path == FieldPath::body() && text.split_inclusive(['=', ':', '>']).any(is_named)
}

/// Whether a text is JSON: the field takes JSON, at least where its value has another form than the description says, or
/// an object or a list stands in a field for texts.
pub(crate) fn is_json_in(kind: &Kind, text: &str) -> bool {
    match kind {
        Kind::Json | Kind::Array(_) | Kind::Object(_) | Kind::OneOf(_) => true,
        Kind::Text => looks_like_json(text) && serde_json::from_str::<Value>(text).is_ok(),
        _ => false,
    }
}

fn looks_like_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
}

/// The text with the credentials masked that are in it as JSON; nothing where there is none. Of a text that is to be JSON,
/// is none yet and names one, nothing is left, and of a body that [`is_secret_text`].
pub(crate) fn without_credentials(text: &str, path: &FieldPath, kind: &Kind) -> Option<String> {
    if !is_json_in(kind, text) {
        return is_secret_text(text, path, kind).then(String::new);
    }
    match serde_json::from_str::<Value>(text) {
        Ok(_) => replace_credentials(text, path, &mut |_, _| MASK.to_owned()),
        Err(_) => names_credential(text, path.location).then(String::new),
    }
}

/// JSON with another text in the place of each credential: `replace` gets its name and its value. Nothing where there is
/// none.
pub(crate) fn replace_credentials(
    text: &str,
    path: &FieldPath,
    replace: &mut dyn FnMut(&str, &str) -> String,
) -> Option<String> {
    let mut value: Value = serde_json::from_str(text).ok()?;
    let mut walk = Walk { location: path.location, found: false, replace };
    walk.value(&mut value, path.name(), is_credential(path.name(), path.location));
    walk.found.then(|| value.to_string())
}

/// JSON with every text and number masked.
pub(super) fn all_masked(text: &str) -> Option<String> {
    let mut value: Value = serde_json::from_str(text).ok()?;
    let replace = &mut |_: &str, _: &str| MASK.to_owned();
    Walk { location: Location::Body, found: false, replace }.value(&mut value, "", true);
    Some(value.to_string())
}

/// The name of the first credential in JSON that a mask stands for: it has to be entered again.
pub(crate) fn masked_credential(text: &str, path: &FieldPath) -> Option<String> {
    let mut masked = None;
    replace_credentials(text, path, &mut |name, value| {
        if value == MASK {
            masked.get_or_insert_with(|| name.to_owned());
        }
        value.to_owned()
    });
    masked
}

/// Whether any word of a text is the name of a credential.
fn names_credential(text: &str, location: Location) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    text.split(|c| !is_part(c)).any(|word| is_credential(word, location))
}

struct Walk<'a> {
    location: Location,
    found: bool,
    replace: &'a mut dyn FnMut(&str, &str) -> String,
}

impl Walk<'_> {
    /// `hidden`: all below a credential's name is one.
    fn value(&mut self, value: &mut Value, name: &str, hidden: bool) {
        match value {
            Value::Object(members) => members.iter_mut().for_each(|(name, member)| {
                self.value(member, name, hidden || is_credential(name, self.location));
            }),
            Value::Array(items) => items.iter_mut().for_each(|item| self.value(item, name, hidden)),
            Value::String(text) if hidden && text.is_empty() => {}
            Value::String(_) | Value::Number(_) if hidden => {
                self.found = true;
                *value = Value::from((self.replace)(name, &plain_text(value)));
            }
            Value::String(text) if looks_like_json(text) => self.nested(text),
            _ => {}
        }
    }

    /// JSON in a string.
    fn nested(&mut self, text: &mut String) {
        let Ok(mut inner) = serde_json::from_str::<Value>(text) else { return };
        let before = std::mem::take(&mut self.found);
        self.value(&mut inner, "", false);
        if self.found {
            *text = inner.to_string();
        }
        self.found |= before;
    }
}

#[cfg(test)]
mod tests;
