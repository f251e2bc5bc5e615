//! What the signatures of both clouds have in common: canonicalise, sign, apply.
//!
//! Both hash six parts of a request, hash that again behind a few lines, and take an HMAC. Where they differ is data,
//! a [`Dialect`] each.

use super::credential::AccessKey;
use super::{SignError, SigningTrace, Stage};
use crate::catalog::MASK;
use crate::request::{Header, UnsignedRequest, encode};
use hmac::{Hmac, KeyInit, Mac};
use percent_encoding::percent_decode_str;
use sha2::{Digest, Sha256};

/// Where one scheme differs from the other.
pub(super) struct Dialect {
    /// The first word of the string to sign and of the `Authorization` header.
    pub(super) algorithm: &'static str,
    /// The header whose value is the second line of the string to sign.
    pub(super) dated: Option<&'static str>,
    /// The path as it is signed.
    pub(super) uri: fn(&str) -> String,
    /// Whether a header is signed, by its lower-case name. `host` always is.
    pub(super) signs: fn(&str) -> bool,
    /// What stands before the key's id in `Authorization`.
    pub(super) id: &'static str,
    /// What stands between the parts of `Authorization`.
    pub(super) comma: &'static str,
    /// The header for the token of a temporary key.
    pub(super) token: &'static str,
}

/// The texts of the stages, nothing masked.
#[derive(Clone, PartialEq, Eq)]
pub struct Stages {
    /// Six parts, joined by line feeds.
    pub canonical_request: String,
    /// Algorithm and the hash of the canonical request; Huawei's has the date between them.
    pub string_to_sign: String,
    /// Names of the signed headers, joined by `;`.
    pub signed_headers: String,
    /// Lower-case hex.
    pub signature: String,
}

/// The canonical request can hold the security token.
impl std::fmt::Debug for Stages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stages").field("signed_headers", &self.signed_headers).finish_non_exhaustive()
    }
}

/// An AccessKey ID as it may be shown: its last four characters tell keys apart. Short ids would be given away by them.
pub fn masked_id(id: &str) -> String {
    let count = id.chars().count();
    let last: String = if count < 8 { String::new() } else { id.chars().skip(count - 4).collect() };
    format!("••••{last}")
}

/// Adds a scheme's open headers, the security token and the signature. The signature comes first.
pub(super) fn sign(
    dialect: &Dialect,
    request: &mut UnsignedRequest,
    open: &[(&str, &str)],
    key: &AccessKey<'_>,
) -> Result<SigningTrace, SignError> {
    for (name, value) in open {
        request.headers.push(Header::open(name, value).ok_or_else(|| SignError::Characters((*name).to_owned()))?);
    }
    if let Some(token) = key.security_token {
        let header = token.with(|token| Header::secret(dialect.token, token, MASK.to_owned()));
        request.headers.push(header.ok_or_else(|| SignError::Characters(String::from("Security token")))?);
    }
    let names = signed_names(dialect, request);
    let signed = key.secret.with(|secret| stages(dialect, request, &names, secret));
    let authorization = |id: &str, signature: &str| {
        let Dialect { algorithm, id: label, comma, .. } = dialect;
        format!("{algorithm} {label}={id}{comma}SignedHeaders={}{comma}Signature={signature}", signed.signed_headers)
    };
    let shown_id = key.id.with(masked_id);
    // The request is shown with the answer, in the history, in exports: a signature has no business there. The trace
    // is opened by who wants to check it, and then it must be there.
    let header = key.id.with(|id| {
        Header::secret("Authorization", &authorization(id, &signed.signature), authorization(&shown_id, MASK))
    });
    let header = header.ok_or_else(|| SignError::Characters(String::from("AccessKey ID")))?;
    let shown = authorization(&shown_id, &signed.signature);
    let canonical_shown = canonical_request(dialect, request, &names, Header::shown);
    request.headers.insert(0, header);
    let stage = |name, text| Stage { name, text };
    Ok(vec![
        stage("Canonical request", canonical_shown),
        stage("String to sign", signed.string_to_sign),
        stage("Signature", signed.signature),
        stage("Authorization", shown),
    ])
}

/// The lower-case names of the headers that a scheme signs, in order, each once.
pub(super) fn signed_names(dialect: &Dialect, request: &UnsignedRequest) -> Vec<String> {
    let mut names = vec![(String::from("host"), String::new())];
    for header in &request.headers {
        let name = header.name.to_ascii_lowercase();
        if (dialect.signs)(&name) && !names.iter().any(|(other, _)| *other == name) {
            names.push((name, String::new()));
        }
    }
    sort(&mut names);
    names.into_iter().map(|(name, _)| name).collect()
}

/// Computes every stage for a request that already has the scheme's headers. `names` are the signed headers, lower
/// case and in order.
pub(super) fn stages(dialect: &Dialect, request: &UnsignedRequest, names: &[String], secret: &str) -> Stages {
    let canonical_request = canonical_request(dialect, request, names, |header| header.sent().to_owned());
    let mut string_to_sign = format!("{}\n", dialect.algorithm);
    if let Some(name) = dialect.dated {
        string_to_sign.push_str(&value_of(request, name, |header| header.sent().to_owned()));
        string_to_sign.push('\n');
    }
    string_to_sign.push_str(&sha256_hex(canonical_request.as_bytes()));
    let signature = hmac_hex(secret, &string_to_sign);
    Stages { canonical_request, string_to_sign, signed_headers: names.join(";"), signature }
}

/// `value` gives the text of a header: what is sent for the signature, what is shown for the screen.
fn canonical_request(
    dialect: &Dialect,
    request: &UnsignedRequest,
    names: &[String],
    value: fn(&Header) -> String,
) -> String {
    let mut text =
        format!("{}\n{}\n{}\n", request.method.as_str(), (dialect.uri)(&request.path), canonical_query(&request.query));
    for name in names {
        text.push_str(name);
        text.push(':');
        text.push_str(&value_of(request, name, value));
        text.push('\n');
    }
    text.push('\n');
    text.push_str(&names.join(";"));
    text.push('\n');
    text.push_str(&payload_hash(request));
    text
}

/// The header by which a client says that it does not sign the body, and its value.
pub(super) const PAYLOAD: (&str, &str) = ("X-Sdk-Content-Sha256", "UNSIGNED-PAYLOAD");

/// The hash of the body, unless a header says that it is not signed.
fn payload_hash(request: &UnsignedRequest) -> String {
    let (name, unsigned) = PAYLOAD;
    let says = value_of(request, name, |header| header.sent().to_owned()) == unsigned;
    if says && !request.body.is_empty() { unsigned.to_owned() } else { sha256_hex(&request.body) }
}

/// The value of a header, outer blanks gone. A name that occurs twice is joined as `fetch` joins it.
fn value_of(request: &UnsignedRequest, name: &str, value: fn(&Header) -> String) -> String {
    if name == "host" {
        return request.host.clone();
    }
    let mut values = Vec::new();
    for header in request.headers.iter().filter(|header| header.name.eq_ignore_ascii_case(name)) {
        values.push(value(header).trim().to_owned());
    }
    values.join(", ")
}

/// The pairs, decoded, sorted by name and then by value, and encoded again: every spelling of a query has one
/// canonical form, whoever wrote it (the vendors' SDKs send a blank as `+` and sign it as `%20`).
fn canonical_query(query: &str) -> String {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        pairs.push((decode(&name.replace('+', " ")), decode(&value.replace('+', " "))));
    }
    sort(&mut pairs);
    let mut text = String::new();
    for (name, value) in &pairs {
        if !text.is_empty() {
            text.push('&');
        }
        text.push_str(&encode(name));
        text.push('=');
        text.push_str(&encode(value));
    }
    text
}

/// The text behind a percent-encoding. What is signed here was UTF-8 before it was encoded.
pub(super) fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The segments of a path, each encoded.
pub(super) fn encode_segments(path: &str, segment: fn(&str) -> String) -> String {
    let mut text = String::new();
    for (index, part) in path.split('/').enumerate() {
        if index > 0 {
            text.push('/');
        }
        text.push_str(&encode(&segment(part)));
    }
    text
}

/// Sorts by insertion: there are a handful, and the standard library's sort costs kilobytes for every type it sorts.
fn sort(pairs: &mut Vec<(String, String)>) {
    let unsorted = std::mem::take(pairs);
    for pair in unsorted {
        pairs.insert(pairs.partition_point(|other| *other <= pair), pair);
    }
}

pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hmac_hex(secret: &str, text: &str) -> String {
    // HMAC takes a key of any length: there is no error to come.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return String::new() };
    mac.update(text.as_bytes());
    hex(&mac.finalize().into_bytes())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests;
