//! `x-lookup`: where the values of a field can be asked for, page by page.

mod paging;

pub use self::paging::{ListPage, Paging, PagingUnit};
use super::model::Operation;
use super::node::{Node, Reason, Result};
use super::template::{at, fill_placeholders, fill_value};
use super::value::plain_text;
use serde_json::Value;
use std::cell::RefCell;

/// A call whose answer lists the values of a field.
#[derive(Debug, Clone, PartialEq)]
pub struct Lookup {
    /// The API and the operation to call.
    pub operation: (String, String),
    /// Fields of that operation and what to put there; `{region}` stands for the region of the call that needs the value,
    /// any other name in braces for a field of its form.
    pub values: Vec<(String, Value)>,
    /// Where the answer has its list, with dots.
    pub items: String,
    /// The value, inside an item.
    pub value: String,
    /// The name that people know it by, inside an item.
    pub label: String,
    /// What else a person sees of an item: labels, and names inside an item.
    pub columns: Vec<(String, String)>,
    /// How to ask for the next page; `None`: the answer has all.
    pub paging: Option<Paging>,
}

/// One item of the list, to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookupRow {
    pub value: String,
    pub label: String,
    /// In the order of [`Lookup::columns`]; empty where the item does not have it.
    pub cells: Vec<String>,
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
            columns: match node.get("columns")? {
                Some(columns) => columns.items()?.iter().map(read_column).collect::<Result<_>>()?,
                None => Vec::new(),
            },
            paging: node.get("page")?.map(|page| Paging::read(&page)).transpose()?,
        })
    }

    /// The fields to fill for a page, counted from 0. `field` knows what stands in the form. The error names the fields of
    /// the form that are empty and needed.
    pub fn values_for(
        &self,
        region: &str,
        field: &dyn Fn(&str) -> Option<String>,
        page: u64,
    ) -> std::result::Result<Vec<(String, Value)>, Vec<String>> {
        let missing = RefCell::new(Vec::new());
        let value_of = |name: &str| {
            let value = if name == "region" { Some(region.to_owned()) } else { field(name) };
            let value = value.filter(|value| !value.is_empty());
            if value.is_none() && !missing.borrow().iter().any(|other| other == name) {
                missing.borrow_mut().push(name.to_owned());
            }
            value
        };
        let mut values = self.filled(region, &value_of);
        values.extend(self.paging.iter().flat_map(|paging| paging.values(page)));
        let missing = missing.into_inner();
        if missing.is_empty() { Ok(values) } else { Err(missing) }
    }

    /// What there is to choose from, in the order of the answer.
    pub fn rows(&self, body: &Value) -> Vec<LookupRow> {
        let items = at(body, &self.items).and_then(Value::as_array);
        let row = |item: &Value| {
            let value = plain_text(at(item, &self.value)?);
            let text = |name: &String| at(item, name).filter(|value| !value.is_null()).map(plain_text);
            let label = text(&self.label).unwrap_or_else(|| value.clone());
            let cells = self.columns.iter().map(|(_, name)| text(name).unwrap_or_default()).collect();
            Some(LookupRow { value, label, cells })
        };
        items.into_iter().flatten().filter_map(row).collect()
    }

    /// Whether there is another page behind the one of this answer, counted from 0.
    pub fn has_more(&self, body: &Value, page: u64) -> bool {
        let items = at(body, &self.items).and_then(Value::as_array).map_or(0, Vec::len);
        self.paging.as_ref().is_some_and(|paging| paging.has_more(body, items as u64, page))
    }

    fn filled(&self, region: &str, value_of: &dyn Fn(&str) -> Option<String>) -> Vec<(String, Value)> {
        let possible = |value: &Value| !region.is_empty() || !value.to_string().contains("{region}");
        let values = self.values.iter().filter(|(_, value)| possible(value));
        values.map(|(name, value)| (name.clone(), fill_value(value, value_of))).collect()
    }
}

fn read_column(node: &Node<'_>) -> Result<(String, String)> {
    Ok((node.require("label")?.as_str()?.to_owned(), node.require("value")?.as_str()?.to_owned()))
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
        let values = |region| lookup.values_for(region, &|_| None, 0).unwrap();
        assert_eq!(values("cn-north-4"), [("name".to_owned(), json!("cn-north-4")), enabled.clone()]);
        // Without a region, what needs one is left out: the answer is longer then.
        assert_eq!(values(""), [enabled]);
    }

    #[test]
    fn an_item_without_a_label_is_shown_by_its_value_and_one_without_a_value_not_at_all() {
        let lookup = Lookup::read(&raw()).unwrap();
        let body = json!({"data": {"projects": [{"id": "1", "name": "one"}, {"id": 2}, {"name": "three"}]}});
        let rows: Vec<_> = lookup.rows(&body).into_iter().map(|row| (row.value, row.label)).collect();
        assert_eq!(rows, [("1".into(), "one".into()), ("2".into(), "2".into())]);
        assert_eq!(lookup.rows(&json!({"error": 1})), []);
    }

    fn paged() -> Lookup {
        Lookup::read(&json!({
            "operation": "a/List", "with": {"project": "{project_id}", "zone": "{region}"},
            "items": "list", "value": "id", "label": "name",
            "columns": [{"label": "State", "value": "is.state"}, {"label": "Size", "value": "size"}],
            "page": {"field": "offset", "first": 0, "by": "items", "size": {"field": "limit", "value": 50}, "total": "of"},
        }))
        .unwrap()
    }

    #[test]
    fn a_page_is_asked_for_with_what_stands_in_the_form() {
        let field = |name: &str| (name == "project_id").then(|| String::from("p{region}"));
        let values = paged().values_for("north", &field, 2).unwrap();
        let values: Vec<_> = values.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
        let zone = ("zone", json!("north"));
        assert_eq!(values, [("project", json!("p{region}")), zone, ("limit", json!(50)), ("offset", json!(100))]);
        assert_eq!(paged().values_for("", &|_| Some(String::new()), 0), Err(vec![String::from("project_id")]));
        assert!(paged().values_for("", &field, 0).unwrap().iter().all(|(name, _)| name != "zone"));
    }

    #[test]
    fn a_row_has_a_cell_for_every_column() {
        let body =
            json!({"list": [{"id": "1", "name": null, "is": {"state": "on"}, "size": 3}, {"id": "2", "name": "b"}]});
        let rows = paged().rows(&body);
        assert_eq!((rows[0].label.as_str(), &rows[0].cells), ("1", &vec![String::from("on"), String::from("3")]));
        assert_eq!((rows[1].label.as_str(), &rows[1].cells), ("b", &vec![String::new(), String::new()]));
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
