//! Secrets that are known by a name in a text that is neither JSON nor XML: `name=value` of forms and logs, `'name': 'value'`
//! of Python, `name: value` of YAML and of headers, and the parts of a form with their names.

use super::names::{Names, end_of_group};
use super::spelling::{Escape, unescaped};
use super::{Secrets, Span};
use crate::catalog::{Location, is_credential};
use std::ops::Range;
use zeroize::Zeroizing;

const HEADER: &[u8] = b"authorization";
const INVALID: &[u8] = b"Invalid value: ";
const DISPOSITION: &[u8] = b"content-disposition";
/// No headers of a part are longer.
const LONGEST_HEAD: usize = 1_000;
/// What goes on for longer is no name.
const LONGEST_NAME: usize = 100;
/// A longer word of letters alone may be a secret that stands elsewhere too. A shorter one may be any word.
const LONGEST_WORD: usize = 15;

impl Names {
    pub(super) fn search_assignments(&self, text: &[u8], spans: &mut Vec<Span>, secrets: &mut Secrets) {
        let mut at = 0;
        while let Some(sign) = memchr::memchr2(b'=', b':', text.get(at..).unwrap_or_default()).map(|found| at + found) {
            at = sign + 1;
            let found = password_of_user(text, sign).or_else(|| self.value_of_name(text, sign));
            let Some(range) = found.filter(|range| !range.is_empty()) else { continue };
            let value = text.get(range.clone()).unwrap_or_default();
            at = range.end;
            let is_quoted = text.get(range.start.saturating_sub(1)).is_some_and(|byte| b"\"'`".contains(byte));
            match value.first() {
                Some(b'{' | b'[') => add_words(value, secrets),
                // `password: changed` must not hide each `changed`.
                _ if !is_quoted && value.len() <= LONGEST_WORD && value.iter().all(u8::is_ascii_alphabetic) => {}
                // A form spells its values.
                _ => secrets.extend([unescaped(value, Escape::Percent).0, value.to_vec()].map(Zeroizing::new)),
            }
            spans.push(Span { range, bare: false });
        }
    }

    /// What stands behind a sign that has the name of a secret before it.
    fn value_of_name(&self, text: &[u8], sign: usize) -> Option<Range<usize>> {
        let name = Name::before(text, sign)?;
        let own = name.text(text);
        if own == b"name" {
            return self.part(text, sign);
        }
        let range = assigned(text, sign, &name).filter(|_| self.is_assigned(own, text, sign, &name))?;
        let is_nothing = match text.get(range.clone())? {
            b"null" | b"None" | b"nil" | b"undefined" => true,
            // `hasPassword=true`
            b"true" | b"True" | b"false" | b"False" => !self.has_documented(own),
            _ => false,
        };
        (!is_nothing).then_some(range)
    }

    /// In quotes a name is that of a member. Without them it may be a header, or in a query.
    fn is_assigned(&self, own: &[u8], text: &[u8], sign: usize, name: &Name) -> bool {
        let location = if text.get(sign) == Some(&b':') { Location::Header } else { Location::Query };
        let is_known = |own: &[u8]| std::str::from_utf8(own).is_ok_and(|own| is_credential(own, location));
        self.has(own) || self.has(last_part(own)) || !name.is_quoted && is_known(own)
    }

    /// The value of a part of a form (RFC 7578), whose name begins here: all up to the line that ends it.
    fn part(&self, text: &[u8], sign: usize) -> Option<Range<usize>> {
        let before = text.get(sign.saturating_sub(LONGEST_HEAD)..sign)?;
        let line = before.rsplit(|byte| *byte == b'\n').next()?;
        if !line.get(..DISPOSITION.len())?.eq_ignore_ascii_case(DISPOSITION) {
            return None;
        }
        let name = quoted(text, sign + 1).filter(|name| self.has(text.get(name.clone()).unwrap_or_default()))?;
        let is_blank =
            |at: &usize| text.get(*at..).is_some_and(|rest| rest.starts_with(b"\n\n") || rest.starts_with(b"\n\r\n"));
        let blank = (name.end..text.len().min(name.end + LONGEST_HEAD)).find(is_blank)?;
        let start = blank + if text.get(blank + 1) == Some(&b'\r') { 3 } else { 2 };
        let is_end =
            |at: &usize| text.get(*at..).is_some_and(|rest| rest.starts_with(b"\r\n--") || rest.starts_with(b"\n--"));
        Some(start..(start..text.len()).find(is_end).unwrap_or(text.len()))
    }
}

/// What stands in quotes in a list or in an object, and each other word; but not the names.
fn add_words(group: &[u8], secrets: &mut Secrets) {
    let mut at = 0;
    while at < group.len() {
        let range = quoted(group, at).unwrap_or_else(|| at..end_of_word(group, at));
        let behind = group.get(range.end..).unwrap_or_default();
        let is_name =
            behind.trim_ascii_start().starts_with(b":") || behind.get(1..).is_some_and(|rest| rest.starts_with(b":"));
        if !is_name {
            secrets.extend(group.get(range.clone()).map(|word| Zeroizing::new(word.to_vec())));
        }
        at = range.end.max(at) + 1;
    }
}

/// A word before a sign.
struct Name {
    range: Range<usize>,
    /// It stands in quotes or in brackets.
    is_quoted: bool,
}

impl Name {
    fn before(text: &[u8], sign: usize) -> Option<Self> {
        let before = text.get(..sign)?.trim_ascii_end();
        let open = before.strip_suffix(b"]").unwrap_or(before);
        let inner = open.strip_suffix(b"'").or_else(|| open.strip_suffix(b"\"")).unwrap_or(open);
        let is_of_name = |byte: &&u8| byte.is_ascii_alphanumeric() || b"_-.".contains(byte);
        let length = inner.iter().rev().take_while(is_of_name).count();
        let range = inner.len() - length..inner.len();
        (1..=LONGEST_NAME).contains(&length).then_some(Self { range, is_quoted: inner.len() < before.len() })
    }

    fn text<'a>(&self, text: &'a [u8]) -> &'a [u8] {
        text.get(self.range.clone()).unwrap_or_default()
    }

    /// The line begins with it, but for blanks and the mark of a list.
    fn begins_line(&self, text: &[u8]) -> bool {
        let before = text.get(..self.range.start).unwrap_or_default().iter().rev();
        before.into_iter().find(|byte| !b" \t-".contains(byte)).is_none_or(|byte| matches!(byte, b'\n' | b'\r'))
    }
}

fn last_of(text: &[u8], count: usize) -> &[u8] {
    text.get(text.len().saturating_sub(count)..).unwrap_or_default()
}

/// `user.password` is a password.
fn last_part(name: &[u8]) -> &[u8] {
    name.rsplit(|byte| *byte == b'.').next().unwrap_or(name)
}

/// The value behind a sign, if it is one. Behind a colon a word may just go on with the sentence.
fn assigned(text: &[u8], sign: usize, name: &Name) -> Option<Range<usize>> {
    let is_colon = text.get(sign) == Some(&b':');
    let marks = text.iter().skip(sign + 1).take_while(|byte| matches!(byte, b'=' | b'>')).count();
    let behind = sign + 1 + marks;
    let start = behind + text.iter().skip(behind).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    if let Some(range) = quoted(text, start) {
        return Some(range);
    }
    // As Kubernetes complains of a field.
    if text.get(start..)?.starts_with(INVALID) {
        return quoted(text, start + INVALID.len());
    }
    if matches!(text.get(start)?, b'{' | b'[') {
        return Some(start..end_of_group(text, start));
    }
    if is_colon && !name.is_quoted && name.begins_line(text) {
        let rest = text.get(start..)?;
        let length = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len());
        let line = rest.get(..length)?.trim_ascii_end();
        if line.starts_with(b"|") || line.starts_with(b">") {
            return Some(block(text, start + length, name));
        }
        // The line may end in an escaped line break.
        let line = line.strip_suffix(b"\\r").unwrap_or(line);
        if !line.iter().any(|byte| matches!(byte, b' ' | b'|')) {
            return Some(start..start + line.len());
        }
    }
    // As Spring complains of a field.
    if let Some(inside) = text.get(start..)?.strip_prefix(b"rejected value [").filter(|_| name.is_quoted) {
        let inside_at = text.len() - inside.len();
        return Some(inside_at..inside_at + inside.iter().position(|byte| *byte == b']').unwrap_or(inside.len()));
    }
    let first = start..end_of_word(text, start);
    let credentials = credentials(text, &first, name);
    let range = credentials.clone().unwrap_or(first);
    let word = text.get(range.clone())?;
    let ends = || text.get(range.end).is_none_or(|byte| b",;)}]\r\n\\'\"|".contains(byte));
    let may_be = !is_colon
        || (name.is_quoted || credentials.is_some()) && ends()
        || start == behind
        || word.len() > LONGEST_WORD
        || word.iter().any(u8::is_ascii_digit);
    may_be.then_some(range)
}

/// What stands behind the name of a scheme: a token, or parameters (RFC 9110, 11.4). `scheme`: the first word.
fn credentials(text: &[u8], scheme: &Range<usize>, name: &Name) -> Option<Range<usize>> {
    let word = text.get(scheme.clone())?;
    let is_known = [&b"bearer"[..], b"basic", b"token", b"apikey"].iter().any(|known| known.eq_ignore_ascii_case(word));
    let own = name.text(text);
    // `Proxy-Authorization` too.
    let is_header = last_of(own, HEADER.len()).eq_ignore_ascii_case(HEADER);
    let next = |end: usize| {
        let start = end + text.iter().skip(end).take_while(|byte| **byte == b' ').count();
        start..end_of_word(text, start)
    };
    let mut range = next(scheme.end);
    // Any other scheme may be a word of a sentence.
    let is_credential = || text.get(range.clone()).is_some_and(|word| word.iter().any(u8::is_ascii_digit));
    if !(is_known || is_header && range.start > scheme.end && is_credential()) {
        return None;
    }
    while is_header && text.get(range.end) == Some(&b',') {
        let parameter = next(range.end + 1);
        if !text.get(parameter.clone()).is_some_and(|word| word.contains(&b'=')) {
            break;
        }
        range.end = parameter.end;
    }
    Some(range)
}

/// The password in `https://user:password@host`. Redis has no user.
fn password_of_user(text: &[u8], sign: usize) -> Option<Range<usize>> {
    let is_end = |byte: &u8| b"@/?#\"'<> \\".contains(byte) || byte.is_ascii_control();
    let before = text.get(sign.saturating_sub(LONGEST_NAME + 2)..sign).filter(|_| text.get(sign) == Some(&b':'))?;
    let user = before.iter().rev().position(|byte| is_end(byte) || *byte == b':')?;
    let rest = before.get(..before.len() - user)?.ends_with(b"//").then(|| text.get(sign + 1..)).flatten()?;
    let length = rest.iter().position(is_end)?;
    (rest.get(length) == Some(&b'@')).then_some(sign + 1..sign + 1 + length)
}

/// The inside of the quotes that begin here. Python puts a letter before them.
fn quoted(text: &[u8], at: usize) -> Option<Range<usize>> {
    let at = at + usize::from(matches!(text.get(at..at + 2), Some([b'u' | b'b' | b'r', b'"' | b'\''])));
    let quote = text.get(at).filter(|byte| matches!(byte, b'"' | b'\'' | b'`'))?;
    let mut end = at + 1;
    while let Some(byte) = text.get(end).filter(|byte| *byte != quote) {
        end += if *byte == b'\\' { 2 } else { 1 };
    }
    Some(at + 1..end.min(text.len()))
}

/// A word without quotes. A comma ends it where another pair or nothing more follows.
fn end_of_word(text: &[u8], start: usize) -> usize {
    let mut at = start;
    while let Some(byte) = text.get(at) {
        match byte {
            // Bars stand between the lines of a request that a gateway repeats.
            b'&' | b'"' | b'\'' | b'`' | b'<' | b'>' | b'|' => return at,
            // In a string of JSON.
            b'\\' if matches!(text.get(at + 1), Some(b'"' | b'n' | b'r' | b't')) => return at,
            b'\\' => at += 2,
            byte if byte.is_ascii_whitespace() => return at,
            b',' | b';' | b')' | b'}' | b']' if goes_on(text, at + 1) => return at,
            _ => at += 1,
        }
    }
    at.min(text.len())
}

/// Whether the next pair, or nothing, begins here.
fn goes_on(text: &[u8], at: usize) -> bool {
    let rest = text.get(at..).unwrap_or_default();
    let name = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(byte)).count();
    match rest.get(name) {
        None => name == 0,
        Some(b'=' | b':') => name > 0,
        Some(byte) => name == 0 && (byte.is_ascii_whitespace() || b",;)}]|\"'<&".contains(byte)),
    }
}

/// The lines that stand further in than the name.
fn block(text: &[u8], from: usize, name: &Name) -> Range<usize> {
    let before = text.get(..name.range.start).unwrap_or_default();
    let own = before.iter().rev().take_while(|byte| !matches!(byte, b'\n' | b'\r')).count();
    let mut end = from;
    while let Some(rest) = text.get(end..).filter(|rest| !rest.is_empty()) {
        // From one line break to the next.
        let length = rest.iter().skip(1).position(|byte| *byte == b'\n').map_or(rest.len(), |length| length + 1);
        let line = rest.get(..length).unwrap_or_default();
        let content = line.trim_ascii_start();
        let inner = line.iter().rev().skip(content.len()).take_while(|byte| **byte == b' ').count();
        if inner <= own && !content.is_empty() {
            break;
        }
        end += length;
    }
    let skipped = text.get(from..end).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    from + skipped..end
}
