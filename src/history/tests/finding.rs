//! Searching and comparing.

use super::*;
use crate::fixtures::{ssl_on, switch_ssl};

fn index() -> Index {
    let mut summaries: Vec<Summary> = (0..4).map(summary).collect();
    summaries[0].subject = String::from("es-cn-OTHER");
    summaries[0].note = String::from("ticket 4711");
    summaries[1].status = None;
    summaries[1].standing = Standing::Unsure;
    summaries[2].status = Some(202);
    summaries[2].code = String::new();
    summaries[2].title = String::from("Accepted");
    summaries[2].follow = Some(FollowThrough {
        phase: crate::follow::Phase::Unknown.name().to_owned(),
        sentence: String::from("Not known"),
        at: 0,
        looks: 3,
    });
    summaries[2].ids = vec![(String::from("job_id"), String::from("j-77"))];
    summaries[3].simulated = false;
    summaries[3].started += 24 * 3_600_000;
    summaries[3].connection = String::from("Proxy");
    Index::new(summaries, &|summary| if summary.pinned { String::from("Pinned") } else { String::new() })
}

/// The ids of what is found, by the numbers of [`summary`], in the order of the list.
fn found(text: &str) -> Vec<u32> {
    let index = index();
    let rows = index.search(&Query::parse(text, 0), None);
    rows.iter().map(|row| u32::from_str_radix(&index.get(*row).unwrap().id, 16).unwrap()).collect()
}

#[test]
fn words_and_filters_find_calls() {
    for (text, wanted) in [
        ("", &[3, 2, 1, 0][..]),
        ("es-cn-other", &[0]),
        ("4711", &[0]),
        ("j-77", &[2]),
        ("not known", &[2]),
        ("accepted not known", &[2]),
        ("pinned", &[]),
        ("dbs.200001", &[3, 1, 0]),
        ("ssl DBS.200001 es-cn", &[0]),
        ("nothing-like-it", &[]),
        ("subject:other", &[0]),
        ("instance:i-1", &[3, 2, 1]),
        ("code:200001 subject:i-1", &[3, 1]),
        ("operation:ssl", &[3, 2, 1, 0]),
        ("status:4xx", &[3, 0]),
        ("status:202", &[2]),
        ("status:none", &[1]),
        ("is:unsure", &[1]),
        ("is:noted", &[0]),
        ("is:simulated", &[2, 1, 0]),
        ("is:pinned", &[]),
        ("via:proxy", &[3]),
        ("on:2026-11-27", &[2, 1, 0]),
        ("on:2026-11-28", &[3]),
        ("after:2026-11-28", &[3]),
        ("before:2026-11-28", &[2, 1, 0]),
        ("\"SSL on\" status:2xx", &[2]),
        // A colon is part of many ids, and a filter without a value is still being typed.
        ("urn:x", &[]),
        ("status:", &[3, 2, 1, 0]),
    ] {
        assert_eq!(found(text), wanted, "{text}");
        assert_eq!(Query::parse(text, 0).mistakes, [] as [String; 0], "{text}");
    }
}

#[test]
fn a_filter_that_says_nothing_is_named_and_ignored() {
    for text in ["status:4x", "status:moon", "on:2026-13-01", "after:yesterday", "is:blue", "on:99999999999-01-01"] {
        let query = Query::parse(&format!("{text} i-1"), 0);
        assert_eq!(query.mistakes, [text]);
        assert_eq!(found(&format!("{text} subject:other")), [0]);
    }
}

#[test]
fn a_day_begins_where_the_user_lives() {
    let summary = |started: i64| Summary { started, ..summary(0) };
    // 2026-11-26 23:30 UTC.
    let index = Index::new(vec![summary(1_795_735_800_000)], &|_| String::new());
    assert_eq!(index.search(&Query::parse("on:2026-11-26", 0), None).len(), 1);
    assert_eq!(index.search(&Query::parse("on:2026-11-27", 60), None).len(), 1);
    assert_eq!(index.search(&Query::parse("on:2026-11-27", 0), None).len(), 0);
}

#[test]
fn pinned_calls_come_first_and_any_column_decides_the_order() {
    let mut summaries: Vec<Summary> = (0..3).map(summary).collect();
    summaries[0].pinned = true;
    summaries[1].subject = String::from("a");
    let index = Index::new(summaries, &|summary| if summary.pinned { String::from("Pinned") } else { String::new() });
    let all = Query::default();
    assert_eq!(index.search(&Query::parse("PINNED", 0), None), [2], "a word that only the row shows");
    assert_eq!(index.search(&all, None), [2, 0, 1], "of the list, which has the latest first");
    assert_eq!(index.search(&all, Some((SortBy::Started, false))), [2, 1, 0]);
    assert_eq!(index.search(&all, Some((SortBy::Subject, false))).first(), Some(&1));
    assert_eq!(index.of_id(&format!("{:032x}", 2)).map(|found| found.started), index.get(0).map(|first| first.started));
}

#[test]
fn a_list_of_five_thousand_is_searched_by_summaries_alone() {
    let template = summary(1);
    let summaries: Vec<Summary> = (0..5_000)
        .map(|number| Summary {
            id: format!("{number:032x}"),
            started: number,
            subject: format!("i-{number}"),
            ..template.clone()
        })
        .collect();
    let texts: Vec<String> = summaries.iter().map(Summary::to_json).collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    assert!(bytes < 5_000 * 1_000, "a summary is small, whatever the answer: {bytes} bytes");
    let index = Index::new(texts.iter().map(|text| Summary::from_json(text).unwrap()).collect(), &|_| String::new());
    assert_eq!(index.len(), 5_000);
    assert_eq!(index.search(&Query::parse("i-4999", 0), None).len(), 1);
    assert_eq!(index.search(&Query::parse("code:dbs status:4xx", 0), None).len(), 5_000);
}

#[test]
fn two_calls_are_compared_value_by_value_and_line_by_line() {
    let operation = switch_ssl();
    let (on, mut off) = (ssl_on(), ssl_on());
    off.set(crate::fixtures::body("ssl_option"), crate::form::Raw::Text(String::from("false")));
    let record = |id: u128, draft: &Draft, status: u16, body: &str| {
        let exchange = exchange(id, &operation, draft, Some((status, body)));
        Record::of(&exchange, Some(draft), meaning(Severity::Success, "T")).unwrap()
    };
    let one = record(1, &on, 200, r#"{"job_id":"j-1","a":1,"b":2}"#);
    let other = record(2, &off, 400, r#"{"job_id":"j-2","a":1,"b":2,"c":3}"#);
    let found = compare(&one, &other);
    let value = Difference {
        aspect: Aspect::Value(String::from("ssl_option")),
        one: String::from("true"),
        other: String::from("false"),
    };
    assert!(found.differences.contains(&value), "{found:?}");
    let status = Difference { aspect: Aspect::Status, one: String::from("200"), other: String::from("400") };
    assert!(found.differences.contains(&status));
    let lines: Vec<(Side, &str)> = found.body.iter().map(|line| (line.side, line.text.trim())).collect();
    assert_eq!(
        lines,
        [(Side::One, r#""job_id": "j-1","#), (Side::Other, r#""job_id": "j-2","#), (Side::Other, r#""c": 3"#),]
    );
    let same =
        compare(&one, &Record { summary: Summary { id: String::from("x"), ..one.summary.clone() }, ..one.clone() });
    assert!(same.is_empty(), "{same:?}");
}

#[test]
fn bodies_that_nobody_compared_are_not_called_the_same() {
    let (operation, draft) = (switch_ssl(), ssl_on());
    let exchange = exchange(1, &operation, &draft, Some((200, "{}")));
    let record = Record::of(&exchange, Some(&draft), meaning(Severity::Success, "T")).unwrap();
    let with = |body: BodyRecord| {
        let mut record = record.clone();
        record.details.answer.as_mut().unwrap().body = body;
        record
    };
    let cut = BodyRecord::Cut { beginning: String::from("a"), bytes: 9 };
    for (one, other, bodies, sizes) in [
        (BodyRecord::Binary(7), BodyRecord::Binary(7), Bodies::NotKept, 0),
        (BodyRecord::Withheld(7), BodyRecord::Withheld(8), Bodies::NotKept, 1),
        (BodyRecord::Withheld(2), BodyRecord::Whole(String::from("{}")), Bodies::NotKept, 0),
        (cut.clone(), cut.clone(), Bodies::Beginnings, 0),
        (BodyRecord::Whole(String::from("{}")), BodyRecord::Whole(String::from("{}")), Bodies::Whole, 0),
    ] {
        let found = compare(&with(one.clone()), &with(other.clone()));
        let told = found.differences.iter().filter(|one| one.aspect == Aspect::BodySize).count();
        assert_eq!((found.bodies, told, found.body.len()), (bodies, sizes, 0), "{one:?} {other:?}");
    }
}

#[test]
fn a_difference_of_many_lines_is_cut_and_counted() {
    let operation = switch_ssl();
    let draft = ssl_on();
    let body = |offset: usize| {
        let items: Vec<usize> = (0..3_000).map(|item| item + offset).collect();
        serde_json::json!({ "items": items }).to_string()
    };
    let record = |id: u128, body: &str| {
        let exchange = exchange(id, &operation, &draft, Some((200, body)));
        Record::of(&exchange, Some(&draft), meaning(Severity::Success, "T")).unwrap()
    };
    let found = compare(&record(1, &body(0)), &record(2, &body(10_000)));
    assert_eq!(found.body.len() + found.more_lines, 6_000);
    assert_eq!(found.body.len(), 400);
}
