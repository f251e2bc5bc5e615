//! Ten thousand rows: the work of an event does not grow with them.

use super::*;

/// How many effects the events of a run of so many rows have, at most, and how many on average.
fn effects_of_an_event(count: u32) -> (usize, f64) {
    let mut all = rows(count);
    all.iter_mut().for_each(|row| row.spec.region = format!("r-{}", row.id.0 % 8));
    let limits = Limits { concurrency: Share::Number(50), ..free() };
    let mut head = Head::new(String::from("f"), String::from("Fleet"), START, String::from("Sandbox"));
    head.limits = all.iter().map(|row| (row.spec.lane(), limits.clone())).collect();
    let mut fleet = Fleet::new(head, all);
    let mut now = START;
    let mut effects: Vec<Effect> = fleet.step(Event { now, random: 0, kind: EventKind::Plan });
    let (mut most, mut sum, mut events) = (0, 0, 0);
    while fleet.head.stage != FleetStage::Over {
        let mut kinds: Vec<EventKind> = effects
            .drain(..)
            .filter_map(|effect| match effect {
                Effect::Read { row, read } => {
                    let (found, note, result) = (Vec::new(), None, ReadResult::Answered);
                    Some(EventKind::Read { row, read, reads: 1, found, note, result })
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
            let come = fleet.step(Event { now, random: 0, kind });
            if counts {
                most = most.max(come.len());
                sum += come.len();
                events += 1;
            }
            effects.extend(come);
        }
    }
    assert_eq!(fleet.counts().done, count as usize);
    (most, sum as f64 / f64::from(events))
}

#[test]
fn what_an_event_leads_to_does_not_grow_with_the_rows() {
    let (few, many) = (effects_of_an_event(2_000), effects_of_an_event(10_000));
    assert!(many.0 <= few.0 && many.1 <= few.1 * 1.1, "{few:?} {many:?}");
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
