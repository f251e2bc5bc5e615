//! Draft → [`Arguments`], or everything that is wrong with it.

use super::arguments::Arguments;
use super::draft::{Draft, FieldPath, Raw};
use super::rules::{Broken, check_path_segment, check_text, is_host_label, read_number};
use crate::catalog::{Field, Kind, Location, MASK, Operation, Schema, Server, plain_text};
use crate::pattern::fits_any;
use serde_json::{Map, Value};

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
    match collect(operation, draft) {
        (arguments, issues) if issues.is_empty() => Ok(arguments),
        (_, issues) => Err(issues),
    }
}

/// What is right so far, for a preview. Never to be signed: parts may be missing.
pub(crate) fn sketch(operation: &Operation, draft: &Draft) -> Arguments {
    collect(operation, draft).0
}

fn collect(operation: &Operation, draft: &Draft) -> (Arguments, Vec<FieldIssue>) {
    let mut check = Check { draft, issues: Vec::new() };
    let host = match operation.servers.get(draft.server) {
        Some(server) => check.host(operation, server),
        // Without a host, a browser would take the first part of the path for one.
        None => {
            let target = Target::Variable(String::from("region"));
            check.issues.push(FieldIssue { target, broken: Broken::NotOffered(Vec::new()) });
            String::new()
        }
    };
    let mut parts: [Vec<(String, String)>; 3] = Default::default();
    for field in operation.fields() {
        let [path, query, headers] = &mut parts;
        let pairs = match field.location {
            Location::Path => path,
            Location::Query => query,
            Location::Header => headers,
            Location::Body => continue,
        };
        if let Some(value) = check.field(&FieldPath::of(field), field) {
            pairs.extend(flatten(field, value.sent));
        }
    }
    let body = operation.body.as_ref().and_then(|body| check.value(&FieldPath::body(), &body.schema, body.required));
    let (body, body_shown) = body.map(|value| (value.sent, value.shown)).unzip();
    let [path, query, headers] = parts;
    (Arguments { host, path, query, headers, body, body_shown }, check.issues)
}

/// Checks the variables of the chosen server, as when the user leaves one.
pub fn check_server(operation: &Operation, draft: &Draft) -> Vec<FieldIssue> {
    let mut check = Check { draft, issues: Vec::new() };
    operation.servers.get(draft.server).map(|server| check.host(operation, server));
    check.issues
}

/// Checks one field and what is below it, as when the user leaves it.
pub fn check_field(path: &FieldPath, schema: &Schema, required: bool, draft: &Draft) -> Vec<FieldIssue> {
    let mut check = Check { draft, issues: Vec::new() };
    check.value(path, schema, required);
    check.issues
}

/// A value to send, and the same with its secrets masked.
struct Checked {
    sent: Value,
    shown: Value,
}

impl Checked {
    fn plain(value: Value) -> Self {
        Self { shown: value.clone(), sent: value }
    }
}

struct Check<'a> {
    draft: &'a Draft,
    issues: Vec<FieldIssue>,
}

impl Check<'_> {
    fn issue(&mut self, path: &FieldPath, broken: Broken) {
        self.issues.push(FieldIssue { target: Target::Field(path.clone()), broken });
    }

    /// The server's host with its variables filled in. Each must be one label: whoever chooses a region must not be
    /// able to choose the host that receives the signature.
    fn host(&mut self, operation: &Operation, server: &Server) -> String {
        for variable in &server.variables {
            let text = self.draft.variable(server, &variable.name);
            let broken = if text.is_empty() {
                Some(Broken::Required)
            } else if !variable.choices.is_empty() && !variable.choices.iter().any(|choice| choice == text) {
                Some(Broken::NotListed(variable.choices.clone()))
            } else {
                (!is_host_label(text)).then_some(Broken::HostLabel)
            };
            if let Some(broken) = broken {
                self.issues.push(FieldIssue { target: Target::Variable(variable.name.clone()), broken });
            }
        }
        // Other regions of fixed hosts are not in the list; one that is typed must be among those offered.
        let region = self.draft.region(server);
        let of_region =
            server.variables.iter().find(|variable| server.region.contains(&format!("{{{}}}", variable.name)));
        if let (Some(patterns), Some(variable)) = (&operation.policy.regions, of_region)
            && !region.is_empty()
            && !fits_any(patterns, &region)
        {
            let broken = Broken::NotOffered(patterns.clone());
            self.issues.push(FieldIssue { target: Target::Variable(variable.name.clone()), broken });
        }
        self.draft.host(server)
    }

    fn field(&mut self, path: &FieldPath, field: &Field) -> Option<Checked> {
        self.value(path, &field.schema, field.required)
    }

    /// `None`: nothing to send, or an issue was noted.
    fn value(&mut self, path: &FieldPath, schema: &Schema, required: bool) -> Option<Checked> {
        match (self.draft.get(path), &schema.kind) {
            (Raw::Null, _) => Some(Checked::plain(Value::Null)),
            (_, Kind::Object(fields)) => self.object(path, fields, required),
            (Raw::Items(count), Kind::Array(items)) => self.array(path, *count, items, schema),
            (Raw::Text(text), _) => match read_scalar(text, path.location, schema) {
                Ok(value) if schema.kind == Kind::Secret => Some(Checked { sent: value, shown: Value::from(MASK) }),
                Ok(value) => Some(Checked::plain(value)),
                Err(broken) => {
                    self.issue(path, broken);
                    None
                }
            },
            _ if required => {
                self.issue(path, Broken::Required);
                None
            }
            _ => None,
        }
    }

    /// An optional object with nothing in it is not sent, and what it would require is not asked for.
    fn object(&mut self, path: &FieldPath, fields: &[Field], required: bool) -> Option<Checked> {
        let is_set = |field: &Field| self.draft.has(&path.child(&field.name));
        if !required && !fields.iter().any(is_set) {
            return None;
        }
        let (mut sent, mut shown) = (Map::new(), Map::new());
        for field in fields {
            if let Some(value) = self.field(&path.child(&field.name), field) {
                sent.insert(field.name.clone(), value.sent);
                shown.insert(field.name.clone(), value.shown);
            }
        }
        Some(Checked { sent: Value::Object(sent), shown: Value::Object(shown) })
    }

    fn array(&mut self, path: &FieldPath, count: usize, items: &Schema, schema: &Schema) -> Option<Checked> {
        let has = count as u64;
        if count == 0 && path.location == Location::Path {
            self.issue(path, Broken::Required);
            return None;
        }
        let few = schema.rules.min_items.filter(|min| has < *min).map(Broken::TooFewItems);
        let many = schema.rules.max_items.filter(|max| has > *max).map(Broken::TooManyItems);
        if let Some(broken) = few.or(many) {
            self.issue(path, broken);
        }
        let checked: Vec<Checked> =
            (0..count).filter_map(|index| self.value(&path.child(index), items, true)).collect();
        let (sent, shown) = checked.into_iter().map(|item| (item.sent, item.shown)).unzip();
        Some(Checked { sent: Value::Array(sent), shown: Value::Array(shown) })
    }
}

fn read_scalar(text: &str, location: Location, schema: &Schema) -> Result<Value, Broken> {
    let value = read_any(text, location, schema)?;
    match &schema.rules.offered {
        Some(patterns) if !fits_any(patterns, text) => Err(Broken::NotOffered(patterns.clone())),
        _ => Ok(value),
    }
}

fn read_any(text: &str, location: Location, schema: &Schema) -> Result<Value, Broken> {
    match &schema.kind {
        Kind::Boolean(_) => text.parse().map(Value::Bool).map_err(|_| Broken::NotBoolean),
        Kind::Enum(choices) => {
            let chosen = choices.iter().find(|choice| plain_text(&choice.value) == text);
            let all = || choices.iter().map(|choice| plain_text(&choice.value)).collect();
            chosen.map(|choice| choice.value.clone()).ok_or_else(|| Broken::NotListed(all()))
        }
        Kind::Integer => read_number(text, true, &schema.rules),
        Kind::Number => read_number(text, false, &schema.rules),
        Kind::Text | Kind::Secret => check_text(text, location, &schema.rules).map(|()| Value::String(text.to_owned())),
        Kind::Json | Kind::Array(_) | Kind::Object(_) => {
            let value = serde_json::from_str(text).map_err(|error| Broken::NotJson(error.to_string()))?;
            if location == Location::Path {
                check_path_segment(&plain_text(&value))?;
            }
            Ok(value)
        }
    }
}

/// A parameter as name and text. Arrays repeat the name in a query (OpenAPI's `form` style, exploded) and are joined
/// by commas elsewhere (`simple` style).
fn flatten(field: &Field, value: Value) -> Vec<(String, String)> {
    let pair = |text: String| (field.name.clone(), text);
    match value {
        Value::Array(items) if field.location == Location::Query => {
            items.iter().map(|item| pair(plain_text(item))).collect()
        }
        Value::Array(items) => vec![pair(items.iter().map(plain_text).collect::<Vec<_>>().join(","))],
        value => vec![pair(plain_text(&value))],
    }
}

#[cfg(test)]
mod tests;
