//! A text that is never printed, copied or stored.

use zeroize::Zeroizing;

/// Overwritten when dropped. No `Clone`, `Display` or `Serialize`; `Debug` shows nothing. What cannot be reached from
/// here: the text in the page's input, and the header that is being sent.
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes the text over. Blanks around it and line breaks inside it come from copying, never from the provider.
    pub fn new(text: &str) -> Self {
        Self(Zeroizing::new(text.trim().chars().filter(|c| !matches!(c, '\r' | '\n')).collect()))
    }

    /// Lends the text to `read`.
    pub fn with<T>(&self, read: impl FnOnce(&str) -> T) -> T {
        read(&self.0)
    }

    /// Whether there is anything.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_line_breaks_of_copying_go_and_nothing_else() {
        let token = format!(" \tMII{}\r\n{}==\n", "a b".repeat(10), "c".repeat(32_000));
        Secret::new(&token).with(|text| {
            assert_eq!(text.len(), 3 + 30 + 32_000 + 2);
            assert!(text.starts_with("MIIa b") && text.ends_with("c=="));
        });
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", Secret::new("hunter2")), "Secret(***)");
    }
}
