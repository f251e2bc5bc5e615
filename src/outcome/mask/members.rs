//! Secrets that are known by the name of a member of JSON, or by the name that stands beside a value.

use super::names::{Names, after_blanks, end_of_group, end_of_string, value};
use super::spelling::json_text;
use super::{Secrets, Span};

/// Members that name what another member of their object holds end so: `{"name": "password", "value": "…"}`,
/// `{"TagKey": …, "TagValue": …}`, and what validators say of a field: `{"loc": ["body", "password"], "input": "…"}`.
const OF_NAMES: [&[u8]; 9] =
    [b"name", b"key", b"header", b"field", b"param", b"property", b"path", b"loc", b"parameter"];
const OF_VALUES: [&[u8]; 4] = [b"value", b"content", b"input", b"data"];

/// An object that has not ended yet.
#[derive(Default)]
struct Pair {
    /// It names a secret.
    is_secret: bool,
    /// Where the value begins that came before its name.
    value: Option<usize>,
}

pub(super) fn is_of_names(name: &[u8]) -> bool {
    OF_NAMES.iter().any(|own| ends_with(name, own))
}

pub(super) fn is_of_values(name: &[u8]) -> bool {
    OF_VALUES.iter().any(|own| ends_with(name, own))
}

fn ends_with(name: &[u8], end: &[u8]) -> bool {
    name.len().checked_sub(end.len()).and_then(|at| name.get(at..)).is_some_and(|own| own.eq_ignore_ascii_case(end))
}

impl Names {
    /// Every name counts, so one that is doubled counts twice, and no nesting is too deep.
    ///
    /// Gives whether nothing stands between the strings but what JSON has there.
    pub(super) fn search_members(
        &self,
        text: &[u8],
        deepest: usize,
        spans: &mut Vec<Span>,
        secrets: &mut Secrets,
    ) -> bool {
        let mut around = vec![Pair::default()];
        let (mut at, mut is_json) = (0, true);
        loop {
            let rest = text.get(at..).unwrap_or_default();
            let quote = memchr::memchr(b'"', rest).map(|skipped| at + skipped);
            let between = text.get(at..quote.unwrap_or(text.len())).unwrap_or_default();
            is_json &= between.iter().all(is_between_strings);
            let Some(quote) = quote else { return is_json };
            follow_braces(between, &mut around);
            let string = quote + 1..end_of_string(text, quote + 1);
            at = string.end + 1;
            let content = text.get(string.clone()).unwrap_or_default();
            let colon = after_blanks(text, at);
            if text.get(colon) != Some(&b':') {
                self.search_string(content, string.start, deepest, spans, secrets);
                continue;
            }
            at = after_blanks(text, colon + 1);
            let name = json_text(content);
            let is_pair = around.last().is_some_and(|pair| pair.is_secret) && is_of_values(&name);
            if let Some(span) = (is_pair || self.has_value(&name, text, at)).then(|| value(text, at, secrets)).flatten()
            {
                at = span.range.end + usize::from(!span.bare);
                spans.push(span);
            } else if let Some(pair) = around.last_mut() {
                if is_of_values(&name) {
                    pair.value = Some(at);
                } else if is_of_names(&name) && self.names_secret(text, at) {
                    pair.is_secret = true;
                    spans.extend(pair.value.take().and_then(|at| value(text, at, secrets)));
                }
            }
        }
    }

    /// Whether the value that begins here is a secret by this name. What only looks like one by its name may be about one:
    /// `"has_password": true`.
    fn has_value(&self, name: &[u8], text: &[u8], at: usize) -> bool {
        let is_flag = || text.get(at..).is_some_and(|text| text.starts_with(b"true") || text.starts_with(b"false"));
        self.has_documented(name) || self.has(name) && !is_flag()
    }

    /// Whether the string that begins here, or the last one of the list, is the name of a secret.
    fn names_secret(&self, text: &[u8], at: usize) -> bool {
        let name = match text.get(at) {
            Some(b'"') => text.get(at + 1..end_of_string(text, at + 1)),
            Some(b'[') => {
                text.get(at..end_of_group(text, at)).and_then(|list| list.rsplit(|byte| *byte == b'"').nth(1))
            }
            _ => None,
        };
        name.is_some_and(|name| self.has_name_of_secret(name))
    }

    /// Whether a text is the name of a secret, in a body or in a header, or the way to it: `/user/password`, `user[password]`.
    pub(super) fn has_name_of_secret(&self, text: &[u8]) -> bool {
        let text = text.strip_suffix(b"]").unwrap_or(text);
        let name = text.rsplit(|byte| b"./[".contains(byte)).next().unwrap_or(text);
        std::str::from_utf8(name).is_ok_and(|name| self.has_header(name))
    }
}

/// Opens and closes objects. Nothing is known of one that was open before the text begins.
fn follow_braces(between: &[u8], around: &mut Vec<Pair>) {
    for byte in between {
        match byte {
            b'{' => around.push(Pair::default()),
            b'}' if around.len() > 1 => drop(around.pop()),
            b'}' => around.iter_mut().for_each(|pair| *pair = Pair::default()),
            _ => {}
        }
    }
}

/// What JSON has between its strings: signs, blanks, numbers and the letters of its three words.
fn is_between_strings(byte: &u8) -> bool {
    b"{}[]:,+-.0123456789Eaeflnrstu \t\r\n".contains(byte)
}
