//! Secrets that are known by their name.

use super::encoded::packed;
use super::spelling::{DEEPEST, Escape, json_text, unescaped};
use super::{Secrets, Span};
use crate::catalog::{Location, Operation, SecretNames, is_credential};
use crate::outcome::error::is_of_envelope;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use zeroize::Zeroizing;

/// The names of what nobody may see in an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::outcome) struct Names {
    documented: SecretNames,
    /// The status says that the answer is an error: its code and its message are no secrets.
    is_error: bool,
}

impl Names {
    pub(in crate::outcome) fn of(operation: &Operation, status: u16) -> Self {
        Self { documented: operation.secrets.names(), is_error: status >= 400 }
    }

    /// The description calls nothing in an answer a secret.
    pub(in crate::outcome) fn is_empty(&self) -> bool {
        self.documented.is_empty()
    }

    /// Whether the description calls this a secret.
    pub(super) fn has_documented(&self, name: &[u8]) -> bool {
        self.documented.has(name)
    }

    /// Whether this is the name of a secret, in any case: a documented one, or one that only credentials have.
    pub(in crate::outcome) fn has(&self, name: &[u8]) -> bool {
        let is_known = || std::str::from_utf8(name).is_ok_and(|name| is_credential(name, Location::Body));
        self.documented.has(name) || is_known()
    }

    /// Whether a header of this name is a secret: a documented one, or one that proves who asks in any API.
    pub(in crate::outcome) fn has_header(&self, name: &str) -> bool {
        self.has(name.as_bytes()) || is_credential(name, Location::Header)
    }

    /// Where the secrets stand in a body; their values are added to `secrets`. A text that is no whole JSON is searched
    /// as far as it can be.
    pub(in crate::outcome) fn find(&self, body: &[u8], secrets: &mut Secrets) -> Vec<Span> {
        let mut spans = Vec::new();
        let start = after_blanks(body, 0);
        let first = body.get(start).copied();
        let is_secret = self.documented.whole || self.documented.members;
        let is_json = first.is_some_and(|first| b"\"[".contains(&first));
        if is_secret && is_json {
            spans.extend(value(body, start, secrets));
        } else if self.documented.whole && first.is_some_and(|first| first != b'{') {
            let text = body.trim_ascii_end();
            secrets.extend(text.get(start..).map(|text| Zeroizing::new(text.to_vec())));
            spans.push(Span { range: start..text.len(), bare: true });
        } else {
            if self.documented.members {
                members(body, start, self.is_error, &mut spans, secrets);
            }
            self.search(body, DEEPEST, &mut spans, secrets);
        }
        private_keys(body, &mut spans);
        spans
    }

    /// The same in a header.
    pub(in crate::outcome) fn find_in_header(&self, value: &[u8], secrets: &mut Secrets) -> Vec<Span> {
        let mut spans = Vec::new();
        self.search(value, DEEPEST, &mut spans, secrets);
        spans
    }

    /// JSON, XML, or a text with parts of both.
    fn search(&self, text: &[u8], deepest: usize, spans: &mut Vec<Span>, secrets: &mut Secrets) {
        let start = after_blanks(text, 0);
        let begins = |bytes: &[u8]| text.get(start).is_some_and(|first| bytes.contains(first));
        if !begins(b"{[\"") && text.contains(&b'<') {
            self.search_elements(text, deepest, spans, secrets);
        }
        let is_json = self.search_members(text, deepest, spans, secrets) && begins(b"\"{[");
        // In JSON every text is in quotes, and all of them are searched. A text that is found there may only look like JSON.
        if !is_json || deepest < DEEPEST {
            self.search_assignments(text, spans, secrets);
        }
    }

    fn holds_secret(&self, text: &[u8], deepest: usize, secrets: &mut Secrets) -> bool {
        let mut spans = Vec::new();
        self.search(text, deepest, &mut spans, secrets);
        !spans.is_empty()
    }

    /// JSON or XML in a string, escaped or encoded in one way or another.
    pub(super) fn search_string(
        &self,
        string: &[u8],
        at: usize,
        deepest: usize,
        spans: &mut Vec<Span>,
        secrets: &mut Secrets,
    ) {
        if string.contains(&b'<') {
            let before = spans.len();
            self.search_elements(string, deepest, spans, secrets);
            for Span { range, .. } in spans.iter_mut().skip(before) {
                *range = at + range.start..at + range.end;
            }
        }
        let before = spans.len();
        self.search_assignments(string, spans, secrets);
        for Span { range, .. } in spans.iter_mut().skip(before) {
            *range = at + range.start..at + range.end;
        }
        if deepest > 0 && packed(string).iter().any(|text| self.holds_secret(text, deepest - 1, secrets)) {
            spans.push(Span { range: at..at + string.len(), bare: false });
        }
        for escape in Escape::ALL {
            if !string.iter().any(|byte| matches!(byte, b'\\' | b'%' | b'&')) {
                return;
            }
            let (text, places) = unescaped(string, escape);
            if text.len() == string.len() {
                continue;
            }
            let mut inside = Vec::new();
            match (deepest.checked_sub(1), text.iter().any(|byte| matches!(byte, b'"' | b'<'))) {
                (Some(deeper), true) => self.search(&text, deeper, &mut inside, secrets),
                // Its quotes may be escaped once more.
                (Some(deeper), false) => self.search_string(&text, 0, deeper, &mut inside, secrets),
                // Its text is not remembered as a secret: a part of it may be the beginning of one.
                (None, true) => return spans.push(Span { range: at..at + string.len(), bare: false }),
                (None, false) => {}
            }
            let place = |index: usize| at + places.get(index).copied().unwrap_or(string.len());
            // Its quotes are escaped, too, and not worth imitating.
            spans.extend(
                inside
                    .into_iter()
                    .map(|Span { range, .. }| Span { range: place(range.start)..place(range.end), bare: false }),
            );
        }
    }
}

/// What stands between the lines that begin and end a private key (RFC 7468), in a string of JSON too.
fn private_keys(text: &[u8], spans: &mut Vec<Span>) {
    const MARK: &[u8] = b"PRIVATE KEY-----";
    let mut at = 0;
    while let Some(start) =
        memchr::memmem::find(text.get(at..).unwrap_or_default(), MARK).map(|found| at + found + MARK.len())
    {
        at = start;
        // Behind the line that ends a key comes none.
        if text.get(start.saturating_sub(60)..start).is_some_and(begins_key) {
            let rest = text.get(start..).unwrap_or_default();
            // What is cut off ends with its string.
            let end = memchr::memmem::find(rest, b"-----END").unwrap_or(rest.len()).min(end_of_string(rest, 0));
            at = start + end;
            spans.push(Span { range: start..at, bare: false });
        }
    }
}

fn begins_key(before: &[u8]) -> bool {
    let find = |what: &[u8]| memchr::memmem::rfind(before, what);
    find(b"-----BEGIN ").is_some_and(|begin| find(b"-----END ").is_none_or(|end| end < begin))
}

/// The members of the object that begins here. Those of an error say what went wrong.
fn members(text: &[u8], start: usize, is_error: bool, spans: &mut Vec<Span>, secrets: &mut Secrets) {
    let mut at = start + 1;
    while let Some(name) = text.iter().skip(at).position(|byte| *byte == b'"').map(|skipped| at + skipped + 1) {
        let end = end_of_string(text, name);
        let colon = after_blanks(text, end + 1);
        if text.get(colon) != Some(&b':') {
            return;
        }
        let name = json_text(text.get(name..end).unwrap_or_default());
        let start = after_blanks(text, colon + 1);
        at = match text.get(start) {
            Some(b'"') => end_of_string(text, start + 1) + 1,
            Some(b'{' | b'[') => end_of_group(text, start),
            _ => end_of_scalar(text, start),
        };
        if !is_error || !std::str::from_utf8(&name).is_ok_and(is_of_envelope) {
            spans.extend(value(text, start, secrets));
        }
    }
}

/// The value that begins here, if it can be a secret: there is something, and it is not `null`.
pub(super) fn value(text: &[u8], at: usize, secrets: &mut Secrets) -> Option<Span> {
    let (range, bare) = match text.get(at)? {
        b'"' => (at + 1..end_of_string(text, at + 1), false),
        b'{' | b'[' => (at..end_of_group(text, at), true),
        _ => (at..end_of_scalar(text, at), true),
    };
    let content = text.get(range.clone()).filter(|content| !content.is_empty() && *content != b"null")?;
    if content.first().is_some_and(|first| bare && matches!(first, b'{' | b'[')) {
        add_scalars(content, secrets);
    } else {
        secrets.push(Zeroizing::new(json_text(content).into_owned()));
    }
    Some(Span { range, bare })
}

/// Each string and each number inside a list or an object.
fn add_scalars(group: &[u8], secrets: &mut Secrets) {
    let mut at = 0;
    while let Some(byte) = group.get(at) {
        match byte {
            b'"' => {
                let string = at + 1..end_of_string(group, at + 1);
                at = string.end + 1;
                if group.get(after_blanks(group, at)) != Some(&b':') {
                    let content = group.get(string).unwrap_or_default();
                    secrets.push(Zeroizing::new(json_text(content).into_owned()));
                }
            }
            b'{' | b'}' | b'[' | b']' | b',' | b':' => at += 1,
            byte if byte.is_ascii_whitespace() => at += 1,
            _ => {
                let end = end_of_scalar(group, at).max(at + 1);
                secrets.extend(group.get(at..end).map(|scalar| Zeroizing::new(scalar.to_vec())));
                at = end;
            }
        }
    }
}

pub(super) fn after_blanks(text: &[u8], at: usize) -> usize {
    text.iter().skip(at).position(|byte| !byte.is_ascii_whitespace()).map_or(text.len(), |blanks| at + blanks)
}

/// The place of the closing quote; the end of a text that has none.
pub(super) fn end_of_string(text: &[u8], start: usize) -> usize {
    let mut at = start;
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => return at,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    text.len()
}

/// Behind the bracket that closes the one at `start`.
pub(super) fn end_of_group(text: &[u8], start: usize) -> usize {
    let (mut at, mut depth) = (start, 0_usize);
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => at = end_of_string(text, at + 1),
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

fn end_of_scalar(text: &[u8], start: usize) -> usize {
    let Range { start, end } = start..text.len();
    let behind =
        text.iter().skip(start).position(|byte| b",}]\n\"".contains(byte)).map_or(end, |length| start + length);
    let blanks = text.get(start..behind).unwrap_or_default().iter().rev();
    behind - blanks.take_while(|byte| byte.is_ascii_whitespace()).count()
}
