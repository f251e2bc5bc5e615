//! What a valid draft says: the only input from which a request is built.

use serde_json::Value;

/// The checked values of one call. Made by [`super::validate`] only.
#[derive(Clone, PartialEq)]
pub struct Arguments {
    pub(super) host: String,
    pub(super) path: Vec<(String, String)>,
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Option<Value>,
    pub(super) body_shown: Option<Value>,
}

/// Values can be secrets: only where the call goes is printed.
impl std::fmt::Debug for Arguments {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Arguments").field("host", &self.host).finish_non_exhaustive()
    }
}

impl Arguments {
    /// The host of the chosen server, without scheme.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Name and value of each path parameter; none is empty, holds a slash or is a step such as `..`.
    pub fn path(&self) -> &[(String, String)] {
        &self.path
    }

    /// Name and value of each query parameter, in the order of the description.
    pub fn query(&self) -> &[(String, String)] {
        &self.query
    }

    /// Name and value of each header parameter; the values are valid in a header.
    pub fn headers(&self) -> &[(String, String)] {
        &self.headers
    }

    /// The body. Numbers keep the text that was typed.
    pub fn body(&self) -> Option<&Value> {
        self.body.as_ref()
    }

    /// The body with every secret replaced, for the screen.
    pub fn body_shown(&self) -> Option<&Value> {
        self.body_shown.as_ref()
    }
}
