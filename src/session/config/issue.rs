//! What can be wrong with `config.json`.

use crate::proxy::ProxyError;
use thiserror::Error;

/// Something in `config.json` that is not used as it stands.
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
    #[error("unknown key; {}known are {}", meant(has, of), of.join(", "))]
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
    /// A name used before.
    #[error("the name {0} is used twice")]
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
}

/// The one that was meant, as far as spelling tells.
fn meant<T: AsRef<str>>(has: &str, of: &[T]) -> String {
    let far = |known: &&str| distance(&has.to_lowercase(), &known.to_lowercase());
    let nearest = of.iter().map(AsRef::as_ref).min_by_key(far);
    // A third of the letters, or one; all of them are no spelling mistake.
    let near = |known: &&str| far(known) <= (known.len() / 3).max(1) && far(known) < known.len();
    let nearest = nearest.filter(near);
    nearest.map(|known| format!("did you mean {known}? ")).unwrap_or_default()
}

/// How many letters must be added, left out or exchanged (Levenshtein).
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (index, letter) in from.chars().enumerate() {
        let mut next = vec![index + 1];
        for (other, pair) in to.iter().zip(row.windows(2)) {
            let &[diagonal, above] = pair else { continue };
            let left = next.last().copied().unwrap_or_default();
            next.push((diagonal + usize::from(*other != letter)).min(above + 1).min(left + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}
