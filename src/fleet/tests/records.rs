//! Heads and rows are read as they were written, and nothing else is.

use super::*;
use proptest::prelude::*;

fn head() -> Head {
    let mut head = Head::new(String::from("f"), String::from("Fleet"), START, String::from("Sandbox"));
    let window = Some(Window { from: 60, to: 300 });
    let limits =
        Limits { concurrency: Share::Percent(7), rate: 0.1, ramp: false, threshold: Some(Share::Number(3)), window };
    for (provider, region) in [("Acme Cloud", "south"), ("Acme", "")] {
        let lane = LaneKey { provider: provider.to_owned(), region: region.to_owned() };
        head.limits.insert(lane.clone(), limits.clone());
        head.halted.insert(lane, Halt::Threshold);
    }
    head.first = vec![RowId(3)];
    head.stage = FleetStage::Paused(PauseReason::IdleLock);
    head.started = Some(START + Duration::milliseconds(1));
    head.overrides.push(Override { at: START, row: None, words: String::from("I know") });
    head
}

fn states() -> Vec<RowState> {
    let refused = RowEnd::Refused { code: String::from("E"), message: String::from("m"), status: 400 };
    vec![
        RowState::New,
        RowState::Checking(1),
        RowState::Planned(PlanGroup::CannotBeKnown(String::from("why"))),
        RowState::Waiting(Due(START)),
        RowState::Sending { call: String::from("c"), since: START },
        RowState::Over(refused),
        RowState::Over(RowEnd::NotPlanned(PlanGroup::Refused(String::new()))),
        RowState::Over(RowEnd::Skipped),
        RowState::Over(RowEnd::Stopped),
    ]
}

fn row(state: RowState) -> Row {
    let mut row = Row::new(RowId(9), spec("south", "i-9"), u128::MAX);
    row.spec.values = vec![(String::from("on"), serde_json::json!({"a": [1.5, true, null, "x"]}))];
    row.state = state;
    row.doubt = Some(START);
    row.calls.push(note(START, "c", "Set"));
    row
}

#[test]
fn what_is_written_is_read() {
    assert_eq!(Head::from_json(&head().to_json()), Ok(head()));
    for state in states() {
        assert_eq!(Row::from_json(&row(state.clone()).to_json()), Ok(row(state)));
    }
}

#[test]
fn a_record_from_before_the_looks_were_noted_is_read() {
    let text = row(RowState::New).to_json();
    let old = text.replace("\"looked\":null,", "").replace("\"refusal\":null,", "");
    assert_ne!(old, text);
    assert_eq!(Row::from_json(&old), Ok(row(RowState::New)));
}

#[test]
fn another_version_is_told() {
    let text = head().to_json().replacen("\"version\":1", "\"version\":2", 1);
    assert_eq!(Head::from_json(&text), Err(RecordError::Version(2)));
    let text = row(RowState::New).to_json().replacen("\"version\":1", "\"version\":0", 1);
    assert_eq!(Row::from_json(&text), Err(RecordError::Version(0)));
    for text in ["", "{}", "[]", "{\"version\":1}"] {
        assert!(matches!(Row::from_json(text), Err(RecordError::Broken(_))), "{text}");
        assert!(matches!(Head::from_json(text), Err(RecordError::Broken(_))), "{text}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_them_panic(text in ".{0,200}", cut in 0_usize..4_000, byte in any::<u8>(), which in 0_usize..8) {
        let _ = (Row::from_json(&text), Head::from_json(&text));
        // A record that is damaged in one place.
        for json in [head().to_json(), row(states()[which].clone()).to_json()] {
            let mut bytes = json.into_bytes();
            let place = cut % bytes.len();
            bytes[place] = byte;
            let damaged = String::from_utf8_lossy(&bytes).into_owned();
            let head = Head::from_json(&damaged).unwrap_or_else(|_| head());
            let rows = Row::from_json(&damaged).ok();
            // Whatever it says, a fleet of it can be opened.
            let mut fleet = Fleet::new(head, rows);
            for kind in [EventKind::Opened, EventKind::Plan, EventKind::Start, EventKind::Resume, EventKind::Time, EventKind::Stop] {
                fleet.step(Event { now: START, random: 1, kind });
                let _ = (fleet.remaining(START), fleet.lanes(START), fleet.troubles());
            }
        }
    }
}
