//! The whole line from a form to a request that is ready to be sent. The preview on the screen is made by the same steps,
//! so that it shows what is sent.

mod exchange;
mod sent_values;

pub use exchange::{CallFailure, CallId, Exchange, Sender, forget_old_bodies};

use crate::catalog::{Act, FormPart, Operation, Server, Signing, fill_placeholders, plain_text};
use crate::credentials::Keyring;
use crate::form::{Draft, FieldIssue, FieldPath, Raw, Target, is_secret, mask_text, sketch, validate};
use crate::proxy::{Connection, ConnectionKind, RoutedRequest, route};
use crate::request::{BuildError, Header, UnsignedRequest, build, encode};
use crate::sign::scheme::HeaderRole;
use crate::sign::{SchemeKind, SignError, SigningTime, SigningTrace, sign};
use thiserror::Error;
use zeroize::Zeroizing;

/// Why a call cannot be sent.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum CallError {
    /// The form or the credential is incomplete or wrong; one entry a field, in the order of the page.
    #[error("{} invalid fields", .0.len())]
    Fields(Vec<FieldIssue>),
    /// The call changes something, and the deployment only looks.
    #[error("read-only")]
    ReadOnly,
    /// The deployment allows no kind of credential that the operation takes.
    #[error("no security scheme offered")]
    NoCredential,
    /// The request cannot be built.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// The request cannot be signed.
    #[error(transparent)]
    Sign(#[from] SignError),
}

/// A call as far as a person has got with it: the form, who signs, and how the request gets to the cloud.
#[derive(Debug, Clone, Copy)]
pub struct PlannedCall<'a> {
    pub operation: &'a Operation,
    pub draft: &'a Draft,
    pub keyring: &'a Keyring,
    pub connection: &'a Connection,
}

impl PlannedCall<'_> {
    /// Validates, builds, signs and routes what the deployment allows to be sent.
    pub fn prepare(&self, signing_time: &SigningTime) -> Result<RoutedRequest, CallError> {
        if self.operation.is_withheld() {
            return Err(CallError::ReadOnly);
        }
        if self.operation.policy.signing == Signing::Nobody {
            return Err(CallError::NoCredential);
        }
        let routed = self.sign_and_route(signing_time)?;
        match self.examples() {
            examples if examples.is_empty() => Ok(routed),
            examples => Err(CallError::Fields(examples)),
        }
    }

    /// The inputs of the credential that hold values of the simulation, where the call would leave the page with them.
    fn examples(&self) -> Vec<FieldIssue> {
        let Self { operation, keyring, connection, .. } = *self;
        let leaves = connection.kind != ConnectionKind::Sandbox;
        let requirement = keyring.security(operation).filter(|_| leaves);
        let profile = keyring.chosen_id(&operation.provider);
        requirement.map(|requirement| keyring.examples_in(profile, requirement)).unwrap_or_default()
    }

    /// The same whether the call may be sent or not: a preview shows what a read-only console would send.
    fn sign_and_route(&self, signing_time: &SigningTime) -> Result<RoutedRequest, CallError> {
        let Self { operation, draft, keyring, connection } = *self;
        let profile = keyring.chosen_id(&operation.provider);
        let credentials = match keyring.security(operation) {
            Some(requirement) => keyring.credentials(profile, requirement),
            None => Ok(Vec::new()),
        };
        let (arguments, credentials) = match (validate(operation, draft), credentials) {
            (Ok(arguments), Ok(credentials)) => (arguments, credentials),
            (arguments, credentials) => {
                let found: Vec<FieldIssue> = arguments.err().into_iter().chain(credentials.err()).flatten().collect();
                return Err(CallError::Fields(in_page_order(operation, &found)));
            }
        };
        let unsigned = build(operation, &arguments)?;
        let signed = sign(unsigned, &credentials, signing_time)?;
        Ok(route(signed, connection, &operation.provider, &draft.region_of(operation)))
    }

    /// The request as it would be sent now, as far as the form has got.
    pub fn preview(&self) -> Result<ShownRequest, BuildError> {
        // The date, the nonce and the signature of a preview are of no use: they are replaced below.
        let signing_time = SigningTime { now: time::OffsetDateTime::UNIX_EPOCH, nonce: String::from("preview") };
        let mut shown = match self.sign_and_route(&signing_time) {
            Ok(routed) => ShownRequest::of(&routed),
            Err(CallError::Build(error)) => return Err(error),
            Err(_) => self.preview_of_incomplete(&signing_time)?,
        };
        shown.trace.clear();
        for (name, value) in &mut shown.headers {
            if SchemeKind::any_adds(name, HeaderRole::is_of_attempt) {
                *value = ShownValue::MadeAtSend;
            }
        }
        Ok(shown)
    }

    /// The preview of a form, or of a credential, in which something is missing or wrong.
    fn preview_of_incomplete(&self, signing_time: &SigningTime) -> Result<ShownRequest, BuildError> {
        let Self { operation, draft, keyring, connection } = *self;
        let request = build(operation, &sketch(operation, draft))?;
        let profile = keyring.chosen_id(&operation.provider);
        let mut open: Vec<&str> = Vec::new();
        let mut ready = Vec::new();
        for scheme in keyring.security(operation).iter().flat_map(|requirement| &requirement.schemes) {
            // A token that is there is sent as it is, whatever the rest of the form lacks.
            match keyring.credential(profile, scheme) {
                Ok(credential) if scheme.kind.traits().signature.is_none() => ready.push((scheme, credential)),
                _ => open.extend(scheme.proof_headers()),
            }
        }
        let request = match sign(request.clone(), &ready, signing_time) {
            Ok(signed) => signed.request().clone(),
            Err(_) => request,
        };
        let address = connection.shown_address(&request, &operation.provider, &draft.region_of(operation));
        let mut shown = ShownRequest::of_unsigned(&request, address);
        // A part of the path that is missing is shown as the description writes it.
        for name in operation.placeholders() {
            let placeholder = format!("{{{name}}}");
            let escaped = encode(&placeholder);
            shown.url = shown.url.replace(&escaped, &placeholder);
            shown.address = shown.address.map(|address| address.replace(&escaped, &placeholder));
        }
        shown.headers.splice(0..0, open.into_iter().map(|name| (name.to_owned(), ShownValue::Incomplete)));
        Ok(shown)
    }
}

/// What, where, who, more; within each the order of the description.
fn in_page_order(operation: &Operation, issues: &[FieldIssue]) -> Vec<FieldIssue> {
    let place = |issue: &FieldIssue| match &issue.target {
        Target::Field(path) => {
            match operation.part_of(path.location, path.path.split('.').next().unwrap_or_default()) {
                Some(FormPart::What) => 0,
                None => 1,
                Some(FormPart::Where) => 3,
                Some(FormPart::More) => 5,
            }
        }
        Target::Variable(_) => 2,
        Target::Credential(_) => 4,
    };
    (0..=5).flat_map(|at| issues.iter().filter(move |issue| place(issue) == at)).cloned().collect()
}

/// A request as the screen shows it: secrets masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownRequest {
    pub method: String,
    /// The address at the provider.
    pub url: String,
    /// The address that is called, the proxy's or the provider's. `None`: the request stays in the page.
    pub address: Option<String>,
    /// Name and value, in the order of sending.
    pub headers: Vec<(String, ShownValue)>,
    /// The body; empty for none.
    pub body: String,
    /// How the signature came about.
    pub trace: SigningTrace,
}

impl ShownRequest {
    pub fn of(routed: &RoutedRequest) -> Self {
        let request = routed.signed().request();
        Self {
            trace: routed.signed().trace().to_vec(),
            ..Self::of_unsigned(request, routed.shown_address().map(str::to_owned))
        }
    }

    /// Masks secrets that stand where none belongs, such as a key that was pasted into the field of an id.
    pub fn mask(&mut self, secrets: &[Zeroizing<String>]) {
        let encoded: Vec<_> = secrets.iter().map(|secret| Zeroizing::new(encode(secret))).collect();
        let texts = self.headers.iter_mut().filter_map(|(_, value)| match value {
            ShownValue::Text(text) => Some(text),
            ShownValue::MadeAtSend | ShownValue::Incomplete => None,
        });
        // Stages may encode the path and the query once more than the address does.
        let twice: Vec<_> = encoded.iter().map(|secret| Zeroizing::new(encode(secret))).collect();
        let stages = self.trace.iter_mut().map(|stage| &mut stage.text);
        for text in texts.chain([&mut self.url, &mut self.body]).chain(&mut self.address).chain(stages) {
            for spelling in [secrets, &encoded, &twice] {
                mask_text(text, spelling);
            }
        }
    }

    fn of_unsigned(request: &UnsignedRequest, address: Option<String>) -> Self {
        let shown = |header: &Header| (header.name.clone(), ShownValue::Text(header.shown().to_owned()));
        Self {
            method: request.method.to_string(),
            url: request.with_shown_target().url(),
            address,
            headers: request.headers.iter().map(shown).collect(),
            body: request.body_shown.clone(),
            trace: SigningTrace::new(),
        }
    }
}

/// The value of a header on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShownValue {
    /// As it is sent, secrets masked.
    Text(String),
    /// A date, a nonce, a signature: made at the moment of sending.
    MadeAtSend,
    /// A credential's header, while form or credential lack something.
    Incomplete,
}

impl ShownValue {
    /// What is sent, masked; empty where that is not known yet.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::MadeAtSend | Self::Incomplete => "",
        }
    }
}

/// What a call would do, for the question before it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consequences {
    /// The title of the API.
    pub provider: String,
    /// The chosen region in words.
    pub region: String,
    /// The host that is asked.
    pub host: String,
    /// The thing that is changed.
    pub subject: String,
    /// What happens to it.
    pub effect: String,
}

pub fn consequences(operation: &Operation, draft: &Draft) -> Consequences {
    let server = operation.servers.get(draft.server);
    let impact = operation.impact.clone().unwrap_or_default();
    let effect = impact.effects.iter().find(|effect| holds(operation, draft, &effect.when));
    let effect = effect.map(|effect| effect.text.clone()).unwrap_or(impact.summary);
    let subject = subject(operation, draft);
    Consequences {
        provider: operation.api_title.clone(),
        region: server.map(|server| region(server, draft)).unwrap_or_default(),
        host: server.map(|server| draft.host(server)).unwrap_or_default(),
        subject: if subject.is_empty() { operation.path.clone() } else { subject },
        effect,
    }
}

/// The words of the act that a form stands for; empty texts where the description has none.
pub fn act(operation: &Operation, draft: &Draft) -> Act {
    let found = operation.acts.iter().find(|act| holds(operation, draft, &act.when));
    let mut act = found.cloned().unwrap_or_default();
    act.question = fill_placeholders(&act.question, &|name| text(operation, draft, name));
    act
}

/// The thing that a form is about; empty where the description names none, or nothing is entered.
pub fn subject(operation: &Operation, draft: &Draft) -> String {
    let field = operation.impact.as_ref().and_then(|impact| impact.subject.as_deref());
    field.and_then(|name| text(operation, draft, name)).unwrap_or_default()
}

fn holds(operation: &Operation, draft: &Draft, when: &[(String, serde_json::Value)]) -> bool {
    when.iter().all(|(name, wanted)| text(operation, draft, name).is_some_and(|text| plain_text(wanted) == text))
}

/// The text in a field, by the field's name; never a secret, for it is shown.
fn text(operation: &Operation, draft: &Draft, name: &str) -> Option<String> {
    let field = operation.fields().into_iter().find(|field| field.name == name)?;
    if is_secret(&FieldPath::of(field), &field.schema) {
        return None;
    }
    match draft.get(&FieldPath::of(field)) {
        Raw::Text(text) => Some(text.clone()),
        _ => None,
    }
}

/// The region in words, with what was chosen where the words leave it open.
fn region(server: &Server, draft: &Draft) -> String {
    let mut words = server.label.clone();
    for variable in &server.variables {
        words.push_str(&format!(", {} {}", variable.name, draft.variable(server, &variable.name)));
    }
    words
}

#[cfg(test)]
mod tests;
