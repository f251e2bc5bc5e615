//! The inputs of a credential, and the credential that they make.

use super::secret::Secret;
use crate::catalog::Scheme;
use crate::credentials::Keyring;
use crate::credentials::ProfileId;
use crate::form::{Broken, FieldIssue, Target};

/// The vendors' gateway refuses a single header above this (documented for Huawei's; Alibaba states none).
const LONGEST: u64 = 32 * 1024;

/// One input of a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialInput {
    /// The vendor's word for it; label and address at once.
    pub label: String,
    /// Whether the call cannot be made without it.
    pub required: bool,
    /// Whether it is never shown.
    pub secret: bool,
}

pub(crate) const KEY_ID: &str = "AccessKey ID";
pub(crate) const KEY_SECRET: &str = "AccessKey secret";
pub(crate) const SECURITY_TOKEN: &str = "Security token";
const PROJECT_ID: &str = "X-Project-Id";

/// What has to be typed for a scheme.
pub fn inputs(scheme: &Scheme) -> Vec<CredentialInput> {
    let input =
        |label: &str, required| CredentialInput { label: label.to_owned(), required, secret: !is_public(label) };
    let key = || vec![input(KEY_ID, true), input(KEY_SECRET, true), input(SECURITY_TOKEN, false)];
    match scheme {
        Scheme::Token { header, .. } => vec![input(header, true)],
        Scheme::SdkHmac { .. } => key().into_iter().chain([input(PROJECT_ID, false)]).collect(),
        Scheme::Acs3 { .. } => key(),
    }
}

/// The kind of a credential that a scheme takes: the header's name of a token, the algorithm of a signature.
pub fn kind(scheme: &Scheme) -> &str {
    match scheme {
        Scheme::Token { header, .. } => header,
        Scheme::SdkHmac { .. } => "SDK-HMAC-SHA256",
        Scheme::Acs3 { .. } => "ACS3-HMAC-SHA256",
    }
}

/// The kind of a credential that the page does not have: the proxy puts it on.
pub const ADDED_BY_PROXY: &str = "proxy";

/// Whether an input holds nothing secret: it names the one who signs.
pub(crate) fn is_public(label: &str) -> bool {
    label == KEY_ID || label == PROJECT_ID
}

/// What a request is signed with, on loan from the [`Keyring`].
#[derive(Debug)]
pub enum Credential<'a> {
    /// Sent as it is.
    Token(&'a Secret),
    /// Signs, and is not sent.
    AccessKey(AccessKey<'a>),
}

/// A key pair; temporary when it has a security token.
#[derive(Debug)]
pub struct AccessKey<'a> {
    pub(crate) id: &'a Secret,
    pub(crate) secret: &'a Secret,
    pub(crate) security_token: Option<&'a Secret>,
    /// No secret: `X-Project-Id`, for the schemes that know it.
    pub(crate) project_id: Option<&'a str>,
}

impl<'a> AccessKey<'a> {
    /// A key pair, with the token of a temporary one.
    pub fn new(id: &'a Secret, secret: &'a Secret, security_token: Option<&'a Secret>) -> Self {
        Self { id, secret, security_token, project_id: None }
    }

    /// The same key, for a project.
    pub fn with_project(self, project_id: Option<&'a str>) -> Self {
        Self { project_id, ..self }
    }
}

/// The credential that a profile has for a scheme, or what is missing or wrong.
pub fn credential<'a>(
    scheme: &Scheme,
    profile: ProfileId,
    keyring: &'a Keyring,
) -> Result<Credential<'a>, Vec<FieldIssue>> {
    let issues: Vec<FieldIssue> = inputs(scheme)
        .into_iter()
        .filter_map(|input| {
            let broken = match keyring.get(profile, &input.label) {
                None if input.required => Broken::Required,
                None => return None,
                Some(secret) => secret.with(check)?,
            };
            Some(FieldIssue { target: Target::Credential(input.label), broken })
        })
        .collect();
    let get = |label| keyring.get(profile, label);
    let key = || {
        let (id, secret) = get(KEY_ID).zip(get(KEY_SECRET))?;
        Some(AccessKey::new(id, secret, get(SECURITY_TOKEN)))
    };
    let found = match scheme {
        Scheme::Token { header, .. } => get(header).map(Credential::Token),
        Scheme::SdkHmac { .. } => {
            let project = get(PROJECT_ID).map(Secret::no_secret);
            key().map(|key| Credential::AccessKey(key.with_project(project)))
        }
        Scheme::Acs3 { .. } => key().map(Credential::AccessKey),
    };
    found.filter(|_| issues.is_empty()).ok_or(issues)
}

fn check(text: &str) -> Option<Broken> {
    let has = text.chars().count() as u64;
    if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        Some(Broken::HeaderText)
    } else {
        (has > LONGEST).then_some(Broken::TooLong { max: LONGEST, has })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: ProfileId = ProfileId::new(1);

    fn acs3() -> Scheme {
        Scheme::Acs3 { action: "A".into(), version: "1".into(), description: String::new() }
    }

    #[test]
    fn what_is_missing_is_named_and_the_optional_token_is_not() {
        let mut keyring = Keyring::default();
        keyring.set(ID, "AccessKey ID", "LTAI5tDummyAccessKeyId");
        let issues = credential(&acs3(), ID, &keyring).unwrap_err();
        let names: Vec<&str> = issues.iter().map(|issue| issue.target.name()).collect();
        assert_eq!(names, ["AccessKey secret"]);
        keyring.set(ID, "AccessKey secret", "DummyAccessKeySecret0123456789");
        assert!(credential(&acs3(), ID, &keyring).is_ok());
        assert!(credential(&acs3(), ProfileId::new(2), &keyring).is_err(), "keys belong to one profile");
    }

    #[test]
    fn a_token_of_32_kilobytes_passes_and_one_character_more_does_not() {
        let scheme = Scheme::Token { header: "X-Auth-Token".into(), description: String::new() };
        let mut keyring = Keyring::default();
        keyring.set(ID, "X-Auth-Token", &"x".repeat(32 * 1024));
        assert!(credential(&scheme, ID, &keyring).is_ok());
        keyring.set(ID, "X-Auth-Token", &"x".repeat(32 * 1024 + 1));
        let issues = credential(&scheme, ID, &keyring).unwrap_err();
        assert_eq!(issues[0].broken, Broken::TooLong { max: 32 * 1024, has: 32 * 1024 + 1 });
        keyring.set(ID, "X-Auth-Token", "tökén");
        assert_eq!(credential(&scheme, ID, &keyring).unwrap_err()[0].broken, Broken::HeaderText);
    }
}
