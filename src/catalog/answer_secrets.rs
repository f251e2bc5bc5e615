//! What the documented answers call secret, in any media type and however deep. A form stops where nobody would fill it in;
//! what must not be shown has no such end.

use indexmap::{IndexMap, IndexSet};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::cell::OnceCell;
use std::fmt;
use std::sync::Arc;

/// A chain of references longer than this is a circle.
const LONGEST: usize = 32;

/// How the answers of an operation are described. That is read with the first answer: until then no name is needed.
#[derive(Clone, PartialEq, Eq)]
pub struct AnswerSecrets {
    /// What references lead into.
    document: Arc<Value>,
    /// `responses` of the operation.
    responses: Arc<Value>,
}

impl fmt::Debug for AnswerSecrets {
    /// The document may be long.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AnswerSecrets")
    }
}

impl AnswerSecrets {
    /// `responses`: of the operation, as the document has it.
    pub(super) fn new(document: &Arc<Value>, responses: Option<&Value>) -> Self {
        Self { document: document.clone(), responses: Arc::new(responses.cloned().unwrap_or_default()) }
    }

    /// Reads what is described.
    pub fn names(&self) -> SecretNames {
        secret_names(&self.document, &self.responses)
    }
}

/// What the documented answers of an operation call secret, whatever their status and their media type.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecretNames {
    names: Vec<String>,
    /// An answer is a secret itself, without a name, or a list of them.
    pub whole: bool,
    /// The members of an answer are secrets, whatever they are called.
    pub members: bool,
}

impl SecretNames {
    pub fn add(&mut self, name: &str) {
        if !self.has(name.as_bytes()) {
            self.names.push(name.to_owned());
        }
    }

    /// Nothing is a secret.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty() && !self.whole && !self.members
    }

    /// Whether this is one of the names, in any case, with or without `-`, `_`, blanks and what nobody can see.
    pub fn has(&self, name: &[u8]) -> bool {
        self.names.iter().any(|secret| plain(secret.as_bytes()).eq(plain(name)))
    }
}

/// Answers have millions of names: none is copied.
fn plain(name: &[u8]) -> impl Iterator<Item = u8> {
    name.iter().filter(|byte| !matches!(byte, b'-' | b'_' | ..=b' ')).map(u8::to_ascii_lowercase)
}

/// Reads `responses` of an operation.
fn secret_names<'a>(document: &'a Value, responses: &'a Value) -> SecretNames {
    let mut walk = Walk { document, named: OnceCell::new(), seen: IndexSet::new(), open: Vec::new() };
    let mut found = SecretNames::default();
    for (_, response) in members(walk.target(Some(responses))) {
        let Some(response) = walk.target(Some(response)) else { continue };
        for (name, header) in members(walk.target(response.get("headers"))) {
            let header = walk.target(Some(header));
            walk.open(header.and_then(|header| header.get("schema")), Under::Name(name));
            walk.media(header, Under::Name(name));
            // `X-Keys: access,AK,secret,…`: in a header that holds a secret among other things nothing else tells it apart.
            if !walk.look(&mut found) {
                found.add(name);
            }
            walk.seen.clear();
        }
        walk.media(Some(response), Under::Whole);
    }
    walk.look(&mut found);
    found
}

/// How a value is called: by the name of the nearest property or header around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Under<'a> {
    Name(&'a str),
    /// It is the answer, or an item of it.
    Whole,
    /// It is a member of the answer, of any name.
    Members,
}

struct Walk<'a> {
    document: &'a Value,
    /// Schemas by their `$anchor`, `$dynamicAnchor` and `$id`.
    named: OnceCell<IndexMap<&'a str, &'a Value>>,
    /// The addresses of the schemas that were looked at, and what they were looked at under.
    seen: IndexSet<(*const Value, Under<'a>)>,
    /// The schemas that are still to be looked at.
    open: Vec<(&'a Value, Under<'a>)>,
}

impl<'a> Walk<'a> {
    /// The value, or what its reference leads to.
    fn target(&self, mut value: Option<&'a Value>) -> Option<&'a Value> {
        for _ in 0..LONGEST {
            let Some(referred) = self.referred(value?) else { break };
            value = Some(referred);
        }
        value
    }

    fn referred(&self, value: &Value) -> Option<&'a Value> {
        let reference = value.get("$ref").or_else(|| value.get("$dynamicRef"))?;
        self.resolved(reference.as_str()?)
    }

    /// What a reference leads to, in the document or in a schema that has an address of its own (`$id`). Which of those is the
    /// nearest one is not looked at: a name too many is masked without need, and one too few is shown.
    fn resolved(&self, reference: &str) -> Option<&'a Value> {
        let (base, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let fragment = percent_encoding::percent_decode_str(fragment).decode_utf8().ok()?;
        let named = || self.named.get_or_init(|| named(self.document));
        if base.is_empty() {
            let inside =
                || named().get(&*fragment).copied().or_else(|| named().values().find_map(|own| own.pointer(&fragment)));
            return self.document.pointer(&fragment).or_else(inside);
        }
        let is_meant = |id: &&str| *id == base || id.strip_suffix(base).is_some_and(|before| before.ends_with('/'));
        let (_, resource) = named().iter().find(|(id, _)| is_meant(id))?;
        resource.pointer(&fragment).or_else(|| named().get(&*fragment).copied())
    }

    /// The schemas that a `discriminator` chooses from: those that its `mapping` names, and those that are made of this one.
    fn kinds(&self, schema: &'a Value) -> Vec<&'a Value> {
        let Some(discriminator) = schema.get("discriminator") else { return Vec::new() };
        let all = self.document.pointer("/components/schemas");
        let by_name = |name: &str| all.and_then(|all| all.get(name));
        let mapped = members(discriminator.get("mapping")).filter_map(|(_, target)| target.as_str());
        let mapped = mapped.filter_map(|target| by_name(target).or_else(|| self.resolved(target)));
        let is_part = |part: &Value| self.referred(part).is_some_and(|part| std::ptr::eq(part, schema));
        let is_child =
            |own: &&Value| own.get("allOf").and_then(Value::as_array).is_some_and(|all| all.iter().any(is_part));
        mapped.chain(members(all).map(|(_, own)| own).filter(is_child)).collect()
    }

    /// The schemas of `content`.
    fn media(&mut self, value: Option<&'a Value>, under: Under<'a>) {
        for (_, media) in members(self.target(value.and_then(|value| value.get("content")))) {
            let media = self.target(Some(media));
            self.open(media.and_then(|media| media.get("schema")), under);
        }
    }

    /// A schema, or a list of them.
    fn open(&mut self, value: Option<&'a Value>, under: Under<'a>) {
        match value {
            Some(Value::Array(list)) => list.iter().for_each(|schema| self.open.push((schema, under))),
            Some(schema) => self.open.push((schema, under)),
            None => {}
        }
    }

    /// Looks at every schema once for each name that its values may have. Gives whether nothing in them is a secret.
    fn look(&mut self, found: &mut SecretNames) -> bool {
        let mut is_harmless = true;
        while let Some((schema, under)) = self.open.pop() {
            if !schema.is_object() || !self.seen.insert((std::ptr::from_ref(schema), under)) {
                continue;
            }
            if schema.get("format").is_some_and(|format| format == "password")
                || schema.get("x-secret") == Some(&Value::Bool(true))
            {
                is_harmless = false;
                match under {
                    Under::Name(name) => found.add(name),
                    Under::Whole => {
                        found.whole = true;
                        // A body that is an object is searched by its members.
                        found.members |= schema.get("type").is_none_or(|kind| kind != "string");
                    }
                    Under::Members => found.members = true,
                }
            }
            for (name, property) in members(schema.get("properties")) {
                self.open(Some(property), Under::Name(name));
            }
            // In XML it may be called otherwise.
            if let Some(name) = schema.pointer("/xml/name").and_then(Value::as_str) {
                self.open(Some(schema), Under::Name(name));
            }
            for key in
                ["allOf", "anyOf", "oneOf", "if", "then", "else", "items", "prefixItems", "contains", "contentSchema"]
            {
                self.open(schema.get(key), under);
            }
            for (_, dependent) in members(schema.get("dependentSchemas")) {
                self.open(Some(dependent), under);
            }
            let under_any = if under == Under::Whole { Under::Members } else { under };
            for key in ["additionalProperties", "unevaluatedProperties"] {
                self.open(schema.get(key), under_any);
            }
            for (_, member) in members(schema.get("patternProperties")) {
                self.open(Some(member), under_any);
            }
            let others = self.referred(schema).into_iter().chain(self.kinds(schema));
            self.open.extend(others.map(|other| (other, under)).collect::<Vec<_>>());
        }
        is_harmless
    }
}

/// Every part of the document that has a name of its own (JSON Schema 2020-12, 8.2).
fn named(document: &Value) -> IndexMap<&str, &Value> {
    let mut found = IndexMap::new();
    let mut open = vec![document];
    while let Some(value) = open.pop() {
        for key in ["$anchor", "$dynamicAnchor", "$id"] {
            if let Some(name) = value.get(key).and_then(Value::as_str) {
                found.insert(name.trim_end_matches('#'), value);
            }
        }
        match value {
            Value::Object(members) => open.extend(members.values()),
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    found
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}
