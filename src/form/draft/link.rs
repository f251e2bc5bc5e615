//! A form as names and values for an address, and back. No secret, no file and no credential is among them.
//!
//! A text at the top of the form goes by its field's name: `instance_id=…`, and `region=…` stands for the server of that
//! region where no field has this name. All else has a name that begins with a tilde and says what it is:
//!
//! | name | value |
//! |---|---|
//! | `~server` | the URL of the server as the description has it |
//! | `~variable.NAME` | the text of a variable of that server |
//! | `~text.LOCATION.PATH` | a text further down, or of a name that two fields have |
//! | `~null.…`, `~unset.…` | nothing: the field holds `null`, or is empty although it begins with a value |
//! | `~items.…` | how many items an array has |
//! | `~members.…` | the names of an object's members beyond the documented ones, as a JSON array |
//! | `~form.…` | which form is chosen of a value that has several, from 0 |

mod read;
#[cfg(test)]
mod tests;

pub(super) use read::MOST_ITEMS;
pub use read::{Filling, Misfit, MisfitReason};

use super::{Draft, FieldPath, Raw, fits_base_path, fits_host};
use crate::catalog::{Field, Kind, Operation, Schema, Server, ServerVariable, is_credential};
use crate::form::credentials::{is_secret, without_credentials};
use serde_json::Value;

/// Stands for the region where the operation has no field of this name.
pub const REGION: &str = "region";
const SERVER: &str = "~server";
const VARIABLE: &str = "~variable.";

/// What a link carries, and what it leaves out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Link {
    /// Names and values, for the address.
    pub pairs: Vec<(String, String)>,
    /// The fields that hold a secret or a file: they are not in the pairs.
    pub withheld: Vec<String>,
}

/// What stands at a place, besides a text at the top of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Text,
    Null,
    Unset,
    Items,
    Members,
    Form,
}

impl Mark {
    const ALL: [Self; 6] = [Self::Text, Self::Null, Self::Unset, Self::Items, Self::Members, Self::Form];

    const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Null => "null",
            Self::Unset => "unset",
            Self::Items => "items",
            Self::Members => "members",
            Self::Form => "form",
        }
    }

    fn of(self, path: &FieldPath) -> String {
        format!("~{}.{}.{}", self.name(), path.location.name(), path.path)
    }
}

impl Draft {
    /// The form as a link carries it. Values that the console makes are left out: another call has others.
    pub fn to_link(&self, operation: &Operation) -> Link {
        let mut link = self.to_pairs(operation);
        // A form begins with defaults. What is empty here must be empty there.
        let mut there = Self::new(operation, &mut String::new);
        there.fill_from_link(operation, &link.pairs);
        let of_console = |path: &FieldPath| {
            let made = |field: &&Field| field.schema.generate.is_some() && FieldPath::of(field) == *path;
            operation.fields().iter().any(made)
        };
        let surplus = there.values.keys().filter(|path| *self.get(path) == Raw::Unset && !of_console(path));
        link.pairs.extend(surplus.map(|path| (Mark::Unset.of(path), String::new())));
        link
    }

    /// Whether a name of a link says which server is called.
    pub(crate) fn is_server_pair(operation: &Operation, name: &str) -> bool {
        let is_field = operation.fields().iter().any(|field| field.name == name);
        !is_field && (name == REGION || name == SERVER || name.starts_with(VARIABLE))
    }

    /// What is in the form, and not what is empty in it.
    pub(crate) fn to_pairs(&self, operation: &Operation) -> Link {
        let mut writer = Writer { draft: self, operation, link: Link::default() };
        writer.server();
        for field in operation.parameters.iter().filter(|field| field.schema.generate.is_none()) {
            writer.value(&FieldPath::of(field), &field.schema);
        }
        if let Some(body) = &operation.body {
            writer.value(&FieldPath::body(), &body.schema);
        }
        writer.link
    }
}

struct Writer<'a> {
    draft: &'a Draft,
    operation: &'a Operation,
    link: Link,
}

impl Writer<'_> {
    fn add(&mut self, name: String, value: impl Into<String>) {
        self.link.pairs.push((name, value.into()));
    }

    fn server(&mut self) {
        let Some(server) = self.operation.servers.get(self.draft.server) else { return };
        let is_named = !server.region.is_empty()
            && server.variables.is_empty()
            && position_of(self.operation, &server.region) == Some(self.draft.server)
            && self.operation.fields().iter().all(|field| field.name != REGION);
        if is_named {
            self.add(String::from(REGION), server.region.clone());
        } else if self.operation.servers.len() > 1 {
            self.add(String::from(SERVER), server.url.clone());
        }
        for variable in &server.variables {
            if let Some(text) = self.draft.variables.get(&variable.name).filter(|text| fits(server, variable, text)) {
                self.add(format!("{VARIABLE}{}", variable.name), text.clone());
            }
        }
    }

    /// The value at `path` and all below it, what holds others before what it holds.
    fn value(&mut self, path: &FieldPath, schema: &Schema) {
        let draft = self.draft;
        if let Kind::OneOf(alternatives) = &schema.kind {
            if let Some(index) = draft.alternatives.get(path) {
                self.add(Mark::Form.of(path), index.to_string());
            }
            if let Some(chosen) = alternatives.get(draft.alternative(path)) {
                return self.value(path, &chosen.schema);
            }
        }
        match draft.get(path) {
            Raw::Unset => {}
            _ if schema.kind == Kind::File || is_secret(path, schema) => return self.withhold(path),
            Raw::File(_) => return self.withhold(path),
            Raw::Text(text) if without_credentials(text, path, &schema.kind).is_some() => {
                return self.withhold(path);
            }
            Raw::Text(text) => {
                let name = if self.has_own_name(path) { path.path.clone() } else { Mark::Text.of(path) };
                self.add(name, text.clone());
            }
            Raw::Null => self.add(Mark::Null.of(path), ""),
            Raw::Items(count) => self.add(Mark::Items.of(path), count.to_string()),
            Raw::Members(names) => {
                let texts = names.iter().map(String::as_str);
                let (secret, shown): (Vec<&str>, Vec<&str>) =
                    texts.partition(|name| is_credential(name, path.location));
                secret.into_iter().for_each(|name| self.withhold(&path.child(name)));
                self.add(Mark::Members.of(path), Value::from(shown.as_slice()).to_string());
            }
        }
        match &schema.kind {
            Kind::Object(fields) => {
                let is_made = |field: &&Field| path.path.is_empty() && field.schema.generate.is_some();
                for field in fields.iter().filter(|field| !is_made(field)) {
                    self.value(&path.child(&field.name), &field.schema);
                }
                for name in draft.members(path).iter().filter(|name| !is_credential(name, path.location)) {
                    self.value(&path.child(name), schema.additional.schema());
                }
            }
            Kind::Array(item) => (0..draft.items(path)).for_each(|index| self.value(&path.child(index), item)),
            _ => {}
        }
    }

    fn withhold(&mut self, path: &FieldPath) {
        self.link.withheld.push(path.path.clone());
    }

    /// Whether the name of the field is enough: it is at the top, takes a text, and no other one has its name.
    fn has_own_name(&self, path: &FieldPath) -> bool {
        let fields = self.operation.fields();
        let mut same = fields.iter().filter(|field| field.name == path.path);
        let is_it = same.next().is_some_and(|field| FieldPath::of(field) == *path && !has_parts(&field.schema.kind));
        is_it && same.next().is_none() && !path.path.starts_with('~')
    }
}

/// What a plain name fills from JSON.
const fn has_parts(kind: &Kind) -> bool {
    matches!(kind, Kind::Object(_) | Kind::Array(_) | Kind::OneOf(_))
}

fn position_of(operation: &Operation, region: &str) -> Option<usize> {
    operation.servers.iter().position(|server| server.region == region)
}

/// Whether a text may be the value of a variable: it cannot make another host of the server than the description allows.
fn fits(server: &Server, variable: &ServerVariable, text: &str) -> bool {
    let is_listed = variable.choices.is_empty() || variable.choices.iter().any(|choice| choice == text);
    let in_path = server.base_path().contains(&format!("{{{}}}", variable.name));
    is_listed && if in_path { fits_base_path(variable, text) } else { fits_host(variable, text) }
}
