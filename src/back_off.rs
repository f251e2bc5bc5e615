//! How long to wait before a call is made once more.

use time::Duration;

/// The longest pause that an API can ask for, in seconds.
const LONGEST_RETRY_AFTER: u64 = 3600;

/// So many seconds, or as many as the API asks for if that is longer; and by chance up to a quarter more, for many pages that wait
/// must not come back at the same moment. `random`: any number.
pub(crate) fn pause(seconds: u64, retry_after: Option<u64>, random: u32) -> Duration {
    let seconds = seconds.max(retry_after.unwrap_or_default().min(LONGEST_RETRY_AFTER));
    // In milliseconds.
    let jitter = u64::from(random) % (seconds * 250 + 1);
    Duration::milliseconds(i64::try_from(seconds * 1000 + jitter).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_of_both_pauses_counts_with_a_quarter_more_at_most() {
        let seconds = |seconds, retry_after| pause(seconds, retry_after, 0).whole_seconds();
        assert_eq!([seconds(5, None), seconds(5, Some(1)), seconds(5, Some(30))], [5, 5, 30]);
        assert_eq!(seconds(5, Some(u64::MAX)), 3600);
        assert_eq!(seconds(0, None), 0);
        let longest = (0..20_000).map(|random| pause(8, None, random)).max();
        assert_eq!(longest, Some(Duration::seconds(10)));
    }
}
