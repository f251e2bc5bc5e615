//! What a record holds, what it never holds, and what is dropped.

use super::*;
use crate::fixtures::{ssl_on, switch_ssl};
use crate::form::Raw;

#[test]
fn a_record_holds_what_finds_repeats_and_explains_a_call() {
    let (operation, draft) = (switch_ssl(), ssl_on());
    let body = r#"{"error_code":"DBS.200001","error_msg":"Invalid parameter."}"#;
    let exchange = exchange(7, &operation, &draft, Some((400, body)));
    let Record { summary, details } = Record::of(&exchange, Some(&draft), meaning(Severity::Error, "T")).unwrap();
    assert_eq!(summary.id, exchange.id.to_string());
    assert_eq!((summary.started, summary.took), (1_795_773_600_250, 412));
    assert_eq!(
        (summary.status, summary.outcome, summary.code.as_str()),
        (Some(400), OutcomeKind::ApiError, "DBS.200001")
    );
    assert_eq!((summary.standing, summary.certain, summary.simulated), (Standing::Bad, true, true));
    assert_eq!((summary.what(), summary.subject.as_str(), summary.title.as_str()), ("SSL on", "i-1", "T"));
    assert_eq!(details.message, "Invalid parameter.");
    assert_eq!(details.causes, ["Because."]);
    let answer = details.answer.as_ref().unwrap();
    assert_eq!(answer.body, BodyRecord::Whole(body.to_owned()));
    assert!(answer.headers.contains(&(String::from("x-request-id"), String::from("r-1"))));
    assert_eq!(Draft::from_value(&operation, &details.form), draft, "the form can be filled again");
    assert_eq!(summary.bytes, details.to_json().len() as u64);
}

#[test]
fn a_call_without_an_answer_is_kept_and_one_that_was_never_sent_is_not() {
    let (operation, draft) = (switch_ssl(), ssl_on());
    let lost = exchange(7, &operation, &draft, None);
    let record = Record::of(&lost, Some(&draft), meaning(Severity::Error, "Refused by the browser")).unwrap();
    assert_eq!((record.summary.status, record.summary.outcome), (None, OutcomeKind::NoAnswer));
    assert_eq!(record.details.failure, Some(FailureKind::NotMade));
    let stopped = CallFailure::Stopped {
        failures: 2,
        lockout: crate::catalog::Lockout { failures: 5, minutes: 5 },
        before: None,
    };
    let stopped = Exchange { result: Err(stopped), ..lost };
    assert_eq!(Record::of(&stopped, Some(&draft), meaning(Severity::Error, "T")), None);
}

#[test]
fn a_call_is_kept_from_its_sending_on_and_nobody_says_what_became_of_it() {
    let (operation, draft) = (switch_ssl(), ssl_on());
    let lost = exchange(7, &operation, &draft, None);
    let cancelled = Exchange { result: Err(CallFailure::Transport(TransportError::Cancelled)), ..lost };
    let sent = Record::of_sent(&cancelled, Some(&draft), String::from("Sent")).unwrap();
    assert!(sent.details.is_unknown() && !sent.summary.certain, "{sent:?}");
    assert_eq!((sent.summary.title.as_str(), sent.summary.standing), ("Sent", Standing::Unsure));
    assert_eq!(sent.summary.bytes, sent.details.to_json().len() as u64);
    let read = Details::from_json(&sent.details.to_json()).unwrap();
    assert!(read.is_unknown(), "after a reload too");
    assert_eq!(Draft::from_value(&operation, &read.form), draft, "it can be repeated");
    let over = Record::of(&cancelled, Some(&draft), meaning(Severity::Warning, "Cancelled")).unwrap();
    assert!(!over.details.is_unknown(), "the user has stopped waiting: that is known");
    assert_eq!(over.summary.id, sent.summary.id, "one takes the place of the other");
}

#[test]
fn no_secret_is_in_a_record_wherever_it_stood() {
    let operation = keys();
    let whole = format!(
        r#"{{"credential":{{"access":"AK","secret":"{CANARY}","securitytoken":"{CANARY}"}},"echo":"of {CANARY}"}}"#
    );
    let damaged =
        [whole.get(..whole.len() - 1).unwrap().to_owned(), format!("<p>{CANARY}</p>"), format!("\"{CANARY}\"")];
    for body in damaged.iter().chain([&whole]) {
        for status in [200, 201, 400, 500] {
            let mut draft = Draft::new(&operation, &mut || String::from("id"));
            for field in operation.fields() {
                if field.schema.kind == crate::catalog::Kind::Secret {
                    draft.set(crate::form::FieldPath::of(field), Raw::Text(CANARY.to_owned()));
                }
            }
            let exchange = exchange(7, &operation, &draft, Some((status, body)));
            let record = Record::of(&exchange, Some(&draft), meaning(Severity::Success, "T")).unwrap();
            let text = format!(
                "{}{}{}",
                record.summary.to_json(),
                record.details.to_json(),
                to_json(std::slice::from_ref(&record))
            );
            assert!(!text.contains("cnry") && !text.contains("hunter2"), "{status} {body}\n{text}");
        }
    }
    // What the browser says of a request that it cannot make may repeat it.
    let draft = Draft::default();
    let lost = exchange(7, &operation, &draft, None);
    let causes = vec![format!("The browser says: bad header {CANARY}.")];
    let meaning = Meaning { severity: Severity::Error, title: String::from("Refused"), causes };
    let record = Record::of(&lost, None, meaning).unwrap();
    assert!(!to_json(&[record]).contains("cnry"));
}

#[test]
fn a_body_that_was_withheld_is_not_kept_and_a_long_one_is_cut_and_says_so() {
    let operation = keys();
    let draft = Draft::default();
    let exchange = exchange(7, &operation, &draft, Some((200, "no JSON at all")));
    let record = Record::of(&exchange, None, meaning(Severity::Warning, "T")).unwrap();
    assert_eq!(record.details.answer.unwrap().body, BodyRecord::Withheld(14));
    let long = "é".repeat(MOST_OF_A_BODY);
    match BodyRecord::of(long.as_bytes()) {
        BodyRecord::Cut { beginning, bytes } => {
            assert_eq!(bytes, long.len() as u64);
            assert!(beginning.len() <= MOST_OF_A_BODY && long.starts_with(&beginning) && !beginning.is_empty());
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(BodyRecord::of(&[0xff, 0xfe]), BodyRecord::Binary(2));
}

#[test]
fn a_call_that_is_written_again_keeps_what_the_user_did_and_the_end_of_its_change() {
    let follow = |at: i64, phase: &str| {
        Some(FollowThrough { phase: phase.to_owned(), sentence: phase.to_owned(), at, looks: 1 })
    };
    let mut stored = summary(1);
    stored.pinned = true;
    stored.set_note(&format!("  {}  ", "n".repeat(MOST_OF_A_NOTE + 5)));
    assert_eq!(stored.note.len(), MOST_OF_A_NOTE);
    stored.follow = follow(2, "verified");
    let mut again = summary(1);
    again.follow = follow(1, "running");
    again.keep_from(stored.clone());
    assert_eq!(again, stored);
    again.follow = follow(3, "failed");
    again.keep_from(stored.clone());
    assert_eq!(again.follow, follow(3, "failed"));
}

#[test]
fn the_oldest_are_dropped_first_and_pinned_ones_and_the_one_just_written_never() {
    let mut summaries: Vec<Summary> = (0..40).map(summary).collect();
    summaries.iter_mut().for_each(|summary| summary.bytes = 10);
    summaries[0].pinned = true;
    let id = |number: usize| summaries[number].id.clone();
    let dropped = |records: usize, bytes: u64| to_drop(&summaries, Limits { records, bytes }, &summaries[39].id);
    assert_eq!(dropped(40, 400), [] as [String; 0]);
    assert_eq!(dropped(39, 400), [id(1), id(2)], "with some room below the limit");
    assert_eq!(dropped(40, 399), [id(1), id(2)]);
    let all = dropped(0, 0);
    assert_eq!(all.len(), 38);
    assert!(!all.contains(&id(0)) && !all.contains(&id(39)));
    // A clock that was set back makes the call of this moment the oldest.
    let limits = Limits { records: 0, bytes: 0 };
    assert!(!to_drop(&summaries, limits, &summaries[1].id).contains(&summaries[1].id));
    // Sizes that cannot be are no reason to panic.
    summaries.iter_mut().for_each(|summary| summary.bytes = u64::MAX);
    assert!(!to_drop(&summaries, Limits::USUAL, "").is_empty());
}
