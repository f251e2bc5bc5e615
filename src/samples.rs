//! The call of a form as a program: curl, Python, an `.http` file, the vendors' tools.
//!
//! A sample is a template filled with facts:
//!
//! ```text
//!  Operation + Draft ──secrets──▶ the same without secrets ──facts──▶ JSON ──template──▶ Sample
//! ```
//!
//! Templates are files in `src/samples/templates`, one a sample; their first lines say what they are. What only a vendor's
//! SDK knows (its packages, its clients) stands in a file beside the description ([`Vendor`]). No secret is in a sample: it
//! reads them from environment variables, which that file names.

mod facts;
mod language;
mod secrets;
mod template;

pub use template::TemplateError;

use self::facts::facts;
use crate::call::PlannedCall;
use crate::catalog::Vendor;
use crate::request::BuildError;
use serde_json::{Map, Value};
use std::sync::LazyLock;
use thiserror::Error;

/// All templates, in the order in which they are offered.
const TEMPLATES: [&str; 13] = [
    include_str!("samples/templates/curl.sh"),
    include_str!("samples/templates/python.py"),
    include_str!("samples/templates/rest-client.http"),
    include_str!("samples/templates/huaweicloud-python.py"),
    include_str!("samples/templates/huaweicloud-go.go"),
    include_str!("samples/templates/huaweicloud-java.java"),
    include_str!("samples/templates/huaweicloud-hcloud.sh"),
    include_str!("samples/templates/alibabacloud-python.py"),
    include_str!("samples/templates/alibabacloud-go.go"),
    include_str!("samples/templates/alibabacloud-java.java"),
    include_str!("samples/templates/alibabacloud-node.mjs"),
    include_str!("samples/templates/alibabacloud-aliyun.sh"),
    include_str!("samples/templates/terraform.tf"),
];

/// Their heads, read once.
static ALL: LazyLock<Vec<SampleKind>> = LazyLock::new(|| TEMPLATES.into_iter().filter_map(SampleKind::read).collect());

/// A call as a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    pub file_name: String,
    pub text: String,
    /// The environment variables that must be set.
    pub variables: Vec<String>,
    /// The environment variables that may be set: for a temporary key, for another address.
    pub optional_variables: Vec<String>,
    /// The fields of the form that are empty or wrong: without them the sample does not work.
    pub missing: Vec<String>,
}

/// Why there is no sample.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SampleError {
    /// A file is sent, and its bytes do not fit into a program.
    #[error("a file")]
    File,
    #[error(transparent)]
    Build(#[from] BuildError),
    #[error(transparent)]
    Template(#[from] TemplateError),
}

/// One kind of sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SampleKind {
    /// Its id, for lists.
    pub id: &'static str,
    /// The name of the tool or the language.
    pub title: &'static str,
    /// The template of the file's name.
    file: &'static str,
    /// The tool of [`Vendor`] that it uses; empty where it needs none.
    tool: &'static str,
    template: &'static str,
}

impl SampleKind {
    /// Reads the head of a template: lines of names and values, ended by `---`.
    fn read(text: &'static str) -> Option<Self> {
        let (head, template) = text.split_once("---\n")?;
        let value = |name: &str| {
            let mut lines = head.lines().filter_map(|line| line.split_once(": "));
            lines.find(|(own, _)| *own == name).map(|(_, value)| value)
        };
        Some(Self {
            id: value("id")?,
            title: value("title")?,
            file: value("file")?,
            tool: value("tool").unwrap_or_default(),
            template,
        })
    }
}

/// The kinds that an operation can have: those without a tool, and those of tools that know the operation.
pub fn kinds(vendor: &Vendor) -> Vec<SampleKind> {
    let known = |kind: &SampleKind| kind.tool.is_empty() || vendor.tools.contains_key(kind.tool);
    ALL.iter().copied().filter(known).collect()
}

/// The sample of a form as it stands now, complete or not.
pub fn sample(kind: &SampleKind, planned: &PlannedCall<'_>, vendor: &Vendor) -> Result<Sample, SampleError> {
    let mut facts = facts(planned, vendor)?;
    let tool = vendor.tools.get(kind.tool).cloned().unwrap_or_default();
    mark_parameters_of_client(&mut facts.values, &tool);
    facts.values.insert(String::from("sdk"), tool);
    let values = Value::Object(facts.values);
    let text = template::render(kind.template, &values)?;
    let text = text.trim_start().to_owned();
    let file_name = template::render(kind.file, &values)?;
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let words: Vec<&str> = text.split(|c| !is_word(c)).collect();
    let read = |names: Vec<String>| names.into_iter().filter(|name| words.contains(&name.as_str())).collect();
    let (variables, optional_variables) = (read(facts.variables), read(facts.optional_variables));
    Ok(Sample { file_name, text, variables, optional_variables, missing: facts.missing })
}

/// Some parameters are given to the tool's client, not to its call (`clientParameters`).
fn mark_parameters_of_client(facts: &mut Map<String, Value>, tool: &Value) {
    let own = tool.get("clientParameters").and_then(Value::as_array);
    let parameters = facts.get_mut("parameters").and_then(Value::as_array_mut);
    for parameter in parameters.into_iter().flatten().filter_map(Value::as_object_mut) {
        let is_own = parameter.get("name").is_some_and(|name| own.is_some_and(|own| own.contains(name)));
        parameter.insert(String::from("of_client"), is_own.into());
    }
}

#[cfg(test)]
mod tests;
