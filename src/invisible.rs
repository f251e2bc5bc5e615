//! Characters that come along when a text is copied from a web page, and that nobody can see.

use std::borrow::Cow;

/// Zero-width space, joiners, marks and controls of direction, word joiner, byte order mark, soft hyphen, selectors of
/// variants, tags.
pub(crate) const fn is_invisible(char: char) -> bool {
    matches!(
        char,
        '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{2069}'
            | '\u{61c}'
            | '\u{34f}'
            | '\u{180b}'..='\u{180f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{e0000}'..='\u{e0fff}'
            | '\u{feff}'
            | '\u{ad}'
    )
}

/// A text as it looks: without what nobody can see, and with a plain blank for every other one, such as a no-break space. No two
/// texts that look the same differ in these.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    let is_odd_blank = |char: char| char.is_whitespace() && !char.is_ascii();
    if !text.contains(|char| is_invisible(char) || is_odd_blank(char)) {
        return Cow::Borrowed(text);
    }
    let seen = text.chars().filter(|char| !is_invisible(*char));
    let plain: String = seen.map(|char| if is_odd_blank(char) { ' ' } else { char }).collect();
    Cow::Owned(plain.trim().to_owned())
}
