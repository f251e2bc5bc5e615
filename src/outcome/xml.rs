//! XML → the JSON value that says the same, so that one reading of an answer serves both.
//!
//! Elements and attributes become members by their local names, an element that occurs again makes a list. There is no
//! DTD: a document with a DOCTYPE is refused, so no entity is ever declared, expanded or fetched.

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use serde_json::{Map, Value};

/// Nobody nests an answer deeper; it is as deep as JSON is read.
const DEEPEST: usize = 120;

/// The member with the text of an element that has attributes.
pub(super) const TEXT: &str = "#text";

/// A document of XML.
#[derive(Debug, PartialEq)]
pub(super) struct XmlDocument {
    /// The local name of the outermost element.
    pub(super) root: String,
    /// What is in it.
    pub(super) value: Value,
    /// Every text is in an element: none stands in a comment or in an instruction for programs.
    pub(super) is_named: bool,
}

/// An element that has not ended yet.
struct Open {
    name: String,
    members: Map<String, Value>,
    text: String,
    /// No other element is in it.
    has_text_alone: bool,
}

impl Open {
    /// An attribute that is no text at all ends the reading.
    fn new(start: &BytesStart<'_>) -> Option<Self> {
        let mut members = Map::new();
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.ok()?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
            if !attribute.key.into_inner().starts_with("xmlns") {
                add(&mut members, attribute.key.local_name().into_inner(), value.into_owned().into());
            }
        }
        Some(Self {
            name: start.local_name().into_inner().to_owned(),
            members,
            text: String::new(),
            has_text_alone: true,
        })
    }

    /// The text of an element that holds other elements is only what lies between them.
    fn into_value(mut self) -> Value {
        let text = Value::from(self.text.trim());
        if self.members.is_empty() {
            return text;
        }
        if self.has_text_alone && text != "" {
            add(&mut self.members, TEXT, text);
        }
        Value::Object(self.members)
    }
}

fn add(members: &mut Map<String, Value>, name: &str, value: Value) {
    match members.get_mut(name) {
        None => drop(members.insert(name.to_owned(), value)),
        Some(Value::Array(values)) => values.push(value),
        Some(first) => *first = Value::Array(vec![first.take(), value]),
    }
}

/// Reads a document. `None`: it is not well-formed, it has a DOCTYPE, or it is nested too deep.
pub(super) fn parse(text: &str) -> Option<XmlDocument> {
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Open> = Vec::new();
    let mut document: Option<XmlDocument> = None;
    let mut is_named = true;
    loop {
        let ended = match reader.read_event().ok()? {
            Event::Start(start) => {
                if document.is_some() || open.len() >= DEEPEST {
                    return None;
                }
                open.push(Open::new(&start)?);
                None
            }
            Event::Empty(start) if document.is_none() => Some(Open::new(&start)?),
            Event::End(_) => Some(open.pop()?),
            Event::Text(text) => add_text(&mut open, &text)?,
            Event::CData(text) => add_text(&mut open, &text)?,
            Event::GeneralRef(entity) => match entity.resolve_char_ref().ok()? {
                Some(char) => add_text(&mut open, char.encode_utf8(&mut [0; 4]))?,
                None => add_text(&mut open, resolve_predefined_entity(&entity)?)?,
            },
            Event::Comment(_) | Event::PI(_) => {
                is_named = false;
                None
            }
            Event::Decl(_) => None,
            Event::DocType(_) | Event::Empty(_) => return None,
            Event::Eof => break,
        };
        let Some(ended) = ended else { continue };
        let (name, value) = (ended.name.clone(), ended.into_value());
        match open.last_mut() {
            Some(around) => {
                around.has_text_alone = false;
                add(&mut around.members, &name, value);
            }
            None => document = Some(XmlDocument { root: name, value, is_named }),
        }
    }
    document.filter(|_| open.is_empty()).map(|document| XmlDocument { is_named, ..document })
}

/// Outside of the outermost element there are only blanks.
fn add_text(open: &mut [Open], text: &str) -> Option<Option<Open>> {
    match open.last_mut() {
        Some(element) => element.text.push_str(text),
        None if text.trim().is_empty() => {}
        None => return None,
    }
    Some(None)
}

#[cfg(test)]
mod tests;
