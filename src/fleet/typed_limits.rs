//! The limits of a lane as a person types them.

use super::limits::{LEAST_RATE, MOST_RATE, MOST_ROWS, is_rate};
use super::{Limits, Share, Window};

/// One of the texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LimitField {
    Concurrency,
    Rate,
    Threshold,
    WindowFrom,
    WindowTo,
}

/// Why a text is no limit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum LimitProblem {
    /// It must be a number from 1 to so many, or a percentage from 1 % to 100 %.
    NoShare(u32),
    /// It must be a number from so many to so many.
    NoRate(f64, f64),
    /// It must be a number, or a percentage up to 100 %; empty for none.
    NoThreshold,
    /// It must be a time of day.
    NoTime,
    /// The window has one end only.
    HalfAWindow,
    /// The window begins when it ends.
    EmptyWindow,
}

/// What stands in the fields of one lane.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedLimits {
    /// `10`, or `10%`.
    pub concurrency: String,
    pub rate: String,
    pub ramp: bool,
    /// `5`, or `5%`; empty: no number of failures halts the lane.
    pub threshold: String,
    /// `01:00`; both empty: at any time.
    pub from: String,
    pub to: String,
}

impl TypedLimits {
    /// As a person would type them.
    pub fn of(limits: &Limits) -> Self {
        let time = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        Self {
            concurrency: typed(limits.concurrency),
            rate: limits.rate.to_string(),
            ramp: limits.ramp,
            threshold: limits.threshold.map(typed).unwrap_or_default(),
            from: limits.window.map(|window| time(window.from)).unwrap_or_default(),
            to: limits.window.map(|window| time(window.to)).unwrap_or_default(),
        }
    }

    /// What is typed, or all that is wrong with it.
    pub fn read(&self) -> Result<Limits, Vec<(LimitField, LimitProblem)>> {
        let mut problems = Vec::new();
        let concurrency = share(&self.concurrency, 1).filter(|share| at_most(*share, MOST_ROWS));
        if concurrency.is_none() {
            problems.push((LimitField::Concurrency, LimitProblem::NoShare(MOST_ROWS)));
        }
        let rate = self.rate.trim().parse::<f64>().ok().filter(|rate| is_rate(*rate));
        if rate.is_none() {
            problems.push((LimitField::Rate, LimitProblem::NoRate(LEAST_RATE, MOST_RATE)));
        }
        let threshold = if self.threshold.trim().is_empty() { Some(None) } else { share(&self.threshold, 0).map(Some) };
        if threshold.is_none() {
            problems.push((LimitField::Threshold, LimitProblem::NoThreshold));
        }
        let window = self.window();
        problems.extend(window.as_ref().err().copied());
        match (concurrency, rate, threshold, window) {
            (Some(concurrency), Some(rate), Some(threshold), Ok(window)) => {
                Ok(Limits { concurrency, rate, ramp: self.ramp, threshold, window })
            }
            _ => Err(problems),
        }
    }

    fn window(&self) -> Result<Option<Window>, (LimitField, LimitProblem)> {
        let (from, to) = (self.from.trim(), self.to.trim());
        match (from.is_empty(), to.is_empty()) {
            (true, true) => return Ok(None),
            (true, false) => return Err((LimitField::WindowFrom, LimitProblem::HalfAWindow)),
            (false, true) => return Err((LimitField::WindowTo, LimitProblem::HalfAWindow)),
            (false, false) => {}
        }
        let from = time_of_day(from).ok_or((LimitField::WindowFrom, LimitProblem::NoTime))?;
        let to = time_of_day(to).ok_or((LimitField::WindowTo, LimitProblem::NoTime))?;
        if from == to { Err((LimitField::WindowTo, LimitProblem::EmptyWindow)) } else { Ok(Some(Window { from, to })) }
    }
}

fn typed(share: Share) -> String {
    match share {
        Share::Number(number) => number.to_string(),
        Share::Percent(percent) => format!("{percent}%"),
    }
}

fn share(text: &str, least: u32) -> Option<Share> {
    let text = text.trim();
    match text.strip_suffix('%') {
        Some(percent) => {
            let percent = percent.trim_end().parse::<u8>().ok()?;
            (u32::from(percent) >= least && percent <= 100).then_some(Share::Percent(percent))
        }
        None => text.parse().ok().filter(|number| *number >= least).map(Share::Number),
    }
}

fn at_most(share: Share, most: u32) -> bool {
    match share {
        Share::Number(number) => number <= most,
        Share::Percent(_) => true,
    }
}

/// Minutes after midnight: `1:00`, `01:00`.
fn time_of_day(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let number = |text: &str, below: u16| text.parse::<u16>().ok().filter(|number| *number < below);
    let (hours, minutes) = (number(hours, 24)?, number(minutes, 60).filter(|_| minutes.len() == 2)?);
    Some(hours * 60 + minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(change: impl FnOnce(&mut TypedLimits)) -> Result<Limits, Vec<(LimitField, LimitProblem)>> {
        let mut typed = TypedLimits::of(&Limits::default());
        change(&mut typed);
        typed.read()
    }

    #[test]
    fn limits_are_read_as_they_are_shown() {
        let all = Limits {
            concurrency: Share::Percent(20),
            rate: 2.5,
            ramp: false,
            threshold: Some(Share::Number(0)),
            window: Some(Window { from: 22 * 60, to: 4 * 60 + 5 }),
        };
        for limits in [Limits::default(), all, Limits { threshold: None, ..Limits::default() }] {
            assert_eq!(TypedLimits::of(&limits).read(), Ok(limits));
        }
        assert_eq!(with(|typed| typed.concurrency = String::from(" 7 % ")).unwrap().concurrency, Share::Percent(7));
    }

    #[test]
    fn what_is_no_limit_is_refused_with_its_reason() {
        use LimitField::{Concurrency, Rate, Threshold, WindowFrom, WindowTo};
        type Case = (fn(&mut TypedLimits) -> &mut String, &'static [&'static str], LimitField, LimitProblem);
        let cases: [Case; 4] = [
            (
                |typed| &mut typed.concurrency,
                &["", "0", "0%", "101%", "1001", "-1", "ten", "1.5"],
                Concurrency,
                LimitProblem::NoShare(1_000),
            ),
            (
                |typed| &mut typed.rate,
                &["", "0", "0.001", "-1", "51", "fast", "NaN", "inf"],
                Rate,
                LimitProblem::NoRate(0.01, 50.0),
            ),
            (|typed| &mut typed.threshold, &["x", "101%", "-1", "%"], Threshold, LimitProblem::NoThreshold),
            (|typed| &mut typed.from, &["01:00"], WindowTo, LimitProblem::HalfAWindow),
        ];
        for (field, texts, place, problem) in cases {
            for text in texts {
                assert_eq!(with(|typed| *field(typed) = (*text).to_owned()), Err(vec![(place, problem)]), "{text}");
            }
        }
        let window = |from: &str, to: &str| {
            with(|typed| (typed.from, typed.to) = (from.to_owned(), to.to_owned())).map(|limits| limits.window)
        };
        assert_eq!(window("", "5:00"), Err(vec![(WindowFrom, LimitProblem::HalfAWindow)]));
        assert_eq!(window("24:00", "5:00"), Err(vec![(WindowFrom, LimitProblem::NoTime)]));
        assert_eq!(window("1:00", "5:0"), Err(vec![(WindowTo, LimitProblem::NoTime)]));
        assert_eq!(window("1:00", "01:00"), Err(vec![(WindowTo, LimitProblem::EmptyWindow)]));
        assert_eq!(window("1:00", "05:30"), Ok(Some(Window { from: 60, to: 330 })));
    }

    #[test]
    fn what_can_be_typed_is_possible_in_a_file_too() {
        for (concurrency, rate) in [("1", "0.01"), ("1000", "50"), ("1%", "0.5"), ("100%", "2")] {
            let limits = with(|typed| {
                (typed.concurrency, typed.rate) = (concurrency.to_owned(), rate.to_owned());
            });
            assert!(limits.unwrap().are_possible(), "{concurrency} {rate}");
        }
        let file = |change: fn(&mut Limits)| {
            let mut limits = Limits::default();
            change(&mut limits);
            limits.are_possible()
        };
        assert!(!file(|limits| limits.concurrency = Share::Percent(0)));
        assert!(!file(|limits| limits.concurrency = Share::Number(1_001)));
        assert!(!file(|limits| limits.rate = 0.001));
        assert!(!file(|limits| limits.rate = 51.0));
        assert!(!file(|limits| limits.threshold = Some(Share::Percent(101))));
        assert!(file(|limits| limits.threshold = Some(Share::Number(0))));
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let wrong = TypedLimits::default().read().unwrap_err();
        assert_eq!(
            wrong.iter().map(|(field, _)| *field).collect::<Vec<_>>(),
            [LimitField::Concurrency, LimitField::Rate]
        );
    }
}
