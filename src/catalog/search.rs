//! Finding an operation by a few letters of anything that names it.

use super::load::{Api, OperationEntry};

/// Whether every word of `query` occurs in the operation's names, path or verb, or in the product's title.
pub fn matches(query: &str, api: &Api, entry: &OperationEntry) -> bool {
    let text =
        [&api.title, &entry.summary, &entry.id, entry.method.as_str(), &entry.path].join(" ").to_ascii_lowercase();
    query.to_ascii_lowercase().split_whitespace().all(|word| text.contains(word))
}
