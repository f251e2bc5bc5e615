//! What an API description says, in the shape the console works with.
//!
//! These are plain data: [`super::load`] makes them from OpenAPI, everything after only reads them.

mod encoding;
mod scheme;
mod screen;

pub use self::encoding::{Body, BodyFormat, Serialization, Style};
pub use self::scheme::{CredentialInput, ForeignKey, Lockout, Scheme, SecurityRequirement};
pub use self::screen::{Act, FormPart, Remark};
use super::answer_secrets::AnswerSecrets;
use super::decimal::Decimal;
use super::node::CatalogError;
use super::value::{essence, is_json};
use serde_json::Value;

/// Where an [`Operation`] can be called: one region's host.
#[derive(Debug, Clone, PartialEq)]
pub struct Server {
    /// `https://host`, with port and base path where there are any, possibly with `{variables}`.
    pub url: String,
    /// The region as people know it, for example `CN North-Beijing4 (cn-north-4)`.
    pub label: String,
    /// The region as the API knows it (`x-region`), possibly with `{variables}`; empty where the host has none.
    pub region: String,
    /// The `{variables}` of the URL, in the order of the document.
    pub variables: Vec<ServerVariable>,
}

impl Server {
    fn without_scheme(&self) -> &str {
        self.url.strip_prefix("https://").unwrap_or(&self.url)
    }

    /// The host, with its port if there is one.
    pub fn host(&self) -> &str {
        self.without_scheme().split('/').next().unwrap_or_default()
    }

    /// The prefix of every path: empty, or with a leading slash and no slash at the end.
    pub fn base_path(&self) -> &str {
        self.without_scheme().strip_prefix(self.host()).unwrap_or_default()
    }
}

/// One `{variable}` of a server's URL.
#[derive(Debug, Clone, PartialEq)]
pub struct ServerVariable {
    /// The name between the braces.
    pub name: String,
    /// What the field begins with.
    pub default: String,
    /// The values allowed; empty when any DNS label is.
    pub choices: Vec<String>,
    /// What it is for.
    pub description: String,
}

/// Where a value goes in the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Location {
    /// A `{placeholder}` of the path.
    Path,
    /// A `name=value` pair behind the `?`.
    Query,
    Header,
    /// A property of the body.
    Body,
}

impl Location {
    pub const ALL: [Self; 4] = [Self::Path, Self::Query, Self::Header, Self::Body];

    /// The name, as OpenAPI's `in` has it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Body => "body",
        }
    }
}

/// One value that an operation takes: a parameter, a property of the body, an item of an array.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The API's own name.
    pub name: String,
    /// Where it goes.
    pub location: Location,
    /// Whether the request is refused without it.
    pub required: bool,
    /// How its value is spelled. In a JSON body it has no meaning.
    pub serialization: Serialization,
    /// What it may hold.
    pub schema: Schema,
}

impl Field {
    /// Whether `null` can be sent: only JSON can say it. Elsewhere leaving the value out says the same.
    pub fn takes_null(&self) -> bool {
        self.schema.nullable && self.serialization.style == Style::Json
    }
}

/// What a value may be, and what the document says of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Schema {
    /// Which control shows it and how its text is read.
    pub kind: Kind,
    /// Its name for people (`x-label`); empty where the document has none.
    pub label: String,
    /// The part of the form that it stands in; `None`: the document does not say.
    pub part: Option<FormPart>,
    /// Plain text from the document.
    pub description: String,
    /// The value the API assumes, or that the form begins with.
    pub default: Option<Value>,
    /// A value that would do, for a person to look at.
    pub example: Option<Value>,
    /// What the value must satisfy.
    pub rules: Rules,
    /// What is said of values that are allowed and odd.
    pub remarks: Vec<Remark>,
    /// Whether `null` is a value of its own.
    pub nullable: bool,
    /// Sent and never answered (`writeOnly`).
    pub write_only: bool,
    /// Its value is a secret, whatever its kind, and so is all that is inside.
    pub secret: bool,
    /// The console makes the value itself, and keeps it while a repeated call must be recognised as the same.
    pub generate: Option<Generate>,
    /// The one value that means that the call succeeded (`x-success`); any other is a failure, whatever the status.
    pub success: Option<Value>,
    /// Where values to choose from can be asked for (`x-lookup`), as it stands in the document: only the program that
    /// asks reads it, with [`super::Lookup::read`].
    pub lookup: Option<Value>,
    /// It says in which language the API's messages are wanted (`x-language`): the deployment may choose the default.
    pub language: bool,
    /// What an object may hold besides its documented properties (`additionalProperties`).
    pub additional: Additional,
    /// The properties that nobody can send: only answers have them (`readOnly`), or they have no spelling in this place.
    pub unsent: Vec<String>,
}

/// What an object may hold besides its documented properties.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Additional {
    /// The document says nothing: an example may bring more, and no form asks for it.
    #[default]
    Unsaid,
    Refused,
    /// Members of any name, each of this schema.
    Of(Box<Schema>),
}

/// Kinds of value, one control each.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Kind {
    /// A line of text.
    #[default]
    Text,
    /// Text that is never shown (`format: password`).
    Secret,
    /// `true` or `false`, with what they mean where the document says so; a form adds "unset".
    Boolean(Vec<Choice>),
    /// One of a list.
    Enum(Vec<Choice>),
    Integer,
    Number,
    /// A list of values of one schema.
    Array(Box<Schema>),
    /// Named values.
    Object(Vec<Field>),
    /// One of several forms (`oneOf`, `anyOf`, several types).
    OneOf(Vec<Alternative>),
    /// The bytes of a file.
    File,
    /// Anything the form has no control for: raw JSON, checked for syntax.
    Json,
}

/// One form of a value that has several.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    /// Its title, the name of the schema, or its type.
    pub name: String,
    /// What the value is then.
    pub schema: Schema,
}

/// One value of an enumeration.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// The value itself; often a string, but numbers and booleans occur.
    pub value: Value,
    /// What it means, when the document says so.
    pub label: Option<String>,
}

/// How a generated value is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generate {
    /// A random UUID, version 4.
    Uuid,
}

/// The limits that JSON Schema knows, as the document states them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rules {
    /// An ECMAScript regular expression that must match somewhere in the text.
    pub pattern: Option<String>,
    /// The pattern in words (`x-rule`).
    pub words: Option<String>,
    /// Least number of characters (not bytes).
    pub min_length: Option<u64>,
    /// Greatest number of characters (not bytes).
    pub max_length: Option<u64>,
    /// The smallest number allowed.
    pub minimum: Option<Decimal>,
    /// The largest number allowed.
    pub maximum: Option<Decimal>,
    /// Numbers must be greater than this.
    pub exclusive_minimum: Option<Decimal>,
    /// Numbers must be smaller than this.
    pub exclusive_maximum: Option<Decimal>,
    /// Numbers must be a whole multiple of this.
    pub multiple_of: Option<Decimal>,
    /// Least number of items of an array.
    pub min_items: Option<u64>,
    /// Greatest number of items of an array.
    pub max_items: Option<u64>,
    /// The patterns that the deployment offers (`config.json`), not the document; `None`: no restriction.
    pub offered: Option<Vec<String>>,
}

/// What a mutating call does to the thing it is sent to (`x-impact`).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Impact {
    /// One sentence: stands above Send.
    pub summary: String,
    /// What to know besides.
    pub details: Vec<String>,
    /// The field that names the thing affected.
    pub subject: Option<String>,
    /// The effect in words, by the values that lead to it; the first that fits counts.
    pub effects: Vec<Effect>,
    /// What the thing is called, for example "cluster"; empty where the document has no word for it.
    pub noun: String,
    /// How to find out whether the call was carried out, step by step.
    pub verify: Vec<String>,
}

/// One effect of a call, and the values that lead to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// Field path and value; all must hold. Empty: always.
    pub when: Vec<(String, Value)>,
    /// What happens.
    pub text: String,
}

/// Something that must hold before the call (`x-preconditions`).
#[derive(Debug, Clone, PartialEq)]
pub struct Precondition {
    /// What must hold.
    pub text: String,
    /// To what it does not apply, or only sometimes.
    pub exceptions: Vec<String>,
}

/// One documented answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// The statuses it stands for.
    pub status: StatusRange,
    /// The media types of its body, in lower case and without parameters; empty where the document names none.
    pub media_types: Vec<String>,
    /// The fields of its JSON body; nested ones sit in the schema.
    pub schema: Schema,
    /// The headers that carry something.
    pub headers: Vec<Field>,
    /// The calls that follow from it.
    pub links: Vec<Link>,
}

/// A call that follows from an answer (`links` of OpenAPI).
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// `operationId` of that call, in the same document.
    pub operation: String,
    /// Fields of that call and what to put there: a value, or a runtime expression.
    pub parameters: Vec<(String, Value)>,
    /// Runtime expressions, and lists of the values with which the call makes no sense (`x-unless`).
    pub unless: Vec<(String, Value)>,
}

impl Response {
    /// Whether the document names this media type, or a range that it is in, as one of the body. JSON does not count,
    /// for its schema says more; an answer without a label may be any of the others. A range does not mean web pages.
    pub fn documents(&self, content_type: &str) -> bool {
        let found = essence(content_type);
        let is_html = found.contains("html");
        let fits = |documented: &String| match documented.strip_suffix('*') {
            Some(range) => !is_html && (range == "*/" || found.starts_with(range)),
            None => *documented == found || [is_xml, is_yaml].iter().any(|is| is(documented) && is(&found)),
        };
        let others = self.media_types.iter().filter(|documented| !is_json(documented));
        !is_json(&found) && others.into_iter().any(|documented| found.is_empty() || fits(documented))
    }

    /// Whether the document names this very status.
    pub fn is_exact(&self) -> bool {
        matches!(self.status, StatusRange::Code(_))
    }
}

fn is_xml(essence: &str) -> bool {
    essence.ends_with("/xml") || essence.ends_with("+xml") && !essence.contains("html")
}

fn is_yaml(essence: &str) -> bool {
    essence.ends_with("yaml")
}

/// The key of an OpenAPI response: `200`, `4XX` or `default`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusRange {
    Code(u16),
    /// All statuses with this first digit.
    Class(u16),
    /// Whatever nothing else covers.
    Default,
}

impl StatusRange {
    /// Whether it names nothing but successes.
    pub const fn is_success(self) -> bool {
        matches!(self, Self::Code(200..300) | Self::Class(2))
    }

    /// How closely the range names `status`: greater is closer, `None` when it does not cover it.
    pub fn covers(self, status: u16) -> Option<u8> {
        match self {
            Self::Code(code) => (code == status).then_some(2),
            Self::Class(class) => (class == status / 100).then_some(1),
            Self::Default => Some(0),
        }
    }
}

/// One call that a person can make, with everything the document says about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// The id of the [`super::Api`] it belongs to.
    pub api: String,
    /// `operationId`.
    pub id: String,
    /// The API's title: "Huawei Cloud TaurusDB".
    pub api_title: String,
    /// Whose credentials it takes: "Huawei Cloud".
    pub provider: String,
    /// A short name.
    pub summary: String,
    /// Plain text.
    pub description: String,
    pub method: http::Method,
    /// The path with `{placeholders}`.
    pub path: String,
    /// The page of the vendor's reference.
    pub reference: Option<String>,
    /// Where it can be called.
    pub servers: Vec<Server>,
    /// Path, query and header parameters, in the order of the document.
    pub parameters: Vec<Field>,
    /// The body, for calls that have one.
    pub body: Option<Body>,
    /// The ways to prove who sends, first the one to offer first. Empty: none is needed.
    pub security: Vec<SecurityRequirement>,
    /// How to know a key of another provider.
    pub foreign_keys: Vec<ForeignKey>,
    /// Nothing comes of sending it twice, whatever its verb (`x-safe`): asking for a token is a POST.
    pub safe: bool,
    /// What it does to the thing it is sent to. `None` for reading calls.
    pub impact: Option<Impact>,
    /// The words of the act; the first that fits counts.
    pub acts: Vec<Act>,
    /// What must hold before.
    pub preconditions: Vec<Precondition>,
    pub responses: Vec<Response>,
    /// What the documented answers call secret.
    pub secrets: AnswerSecrets,
    /// The file of the error catalogue, beside the document.
    pub errors: Option<String>,
    /// What the description has and the console leaves out, each with file, pointer and reason.
    pub omissions: Vec<CatalogError>,
    /// What the deployment leaves of it.
    pub policy: Policy,
}

/// What the deployment (`config.json`), not the document, allows. The default allows everything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Policy {
    /// A call that changes something is not sent.
    pub read_only: bool,
    /// Patterns of the regions offered. Servers of other regions are gone; regions that are typed are checked.
    pub regions: Option<Vec<String>>,
    /// Who may sign.
    pub signing: Signing,
}

/// Who may sign a call that needs a credential. Kinds that are not offered are not among its schemes any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Signing {
    /// The user with any of the schemes, or the proxy.
    #[default]
    Any,
    /// The user with any of the schemes.
    Own,
    /// The proxy; no scheme is left, or the document has none that the console knows.
    Proxy,
    /// No scheme is left, and the proxy may not either.
    Nobody,
}

impl Operation {
    /// Whether the call may change something: anything but GET, HEAD, OPTIONS and what the document calls safe.
    pub fn is_mutating(&self) -> bool {
        !self.safe && !self.method.is_safe()
    }

    /// The schemes of all alternatives.
    pub fn schemes(&self) -> impl Iterator<Item = &Scheme> {
        self.security.iter().flat_map(|requirement| &requirement.schemes)
    }

    /// Whether it is called with a credential, always or if the user wants it.
    pub fn takes_credential(&self) -> bool {
        self.schemes().next().is_some()
    }

    /// Whether the deployment lets nobody send it, because it may change something.
    pub fn is_withheld(&self) -> bool {
        self.policy.read_only && self.is_mutating()
    }

    /// All fields of the form, the body's properties with their location, in the order path, query, header, body.
    pub fn fields(&self) -> Vec<&Field> {
        let body = self.body.iter().flat_map(|body| match &body.schema.kind {
            Kind::Object(fields) => fields.iter().collect(),
            _ => Vec::new(),
        });
        let all: Vec<&Field> = self.parameters.iter().chain(body).collect();
        // Four passes over a handful: the standard library's sort costs kilobytes for every type it sorts.
        let mut ordered = Vec::new();
        for location in [Location::Path, Location::Query, Location::Header, Location::Body] {
            ordered.extend(all.iter().copied().filter(|field| field.location == location));
        }
        ordered
    }

    /// The part of the form that a field at the top stands in. The properties of a body that may be left out stay in it.
    pub fn part_of(&self, location: Location, name: &str) -> Option<FormPart> {
        let is_optional = |body: &Body| !body.required || body.schema.nullable;
        if location == Location::Body && self.body.as_ref().is_none_or(is_optional) {
            return None;
        }
        let fields = self.fields();
        fields.into_iter().find(|field| field.location == location && field.name == name)?.schema.part
    }

    /// The names between the braces of the path.
    pub fn placeholders(&self) -> Vec<&str> {
        self.path.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
    }

    /// The documented answer that names `status` most closely. Where the document names a success, `default` is what it says
    /// of failures: another success is none of them.
    pub fn response(&self, status: u16) -> Option<&Response> {
        let is_other = |response: &&Response| {
            response.status == StatusRange::Default && self.responses.iter().any(|other| other.status.is_success())
        };
        self.responses
            .iter()
            .filter(|response| !((200..300).contains(&status) && is_other(response)))
            .filter_map(|response| Some((response.status.covers(status)?, response)))
            .max_by_key(|(closeness, _)| *closeness)
            .map(|(_, response)| response)
    }
}
