//! How values become the text of a request: the style of a parameter, the format of a body.

use super::{Location, Schema};

/// How the value of a parameter is spelled (`style`, `explode`, `allowReserved`, `content`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Serialization {
    /// What joins the parts.
    pub style: Style,
    /// Whether every item and member stands on its own.
    pub explode: bool,
    /// Whether reserved characters stay as they are, as far as the query survives it.
    pub allow_reserved: bool,
}

/// OpenAPI's styles, and JSON for parameters with `content`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `a,b`, in paths and headers.
    Simple,
    /// `.a.b`, in paths.
    Label,
    /// `;name=a,b`, in paths.
    Matrix,
    /// `name=a,b`, in queries.
    Form,
    /// `name=a%20b`, in queries.
    SpaceDelimited,
    /// `name=a%7Cb`, in queries.
    PipeDelimited,
    /// `name[member]=a`, in queries.
    DeepObject,
    /// The value as JSON.
    Json,
}

impl Serialization {
    /// What OpenAPI takes where a parameter says nothing.
    pub const fn of(location: Location) -> Self {
        let (style, explode) = match location {
            Location::Path | Location::Header => (Style::Simple, false),
            Location::Query => (Style::Form, true),
            Location::Body => (Style::Json, false),
        };
        Self { style, explode, allow_reserved: false }
    }
}

/// How the bytes of a body are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyFormat {
    Json,
    /// `name=value` pairs, as a query has them.
    Form,
    /// Parts with names, files among them (`multipart/form-data`).
    Multipart,
    /// The text as it was typed.
    Text,
    /// The bytes of a file.
    File,
}

/// The body that an operation takes.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// The media type that the description names.
    pub content_type: String,
    /// How its bytes are made.
    pub format: BodyFormat,
    /// Whether the request is refused without it.
    pub required: bool,
    /// Its schema; an object for all calls that render as fields.
    pub schema: Schema,
    /// The media types of parts that have one of their own, by their names.
    pub part_types: Vec<(String, String)>,
}
