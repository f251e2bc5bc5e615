//! The body of an answer, parsed once.

use super::BodyKind;
use super::error::is_envelope;
use super::xml::{self, XmlDocument};
use crate::catalog::is_json;
use crate::viewer::{Document, Mistake};
use serde_json::Value;
use std::sync::Arc;

/// What a body is.
#[derive(Debug)]
pub(super) enum Body {
    Empty,
    Html,
    Json(Arc<Value>),
    Xml(XmlDocument),
    /// JSON line by line, as lists that are sent in pieces are: a list of what the lines say. As one text it is no JSON: where.
    Lines(Value, Option<Mistake>),
    /// Labelled as JSON, or begun as such.
    Broken {
        mistake: Option<Mistake>,
        is_begun: bool,
    },
    Text,
    Binary,
}

impl Body {
    /// `bytes` in UTF-8 and without a byte order mark.
    pub(super) fn parse(bytes: &[u8], content_type: &str) -> Self {
        let Ok(text) = std::str::from_utf8(bytes) else {
            // A page is a page, also in a charset that nobody names.
            let is_page = is_labelled_html(content_type) || begins_like_html(&String::from_utf8_lossy(bytes));
            return if is_page { Self::Html } else { Self::Binary };
        };
        let text = text.trim();
        if text.is_empty() {
            return Self::Empty;
        }
        match serde_json::from_str(text) {
            Ok(value) => Self::Json(Arc::new(value)),
            Err(_) if begins_like_html(text) => Self::Html,
            Err(_) if let Some(value) = uncommon_value(text.as_bytes()) => Self::Json(Arc::new(value)),
            Err(_) => match text.starts_with('<').then(|| xml::parse(text)).flatten() {
                Some(document) if is_page(&document, content_type) => Self::Html,
                Some(document) => Self::Xml(document),
                None if is_labelled_html(content_type) => Self::Html,
                None if let Some(lines) = lines(text) => Self::Lines(lines, Document::mistake_in(bytes)),
                None if is_json(content_type) || text.starts_with(['{', '[']) => {
                    // The viewer shows the same place.
                    let mistake = Document::mistake_in(bytes);
                    Self::Broken { mistake, is_begun: text.starts_with(['{', '[', '"']) }
                }
                None => Self::Text,
            },
        }
    }

    /// JSON, or XML that says the same.
    pub(super) fn value(&self) -> Option<&Value> {
        match self {
            Self::Json(value) => Some(value),
            Self::Xml(XmlDocument { value, .. }) | Self::Lines(value, _) => Some(value),
            _ => None,
        }
    }

    pub(super) fn kind(&self) -> BodyKind {
        match self {
            Self::Empty => BodyKind::Empty,
            Self::Html => BodyKind::Html,
            Self::Json(_) => BodyKind::Json,
            Self::Xml(_) | Self::Lines(..) | Self::Broken { .. } | Self::Text => BodyKind::Text,
            Self::Binary => BodyKind::Binary,
        }
    }
}

/// What each line says: newline-delimited JSON, JSON sequences (RFC 7464), and events (`text/event-stream`).
fn lines(text: &str) -> Option<Value> {
    const OF_EVENTS: [&str; 4] = ["event:", "id:", "retry:", ":"];
    let is_told = |line: &&str| !line.is_empty() && !OF_EVENTS.iter().any(|own| line.starts_with(own));
    let lines = text.lines().map(|line| line.trim_start_matches('\u{1e}').trim()).filter(is_told);
    let texts =
        lines.map(|line| line.strip_prefix("data:").map_or(line, str::trim_start)).filter(|line| *line != "[DONE]");
    let values: Option<Vec<Value>> =
        texts.map(|line| serde_json::from_str(line).ok().filter(Value::is_object)).collect();
    values.filter(|values| !values.is_empty()).map(Value::from)
}

/// Whether a text is JSON.
pub(super) fn is_valid(text: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

/// What a text of JSON says.
pub(super) fn json_value(text: &[u8]) -> Option<Value> {
    serde_json::from_slice(text).ok().or_else(|| uncommon_value(text))
}

/// What `serde_json` does not take and real servers send: many levels, half pairs of surrogates, and control characters.
fn uncommon_value(text: &[u8]) -> Option<Value> {
    if text.iter().any(|byte| *byte < b' ') {
        let blank = |byte: &u8| if *byte < b' ' { b' ' } else { *byte };
        let plain: Vec<u8> = text.iter().map(blank).collect();
        if let Ok(value) = serde_json::from_slice(&plain) {
            return Some(value);
        }
    }
    let document = Document::read(Arc::new(text.to_vec()), "application/json");
    serde_json::from_str(&document.excerpt(usize::MAX)?.text).ok()
}

fn is_labelled_html(content_type: &str) -> bool {
    content_type.to_ascii_lowercase().contains("html")
}

/// What is labelled as a page is one, unless it is an error of an API with a wrong label.
fn is_page(document: &XmlDocument, content_type: &str) -> bool {
    document.root.eq_ignore_ascii_case("html") || (is_labelled_html(content_type) && !is_envelope(&document.root))
}

/// Comments and the declaration of XHTML may come before.
fn begins_like_html(text: &str) -> bool {
    let mut text = text.trim_start();
    while let Some((_, rest)) =
        [("<!--", "-->"), ("<?", "?>")].iter().find_map(|(open, close)| text.strip_prefix(open)?.split_once(close))
    {
        text = rest.trim_start();
    }
    let start: String = text.chars().take(15).map(|c| c.to_ascii_lowercase()).collect();
    start.starts_with("<!doctype html") || start.starts_with("<html")
}
