//! Ten thousand rows: the work of an event does not grow with them.

use super::*;
use std::time::Instant;

/// The time of one event in microseconds, on average of a run of so many rows.
fn microseconds(count: u32) -> f64 {
    let mut all = rows(count);
    all.iter_mut().for_each(|row| row.spec.region = format!("r-{}", row.id.0 % 8));
    let limits = Limits { concurrency: Share::Number(50), ..free() };
    let mut head = Head::new(String::from("f"), String::from("Fleet"), START, String::from("Sandbox"));
    head.limits = all.iter().map(|row| (row.spec.lane(), limits.clone())).collect();
    let mut fleet = Fleet::new(head, all);
    let mut now = START;
    let mut effects: Vec<Effect> = fleet.step(Event { now, random: 0, kind: EventKind::Plan });
    let (mut took, mut events) = (std::time::Duration::ZERO, 0);
    while fleet.head.stage != FleetStage::Over {
        let mut kinds: Vec<EventKind> = effects
            .drain(..)
            .filter_map(|effect| match effect {
                Effect::Read { row, .. } => {
                    let found = Vec::new();
                    Some(EventKind::Read { row, reads: 1, found, note: None, result: ReadResult::Answered })
                }
                Effect::WriteDown(row) => Some(EventKind::Written(row)),
                Effect::Send { row, call } => {
                    let note = note(now, &call, "Set");
                    Some(EventKind::Sent { row, call, note, result: accepted() })
                }
                _ => None,
            })
            .collect();
        if kinds.is_empty() {
            now += Duration::SECOND;
            kinds.push(if fleet.head.stage == FleetStage::Planned { EventKind::Start } else { EventKind::Time });
        }
        for kind in kinds {
            // The start touches every row, once.
            let counts = kind != EventKind::Start;
            #[allow(clippy::disallowed_methods, reason = "this test runs on the host")]
            let began = Instant::now();
            effects.extend(fleet.step(Event { now, random: 0, kind }));
            if counts {
                took += began.elapsed();
                events += 1;
            }
        }
    }
    assert_eq!(fleet.counts().done, count as usize);
    took.as_secs_f64() * 1e6 / f64::from(events)
}

#[test]
fn the_work_of_an_event_is_the_same_for_few_and_for_many_rows() {
    let (few, many) = (microseconds(500), microseconds(10_000));
    println!("an event: {few:.0} µs with 500 rows, {many:.0} µs with 10 000");
    // Twenty times as many rows would take twenty times as long, if each event looked at all of them.
    assert!(many < few * 8.0, "{few} µs, {many} µs");
}

#[test]
fn estimates_come_from_limits_and_from_what_was_measured() {
    let mut page = Page::new(rows(100), Limits { rate: 2.0, concurrency: Share::Number(10), ..free() });
    page.event(EventKind::Plan);
    let plan = page.fleet.remaining(page.now);
    assert!(plan.calls >= 100 && plan.time >= Duration::seconds(50), "{plan:?}");
    page.run();
    let run = page.fleet.remaining(page.now);
    // A call each, and looks, at two a second.
    assert!(run.calls > 100 && run.time >= Duration::seconds(run.calls as i64 / 2), "{run:?}");
    let expires = page.now + run.time;
    assert!(page.fleet.is_outlived_by(ProfileId::new(1), expires, page.now));
    assert!(!page.fleet.is_outlived_by(ProfileId::new(1), expires - Duration::SECOND, page.now));
    assert!(page.fleet.is_outlived_by(ProfileId::new(9), page.now, page.now), "it has no rows");
    page.event(EventKind::Start);
    page.run_until(page.seconds() + 30);
    let (calls, _) = page.fleet.last_minute(page.now);
    assert!((50..=121).contains(&calls), "{calls}");
    page.run();
    assert_eq!(page.fleet.remaining(page.now), Remaining::default());
}
