//! Secrets that are known by their value.

use super::Secrets;
use super::encoded::encoded;
use super::spelling::{after_break, is_escape, readings};

/// Shorter ones would mask ordinary words, and are no secrets that a cloud gives out.
const SHORTEST: usize = 6;
/// So many bytes of a longer secret are as good as all of it: an echo may be cut off. Ordinary words that begin like a
/// secret are shorter.
const ENOUGH: usize = 12;
/// All pairs of bytes.
const PAIRS: usize = 1 << 16;
/// Steps at one place in which every reading is tried. Only a text made to be slow needs more.
const STEPS: usize = 64;

/// Known secrets, to be found in any spelling in one pass over a text.
#[derive(Default)]
pub(in crate::outcome) struct Values {
    sorted: Secrets,
    /// The pairs of bytes that a secret can begin with: a bit each.
    pairs: Vec<u64>,
}

/// Secrets that have their first bytes in common: those of this range of the sorted ones have so many.
#[derive(Clone, Copy)]
struct Same {
    from: usize,
    to: usize,
    bytes: usize,
}

impl Values {
    pub(in crate::outcome) fn new(mut secrets: Secrets) -> Self {
        secrets.retain(|secret| secret.len() >= SHORTEST);
        secrets.extend(encoded(&secrets));
        secrets.sort_by(|one, other| one.as_slice().cmp(other));
        secrets.dedup();
        let mut values = Self { sorted: secrets, pairs: vec![0; PAIRS / 64] };
        for pair in 0..=u16::MAX {
            let [first, second] = pair.to_be_bytes();
            if is_escape(first) {
                values.allow(first, second);
            }
        }
        for at in 0..values.sorted.len() {
            if let Some(&[first, second, ..]) = values.sorted.get(at).map(|secret| secret.as_slice()) {
                values.allow(first, second);
                (0..=u8::MAX).filter(|byte| is_escape(*byte)).for_each(|escape| values.allow(first, escape));
            }
        }
        values
    }

    fn allow(&mut self, first: u8, second: u8) {
        let pair = usize::from(u16::from_be_bytes([first, second]));
        if let Some(bits) = self.pairs.get_mut(pair / 64) {
            *bits |= 1 << (pair % 64);
        }
    }

    /// Whether a secret can begin with these bytes. Most pairs begin none, and this goes through answers of many megabytes.
    fn may_begin(&self, first: u8, second: u8) -> bool {
        let pair = usize::from(u16::from_be_bytes([first, second]));
        self.pairs.get(pair / 64).is_some_and(|bits| bits & (1 << (pair % 64)) != 0)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }

    /// Whether any of the secrets is in a text.
    pub(super) fn are_in(&self, text: &[u8]) -> bool {
        let may_begin = |(_, pair): &(usize, &[u8])| matches!(pair, [first, second] if self.may_begin(*first, *second));
        let places = text.windows(2).enumerate().filter(may_begin);
        !self.is_empty() && places.map(|(at, _)| at).any(|at| self.end_of_match(text, at).is_some())
    }

    /// The end of the longest secret that begins at this place.
    pub(super) fn end_of_match(&self, text: &[u8], at: usize) -> Option<usize> {
        if self.is_empty() || !matches!(text.get(at..at + 2), Some([first, second]) if self.may_begin(*first, *second))
        {
            return None;
        }
        let all = Same { from: 0, to: self.sorted.len(), bytes: 0 };
        let end = self.longest(text, at, all, &mut { STEPS })?;
        // Not in the middle of a character.
        let rest = text.iter().skip(end).take_while(|byte| **byte & 0xc0 == 0x80).count();
        Some(end + rest)
    }

    fn longest(&self, text: &[u8], at: usize, same: Same, steps: &mut usize) -> Option<usize> {
        if same.bytes >= ENOUGH && *steps == 0 {
            return Some(self.as_far_as_it_goes(text, at, same));
        }
        let is_whole = self.sorted.get(same.from).is_some_and(|secret| secret.len() == same.bytes);
        let mut best = (is_whole || same.bytes >= ENOUGH).then_some(at);
        for (end, same) in self.next(text, at, same) {
            if *steps > 0 {
                *steps -= 1;
                best = best.max(self.longest(text, end, same, steps));
            }
        }
        best
    }

    fn as_far_as_it_goes(&self, text: &[u8], mut at: usize, mut same: Same) -> usize {
        while let Some((end, narrower)) = self.next(text, at, same).first().copied() {
            (at, same) = (end, narrower);
        }
        at
    }

    /// Where the text goes on with what a secret goes on with. A long text may be wrapped: then behind the line break.
    fn next(&self, text: &[u8], at: usize, same: Same) -> Vec<(usize, Same)> {
        let read = |at| -> Vec<(usize, Same)> {
            readings(text, at).filter_map(|reading| Some((reading.end, self.narrow(same, reading.bytes())?))).collect()
        };
        let found = read(at);
        let is_inside = found.is_empty() && same.bytes > 0;
        let wrapped = is_inside.then(|| after_break(text, at)).flatten();
        wrapped.map_or(found, read)
    }

    /// The secrets that go on with these bytes.
    fn narrow(&self, same: Same, bytes: &[u8]) -> Option<Same> {
        bytes.iter().try_fold(same, |Same { from, to, bytes }, byte| {
            let range = self.sorted.get(from..to)?;
            let start = range.partition_point(|secret| secret.get(bytes) < Some(byte));
            let end = range.partition_point(|secret| secret.get(bytes) <= Some(byte));
            (start < end).then_some(Same { from: from + start, to: from + end, bytes: bytes + 1 })
        })
    }
}
