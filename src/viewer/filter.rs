//! A filter by JSON path: the part of RFC 9535 that needs no expressions. It walks over the index and builds no values.
//!
//! `$`, `.name`, `['name']`, `[0]`, `[-1]`, `[*]`, `.*`, and each of them behind `..` for any depth. Several of them stand
//! in one pair of brackets with commas between.

use super::Document;
use super::line::unescaped;
use std::ops::Range;

/// What a step chooses.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Choice {
    Name(String),
    Item(i64),
    All,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Segment {
    choices: Vec<Choice>,
    /// Behind `..`: in what it is at and in everything inside of that.
    at_any_depth: bool,
}

/// A path, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    segments: Vec<Segment>,
}

/// The path is not one of these, from this character on, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoFilter(pub usize);

impl Filter {
    /// Reads a path. The `$` at its beginning may be missing.
    pub fn parse(path: &str) -> Result<Self, NoFilter> {
        let mut parser = Parser { whole: path.trim(), rest: path.trim() };
        let mut segments = Vec::new();
        if !parser.take("$") && !parser.rest.starts_with(['.', '[']) {
            segments.push(Segment { choices: vec![parser.shorthand()?], at_any_depth: false });
        }
        while !parser.rest.is_empty() {
            let at_any_depth = parser.take("..");
            let choices = if parser.take("[") {
                parser.brackets()?
            } else if at_any_depth || parser.take(".") {
                vec![parser.shorthand()?]
            } else {
                return Err(parser.mistake());
            };
            segments.push(Segment { choices, at_any_depth });
        }
        Ok(Self { segments })
    }

    /// The lines in which what it leads to begins, in the order of the text.
    pub fn lines(&self, document: &Document) -> Vec<usize> {
        let index = document.index();
        let mut found = if index.is_empty() { Vec::new() } else { vec![0] };
        for segment in &self.segments {
            let mut next = Vec::new();
            if segment.at_any_depth {
                opened_in(document, &found).for_each(|line| segment.choose(document, line, &mut next));
            } else {
                found.into_iter().for_each(|line| segment.choose(document, line, &mut next));
            }
            next.sort_unstable();
            next.dedup();
            found = next;
        }
        found
    }
}

/// The lists and the objects that begin in these lines and inside of them, each once.
pub(super) fn opened_in<'a>(document: &'a Document, lines: &[usize]) -> impl Iterator<Item = usize> + use<'a> {
    ranges(document, lines).into_iter().flatten().filter(|line| document.index().kind(*line).opens())
}

impl Segment {
    fn choose(&self, document: &Document, line: usize, found: &mut Vec<usize>) {
        let index = document.index();
        for choice in &self.choices {
            match choice {
                Choice::All => found.extend(index.children(line)),
                Choice::Name(name) => {
                    found.extend(index.children(line).filter(|child| document.is_named(*child, name)))
                }
                Choice::Item(place) => {
                    let is_item = |child: &usize| !index.has_name(*child);
                    let place = match usize::try_from(*place) {
                        Ok(place) => Some(place),
                        Err(_) => {
                            let back = usize::try_from(place.unsigned_abs()).unwrap_or(usize::MAX);
                            document.size(line).checked_sub(back)
                        }
                    };
                    found.extend(place.and_then(|place| index.children(line).nth(place)).filter(is_item));
                }
            }
        }
    }
}

impl Document {
    fn is_named(&self, line: usize, name: &str) -> bool {
        let Some(end) = self.name_end(line) else { return false };
        let written = self.text(self.index.start(line), end);
        let plain = written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        plain == Some(name) || written.contains('\\') && unescaped(written) == name
    }
}

/// The ranges of lines that begin in these lines. What is inside of another one is shown once.
pub fn ranges(document: &Document, lines: &[usize]) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for line in lines {
        if ranges.last().is_none_or(|last| last.end <= *line) {
            ranges.push(*line..document.index().last_of(*line) + 1);
        }
    }
    ranges
}

struct Parser<'a> {
    whole: &'a str,
    rest: &'a str,
}

impl Parser<'_> {
    fn mistake(&self) -> NoFilter {
        let before = self.whole.len() - self.rest.len();
        NoFilter(self.whole.get(..before).unwrap_or_default().chars().count() + 1)
    }

    fn take(&mut self, word: &str) -> bool {
        let rest = self.rest.strip_prefix(word);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn skip(&mut self, length: usize) {
        self.rest = self.rest.get(length..).unwrap_or_default();
    }

    fn blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }

    /// A name without quotation marks, or `*`.
    fn shorthand(&mut self) -> Result<Choice, NoFilter> {
        if self.take("*") {
            return Ok(Choice::All);
        }
        let is_end = |c: char| ".[]()'\"*,?@$".contains(c) || c.is_whitespace();
        let length = self.rest.find(is_end).unwrap_or(self.rest.len());
        let name = self.rest.get(..length).filter(|name| !name.is_empty()).ok_or(self.mistake())?.to_owned();
        self.skip(length);
        Ok(Choice::Name(name))
    }

    fn brackets(&mut self) -> Result<Vec<Choice>, NoFilter> {
        let mut choices = Vec::new();
        loop {
            self.blanks();
            choices.push(self.choice()?);
            self.blanks();
            if self.take("]") {
                return Ok(choices);
            }
            if !self.take(",") {
                return Err(self.mistake());
            }
        }
    }

    fn choice(&mut self) -> Result<Choice, NoFilter> {
        if self.take("*") {
            return Ok(Choice::All);
        }
        if let Some(quote) = self.rest.chars().next().filter(|c| matches!(c, '\'' | '"')) {
            return self.quoted(quote).map(Choice::Name);
        }
        let is_part = |c: char| c.is_ascii_digit() || c == '-';
        let length = self.rest.find(|c| !is_part(c)).unwrap_or(self.rest.len());
        let place = self.rest.get(..length).and_then(|digits| digits.parse().ok()).ok_or(self.mistake())?;
        self.skip(length);
        Ok(Choice::Item(place))
    }

    /// A name in quotation marks of either kind, with the escapes of JSON and `\'`.
    fn quoted(&mut self, quote: char) -> Result<String, NoFilter> {
        let mistake = self.mistake();
        let mut written = String::from("\"");
        let mut chars = self.rest.char_indices().skip(1);
        while let Some((at, c)) = chars.next() {
            match c {
                c if c == quote => {
                    written.push('"');
                    self.skip(at + 1);
                    return serde_json::from_str(&written).map_err(|_| mistake);
                }
                '\\' => match chars.next() {
                    Some((_, '\'')) => written.push('\''),
                    Some((_, next)) => written.extend(['\\', next]),
                    None => return Err(mistake),
                },
                '"' => written.push_str("\\\""),
                c => written.push(c),
            }
        }
        Err(mistake)
    }
}
