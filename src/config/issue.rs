//! What can be wrong with `config.json`.

use super::spelling::nearest;
use crate::proxy::ProxyError;
use thiserror::Error;

/// Something in `config.json` that is not used as it stands, or that can hardly be meant.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("config.json{path}: {reason}")]
pub struct ConfigIssue {
    /// JSON pointer with a leading `#`.
    pub path: String,
    /// What is wrong there.
    pub reason: ConfigReason,
    /// It was to forbid something: all that it could forbid is forbidden now.
    pub closes: bool,
}

/// What is wrong with a value of the configuration.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ConfigReason {
    /// The file could not be fetched.
    #[error("not found: {0}")]
    Absent(String),
    /// Not JSON: the parser's complaint, with line and column.
    #[error("not JSON: {0}")]
    Syntax(String),
    /// A key that means nothing.
    #[error("unknown key; {}", meant_or_all(has, of))]
    UnknownKey {
        /// The key that stands there.
        has: String,
        /// Those that could.
        of: Vec<&'static str>,
    },
    /// A key that must be there is not.
    #[error("missing")]
    Missing,
    /// A value of another type than it must have.
    #[error("must be {0}")]
    Type(&'static str),
    /// Not a whole number within these limits.
    #[error("must be a whole number from {0} to {1}")]
    Range(u64, u64),
    /// A word that is not one of these.
    #[error("{}must be one of {}", meant(has, of), of.join(", "))]
    Choice {
        /// The word that stands there.
        has: String,
        /// Those that could.
        of: Vec<String>,
    },
    /// A list or a text with nothing in it.
    #[error("must not be empty")]
    Empty,
    /// A list with items, none of them right.
    #[error("nothing in this list is right")]
    NothingLeft,
    /// A name or a file used before.
    #[error("{0} is used twice")]
    Duplicate(String),
    /// A description on another site could send signed calls anywhere.
    #[error("must be a file of this site, such as apis/name.json")]
    ForeignFile,
    /// A server that is more or less than a host.
    #[error("must be https:// and a host, and nothing else")]
    Host,
    /// A proxy address that cannot be used.
    #[error("{0}")]
    Proxy(ProxyError),
    /// A key that stands there twice.
    #[error("this key stands here twice")]
    Twice,
    /// A key of a proxy on a connection that is none.
    #[error("only a proxy has this key")]
    NoProxy,
    /// A proxy that is called without TLS.
    #[error("over http:// credentials travel in clear")]
    InClear,
    /// A name that no description has.
    #[error("no description has this {what}{}", hint(meant, of))]
    UnknownName {
        /// What it should be the name of.
        what: &'static str,
        /// The one that was meant.
        meant: Option<String>,
        /// Those that there are; empty where they are too many to be told.
        of: Vec<String>,
    },
    /// A pattern that lets nothing through.
    #[error("fits no {what} that the descriptions have{}", hint(meant, &[]))]
    FitsNothing {
        /// What it should fit.
        what: &'static str,
        /// A pattern that would.
        meant: Option<String>,
    },
}

/// The one that was meant; where nobody can tell, all of them.
fn meant_or_all(has: &str, of: &[&str]) -> String {
    match nearest(has, of) {
        Some(known) => format!("did you mean {known}?"),
        None => format!("known are {}", of.join(", ")),
    }
}

/// The one that was meant, as far as spelling tells.
fn meant<T: AsRef<str>>(has: &str, of: &[T]) -> String {
    nearest(has, of).map(|known| format!("did you mean {known}? ")).unwrap_or_default()
}

/// The same behind a sentence; all that there are where nothing is near.
fn hint(meant: &Option<String>, of: &[String]) -> String {
    match (meant, of) {
        (Some(meant), _) => format!(" (did you mean {meant}?)"),
        (None, []) => String::new(),
        (None, of) => format!(" (known are {})", of.join(", ")),
    }
}

/// A key as a step of a JSON pointer (RFC 6901): it may have slashes of its own.
pub(super) fn step(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
