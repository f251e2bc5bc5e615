//! The computation that the signatures of both clouds share: canonical request, string to sign, signature.
//!
//! Both hash six parts of a request, hash that again after a few lines, and take an HMAC. [`SigningSettings`] say in which
//! points they differ.

use super::credential::AccessKey;
use super::digest::{hmac_sha256_hex, masked_id, sha256_hex};
use super::scheme::{KEY_ID, SECURITY_TOKEN, SchemeTraits};
use super::settings::{CanonicalPath, SigningSettings};
use super::trace::{self, Stage};
use super::{SignError, Signature};
use crate::catalog::MASK;
use crate::request::{Header, UnsignedRequest, encode};
use percent_encoding::percent_decode_str;
use zeroize::Zeroizing;

/// The texts of the stages, nothing masked.
#[derive(Clone, PartialEq, Eq)]
pub struct Stages {
    /// Six parts, joined by line feeds.
    pub canonical_request: Zeroizing<String>,
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

/// Signs a request with the scheme's `plain` headers and, for a temporary key, the header of its token.
pub(super) fn sign(
    traits: &SchemeTraits,
    settings: &SigningSettings,
    request: &UnsignedRequest,
    plain: &[(&str, &str)],
    key: &AccessKey<'_>,
) -> Result<Signature, SignError> {
    let mut added = Vec::new();
    for (name, value) in plain {
        added.push(Header::plain(name, value).ok_or_else(|| SignError::Characters((*name).to_owned()))?);
    }
    if let Some((token, name)) = key.security_token.zip(traits.security_token_header()) {
        let header = token.with(|token| Header::secret(name, token, MASK.to_owned()));
        added.push(header.ok_or_else(|| SignError::Characters(String::from(SECURITY_TOKEN)))?);
    }
    let to_sign = ToSign { settings, request, added: &added };
    let names = to_sign.signed_names();
    let computed = key.secret.with(|secret| to_sign.stages(&names, secret));
    let authorization = |id: &str, signature: &str| {
        let SigningSettings { algorithm, key_label, separator, .. } = settings;
        let signed_headers = &computed.signed_headers;
        format!("{algorithm} {key_label}={id}{separator}SignedHeaders={signed_headers}{separator}Signature={signature}")
    };
    let shown_id = key.id.with(masked_id);
    // The request is shown with the answer, in the history and in exports: the signature is masked there. The trace is
    // for the person who checks the signature, so it is not masked in the trace.
    let proof = key.id.with(|id| {
        Header::secret("Authorization", &authorization(id, &computed.signature), authorization(&shown_id, MASK))
    });
    let proof = proof.ok_or_else(|| SignError::Characters(String::from(KEY_ID)))?;
    let shown = authorization(&shown_id, &computed.signature);
    let mut canonical_shown =
        to_sign.canonical_request(&names, Header::shown, [request.path_shown(), request.query_shown()]);
    let stage = |name, text| Stage { name, text };
    let stages = vec![
        stage(trace::CANONICAL_REQUEST, std::mem::take(&mut *canonical_shown)),
        stage(trace::STRING_TO_SIGN, computed.string_to_sign),
        stage(trace::SIGNATURE, computed.signature),
        stage(trace::AUTHORIZATION, shown),
    ];
    Ok(Signature { proof: Some(proof), headers: added, trace: stages })
}

/// The header by which a client says that it does not sign the body, and its value.
pub(super) const PAYLOAD: (&str, &str) = ("X-Sdk-Content-Sha256", "UNSIGNED-PAYLOAD");

/// A request, the headers that signing adds to it, and how they are signed.
pub(super) struct ToSign<'a> {
    pub(super) settings: &'a SigningSettings,
    pub(super) request: &'a UnsignedRequest,
    pub(super) added: &'a [Header],
}

impl ToSign<'_> {
    fn headers(&self) -> impl Iterator<Item = &Header> {
        self.request.headers.iter().chain(self.added)
    }

    /// The lower-case names of the headers that are signed, in order, each once.
    pub(super) fn signed_names(&self) -> Vec<String> {
        let own = self.headers().map(|header| header.name.to_ascii_lowercase());
        let signed = own.filter(|name| self.settings.signed_headers.include(name));
        let mut names: Vec<String> = signed.chain([String::from("host")]).collect();
        names.sort();
        names.dedup();
        names
    }

    /// Computes every stage. `names` are the signed headers, lower-case and in order.
    pub(super) fn stages(&self, names: &[String], secret: &str) -> Stages {
        let canonical_request = self.canonical_request(names, Header::sent, [&self.request.path, &self.request.query]);
        let mut string_to_sign = format!("{}\n", self.settings.algorithm);
        if let Some(name) = self.settings.date_header {
            string_to_sign.push_str(&self.value_of(name, Header::sent));
            string_to_sign.push('\n');
        }
        string_to_sign.push_str(&sha256_hex(canonical_request.as_bytes()));
        let signature = hmac_sha256_hex(secret, &string_to_sign);
        Stages { canonical_request, string_to_sign, signed_headers: names.join(";"), signature }
    }

    /// `value` gives the text of a header: what is sent for the signature, what is shown for the screen. The header of a
    /// security token is among them, so that the text and its parts are overwritten after use. The same for path and query.
    fn canonical_request(
        &self,
        names: &[String],
        value: fn(&Header) -> &str,
        [path, query]: [&str; 2],
    ) -> Zeroizing<String> {
        let line = |name: &String| Zeroizing::new([name, ":", &self.value_of(name, value), "\n"].concat());
        let lines: Vec<Zeroizing<String>> = names.iter().map(line).collect();
        let headers = Zeroizing::new(lines.iter().map(|line| line.as_str()).collect::<Vec<_>>().concat());
        let parts = [
            self.request.method.as_str(),
            &canonical_path(self.settings.canonical_path, path).replace(&encode(MASK), MASK),
            &canonical_query(query).replace(&encode(MASK), MASK),
            &headers,
            &names.join(";"),
            &self.payload_hash(),
        ];
        Zeroizing::new(parts.join("\n"))
    }

    /// The hash of the body, unless a header says that it is not signed.
    fn payload_hash(&self) -> String {
        let (name, unsigned) = PAYLOAD;
        let says = *self.value_of(name, Header::sent) == *unsigned;
        if says && !self.request.body.is_empty() { unsigned.to_owned() } else { sha256_hex(&self.request.body) }
    }

    /// The value of a header without outer blanks. `fetch` joins the values of a name that occurs twice in this way.
    fn value_of(&self, name: &str, value: fn(&Header) -> &str) -> Zeroizing<String> {
        if name == "host" {
            return Zeroizing::new(self.request.host.clone());
        }
        let values = self.headers().filter(|header| header.name.eq_ignore_ascii_case(name));
        Zeroizing::new(values.map(|header| value(header).trim()).collect::<Vec<_>>().join(", "))
    }
}

impl SigningSettings {
    /// Path and query of a request as they are signed.
    pub fn canonical_target(&self, path: &str, query: &str) -> [String; 2] {
        [canonical_path(self.canonical_path, path), canonical_query(query)]
    }

    /// Whether a header of this name is signed.
    pub fn signs(&self, header: &str) -> bool {
        self.signed_headers.include(&header.to_ascii_lowercase())
    }
}

fn canonical_path(spelling: CanonicalPath, path: &str) -> String {
    let encoded = |path: &str, segment: fn(&str) -> String| {
        path.split('/').map(|part| encode(&segment(part))).collect::<Vec<_>>().join("/")
    };
    match spelling {
        CanonicalPath::EachSegment => encoded(path, decode),
        CanonicalPath::DecodedWithSlash => {
            let text = encoded(&decode(path), str::to_owned);
            if text.ends_with('/') { text } else { text + "/" }
        }
    }
}

/// The pairs, decoded, sorted by name and then by value, and encoded again: every spelling of a query has one
/// canonical form (the vendors' SDKs send a blank as `+` and sign it as `%20`).
fn canonical_query(query: &str) -> String {
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(&name.replace('+', " ")), decode(&value.replace('+', " ")))
    };
    let mut pairs: Vec<(String, String)> = query.split('&').filter(|pair| !pair.is_empty()).map(pair).collect();
    pairs.sort();
    let encoded = pairs.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value)));
    encoded.collect::<Vec<_>>().join("&")
}

/// The text of a percent-encoding. What is signed here was UTF-8 before it was encoded.
fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests;
