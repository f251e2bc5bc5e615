//! What the templates know of a call.

use super::SampleError;
use super::language::{Spelling, begin_of, variable};
use super::secrets::{Hidden, variable_name};
use crate::call::PlannedCall;
use crate::catalog::{BodyFormat, Kind, MASK, Operation, Scheme, Signing, Vendor, is_json};
use crate::form::{ArgumentValue, Arguments, Target, sketch_without_secrets, validate};
use crate::request::{Header, UnsignedRequest, build, encode};
use crate::sign::SigningSettings;
use crate::sign::scheme::{KEY_ID, KEY_SECRET, PASSWORD, PROJECT_ID, SECURITY_TOKEN, SchemeKind, USER_NAME};
use serde_json::{Map, Value, json};

/// The variable that leads a sample to another address than the provider's.
pub(super) const ENDPOINT: &str = "TLS_CONSOLE_ENDPOINT";

/// What the templates know of a call, and the environment variables that a sample may read.
pub(super) struct Facts {
    pub(super) values: Map<String, Value>,
    pub(super) variables: Vec<String>,
    pub(super) optional_variables: Vec<String>,
    /// The fields that lack something, by name.
    pub(super) missing: Vec<String>,
}

pub(super) fn facts(planned: &PlannedCall<'_>, vendor: &Vendor) -> Result<Facts, SampleError> {
    let hidden = Hidden::of(planned.operation, planned.draft, planned.keyring.secret_texts());
    let operation = &hidden.operation;
    let arguments = sketch_without_secrets(operation, &hidden.draft);
    if arguments.body().is_some_and(has_file) {
        return Err(SampleError::File);
    }
    let request = build(operation, &arguments)?;
    let mut call = Call { hidden: &hidden, vendor, request, headers: Vec::new(), facts: Map::new(), used: Vec::new() };
    call.own_headers();
    // A sample goes to the provider itself: no proxy adds the credential on its way.
    let requirement = planned.keyring.security(planned.operation).or(planned.operation.security.first());
    let profile = planned.keyring.chosen_id(&planned.operation.provider);
    let project = planned.keyring.get(profile, PROJECT_ID).map(|project| project.public_text().to_owned());
    let is_temporary = planned.keyring.get(profile, SECURITY_TOKEN).is_some();
    call.facts.insert(String::from("temporary"), is_temporary.into());
    for scheme in requirement.iter().flat_map(|requirement| &requirement.schemes) {
        call.add(scheme, project.as_deref());
    }
    let missing = missing(operation, &hidden);
    Ok(call.finish(&arguments, missing))
}

fn has_file(value: &ArgumentValue) -> bool {
    match value {
        ArgumentValue::File(_) => true,
        ArgumentValue::Array(items) => items.iter().any(has_file),
        ArgumentValue::Object(members) => members.iter().any(|(_, member)| has_file(member)),
        _ => false,
    }
}

/// The headers of an answer to a call that succeeds without which the call is of no use: a secret that it gives, and what
/// must be there.
fn given_in_headers(operation: &Operation) -> Vec<&str> {
    let mut names = Vec::new();
    let succeed = operation.responses.iter().filter(|response| response.status.is_success());
    for header in succeed.flat_map(|response| &response.headers) {
        let is_needed = header.required || header.schema.kind == Kind::Secret;
        if is_needed && !names.contains(&header.name.as_str()) {
            names.push(&header.name);
        }
    }
    names
}

/// The fields that are empty or wrong.
fn missing(operation: &Operation, hidden: &Hidden) -> Vec<String> {
    let issues = validate(operation, &hidden.draft).err().unwrap_or_default();
    let mut names: Vec<String> = Vec::new();
    for issue in issues.iter().filter(|issue| !matches!(issue.target, Target::Credential(_))) {
        let name = issue.target.name().to_owned();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

struct Call<'a> {
    hidden: &'a Hidden,
    vendor: &'a Vendor,
    request: UnsignedRequest,
    headers: Vec<Value>,
    facts: Map<String, Value>,
    /// Variables without which nothing can be sent.
    used: Vec<String>,
}

impl Call<'_> {
    /// The variable of an input of the credential: the vendor's own, where the description knows it.
    fn name_of(&self, label: &str) -> String {
        let own = self.vendor.variables.get(label).cloned();
        own.unwrap_or_else(|| format!("TLS_CONSOLE_{}", variable_name(label)))
    }

    fn use_variable(&mut self, label: &str) -> String {
        let name = self.name_of(label);
        self.used.push(name.clone());
        name
    }

    fn header(&mut self, name: &str, value: String, signed: bool) {
        let line = format!("{name}: {value}");
        self.headers.push(json!({"name": name, "line": line, "value": value, "signed": signed}));
    }

    fn own_headers(&mut self) {
        let own: Vec<(String, String)> = self
            .request
            .headers
            .iter()
            .map(|header: &Header| (header.name.clone(), header.shown().to_owned()))
            .collect();
        for (name, value) in own {
            let value = self.hidden.name(&value, Spelling::Raw);
            self.header(&name, value, false);
        }
    }

    /// What a scheme adds to the request.
    fn add(&mut self, scheme: &Scheme, project: Option<&str>) {
        match scheme.kind {
            SchemeKind::Token => {
                let name = self.use_variable(&scheme.name);
                self.header(&scheme.name, variable(&name, Spelling::Raw), false);
            }
            SchemeKind::QueryToken => {
                let name = self.use_variable(&scheme.name);
                let pair = format!("{}={}", encode(&scheme.name), variable(&name, Spelling::Url));
                self.facts.insert("query_token".into(), pair.into());
            }
            SchemeKind::Bearer => {
                let label = scheme.inputs().first().map(|input| input.label.clone()).unwrap_or_default();
                let name = self.use_variable(&label);
                self.header("Authorization", format!("Bearer {}", variable(&name, Spelling::Raw)), false);
            }
            SchemeKind::Basic => {
                let both = format!("{}:{}", self.use_variable(USER_NAME), self.use_variable(PASSWORD));
                self.header("Authorization", format!("Basic {}", variable(&both, Spelling::Basic)), false);
            }
            SchemeKind::SdkHmac => {
                let is_json = self
                    .request
                    .headers
                    .iter()
                    .all(|h| !h.name.eq_ignore_ascii_case("content-type") || is_json(h.shown()));
                if let Some(project) = project {
                    self.header(PROJECT_ID, project.to_owned(), false);
                }
                self.sign(scheme, "sdk_hmac", json!({"unsigned_payload": !is_json}));
            }
            SchemeKind::Acs3 => {
                let lines = [format!("x-acs-action: {}", scheme.action), format!("x-acs-version: {}", scheme.version)];
                self.sign(scheme, "acs3", json!({"action": scheme.action, "version": scheme.version, "lines": lines}));
            }
        }
    }

    fn sign(&mut self, scheme: &Scheme, name: &str, own: Value) {
        let Some(settings) = &scheme.kind.traits().signature else { return };
        [KEY_ID, KEY_SECRET].into_iter().for_each(|label| drop(self.use_variable(label)));
        self.mark_signed(settings);
        let [path, query] = self.target();
        let [path, query] = settings.canonical_target(&path, &query);
        let mut facts = Map::new();
        facts.insert("canonical_path".into(), self.hidden.name(&path, Spelling::Url).into());
        facts.insert("canonical_query".into(), self.hidden.name(&query, Spelling::Url).into());
        if let Value::Object(own) = own {
            facts.extend(own);
        }
        self.facts.insert(name.to_owned(), facts.into());
        self.facts.insert(String::from("signs"), true.into());
    }

    fn mark_signed(&mut self, settings: &SigningSettings) {
        for header in self.headers.iter_mut().filter_map(Value::as_object_mut) {
            let signed = header.get("name").and_then(Value::as_str).is_some_and(|name| settings.signs(name));
            header.insert("signed".into(), signed.into());
        }
    }

    /// Path and query. A part of the path that is missing stands there as the description writes it.
    fn target(&self) -> [String; 2] {
        [self.request.path_shown(), self.request.query_shown()].map(|text| text.replace(MASK, &encode(MASK)))
    }

    fn finish(mut self, arguments: &Arguments, missing: Vec<String>) -> Facts {
        let operation = &self.hidden.operation;
        let [path, query] = self.target();
        let body_spelling = match operation.body.as_ref().map(|body| body.format) {
            Some(BodyFormat::Json) => Spelling::Json,
            Some(BodyFormat::Form) => Spelling::Url,
            _ => Spelling::Raw,
        };
        let names: Vec<String> = operation.placeholders().into_iter().map(str::to_owned).collect();
        let with_placeholders = names.iter().fold(path, |path, name| {
            let placeholder = format!("{{{name}}}");
            path.replace(&encode(&placeholder), &placeholder)
        });
        let path = self.hidden.name(&with_placeholders, Spelling::Url);
        let mut query = self.hidden.name(&query, Spelling::Url);
        if let Some(Value::String(token)) = self.facts.remove("query_token") {
            query = if query.is_empty() { token } else { format!("{query}&{token}") };
        }
        let body = self.hidden.name(&self.request.body_shown, body_spelling);
        // An .http file would take two braces for a variable. In JSON they stand in texts only, and have another spelling.
        let body = if body_spelling == Spelling::Json { body.replace("{{", "\\u007b\\u007b") } else { body };
        let members = match arguments.body() {
            Some(ArgumentValue::Object(members)) => members.as_slice(),
            _ => &[],
        };
        let body_members: Vec<Value> =
            members.iter().map(|(name, value)| self.named(name, "body", self.plain_value(value))).collect();
        let all: Vec<Value> =
            [("path", arguments.path()), ("query", arguments.query()), ("header", arguments.headers())]
                .into_iter()
                .flat_map(|(place, own)| own.iter().map(move |argument| (place, argument)))
                .map(|(place, own)| self.named(&own.name, place, self.plain_value(&own.value)))
                .collect();
        self.used.extend(self.hidden.names.iter().cloned());
        let name_of = |label| self.name_of(label);
        let (key_id, key_secret, security_token) = (name_of(KEY_ID), name_of(KEY_SECRET), name_of(SECURITY_TOKEN));
        let mut variables = self.used.clone();
        variables.extend([key_id.clone(), key_secret.clone()]);
        let optional_variables = vec![security_token.clone(), ENDPOINT.to_owned()];
        let expects_body = matches!(operation.method.as_str(), "POST" | "PUT" | "PATCH");
        let uses = |spelling| {
            let begin = begin_of(spelling);
            let header = |header: &Value| {
                header.get("value").and_then(Value::as_str).is_some_and(|value| value.contains(&begin))
            };
            [&path, &query, &body].iter().any(|text| text.contains(&begin)) || self.headers.iter().any(header)
        };
        let (uses_json, uses_url, uses_basic) = (uses(Spelling::Json), uses(Spelling::Url), uses(Spelling::Basic));
        let printed = given_in_headers(operation);
        let values = json!({
            "operation": names_of(&operation.id),
            "summary": operation.summary,
            "api": operation.api_title,
            "reference": operation.reference,
            "method": operation.method.as_str(),
            "host": self.request.host,
            "endpoint": format!("https://{}", self.request.host),
            "region": self.hidden.draft.region_of(operation),
            "path": path,
            "query": query,
            "headers": self.headers,
            "body": body,
            "empty_body": expects_body && body.is_empty(),
            "uses_json": uses_json,
            "uses_url": uses_url,
            "uses_basic": uses_basic,
            "parameters": all,
            "body_members": body_members,
            "missing": missing.join(", "),
            "printed_headers": printed,
            "prints_headers": !printed.is_empty(),
            "no_credential": operation.policy.signing == Signing::Proxy,
            "needed": self.used,
            "env": {"key_id": key_id, "key_secret": key_secret, "security_token": security_token, "endpoint": ENDPOINT},
        });
        if let Value::Object(values) = values {
            self.facts.extend(values);
        }
        let mut unique: Vec<String> = Vec::new();
        variables.into_iter().for_each(|name| {
            if !unique.contains(&name) {
                unique.push(name);
            }
        });
        Facts { values: self.facts, variables: unique, optional_variables, missing }
    }

    /// A value with its name as each language spells it.
    fn named(&self, name: &str, place: &str, value: Value) -> Value {
        let mut named = names_of(name);
        let kind = match &value {
            Value::String(_) => "is_text",
            Value::Number(_) => "is_number",
            Value::Bool(_) => "is_boolean",
            _ => "is_other",
        };
        if let Some(named) = named.as_object_mut() {
            named.insert("value".into(), value);
            named.insert(kind.into(), true.into());
            named.insert(format!("in_{place}"), true.into());
        }
        named
    }

    /// The value as JSON, with variables for its secrets.
    fn plain_value(&self, value: &ArgumentValue) -> Value {
        let read = serde_json::from_str(&value.to_shown_json()).unwrap_or_default();
        self.with_variables(read)
    }

    fn with_variables(&self, value: Value) -> Value {
        match value {
            Value::String(text) => self.hidden.name(&text, Spelling::Raw).into(),
            Value::Array(items) => items.into_iter().map(|item| self.with_variables(item)).collect(),
            Value::Object(members) => {
                members.into_iter().map(|(name, member)| (name, self.with_variables(member))).collect()
            }
            other => other,
        }
    }
}

/// A name in the spellings of programs: `SwitchSsl` is `switch_ssl`, `switch-ssl`, `switchSsl` and `SwitchSsl`.
fn names_of(name: &str) -> Value {
    let mut words: Vec<String> = Vec::new();
    let mut within = false;
    let mut before = ' ';
    for c in name.chars() {
        if !c.is_ascii_alphanumeric() {
            within = false;
        } else {
            if !within || (c.is_ascii_uppercase() && !before.is_ascii_uppercase()) {
                words.push(String::new());
            }
            within = true;
            if let Some(word) = words.last_mut() {
                word.push(c.to_ascii_lowercase());
            }
        }
        before = c;
    }
    let title = |word: &String| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
    };
    let pascal: String = words.iter().map(title).collect();
    let rest: String = words.iter().skip(1).map(title).collect();
    let camel = words.first().cloned().unwrap_or_default() + &rest;
    json!({"name": name, "snake": words.join("_"), "kebab": words.join("-"), "camel": camel, "pascal": pascal})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_spelled_for_programs() {
        let names = names_of("SwitchGaussMySqlInstanceSsl");
        assert_eq!(names["snake"], "switch_gauss_my_sql_instance_ssl");
        assert_eq!(names["kebab"], "switch-gauss-my-sql-instance-ssl");
        assert_eq!(names_of("clientToken")["snake"], "client_token");
        assert_eq!(names_of("instance_id")["camel"], "instanceId");
        assert_eq!(names_of("X-Language")["pascal"], "XLanguage");
        assert_eq!(names_of("get /v3/{a}")["kebab"], "get-v3-a");
        assert_eq!(names_of("TaurusDB")["snake"], "taurus_db");
    }
}
