//! The short form of a call that gives a credential. It has no values of its own: each input is a field of the whole form.

use super::draft::{Draft, Raw};
use super::field_path::FieldPath;
use crate::catalog::{Grant, GrantInput, Operation, Schema, Sent};

/// The inputs of a [`Grant`] as fields of its operation.
#[derive(Debug, Clone, Copy)]
pub struct ShortForm<'a> {
    grant: &'a Grant,
    operation: &'a Operation,
}

impl<'a> ShortForm<'a> {
    pub const fn new(grant: &'a Grant, operation: &'a Operation) -> Self {
        Self { grant, operation }
    }

    /// The fields that an input may stand in; the first is the usual one. An input that is only a part of a field's text is a
    /// field's own no more, and has none.
    fn paths(&self, input: &str) -> Vec<FieldPath> {
        let sent = self.grant.all_sent().into_iter();
        let own = sent.filter(|(_, sent)| *sent == Sent::Input(input));
        own.filter_map(|(names, _)| self.path(&names)).collect()
    }

    fn path(&self, names: &[&str]) -> Option<FieldPath> {
        let (top, rest) = names.split_first()?;
        let field = self.operation.fields().into_iter().find(|field| field.name == *top)?;
        Some(rest.iter().fold(FieldPath::of(field), |path, name| path.child(name)))
    }

    /// The field of an input.
    pub fn field(&self, draft: &Draft, input: &GrantInput) -> Option<(FieldPath, &'a Schema)> {
        let path = self.paths(&input.name).into_iter().next()?;
        let schema = draft.schema_at(self.operation, &path)?;
        Some((path, schema))
    }

    /// The text of an input in the form; empty where there is none.
    pub fn text(&self, draft: &Draft, input: &str) -> String {
        let texts = self.paths(input).into_iter().filter_map(|path| match draft.get(&path) {
            Raw::Text(text) => Some(text.clone()),
            _ => None,
        });
        texts.into_iter().next().unwrap_or_default()
    }

    /// Whether no input is filled.
    pub fn is_empty(&self, draft: &Draft) -> bool {
        self.grant.inputs.iter().all(|input| self.text(draft, &input.name).is_empty())
    }

    /// Puts texts into inputs, and what belongs to them into the other fields.
    pub fn fill(&self, draft: &mut Draft, texts: &[(&str, String)], region: &str) {
        let given = |name: &str| texts.iter().find(|(input, _)| *input == name).map(|(_, text)| text.clone());
        let inputs = self.grant.inputs.iter().map(|input| input.name.as_str());
        let all: Vec<(&str, String)> =
            inputs.map(|name| (name, given(name).unwrap_or_else(|| self.text(draft, name)))).collect();
        let text = |name: &str| all.iter().find(|(input, _)| *input == name).map_or("", |(_, text)| text.as_str());
        for (names, _) in self.grant.all_sent() {
            if let Some(path) = self.path(&names) {
                draft.clear(&path);
            }
        }
        for (names, sent) in self.grant.sent(&|name| !text(name).trim().is_empty(), region) {
            let Some(path) = self.path(&names) else { continue };
            match sent {
                Sent::Input(name) if text(name).is_empty() => {}
                Sent::Input(name) => draft.set(path, Raw::Text(text(name).to_owned())),
                Sent::Fixed(value) => {
                    if let Some(schema) = draft.schema_at(self.operation, &path) {
                        draft.set_as(&path, schema, &value);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Api;
    use crate::fixtures::body;
    use crate::form::sketch;
    use serde_json::{Value, json};

    fn shipped() -> (Grant, Operation) {
        let api = Api::load("apis/huawei-iam.json", include_str!("../../apis/huawei-iam.json")).unwrap();
        let grant = api.grants().unwrap().remove(0);
        let operation = api.operation(&grant.operation).unwrap().unwrap();
        (grant, operation)
    }

    fn new(operation: &Operation) -> Draft {
        Draft::new(operation, &mut String::new)
    }

    fn given(texts: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
        texts.iter().map(|(name, text)| (*name, (*text).to_owned())).collect()
    }

    #[test]
    fn what_is_typed_in_the_short_form_is_the_request_of_the_whole_form() {
        let (grant, operation) = shipped();
        let (short, mut draft) = (ShortForm::new(&grant, &operation), new(&operation));
        assert!(short.is_empty(&draft));
        let texts = given(&[("account", "a"), ("user", "u"), ("password", "p-canary"), ("scope", "cn-north-4")]);
        short.fill(&mut draft, &texts, "cn-north-4");
        let link = draft.to_link(&operation);
        let pairs: Vec<_> = link.pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert!(pairs.contains(&String::from("~text.body.auth.identity.password.user.domain.name=a")), "{pairs:?}");
        assert!(!format!("{link:?}").contains("canary"), "{link:?}");
        assert_eq!(link.withheld, ["auth.identity.password.user.password"]);
        let sent = sketch(&operation, &draft).body().unwrap().to_json();
        let wanted = json!({"auth": {
            "identity": {"methods": ["password"], "password": {"user": {"name": "u", "password": "p-canary", "domain": {"name": "a"}}}},
            "scope": {"project": {"name": "cn-north-4"}},
        }});
        assert_eq!(serde_json::from_str::<Value>(&sent).unwrap(), wanted);
    }

    #[test]
    fn what_fills_the_whole_form_fills_the_short_one() {
        let (grant, operation) = shipped();
        let (short, mut draft) = (ShortForm::new(&grant, &operation), new(&operation));
        let user = json!({"identity": {"password": {"user": {"name": "u", "domain": {"name": "a"}}}}});
        draft.fill_from_link(&operation, &[(String::from("auth"), user.to_string())]);
        let texts: Vec<String> = grant.inputs.iter().map(|input| short.text(&draft, &input.name)).collect();
        assert_eq!(texts, ["a", "u", "", "", "", ""]);
        assert!(!short.is_empty(&draft));
    }

    #[test]
    fn a_passcode_brings_its_method_and_takes_it_away_again() {
        let (grant, operation) = shipped();
        let (short, mut draft) = (ShortForm::new(&grant, &operation), new(&operation));
        short.fill(&mut draft, &given(&[("user", "u"), ("userId", "i")]), "r");
        assert_eq!(draft.items(&body("auth.identity.methods")), 2);
        assert_eq!(draft.get(&body("auth.identity.totp.user.id")), &Raw::Text(String::from("i")));
        short.fill(&mut draft, &given(&[("userId", "")]), "r");
        assert_eq!(draft.items(&body("auth.identity.methods")), 1);
        assert!(!draft.has(&body("auth.identity.totp")));
        assert_eq!(short.text(&draft, "user"), "u");
    }

    #[test]
    fn every_input_of_a_shipped_short_form_is_a_field_and_a_secret_is_one_there_too() {
        let api = Api::load("apis/huawei-iam.json", include_str!("../../apis/huawei-iam.json")).unwrap();
        for grant in api.grants().unwrap() {
            let operation = api.operation(&grant.operation).unwrap().unwrap();
            for input in &grant.inputs {
                let (path, schema) = ShortForm::new(&grant, &operation).field(&new(&operation), input).unwrap();
                assert_eq!(crate::form::is_secret(&path, schema), input.secret, "{}", input.name);
            }
        }
    }
}
