//! A list of objects in an answer, as a table. Its cells are made when they are shown: a list can be long.

use super::documented_value::{meaning, shown_value};
use super::expression::Expression;
use super::link;
use crate::catalog::{Kind, Link, ListPage, Paging, Schema, plain_text};
use crate::json_pointer::json_pointer;
use crate::viewer::Cut;
use serde_json::Value;
use std::cmp::Ordering;
use std::sync::Arc;

/// A documented list of objects.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerTable {
    /// The path in the body, with dots.
    pub name: String,
    /// The documented fields that at least one of the objects has, in the order of the description.
    pub columns: Vec<Column>,
    /// The whole body, secrets masked.
    body: Arc<Value>,
    /// The names that lead to the list.
    path: Vec<String>,
    /// How many objects the answer has; fewer are here of a long one.
    all: usize,
}

/// A documented field of the objects.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// The path in the object, with dots.
    pub name: String,
    /// What the description says of the field.
    pub description: String,
    path: Vec<String>,
    schema: Schema,
}

/// A value in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The value as it stands in the answer; strings without quotes.
    pub value: String,
    /// What the description says of this value.
    pub meaning: Option<String>,
}

impl AnswerTable {
    /// The list that `path` leads to. `None`: it is no list of objects that are documented one by one.
    pub(super) fn of(body: &Arc<Value>, path: &[String], schema: &Schema) -> Option<Self> {
        let Kind::Array(item) = &schema.kind else { return None };
        let items = at(body, path)?.as_array()?;
        if !matches!(item.kind, Kind::Object(_)) || items.is_empty() || !items.iter().all(Value::is_object) {
            return None;
        }
        let mut columns = Vec::new();
        documented(&mut Vec::new(), item, &mut columns);
        columns.retain(|column| items.iter().any(|item| at(item, &column.path).is_some()));
        let (name, all) = (path.join("."), items.len());
        Some(Self { name, columns, body: body.clone(), path: path.to_vec(), all })
    }

    fn items(&self) -> &[Value] {
        at(&self.body, &self.path).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
    }

    /// The answer has more objects than are here.
    pub(super) fn note_cuts(&mut self, cuts: &[Cut]) {
        if let Some(cut) = cuts.iter().find(|cut| cut.path == self.path) {
            self.all = cut.items;
        }
    }

    /// How many objects the answer has.
    pub fn all(&self) -> usize {
        self.all
    }

    /// Which part of the list of the API this is. `sent` knows the numbers that were sent.
    pub fn page(&self, paging: &Paging, sent: &dyn Fn(&str) -> Option<u64>) -> ListPage {
        paging.page(&self.body, u64::try_from(self.all).unwrap_or(u64::MAX), sent)
    }

    /// How many objects are here.
    pub fn rows(&self) -> usize {
        self.items().len()
    }

    /// The rows in which every word of `filter` occurs, in the order of `sort`: a column, and whether from high to low. The
    /// order of the answer decides among equals.
    pub fn order(&self, filter: &str, sort: Option<(usize, bool)>) -> Vec<usize> {
        let filter = filter.to_lowercase();
        let words: Vec<&str> = filter.split_whitespace().collect();
        let items = self.items();
        let fits = |item: &Value| words.is_empty() || self.has_words(item, &words);
        let found = items.iter().enumerate().filter(|(_, item)| fits(item)).map(|(row, _)| row);
        let Some((column, descending)) = sort.and_then(|(at, descending)| Some((self.columns.get(at)?, descending)))
        else {
            return found.collect();
        };
        // The keys are made once, not at each comparison.
        let key = |row: usize| items.get(row).and_then(|item| at(item, &column.path)).map(SortKey::of);
        let mut keyed: Vec<(Option<SortKey>, usize)> = found.map(|row| (key(row), row)).collect();
        keyed.sort_by(|(a, _), (b, _)| if descending { b.cmp(a) } else { a.cmp(b) });
        keyed.into_iter().map(|(_, row)| row).collect()
    }

    fn has_words(&self, item: &Value, words: &[&str]) -> bool {
        let mut text = String::new();
        for column in &self.columns {
            if let Some(value) = at(item, &column.path) {
                text.push_str(&shown_value(value, &column.schema).to_lowercase());
                text.push(' ');
                text.push_str(&meaning(value, &column.schema).unwrap_or_default().to_lowercase());
                text.push(' ');
            }
        }
        words.iter().all(|word| text.contains(word))
    }

    /// The fields that a row's own link fills: those of `link`, of which at least one stands in the row. `request` knows
    /// what was sent. `None`: it is no link of the rows of this table, the row lacks what it takes, or what the row says
    /// makes the call needless.
    pub fn link_values(
        &self,
        link: &Link,
        row: usize,
        request: &dyn Fn(Expression<'_>) -> Option<String>,
    ) -> Option<Vec<(String, String)>> {
        let pointer_in_row = |value: &Value| match value.as_str().and_then(Expression::parse) {
            Some(Expression::ResponseBody(pointer)) => self.in_row(pointer).is_some(),
            _ => false,
        };
        if !link.parameters.iter().any(|(_, value)| pointer_in_row(value)) {
            return None;
        }
        let item = self.items().get(row)?;
        let body = |pointer: &str| match self.in_row(pointer) {
            Some(rest) => item.pointer(rest).map(plain_text),
            None => self.body.pointer(pointer).map(plain_text),
        };
        link::values(link, &body, request)
    }

    /// What a pointer that names the first object of this list says of it. It stands for each of the objects.
    fn in_row<'a>(&self, pointer: &'a str) -> Option<&'a str> {
        let list = json_pointer(&self.path);
        let rest = pointer.strip_prefix(list.trim_start_matches('#'))?.strip_prefix("/0")?;
        (rest.is_empty() || rest.starts_with('/')).then_some(rest)
    }

    /// The value of an object in a column of this table. `None`: the object does not have the field.
    pub fn cell(&self, row: usize, column: &Column) -> Option<Cell> {
        let value = at(self.items().get(row)?, &column.path)?;
        Some(Cell { value: shown_value(value, &column.schema), meaning: meaning(value, &column.schema) })
    }
}

/// What a column is sorted by: numbers by their size, before all texts, and those without regard to capital letters.
#[derive(PartialEq)]
enum SortKey {
    Number(f64),
    Text(String),
}

impl SortKey {
    fn of(value: &Value) -> Self {
        match value.as_f64() {
            Some(number) => Self::Number(number),
            None => Self::Text(plain_text(value).to_lowercase()),
        }
    }
}

impl Eq for SortKey {}

impl PartialOrd for SortKey {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for SortKey {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.total_cmp(b),
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            (Self::Number(_), Self::Text(_)) => Ordering::Less,
            (Self::Text(_), Self::Number(_)) => Ordering::Greater,
        }
    }
}

/// The fields of an object, and of the objects in it.
fn documented(path: &mut Vec<String>, schema: &Schema, columns: &mut Vec<Column>) {
    let Kind::Object(fields) = &schema.kind else { return };
    for field in fields {
        path.push(field.name.clone());
        if matches!(field.schema.kind, Kind::Object(_)) {
            documented(path, &field.schema, columns);
        } else {
            let (description, schema) = (field.schema.description.clone(), field.schema.clone());
            columns.push(Column { name: path.join("."), description, path: path.clone(), schema });
        }
        path.pop();
    }
}

fn at<'a>(value: &'a Value, path: &[String]) -> Option<&'a Value> {
    path.iter().try_fold(value, |value, name| value.get(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::operation;
    use serde_json::json;

    /// The table of a list with these clusters, and the links of its answer.
    fn table(clusters: Value) -> (AnswerTable, Vec<Link>) {
        let text = json!({"type": "string"});
        let status = json!({"oneOf": [{"const": "up", "title": "Running"}, {"const": "x", "title": "Gone"}]});
        let item =
            json!({"type": "object", "properties": {"id": text, "status": status, "nodes": {"type": "integer"}}});
        let schema = json!({"type": "object", "properties": {"Result": {"type": "array", "items": item}}});
        let links = json!({"Switch": {"operationId": "Open", "parameters": {
            "path.InstanceId": "$response.body#/Result/0/id", "region": "$request.query.region", "mode": "on"}, "x-unless": {"$response.body#/Result/0/status": ["on"]}},
            "Page": {"operationId": "List", "parameters": {"page": "$response.body#/Next"}}});
        let answer = json!({"description": "", "content": {"application/json": {"schema": schema}}, "links": links});
        let found = operation("get", "/clusters", json!({"responses": {"200": answer}}));
        let response = found.response(200).unwrap();
        let Kind::Object(fields) = &response.schema.kind else { panic!("an object") };
        let body = Arc::new(json!({"Result": clusters}));
        (AnswerTable::of(&body, &["Result".into()], &fields[0].schema).unwrap(), response.links.clone())
    }

    fn clusters() -> Value {
        json!([{"id": "es-b", "status": "up", "nodes": 10}, {"id": "es-A", "status": "x", "nodes": 9}, {"id": "es-c"}])
    }

    #[test]
    fn rows_are_filtered_by_every_word_of_value_or_meaning_and_sorted_by_a_column() {
        let (table, _) = table(clusters());
        assert_eq!(table.order("", None), [0, 1, 2]);
        assert_eq!(table.order("ES- gone", None), [1]);
        assert_eq!(table.order("nowhere", None), [] as [usize; 0]);
        assert_eq!(table.order("", Some((0, false))), [1, 0, 2], "capital letters do not count");
        assert_eq!(table.order("", Some((2, false))), [2, 1, 0], "numbers by their size; what is missing first");
        assert_eq!(table.order("", Some((2, true))), [0, 1, 2]);
        assert_eq!(table.order("", Some((9, true))), [0, 1, 2], "no such column");
    }

    #[test]
    fn a_link_of_the_first_object_is_one_of_each_row() {
        let (table, links) = table(clusters());
        let sent = |expression: Expression<'_>| {
            (expression == Expression::Request("query", "region")).then(|| String::from("cn-x"))
        };
        let values = table.link_values(&links[0], 1, &sent).unwrap();
        let expected = [("InstanceId", "es-A"), ("region", "cn-x"), ("mode", "on")];
        assert_eq!(values, expected.map(|(name, text)| (name.to_owned(), text.to_owned())));
        assert_eq!(table.link_values(&links[0], 1, &|_| None), None, "what was sent is not known");
        assert_eq!(table.link_values(&links[1], 1, &sent), None, "a link of the whole answer");
        assert_eq!(table.link_values(&links[0], 9, &sent), None);
    }

    #[test]
    fn a_row_that_says_that_a_call_is_needless_has_no_link_to_it() {
        let (table, links) = table(json!([{"id": "a", "status": "on"}, {"id": "b", "status": "off"}, {"id": "c"}]));
        let offered: Vec<bool> =
            (0..3).map(|row| table.link_values(&links[0], row, &|_| Some(String::from("cn-x"))).is_some()).collect();
        assert_eq!(offered, [false, true, true], "a row that does not say it keeps its link");
    }

    #[test]
    fn ten_thousand_rows_are_sorted_and_filtered_at_once() {
        let many = (0..10_000).map(|at| json!({"id": format!("es-{}", at * 7 % 10_000), "nodes": at})).collect();
        let (table, _) = table(many);
        let order = table.order("es-99", Some((1, true)));
        assert_eq!(order.len(), 111);
        assert!(order.windows(2).all(|pair| pair[0] > pair[1]));
    }
}
