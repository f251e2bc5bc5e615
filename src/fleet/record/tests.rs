//! Records are written and read.

use super::*;
use crate::fleet::{Due, FleetStage, LaneKey, Limits, PauseReason, RowId, RowSpec, RowState};
use crate::follow::Place;
use time::macros::datetime;

const NOW: time::OffsetDateTime = datetime!(2026-11-27 11:32:04.567 UTC);

fn head() -> Head {
    let mut head = Head::new(String::from("id"), String::from("a \"fleet\""), NOW, String::from("Proxy"));
    head.limits.insert(LaneKey { provider: String::from("one"), region: String::new() }, Limits::default());
    head.stage = FleetStage::Paused(PauseReason::IdleLock);
    head.first = vec![RowId(3)];
    head.started = Some(NOW);
    head
}

#[test]
fn what_is_written_is_read_back() {
    assert_eq!(Head::from_json(&head().to_json()), Ok(head()));
    let spec = RowSpec {
        api: String::from("a"),
        operation: String::from("b"),
        place: Place::default(),
        region: String::from("north"),
        values: vec![(String::from("id"), serde_json::json!({"n": 1.50, "list": [true, null]}))],
        subject: String::from("db"),
        act: String::from("SSL on"),
        provider: String::from("one"),
        profile: None,
    };
    let row = Row { state: RowState::Waiting(Due(NOW)), ..Row::new(RowId(7), spec, u128::MAX) };
    assert_eq!(Row::from_json(&row.to_json()), Ok(row));
}

#[test]
fn another_version_and_damage_are_told_apart() {
    let other = Head { version: VERSION + 1, ..head() };
    assert_eq!(Head::from_json(&other.to_json()), Err(RecordError::Version(VERSION + 1)));
    for damaged in ["", "{}", "[]", "{\"version\":1}", "7"] {
        assert!(matches!(Head::from_json(damaged), Err(RecordError::Broken(_))), "{damaged}");
        assert!(matches!(Row::from_json(damaged), Err(RecordError::Broken(_))), "{damaged}");
    }
}
