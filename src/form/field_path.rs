//! Where a value belongs.

use crate::catalog::{Field, Location};

/// Where a value belongs: a parameter, a property of the body (`a.b`), an item of an array (`a.0`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldPath {
    /// The part of the request.
    pub location: Location,
    /// Names and indices, joined by dots.
    pub path: String,
}

impl FieldPath {
    /// The path of a field at the top of the form.
    pub fn of(field: &Field) -> Self {
        Self { location: field.location, path: field.name.clone() }
    }

    /// The path of a property or an item below this one.
    pub fn child(&self, name: impl std::fmt::Display) -> Self {
        let path = if self.path.is_empty() { name.to_string() } else { format!("{}.{name}", self.path) };
        Self { location: self.location, path }
    }

    /// The last of its names; the number of an item of an array.
    pub(crate) fn name(&self) -> &str {
        self.path.rsplit('.').next().unwrap_or_default()
    }

    /// The path of the whole body, for bodies that are not an object.
    pub fn body() -> Self {
        Self { location: Location::Body, path: String::new() }
    }

    pub(super) fn is_below(&self, parent: &Self) -> bool {
        let rest = self.path.strip_prefix(&parent.path).unwrap_or_default();
        // The whole body has the empty path: all its properties are below it.
        let below = if parent.path.is_empty() { !rest.is_empty() } else { rest.starts_with('.') };
        self.location == parent.location && below
    }
}
