//! JSON with secrets in it. Every copy that reading and writing makes is overwritten when it is dropped.
//!
//! `serde_json` unescapes strings in a buffer of its own, and a text that grows leaves copies behind. So secrets are read
//! from the raw text, and written into memory that is reserved before.

use serde::Serialize;
use serde_json::value::RawValue;
use std::io;
use std::str::Chars;
use zeroize::Zeroizing;

/// The text of a JSON string. `None`: the value is something else.
pub(super) fn read_string(value: &RawValue) -> Option<Zeroizing<String>> {
    let escaped = value.get().strip_prefix('"')?.strip_suffix('"')?;
    let mut text = Zeroizing::new(String::with_capacity(escaped.len()));
    let mut chars = escaped.chars();
    while let Some(next) = chars.next() {
        text.push(if next == '\\' { unescape(&mut chars)? } else { next });
    }
    Some(text)
}

/// The character of an escape sequence, after its backslash.
fn unescape(chars: &mut Chars<'_>) -> Option<char> {
    Some(match chars.next()? {
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => {
            let first = utf16_unit(chars)?;
            match char::from_u32(first.into()) {
                Some(char) => char,
                // A character outside the basic plane is written as two units, each with an escape sequence.
                None => {
                    let second = (chars.next()? == '\\' && chars.next()? == 'u').then(|| utf16_unit(chars))??;
                    char::decode_utf16([first, second]).next()?.ok()?
                }
            }
        }
        same => same,
    })
}

fn utf16_unit(chars: &mut Chars<'_>) -> Option<u16> {
    let mut digits = chars.by_ref().take(4).map(|digit| digit.to_digit(16));
    let unit = digits.try_fold(0, |unit, digit| Some(unit * 16 + digit?))?;
    u16::try_from(unit).ok()
}

/// Writes a value. Its length is counted first, so that the text never moves in memory.
pub(super) fn write(value: &impl Serialize) -> Zeroizing<String> {
    let mut length = Length(0);
    let counted = serde_json::to_writer(&mut length, value);
    let mut bytes = Zeroizing::new(Vec::with_capacity(length.0));
    let written = serde_json::to_writer(&mut *bytes, value);
    // Neither fails: memory takes what is written, and all keys are strings.
    if counted.is_err() || written.is_err() {
        return Zeroizing::default();
    }
    Zeroizing::new(String::from_utf8(std::mem::take(&mut *bytes)).unwrap_or_default())
}

/// Counts bytes.
struct Length(usize);

impl io::Write for Length {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(json: &str) -> Option<String> {
        let raw: &RawValue = serde_json::from_str(json).unwrap();
        read_string(raw).map(|text| text.to_string())
    }

    #[test]
    fn every_escape_sequence_is_read() {
        let json = r#""\"\\\/\b\f\n\r\t\u00e9\ud83d\udd11é🔑""#;
        assert_eq!(read(json), Some(serde_json::from_str(json).unwrap()));
    }

    #[test]
    fn what_is_no_string_has_no_text() {
        for json in ["1", "null", "{}", "[\"a\"]", "true", r#""\ud83d""#, r#""\ud83d\n""#, r#""\udd11\ud83d""#] {
            assert_eq!(read(json), None, "{json}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_as_it_was_written(text in any::<String>()) {
            let json = write(&text);
            prop_assert_eq!(json.as_str(), serde_json::to_string(&text).unwrap());
            prop_assert_eq!(json.capacity(), json.len(), "the memory never moved");
            prop_assert_eq!(read(&json), Some(text));
        }
    }
}
