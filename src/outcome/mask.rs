//! Takes the secrets out of an answer's texts.
//!
//! Two ways lead to a secret: the name that it has ([`Names`]: a documented answer calls it secret) and its value
//! ([`Values`]: the request sent it, or it was found by its name), as it is and encoded. What is masked is cut out of the text; everything
//! else stays as the server wrote it.

mod assignments;
mod elements;
mod encoded;
mod members;
mod names;
mod spelling;
mod values;

pub(super) use names::Names;
use values::Values;

use crate::catalog::MASK;
use std::ops::Range;
use zeroize::Zeroizing;

/// Texts that nobody may read.
pub(super) type Secrets = Vec<Zeroizing<Vec<u8>>>;

/// What was sent, as secrets to be found.
pub(super) fn secrets_of(sent: &[impl AsRef<str>]) -> Secrets {
    sent.iter().map(|secret| Zeroizing::new(secret.as_ref().as_bytes().to_vec())).collect()
}

/// Where a secret stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    range: Range<usize>,
    /// It is a number, a list or another JSON value without quotes of its own.
    bare: bool,
}

impl Span {
    /// A whole text.
    pub(super) fn all(text: &[u8]) -> Self {
        Self { range: 0..text.len(), bare: false }
    }
}

/// Where the secrets of an answer stand, in its headers and in its body.
pub(super) struct Located {
    in_headers: Vec<Vec<Span>>,
    in_body: Vec<Span>,
    values: Values,
}

impl Located {
    /// By name first: what has a name in one place may be echoed without it in any other. `secrets` is what was sent.
    pub(super) fn find(names: &Names, mut secrets: Secrets, headers: &[(String, String)], body: &[u8]) -> Self {
        let in_headers = headers
            .iter()
            .map(|(name, value)| match names.has_header(name) {
                true => {
                    // A browser joins headers of one name by commas.
                    secrets.extend(value.split(',').map(|value| Zeroizing::new(value.trim().as_bytes().to_vec())));
                    secrets.push(Zeroizing::new(value.as_bytes().to_vec()));
                    vec![Span::all(value.as_bytes())]
                }
                false => names.find_in_header(value.as_bytes(), &mut secrets),
            })
            .collect();
        let in_body = names.find(body, &mut secrets);
        Self { in_headers, in_body, values: Values::new(secrets) }
    }

    pub(super) fn mask_headers(&mut self, headers: &mut [(String, String)]) {
        for ((_, value), spans) in headers.iter_mut().zip(std::mem::take(&mut self.in_headers)) {
            if let Some(masked) = masked(value.as_bytes(), spans, &self.values, false) {
                *value = String::from_utf8_lossy(&masked).into_owned();
            }
        }
    }

    /// `None`: the body has no secret. In JSON (`is_json`), the result is JSON too.
    pub(super) fn mask_body(self, body: &[u8], is_json: bool) -> Option<Vec<u8>> {
        masked(body, self.in_body, &self.values, is_json)
    }
}

/// The text with the spans and every known value masked. `None`: there is nothing to mask. In JSON (`is_json`), the
/// result is JSON too.
pub(super) fn masked(text: &[u8], mut spans: Vec<Span>, values: &Values, is_json: bool) -> Option<Vec<u8>> {
    // Most answers have nothing to mask, and a long one is not copied for that.
    if spans.is_empty() && !values.are_in(text) {
        return None;
    }
    spans.sort_by_key(|span| span.range.start);
    let mut out = Masked { out: Vec::new(), is_json, in_string: false, found: false };
    let mut spans = spans.into_iter().peekable();
    let mut at = 0;
    while at < text.len() {
        while let Some(span) = spans.next_if(|span| span.range.start <= at) {
            if span.range.start == at {
                out.mask(span.bare && is_json);
            }
            // A value may go on where a span ends, too.
            while at < span.range.end {
                at = values.end_of_match(text, at).unwrap_or(at + 1);
            }
        }
        // A value may go on where a span begins: its echo is not cut in two.
        at = match values.end_of_match(text, at) {
            Some(end) => out.mask_value(text, end),
            None => out.copy(text, at),
        };
    }
    out.found.then_some(out.out)
}

struct Masked {
    out: Vec<u8>,
    is_json: bool,
    /// Inside a string of JSON.
    in_string: bool,
    found: bool,
}

impl Masked {
    fn mask(&mut self, with_quotes: bool) {
        let quotes: &[u8] = if with_quotes { b"\"" } else { b"" };
        self.out.extend([quotes, MASK.as_bytes(), quotes].concat());
        self.found = true;
    }

    /// A value that ends here. Gives the place to go on from.
    fn mask_value(&mut self, text: &[u8], end: usize) -> usize {
        let bare = self.is_json && !self.in_string;
        let end = if bare { self.whole_number(text, end) } else { end };
        // A secret may end in a backslash, and its escape goes on.
        let backslashes = text.get(..end).unwrap_or_default().iter().rev().take_while(|byte| **byte == b'\\').count();
        let end = if self.is_json && self.in_string && backslashes % 2 == 1 { end + 1 } else { end };
        self.mask(bare);
        end
    }

    /// In a string of JSON neither the string ends nor a value begins in the middle of an escape.
    fn copy(&mut self, text: &[u8], at: usize) -> usize {
        let byte = text.get(at);
        let bytes = if self.is_json && self.in_string && byte == Some(&b'\\') { 2 } else { 1 };
        self.in_string ^= byte == Some(&b'"');
        self.out.extend(text.iter().skip(at).take(bytes));
        at + bytes
    }

    /// JSON has no half numbers: takes the number's beginning back and gives the place behind its end.
    fn whole_number(&mut self, part: &[u8], from: usize) -> usize {
        let of_number = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
        while self.out.pop_if(|byte| of_number(byte)).is_some() {}
        part.iter().skip(from).position(|byte| !of_number(byte)).map_or(part.len(), |length| from + length)
    }
}
