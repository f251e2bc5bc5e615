//! A text that is never printed, copied or stored.

use zeroize::Zeroizing;

/// Overwritten when dropped. No `Clone`, `Display` or `Serialize`; `Debug` shows nothing. What cannot be reached from
/// here: the text in the page's input, and the header that is being sent.
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes the text over. Keys and tokens have no blanks; line breaks come from copying, and a browser's input turns
    /// them into blanks.
    pub fn new(text: &str) -> Self {
        Self(Zeroizing::new(text.chars().filter(|c| !c.is_whitespace()).collect()))
    }

    /// Lends the text to `read`.
    pub fn with<T>(&self, read: impl FnOnce(&str) -> T) -> T {
        read(&self.0)
    }

    /// The text of what is typed among the secrets and is none, such as a project's id.
    pub(crate) fn no_secret(&self) -> &str {
        &self.0
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
        let lines = vec!["c".repeat(76); 420];
        for separator in [
            "
", "
", " ",
        ] {
            let token = format!(
                " 	{}==
",
                lines.join(separator)
            );
            Secret::new(&token).with(|text| assert_eq!(text, format!("{}==", "c".repeat(76 * 420))));
        }
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", Secret::new("hunter2")), "Secret(***)");
    }
}
