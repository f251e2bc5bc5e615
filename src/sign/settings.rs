//! What the computation of a signature depends on. The schemes share one algorithm ([`super::canonical`]); these settings
//! are all in which they differ.

/// How one scheme makes a signature of a request.
#[derive(Debug, PartialEq, Eq)]
pub struct SigningSettings {
    /// The first line of the string to sign and the first word of `Authorization`.
    pub algorithm: &'static str,
    pub canonical_path: CanonicalPath,
    pub signed_headers: SignedHeaders,
    /// The header whose value is the second line of the string to sign. `None`: that line does not exist, the date is
    /// signed as one of the headers only.
    pub date_header: Option<&'static str>,
    /// The word before the id of the key in `Authorization`.
    pub key_label: &'static str,
    /// The text between the parts of `Authorization`.
    pub separator: &'static str,
}

/// How the path of the request becomes the canonical URI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CanonicalPath {
    /// Each segment is decoded and encoded again: an encoded slash stays a part of its segment. So Alibaba Cloud's
    /// reference defines it.
    EachSegment,
    /// The whole path is decoded before it is split, and a slash is appended. Huawei Cloud's gateway does so: an encoded
    /// slash becomes a separator there.
    DecodedWithSlash,
}

/// Which headers are signed besides `host` and `content-type`. A browser or a proxy on the way rewrites others, such as
/// `accept` and `user-agent`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignedHeaders {
    /// `x-acs-*`: Alibaba Cloud demands all of them and no other.
    XAcs,
    /// `x-*`, as far as the name has no underscore: Huawei Cloud's SDK sends names with an underscore and does not sign them.
    XWithoutUnderscore,
}

impl SignedHeaders {
    /// Whether a header is signed, by its lower-case name.
    pub(super) fn include(self, name: &str) -> bool {
        name == "host"
            || name == "content-type"
            || match self {
                Self::XAcs => name.starts_with("x-acs-"),
                Self::XWithoutUnderscore => name.starts_with("x-") && !name.contains('_'),
            }
    }
}
