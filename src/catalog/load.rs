//! OpenAPI 3.1 → [`Api`] at once, → [`Operation`] when somebody opens it.
//!
//! Opening the page reads only the list of operations of each document. References, schemas and servers are resolved
//! for the one operation that is shown, so that a document of any size opens at once.

mod schemes;
mod servers;

use self::schemes::schemes;
pub use self::servers::https_host;
use self::servers::servers;
use super::model::{
    Body, Effect, Field, ForeignKey, Impact, Kind, Location, Operation, Policy, Precondition, Response, StatusRange,
};
use super::node::{Node, Reason, Result, Unsupported, syntax};
use super::schema;
use super::value::{essence, is_json};
use serde_json::Value;

/// One description, read far enough to list its operations.
#[derive(Debug, Clone, PartialEq)]
pub struct Api {
    /// The file's name without `.json`; part of the address of its operations.
    pub id: String,
    /// The file as `config.json` names it.
    pub file: String,
    /// `info.title`.
    pub title: String,
    /// Whose credentials its calls take (`x-provider`); the title, where the document does not say.
    pub provider: String,
    /// What can be called, in the order of the document.
    pub operations: Vec<OperationEntry>,
    document: Value,
}

/// One line of the list of operations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationEntry {
    /// `operationId`, or verb and path where the document has none.
    pub id: String,
    /// A short name.
    pub summary: String,
    /// The verb.
    pub method: http::Method,
    /// The path with `{placeholders}`.
    pub path: String,
}

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

impl Api {
    /// Reads a document. `file` is its address relative to the site.
    pub fn load(file: &str, text: &str) -> Result<Self> {
        let document: Value = serde_json::from_str(text).map_err(|error| syntax(file, &error))?;
        let root = Node::root(file, &document);
        let version = root.str("openapi")?.unwrap_or("something else");
        if version != "3.1" && !version.starts_with("3.1.") {
            return Err(root.error_at("openapi", Reason::Version(version.to_owned())));
        }
        let title = root.require("info")?.require("title")?.as_str()?.to_owned();
        let mut operations: Vec<OperationEntry> = Vec::new();
        // Whatever does not begin with a slash is an extension.
        for (path, item) in root.require("paths")?.members()?.into_iter().filter(|(path, _)| path.starts_with('/')) {
            for (verb, node) in item.members()?.into_iter().filter(|(key, _)| METHODS.contains(key)) {
                // An operationId is optional; verb and path name an operation as well.
                let id = node.str("operationId")?.map_or_else(|| format!("{verb} {path}"), str::to_owned);
                let entry = OperationEntry {
                    summary: node.str("summary")?.unwrap_or(&id).to_owned(),
                    id,
                    method: method(&node, verb)?,
                    path: path.to_owned(),
                };
                if operations.iter().any(|other| other.id == entry.id) {
                    return Err(node.error(Reason::DuplicateId(entry.id)));
                }
                operations.push(entry);
            }
        }
        let provider = root.str("x-provider")?.unwrap_or(&title).to_owned();
        Ok(Self { id: Self::id_of(file).to_owned(), file: file.to_owned(), title, provider, operations, document })
    }

    /// The id of the API in a file, whether the file can be read or not: its name without `.json`.
    pub fn id_of(file: &str) -> &str {
        let name = file.rsplit_once('/').map_or(file, |(_, name)| name);
        name.strip_suffix(".json").unwrap_or(name)
    }

    /// The document as JSON text.
    pub fn text(&self) -> String {
        self.document.to_string()
    }

    /// Reads one operation in full. `None`: the document has none of this id.
    pub fn operation(&self, id: &str) -> Option<Result<Operation>> {
        let entry = self.operations.iter().find(|entry| entry.id == id)?;
        Some(self.read(entry))
    }

    fn root(&self) -> Node<'_> {
        Node::root(&self.file, &self.document)
    }

    /// The path item and the operation in it.
    pub(super) fn nodes(&self, entry: &OperationEntry) -> Result<(Node<'_>, Node<'_>)> {
        let item = self.root().require("paths")?.require(&entry.path)?;
        let node = item.require(&entry.method.as_str().to_ascii_lowercase())?;
        Ok((item, node))
    }

    fn read(&self, entry: &OperationEntry) -> Result<Operation> {
        let root = self.root();
        let (item, node) = self.nodes(entry)?;
        let operation = Operation {
            api: self.id.clone(),
            id: entry.id.clone(),
            api_title: self.title.clone(),
            provider: self.provider.clone(),
            summary: entry.summary.clone(),
            description: node.text("description")?,
            method: entry.method.clone(),
            path: entry.path.clone(),
            reference: node.get("externalDocs")?.map(|docs| web_link(&docs)).transpose()?,
            servers: servers(&[&node, &item, &root])?,
            parameters: parameters(&[&item, &node])?,
            body: node.get("requestBody")?.map(|body| request_body(&body)).transpose()?,
            schemes: schemes(&root, &node, entry)?,
            foreign_keys: list(&root, "x-foreign-keys", read_foreign_key)?,
            harmless: node.bool("x-harmless")?.unwrap_or(false),
            impact: node.get("x-impact")?.map(|impact| read_impact(&impact)).transpose()?,
            preconditions: list(&node, "x-preconditions", read_precondition)?,
            responses: responses(&node)?,
            errors: root.str("x-errors")?.map(|name| sibling(&self.file, name)),
            policy: Policy::default(),
        };
        check_placeholders(&item, &operation)?;
        Ok(operation)
    }
}

/// `apis/a.json` and `a.errors.json` make `apis/a.errors.json`.
fn sibling(file: &str, name: &str) -> String {
    file.rsplit_once('/').map_or_else(|| name.to_owned(), |(folder, _)| format!("{folder}/{name}"))
}

fn list<T>(node: &Node<'_>, key: &str, read: impl Fn(&Node<'_>) -> Result<T>) -> Result<Vec<T>> {
    match node.get(key)? {
        None => Ok(Vec::new()),
        Some(items) => items.items()?.iter().map(read).collect(),
    }
}

fn method(node: &Node<'_>, verb: &str) -> Result<http::Method> {
    verb.to_ascii_uppercase().parse().map_err(|_| node.error(Reason::Unsupported(Unsupported::Method(verb.to_owned()))))
}

/// Only web pages are linked: a `javascript:` address in a description must never become a link.
fn web_link(docs: &Node<'_>) -> Result<String> {
    let url = docs.require("url")?;
    match url.as_str()? {
        link if link.starts_with("https://") => Ok(link.to_owned()),
        other => Err(url.error(Reason::Unsupported(Unsupported::Link(other.to_owned())))),
    }
}

/// The parameters of the path item and of the operation; the latter replaces the former of the same name and place.
fn parameters(levels: &[&Node<'_>]) -> Result<Vec<Field>> {
    let mut fields: Vec<Field> = Vec::new();
    for level in levels {
        for field in list(level, "parameters", read_parameter)? {
            if is_set_elsewhere(&field) {
                continue;
            }
            fields.retain(|other| (&other.name, other.location) != (&field.name, field.location));
            fields.push(field);
        }
    }
    Ok(fields)
}

/// OpenAPI: parameters of these names are ignored, because the body and the security say what goes into them.
fn is_set_elsewhere(field: &Field) -> bool {
    let names = ["accept", "content-type", "authorization"];
    field.location == Location::Header && names.contains(&field.name.to_ascii_lowercase().as_str())
}

fn read_parameter(node: &Node<'_>) -> Result<Field> {
    let place = node.require("in")?;
    let location = match place.as_str()? {
        "path" => Location::Path,
        "query" => Location::Query,
        "header" => Location::Header,
        other => return Err(place.error(Reason::Unsupported(Unsupported::ParameterIn(other.to_owned())))),
    };
    let mut schema = schema::read(&node.require("schema")?)?;
    if schema.kind == Kind::Secret && location != Location::Header {
        return Err(node.error(Reason::Unsupported(Unsupported::SecretInAddress)));
    }
    if let Some(description) = node.str("description")? {
        schema.description = description.to_owned();
    }
    if let Some(example) = node.get("example")? {
        schema.example = Some(example.value.clone());
    }
    let name = node.require("name")?;
    if location == Location::Header {
        check_header_name(&name)?;
    }
    let name = name.as_str()?.to_owned();
    // A path cannot do without any of its parts, whatever the document says.
    let required = location == Location::Path || node.bool("required")?.unwrap_or(false);
    Ok(Field { name, location, required, schema })
}

fn check_header_name(name: &Node<'_>) -> Result<()> {
    let header = name.as_str()?;
    // RFC 9110's token. The crate `http` has a table of all known names instead, and it weighs as much as a page.
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if !header.is_empty() && header.bytes().all(is_token) {
        Ok(())
    } else {
        Err(name.error(Reason::Unsupported(Unsupported::Header(header.to_owned()))))
    }
}

fn request_body(node: &Node<'_>) -> Result<Body> {
    let content = node.require("content")?;
    let (content_type, media) =
        json_media(&content)?.ok_or_else(|| content.error(Reason::Unsupported(Unsupported::Body)))?;
    let mut schema = schema::read(&media.require("schema")?)?;
    if let Some(example) = media.get("example")? {
        schema.example = Some(example.value.clone());
    }
    Ok(Body { content_type: content_type.to_owned(), required: node.bool("required")?.unwrap_or(false), schema })
}

/// The first media type of a `content` that is JSON.
fn json_media<'a>(content: &Node<'a>) -> Result<Option<(&'a str, Node<'a>)>> {
    Ok(content.members()?.into_iter().find(|(name, _)| is_json(name)))
}

fn responses(node: &Node<'_>) -> Result<Vec<Response>> {
    let Some(responses) = node.get("responses")? else { return Ok(Vec::new()) };
    let documented = responses.members()?.into_iter().filter(|(key, _)| !key.starts_with("x-"));
    documented.map(|(key, node)| read_response(key, &node)).collect()
}

fn read_response(key: &str, node: &Node<'_>) -> Result<Response> {
    let unknown = || node.error(Reason::Unsupported(Unsupported::Status(key.to_owned())));
    let status = match key {
        "default" => StatusRange::Default,
        _ => match key.strip_suffix("XX") {
            Some(class) => StatusRange::Class(class.parse().map_err(|_| unknown())?),
            None => StatusRange::Code(key.parse().map_err(|_| unknown())?),
        },
    };
    let contents = node.get("content")?.map(|content| content.members()).transpose()?.unwrap_or_default();
    // A range has a schema for JSON where nothing else names it.
    let is_range = |name: &str| matches!(essence(name).as_str(), "*/*" | "application/*");
    let find = |fits: &dyn Fn(&str) -> bool| contents.iter().find(|(name, _)| fits(name)).map(|(_, media)| media);
    let schema = match find(&is_json).or_else(|| find(&is_range)) {
        None => schema::any(),
        Some(media) => media.get("schema")?.map_or_else(|| Ok(schema::any()), |node| schema::read(&node))?,
    };
    let media_types = contents.iter().map(|(name, _)| essence(name)).collect();
    let headers = match node.get("headers")? {
        None => Vec::new(),
        Some(headers) => {
            headers.members()?.iter().map(|(name, node)| read_header(name, node)).collect::<Result<_>>()?
        }
    };
    Ok(Response { status, description: node.text("description")?, media_types, schema, headers })
}

fn read_header(name: &str, node: &Node<'_>) -> Result<Field> {
    let mut schema = node.get("schema")?.map_or_else(|| Ok(schema::any()), |node| schema::read(&node))?;
    schema.description = node.text("description")?;
    Ok(Field { name: name.to_owned(), location: Location::Header, required: false, schema })
}

fn read_impact(node: &Node<'_>) -> Result<Impact> {
    Ok(Impact {
        summary: node.require("summary")?.as_str()?.to_owned(),
        details: node.texts("details")?,
        subject: node.str("subject")?.map(str::to_owned),
        effects: list(node, "effects", read_effect)?,
        find_out: node.str("findOut")?.map(str::to_owned),
    })
}

fn read_effect(node: &Node<'_>) -> Result<Effect> {
    let when = match node.get("when")? {
        None => Vec::new(),
        Some(when) => when.members()?.into_iter().map(|(path, node)| (path.to_owned(), node.value.clone())).collect(),
    };
    Ok(Effect { when, text: node.require("text")?.as_str()?.to_owned() })
}

fn read_foreign_key(node: &Node<'_>) -> Result<ForeignKey> {
    let pattern = schema::read_pattern(&node.require("pattern")?)?;
    Ok(ForeignKey { pattern, provider: node.require("provider")?.as_str()?.to_owned() })
}

fn read_precondition(node: &Node<'_>) -> Result<Precondition> {
    Ok(Precondition { text: node.require("text")?.as_str()?.to_owned(), exceptions: node.texts("exceptions")? })
}

/// Every `{placeholder}` of the path has its parameter, and the other way round.
fn check_placeholders(item: &Node<'_>, operation: &Operation) -> Result<()> {
    let placeholders = operation.placeholders();
    let parameters = operation.parameters.iter().filter(|field| field.location == Location::Path);
    let names: Vec<&str> = parameters.map(|field| field.name.as_str()).collect();
    let lonely = placeholders.iter().find(|name| !names.contains(name));
    let lonely = lonely.or_else(|| names.iter().find(|name| !placeholders.contains(name)));
    lonely.map_or(Ok(()), |name| Err(item.error(Reason::Placeholder((*name).to_owned()))))
}

#[cfg(test)]
mod tests;
