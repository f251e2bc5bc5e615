//! One character in all the ways in which servers write it: as it is, or escaped as JSON, as an address or as HTML,
//! also twice and three times over.

use std::borrow::Cow;

/// So often JSON may stand in a string of JSON. What is packed deeper is masked as a whole.
pub(super) const DEEPEST: usize = 2;

/// How often a text may have been escaped: packed as JSON into JSON as often as is looked at, and twice before.
const LAYERS: usize = DEEPEST + 3;

/// The way in which a text is escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Escape {
    /// `\"`, `\u0022`, `\x22`, `\u{22}`, `\U00000022`, `\042`.
    Json,
    /// `%22`, `%u0022`, and `+` for a blank.
    Percent,
    /// `&quot;`, `&#34;`, `&#x22;`.
    Html,
}

impl Escape {
    pub(super) const ALL: [Self; 3] = [Self::Json, Self::Percent, Self::Html];

    /// The escape that begins with this byte.
    fn of(byte: u8) -> Option<Self> {
        match byte {
            b'\\' => Some(Self::Json),
            b'%' | b'+' => Some(Self::Percent),
            b'&' => Some(Self::Html),
            _ => None,
        }
    }
}

/// Whether something escaped may begin with this byte.
pub(super) fn is_escape(byte: u8) -> bool {
    Escape::of(byte).is_some()
}

/// A character in UTF-8, or a single byte, and where it ends in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DecodedChar {
    bytes: [u8; 4],
    length: usize,
    pub(super) end: usize,
}

impl DecodedChar {
    fn byte(byte: u8, end: usize) -> Self {
        Self { bytes: [byte, 0, 0, 0], length: 1, end }
    }

    fn char(char: char, end: usize) -> Self {
        let mut bytes = [0; 4];
        let length = char.encode_utf8(&mut bytes).len();
        Self { bytes, length, end }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }

    fn ascii(&self) -> Option<u8> {
        let [first, ..] = self.bytes;
        (self.length == 1).then_some(first)
    }
}

/// All that can be read at a place: the byte itself, and what it is the beginning of.
pub(super) fn readings(text: &[u8], at: usize) -> impl Iterator<Item = DecodedChar> {
    let mut last: Option<DecodedChar> = None;
    let next = move |layer| {
        // Nothing more comes of a character that begins no escape.
        let is_plain = last.is_some_and(|last| !last.ascii().is_some_and(is_escape));
        let reading = if is_plain { None } else { read(text, at, layer) }?;
        Some(if last.replace(reading) == Some(reading) { None } else { Some(reading) })
    };
    (0..=LAYERS).map_while(next).flatten()
}

/// Characters between two parts of a text that is wrapped: line breaks, and blanks that the next line begins with.
const MOST_BETWEEN: usize = 8;

/// Behind a line break, in any spelling, and the blanks behind it: encoders wrap what is long.
pub(super) fn after_break(text: &[u8], at: usize) -> Option<usize> {
    let read = |at: usize, wanted: &[u8]| {
        // A plus is a digit of base64.
        let may_be = |first: &u8| wanted.contains(first) || is_escape(*first) && *first != b'+';
        let mut readings = text.get(at).filter(|first| may_be(first)).map(|_| readings(text, at)).into_iter().flatten();
        readings.find(|reading| reading.ascii().is_some_and(|byte| wanted.contains(&byte))).map(|reading| reading.end)
    };
    let first = read(at, b"\r\n")?;
    std::iter::successors(Some(first), |at| read(*at, b"\r\n \t")).take(MOST_BETWEEN).last()
}

/// The character at a place of a text that was escaped so often.
fn read(text: &[u8], at: usize, layer: usize) -> Option<DecodedChar> {
    let Some(below) = layer.checked_sub(1) else { return text.get(at).map(|byte| DecodedChar::byte(*byte, at + 1)) };
    let first = read(text, at, below)?;
    let escape = first.ascii().and_then(Escape::of);
    Some(escape.and_then(|escape| unescape(escape, first, &|at| read(text, at, below))).unwrap_or(first))
}

/// A text with one kind of escape undone, and for each of its bytes the place that it comes from; one more place for
/// the end.
pub(super) fn unescaped(text: &[u8], escape: Escape) -> (Vec<u8>, Vec<usize>) {
    let raw = |at: usize| text.get(at).map(|byte| DecodedChar::byte(*byte, at + 1));
    let (mut out, mut places, mut at) = (Vec::with_capacity(text.len()), Vec::with_capacity(text.len() + 1), 0);
    while let Some(first) = raw(at) {
        let here = first.ascii().and_then(Escape::of) == Some(escape);
        let reading = if here { unescape(escape, first, &raw) } else { None }.unwrap_or(first);
        out.extend_from_slice(reading.bytes());
        places.resize(out.len(), at);
        at = reading.end;
    }
    places.push(at);
    (out, places)
}

/// The content of a string of JSON. Most have no escape, and an answer has a great many.
pub(super) fn json_text(content: &[u8]) -> Cow<'_, [u8]> {
    match content.contains(&b'\\') {
        true => Cow::Owned(unescaped(content, Escape::Json).0),
        false => Cow::Borrowed(content),
    }
}

type Read<'a> = &'a dyn Fn(usize) -> Option<DecodedChar>;

fn unescape(escape: Escape, first: DecodedChar, read: Read<'_>) -> Option<DecodedChar> {
    match escape {
        Escape::Json => json(first.end, read),
        Escape::Percent if first.ascii() == Some(b'+') => Some(DecodedChar::byte(b' ', first.end)),
        Escape::Percent if let Some(u) = read(first.end).filter(|reading| reading.ascii() == Some(b'u')) => {
            unicode(u.end, read)
        }
        Escape::Percent => {
            let (value, end) = digits(first.end, 16, 2, read);
            (end.1 == 2).then(|| DecodedChar::byte(u8::try_from(value).unwrap_or_default(), end.0))
        }
        Escape::Html => html(first.end, read),
    }
}

/// Behind the backslash.
fn json(at: usize, read: Read<'_>) -> Option<DecodedChar> {
    let kind = read(at)?;
    let byte = match kind.ascii()? {
        same @ (b'"' | b'\'' | b'\\' | b'/') => same,
        b'b' => 0x08,
        b'f' => 0x0c,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'u' if let Some(open) = read(kind.end).filter(|reading| reading.ascii() == Some(b'{')) => {
            let (value, (end, _)) = digits(open.end, 16, 6, read);
            let close = read(end).filter(|reading| reading.ascii() == Some(b'}'))?;
            return Some(DecodedChar::char(char::from_u32(value)?, close.end));
        }
        b'u' => return unicode(kind.end, read),
        b'U' => {
            let (value, (end, count)) = digits(kind.end, 16, 8, read);
            return (count == 8).then_some(DecodedChar::char(char::from_u32(value)?, end));
        }
        b'0'..=b'3' => {
            let (value, (end, count)) = digits(at, 8, 3, read);
            return (count == 3).then(|| DecodedChar::byte(u8::try_from(value).unwrap_or_default(), end));
        }
        // Not JSON, but how servers write what they log.
        b'x' => {
            let (value, (end, count)) = digits(kind.end, 16, 2, read);
            return (count == 2).then(|| DecodedChar::byte(u8::try_from(value).unwrap_or_default(), end));
        }
        _ => return None,
    };
    Some(DecodedChar::byte(byte, kind.end))
}

/// Behind the `\u`: one character, of two halves above U+FFFF.
fn unicode(at: usize, read: Read<'_>) -> Option<DecodedChar> {
    let unit = |at: usize| {
        let (value, (end, count)) = digits(at, 16, 4, read);
        (count == 4).then_some((value, end))
    };
    let (high, end) = unit(at)?;
    if let Some(char) = char::from_u32(high) {
        return Some(DecodedChar::char(char, end));
    }
    let backslash = read(end).filter(|reading| reading.ascii() == Some(b'\\'))?;
    let u = read(backslash.end).filter(|reading| reading.ascii() == Some(b'u'))?;
    let (low, end) = unit(u.end)?;
    let char = char::decode_utf16([u16::try_from(high).ok()?, u16::try_from(low).ok()?]).next()?.ok()?;
    Some(DecodedChar::char(char, end))
}

/// Behind the `&`.
fn html(at: usize, read: Read<'_>) -> Option<DecodedChar> {
    const LONGEST_NAME: usize = 7;
    /// Those of ASCII's signs that HTML has names for; four of them in capitals too.
    const NAMES: [(&str, char); 40] = [
        ("amp;", '&'),
        ("lt;", '<'),
        ("gt;", '>'),
        ("quot;", '"'),
        ("apos;", '\''),
        ("AMP;", '&'),
        ("LT;", '<'),
        ("GT;", '>'),
        ("QUOT;", '"'),
        ("plus;", '+'),
        ("sol;", '/'),
        ("equals;", '='),
        ("commat;", '@'),
        ("colon;", ':'),
        ("semi;", ';'),
        ("excl;", '!'),
        ("dollar;", '$'),
        ("num;", '#'),
        ("percnt;", '%'),
        ("lowbar;", '_'),
        ("period;", '.'),
        ("comma;", ','),
        ("quest;", '?'),
        ("ast;", '*'),
        ("lpar;", '('),
        ("rpar;", ')'),
        ("lsqb;", '['),
        ("lbrack;", '['),
        ("rsqb;", ']'),
        ("rbrack;", ']'),
        ("lcub;", '{'),
        ("lbrace;", '{'),
        ("rcub;", '}'),
        ("rbrace;", '}'),
        ("verbar;", '|'),
        ("vert;", '|'),
        ("bsol;", '\\'),
        ("Hat;", '^'),
        ("grave;", '`'),
        ("nbsp;", ' '),
    ];
    let mark = read(at)?;
    if mark.ascii() == Some(b'#') {
        let hex = read(mark.end).filter(|reading| matches!(reading.ascii(), Some(b'x' | b'X')));
        let (value, (end, count)) = match hex {
            Some(x) => digits(x.end, 16, 8, read),
            None => digits(mark.end, 10, 9, read),
        };
        let semicolon = read(end).filter(|reading| count > 0 && reading.ascii() == Some(b';'))?;
        return Some(DecodedChar::char(char::from_u32(value)?, semicolon.end));
    }
    // Each character is read once: to read one is to undo all the layers below.
    let (mut own, mut length, mut end) = ([0_u8; LONGEST_NAME], 0, at);
    while let Some(place) = own.get_mut(length)
        && let Some(reading) = read(end)
        && let Some(byte) = reading.ascii().filter(|byte| byte.is_ascii_alphabetic() || *byte == b';')
    {
        (*place, length, end) = (byte, length + 1, reading.end);
        if byte == b';' {
            break;
        }
    }
    let own = own.get(..length)?;
    let (_, char) = NAMES.iter().find(|(name, _)| name.as_bytes() == own)?;
    Some(DecodedChar::char(*char, end))
}

/// A number of at most so many digits, its end, and how many they are.
fn digits(mut at: usize, radix: u32, most: usize, read: Read<'_>) -> (u32, (usize, usize)) {
    let (mut value, mut count) = (0, 0);
    while count < most
        && let Some(reading) = read(at)
        && let Some(digit) = reading.ascii().and_then(|byte| char::from(byte).to_digit(radix))
    {
        (value, count, at) = (value * radix + digit, count + 1, reading.end);
    }
    (value, (at, count))
}
