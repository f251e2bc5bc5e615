//! How a call proves who sends it.

use crate::sign::scheme::{HeaderRole, SchemeInput, SchemeKind};

/// How a call proves who sends it: one of the alternatives of the operation's `security`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheme {
    pub kind: SchemeKind,
    /// The name of a token's header; empty for signatures.
    pub header: String,
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
        let (header, description) = (String::new(), String::new());
        Self { kind, header, description, lockout: None, action: String::new(), version: String::new() }
    }

    /// The kind of credential that it takes, as profiles, `config.json` and `x-grants` name it: the header of a token, the
    /// algorithm of a signature.
    pub fn credential_kind(&self) -> &str {
        match &self.kind.traits().signature {
            Some(signature) => signature.algorithm,
            None => &self.header,
        }
    }

    /// What has to be typed for it.
    pub fn inputs(&self) -> Vec<CredentialInput> {
        let input = |input: &SchemeInput| CredentialInput {
            label: input.label.unwrap_or(&self.header).to_owned(),
            required: input.required,
            secret: input.secret,
        };
        self.kind.traits().inputs.iter().map(input).collect()
    }

    /// The headers that prove who sends.
    pub fn proof_headers(&self) -> impl Iterator<Item = &str> {
        let traits = self.kind.traits();
        let proofs = traits.headers.iter().filter(|header| header.role == HeaderRole::Proof);
        proofs.map(|header| if traits.signature.is_some() { header.name } else { &self.header })
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
