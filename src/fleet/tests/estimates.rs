//! What is said of the time that is left: it is about right, and does not jump.

use super::*;

#[test]
fn what_is_said_stays_while_it_is_about_right_and_has_two_digits_at_most() {
    let of = |seconds, calls| Remaining { time: Duration::seconds(seconds), calls };
    let said = |seconds, calls| {
        let Remaining { time, calls } = of(seconds, calls).coarse(None);
        (time.whole_minutes(), calls)
    };
    assert_eq!([said(1, 7), said(100, 99), said(719, 123)], [(1, 7), (2, 99), (12, 120)]);
    assert_eq!([said(2_800, 4_567), said(6_100, 0), said(10_000, 1)], [(45, 4_600), (100, 0), (180, 1)]);
    // Half an hour that goes by, with an estimate that is now too long and now too short.
    let (mut shown, mut changes) = (None::<Remaining>, Vec::new());
    for second in 0..1_800 {
        let off = 1.0 + 0.04 * f64::from(second % 7 - 3) / 3.0;
        let left = of((f64::from(1_800 - second) * off) as i64, 100).coarse(shown);
        if shown.is_none_or(|shown| shown.time != left.time) {
            changes.push(left.time.whole_minutes());
        }
        shown = Some(left);
    }
    assert!(changes.is_sorted_by(|one, other| one > other), "{changes:?}");
    assert!((10..=20).contains(&changes.len()), "{changes:?}");
}

/// A run that an API slows down again and again. Gives what was estimated at each minute, and when it was over.
fn estimates(mut page: Page) -> (Vec<(i64, f64)>, i64) {
    let begun = page.seconds();
    let mut estimates = Vec::new();
    while page.fleet.head.stage != FleetStage::Over {
        page.run_until(page.seconds() + 10);
        estimates.push((page.seconds() - begun, page.fleet.remaining(page.now).time.as_seconds_f64()));
    }
    let end = page.fleet.head.ended.unwrap() - START;
    (estimates, end.whole_seconds() - begun)
}

#[test]
fn an_estimate_does_not_jump_when_the_api_slows_a_lane_down() {
    let limits = Limits { rate: 5.0, ..free() };
    let mut page = Page::started(rows(500), limits);
    let mut count = 0;
    page.answers = Box::new(move |_, _| {
        count += 1;
        let (code, message) = (String::from("SLOW"), String::new());
        let slow = SendResult::Busy { code, message, status: 429, throttled: true, retry_after: Some(15) };
        if count % 50 == 0 { slow } else { accepted() }
    });
    let (estimates, end) = estimates(page);
    // When it will be over, as it was said at each time.
    let ends: Vec<f64> = estimates.iter().map(|(second, left)| *second as f64 + left).collect();
    for ((one, other), (second, left)) in
        ends.iter().zip(&ends[1..]).zip(&estimates).filter(|(_, (second, _))| *second > end / 10)
    {
        assert!((one - other).abs() <= 20.0 + left * 0.15, "at {second} of {end}: {one} {other}");
    }
    // From the half on, it is right within a third.
    for ((second, left), told) in estimates.iter().zip(&ends).filter(|((second, _), _)| *second > end / 2) {
        let off = (told - end as f64).abs();
        assert!(off <= (end - second) as f64 * 0.35 + 20.0, "at {second} of {end}: {left}");
    }
}

#[test]
fn one_quick_row_says_little_of_the_others() {
    let mut page = Page::started(rows(100), Limits { concurrency: Share::Number(1), ..free() });
    page.run_until(page.seconds());
    let before = page.fleet.remaining(page.now).time;
    page.run_until(page.seconds() + 1);
    let after = page.fleet.remaining(page.now).time;
    assert!(page.fleet.counts().done >= 1);
    assert!(after > before * 0.5, "{before} {after}");
}
