//! Rows from JSON: a list, the only list of an object, or values one after the other.

use super::{MOST_COLUMNS, TableError, TableRow};
use crate::catalog::plain_text;
use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Deserializer, Map, Value};

pub(super) struct Reader {
    text: String,
    /// Where the next value begins, and in which line.
    at: usize,
    line: usize,
    is_list: bool,
    /// The list is inside an object: what follows it does not matter.
    is_inner: bool,
    /// An item was read: a comma comes before the next one.
    is_begun: bool,
    /// The names of the objects' members, and their columns.
    names: IndexMap<String, usize>,
    shape: Option<Shape>,
    /// How many items were read. Where all of them are in one line, they are told by their numbers.
    items: usize,
    is_one_line: bool,
    /// The line of the first item that is none of the shape.
    odd: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Objects,
    /// Lists of cells, or single texts.
    Cells,
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").field("line", &self.line).finish_non_exhaustive()
    }
}

impl Reader {
    pub(super) fn new(text: &str) -> Result<Self, TableError> {
        let mut reader = Self {
            text: text.to_owned(),
            at: 0,
            line: 1,
            is_list: false,
            is_inner: false,
            is_begun: false,
            names: IndexMap::new(),
            shape: None,
            items: 0,
            is_one_line: !text.trim().contains('\n'),
            odd: None,
        };
        reader.pass_blanks();
        if reader.peek() == Some('{') {
            reader.enter_only_list();
        }
        if reader.peek() == Some('[') {
            reader.is_list = true;
            reader.pass(1);
        }
        Ok(reader)
    }

    /// The names of the columns; `None`: the rows have none.
    pub(super) fn into_names(self) -> Option<Vec<String>> {
        (self.shape == Some(Shape::Objects)).then(|| self.names.into_keys().collect())
    }

    pub(super) fn next(&mut self) -> Result<Option<TableRow>, TableError> {
        loop {
            let Some((line, value)) = self.value()? else { return self.rows_are_over() };
            let is_wanted = match &value {
                Value::Object(_) => *self.shape.get_or_insert(Shape::Objects) == Shape::Objects,
                Value::Array(_) | Value::String(_) => *self.shape.get_or_insert(Shape::Cells) == Shape::Cells,
                _ => false,
            };
            let cells = match value {
                Value::Object(members) if is_wanted => self.columns(members),
                Value::Array(items) if is_wanted => items.iter().map(cell).collect(),
                text @ Value::String(_) if is_wanted => vec![cell(&text)],
                // One odd item keeps nobody from the others: it is a row that does not fit, as it was written.
                odd => {
                    self.odd.get_or_insert(line);
                    vec![odd.to_string()]
                }
            };
            if cells.len() > MOST_COLUMNS || cells.iter().any(|cell| !cell.is_empty()) {
                let line = if self.is_one_line { self.items } else { line };
                return Ok(Some(TableRow { index: 0, line, cells }));
            }
        }
    }

    /// Without one row of a shape it is no list of rows.
    fn rows_are_over(&self) -> Result<Option<TableRow>, TableError> {
        match (self.shape, self.odd) {
            (None, Some(line)) => Err(TableError::NotAList { line }),
            _ => Ok(None),
        }
    }

    /// The members of an object, each in the column of its name.
    fn columns(&mut self, members: Map<String, Value>) -> Vec<String> {
        let mut cells = vec![String::new(); self.names.len()];
        for (name, value) in members {
            let next = self.names.len();
            let column = *self.names.entry(name).or_insert(next);
            cells.resize(cells.len().max(column + 1), String::new());
            if let Some(place) = cells.get_mut(column) {
                *place = cell(&value);
            }
        }
        cells
    }

    /// The next value and its line.
    fn value(&mut self) -> Result<Option<(usize, Value)>, TableError> {
        self.pass_blanks();
        if self.is_list {
            if self.peek() == Some(']') {
                return self.end();
            }
            if self.is_begun {
                if self.peek() != Some(',') {
                    return Err(self.error(String::from("expected `,` or `]`")));
                }
                self.pass(1);
                self.pass_blanks();
            }
        } else if self.peek().is_none() {
            return Ok(None);
        }
        self.is_begun = true;
        self.items += 1;
        let line = self.line;
        let (length, value) = {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let raw = <&RawValue>::deserialize(&mut Deserializer::from_str(rest));
            let read = raw.and_then(|raw| Ok((raw.get().len(), serde_json::from_str(raw.get())?)));
            read.map_err(|error| TableError::NotJson {
                line: line + error.line().saturating_sub(1),
                reason: error.to_string(),
            })?
        };
        self.pass(length);
        Ok(Some((line, value)))
    }

    fn end(&mut self) -> Result<Option<(usize, Value)>, TableError> {
        if self.is_inner {
            return Ok(None);
        }
        let (at, line) = (self.at, self.line);
        self.pass(1);
        self.pass_blanks();
        if self.peek().is_some() {
            return Err(self.error(String::from("trailing characters")));
        }
        (self.at, self.line) = (at, line);
        Ok(None)
    }

    fn error(&self, reason: String) -> TableError {
        TableError::NotJson { line: self.line, reason }
    }

    /// One object whose only list has objects is the answer of an API: the list is meant.
    fn enter_only_list(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let Ok(members) = serde_json::from_str::<IndexMap<&str, &RawValue>>(rest) else { return };
        let is_list = |raw: &&&RawValue| {
            let inner = raw.get().strip_prefix('[').map(str::trim_start);
            inner.is_some_and(|inner| inner.starts_with('{'))
        };
        let mut lists = members.values().filter(is_list);
        if let (Some(list), None) = (lists.next(), lists.next()) {
            let inside = list.get().as_ptr() as usize - rest.as_ptr() as usize;
            self.is_inner = true;
            self.pass(inside);
        }
    }

    fn peek(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    fn pass(&mut self, bytes: usize) {
        let passed = self.text.as_bytes().get(self.at..self.at + bytes).unwrap_or_default();
        self.line += passed.iter().filter(|byte| **byte == b'\n').count();
        self.at += bytes;
    }

    fn pass_blanks(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
        self.pass(blanks);
    }
}

/// A value as the text of a cell.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        value => plain_text(value).trim().to_owned(),
    }
}
