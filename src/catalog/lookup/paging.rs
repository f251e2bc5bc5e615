//! How a list is asked for page by page.

use crate::catalog::node::{Node, Reason, Result, Unsupported};
use crate::catalog::template::at;
use serde_json::Value;

/// The paging of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paging {
    /// The field that says which page is wanted.
    pub field: String,
    /// Its value for the first page.
    pub first: u64,
    /// What it counts.
    pub unit: PagingUnit,
    /// The field that says how many items a page has, and the number.
    pub size: (String, u64),
    /// Where the answer says how many items there are, with dots.
    pub total: Option<String>,
}

/// What the field of a page counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PagingUnit {
    /// The items before the page.
    Items,
    /// The pages before it.
    Pages,
}

impl Paging {
    pub(super) fn read(node: &Node<'_>) -> Result<Self> {
        let size = node.require("size")?;
        let unit = node.require("by")?;
        Ok(Self {
            field: node.require("field")?.as_str()?.to_owned(),
            first: node.count("first")?.unwrap_or_default(),
            unit: match unit.as_str()? {
                "items" => PagingUnit::Items,
                "pages" => PagingUnit::Pages,
                other => return Err(unit.error(Reason::Unsupported(Unsupported::Keyword(other.to_owned())))),
            },
            size: (size.require("field")?.as_str()?.to_owned(), size.require("value")?.as_count()?),
            total: node.str("total")?.map(str::to_owned),
        })
    }

    /// The fields of a page, counted from 0.
    pub(super) fn values(&self, page: u64) -> [(String, Value); 2] {
        let (size_field, size) = &self.size;
        let before = match self.unit {
            PagingUnit::Items => page.saturating_mul(*size),
            PagingUnit::Pages => page,
        };
        let page = Value::from(self.first.saturating_add(before));
        [(size_field.clone(), Value::from(*size)), (self.field.clone(), page)]
    }

    /// Whether there is another page behind this one, which has so many items. A page without any is the last.
    pub(super) fn has_more(&self, body: &Value, items: u64, page: u64) -> bool {
        let total = self.total.as_ref().and_then(|path| at(body, path)?.as_u64());
        let size = self.size.1;
        items > 0
            && match total {
                Some(total) => page.saturating_add(1).saturating_mul(size) < total,
                None => items >= size,
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn paging(parts: Value) -> Result<Paging> {
        let mut raw = json!({"field": "page", "first": 1, "by": "pages", "size": {"field": "size", "value": 10}});
        parts.as_object().unwrap().iter().for_each(|(key, value)| raw[key] = value.clone());
        Paging::read(&Node::root("x-lookup", &raw))
    }

    #[test]
    fn pages_are_counted_as_the_api_counts() {
        let value = |parts, page| paging(parts).unwrap().values(page)[1].1.clone();
        assert_eq!([value(json!({}), 0), value(json!({}), 3)], [json!(1), json!(4)]);
        let items = json!({"by": "items", "first": 0});
        assert_eq!([value(items.clone(), 0), value(items, 3)], [json!(0), json!(30)]);
    }

    #[test]
    fn the_total_says_whether_there_is_more_else_a_full_page_does() {
        let more = |parts: Value, items, page| paging(parts).unwrap().has_more(&json!({"h": {"n": 21}}), items, page);
        let total = json!({"total": "h.n"});
        assert_eq!([more(total.clone(), 10, 1), more(total.clone(), 1, 2), more(total, 0, 0)], [true, false, false]);
        assert_eq!(
            [more(json!({}), 10, 7), more(json!({}), 9, 0), more(json!({"total": "no"}), 10, 0)],
            [true, false, true]
        );
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let complaint = |parts| paging(parts).unwrap_err().to_string();
        assert_eq!(complaint(json!({"by": "rows"})), "x-lookup#/by: rows is not supported");
        assert_eq!(complaint(json!({"size": {"field": "n"}})), "x-lookup#/size/value: missing");
    }
}
