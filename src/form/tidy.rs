//! What comes along when an id is pasted from a web page, and is no part of it: blanks around it, characters without a width.

use super::draft::{Draft, Raw};
use super::field_path::FieldPath;
use crate::catalog::{Kind, Location, Operation, Schema};
use crate::invisible::is_invisible;
use std::borrow::Cow;

/// The text without blanks at its ends, no-break ones included, and without characters that nobody can see.
pub fn tidy(text: &str) -> Cow<'_, str> {
    if text.contains(is_invisible) {
        let visible: String = text.chars().filter(|char| !is_invisible(*char)).collect();
        return Cow::Owned(visible.trim().to_owned());
    }
    Cow::Borrowed(text.trim())
}

impl Draft {
    /// Tidies the text of a parameter. `false`: nothing was to be done, or it is a text whose every character counts: one
    /// of the body, a secret, raw JSON.
    pub fn tidy(&mut self, path: &FieldPath, schema: &Schema) -> bool {
        if path.location == Location::Body || matches!(schema.kind, Kind::Secret | Kind::Json | Kind::File) {
            return false;
        }
        let Raw::Text(text) = self.get(path) else { return false };
        let tidied = tidy(text);
        if tidied == text.as_str() {
            return false;
        }
        let raw = if tidied.is_empty() { Raw::Unset } else { Raw::Text(tidied.into_owned()) };
        self.set(path.clone(), raw);
        true
    }

    /// Tidies all parameters. Gives those that were changed.
    pub fn tidy_all(&mut self, operation: &Operation) -> Vec<FieldPath> {
        let paths = operation.parameters.iter().map(|field| (FieldPath::of(field), &field.schema));
        paths.filter(|(path, schema)| self.tidy(path, schema)).map(|(path, _)| path).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{PROJECT, TAURUSDB, body, draft, header, path, switch_ssl};
    use crate::form::{ArgumentValue, validate};

    #[test]
    fn blanks_around_a_text_and_invisible_characters_in_it_go() {
        for (pasted, left) in [
            (" a b\t\r\n", "a b"),
            ("\u{a0}id\u{a0}", "id"),
            ("\u{200b}i\u{200d}d\u{feff}", "id"),
            ("\u{3000}id\u{2003}", "id"),
            ("a\u{a0}b", "a\u{a0}b"),
            ("id", "id"),
            (" \u{a0} ", ""),
        ] {
            assert_eq!(tidy(pasted), left, "{pasted:?}");
        }
    }

    #[test]
    fn a_pasted_id_is_accepted_without_its_blanks() {
        let operation = switch_ssl();
        let (project, instance) = (format!("\u{a0}{PROJECT} "), format!("{TAURUSDB}\u{200b}"));
        let texts =
            [(path("project_id"), project.as_str()), (path("instance_id"), &instance), (body("ssl_option"), "true")];
        let mut draft = draft(&texts);
        assert!(validate(&operation, &draft).is_err());
        assert_eq!(draft.tidy_all(&operation), [path("project_id"), path("instance_id")]);
        let arguments = validate(&operation, &draft).unwrap();
        assert!(arguments.path.iter().any(|argument| argument.value == ArgumentValue::Text(TAURUSDB.into())));
        assert_eq!(draft.tidy_all(&operation), [], "once is enough");
    }

    #[test]
    fn what_is_blank_is_not_set_and_what_the_body_or_a_secret_holds_stays() {
        let mut draft = draft(&[(header("X-Language"), " \u{a0}"), (body("name"), " a "), (header("X-Key"), " s ")]);
        let text = Schema::default();
        assert!(draft.tidy(&header("X-Language"), &text));
        assert_eq!(draft.get(&header("X-Language")), &Raw::Unset);
        assert!(!draft.tidy(&body("name"), &text));
        assert!(!draft.tidy(&header("X-Key"), &Schema { kind: Kind::Secret, ..Schema::default() }));
        assert_eq!(draft.get(&header("X-Key")), &Raw::Text(" s ".into()));
    }
}
