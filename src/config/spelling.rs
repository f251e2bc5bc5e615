//! What was meant by a name that there is none of, as far as spelling tells.

use strsim::osa_distance;

/// No name of a region, a provider or a field has so many bytes.
const LONGEST: usize = 200;

/// How many letters are missing, too many or wrong, or neighbours exchanged. Upper and lower case do not matter.
fn distance(has: &str, known: &str) -> usize {
    osa_distance(&has.to_lowercase(), &known.to_lowercase())
}

/// Whether one name is a misspelling of another, which is not short.
pub(super) fn is_misspelling(has: &str, known: &str) -> bool {
    distance(has, known) <= 2
}

/// The known name that was meant: a third of its letters may differ. A text that is much longer than any name is none: the
/// comparison takes as long as both together.
pub(crate) fn nearest<T: AsRef<str>>(has: &str, known: impl IntoIterator<Item = T>) -> Option<T> {
    let near = |name: &T| {
        let (distance, letters) = (distance(has, name.as_ref()), name.as_ref().chars().count());
        distance < letters && distance <= (letters / 3).max(1)
    };
    if has.len() > LONGEST {
        return None;
    }
    known.into_iter().filter(near).min_by_key(|name| distance(has, name.as_ref()))
}

/// Whether one letter is missing, too many or wrong, or two neighbours are exchanged. Another digit is another name.
pub(crate) fn is_typo(has: &str, known: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    has.len() <= LONGEST && osa_distance(has, known) == 1 && digits(has) == digits(known)
}
