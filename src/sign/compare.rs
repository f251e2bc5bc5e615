//! Why a provider computed another signature: its texts beside ours.
//!
//! [`read_echo`] finds the provider's texts in its error answer, [`compare`] lays them beside the trace of the request
//! and says what differs; `outcome::diagnosis` says what that means.

mod echo;

pub use echo::{ServerTexts, read_echo};

use super::digest::sha256_hex;
use super::scheme::{HeaderRole, SchemeKind};
use super::trace::{self, CANONICAL_REQUEST, Canonical, STRING_TO_SIGN, Stage};
use crate::catalog::MASK;

/// Two texts side by side, and what makes them differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Line by line, secrets masked on both sides.
    pub lines: Vec<ComparedLine>,
    /// The most telling first. Empty when our request had no signature to compare.
    pub reasons: Vec<Difference>,
}

/// One line of both texts. A header that only one side has stands alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedLine {
    /// The part of the canonical request, or the string to sign.
    pub part: &'static str,
    /// What the console signed.
    pub ours: Option<String>,
    /// What the server says it signed.
    pub theirs: Option<String>,
}

impl ComparedLine {
    /// Whether both sides say the same.
    pub fn is_same(&self) -> bool {
        self.ours == self.theirs
    }
}

/// One reason for two signatures to differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// Both signed the same text: they have different secrets.
    AllEqual,
    /// The server saw another verb.
    Method {
        /// The console's.
        ours: String,
        /// The server's.
        theirs: String,
    },
    /// The server saw another path.
    Path {
        /// The console's.
        ours: String,
        /// The server's.
        theirs: String,
    },
    /// The server saw another query.
    Query {
        /// The console's.
        ours: String,
        /// The server's.
        theirs: String,
    },
    /// The server saw another value.
    HeaderChanged {
        /// Lower case.
        name: String,
        /// The console's; masked for secrets.
        ours: String,
        /// The server's; masked for secrets.
        theirs: String,
    },
    /// The server did not see a header that the console signed.
    HeaderMissing {
        /// Lower case.
        name: String,
    },
    /// The server signed a header that the console did not.
    HeaderAdded {
        /// Lower case.
        name: String,
    },
    /// The headers are the same, the lists of their names are not.
    SignedHeaders,
    /// The server saw another body.
    Payload {
        /// The server saw none at all.
        lost: bool,
    },
    /// Only date and nonce differ: the answer is one to another attempt.
    DateOnly,
    /// The strings to sign differ and nothing else is known to.
    StringToSignOnly,
}

/// Lays the server's texts beside the stages of our signature.
pub fn compare(trace: &[Stage], theirs: &ServerTexts) -> Comparison {
    let stage = |name| trace.iter().find(|stage| stage.name == name).map(|stage| stage.text.as_str());
    let our_string = stage(STRING_TO_SIGN);
    let mut comparison = Comparison { lines: Vec::new(), reasons: Vec::new() };
    let Some(ours) = stage(CANONICAL_REQUEST).and_then(Canonical::read) else { return comparison };
    if let Some(text) = &theirs.canonical_request
        && let Some(theirs) = Canonical::read(text)
    {
        let hash = our_string.and_then(|text| text.rsplit('\n').next()).unwrap_or_default();
        compare_requests(&ours, &theirs, &mut comparison);
        if comparison.reasons.is_empty() && sha256_hex(text.as_bytes()) != hash {
            comparison.reasons.extend(hidden_difference(&ours, &theirs));
        }
    }
    if let (Some(ours), Some(theirs)) = (our_string, &theirs.string_to_sign) {
        let (mut left, mut right) = (ours.split('\n'), theirs.split('\n'));
        loop {
            let (ours, theirs) = (left.next(), right.next());
            if ours.is_none() && theirs.is_none() {
                break;
            }
            comparison.lines.push(line(STRING_TO_SIGN, ours, theirs));
        }
        if comparison.reasons.is_empty() && ours != theirs {
            comparison.reasons.push(Difference::StringToSignOnly);
        }
    }
    if comparison.reasons.is_empty() && !comparison.lines.is_empty() {
        comparison.reasons.push(Difference::AllEqual);
    }
    comparison
}

fn line(part: &'static str, ours: Option<&str>, theirs: Option<&str>) -> ComparedLine {
    ComparedLine { part, ours: ours.map(str::to_owned), theirs: theirs.map(str::to_owned) }
}

fn compare_requests(ours: &Canonical<'_>, theirs: &Canonical<'_>, into: &mut Comparison) {
    let single = |part, ours, theirs| line(part, Some(ours), Some(theirs));
    let both = |ours: &str, theirs: &str| (ours.to_owned(), theirs.to_owned());
    into.lines.push(single(trace::METHOD, ours.method, theirs.method));
    into.lines.push(single(trace::URI, ours.uri, theirs.uri));
    into.lines.push(single(trace::QUERY, ours.query, theirs.query));
    if ours.method != theirs.method {
        let (ours, theirs) = both(ours.method, theirs.method);
        into.reasons.push(Difference::Method { ours, theirs });
    }
    if ours.uri != theirs.uri {
        let (ours, theirs) = both(ours.uri, theirs.uri);
        into.reasons.push(Difference::Path { ours, theirs });
    }
    if ours.query != theirs.query {
        let (ours, theirs) = both(ours.query, theirs.query);
        into.reasons.push(Difference::Query { ours, theirs });
    }
    let (lines, headers) = compare_headers(ours, theirs);
    into.lines.extend(lines);
    into.lines.push(single(trace::SIGNED, ours.signed, theirs.signed));
    into.lines.push(single(trace::PAYLOAD, ours.payload, theirs.payload));
    let explains_names = |reason: &Difference| !matches!(reason, Difference::HeaderChanged { .. });
    if ours.signed != theirs.signed && !headers.iter().any(explains_names) {
        into.reasons.push(Difference::SignedHeaders);
    }
    if ours.payload != theirs.payload {
        into.reasons.push(Difference::Payload { lost: theirs.payload == sha256_hex(&[]) });
    }
    let of_the_attempt = |reason: &Difference| matches!(reason, Difference::HeaderChanged { name, .. } if SchemeKind::any_adds(name, HeaderRole::is_of_attempt));
    if into.reasons.is_empty() && !headers.is_empty() && headers.iter().all(of_the_attempt) {
        into.reasons.push(Difference::DateOnly);
    } else {
        into.reasons.extend(headers);
    }
}

/// Aligned by name: what only one side has does not shift the rest.
fn compare_headers(ours: &Canonical<'_>, theirs: &Canonical<'_>) -> (Vec<ComparedLine>, Vec<Difference>) {
    let pairs = |text: &Canonical<'_>| -> Vec<(String, String)> {
        let split = text.headers.iter().filter_map(|line| line.split_once(':'));
        split.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect()
    };
    let (ours, mut theirs) = (pairs(ours), pairs(theirs));
    let ours_of = |name: &str| ours.iter().find(|(other, _)| other == name).map(|(_, value)| value.clone());
    for (name, value) in &mut theirs {
        // Whether a masked value differs is seen from the hash.
        let is_secret = SchemeKind::any_adds(name, HeaderRole::is_secret) || ours_of(name).as_deref() == Some(MASK);
        if is_secret && !value.is_empty() {
            MASK.clone_into(value);
        }
    }
    let mut names: Vec<String> = ours.iter().chain(&theirs).map(|(name, _)| name.clone()).collect();
    names.sort();
    names.dedup();
    let (mut lines, mut reasons) = (Vec::new(), Vec::new());
    for name in names {
        let left = ours_of(&name);
        let right = theirs.iter().find(|(other, _)| *other == name).map(|(_, value)| value.clone());
        let spelled = |value: &Option<String>| value.as_ref().map(|value| format!("{name}:{value}"));
        lines.push(ComparedLine { part: trace::HEADERS, ours: spelled(&left), theirs: spelled(&right) });
        match (left, right) {
            (Some(ours), Some(theirs)) if ours == theirs => {}
            // The list of the signed headers is ours, so servers write a header that did not arrive without a value.
            (Some(ours), Some(theirs)) if !theirs.is_empty() => {
                reasons.push(Difference::HeaderChanged { name, ours, theirs });
            }
            (Some(_), _) => reasons.push(Difference::HeaderMissing { name }),
            (None, _) => reasons.push(Difference::HeaderAdded { name }),
        }
    }
    (lines, reasons)
}

/// All that can be shown is the same and the hash is not: a secret header differs, if the server wrote it out.
fn hidden_difference(ours: &Canonical<'_>, theirs: &Canonical<'_>) -> Option<Difference> {
    let is_masked = |value: &str| value.contains(['•', '*']);
    let mut headers = theirs.headers.iter().filter_map(|line| line.split_once(':'));
    let (name, _) =
        headers.find(|(name, value)| ours.headers.contains(&format!("{name}:{MASK}").as_str()) && !is_masked(value))?;
    Some(Difference::HeaderChanged { name: name.to_owned(), ours: MASK.to_owned(), theirs: MASK.to_owned() })
}

#[cfg(test)]
mod tests;
