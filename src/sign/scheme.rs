//! The one table of what each scheme needs, adds and allows.
//!
//! To add a scheme:
//!
//! 1. a [`SchemeKind`] and its row in this file;
//! 2. a module beside this one that gives the values of its headers, with the vendor's test vectors;
//! 3. an arm in [`super::sign`], where the compiler asks for it.
//!
//! Nothing else in the crate compares the names of schemes. This module uses no other module of the crate but
//! `sign::settings`, so that the catalog, the first stage of a call, can use it too.

use super::settings::{CanonicalPath, SignedHeaders, SigningSettings};

/// A way to prove who sends a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SchemeKind {
    /// A token that travels as it is, in a header that the description names.
    Token,
    /// The same in the query: everybody who sees the address sees it.
    QueryToken,
    /// RFC 6750, and what OAuth 2 and OpenID Connect give.
    Bearer,
    /// RFC 7617.
    Basic,
    /// Huawei Cloud's signature.
    SdkHmac,
    /// Alibaba Cloud's signature, version 3.
    Acs3,
}

/// The name of the kind of credential that the page does not have: the proxy adds it.
pub const ADDED_BY_PROXY: &str = "proxy";

/// The name of the kind that is no credential, where the description lets anybody call.
pub const ANONYMOUS: &str = "anonymous";

/// Stands between the names of kinds that are used together.
pub const TOGETHER: &str = " + ";

/// Stands before the name of a token that travels in the query.
pub const IN_QUERY: &str = "?";

/// The names that a configuration can give to kinds of credential.
pub const CREDENTIAL_KINDS: [&str; 6] = [TOKEN.name, BEARER.name, BASIC.name, SDK_HMAC.name, ACS3.name, ADDED_BY_PROXY];

pub const KEY_ID: &str = "AccessKey ID";
pub const KEY_SECRET: &str = "AccessKey secret";
pub const SECURITY_TOKEN: &str = "Security token";
pub const PROJECT_ID: &str = "X-Project-Id";
pub const ACCESS_TOKEN: &str = "Access token";
pub const USER_NAME: &str = "User name";
pub const PASSWORD: &str = "Password";

pub(super) const AUTHORIZATION: &str = "Authorization";

/// One row of the table.
#[derive(Debug, PartialEq, Eq)]
pub struct SchemeTraits {
    pub kind: SchemeKind,
    /// The value of `x-signature` in a description, or the name of the HTTP authentication scheme. Of a token: the usual
    /// name of its header; empty where there is none.
    pub name: &'static str,
    pub label: CredentialLabel,
    pub inputs: &'static [SchemeInput],
    /// The headers that signing adds, in the order of the vendor's reference.
    pub headers: &'static [AddedHeader],
    /// `None`: nothing is computed, the secret itself is sent.
    pub signature: Option<SigningSettings>,
    /// The provider refuses the request when the clock of this computer is wrong.
    pub signs_time: bool,
    /// `info.version` of the description is signed, so that a description must have it.
    pub signs_version: bool,
    /// The provider answers a wrong signature with the text that it signed, or writes that text into its log.
    pub comparable: bool,
    /// Token services give keys for it that end.
    pub temporary_keys: bool,
    /// Too many wrong signatures lock the key: a description may say how many (`x-lockout`).
    pub lockout: bool,
}

/// What people call the credential; the words are in `ui::words`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialLabel {
    /// The name of the header is the best word.
    HeaderName,
    QueryName,
    AccessToken,
    Password,
    AccessKey,
    AddedByProxy,
    Anonymous,
}

impl CredentialLabel {
    /// The label of a credential by the name of its kind.
    pub fn of(name: &str) -> Self {
        match SchemeKind::of_credential(name) {
            Some(kind) => kind.traits().label,
            None if name == ANONYMOUS => Self::Anonymous,
            None => Self::AddedByProxy,
        }
    }
}

/// One input of a credential.
#[derive(Debug, PartialEq, Eq)]
pub struct SchemeInput {
    /// The vendor's word. `None`: the name of the header or of the query parameter that the description gives.
    pub label: Option<&'static str>,
    /// The call cannot be made without it.
    pub required: bool,
    /// It must never be shown.
    pub secret: bool,
}

/// A header that signing adds.
#[derive(Debug, PartialEq, Eq)]
pub struct AddedHeader {
    pub name: &'static str,
    pub role: HeaderRole,
}

/// What an added header is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeaderRole {
    /// It proves who sends: the token, or the signature.
    Proof,
    /// It has the time of signing.
    Date,
    /// It makes the attempt unique.
    Nonce,
    /// It carries the token of a temporary key.
    SecurityToken,
    /// It says the same in every attempt.
    Fixed,
}

impl HeaderRole {
    /// Whether the value must never be shown.
    pub fn is_secret(self) -> bool {
        matches!(self, Self::Proof | Self::SecurityToken)
    }

    /// Whether another attempt has another value, though nothing else is different.
    pub fn is_of_attempt(self) -> bool {
        matches!(self, Self::Date | Self::Nonce)
    }
}

const fn secret(label: Option<&'static str>, required: bool) -> SchemeInput {
    SchemeInput { label, required, secret: true }
}

const fn plain(label: &'static str, required: bool) -> SchemeInput {
    SchemeInput { label: Some(label), required, secret: false }
}

const fn header(name: &'static str, role: HeaderRole) -> AddedHeader {
    AddedHeader { name, role }
}

/// A scheme that computes nothing: what was typed is sent.
const fn sent_as_typed(
    kind: SchemeKind,
    name: &'static str,
    label: CredentialLabel,
    inputs: &'static [SchemeInput],
    headers: &'static [AddedHeader],
) -> SchemeTraits {
    SchemeTraits {
        kind,
        name,
        label,
        inputs,
        headers,
        signature: None,
        signs_time: false,
        signs_version: false,
        comparable: false,
        temporary_keys: false,
        lockout: false,
    }
}

static TOKEN: SchemeTraits = sent_as_typed(
    SchemeKind::Token,
    "X-Auth-Token",
    CredentialLabel::HeaderName,
    &[secret(None, true)],
    &[header("X-Auth-Token", HeaderRole::Proof)],
);

static QUERY_TOKEN: SchemeTraits =
    sent_as_typed(SchemeKind::QueryToken, "", CredentialLabel::QueryName, &[secret(None, true)], &[]);

static BEARER: SchemeTraits = sent_as_typed(
    SchemeKind::Bearer,
    "Bearer",
    CredentialLabel::AccessToken,
    &[secret(Some(ACCESS_TOKEN), true)],
    &[header(AUTHORIZATION, HeaderRole::Proof)],
);

static BASIC: SchemeTraits = sent_as_typed(
    SchemeKind::Basic,
    "Basic",
    CredentialLabel::Password,
    // Some services take an API key as the name of the user, and no password.
    &[secret(Some(USER_NAME), true), secret(Some(PASSWORD), false)],
    &[header(AUTHORIZATION, HeaderRole::Proof)],
);

pub(super) const SDK_HMAC_SETTINGS: SigningSettings = SigningSettings {
    algorithm: "SDK-HMAC-SHA256",
    canonical_path: CanonicalPath::DecodedWithSlash,
    signed_headers: SignedHeaders::XWithoutUnderscore,
    date_header: Some("X-Sdk-Date"),
    key_label: "Access",
    separator: ", ",
};

static SDK_HMAC: SchemeTraits = SchemeTraits {
    kind: SchemeKind::SdkHmac,
    name: SDK_HMAC_SETTINGS.algorithm,
    label: CredentialLabel::AccessKey,
    inputs: &[
        plain(KEY_ID, true),
        secret(Some(KEY_SECRET), true),
        secret(Some(SECURITY_TOKEN), false),
        plain(PROJECT_ID, false),
    ],
    headers: &[
        header("Authorization", HeaderRole::Proof),
        header("X-Sdk-Date", HeaderRole::Date),
        header(PROJECT_ID, HeaderRole::Fixed),
        header("X-Security-Token", HeaderRole::SecurityToken),
    ],
    signature: Some(SDK_HMAC_SETTINGS),
    signs_time: true,
    signs_version: false,
    comparable: true,
    temporary_keys: true,
    lockout: true,
};

pub(super) const ACS3_SETTINGS: SigningSettings = SigningSettings {
    algorithm: "ACS3-HMAC-SHA256",
    canonical_path: CanonicalPath::EachSegment,
    signed_headers: SignedHeaders::XAcs,
    date_header: None,
    key_label: "Credential",
    separator: ",",
};

static ACS3: SchemeTraits = SchemeTraits {
    kind: SchemeKind::Acs3,
    name: ACS3_SETTINGS.algorithm,
    label: CredentialLabel::AccessKey,
    inputs: &[plain(KEY_ID, true), secret(Some(KEY_SECRET), true), secret(Some(SECURITY_TOKEN), false)],
    headers: &[
        header("Authorization", HeaderRole::Proof),
        header("x-acs-action", HeaderRole::Fixed),
        header("x-acs-version", HeaderRole::Fixed),
        header("x-acs-date", HeaderRole::Date),
        header("x-acs-signature-nonce", HeaderRole::Nonce),
        header("x-acs-content-sha256", HeaderRole::Fixed),
        header("x-acs-security-token", HeaderRole::SecurityToken),
    ],
    signature: Some(ACS3_SETTINGS),
    signs_time: true,
    signs_version: true,
    comparable: true,
    temporary_keys: true,
    lockout: false,
};

impl SchemeKind {
    pub const ALL: [Self; 6] = [Self::Token, Self::QueryToken, Self::Bearer, Self::Basic, Self::SdkHmac, Self::Acs3];

    /// The row of the table.
    pub fn traits(self) -> &'static SchemeTraits {
        match self {
            Self::Token => &TOKEN,
            Self::QueryToken => &QUERY_TOKEN,
            Self::Bearer => &BEARER,
            Self::Basic => &BASIC,
            Self::SdkHmac => &SDK_HMAC,
            Self::Acs3 => &ACS3,
        }
    }

    /// The scheme that a description calls by this `x-signature`.
    pub fn of_signature(algorithm: &str) -> Option<Self> {
        let calls = |kind: &Self| kind.traits().signature.as_ref().is_some_and(|own| own.algorithm == algorithm);
        Self::ALL.into_iter().find(calls)
    }

    /// The scheme of a kind of credential, as profiles, `config.json` and `x-grants` name it: a name that is no algorithm
    /// is the header of a token. Of several together, the one that signs counts. `None`: the proxy adds the credential, or
    /// there is none.
    pub fn of_credential(name: &str) -> Option<Self> {
        if [ADDED_BY_PROXY, ANONYMOUS].contains(&name) {
            return None;
        }
        let kinds = || name.split(TOGETHER).map(Self::of_single);
        kinds().find(|kind| kind.traits().signature.is_some()).or_else(|| kinds().next())
    }

    fn of_single(name: &str) -> Self {
        let http = [Self::Bearer, Self::Basic].into_iter().find(|kind| kind.traits().name == name);
        let in_query = name.starts_with(IN_QUERY).then_some(Self::QueryToken);
        Self::of_signature(name).or(http).or(in_query).unwrap_or(Self::Token)
    }

    /// The scheme of HTTP authentication that a description calls so (RFC 9110: in any case).
    pub fn of_http(name: &str) -> Option<Self> {
        [Self::Bearer, Self::Basic].into_iter().find(|kind| kind.traits().name.eq_ignore_ascii_case(name))
    }

    /// Whether tokens usually travel in a header of this name: then a parameter of this name is the token.
    pub fn is_usual_header(name: &str) -> bool {
        TOKEN.name.eq_ignore_ascii_case(name)
    }

    /// The headers that any scheme adds.
    pub fn all_headers() -> impl Iterator<Item = &'static AddedHeader> {
        Self::ALL.into_iter().flat_map(|kind| kind.traits().headers)
    }

    /// Whether any scheme adds a header of this name in one of these roles.
    pub fn any_adds(name: &str, has_role: fn(HeaderRole) -> bool) -> bool {
        Self::all_headers().any(|header| has_role(header.role) && header.name.eq_ignore_ascii_case(name))
    }
}

impl SchemeTraits {
    /// The name of the header for the token of a temporary key.
    pub(super) fn security_token_header(&self) -> Option<&'static str> {
        self.headers.iter().find(|header| header.role == HeaderRole::SecurityToken).map(|header| header.name)
    }
}

/// Whether an input, by its label, may be shown: it names who signs, and proves nothing.
pub fn is_public(label: &str) -> bool {
    let mut inputs = SchemeKind::ALL.into_iter().flat_map(|kind| kind.traits().inputs);
    inputs.any(|input| !input.secret && input.label == Some(label))
}

/// Whether blanks belong to what is typed into an input. Keys and tokens have none. A whole `Authorization` header has one
/// behind the name of its scheme, and passwords have what their owners like.
pub fn keeps_blanks(label: &str) -> bool {
    [USER_NAME, PASSWORD].contains(&label) || label.eq_ignore_ascii_case(AUTHORIZATION)
}

/// Whether an input is encoded before it is sent, so that any character can be in it.
pub(crate) fn is_encoded(label: &str) -> bool {
    [USER_NAME, PASSWORD].contains(&label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_configuration_can_name_every_scheme() {
        // Only the description knows what a token in the query is called.
        let named = SchemeKind::ALL.into_iter().filter(|kind| !kind.traits().name.is_empty());
        let mut names: Vec<&str> = named.clone().map(|kind| kind.traits().name).collect();
        names.push(ADDED_BY_PROXY);
        assert_eq!(names, CREDENTIAL_KINDS);
        for kind in named {
            assert_eq!(kind.traits().kind, kind);
            assert_eq!(SchemeKind::of_credential(kind.traits().name), Some(kind));
        }
        assert_eq!(SchemeKind::of_credential("?api_key"), Some(SchemeKind::QueryToken));
        assert_eq!(SchemeKind::of_credential("X-Key + SDK-HMAC-SHA256"), Some(SchemeKind::SdkHmac));
        assert_eq!(SchemeKind::of_credential("X-Key + Bearer"), Some(SchemeKind::Token));
        assert_eq!([ADDED_BY_PROXY, ANONYMOUS].map(SchemeKind::of_credential), [None, None]);
    }

    #[test]
    fn no_label_is_public_for_one_scheme_and_secret_for_another() {
        for input in SchemeKind::ALL.into_iter().flat_map(|kind| kind.traits().inputs) {
            assert_eq!(input.label.is_some_and(is_public), !input.secret, "{input:?}");
        }
    }

    #[test]
    fn a_scheme_with_temporary_keys_has_an_input_and_a_header_for_their_token() {
        for traits in SchemeKind::ALL.map(SchemeKind::traits) {
            assert_eq!(traits.inputs.iter().any(|input| input.label == Some(SECURITY_TOKEN)), traits.temporary_keys);
            assert_eq!(traits.security_token_header().is_some(), traits.temporary_keys);
        }
    }
}
