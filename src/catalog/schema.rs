//! JSON Schema, as far as a form can show it. What it cannot show becomes raw JSON rather than an error.
//!
//! Reading never fails: a keyword that cannot be used costs only itself, and [`Node::omit`] remembers it.

mod choices;
mod people;
mod rules;
mod view;

use self::choices::{choices, is_null};
pub(super) use self::people::read_for_people;
use self::people::{read_part, read_remarks};
pub(super) use self::rules::read_pattern;
use self::rules::read_rules;
use self::view::View;
use super::credential_names::is_credential;
use super::model::{Additional, Alternative, Choice, Field, Generate, Kind, Location, Schema, Serialization};
use super::node::{Node, Reason, Result, Unsupported};
use super::value::plain_text;
use serde_json::Value;

/// Where a schema's values travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In a path, a query, a header or a form: every value is a text.
    Text,
    /// In JSON that is sent.
    Json,
    /// In an answer.
    Answer,
}

/// A value about which nothing is said.
pub(super) fn any(place: Place) -> Schema {
    let kind = if place == Place::Text { Kind::Text } else { Kind::Json };
    Schema { kind, ..Schema::default() }
}

/// Reads a schema and everything below it.
pub(super) fn read(node: &Node<'_>, place: Place) -> Schema {
    Reader { place, files: false, secret: false, open: Vec::new(), depth: 0, left: 2_000 }.node(node)
}

/// Reads the schema of a body in parts: what is binary is a file.
pub(super) fn read_parts(node: &Node<'_>) -> Schema {
    Reader { place: Place::Json, files: true, secret: false, open: Vec::new(), depth: 0, left: 2_000 }.node(node)
}

struct Reader {
    place: Place,
    /// A part of its own can be a file.
    files: bool,
    /// What is read is a secret, or inside of one.
    secret: bool,
    /// The addresses of the schemas around: a schema inside itself has no end, so it is shown as raw JSON.
    open: Vec<String>,
    depth: usize,
    /// How many schemas may still be read.
    left: usize,
}

impl Reader {
    /// Nobody fills in a form nested deeper than this.
    const DEEPEST: usize = 8;

    fn any(&self) -> Schema {
        Schema { secret: self.secret, ..any(self.place) }
    }

    fn node(&mut self, node: &Node<'_>) -> Schema {
        self.nested(&View::of(node))
    }

    /// A schema inside another one, unless it contains itself or there is no end to it.
    fn nested(&mut self, view: &View<'_>) -> Schema {
        let around = self.open.iter().any(|pointer| view.pointers().any(|own| own == pointer));
        let may = view.nearest().is_some_and(Node::may_read_schema);
        if around || self.depth >= Self::DEEPEST || self.left == 0 || !may {
            return self.any();
        }
        self.depth += 1;
        let schema = self.view(view);
        self.depth -= 1;
        schema
    }

    fn view(&mut self, view: &View<'_>) -> Schema {
        if self.left == 0 || view.is_endless() {
            return self.any();
        }
        self.left -= 1;
        let outer = self.open.len();
        self.open.extend(view.pointers().map(str::to_owned));
        let around = self.secret;
        self.secret |= view.str("format") == Some("password") || view.flag("x-secret");
        let schema = self.members(view);
        self.secret = around;
        self.open.truncate(outer);
        schema
    }

    fn members(&mut self, view: &View<'_>) -> Schema {
        let (types, mut nullable) = types(view);
        let typed = |choices: Vec<Choice>| choices.into_iter().map(|choice| as_typed(choice, &types)).collect();
        let mut kind = choices(view).map(typed).map(of_choices);
        nullable |= view.raw("const").is_some_and(Value::is_null);
        let mut alternatives = view.alternatives().unwrap_or_default();
        let all = alternatives.len();
        alternatives.retain(|node| !is_null(node));
        nullable |= alternatives.len() < all;
        if kind.is_none() {
            match alternatives.as_slice() {
                [] => {}
                // One type and `null`, which is what optional means to many generators.
                [only] => {
                    let schema = self.view(&view.choosing(only));
                    return Schema { nullable: schema.nullable || nullable, ..schema };
                }
                several => kind = Some(self.one_of(view, several)),
            }
        }
        let mut additional = Additional::Unsaid;
        let kind = kind.unwrap_or_else(|| {
            additional = self.additional(view);
            self.of_types(view, &types, &additional)
        });
        let unchecked = ["not", "if", "dependentSchemas", "dependentRequired", "patternProperties", "propertyNames"];
        for keyword in unchecked.into_iter().chain(["contains", "prefixItems", "minProperties", "maxProperties"]) {
            if let (Some(node), true) = (view.get(keyword), self.place != Place::Answer) {
                node.omit(node.error(Reason::Unsupported(Unsupported::Keyword(keyword.to_owned()))));
            }
        }
        let text = |key| view.str(key).unwrap_or_default().to_owned();
        let unsent = if matches!(kind, Kind::Object(_)) { self.read_only(view) } else { Vec::new() };
        Schema {
            kind,
            nullable: nullable || view.flag("nullable") || view.raw("enum").is_some_and(has_null),
            label: text("x-label"),
            part: view.get("x-part").and_then(|node| node.usable(read_part(&node))),
            description: text("description"),
            default: view.raw("default").cloned(),
            example: example(view),
            rules: read_rules(view),
            remarks: view.get("x-remarks").and_then(|node| node.usable(read_remarks(&node))).unwrap_or_default(),
            generate: view.get("x-generate").and_then(|node| node.usable(read_generate(&node))),
            success: view.raw("x-success").cloned(),
            lookup: view.raw("x-lookup").cloned(),
            language: view.flag("x-language"),
            write_only: view.flag("writeOnly"),
            secret: self.secret,
            additional,
            unsent,
        }
    }

    fn of_types(&mut self, view: &View<'_>, types: &[&str], additional: &Additional) -> Kind {
        let is_binary = || {
            // What has an encoding is a text that somebody encoded.
            let is_raw = || view.has("contentMediaType") && !view.has("contentEncoding");
            view.str("format") == Some("binary") || is_raw()
        };
        match types {
            ["string"] | [] if self.files && is_binary() => Kind::File,
            ["string"] if self.secret => Kind::Secret,
            ["string"] => Kind::Text,
            ["boolean"] => Kind::Boolean(Vec::new()),
            ["integer"] => Kind::Integer,
            ["number"] => Kind::Number,
            ["array"] => self.array(view),
            ["object"] => self.object(view, additional),
            [] if ["properties", "additionalProperties", "patternProperties"].iter().any(|key| view.has(key)) => {
                self.object(view, additional)
            }
            [] if view.has("items") => self.array(view),
            [_, _, ..] if self.place == Place::Json => {
                let one = |kind: &&str| Alternative {
                    name: (*kind).to_owned(),
                    schema: Schema {
                        kind: self.of_types(view, &[kind], additional),
                        secret: self.secret,
                        ..Schema::default()
                    },
                };
                Kind::OneOf(types.iter().map(one).collect())
            }
            _ => self.any().kind,
        }
    }

    fn array(&mut self, view: &View<'_>) -> Kind {
        let items = match view.get("items") {
            Some(node) => self.node(&node),
            None => self.any(),
        };
        // A list of anything is easier to write as JSON than line by line.
        let is_written = self.place != Place::Answer;
        if is_written && items.kind == Kind::Json { Kind::Json } else { Kind::Array(Box::new(items)) }
    }

    fn object(&mut self, view: &View<'_>, additional: &Additional) -> Kind {
        let fields = self.properties(view);
        let open = matches!(additional, Additional::Of(_));
        if fields.is_empty() && !view.has("properties") && !open { self.any().kind } else { Kind::Object(fields) }
    }

    fn additional(&mut self, view: &View<'_>) -> Additional {
        let keyword = ["additionalProperties", "unevaluatedProperties"].into_iter().find(|key| view.has(key));
        match keyword.and_then(|key| view.get(key)) {
            Some(node) if node.value == false => Additional::Refused,
            Some(node) => Additional::Of(Box::new(self.node(&node))),
            None if let Some(node) = view.get("patternProperties") => {
                Additional::Of(Box::new(match node.schemas().as_slice() {
                    [(_, only)] => self.node(only),
                    _ => self.any(),
                }))
            }
            // In a text an object without properties can have no other form.
            None if self.place == Place::Text && !view.has("properties") => Additional::Of(Box::new(self.any())),
            None => Additional::Unsaid,
        }
    }

    /// The properties of all parts, each once; one that several parts describe must fit all of them.
    fn properties(&mut self, view: &View<'_>) -> Vec<Field> {
        let lists: Vec<Node<'_>> = view.all("required");
        let required: Vec<&Value> = lists.iter().flat_map(|node| node.usable(node.as_array())).flatten().collect();
        let mut properties: Vec<(&str, View<'_>)> = Vec::new();
        for (name, node) in view.all("properties").iter().flat_map(Node::schemas) {
            match properties.iter_mut().find(|(other, _)| *other == name) {
                Some((_, view)) => *view = view.with(&node),
                None => properties.push((name, View::of(&node))),
            }
        }
        let mut fields = Vec::new();
        for (name, property) in &properties {
            if self.place != Place::Answer && property.flag("readOnly") {
                continue;
            }
            // What is only written need not come back.
            let unanswered = self.place == Place::Answer && property.flag("writeOnly");
            let required = !unanswered && required.iter().any(|other| *other == name);
            let mut schema = self.nested(property);
            let (name, location) = ((*name).to_owned(), Location::Body);
            if schema.kind == Kind::Text && is_credential(&name, location) {
                schema.kind = Kind::Secret;
            }
            fields.push(Field { name, location, required, serialization: Serialization::of(location), schema });
        }
        if self.place != Place::Answer
            && let Some(node) = lists.first()
        {
            let known = |name: &&str| properties.iter().any(|(other, _)| other == name);
            for name in required.iter().filter_map(|name| name.as_str()).filter(|name| !known(name)) {
                node.omit(node.error(Reason::NoProperty(name.to_owned())));
            }
        }
        fields
    }

    fn read_only(&self, view: &View<'_>) -> Vec<String> {
        if self.place == Place::Answer {
            return Vec::new();
        }
        let all = view.all("properties");
        let members = all.iter().flat_map(Node::schemas);
        members.filter(|(_, node)| View::of(node).flag("readOnly")).map(|(name, _)| name.to_owned()).collect()
    }

    fn one_of(&mut self, view: &View<'_>, nodes: &[Node<'_>]) -> Kind {
        let mut alternatives = Vec::new();
        for node in nodes {
            let around = self.open.iter().any(|pointer| pointer == node.pointer());
            let schema = if around { self.any() } else { self.view(&view.choosing(node)) };
            let name = name_of(node);
            // Of alternatives inside an alternative each is one: a form has one choice in one place.
            let mut forms = match schema.kind {
                Kind::OneOf(forms) => forms,
                _ => vec![Alternative { name: String::new(), schema }],
            };
            for form in &mut forms {
                let names = [name.as_str(), &form.name].into_iter().filter(|name| !name.is_empty());
                form.name = names.collect::<Vec<_>>().join(", ");
                if let Kind::Object(fields) = &mut form.schema.kind {
                    discriminate(view, node, fields);
                }
            }
            alternatives.extend(forms);
        }
        if self.place == Place::Text && alternatives.iter().all(|one| is_scalar(&one.schema.kind)) {
            // In a text all of them are the same: what was typed.
            let is_secret = alternatives.iter().any(|one| one.schema.secret);
            return if is_secret { Kind::Secret } else { Kind::Text };
        }
        Kind::OneOf(alternatives)
    }
}

fn has_null(list: &Value) -> bool {
    list.as_array().is_some_and(|values| values.iter().any(Value::is_null))
}

fn is_scalar(kind: &Kind) -> bool {
    matches!(kind, Kind::Text | Kind::Secret | Kind::Boolean(_) | Kind::Enum(_) | Kind::Integer | Kind::Number)
}

/// The title of an alternative, the name of the schema that it refers to, or its type.
fn name_of(node: &Node<'_>) -> String {
    let text = |key| node.raw(key).and_then(Value::as_str);
    let reference = || node.referring().first().and_then(|_| node.pointer().rsplit_once('/')).map(|(_, name)| name);
    text("title").or_else(reference).or_else(|| text("type")).unwrap_or_default().to_owned()
}

/// Gives the property that tells the alternatives apart (`discriminator`) the one value that it has here.
fn discriminate(view: &View<'_>, node: &Node<'_>, fields: &mut [Field]) {
    let Some(discriminator) = view.get("discriminator") else { return };
    let Some(name) = discriminator.raw("propertyName").and_then(Value::as_str) else { return };
    let own = node.pointer().rsplit_once('/').map(|(_, name)| name).unwrap_or_default();
    let leads_here = |target: &Value| target.as_str().is_some_and(|target| target == node.pointer() || target == own);
    let mapping = discriminator.raw("mapping").and_then(Value::as_object);
    let mapped = mapping.into_iter().flatten().find(|(_, target)| leads_here(target)).map(|(value, _)| value.as_str());
    let referred = (!node.referring().is_empty()).then_some(own);
    let Some(value) = mapped.or(referred) else { return };
    if let Some(field) = fields.iter_mut().find(|field| field.name == name) {
        if !matches!(&field.schema.kind, Kind::Enum(choices) if choices.len() == 1) {
            field.schema.kind = Kind::Enum(vec![Choice { value: Value::from(value), label: None }]);
        }
        field.required = true;
    }
}

/// Many documents write numbers as texts and the other way round: the type says what is meant.
fn as_typed(mut choice: Choice, types: &[&str]) -> Choice {
    match (types, &choice.value) {
        (["integer" | "number" | "boolean"], Value::String(text)) => {
            choice.value = serde_json::from_str(text).unwrap_or(choice.value);
        }
        (["string"], Value::Number(_) | Value::Bool(_)) => choice.value = Value::from(plain_text(&choice.value)),
        _ => {}
    }
    choice
}

fn of_choices(choices: Vec<Choice>) -> Kind {
    let booleans = choices.iter().all(|choice| choice.value.is_boolean());
    if booleans && choices.len() == 2 { Kind::Boolean(choices) } else { Kind::Enum(choices) }
}

fn example(view: &View<'_>) -> Option<Value> {
    let first = || view.raw("examples").and_then(Value::as_array).and_then(|list| list.first());
    view.raw("example").or_else(first).cloned()
}

/// The types that all parts allow, without `null`, and whether `null` was among them.
fn types<'a>(view: &View<'a>) -> (Vec<&'a str>, bool) {
    let mut allowed: Option<Vec<&'a str>> = None;
    for node in view.all("type") {
        let types: Vec<&'a str> = match node.value {
            Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
            Value::String(kind) => vec![kind.as_str()],
            _ => {
                node.omit(node.error(Reason::Unsupported(Unsupported::SchemaType(node.value.to_string()))));
                continue;
            }
        };
        let known = ["string", "boolean", "integer", "number", "array", "object", "null"];
        if let Some(unknown) = types.iter().find(|kind| !known.contains(kind)) {
            node.omit(node.error(Reason::Unsupported(Unsupported::SchemaType((*unknown).to_owned()))));
        }
        let types: Vec<&'a str> = types.into_iter().filter(|kind| known.contains(kind)).collect();
        allowed = Some(match allowed {
            None => types,
            Some(before) => {
                let narrow = |kind: &&'a str| types.contains(kind) || *kind == "integer" && types.contains(&"number");
                let both: Vec<&'a str> = before.iter().copied().filter(narrow).collect();
                if both.is_empty() { before } else { both }
            }
        });
    }
    let mut types = allowed.unwrap_or_default();
    let all = types.len();
    types.retain(|name| *name != "null");
    let nullable = types.len() < all;
    // Every integer is a number.
    if types.contains(&"number") {
        types.retain(|name| *name != "integer");
    }
    (types, nullable)
}

fn read_generate(node: &Node<'_>) -> Result<Generate> {
    match node.as_str()? {
        "uuid" => Ok(Generate::Uuid),
        other => Err(node.error(Reason::Unsupported(Unsupported::Generate(other.to_owned())))),
    }
}

#[cfg(test)]
mod tests;
