//! A text that is never printed, cloned or stored.

use super::scheme::keeps_blanks;
use crate::invisible::is_invisible;
use zeroize::Zeroizing;

/// The memory of the text is overwritten when it is dropped. No `Clone`, `Display` or `Serialize`; `Debug` shows nothing.
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Copies the text without blanks and characters that nobody can see. Keys and tokens have none; line breaks come from
    /// copying, and a browser's input turns them into blanks.
    pub fn new(text: &str) -> Self {
        // With the whole capacity from the beginning: a string that grows leaves copies of its beginning in memory.
        let mut kept = Zeroizing::new(String::with_capacity(text.len()));
        kept.extend(text.chars().filter(|c| !c.is_whitespace() && !is_invisible(*c)));
        Self(kept)
    }

    /// Copies the text as it is: a password.
    pub fn exact(text: &str) -> Self {
        let mut kept = Zeroizing::new(String::with_capacity(text.len()));
        kept.push_str(text);
        Self(kept)
    }

    /// Copies what was typed into the input of this label.
    pub fn typed(label: &str, text: &str) -> Self {
        if keeps_blanks(label) { Self::exact(text) } else { Self::new(text) }
    }

    /// Lends the text to `read`.
    pub fn with<T>(&self, read: impl FnOnce(&str) -> T) -> T {
        read(&self.0)
    }

    /// The text of an input that is not secret, such as the id of a project.
    pub(crate) fn public_text(&self) -> &str {
        &self.0
    }

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
    fn characters_that_nobody_can_see_go() {
        let pasted = "\u{200b}LTAI5t\u{ad}Dummy\u{2060}Access\u{200e}KeyId\u{feff}";
        Secret::new(pasted).with(|text| assert_eq!(text, "LTAI5tDummyAccessKeyId"));
        Secret::typed(crate::sign::scheme::KEY_ID, pasted).with(|text| assert_eq!(text, "LTAI5tDummyAccessKeyId"));
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", Secret::new("hunter2")), "Secret(***)");
    }
}
