//! Names and values of a link, put into a form. What does not fit changes nothing, and is told.

use super::{Mark, REGION, SERVER, VARIABLE, fits, has_parts, position_of};
use crate::catalog::{Additional, Kind, Location, Operation, Schema, is_credential, plain_text};
use crate::form::credentials::{is_secret, without_credentials};
use crate::form::{Draft, FieldPath, Raw};
use crate::pattern::fits_any;
use serde_json::Value;

/// An address can ask for any number of items, and each is a control on the screen.
pub(in crate::form) const MOST_ITEMS: usize = 1000;

/// What became of the pairs of a link, or of anything else that is written like one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filling {
    /// The fields that were filled, in the order of the pairs: those that hold a value of their own. A list counts as one.
    pub filled: Vec<String>,
    /// What did not fit.
    pub misfits: Vec<Misfit>,
}

/// A pair that did not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    pub name: String,
    pub why: MisfitReason,
}

/// Why a value is not in the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MisfitReason {
    /// The form has no such field.
    Unknown,
    /// The field, or a part of the value, is a secret.
    Secret,
    /// The field takes a file.
    File,
    /// It is none of the field's choices.
    NotListed,
    /// The field takes JSON, and it is none, or of another shape.
    NotJson,
    /// The operation is not offered in this region, or not at this address.
    Region,
    /// More items than a form shows.
    TooMany,
    /// It has escapes that mean no text.
    Broken,
    /// The console makes it anew for each call.
    Generated,
    /// It is given more than once: the last of its values counts.
    GivenAgain,
    /// It is a signature, which is good for one call.
    Signature,
    /// It stands for a value, such as a variable that has none.
    Placeholder,
    /// It is the address of another call.
    OtherCall,
    /// It is an option that the console does not take over.
    Option,
    /// It is a word that belongs to no option.
    StrayWord,
    /// It stands in this line, which is no part of the command.
    OtherLine { line: usize },
    /// It stands for several values.
    Several,
    /// Only a shell does it.
    Shell,
    /// It is a quote that nothing closes, at this place.
    OpenQuote { line: usize, column: usize },
}

/// Two people who open one link must not send the same idempotency token.
fn own(schema: &Schema) -> Result<(), MisfitReason> {
    if schema.generate.is_some() { Err(MisfitReason::Generated) } else { Ok(()) }
}

/// What one pair has filled, by the names of fields, and the secrets in it.
#[derive(Default)]
struct Filled {
    names: Vec<String>,
    secrets: Vec<String>,
}

impl Filled {
    fn of(name: &str) -> Self {
        Self { names: vec![name.to_owned()], secrets: Vec::new() }
    }
}

impl Draft {
    /// Puts the pairs of a link into the form. What they do not name stays as it is.
    pub fn fill_from_link(&mut self, operation: &Operation, pairs: &[(String, String)]) -> Filling {
        let mut filling = Filling::default();
        // A link may have any number of pairs: only the next ones are compared.
        let comes_again =
            |index: usize, name: &str| pairs.iter().skip(index + 1).take(MOST_ITEMS).any(|(other, _)| other == name);
        for (index, (name, value)) in pairs.iter().enumerate() {
            let filled = if comes_again(index, name) {
                Err(MisfitReason::GivenAgain)
            } else {
                self.fill_pair(operation, name, value)
            };
            match filled {
                Ok(Filled { names, secrets }) => {
                    let new = names.into_iter().filter(|name| !filling.filled.contains(name)).collect::<Vec<_>>();
                    filling.filled.extend(new);
                    let misfit = |name| Misfit { name, why: MisfitReason::Secret };
                    filling.misfits.extend(secrets.into_iter().map(misfit));
                }
                Err(MisfitReason::GivenAgain) => {
                    let misfit = Misfit { name: name.clone(), why: MisfitReason::GivenAgain };
                    if !filling.misfits.contains(&misfit) {
                        filling.misfits.push(misfit);
                    }
                }
                Err(why) => filling.misfits.push(Misfit { name: name.clone(), why }),
            }
        }
        filling
    }

    fn fill_pair(&mut self, operation: &Operation, name: &str, value: &str) -> Result<Filled, MisfitReason> {
        if [name, value].iter().any(|text| text.contains(char::REPLACEMENT_CHARACTER)) {
            return Err(MisfitReason::Broken);
        }
        // A field may have the name of a mark: the link then calls it `~text.…`.
        if let Some((mark, location, path)) = marked(name) {
            let path = FieldPath { location, path: path.to_owned() };
            if let Some(schema) = self.schema_at(operation, &path) {
                own(schema)?;
                let secrets = self.fill_marked(mark, &path, schema, value)?;
                return Ok(self.told(operation, &path, schema, secrets));
            }
        }
        if let Some((path, schema)) = self.named(operation, name) {
            own(schema)?;
            let secrets = self.fill_text(&path, schema, value)?;
            return Ok(self.told(operation, &path, schema, secrets));
        }
        if name == REGION {
            return self.choose_region(operation, value).then(|| Filled::of(REGION)).ok_or(MisfitReason::Region);
        }
        if name == SERVER {
            let server = operation.servers.iter().position(|server| server.url == value);
            self.server = server.ok_or(MisfitReason::Region)?;
            return Ok(Filled::of(REGION));
        }
        if let Some(variable) = name.strip_prefix(VARIABLE) {
            let server = operation.servers.get(self.server).ok_or(MisfitReason::Region)?;
            let known = server.variables.iter().find(|known| known.name == variable).ok_or(MisfitReason::Unknown)?;
            if !fits(server, known, value) {
                return Err(MisfitReason::Region);
            }
            self.set_variable(variable, value.to_owned());
            return Ok(Filled::of(REGION));
        }
        Err(MisfitReason::Unknown)
    }

    /// The names of the fields that are filled at and below a path.
    fn told(&self, operation: &Operation, path: &FieldPath, schema: &Schema, secrets: Vec<FieldPath>) -> Filled {
        let mut paths = Vec::new();
        // An item is told as its list.
        match self.list_around(operation, path) {
            Some(list) => paths.push(list),
            None => self.own_values(path, schema, &mut paths),
        }
        let shown = |path: FieldPath| if path.path.is_empty() { path.location.name().to_owned() } else { path.path };
        // A part of a text has no field of its own, and the text is filled.
        let secrets: Vec<String> = secrets.into_iter().map(shown).collect();
        let names = paths.into_iter().map(shown);
        Filled { names: names.filter(|name| !secrets.contains(name)).collect(), secrets }
    }

    /// The outermost list that holds what stands at a path.
    fn list_around(&self, operation: &Operation, path: &FieldPath) -> Option<FieldPath> {
        let ends = path.path.match_indices('.').map(|(end, _)| end);
        let mut above = ends.filter_map(|end| {
            let path = FieldPath { location: path.location, path: path.path.get(..end)?.to_owned() };
            matches!(self.chosen(&path, self.schema_at(operation, &path)?).kind, Kind::Array(_)).then_some(path)
        });
        above.next()
    }

    /// What holds a value of its own at and below a path.
    fn own_values(&self, path: &FieldPath, schema: &Schema, found: &mut Vec<FieldPath>) {
        let schema = self.chosen(path, schema);
        if let (Kind::Object(fields), true) = (&schema.kind, *self.get(path) != Raw::Null) {
            let before = found.len();
            fields.iter().for_each(|field| self.own_values(&path.child(&field.name), &field.schema, found));
            let members = self.members(path).iter().map(|name| path.child(name));
            found.extend(members);
            if found.len() > before {
                return;
            }
        }
        if self.has(path) {
            found.push(path.clone());
        }
    }

    /// Leads to a region: to its own server, or to one of which a variable names the region.
    pub fn choose_region(&mut self, operation: &Operation, region: &str) -> bool {
        if region.is_empty() {
            return false;
        }
        if let Some(server) = position_of(operation, region) {
            self.server = server;
            return true;
        }
        let is_offered = operation.policy.regions.as_ref().is_none_or(|patterns| fits_any(patterns, region));
        for (index, server) in operation.servers.iter().enumerate().filter(|_| is_offered) {
            let named = server.variables.iter().find(|variable| server.region == format!("{{{}}}", variable.name));
            if let Some(variable) = named.filter(|variable| fits(server, variable, region)) {
                self.server = index;
                self.set_variable(&variable.name, region.to_owned());
                return true;
            }
        }
        false
    }

    /// The value that a plain name means: a field at the top, or a value further down, as in `tags.0`.
    fn named<'a>(&self, operation: &'a Operation, name: &str) -> Option<(FieldPath, &'a Schema)> {
        let fields = operation.fields();
        if let Some(field) = fields.into_iter().find(|field| field.name == name) {
            return Some((FieldPath::of(field), &field.schema));
        }
        let mut places = Location::ALL.into_iter().map(|location| FieldPath { location, path: name.to_owned() });
        places.find_map(|path| {
            let schema = self.schema_at(operation, &path).filter(|_| !name.is_empty())?;
            Some((path, schema))
        })
    }

    /// The schema of what stands at a path, in the forms that are chosen now.
    pub(in crate::form) fn schema_at<'a>(&self, operation: &'a Operation, path: &FieldPath) -> Option<&'a Schema> {
        if path.location == Location::Body {
            let rest = Some(path.path.as_str()).filter(|rest| !rest.is_empty());
            return self.below(&operation.body.as_ref()?.schema, &FieldPath::body(), rest);
        }
        let own = operation.parameters.iter().filter(|field| field.location == path.location);
        own.into_iter().find_map(|field| {
            let rest = step(&path.path, &field.name)?;
            self.below(&field.schema, &FieldPath::of(field), rest)
        })
    }

    /// `rest` is the way from `path` on; `None`: it is the place.
    fn below<'a>(&self, schema: &'a Schema, path: &FieldPath, rest: Option<&str>) -> Option<&'a Schema> {
        let Some(rest) = rest else { return Some(schema) };
        match &schema.kind {
            Kind::OneOf(alternatives) => {
                self.below(&alternatives.get(self.alternative(path))?.schema, path, Some(rest))
            }
            Kind::Object(fields) => {
                let mut documented = fields
                    .iter()
                    .filter_map(|field| self.below(&field.schema, &path.child(&field.name), step(rest, &field.name)?));
                documented.next().or_else(|| {
                    let own = self.members(path).iter();
                    own.into_iter()
                        .find_map(|name| self.below(schema.additional.schema(), &path.child(name), step(rest, name)?))
                })
            }
            Kind::Array(item) => {
                let (index, rest) = rest.split_once('.').map_or((rest, None), |(index, rest)| (index, Some(rest)));
                let index = index.parse::<usize>().ok().filter(|index| *index < self.items(path))?;
                self.below(item, &path.child(index), rest)
            }
            _ => None,
        }
    }

    /// The schema of a value, behind the choice of its form.
    fn chosen<'a>(&self, path: &FieldPath, schema: &'a Schema) -> &'a Schema {
        match &schema.kind {
            Kind::OneOf(alternatives) => {
                alternatives.get(self.alternative(path)).map_or(schema, |chosen| &chosen.schema)
            }
            _ => schema,
        }
    }

    /// A text for one value; JSON for what has parts. Gives the secrets that it held.
    fn fill_text(&mut self, path: &FieldPath, schema: &Schema, text: &str) -> Result<Vec<FieldPath>, MisfitReason> {
        match &schema.kind {
            _ if is_secret(path, schema) => Err(MisfitReason::Secret),
            Kind::Json if is_credential(path.name(), path.location) => Err(MisfitReason::Secret),
            Kind::File => Err(MisfitReason::File),
            Kind::Boolean(_) if !matches!(text, "true" | "false") => Err(MisfitReason::NotListed),
            Kind::Enum(choices) if choices.iter().all(|choice| plain_text(&choice.value) != text) => {
                Err(MisfitReason::NotListed)
            }
            kind if has_parts(kind) => {
                let value = match (serde_json::from_str(text), kind) {
                    (Ok(value), _) => value,
                    (Err(_), Kind::OneOf(_)) => Value::from(text),
                    (Err(_), _) => return Err(MisfitReason::NotJson),
                };
                self.fill_value(path, schema, value)
            }
            _ => {
                let rest = without_credentials(text, path, &schema.kind);
                self.set(path.clone(), Raw::Text(rest.clone().unwrap_or_else(|| text.to_owned())));
                Ok(rest.map(|_| path.clone()).into_iter().collect())
            }
        }
    }

    fn fill_value(
        &mut self,
        path: &FieldPath,
        schema: &Schema,
        mut value: Value,
    ) -> Result<Vec<FieldPath>, MisfitReason> {
        let has_shape = match &schema.kind {
            Kind::Object(_) => value.is_object(),
            Kind::Array(_) => value.is_array(),
            _ => true,
        };
        if !has_shape || is_long(&value) {
            return Err(if has_shape { MisfitReason::TooMany } else { MisfitReason::NotJson });
        }
        let mut secrets = Vec::new();
        drop_secrets(path, schema, &mut value, &mut secrets);
        self.clear(path);
        self.set_as(path, schema, &value);
        Ok(secrets)
    }

    fn fill_marked(
        &mut self,
        mark: Mark,
        path: &FieldPath,
        schema: &Schema,
        value: &str,
    ) -> Result<Vec<FieldPath>, MisfitReason> {
        if mark == Mark::Form {
            let Kind::OneOf(alternatives) = &schema.kind else { return Err(MisfitReason::Unknown) };
            let index = value.parse().ok().filter(|index| *index < alternatives.len());
            self.choose(path, index.ok_or(MisfitReason::NotListed)?, schema);
            return Ok(Vec::new());
        }
        let schema = self.chosen(path, schema);
        if schema.kind == Kind::File {
            return Err(MisfitReason::File);
        }
        if is_secret(path, schema) {
            return Err(MisfitReason::Secret);
        }
        let raw = match (mark, &schema.kind) {
            (Mark::Text, _) => return self.fill_text(path, schema, value),
            (Mark::Null, _) => Raw::Null,
            (Mark::Unset, _) => Raw::Unset,
            (Mark::Items, Kind::Array(_)) => {
                let count = value.parse::<usize>().map_err(|_| MisfitReason::NotJson)?;
                if count > MOST_ITEMS {
                    return Err(MisfitReason::TooMany);
                }
                // The chosen form of the array itself stays.
                self.values.retain(|key, _| !key.is_below(path));
                self.alternatives.retain(|key, _| !key.is_below(path));
                Raw::Items(count)
            }
            (Mark::Members, Kind::Object(fields)) => {
                let names: Vec<String> = serde_json::from_str(value).map_err(|_| MisfitReason::NotJson)?;
                let is_taken =
                    |name: &String| fields.iter().any(|field| field.name == *name) || schema.unsent.contains(name);
                if names.len() > MOST_ITEMS {
                    return Err(MisfitReason::TooMany);
                }
                let is_twice =
                    names.iter().enumerate().any(|(index, name)| names.iter().skip(index + 1).any(|n| n == name));
                if is_twice
                    || names.iter().any(is_taken)
                    || schema.additional == Additional::Refused && !names.is_empty()
                {
                    return Err(MisfitReason::Unknown);
                }
                self.members(path).to_vec().iter().for_each(|name| self.clear(&path.child(name)));
                Raw::Members(names)
            }
            _ => return Err(MisfitReason::Unknown),
        };
        self.set(path.clone(), raw);
        Ok(Vec::new())
    }
}

/// `~mark.location.path`.
fn marked(name: &str) -> Option<(Mark, Location, &str)> {
    let (mark, rest) = name.strip_prefix('~')?.split_once('.')?;
    let (location, path) = rest.split_once('.')?;
    let mark = Mark::ALL.into_iter().find(|known| known.name() == mark)?;
    Some((mark, Location::ALL.into_iter().find(|known| known.name() == location)?, path))
}

/// What of a path is behind this name, if there is more. `None`: it begins with another name.
fn step<'a>(path: &'a str, name: &str) -> Option<Option<&'a str>> {
    let rest = path.strip_prefix(name)?;
    if rest.is_empty() { Some(None) } else { rest.strip_prefix('.').map(Some) }
}

/// Whether any list in a value is longer than a form shows.
fn is_long(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.len() > MOST_ITEMS || items.iter().any(is_long),
        Value::Object(members) => members.len() > MOST_ITEMS || members.values().any(is_long),
        _ => false,
    }
}

/// Takes out of a value what its schema, in any of its forms, or its name calls a secret, and files. `found`: where they were.
fn drop_secrets(path: &FieldPath, schema: &Schema, value: &mut Value, found: &mut Vec<FieldPath>) {
    let mut note = |path: FieldPath| {
        if !found.contains(&path) {
            found.push(path);
        }
    };
    match (&schema.kind, value) {
        (_, Value::Null) => {}
        (kind, value) if *kind == Kind::File || is_secret(path, schema) => {
            *value = Value::Null;
            note(path.clone());
        }
        (Kind::Text, Value::String(text)) => {
            if let Some(rest) = without_credentials(text, path, &schema.kind) {
                *text = rest;
                note(path.clone());
            }
        }
        (Kind::Json, value) => {
            let rest = without_credentials(&value.to_string(), path, &schema.kind)
                .and_then(|rest| serde_json::from_str(&rest).ok());
            if let Some(rest) = rest {
                *value = rest;
                note(path.clone());
            }
        }
        (Kind::Object(fields), Value::Object(members)) => {
            let documented = |name: &str| fields.iter().find(|field| field.name == name).map(|field| &field.schema);
            members.retain(|name, member| {
                let own = documented(name);
                let schema = own.unwrap_or_else(|| schema.additional.schema());
                let child = path.child(name);
                let is_named = own.is_none() && is_credential(name, path.location);
                let stays = member.is_null() || !(schema.kind == Kind::File || is_secret(&child, schema) || is_named);
                if !stays {
                    note(child);
                }
                stays
            });
            for (name, member) in members {
                let schema = documented(name).unwrap_or_else(|| schema.additional.schema());
                drop_secrets(&path.child(name), schema, member, found);
            }
        }
        (Kind::Array(item), Value::Array(items)) => {
            for (index, value) in items.iter_mut().enumerate() {
                drop_secrets(&path.child(index), item, value, found);
            }
        }
        (Kind::Array(item), value) => drop_secrets(path, item, value, found),
        (Kind::OneOf(alternatives), value) => {
            alternatives.iter().for_each(|one| drop_secrets(path, &one.schema, value, found));
        }
        _ => {}
    }
}
