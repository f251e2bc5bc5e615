//! A checked value as it will be sent: numbers and raw JSON keep the text that was typed.

use super::credentials::all_masked;
use crate::catalog::{Location, MASK, is_credential};
use serde_json::Value;
use std::sync::Arc;

/// One value of a call.
#[derive(Clone, PartialEq)]
pub enum ArgumentValue {
    Null,
    Text(String),
    /// A text that is shown to nobody.
    Secret(String),
    /// A number, `true`, `false` or raw JSON, to the byte as it was typed.
    Json(String),
    /// A text or raw JSON with a credential in it.
    PartlySecret {
        /// As it was typed.
        sent: Box<Self>,
        /// The same with its credentials masked.
        shown: Box<Self>,
    },
    /// Values in a row.
    Array(Vec<Self>),
    /// Names and values, in the order of the form.
    Object(Vec<(String, Self)>),
    File(File),
}

/// A file that the user chose.
#[derive(Clone, PartialEq, Eq)]
pub struct File {
    /// Its name on the user's machine.
    pub name: String,
    /// What is in it.
    pub bytes: Arc<[u8]>,
}

/// A file can hold secrets: only its name and size are printed.
impl std::fmt::Debug for File {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({} bytes)", self.name, self.bytes.len())
    }
}

/// Masked: values can be secrets.
impl std::fmt::Debug for ArgumentValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.to_shown_json())
    }
}

impl ArgumentValue {
    /// The value as JSON.
    pub fn to_json(&self) -> String {
        let mut text = String::new();
        self.write_json(&mut text, false);
        text
    }

    /// The same with every secret masked.
    pub fn to_shown_json(&self) -> String {
        let mut text = String::new();
        self.write_json(&mut text, true);
        text
    }

    fn write_json(&self, text: &mut String, masked: bool) {
        match self {
            Self::Null => text.push_str("null"),
            Self::Text(own) => text.push_str(&quoted(own)),
            Self::Secret(own) => text.push_str(&quoted(if masked { MASK } else { own })),
            Self::PartlySecret { sent, shown } => (if masked { shown } else { sent }).write_json(text, masked),
            Self::Json(own) => text.push_str(own),
            Self::File(file) => text.push_str(&quoted(&file.name)),
            Self::Array(items) => {
                text.push('[');
                for (index, item) in items.iter().enumerate() {
                    text.push_str(if index > 0 { "," } else { "" });
                    item.write_json(text, masked);
                }
                text.push(']');
            }
            Self::Object(members) => {
                text.push('{');
                for (index, (name, member)) in members.iter().enumerate() {
                    text.push_str(if index > 0 { "," } else { "" });
                    text.push_str(&quoted(name));
                    text.push(':');
                    member.write_json(text, masked);
                }
                text.push('}');
            }
        }
    }

    /// The value where only texts travel: without quotes. `None` for `null`, which has no text.
    pub fn to_text(&self) -> Option<String> {
        match self {
            Self::Null => None,
            Self::Text(text) | Self::Secret(text) | Self::Json(text) => Some(text.clone()),
            Self::PartlySecret { sent, .. } => sent.to_text(),
            Self::Array(_) | Self::Object(_) | Self::File(_) => Some(self.to_json()),
        }
    }

    /// The value with every secret masked.
    pub fn masked(&self) -> Self {
        match self {
            Self::Secret(_) => Self::Text(MASK.to_owned()),
            Self::PartlySecret { shown, .. } => (**shown).clone(),
            Self::Array(items) => Self::Array(items.iter().map(Self::masked).collect()),
            Self::Object(members) => {
                Self::Object(members.iter().map(|(name, value)| (name.clone(), value.masked())).collect())
            }
            other => other.clone(),
        }
    }
}

impl ArgumentValue {
    /// The value as that of a credential: every text and number in it is a secret.
    pub(super) fn hidden(self) -> Self {
        match self {
            Self::Text(text) => Self::Secret(text),
            Self::Json(sent) => {
                let shown = all_masked(&sent).unwrap_or_else(|| quoted(MASK));
                Self::Json(sent).shown_as(shown)
            }
            Self::PartlySecret { sent, .. } => sent.hidden(),
            Self::Array(items) => Self::Array(items.into_iter().map(Self::hidden).collect()),
            Self::Object(members) => {
                Self::Object(members.into_iter().map(|(name, member)| (name, member.hidden())).collect())
            }
            other => other,
        }
    }

    /// The value with another text for the screen.
    pub(super) fn shown_as(self, text: String) -> Self {
        let shown = if matches!(self, Self::Json(_)) { Self::Json(text) } else { Self::Text(text) };
        Self::PartlySecret { sent: Box::new(self), shown: Box::new(shown) }
    }

    /// The value with the members hidden whose names are those of credentials.
    pub(super) fn hiding_credentials(self, location: Location) -> Self {
        match self {
            Self::Array(items) => {
                Self::Array(items.into_iter().map(|item| item.hiding_credentials(location)).collect())
            }
            Self::Object(members) => {
                let hide = |(name, member): (String, Self)| {
                    let is_hidden = is_credential(&name, location);
                    (name, if is_hidden { member.hidden() } else { member.hiding_credentials(location) })
                };
                Self::Object(members.into_iter().map(hide).collect())
            }
            other => other,
        }
    }
}

impl From<&Value> for ArgumentValue {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::String(text) => Self::Text(text.clone()),
            Value::Array(items) => Self::Array(items.iter().map(Self::from).collect()),
            Value::Object(members) => {
                Self::Object(members.iter().map(|(name, member)| (name.clone(), Self::from(member))).collect())
            }
            Value::Bool(_) | Value::Number(_) => Self::Json(value.to_string()),
        }
    }
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}
