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

/// Which part of a list an answer has.
#[derive(Debug, Clone, PartialEq)]
pub struct ListPage {
    /// The places of its first and of its last item, counted from 1; without items, the last comes before the first.
    pub from: u64,
    pub to: u64,
    /// How many items the list has, if the answer says so.
    pub total: Option<u64>,
    /// The field, and its value for the page before this one and for the one behind it.
    pub previous: Option<(String, Value)>,
    pub next: Option<(String, Value)>,
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

    /// Which part of the list an answer has. `sent` knows the numbers that were sent; `items`: so many came.
    pub fn page(&self, body: &Value, items: u64, sent: &dyn Fn(&str) -> Option<u64>) -> ListPage {
        let at_field = sent(&self.field).unwrap_or(self.first).max(self.first);
        let size = sent(&self.size.0).unwrap_or(items).max(1);
        let (unit, step) = match self.unit {
            PagingUnit::Items => (1, size),
            PagingUnit::Pages => (size, 1),
        };
        let before = (at_field - self.first).saturating_mul(unit);
        let total = self.total_in(body);
        let to = before.saturating_add(items);
        // Without a total, a full page may have another one behind it.
        let has_more = items > 0 && total.map_or(sent(&self.size.0) == Some(items), |total| to < total);
        let value = |number: u64| (self.field.clone(), Value::from(number));
        ListPage {
            from: before.saturating_add(1),
            to,
            total,
            previous: (before > 0).then(|| value(at_field.saturating_sub(step).max(self.first))),
            next: has_more.then(|| value(at_field.saturating_add(step))),
        }
    }

    fn total_in(&self, body: &Value) -> Option<u64> {
        self.total.as_ref().and_then(|path| at(body, path)?.as_u64())
    }

    /// Whether there is another page behind this one, which has so many items. A page without any is the last.
    pub(super) fn has_more(&self, body: &Value, items: u64, page: u64) -> bool {
        let size = self.size.1;
        items > 0
            && match self.total_in(body) {
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
    fn an_answer_knows_its_place_in_the_list_and_the_pages_beside_it() {
        let page = |parts: Value, items, at: Option<u64>, size: Option<u64>| {
            let sent = |name: &str| if name == "page" { at } else { size };
            let page = paging(parts).unwrap().page(&json!({"h": {"n": 25}}), items, &sent);
            let number = |value: Option<(String, Value)>| value.map(|(_, value)| value.as_u64().unwrap());
            (page.from, page.to, page.total, number(page.previous), number(page.next))
        };
        let total = json!({"total": "h.n"});
        assert_eq!(page(total.clone(), 10, None, Some(10)), (1, 10, Some(25), None, Some(2)));
        assert_eq!(page(total.clone(), 5, Some(3), Some(10)), (21, 25, Some(25), Some(2), None));
        assert_eq!(page(total.clone(), 0, Some(9), Some(10)), (81, 80, Some(25), Some(8), None));
        let items = json!({"by": "items", "first": 0, "total": "h.n"});
        assert_eq!(page(items.clone(), 10, Some(10), Some(10)), (11, 20, Some(25), Some(0), Some(20)));
        assert_eq!(page(items.clone(), 10, Some(4), Some(10)), (5, 14, Some(25), Some(0), Some(14)));
        // The API has a size of its own.
        assert_eq!(page(items, 20, None, None), (1, 20, Some(25), None, Some(20)));
        assert_eq!(page(json!({}), 10, Some(2), Some(10)), (11, 20, None, Some(1), Some(3)));
        assert_eq!(page(json!({}), 9, Some(2), Some(10)), (11, 19, None, Some(1), None));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let complaint = |parts| paging(parts).unwrap_err().to_string();
        assert_eq!(complaint(json!({"by": "rows"})), "x-lookup#/by: rows is not supported");
        assert_eq!(complaint(json!({"size": {"field": "n"}})), "x-lookup#/size/value: missing");
    }
}
