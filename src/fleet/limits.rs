//! How fast a fleet may go, for each provider and region.

use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

/// The highest number of rows under way.
pub(super) const MOST_ROWS: u32 = 1_000;
/// The fewest and the most calls a second.
pub(super) const LEAST_RATE: f64 = 0.01;
pub(super) const MOST_RATE: f64 = 50.0;

/// The rows that share limits: those of one provider in one region.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", from = "String")]
pub struct LaneKey {
    pub provider: String,
    pub region: String,
}

impl From<LaneKey> for String {
    fn from(LaneKey { provider, region }: LaneKey) -> Self {
        format!("{provider} {region}")
    }
}

impl From<String> for LaneKey {
    fn from(text: String) -> Self {
        // A provider's name has spaces, a region has none.
        let (provider, region) = text.rsplit_once(' ').unwrap_or((&text, ""));
        Self { provider: provider.to_owned(), region: region.to_owned() }
    }
}

/// The limits of a lane. AWS Systems Manager Automation's rate control is the model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Limits {
    /// Rows under way at most: sent, and not over yet.
    pub concurrency: Share,
    /// Calls a second at most, looks and reads of preconditions included.
    pub rate: f64,
    /// First one row, then two, then four, up to the limit; each step only after every row of the one before has ended. A step
    /// in which a row did not end well is repeated.
    pub ramp: bool,
    /// So many rows may fail; one more halts the lane. `None`: none ever does.
    pub threshold: Option<Share>,
    /// New rows begin inside this time of day only.
    pub window: Option<Window>,
}

/// A number, or a percentage of the rows of the lane that are to change, rounded down. For concurrency, one row is the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Share {
    Number(u32),
    Percent(u8),
}

/// A time of day, by the clock that [`super::Event::now`] shows. It may go over midnight: 22:00–04:00.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// Minutes after midnight.
    pub from: u16,
    pub to: u16,
}

impl Window {
    fn is_open(self, minute: u16) -> bool {
        let Self { from, to } = self;
        if from < to { (from..to).contains(&minute) } else { minute >= from || minute < to }
    }

    /// When it opens. `None`: it is open. From and to the same time it always is.
    pub fn opens(self, now: OffsetDateTime) -> Option<OffsetDateTime> {
        let minute = minute_of_day(now);
        (!self.is_open(minute)).then(|| start_of_minute(now) + minutes_until(minute, self.from))
    }

    /// How long it stays open.
    pub(super) fn closes_in(self, now: OffsetDateTime) -> Duration {
        start_of_minute(now) + minutes_until(minute_of_day(now), self.to) - now
    }

    /// How many minutes of a day it is open. `None`: it always is.
    pub(super) fn length(self) -> Option<u16> {
        let minutes = (i32::from(self.to) - i32::from(self.from)).rem_euclid(MINUTES);
        u16::try_from(minutes).ok().filter(|minutes| *minutes > 0)
    }
}

const MINUTES: i32 = 24 * 60;

fn minute_of_day(now: OffsetDateTime) -> u16 {
    u16::from(now.hour()) * 60 + u16::from(now.minute())
}

fn start_of_minute(now: OffsetDateTime) -> OffsetDateTime {
    now - Duration::seconds(now.second().into()) - Duration::nanoseconds(now.nanosecond().into())
}

fn minutes_until(minute: u16, other: u16) -> Duration {
    Duration::minutes((i32::from(other) - i32::from(minute)).rem_euclid(MINUTES).into())
}

impl Default for Limits {
    fn default() -> Self {
        Self { concurrency: Share::Number(10), rate: 5.0, ramp: true, threshold: Some(Share::Percent(5)), window: None }
    }
}

impl Limits {
    /// Whether a fleet can have them, whoever made them: a person, or a file.
    pub fn are_possible(&self) -> bool {
        let is_share = |share: Share, least: u32, most: u32| match share {
            Share::Number(number) => (least..=most).contains(&number),
            Share::Percent(percent) => (least..=100).contains(&percent.into()),
        };
        let is_minute = |minutes: u16| i32::from(minutes) < MINUTES;
        is_share(self.concurrency, 1, MOST_ROWS)
            && is_rate(self.rate)
            && self.threshold.is_none_or(|threshold| is_share(threshold, 0, u32::MAX))
            && self.window.is_none_or(|window| is_minute(window.from) && is_minute(window.to))
    }
}

pub(super) fn is_rate(rate: f64) -> bool {
    (LEAST_RATE..=MOST_RATE).contains(&rate)
}

impl Share {
    /// The number that it stands for.
    pub fn of(self, rows: usize) -> usize {
        match self {
            Self::Number(number) => number as usize,
            Self::Percent(percent) => rows * usize::from(percent) / 100,
        }
    }
}
