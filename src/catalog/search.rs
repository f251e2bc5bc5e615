//! Finding something by a few letters of anything that names it.

/// Whether every word of `query` occurs in a text, in capitals or not. An empty query finds everything.
pub fn is_found(text: &str, query: &str) -> bool {
    let (text, query) = (text.to_lowercase(), query.to_lowercase());
    query.split_whitespace().all(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::is_found;

    #[test]
    fn every_word_must_occur_in_any_order() {
        let text = "Enable or disable SSL Huawei Cloud TaurusDB PUT /v3/{project_id}/ssl-option";
        for query in ["", " ", "ssl", "taurus SSL", "put /v3", "SsL dis"] {
            assert!(is_found(text, query), "{query}");
        }
        for query in ["https", "ssl https", "sslx"] {
            assert!(!is_found(text, query), "{query}");
        }
    }
}
