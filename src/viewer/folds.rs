//! Which lines are folded: a bit a line.

use super::Document;

/// The lines whose content is hidden.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folds {
    bits: Vec<u64>,
}

impl Folds {
    pub fn contains(&self, line: usize) -> bool {
        self.bits.get(line / 64).is_some_and(|word| word & (1 << (line % 64)) != 0)
    }

    /// Folds a line that opens something, or unfolds it.
    pub fn set(&mut self, document: &Document, line: usize, folded: bool) {
        if !document.index().kind(line).opens() {
            return;
        }
        if self.bits.len() <= line / 64 {
            self.bits.resize(line / 64 + 1, 0);
        }
        if let Some(word) = self.bits.get_mut(line / 64) {
            *word = if folded { *word | 1 << (line % 64) } else { *word & !(1 << (line % 64)) };
        }
    }

    /// Everything that has so many levels around it is folded, and nothing else.
    pub fn to_depth(document: &Document, depth: usize) -> Self {
        let mut folds = Self { bits: vec![0; document.lines().div_ceil(64)] };
        for line in (0..document.lines()).filter(|line| document.index().depth(*line) >= depth) {
            folds.set(document, line, true);
        }
        folds
    }

    /// Unfolds what a line is in. Whether anything was folded.
    pub fn reveal(&mut self, document: &Document, line: usize) -> bool {
        let mut changed = false;
        let mut at = line;
        while let Some((parent, _)) = document.index().parent(at) {
            changed |= self.contains(parent);
            self.set(document, parent, false);
            at = parent;
        }
        changed
    }

    /// The first folded line from here on.
    pub(super) fn next(&self, line: usize) -> Option<usize> {
        let first = self.bits.get(line / 64)? & (u64::MAX << (line % 64));
        let rest = self.bits.iter().enumerate().skip(line / 64 + 1).map(|(place, word)| (place, *word));
        let found = std::iter::once((line / 64, first)).chain(rest).find(|(_, word)| *word != 0);
        found.map(|(place, word)| place * 64 + word.trailing_zeros() as usize)
    }
}
