//! What is sent as it was typed and is probably not what was meant.

use super::draft::{Draft, FieldPath, Raw};
use super::validate::Target;
use crate::catalog::{Additional, Kind, Operation, Schema};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::collections::BTreeSet;

/// One thing to look at before sending. It keeps nobody from sending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldWarning {
    /// What it is about.
    pub target: Target,
    /// What is odd there.
    pub warning: Warning,
}

/// What is odd about a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// Raw JSON has a name twice in one object: most servers take one of the values and say nothing.
    DuplicateName {
        /// RFC 6901 pointer of the second one, with a leading `#`.
        pointer: String,
    },
}

/// What is odd about a form, in the order of its fields.
pub fn warnings(operation: &Operation, draft: &Draft) -> Vec<FieldWarning> {
    let mut found = Vec::new();
    for field in &operation.parameters {
        collect(draft, &FieldPath::of(field), &field.schema, &mut found);
    }
    if let Some(body) = &operation.body {
        collect(draft, &FieldPath::body(), &body.schema, &mut found);
    }
    found
}

fn collect(draft: &Draft, path: &FieldPath, schema: &Schema, found: &mut Vec<FieldWarning>) {
    match (&schema.kind, draft.get(path)) {
        (Kind::Json, Raw::Text(text)) => {
            let warning = |pointer| FieldWarning {
                target: Target::Field(path.clone()),
                warning: Warning::DuplicateName { pointer },
            };
            found.extend(duplicate_names(text).into_iter().map(warning));
        }
        (Kind::Array(item), Raw::Items(count)) => {
            (0..*count).for_each(|index| collect(draft, &path.child(index), item, found));
        }
        (Kind::Object(fields), raw) => {
            fields.iter().for_each(|field| collect(draft, &path.child(&field.name), &field.schema, found));
            if let (Raw::Members(names), false) = (raw, schema.additional == Additional::Refused) {
                names.iter().for_each(|name| collect(draft, &path.child(name), schema.additional.schema(), found));
            }
        }
        (Kind::OneOf(alternatives), _) => {
            if let Some(chosen) = alternatives.get(draft.alternative(path)) {
                collect(draft, path, &chosen.schema, found);
            }
        }
        _ => {}
    }
}

/// Every name that stands twice in an object of a JSON text; nothing where the text is no JSON.
fn duplicate_names(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let whole = Walk { pointer: String::from("#"), found: &mut found };
    let _ = whole.deserialize(&mut serde_json::Deserializer::from_str(text));
    found
}

/// A walk through the text, and where it is.
struct Walk<'a> {
    pointer: String,
    found: &'a mut Vec<String>,
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JSON")
    }

    // Some numbers come here too, as an object of one text: serde_json keeps them as they are written.
    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let mut before = BTreeSet::new();
        while let Some(name) = members.next_key::<String>()? {
            let pointer = format!("{}/{}", self.pointer, name.replace('~', "~0").replace('/', "~1"));
            if !before.insert(name) {
                self.found.push(pointer.clone());
            }
            members.next_value_seed(Walk { pointer, found: self.found })?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let mut index = 0_usize;
        while items
            .next_element_seed(Walk { pointer: format!("{}/{index}", self.pointer), found: self.found })?
            .is_some()
        {
            index += 1;
        }
        Ok(())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }
}
