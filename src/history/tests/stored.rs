//! Texts as they are stored: of this version, of the one before, of a later one, and of none.

use super::*;
use crate::fixtures::{ssl_on, switch_ssl};

const VERSION_0: &str = include_str!("version-0.json");

fn record() -> Record {
    let (operation, draft) = (switch_ssl(), ssl_on());
    let exchange = exchange(7, &operation, &draft, Some((200, r#"{"job_id":"j-1"}"#)));
    let mut record = Record::of(&exchange, Some(&draft), meaning(Severity::Success, "Accepted")).unwrap();
    record.summary.follow =
        Some(FollowThrough { phase: String::from("completed"), sentence: String::from("Done."), at: 5, looks: 3 });
    record.summary.set_note("a \"note\"\n");
    record
}

#[test]
fn a_record_is_read_as_it_was_written() {
    let record = record();
    assert_eq!(Summary::from_json(&record.summary.to_json()), Ok(record.summary.clone()));
    assert_eq!(Details::from_json(&record.details.to_json()), Ok(record.details.clone()));
    let exported: serde_json::Value = serde_json::from_str(&to_json(std::slice::from_ref(&record))).unwrap();
    assert_eq!(exported["version"], VERSION);
    assert_eq!(serde_json::from_value::<Record>(exported["records"][0].clone()).unwrap(), record);
}

#[test]
fn a_record_of_the_version_before_is_read() {
    let summary = Summary::from_json(VERSION_0).unwrap();
    assert_eq!((summary.version, summary.id.as_str()), (VERSION, "000000000000000000000000000000aa"));
    assert_eq!(summary.started, 1_795_514_400_000);
    assert_eq!((summary.status, summary.outcome, summary.standing), (Some(403), OutcomeKind::ApiError, Standing::Bad));
    assert_eq!(summary.title, "Forbidden.RAM: The user is not authorized.");
    assert!(summary.pinned && summary.certain && !summary.simulated);
    assert_eq!(summary.note, "ask the account's owner");
    assert_eq!(summary.ids.len(), 1);
    let details = Details::from_json(VERSION_0).unwrap();
    assert_eq!(details.answer.unwrap().body, BodyRecord::Whole(String::from(r#"{"Code":"Forbidden.RAM"}"#)));
    assert_eq!(details.request.method, "POST");
    assert_eq!(details.form, serde_json::Value::Null, "there is no form to fill");
    // What was upgraded is written as this version.
    assert_eq!(Summary::from_json(&summary.to_json()), Ok(summary));
}

#[test]
fn a_record_of_a_later_version_is_told_apart_from_a_broken_one() {
    assert_eq!(Summary::from_json(r#"{"version": 9, "id": []}"#), Err(RecordError::Newer(9)));
    assert_eq!(Details::from_json(r#"{"version": 9}"#), Err(RecordError::Newer(9)));
    for broken in ["", "null", "[]", "{}", "{\"version\": 1}", "{\"version\": -1}", "{\"version\": 0}"] {
        assert!(matches!(Summary::from_json(broken), Err(RecordError::Broken(_))), "{broken}");
        assert!(matches!(Details::from_json(broken), Err(RecordError::Broken(_))), "{broken}");
    }
}

/// A small generator: the same numbers in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

#[test]
fn arbitrary_bytes_as_a_record_never_panic_and_what_is_read_is_usable() {
    let mut numbers = Numbers(0x5eed_1234_5678_9abc);
    let record = record();
    let seeds = [record.summary.to_json(), record.details.to_json(), VERSION_0.to_owned(), String::new()];
    let mut read = 0;
    for round in 0..20_000 {
        let mut bytes = seeds[round % seeds.len()].clone().into_bytes();
        for _ in 0..=numbers.below(4) {
            let place = numbers.below(bytes.len() + 1);
            match numbers.below(4) {
                0 => bytes.insert(place, numbers.below(256) as u8),
                1 => bytes.truncate(place),
                2 if place < bytes.len() => bytes[place] = b"0123456789{}[]\",:-e\\"[numbers.below(20)],
                _ => bytes.extend((0..numbers.below(20)).map(|_| numbers.below(256) as u8).collect::<Vec<_>>()),
            }
        }
        let text = String::from_utf8_lossy(&bytes);
        if let Ok(details) = Details::from_json(&text) {
            let changed = Record { details, summary: record.summary.clone() };
            let _ = compare(&changed, &record);
            let _ = Draft::from_value(&switch_ssl_once(), &changed.details.form);
            read += 1;
        }
        if let Ok(summary) = Summary::from_json(&text) {
            let index = Index::new(vec![summary.clone(), record.summary.clone()], &|_| String::new());
            let _ = index.search(&Query::parse(&text, 60), Some((SortBy::Result, true)));
            let _ = to_drop(&[summary, record.summary.clone()], Limits { records: 1, bytes: 1 }, "");
            read += 1;
        }
    }
    assert!(read > 1_000, "some were read: {read}");
}

fn switch_ssl_once() -> std::sync::Arc<Operation> {
    static ONCE: std::sync::LazyLock<std::sync::Arc<Operation>> = std::sync::LazyLock::new(|| switch_ssl().into());
    ONCE.clone()
}
