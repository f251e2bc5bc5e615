//! When a store that refused is tried again.

use std::time::Duration;

/// Seconds after the first refusal, and at most.
const FIRST: u64 = 5;
const MOST: u64 = 60;

/// The pause after so many refusals in a row.
pub fn store_again_after(refusals: u32) -> Duration {
    let doubled = refusals.saturating_sub(1).min(16);
    Duration::from_secs((FIRST << doubled).min(MOST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_grows_to_a_minute() {
        let pauses: Vec<u64> = (0..8).map(|refusals| store_again_after(refusals).as_secs()).collect();
        assert_eq!(pauses, [5, 5, 10, 20, 40, 60, 60, 60]);
        assert_eq!(store_again_after(u32::MAX).as_secs(), 60);
    }
}
