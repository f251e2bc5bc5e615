//! How a call proves who sends it.

use crate::sign::scheme::{ANONYMOUS, HeaderRole, IN_QUERY, SchemeInput, SchemeKind, TOGETHER};

/// One of the alternatives of `security` (OpenAPI's Security Requirement Object): all of its schemes are used together.
/// One without schemes lets anybody call.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SecurityRequirement {
    pub schemes: Vec<Scheme>,
}

impl SecurityRequirement {
    /// The name of the kind of credential, as [`Scheme::credential_kind`] has it.
    pub fn credential_kind(&self) -> String {
        let kinds: Vec<String> = self.schemes.iter().map(Scheme::credential_kind).collect();
        if kinds.is_empty() { ANONYMOUS.to_owned() } else { kinds.join(TOGETHER) }
    }

    /// What has to be typed for it, each input once.
    pub fn inputs(&self) -> Vec<CredentialInput> {
        let mut inputs: Vec<CredentialInput> = Vec::new();
        for input in self.schemes.iter().flat_map(Scheme::inputs) {
            if !inputs.iter().any(|other| other.label == input.label) {
                inputs.push(input);
            }
        }
        inputs
    }

    /// What it is and where to get it.
    pub fn description(&self) -> String {
        let texts = self.schemes.iter().map(|scheme| scheme.description.as_str()).filter(|text| !text.is_empty());
        texts.collect::<Vec<_>>().join(" ")
    }

    /// What too many wrong signatures lead to.
    pub fn lockout(&self) -> Option<Lockout> {
        self.schemes.iter().find_map(|scheme| scheme.lockout)
    }
}

impl From<Scheme> for SecurityRequirement {
    fn from(scheme: Scheme) -> Self {
        Self { schemes: vec![scheme] }
    }
}

/// A way to prove who sends a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheme {
    pub kind: SchemeKind,
    /// The name of a token's header or query parameter; empty for all others.
    pub name: String,
    /// What it is and where to get it.
    pub description: String,
    /// What too many wrong signatures lead to.
    pub lockout: Option<Lockout>,
    /// `operationId`, for schemes that sign it.
    pub action: String,
    /// `info.version`, for schemes that sign it.
    pub version: String,
}

impl Scheme {
    /// A scheme of which nothing but the kind is known.
    pub fn new(kind: SchemeKind) -> Self {
        let (name, description) = (String::new(), String::new());
        Self { kind, name, description, lockout: None, action: String::new(), version: String::new() }
    }

    /// The kind of credential that it takes, as profiles, `config.json` and `x-grants` name it: the header of a token, the
    /// algorithm of a signature, the name of an HTTP authentication scheme.
    pub fn credential_kind(&self) -> String {
        match self.kind {
            SchemeKind::Token => self.name.clone(),
            SchemeKind::QueryToken => format!("{IN_QUERY}{}", self.name),
            other => other.traits().name.to_owned(),
        }
    }

    /// What has to be typed for it.
    pub fn inputs(&self) -> Vec<CredentialInput> {
        let input = |input: &SchemeInput| CredentialInput {
            label: input.label.unwrap_or(&self.name).to_owned(),
            required: input.required,
            secret: input.secret,
            in_address: self.kind == SchemeKind::QueryToken,
        };
        self.kind.traits().inputs.iter().map(input).collect()
    }

    /// The headers that prove who sends.
    pub fn proof_headers(&self) -> impl Iterator<Item = &str> {
        let proofs = self.kind.traits().headers.iter().filter(|header| header.role == HeaderRole::Proof);
        proofs.map(|header| self.header_name(header.name))
    }

    fn header_name(&self, usual: &'static str) -> &str {
        if self.kind == SchemeKind::Token { &self.name } else { usual }
    }

    /// Whether it fills a header of this name.
    pub fn adds_header(&self, name: &str) -> bool {
        self.headers().any(|own| own.eq_ignore_ascii_case(name))
    }

    fn headers(&self) -> impl Iterator<Item = &str> {
        self.kind.traits().headers.iter().map(|header| self.header_name(header.name))
    }

    /// Whether it fills a query parameter of this name.
    pub fn adds_query(&self, name: &str) -> bool {
        self.kind == SchemeKind::QueryToken && self.name == name
    }

    /// Whether both fill the same place, so that they cannot be used together.
    pub fn excludes(&self, other: &Self) -> bool {
        self.headers().any(|name| other.adds_header(name)) || self.adds_query(&other.name)
    }
}

/// One input of a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialInput {
    /// The vendor's word for it. It names the input in a form, and the text in a [`crate::credentials::Keyring`].
    pub label: String,
    /// The call cannot be made without it.
    pub required: bool,
    /// It must never be shown.
    pub secret: bool,
    /// It becomes a part of the address.
    pub in_address: bool,
}

/// The form of another provider's access keys (`x-foreign-keys`): people mix up their keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignKey {
    /// An ECMAScript expression that an AccessKey ID of that provider matches.
    pub pattern: String,
    pub provider: String,
}

/// How many wrong signatures in a row lock a key, and for how long (`x-lockout`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lockout {
    /// The number of failures in a row.
    pub failures: usize,
    /// For how long the key is locked.
    pub minutes: usize,
}
