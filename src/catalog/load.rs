//! OpenAPI 3.1 → [`Api`] at once, → [`Operation`] when somebody opens it.
//!
//! Opening the page reads only the list of operations of each document. References, schemas and servers are resolved
//! for the one operation that is shown, so that a document of any size opens at once.

mod body;
mod parameters;
mod path;
mod responses;
mod security;
mod servers;

use self::body::request_body;
use self::parameters::{check_header_name, parameters};
pub(crate) use self::path::{check_literal, is_step};
use self::path::{check_path, match_placeholders};
use self::responses::responses;
pub(super) use self::responses::{parameter_name, read_status};
use self::security::{security, take_credentials};
pub use self::servers::https_host;
use self::servers::servers;
pub(crate) use self::servers::{is_host, is_port};
use super::answer_secrets::AnswerSecrets;
use super::model::{Act, Effect, ForeignKey, Impact, Operation, Policy, Precondition};
use super::node::{CatalogError, Node, Notes, PathFault, Reason, Result, Unsupported, syntax};
use super::value::plain_text;
use indexmap::IndexSet;
use serde_json::{Map, Value};
use std::sync::Arc;

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
    /// What the list of operations leaves out, each with file, pointer and reason.
    pub omissions: Vec<CatalogError>,
    document: Arc<Value>,
}

/// One line of the list of operations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationEntry {
    /// `operationId`, or verb and path where the document has none, or has it twice.
    pub id: String,
    /// `operationId` as the document has it; empty where it has none.
    pub operation_id: String,
    /// A short name.
    pub summary: String,
    pub method: http::Method,
    /// The path with `{placeholders}`.
    pub path: String,
    /// It changes the thing that it is sent to, and the document says how (`x-impact`): what the console is made for.
    pub is_switch: bool,
    /// It gives a credential (`x-grants`).
    pub is_grant: bool,
    /// The calls that the items of its lists lead to (`links`), by `operationId`.
    pub leads_to: Vec<String>,
}

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

impl Api {
    /// Reads a document. `file` is its address relative to the site.
    pub fn load(file: &str, text: &str) -> Result<Self> {
        // Some editors begin a file with a byte order mark.
        let text = text.trim_start_matches('\u{feff}');
        let document: Value = serde_json::from_str(text).map_err(|error| syntax(file, &error))?;
        let root = Node::root(file, &document);
        // YAML makes a number of 3.1.
        let version = root.raw("openapi").map_or_else(|| String::from("something else"), plain_text);
        if version != "3.1" && !version.starts_with("3.1.") {
            return Err(root.error_at("openapi", Reason::Version(version)));
        }
        let notes = Notes::new();
        let id = Self::id_of(file).to_owned();
        let (title, provider, operations) = {
            let root = root.noting(&notes);
            let title = root.usable(root.require("info").and_then(|info| info.require("title")?.as_str()));
            let title = title.unwrap_or(&id).to_owned();
            let provider = root.usable(root.str("x-provider")).flatten().unwrap_or(&title).to_owned();
            let paths = root.get("paths")?;
            (title, provider, paths.map_or(Ok(Vec::new()), |paths| entries(&paths))?)
        };
        let omissions = notes.into_omissions();
        Ok(Self { id, file: file.to_owned(), title, provider, operations, omissions, document: Arc::new(document) })
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

    /// `info.version`; empty where the document has none.
    pub fn version(&self) -> String {
        self.document.pointer("/info/version").and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    /// Reads one operation in full. `None`: the document has none of this id.
    pub fn operation(&self, id: &str) -> Option<Result<Operation>> {
        let entry = self.operations.iter().find(|entry| entry.id == id)?;
        Some(self.read(entry))
    }

    /// The document as it was read.
    pub(super) fn document(&self) -> &Value {
        &self.document
    }

    /// The address of a file beside the document.
    pub(super) fn beside(&self, name: &str) -> String {
        sibling(&self.file, name)
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
        let notes = Notes::new();
        let mut operation = self.read_noting(entry, &notes)?;
        operation.omissions = notes.into_omissions();
        Ok(operation)
    }

    fn read_noting(&self, entry: &OperationEntry, notes: &Notes) -> Result<Operation> {
        let root = self.root().noting(notes);
        let (item, node) = self.nodes(entry)?;
        let (item, node) = (item.noting(notes), node.noting(notes));
        check_path(&item, &entry.path)?;
        let servers = servers(&[&node, &item, &root]);
        let mut parameters = parameters(&[&item, &node])?;
        let body = request_body(&node)?;
        // Secrets are masked by what the answers say: a big request must not keep them from being read.
        notes.renew();
        let (mut security, signing) = security(&root, &node, entry);
        take_credentials(&mut parameters, &mut security, signing, entry);
        let mut operation = Operation {
            api: self.id.clone(),
            id: entry.id.clone(),
            api_title: self.title.clone(),
            provider: self.provider.clone(),
            summary: entry.summary.clone(),
            description: node.usable_text("description"),
            method: entry.method.clone(),
            path: entry.path.clone(),
            reference: node.usable_member("externalDocs").and_then(|docs| node.usable(web_link(&docs))),
            servers,
            parameters,
            body,
            security,
            foreign_keys: root.usable(list(&root, "x-foreign-keys", read_foreign_key)).unwrap_or_default(),
            safe: node.flag("x-safe"),
            impact: node.usable_member("x-impact").and_then(|impact| node.usable(read_impact(&impact))),
            acts: node.usable(list(&node, "x-act", read_act)).unwrap_or_default(),
            preconditions: node.usable(list(&node, "x-preconditions", read_precondition)).unwrap_or_default(),
            responses: responses(&node),
            secrets: AnswerSecrets::new(&self.document, node.raw("responses")),
            errors: root.usable(root.str("x-errors")).flatten().map(|name| sibling(&self.file, name)),
            omissions: Vec::new(),
            policy: Policy { signing, ..Policy::default() },
        };
        match_placeholders(&item, &mut operation);
        Ok(operation)
    }
}

/// Every operation of `paths`. What is none is left out and noted.
fn entries(paths: &Node<'_>) -> Result<Vec<OperationEntry>> {
    paths.as_object()?;
    let mut entries: Vec<OperationEntry> = Vec::new();
    for (path, item) in paths.usable_members().into_iter().filter(|(path, _)| !path.starts_with("x-")) {
        if !path.starts_with('/') {
            item.omit(item.error(Reason::Path(PathFault::NoSlash)));
            continue;
        }
        for (verb, node) in item.usable_members().into_iter().filter(|(key, _)| METHODS.contains(key)) {
            let read = node.as_object().and_then(|_| method(&node, verb));
            let Some(method) = node.usable(read) else { continue };
            let operation_id = node.usable(node.str("operationId")).flatten().unwrap_or_default().to_owned();
            let summary = node.usable(node.str("summary")).flatten().unwrap_or_default().to_owned();
            let has = |key: &str| node.value.get(key).is_some();
            let is_safe = method.is_safe() || node.value.get("x-safe") == Some(&Value::Bool(true));
            let is_switch = has("x-impact") && !is_safe;
            let (path, is_grant, leads_to) = (path.to_owned(), has("x-grants"), leads_to(node.value));
            let id = format!("{verb} {path}");
            entries.push(OperationEntry { id, operation_id, summary, method, path, is_switch, is_grant, leads_to });
        }
    }
    name(&mut entries);
    Ok(entries)
}

/// The calls that the items of lists in the answers of an operation lead to: their links point at a first item. Answers that
/// stand elsewhere in the document are not looked at.
fn leads_to(operation: &Value) -> Vec<String> {
    let responses = operation.get("responses").and_then(Value::as_object).into_iter().flat_map(Map::values);
    let links = responses.filter_map(|response| response.get("links")?.as_object()).flat_map(Map::values);
    let is_of_item = |link: &&Value| {
        let parameters = link.get("parameters").and_then(Value::as_object).into_iter().flat_map(Map::values);
        parameters.into_iter().any(|value| value.as_str().is_some_and(|text| text.contains("/0/")))
    };
    links.filter(is_of_item).filter_map(|link| link.get("operationId")?.as_str().map(str::to_owned)).collect()
}

/// An `operationId` that only one operation has names it. Verb and path name the others: no two have both.
fn name(entries: &mut [OperationEntry]) {
    let (mut once, mut twice) = (IndexSet::new(), IndexSet::new());
    for entry in &*entries {
        for id in [&entry.id, &entry.operation_id] {
            if !once.insert(id.clone()) {
                twice.insert(id.clone());
            }
        }
    }
    for entry in entries {
        if !entry.operation_id.is_empty() && !twice.contains(&entry.operation_id) {
            entry.id.clone_from(&entry.operation_id);
        }
        if entry.summary.is_empty() {
            entry.summary.clone_from(&entry.id);
        }
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
    // No browser sends TRACE for a page.
    let method = verb.to_ascii_uppercase().parse().ok().filter(|method| *method != http::Method::TRACE);
    method.ok_or_else(|| node.error(Reason::Unsupported(Unsupported::Method(verb.to_owned()))))
}

/// Only web pages are linked: a `javascript:` address in a description must never become a link.
fn web_link(docs: &Node<'_>) -> Result<String> {
    let url = docs.require("url")?;
    match url.as_str()? {
        link if link.starts_with("https://") => Ok(link.to_owned()),
        other => Err(url.error(Reason::Unsupported(Unsupported::Link(other.to_owned())))),
    }
}

fn read_impact(node: &Node<'_>) -> Result<Impact> {
    Ok(Impact {
        summary: node.require("summary")?.as_str()?.to_owned(),
        details: node.texts("details")?,
        subject: node.str("subject")?.map(str::to_owned),
        effects: list(node, "effects", read_effect)?,
        noun: node.text("noun")?,
        verify: match node.raw("verify") {
            Some(Value::String(text)) => vec![text.clone()],
            _ => node.texts("verify")?,
        },
    })
}

/// The values that must hold; none: it always holds.
fn read_when(node: &Node<'_>) -> Result<Vec<(String, Value)>> {
    Ok(match node.get("when")? {
        None => Vec::new(),
        Some(when) => when.members()?.into_iter().map(|(path, node)| (path.to_owned(), node.value.clone())).collect(),
    })
}

fn read_effect(node: &Node<'_>) -> Result<Effect> {
    Ok(Effect { when: read_when(node)?, text: node.require("text")?.as_str()?.to_owned() })
}

fn read_act(node: &Node<'_>) -> Result<Act> {
    Ok(Act {
        when: read_when(node)?,
        send: node.text("send")?,
        question: node.text("question")?,
        confirm: node.text("confirm")?,
        short: node.text("short")?,
    })
}

fn read_foreign_key(node: &Node<'_>) -> Result<ForeignKey> {
    let pattern = super::schema::read_pattern(&node.require("pattern")?)?;
    Ok(ForeignKey { pattern, provider: node.require("provider")?.as_str()?.to_owned() })
}

fn read_precondition(node: &Node<'_>) -> Result<Precondition> {
    Ok(Precondition { text: node.require("text")?.as_str()?.to_owned(), exceptions: node.texts("exceptions")? })
}

#[cfg(test)]
mod tests;
