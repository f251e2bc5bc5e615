//! What was meant by a name that there is none of, as far as spelling tells.

/// Whether one name is another with one slip of the pen: of what lies between the letters that both begin with and those
/// that both end with, each has two at most. Upper and lower case do not matter.
pub(super) fn is_slip(has: &str, known: &str) -> bool {
    let alike = |pair: &(u8, u8)| pair.0.eq_ignore_ascii_case(&pair.1);
    let head = has.bytes().zip(known.bytes()).take_while(alike).count();
    let tail = has.bytes().rev().zip(known.bytes().rev()).take_while(alike).count();
    let (long, short) = (has.len().max(known.len()), has.len().min(known.len()));
    // In "aab" and "aaab" the same letters are counted from both ends.
    long <= short.min(head + tail) + 2
}

/// The known name that was meant: one slip away, or about a third of the letters.
pub(crate) fn nearest<'a, T: AsRef<str>>(has: &str, of: &'a [T]) -> Option<&'a str> {
    let far = |known: &str| distance(&has.to_lowercase(), &known.to_lowercase());
    // Half of the letters are no spelling mistake.
    let near = |known: &&str| {
        let (far, letters) = (far(known), known.chars().count());
        (far <= (letters / 3).max(1) || is_slip(has, known) && far * 2 <= letters) && far < letters
    };
    of.iter().map(AsRef::as_ref).filter(near).min_by_key(|known| (!is_slip(has, known), far(known)))
}

/// Whether one letter is missing, too many or wrong, or two are exchanged, and no digit: another digit is another name.
pub(super) fn is_typo(has: &str, known: &str) -> bool {
    let same = |pair: &(u8, u8)| pair.0 == pair.1;
    let head = has.bytes().zip(known.bytes()).take_while(same).count();
    let tail = has.bytes().rev().zip(known.bytes().rev()).take_while(same).count();
    let tail = tail.min(has.len().min(known.len()).saturating_sub(head));
    let left = |text: &str| text.bytes().take(text.len() - tail).skip(head).collect::<Vec<u8>>();
    match (left(has).as_slice(), left(known).as_slice()) {
        ([], []) => false,
        ([], [one]) | ([one], []) => !one.is_ascii_digit(),
        ([one], [other]) => !one.is_ascii_digit() && !other.is_ascii_digit(),
        ([a, b], [c, d]) => a == d && b == c && !a.is_ascii_digit() && !b.is_ascii_digit(),
        _ => false,
    }
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
