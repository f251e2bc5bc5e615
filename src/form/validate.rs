//! Draft → [`Arguments`], or everything that is wrong with it.

mod server;

use super::arguments::{Argument, Arguments};
use super::credentials::{is_json_in, is_secret, masked_credential, without_credentials};
use super::draft::{Draft, Raw};
use super::field_path::FieldPath;
use super::rules::{Broken, check_number, check_path_segment, check_text};
use super::value::ArgumentValue;
use crate::catalog::{
    Additional, BodyFormat, Field, Kind, Location, Operation, Schema, Style, is_credential, plain_text,
};
use crate::pattern::fits_any;
use serde_json::Value;

/// One thing that is wrong with a form.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldIssue {
    /// What it is about.
    pub target: Target,
    /// The rule that is broken.
    pub broken: Broken,
}

/// What an issue is about: the thing to focus when its link is followed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A field of the operation.
    Field(FieldPath),
    /// A variable of the chosen server.
    Variable(String),
    /// An input of the credential, by its label.
    Credential(String),
}

impl Target {
    /// The name that the API, or the label, gives it.
    pub fn name(&self) -> &str {
        match self {
            Self::Field(path) => &path.path,
            Self::Variable(name) | Self::Credential(name) => name,
        }
    }
}

/// Checks the whole form.
pub fn validate(operation: &Operation, draft: &Draft) -> Result<Arguments, Vec<FieldIssue>> {
    match collect(operation, Check::new(draft)) {
        (arguments, issues) if issues.is_empty() => Ok(arguments),
        (_, issues) => Err(issues),
    }
}

/// What is right so far, for a preview. Never to be signed: parts may be missing.
pub(crate) fn sketch(operation: &Operation, draft: &Draft) -> Arguments {
    collect(operation, Check::new(draft)).0
}

/// The same of a form in which something else stands for each secret: no name hides it.
pub(crate) fn sketch_without_secrets(operation: &Operation, draft: &Draft) -> Arguments {
    collect(operation, Check { hides: false, ..Check::new(draft) }).0
}

fn collect(operation: &Operation, mut check: Check<'_>) -> (Arguments, Vec<FieldIssue>) {
    let (host, base_path) = match operation.servers.get(check.draft.server) {
        Some(server) => check.address(operation, server),
        // Without a host, a browser would take the first part of the path for one.
        None => {
            let target = Target::Variable(String::from("region"));
            check.issues.push(FieldIssue { target, broken: Broken::NotOffered(Vec::new()) });
            Default::default()
        }
    };
    let mut parts: [Vec<Argument>; 3] = Default::default();
    for field in operation.fields() {
        let [path, query, headers] = &mut parts;
        let arguments = match field.location {
            Location::Path => path,
            Location::Query => query,
            Location::Header => headers,
            Location::Body => continue,
        };
        if let Some(value) = check.field(&FieldPath::of(field), field) {
            arguments.push(Argument { name: field.name.clone(), serialization: field.serialization, value });
        }
    }
    let body = operation.body.as_ref().and_then(|body| {
        check.form = matches!(body.format, BodyFormat::Form | BodyFormat::Multipart);
        check.value(&FieldPath::body(), &body.schema, body.required)
    });
    let [path, query, headers] = parts;
    (Arguments { host, base_path, path, query, headers, body }, check.issues)
}

/// Checks the variables of the chosen server, as when the user leaves one.
pub fn check_server(operation: &Operation, draft: &Draft) -> Vec<FieldIssue> {
    let mut check = Check::new(draft);
    operation.servers.get(draft.server).map(|server| check.address(operation, server));
    check.issues
}

/// Checks one field and what is below it, as when the user leaves it.
pub fn check_field(path: &FieldPath, schema: &Schema, required: bool, draft: &Draft) -> Vec<FieldIssue> {
    let mut check = Check::new(draft);
    check.json = path.location == Location::Body;
    check.value(path, schema, required);
    check.issues
}

struct Check<'a> {
    draft: &'a Draft,
    issues: Vec<FieldIssue>,
    /// The body is a form, so that its properties travel as texts.
    form: bool,
    /// The value at hand travels as JSON.
    json: bool,
    /// Whether a name can make a secret of a value.
    hides: bool,
}

impl<'a> Check<'a> {
    fn new(draft: &'a Draft) -> Self {
        Self { draft, issues: Vec::new(), form: false, json: true, hides: true }
    }

    fn issue(&mut self, path: &FieldPath, broken: Broken) {
        self.issues.push(FieldIssue { target: Target::Field(path.clone()), broken });
    }

    /// A field at the top of the form.
    fn field(&mut self, path: &FieldPath, field: &Field) -> Option<ArgumentValue> {
        self.json = field.serialization.style == Style::Json;
        let value = self.value(path, &field.schema, field.required);
        self.json = true;
        value
    }

    /// A property of a form: left out where it is `null`, whatever is inside travels as JSON or as its style says.
    fn part(&mut self, path: &FieldPath, field: &Field) -> Option<ArgumentValue> {
        if *self.draft.get(path) == Raw::Null {
            return self.nothing(path, field.required);
        }
        self.field(path, field)
    }

    /// `None`: nothing to send, or an issue was noted.
    fn value(&mut self, path: &FieldPath, schema: &Schema, required: bool) -> Option<ArgumentValue> {
        match (self.draft.get(path), &schema.kind) {
            (Raw::Null, _) if self.json => Some(ArgumentValue::Null),
            // Where only texts travel, nothing is how `null` is said.
            (Raw::Null, _) => self.nothing(path, required),
            (_, Kind::OneOf(alternatives)) => match alternatives.get(self.draft.alternative(path)) {
                Some(chosen) if required || self.draft.has(path) => self.value(path, &chosen.schema, true),
                _ => self.nothing(path, required),
            },
            (_, Kind::Object(fields)) => self.object(path, fields, schema, required),
            (Raw::Items(count), Kind::Array(items)) => self.array(path, *count, items, schema),
            (Raw::File(file), Kind::File) => Some(ArgumentValue::File(file.clone())),
            (Raw::Text(text), _) => match self.scalar(text, path, schema) {
                Ok(value) => Some(value),
                Err(broken) => {
                    self.issue(path, broken);
                    None
                }
            },
            _ => self.nothing(path, required),
        }
    }

    fn nothing(&mut self, path: &FieldPath, required: bool) -> Option<ArgumentValue> {
        if required {
            self.issue(path, Broken::Required);
        }
        None
    }

    /// An optional object with nothing in it is not sent, and what it would require is not asked for.
    fn object(&mut self, path: &FieldPath, fields: &[Field], schema: &Schema, required: bool) -> Option<ArgumentValue> {
        let is_set = |field: &Field| self.draft.has(&path.child(&field.name));
        let names = match self.draft.get(path) {
            Raw::Members(names) => Some(names),
            _ => None,
        };
        if !required && names.is_none() && !fields.iter().any(is_set) {
            return None;
        }
        let is_form = self.form && path.path.is_empty() && path.location == Location::Body;
        let mut members = Vec::new();
        for field in fields {
            let path = path.child(&field.name);
            let value =
                if is_form { self.part(&path, field) } else { self.value(&path, &field.schema, field.required) };
            members.extend(value.map(|value| (field.name.clone(), value)));
        }
        let more = names.filter(|_| schema.additional != Additional::Refused).into_iter().flatten();
        for name in more.filter(|name| !fields.iter().any(|field| field.name == **name)) {
            if self.is_left_out(&path.child(name)) {
                continue;
            }
            let value = self.value(&path.child(name), schema.additional.schema(), true);
            let is_hidden = self.hides && is_credential(name, path.location);
            members.extend(value.map(|value| (name.clone(), if is_hidden { value.hidden() } else { value })));
        }
        if members.is_empty() && path.location == Location::Path {
            return self.nothing(path, true);
        }
        Some(ArgumentValue::Object(members))
    }

    fn scalar(&self, text: &str, path: &FieldPath, schema: &Schema) -> Result<ArgumentValue, Broken> {
        let masked = if is_json_in(&schema.kind, text) { masked_credential(text, path) } else { None };
        if let Some(name) = masked.filter(|_| self.hides) {
            return Err(Broken::Forgotten(name));
        }
        let value = read_any(text, path.location, schema)?;
        if let Some(patterns) = &schema.rules.offered
            && !fits_any(patterns, text)
        {
            return Err(Broken::NotOffered(patterns.clone()));
        }
        if !self.hides {
            return Ok(value);
        }
        Ok(match value {
            value if is_secret(path, schema) => value.hidden(),
            value @ (ArgumentValue::Json(_) | ArgumentValue::Text(_)) => {
                match without_credentials(text, path, &schema.kind) {
                    Some(shown) if shown.is_empty() => value.hidden(),
                    Some(shown) => value.shown_as(shown),
                    None => value,
                }
            }
            value => value.hiding_credentials(path.location),
        })
    }

    fn array(&mut self, path: &FieldPath, count: usize, items: &Schema, schema: &Schema) -> Option<ArgumentValue> {
        let has = count as u64;
        let sent: Vec<FieldPath> =
            (0..count).map(|index| path.child(index)).filter(|path| !self.is_left_out(path)).collect();
        if sent.is_empty() && path.location == Location::Path {
            return self.nothing(path, true);
        }
        let few = schema.rules.min_items.filter(|min| has < *min).map(Broken::TooFewItems);
        let many = schema.rules.max_items.filter(|max| has > *max).map(Broken::TooManyItems);
        if let Some(broken) = few.or(many) {
            self.issue(path, broken);
        }
        Some(ArgumentValue::Array(sent.iter().filter_map(|path| self.value(path, items, true)).collect()))
    }

    /// RFC 6570: among texts, a `null` in a list or an object is no part of it.
    fn is_left_out(&self, path: &FieldPath) -> bool {
        !self.json && *self.draft.get(path) == Raw::Null
    }
}

fn read_any(text: &str, location: Location, schema: &Schema) -> Result<ArgumentValue, Broken> {
    let typed = || text.to_owned();
    match &schema.kind {
        Kind::Boolean(_) => match text {
            "true" | "false" => Ok(ArgumentValue::Json(typed())),
            _ => Err(Broken::NotBoolean),
        },
        Kind::Enum(choices) => {
            let chosen = choices.iter().find(|choice| plain_text(&choice.value) == text);
            let all = || choices.iter().map(|choice| plain_text(&choice.value)).collect();
            if location == Location::Path {
                check_path_segment(text)?;
            }
            chosen.map(|choice| ArgumentValue::from(&choice.value)).ok_or_else(|| Broken::NotListed(all()))
        }
        Kind::Integer => check_number(text, true, &schema.rules).map(|()| ArgumentValue::Json(typed())),
        Kind::Number => check_number(text, false, &schema.rules).map(|()| ArgumentValue::Json(typed())),
        Kind::Text => check_text(text, location, &schema.rules).map(|()| ArgumentValue::Text(typed())),
        Kind::Secret => check_text(text, location, &schema.rules).map(|()| ArgumentValue::Secret(typed())),
        // The bytes that were typed are sent: their order, their numbers, their doubled names.
        Kind::Json => parse(text).map(|_| ArgumentValue::Json(typed())),
        Kind::Array(_) | Kind::Object(_) | Kind::OneOf(_) => parse(text).map(|value| ArgumentValue::from(&value)),
        Kind::File => Err(Broken::Required),
    }
}

fn parse(text: &str) -> Result<Value, Broken> {
    serde_json::from_str(text).map_err(|error| Broken::NotJson(error.to_string()))
}

#[cfg(test)]
mod tests;
