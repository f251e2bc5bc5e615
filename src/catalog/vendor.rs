//! What is known of the vendor's own tools: a file beside the description (`x-samples`), which only code samples use.

use super::load::Api;
use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::{Map, Value};

/// What is known of the vendor's own tools, for one operation.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Vendor {
    /// The environment variable that the vendor's tools read a credential from, by the label of its input.
    pub variables: IndexMap<String, String>,
    /// The tools that know the operation, and what a sample needs to know of them.
    pub tools: Map<String, Value>,
}

/// The file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VendorFile {
    #[serde(default)]
    variables: IndexMap<String, String>,
    /// What all operations share, by tool.
    #[serde(default)]
    tools: IndexMap<String, Map<String, Value>>,
    /// By `operationId`: the tools that know the operation, with what is its own.
    #[serde(default)]
    operations: IndexMap<String, IndexMap<String, Map<String, Value>>>,
}

impl Vendor {
    /// Reads the file. A tool that the operation does not name does not know it.
    pub fn load(text: &str, operation: &str) -> Result<Self, serde_json::Error> {
        let VendorFile { mut variables, tools, mut operations } = serde_json::from_str(text)?;
        // They stand in programs as they are.
        variables.retain(|_, name| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'));
        let own = operations.shift_remove(operation).unwrap_or_default().into_iter();
        let tools = own.map(|(name, own)| {
            let mut all = tools.get(&name).cloned().unwrap_or_default();
            all.extend(own);
            (name, Value::Object(all))
        });
        Ok(Self { variables, tools: tools.collect() })
    }
}

impl Api {
    /// The file that [`Vendor::load`] reads, if the document names one.
    pub fn samples_file(&self) -> Option<String> {
        Some(self.beside(self.document().get("x-samples")?.as_str()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_operation_adds_to_what_all_share_of_a_tool() {
        let file = json!({
            "variables": {"AccessKey ID": "KEY", "worse": "X; rm", "none": ""},
            "tools": {"a": {"package": "p", "client": "c"}, "b": {"package": "q"}},
            "operations": {"X": {"a": {"client": "d"}}},
        });
        let load = |operation| Vendor::load(&file.to_string(), operation).unwrap();
        let vendor = load("X");
        assert_eq!(vendor.variables.into_iter().collect::<Vec<_>>(), [("AccessKey ID".to_owned(), "KEY".to_owned())]);
        assert_eq!(Value::Object(vendor.tools), json!({"a": {"package": "p", "client": "d"}}));
        assert!(load("Y").tools.is_empty());
        assert!(Vendor::load("{\"tool\": {}}", "X").is_err());
    }

    #[test]
    fn the_document_names_the_file_beside_it() {
        let api = |file| {
            let document = json!({"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "x-samples": file});
            Api::load("apis/t.json", &document.to_string()).unwrap()
        };
        assert_eq!(api(json!("t.samples.json")).samples_file().as_deref(), Some("apis/t.samples.json"));
        assert_eq!(api(json!(1)).samples_file(), None);
    }
}
