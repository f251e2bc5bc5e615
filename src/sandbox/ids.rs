//! The ids that the clouds give out.

/// A small seeded generator (SplitMix64): ids must differ, not be secret.
#[derive(Debug)]
pub(super) struct Ids(u64);

/// Another number for each number, without a visible pattern; 0 for 0.
pub(super) fn mix(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

impl Ids {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    /// A version 4 UUID as text, in lower case.
    pub(super) fn uuid(&mut self) -> String {
        let (high, low) = (self.next(), self.next());
        format!(
            "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xffff,
            high & 0xfff,
            0x8000 | (low >> 48) & 0x3fff,
            low & 0xffff_ffff_ffff
        )
    }

    /// So many characters of an ASCII alphabet.
    pub(super) fn text(&mut self, alphabet: &[u8], length: usize) -> String {
        let mut letter = || alphabet.get((self.next() % alphabet.len().max(1) as u64) as usize).copied();
        std::iter::from_fn(|| letter().map(char::from)).take(length).collect()
    }

    /// 32 hexadecimal digits.
    pub(super) fn hex(&mut self) -> String {
        format!("{:016x}{:016x}", self.next(), self.next())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_uuids_and_repeat_with_the_seed() {
        let mut ids = Ids(7);
        let first = ids.uuid();
        assert_eq!(first, Ids(7).uuid());
        assert_ne!(first, ids.uuid());
        let shape: Vec<usize> = first.split('-').map(str::len).collect();
        assert_eq!(shape, [8, 4, 4, 4, 12]);
        assert_eq!(first.chars().nth(14), Some('4'));
    }
}
