//! What a valid draft says: the only input from which a request is built.

use super::value::ArgumentValue;
use crate::catalog::Serialization;

/// The checked values of one call. Made by [`super::validate`] only.
#[derive(Clone, PartialEq)]
pub struct Arguments {
    pub(super) host: String,
    pub(super) base_path: String,
    pub(super) path: Vec<Argument>,
    pub(super) query: Vec<Argument>,
    pub(super) headers: Vec<Argument>,
    pub(super) body: Option<ArgumentValue>,
}

/// One parameter and its value.
#[derive(Clone, PartialEq)]
pub struct Argument {
    /// The API's own name.
    pub name: String,
    /// How the value is spelled.
    pub serialization: Serialization,
    pub value: ArgumentValue,
}

/// Values can be secrets: only names are printed.
impl std::fmt::Debug for Argument {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name)
    }
}

/// Values can be secrets: only where the call goes is printed.
impl std::fmt::Debug for Arguments {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Arguments").field("host", &self.host).finish_non_exhaustive()
    }
}

impl Arguments {
    /// The host of the chosen server, without scheme, with its port if there is one.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// What the server puts before every path: empty, or with a leading slash and none at the end.
    pub fn base_path(&self) -> &str {
        &self.base_path
    }

    /// The path parameters; no text in them is empty, holds a slash or is a step such as `..`.
    pub fn path(&self) -> &[Argument] {
        &self.path
    }

    /// The query parameters, in the order of the description.
    pub fn query(&self) -> &[Argument] {
        &self.query
    }

    /// The header parameters; their texts are valid in a header.
    pub fn headers(&self) -> &[Argument] {
        &self.headers
    }

    pub fn body(&self) -> Option<&ArgumentValue> {
        self.body.as_ref()
    }
}
