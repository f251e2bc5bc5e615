//! Characters that come along when a text is copied from a web page, and that nobody can see.

/// Zero-width space, joiners and marks of direction, word joiner, byte order mark, soft hyphen.
pub(crate) const fn is_invisible(char: char) -> bool {
    matches!(char, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}
