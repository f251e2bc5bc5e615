//! What the documented answers call secret, in any media type and however deep. A form stops where nobody would fill it in;
//! what must not be shown has no such end.

use crate::catalog::model::SecretNames;
use indexmap::IndexSet;
use serde_json::{Map, Value};

/// A chain of references longer than this is a circle.
const LONGEST: usize = 32;

/// Reads `responses` of an operation.
pub(super) fn secret_names(document: &Value, operation: &Value) -> SecretNames {
    let mut walk = Walk { document, seen: IndexSet::new(), found: SecretNames::default() };
    for response in members(walk.target(operation.get("responses"))) {
        let Some(response) = walk.target(Some(response.1)) else { continue };
        for (name, header) in members(walk.target(response.get("headers"))) {
            let Some(header) = walk.target(Some(header)) else { continue };
            let of_media = members(header.get("content")).filter_map(|(_, media)| media.get("schema"));
            for schema in header.get("schema").into_iter().chain(of_media) {
                walk.named(name, schema);
            }
        }
        for (_, media) in members(walk.target(response.get("content"))) {
            if let Some(schema) = walk.target(Some(media)).and_then(|media| media.get("schema")) {
                walk.whole(schema);
            }
        }
    }
    walk.found
}

struct Walk<'a> {
    document: &'a Value,
    /// The addresses of the schemas that were looked at.
    seen: IndexSet<*const Value>,
    found: SecretNames,
}

impl<'a> Walk<'a> {
    /// The value, or what its reference leads to.
    fn target(&self, value: Option<&'a Value>) -> Option<&'a Value> {
        let referred = |value: &&'a Value| self.referred(value);
        std::iter::successors(value, referred).take(LONGEST).last()
    }

    fn referred(&self, value: &Value) -> Option<&'a Value> {
        let pointer = value.get("$ref")?.as_str()?.strip_prefix('#')?;
        let pointer = percent_encoding::percent_decode_str(pointer).decode_utf8().ok()?;
        self.document.pointer(&pointer)
    }

    /// The schema of an answer as a whole.
    fn whole(&mut self, schema: &'a Value) {
        if self.is_secret(schema, &VALUES) {
            self.found.whole = true;
        } else if self.is_secret(schema, &NAMELESS) {
            self.found.members = true;
        }
        self.schema(schema);
    }

    fn named(&mut self, name: &str, schema: &'a Value) {
        if self.is_secret(schema, &NAMELESS) {
            self.found.add(name);
        }
        self.schema(schema);
    }

    /// Whether a value of this schema may be a secret, or hold one that has no name of its own behind these keywords.
    fn is_secret(&self, schema: &'a Value, keywords: &[&str]) -> bool {
        let (mut queue, mut seen) = (vec![schema], IndexSet::new());
        while let Some(schema) = queue.pop() {
            let Some(own) = schema.as_object().filter(|_| seen.insert(std::ptr::from_ref(schema))) else { continue };
            if own.get("format").is_some_and(|format| format == "password") || own.get("x-secret") == Some(&true.into())
            {
                return true;
            }
            queue.extend(self.parts(schema, own).chain(below(own, keywords)));
        }
        false
    }

    /// Looks at every schema once.
    fn schema(&mut self, schema: &'a Value) {
        let mut queue = vec![schema];
        while let Some(schema) = queue.pop() {
            let is_new = self.seen.insert(std::ptr::from_ref(schema));
            let Some(own) = schema.as_object().filter(|_| is_new) else { continue };
            for (name, property) in members(own.get("properties")) {
                if self.is_secret(property, &NAMELESS) {
                    self.found.add(name);
                }
                queue.push(property);
            }
            queue.extend(self.parts(schema, own).chain(below(own, &NAMELESS)));
        }
    }

    /// What the schema is made of.
    fn parts(&self, schema: &Value, own: &'a Map<String, Value>) -> impl Iterator<Item = &'a Value> {
        let lists = ["allOf", "anyOf", "oneOf"].into_iter().filter_map(|key| own.get(key)?.as_array()).flatten();
        let one = ["if", "then", "else"].into_iter().filter_map(|key| own.get(key));
        let dependent = members(own.get("dependentSchemas")).map(|(_, schema)| schema);
        self.referred(schema).into_iter().chain(lists).chain(one).chain(dependent)
    }
}

/// Keywords of values in a row.
const VALUES: [&str; 3] = ["items", "prefixItems", "contains"];
/// The same, and members of any name.
const NAMELESS: [&str; 6] =
    ["items", "prefixItems", "contains", "additionalProperties", "unevaluatedProperties", "patternProperties"];

/// The schemas behind these keywords: one, a list of them, or one for each pattern.
fn below<'a>(own: &'a Map<String, Value>, keywords: &[&str]) -> impl Iterator<Item = &'a Value> {
    let found: Vec<&'a Value> = keywords.iter().filter_map(|key| own.get(*key)).collect();
    let is_patterns = keywords.contains(&"patternProperties");
    let patterns = is_patterns.then(|| own.get("patternProperties")).flatten();
    let lists = found.clone().into_iter().filter_map(Value::as_array).flatten();
    found.into_iter().chain(lists).chain(members(patterns).map(|(_, schema)| schema))
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&str, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten().map(|(name, member)| (name.as_str(), member))
}
