//! Finding an operation by a few letters of anything that names it.

use super::load::Api;

/// The texts of one description that a search looks at. They are made once, not at each key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchIndex(Vec<String>);

impl SearchIndex {
    /// The names, verb and path of each operation, with the product's title.
    pub fn of(api: &Api) -> Self {
        let text = |entry: &super::OperationEntry| {
            [&api.title, &entry.summary, &entry.id, entry.method.as_str(), &entry.path].join(" ").to_lowercase()
        };
        Self(api.operations.iter().map(text).collect())
    }

    /// The places in [`Api::operations`] of those in which every word of `query` occurs.
    pub fn find(&self, query: &str) -> Vec<usize> {
        let query = query.to_lowercase();
        let is_found = |text: &String| query.split_whitespace().all(|word| text.contains(word));
        self.0.iter().enumerate().filter(|(_, text)| is_found(text)).map(|(index, _)| index).collect()
    }
}
