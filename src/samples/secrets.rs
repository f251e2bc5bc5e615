//! Takes the secrets out of a form before anything is made of it: in their places stand names of environment variables.

use super::language::{BEGIN, END, Spelling, variable};
use crate::catalog::{Additional, Kind, Operation, Rules, Schema};
use crate::form::{Draft, FieldPath, Raw, is_json_in, is_secret, is_secret_text, replace_credentials};
use zeroize::Zeroizing;

/// A form without secrets, and the operation whose secret fields have become ordinary texts.
pub(super) struct Hidden {
    pub(super) operation: Operation,
    pub(super) draft: Draft,
    /// The names of the variables; each stands in the form as the [`stand_in`] of its place in this list.
    pub(super) names: Vec<String>,
    /// Is in none of the form's texts.
    stem: String,
}

impl Hidden {
    /// `known` are secrets from elsewhere, which may have been typed into any field.
    pub(super) fn of(operation: &Operation, draft: &Draft, mut known: Vec<Zeroizing<String>>) -> Self {
        let (mut operation, mut draft) = (operation.clone(), draft.clone());
        let stem = draft.unused_text("secret");
        let mut walk = Walk { draft: &mut draft, names: Vec::new(), known: &mut known, stem: &stem };
        for field in &mut operation.parameters {
            walk.hide(&FieldPath::of(field), &mut field.schema, field.required);
        }
        if let Some(body) = &mut operation.body {
            walk.hide(&FieldPath::body(), &mut body.schema, body.required);
        }
        let names = walk.names;
        draft.mask(&known);
        // They mark the variables in a text.
        draft.remove(&[BEGIN, END]);
        Self { operation, draft, names, stem }
    }

    /// The text with the variables in the places of the secrets.
    pub(super) fn name(&self, text: &str, spelling: Spelling) -> String {
        let named = |text: String, (index, name): (usize, &String)| {
            text.replace(&stand_in(&self.stem, index), &variable(name, spelling))
        };
        self.names.iter().enumerate().fold(text.to_owned(), named)
    }
}

/// Letters and digits: no encoding changes them.
fn stand_in(stem: &str, index: usize) -> String {
    format!("{stem}z{index}z")
}

struct Walk<'a> {
    draft: &'a mut Draft,
    names: Vec<String>,
    known: &'a mut Vec<Zeroizing<String>>,
    stem: &'a str,
}

impl Walk<'_> {
    fn hide(&mut self, path: &FieldPath, schema: &mut Schema, required: bool) {
        if is_secret(path, schema) {
            return self.replace(path, schema, required);
        }
        if let Raw::Text(text) = self.draft.get(path) {
            if is_secret_text(text, path, &schema.kind) {
                return self.replace(path, schema, required);
            }
            if is_json_in(&schema.kind, text) {
                self.replace_in_json(path);
            }
        }
        match &mut schema.kind {
            Kind::Object(fields) => {
                let sent = required || self.draft.has(path);
                for field in fields.iter_mut() {
                    self.hide(&path.child(&field.name), &mut field.schema, sent && field.required);
                }
                let names = self.draft.members(path).to_vec();
                match &mut schema.additional {
                    Additional::Of(schema) => {
                        let paths: Vec<FieldPath> = names.iter().map(|name| path.child(name)).collect();
                        self.hide_each(&paths, schema);
                    }
                    // Anything, as JSON.
                    _ => names.iter().for_each(|name| self.replace_in_json(&path.child(name))),
                }
            }
            Kind::OneOf(alternatives) => {
                let chosen = self.draft.alternative(path);
                if let Some(chosen) = alternatives.get_mut(chosen) {
                    self.hide(path, &mut chosen.schema, required);
                }
            }
            Kind::Array(items) => {
                let paths: Vec<FieldPath> = (0..self.draft.items(path)).map(|index| path.child(index)).collect();
                self.hide_each(&paths, items);
            }
            _ => {}
        }
    }

    /// Several values of one schema.
    fn hide_each(&mut self, paths: &[FieldPath], schema: &mut Schema) {
        let before = schema.clone();
        for path in paths {
            let mut own = before.clone();
            self.hide(path, &mut own, true);
            // A secret among them makes a text of its own schema, and the others are texts as well.
            if own != before {
                *schema = own;
            }
        }
    }

    fn replace(&mut self, path: &FieldPath, schema: &mut Schema, required: bool) {
        match self.draft.get(path) {
            Raw::Text(text) => self.known.push(Zeroizing::new(text.clone())),
            Raw::Unset if required => {}
            _ => return,
        }
        let text = self.add(&path.path);
        // A number beside other numbers: as JSON each stays what it is.
        let is_number = matches!(schema.kind, Kind::Integer | Kind::Number);
        let (kind, text) = if is_number { (Kind::Json, format!("\"{text}\"")) } else { (Kind::Text, text) };
        self.draft.set(path.clone(), Raw::Text(text));
        (schema.kind, schema.rules) = (kind, Rules::default());
    }

    /// The credentials in raw JSON.
    fn replace_in_json(&mut self, path: &FieldPath) {
        let Raw::Text(text) = self.draft.get(path).clone() else { return };
        let replaced = replace_credentials(&text, path, &mut |name, secret| {
            self.known.push(Zeroizing::new(secret.to_owned()));
            self.add(name)
        });
        if let Some(text) = replaced {
            self.draft.set(path.clone(), Raw::Text(text));
        }
    }

    /// Adds a variable. Gives what stands for it in the form.
    fn add(&mut self, path: &str) -> String {
        let text = stand_in(self.stem, self.names.len());
        let name = self.new_name(path);
        self.names.push(name);
        text
    }

    /// The last name of the path, with what stands before it where that is taken already.
    fn new_name(&self, path: &str) -> String {
        let parts: Vec<&str> = path.split('.').collect();
        let named = |count: usize| {
            let last = parts.iter().skip(parts.len().saturating_sub(count)).copied().collect::<Vec<_>>().join("_");
            format!("TLS_CONSOLE_{}", variable_name(&last))
        };
        let mut names = (1..=parts.len()).map(named);
        let number = self.names.len();
        names.find(|name| !self.names.contains(name)).unwrap_or_else(|| format!("TLS_CONSOLE_SECRET_{number}"))
    }
}

/// A text as the name of an environment variable.
pub(super) fn variable_name(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }).collect()
}
