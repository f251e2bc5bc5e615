//! What can be wrong with `config.json`, as data.

use super::spelling::nearest;
use crate::json_pointer::json_pointer;
use crate::proxy::ProxyError;

/// Something in `config.json` that is not used as it stands, or that can hardly be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigIssue {
    /// JSON pointer with a leading `#`.
    pub path: String,
    /// What is wrong there.
    pub reason: ConfigReason,
    /// A restriction stands there: everything that it could forbid is forbidden now.
    pub fail_closed: bool,
}

/// What is wrong with a value of the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConfigReason {
    /// The file could not be fetched: what the browser or the server says instead.
    Absent(String),
    /// Not JSON: the parser's complaint, with line and column.
    Syntax(String),
    /// A key that means nothing.
    UnknownKey(Suggestion),
    /// A key that must be there is not.
    Missing,
    /// A value of another type than this.
    Type(ValueType),
    /// Not a whole number between these two.
    Range(u64, u64),
    /// A word that is not one of these.
    Choice(Suggestion),
    /// A list or a text with nothing in it.
    Empty,
    /// A list of which no item is right.
    NothingLeft,
    /// A name or a file used before.
    Duplicate(String),
    /// A description on another site could send signed calls anywhere.
    ForeignFile,
    /// A server that is more or less than `https://` and a host.
    Host,
    /// A proxy address that cannot be used.
    Proxy(ProxyError),
    /// A key that stands twice in one object.
    DuplicateKey,
    /// A key of a proxy on a connection that is none.
    NoProxy,
    /// A proxy that is called without TLS.
    InClear,
    /// A name that no description has.
    UnknownName(NameKind, Suggestion),
    /// A pattern that nothing in the descriptions fits, and what was probably meant.
    FitsNothing(NameKind, Option<String>),
}

/// What could stand there instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What was probably meant, as far as spelling tells.
    pub meant: Option<String>,
    /// All that is possible; empty where that is too much to list.
    pub of: Vec<String>,
}

impl Suggestion {
    pub(super) fn new<T: AsRef<str>>(has: &str, of: &[T]) -> Self {
        let of: Vec<String> = of.iter().map(|known| known.as_ref().to_owned()).collect();
        Self { meant: nearest(has, &of).cloned(), of }
    }
}

/// What a value must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueType {
    /// `true` or `false`.
    Boolean,
    /// `[…]`
    List,
    /// `{…}`
    Object,
    /// `"…"`
    String,
}

/// What a name in `config.json` names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameKind {
    /// `api/operationId`.
    Operation,
    /// `x-provider` of a description.
    Provider,
    /// `x-region` of a server.
    Region,
}

/// An issue at the end of this path.
pub(super) fn issue<T: AsRef<str>>(path: &[T], reason: ConfigReason) -> ConfigIssue {
    ConfigIssue { path: json_pointer(path), reason, fail_closed: false }
}
