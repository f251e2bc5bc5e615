//! What a description knows of the vendor's own tools (`x-sdk`, `x-env`): code samples use it.

use super::load::Api;
use indexmap::IndexMap;
use serde_json::{Map, Value};

/// What a description knows of the vendor's own tools, for one operation.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Vendor {
    /// The environment variable that the vendor's tools read a credential from, by the label of its input (`x-env`).
    pub variables: IndexMap<String, String>,
    /// The tools that know the operation, and what a sample needs to know of them (`x-sdk`).
    pub tools: Map<String, Value>,
}

impl Api {
    /// What the document knows of the vendor's tools. A tool that the operation does not name does not know it.
    pub fn vendor(&self, operation: &str) -> Vendor {
        let members = |node: Option<&Value>| node.and_then(Value::as_object).cloned().unwrap_or_default();
        let document = self.document();
        // It stands in programs as it is.
        let is_name = |name: &&str| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        let text = |(label, name): (String, Value)| Some((label, name.as_str().filter(is_name)?.to_owned()));
        let variables = members(document.get("x-env")).into_iter().filter_map(text).collect();
        let common = members(document.get("x-sdk"));
        let tools = members(self.raw_operation(operation).and_then(|node| node.get("x-sdk"))).into_iter();
        let tools = tools.map(|(name, own)| {
            let mut all = members(common.get(&name));
            all.extend(members(Some(&own)));
            (name, Value::Object(all))
        });
        Vendor { variables, tools: tools.collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_operation_adds_to_what_the_document_says_of_a_tool() {
        let document = json!({
            "openapi": "3.1.0", "info": {"title": "T", "version": "1"},
            "x-env": {"AccessKey ID": "KEY", "odd": 1, "worse": "X; rm"},
            "x-sdk": {"a": {"package": "p", "client": "c"}, "b": {"package": "q"}},
            "paths": {"/x": {"get": {"operationId": "X", "x-sdk": {"a": {"client": "d"}}}, "put": {"operationId": "Y"}}},
        });
        let api = Api::load("apis/t.json", &document.to_string()).unwrap();
        let vendor = api.vendor("X");
        assert_eq!(vendor.variables.get("AccessKey ID").map(String::as_str), Some("KEY"));
        assert_eq!(vendor.variables.len(), 1);
        assert_eq!(Value::Object(vendor.tools), json!({"a": {"package": "p", "client": "d"}}));
        assert!(api.vendor("Y").tools.is_empty() && api.vendor("Z").tools.is_empty());
    }
}
