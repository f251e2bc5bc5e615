//! A list of objects in an answer, as a table. Its cells are made when they are shown: a list can be long.

use super::documented_value::{meaning, shown_value};
use crate::catalog::{Kind, Schema};
use serde_json::Value;
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
        Some(Self { name: path.join("."), columns, body: body.clone(), path: path.to_vec() })
    }

    fn items(&self) -> &[Value] {
        at(&self.body, &self.path).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
    }

    /// How many objects there are.
    pub fn rows(&self) -> usize {
        self.items().len()
    }

    /// The value of an object in a column of this table. `None`: the object does not have the field.
    pub fn cell(&self, row: usize, column: &Column) -> Option<Cell> {
        let value = at(self.items().get(row)?, &column.path)?;
        Some(Cell { value: shown_value(value, &column.schema), meaning: meaning(value, &column.schema) })
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
