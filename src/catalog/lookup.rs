//! `x-lookup`: where the values of a field can be asked for. For the second program only.

use super::model::Operation;
use super::node::{Node, Reason, Result};
use super::template::{at, fill_placeholders, fill_value};
use super::value::plain_text;
use serde_json::Value;

/// A call whose answer lists the values of a field.
#[derive(Debug, Clone, PartialEq)]
pub struct Lookup {
    /// The API and the operation to call.
    pub operation: (String, String),
    /// Fields of that operation and what to put there; `{region}` stands for the region of the call that needs the value.
    pub values: Vec<(String, Value)>,
    /// Where the answer has its list, with dots.
    pub items: String,
    /// The value, inside an item.
    pub value: String,
    /// The name that people know it by, inside an item.
    pub label: String,
}

impl Lookup {
    /// Reads [`super::Schema::lookup`]. Pointers of complaints begin at the extension.
    pub fn read(raw: &Value) -> Result<Self> {
        let node = Node::root("x-lookup", raw);
        let operation = node.require("operation")?;
        let (api, id) = operation
            .as_str()?
            .split_once('/')
            .ok_or_else(|| operation.error(Reason::Reference(operation.value.to_string())))?;
        let with = node.get("with")?.map_or(Ok(Vec::new()), |with| with.members())?;
        let text = |key| Ok::<_, Box<_>>(node.require(key)?.as_str()?.to_owned());
        Ok(Self {
            operation: (api.to_owned(), id.to_owned()),
            values: with.into_iter().map(|(name, node)| (name.to_owned(), node.value.clone())).collect(),
            items: text("items")?,
            value: text("value")?,
            label: text("label")?,
        })
    }

    /// The fields to fill. Without a region, those that need one are left out: the answer is longer then.
    pub fn values_in(&self, region: &str) -> Vec<(String, Value)> {
        let value_of = |name: &str| (name == "region").then(|| region.to_owned());
        let possible = |value: &Value| !region.is_empty() || !value.to_string().contains("{region}");
        let values = self.values.iter().filter(|(_, value)| possible(value));
        values.map(|(name, value)| (name.clone(), fill_value(value, &value_of))).collect()
    }

    /// Values and their labels, in the order of the answer.
    pub fn choices(&self, body: &Value) -> Vec<(String, String)> {
        let items = at(body, &self.items).and_then(Value::as_array);
        let choice = |item: &Value| {
            let value = plain_text(at(item, &self.value)?);
            let label = at(item, &self.label).map_or_else(|| value.clone(), plain_text);
            Some((value, label))
        };
        items.into_iter().flatten().filter_map(choice).collect()
    }
}

impl Operation {
    /// The server to ask for something in a region: the region's own, else the one that has none because it serves all.
    pub fn server_in(&self, region: &str) -> usize {
        let find = |region: &str| self.servers.iter().position(|server| server.region == region);
        find(region).or_else(|| find("")).unwrap_or(0)
    }
}

/// Fills `{region}` in a text.
pub(super) fn fill_region(template: &str, region: &str) -> String {
    fill_placeholders(template, &|name| (name == "region").then(|| region.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn raw() -> Value {
        json!({"operation": "iam/List", "with": {"name": "{region}", "enabled": true},
            "items": "data.projects", "value": "id", "label": "name"})
    }

    #[test]
    fn a_lookup_asks_for_the_region_or_for_everything() {
        let lookup = Lookup::read(&raw()).unwrap();
        assert_eq!(lookup.operation, ("iam".into(), "List".into()));
        let enabled = ("enabled".to_owned(), json!(true));
        assert_eq!(lookup.values_in("cn-north-4"), [("name".to_owned(), json!("cn-north-4")), enabled.clone()]);
        assert_eq!(lookup.values_in(""), [enabled]);
    }

    #[test]
    fn an_item_without_a_label_is_shown_by_its_value_and_one_without_a_value_not_at_all() {
        let lookup = Lookup::read(&raw()).unwrap();
        let body = json!({"data": {"projects": [{"id": "1", "name": "one"}, {"id": 2}, {"name": "three"}]}});
        assert_eq!(lookup.choices(&body), [("1".into(), "one".into()), ("2".into(), "2".into())]);
        assert_eq!(lookup.choices(&json!({"error": 1})), []);
    }

    #[test]
    fn what_is_wrong_with_a_lookup_is_said_with_its_place() {
        let complaint = |key: &str, value: Value| {
            let mut raw = raw();
            raw[key] = value;
            Lookup::read(&raw).unwrap_err().to_string()
        };
        assert_eq!(complaint("items", json!(1)), "x-lookup#/items: must be a string, is a number");
        let lost = "x-lookup#/operation: the reference \"List\" leads nowhere in this document";
        assert_eq!(complaint("operation", json!("List")), lost);
        assert_eq!(Lookup::read(&json!({})).unwrap_err().to_string(), "x-lookup#/operation: missing");
    }

    #[test]
    fn a_region_without_a_server_of_its_own_is_served_by_the_one_for_all() {
        let servers = ["a", "b", ""].map(|region| crate::catalog::Server {
            url: String::from("https://h.test"),
            label: String::new(),
            region: region.to_owned(),
            variables: Vec::new(),
        });
        let mut operation = crate::fixtures::operation("get", "/a", json!({}));
        operation.servers = servers.to_vec();
        assert_eq!(["a", "b", "c", ""].map(|region| operation.server_in(region)), [0, 1, 2, 2]);
    }
}
