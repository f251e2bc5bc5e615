//! Ten thousand rows: the work of an event does not grow with them. Work is counted, in effects and in rows that are looked at;
//! time is not, for a test that measures it fails on a busy computer.

use super::counted_rows::take_visited;
use super::*;

/// What the events of a run of so many rows lead to: at most, and on average.
#[derive(Debug, Default)]
struct Work {
    effects: usize,
    mean_effects: f64,
    visited: usize,
    mean_visited: f64,
    /// Bytes that are stored for a row at most.
    stored: usize,
}

fn work_of_an_event(count: u32) -> Work {
    let mut all = rows(count);
    all.iter_mut().for_each(|row| row.spec.region = format!("r-{}", row.id.0 % 8));
    let limits = Limits { concurrency: Share::Number(50), ..free() };
    let mut head = Head::new(String::from("f"), String::from("Fleet"), START, String::from("Sandbox"));
    head.limits = all.iter().map(|row| (row.spec.lane(), limits.clone())).collect();
    let mut fleet = Fleet::new(head, all);
    let mut now = START;
    let mut effects: Vec<Effect> = fleet.step(Event { now, random: 0, kind: EventKind::Plan });
    let (mut work, mut events) = (Work::default(), 0.0);
    while fleet.head.stage != FleetStage::Over {
        let mut kinds: Vec<EventKind> = effects
            .drain(..)
            .filter_map(|effect| match effect {
                Effect::Read { row, read } => {
                    let (found, note, result) = (Vec::new(), None, ReadResult::Answered);
                    Some(EventKind::Read { row, read, reads: 1, found, note, result })
                }
                Effect::HoldLane(lane) => Some(EventKind::LaneHeld(lane)),
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
            take_visited();
            let come = fleet.step(Event { now, random: 0, kind });
            if counts {
                let visited = take_visited();
                (work.effects, work.visited) = (work.effects.max(come.len()), work.visited.max(visited));
                work.mean_effects += come.len() as f64;
                work.mean_visited += visited as f64;
                events += 1.0;
            }
            effects.extend(come);
        }
    }
    assert_eq!(fleet.counts().done, count as usize);
    work.mean_effects /= events;
    work.mean_visited /= events;
    work.stored = fleet.rows.values().map(|row| row.to_json().len()).max().unwrap_or_default();
    work
}

#[test]
fn what_an_event_leads_to_does_not_grow_with_the_rows() {
    let (few, many) = (work_of_an_event(2_000), work_of_an_event(10_000));
    let told = format!("{few:?} {many:?}");
    assert!(many.effects <= few.effects && many.mean_effects <= few.mean_effects * 1.1, "{told}");
    assert!(many.visited <= few.visited && many.mean_visited <= few.mean_visited * 1.1, "{told}");
    // The number of the row is one digit longer.
    assert!(many.stored <= few.stored + 8, "{told}");
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
