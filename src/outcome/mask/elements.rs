//! Secrets that are known by the name of an element or an attribute of XML.

use super::members::{is_of_names, is_of_values};
use super::names::Names;
use super::spelling::{Escape, unescaped};
use super::{Secrets, Span};
use zeroize::Zeroizing;

const CDATA: &[u8] = b"<![CDATA[";

impl Names {
    /// What is inside of an element with a secret's name is masked, up to its end; without an end, up to the end of the
    /// text. No well-formed document is asked for: a broken one may be shown to a user who asks.
    pub(super) fn search_elements(&self, text: &[u8], deepest: usize, spans: &mut Vec<Span>, secrets: &mut Secrets) {
        let (mut at, mut secret_elements, mut is_pair) = (0, 0_usize, false);
        while at < text.len() {
            let end = find(text, at, b"<");
            self.text_run(text, at..end, secret_elements > 0, deepest, spans, secrets);
            let rest = text.get(end..).unwrap_or_default();
            if rest.starts_with(CDATA) {
                at = end + CDATA.len();
                if secret_elements > 0 {
                    let content = at..find(text, at, b"]]>");
                    at = content.end;
                    push(text, content, spans, secrets);
                }
                continue;
            }
            let is_end = rest.starts_with(b"</");
            let name = end + 1 + usize::from(is_end);
            let name_end = end_of_name(text, name);
            let is_secret = name_end > name && self.has(local(text.get(name..name_end).unwrap_or_default()));
            let own = local(text.get(name..name_end).unwrap_or_default());
            let (tag_end, names_secret) = self.attributes(text, name_end.max(end + 1), is_end, spans, secrets);
            let content = tag_end + 1..find(text, tag_end + 1, b"<");
            // `<b name="password">…</b>`, or `<key>password</key><value>…</value>`; Apple's lists have `<string>…` instead.
            if !is_end && (names_secret || is_pair && (is_of_values(own) || own == b"string")) {
                let before = spans.len();
                push(text, content.clone(), spans, secrets);
                // It may be in an element inside: `<value><string>…`.
                is_pair &= spans.len() == before;
            } else if !is_end && is_of_names(own) {
                is_pair = self.has_name_of_secret(text.get(content).unwrap_or_default().trim_ascii());
            }
            let is_empty = text.get(..tag_end).is_some_and(|tag| tag.ends_with(b"/"));
            match (is_secret, is_end) {
                (true, true) => secret_elements = secret_elements.saturating_sub(1),
                (true, false) if !is_empty => secret_elements += 1,
                _ => {}
            }
            at = tag_end + 1;
        }
    }

    /// The place of the `>` that ends a tag, and whether one of its attributes has the name of a secret as its value.
    /// Values of attributes with a secret's name are masked.
    fn attributes(
        &self,
        text: &[u8],
        mut at: usize,
        is_end: bool,
        spans: &mut Vec<Span>,
        secrets: &mut Secrets,
    ) -> (usize, bool) {
        let mut name = at..at;
        let (mut names_secret, mut other) = (false, None);
        while let Some(byte) = text.get(at) {
            match byte {
                b'>' => break,
                // No tag has one: the one before was none.
                b'<' => return (at.saturating_sub(1), false),
                quote @ (b'"' | b'\'') if !is_end => {
                    // No value has a `<`: the quote was none.
                    let inside = text.iter().skip(at + 1);
                    let length = inside.take_while(|byte| *byte != quote && **byte != b'<').count();
                    let value = at + 1..at + 1 + length;
                    if text.get(value.end) == Some(&b'<') {
                        return (value.end - 1, false);
                    }
                    let own = local(text.get(name.clone()).unwrap_or_default());
                    let behind = value.end + 1;
                    // In a string of JSON the quote that ends it is escaped.
                    let content = text.get(value.clone()).unwrap_or_default();
                    let escapes = content.iter().rev().take_while(|byte| **byte == b'\\').count();
                    let value = value.start..value.end - escapes;
                    if self.has(own) {
                        push(text, value.clone(), spans, secrets);
                    } else if is_of_values(own) {
                        other = Some(value.clone());
                    } else if is_of_names(own) {
                        names_secret |= self.has_name_of_secret(text.get(value.clone()).unwrap_or_default());
                    }
                    at = behind;
                }
                byte if is_of_name(*byte) => {
                    name = at..end_of_name(text, at);
                    at = name.end;
                }
                _ => at += 1,
            }
        }
        if let Some(other) = other.filter(|_| names_secret) {
            push(text, other, spans, secrets);
        }
        (at.min(text.len()), names_secret)
    }

    fn text_run(
        &self,
        text: &[u8],
        run: std::ops::Range<usize>,
        is_secret: bool,
        deepest: usize,
        spans: &mut Vec<Span>,
        secrets: &mut Secrets,
    ) {
        let content = text.get(run.clone()).unwrap_or_default();
        if is_secret {
            let end = if content.starts_with(b"]]>") { run.start + 3 } else { run.start };
            push(text, end..run.end, spans, secrets);
        } else {
            self.search_string(content, run.start, deepest.saturating_sub(1), spans, secrets);
        }
    }
}

/// Blanks around the text are no part of it.
fn push(text: &[u8], mut run: std::ops::Range<usize>, spans: &mut Vec<Span>, secrets: &mut Secrets) {
    let content = text.get(run.clone()).unwrap_or_default();
    run.start += content.len() - content.trim_ascii_start().len();
    run.end = run.start + content.trim_ascii().len();
    if !run.is_empty() {
        let content = text.get(run.clone()).unwrap_or_default();
        secrets.push(Zeroizing::new(unescaped(content, Escape::Html).0));
        spans.push(Span { range: run, bare: false });
    }
}

/// A name without its prefix.
fn local(name: &[u8]) -> &[u8] {
    name.rsplit(|byte| *byte == b':').next().unwrap_or(name)
}

fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_-.:".contains(&byte) || byte >= 0x80
}

fn end_of_name(text: &[u8], at: usize) -> usize {
    text.iter().skip(at).position(|byte| !is_of_name(*byte)).map_or(text.len(), |length| at + length)
}

/// The place of the next `what`, or the end of the text.
fn find(text: &[u8], at: usize, what: &[u8]) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    rest.windows(what.len()).position(|window| window == what).map_or(text.len(), |length| at + length)
}
