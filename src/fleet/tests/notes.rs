//! What is noted of the calls of a row: enough to say what happened, and never more than has room in ten thousand rows.

use super::doubt::{WITH_TOKEN, lost};
use super::*;

fn row() -> Row {
    Row::new(RowId(1), spec("south", "i-1"), 7)
}

/// The times of the notes in seconds, and how many are left out before each.
fn noted(row: &Row) -> Vec<(i64, u32)> {
    row.calls.iter().map(|call| ((call.at - START).whole_seconds(), call.left_out)).collect()
}

#[test]
fn of_many_looks_the_first_and_the_last_are_noted_and_the_others_are_counted() {
    let mut row = row();
    row.note(note(START, "c", "Set"), false);
    for second in 1..=100 {
        row.note(note(START + Duration::seconds(second), "l", "Show"), true);
    }
    assert_eq!(noted(&row), [(0, 0), (1, 0), (98, 96), (99, 0), (100, 0)]);
    // Looks of another kind are a series of their own, and so are those after another send.
    for second in 101..=110 {
        row.note(note(START + Duration::seconds(second), "l", "List"), true);
    }
    row.note(note(START + Duration::seconds(111), "c", "Set"), false);
    row.note(note(START + Duration::seconds(112), "l", "List"), true);
    assert_eq!(noted(&row)[5..], [(101, 0), (108, 6), (109, 0), (110, 0), (111, 0), (112, 0)]);
    assert_eq!(row.calls.iter().filter(|call| !call.call.is_empty()).count(), 2, "the history has no looks");
}

#[test]
fn looks_are_left_out_before_the_calls_that_prove_something() {
    let mut row = row();
    for round in 0..30 {
        row.note(note(START + Duration::seconds(round), "c", "Set"), false);
        row.note(note(START + Duration::seconds(round), "l", "Show"), true);
    }
    let sends: Vec<i64> =
        row.calls.iter().filter(|call| !call.call.is_empty()).map(|call| (call.at - START).whole_seconds()).collect();
    assert_eq!(sends, (0..30).collect::<Vec<i64>>());
    assert_eq!(row.calls.len(), 40);
}

#[test]
fn a_look_without_evidence_leaves_what_its_refusal_said() {
    let mut row = row();
    row.note(CallNote { answer: "There is no such task.".into(), ..note(START, "l", "Show") }, true);
    row.note_look(&[]);
    assert_eq!(row.calls[0].answer, "There is no such task.");
    row.note_look(&[("Status".to_owned(), "Running".to_owned())]);
    assert_eq!(row.calls[0].answer, "Status: Running");
}

#[test]
fn a_row_stays_small_however_long_it_is_refused_and_looked_at() {
    let mut row = row();
    let long = |second: i64, operation: &str| CallNote {
        code: String::from("InstanceStatusNotSupportCurrentAction"),
        request_id: "7".repeat(36),
        answer: "é".repeat(10_000),
        ..note(START + Duration::seconds(second), &"c".repeat(32), operation)
    };
    let mut most = 0;
    for round in 0..1_000 {
        row.note(long(round, "SetTheSwitchOfAnInstance"), false);
        for look in 0..round % 7 {
            let operation = if look % 2 == 0 { "DescribeInstance" } else { "ListTheTasksOfAnInstance" };
            row.note(long(round, operation), true);
        }
        most = most.max(row.to_json().len());
    }
    let calls = 1_000 + (0..1_000).map(|round| round % 7).sum::<u32>();
    assert_eq!(row.calls.len() as u32 + row.calls.iter().map(|call| call.left_out).sum::<u32>(), calls);
    assert_eq!(row.calls.first().map(|call| call.at), Some(START));
    assert_eq!(row.calls.last().map(|call| call.at), Some(START + Duration::seconds(999)));
    assert!(most < 25_000, "{most}");
    // A row as a run has it: two reads, a send, an hour of looks at its task, and an hour at its state.
    let mut row = self::row();
    let own = |operation: &str| CallNote { answer: "Status: Running, 40 %".into(), ..long(0, operation) };
    ["List", "Get", "Set"].into_iter().for_each(|read| row.note(own(read), false));
    (0..240).for_each(|look| row.note(own(if look < 120 { "ShowJob" } else { "ShowInstance" }), true));
    assert_eq!(row.calls.len(), 3 + 4 + 4);
    assert!(row.to_json().len() < 4_000, "{}", row.to_json().len());
}

#[test]
fn a_note_says_what_was_answered() {
    let mut page = lost(WITH_TOKEN, |_| accepted());
    page.run();
    let row = &page.fleet.rows[0];
    assert_eq!(page.end(0), &RowEnd::Accepted);
    let looks: Vec<&str> = row.calls.iter().filter(|call| call.operation == "List").map(|call| &*call.answer).collect();
    assert!(looks.iter().all(|look| look.contains(": HTTP")), "{:?}", row.calls);
    page.reload();
    assert!(page.fleet.rows[0].calls.iter().any(|call| call.answer.contains(": HTTP")));
}

#[test]
fn a_record_without_answers_is_read() {
    let mut row = row();
    row.note(note(START, "c", "Set"), false);
    let text = row.to_json();
    assert!(!text.contains("answer") && !text.contains("left_out"), "{text}");
    assert_eq!(Row::from_json(&text.replace("\"waited\":0,", "")), Ok(row));
}
