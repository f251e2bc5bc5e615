//! The history.

use super::*;
use crate::history::{Aspect, Bodies, BodyRecord};
use crate::storage_error::StorageError;
use crate::ui::words::history_words;

#[test]
fn every_error_of_the_store_is_explained() {
    let errors = [
        StorageError::NoStorage(String::from("SecurityError: denied")),
        StorageError::Full,
        StorageError::Blocked,
        StorageError::Broken(String::from("UnknownError: internal")),
    ];
    read_messages(&errors, history_words().error);
    read_all(&errors, history_words().not_kept, assert_sentence);
}

#[test]
fn counts_parts_and_differences_are_told_in_words() {
    let history = history_words();
    let name = || String::from("x-name");
    let aspects = [
        Aspect::Operation,
        Aspect::Act,
        Aspect::Subject,
        Aspect::Region,
        Aspect::Connection,
        Aspect::Status,
        Aspect::Code,
        Aspect::Result,
        Aspect::FollowThrough,
        Aspect::Method,
        Aspect::Url,
        Aspect::Value(name()),
        Aspect::RequestHeader(name()),
        Aspect::AnswerHeader(name()),
        Aspect::BodySize,
    ];
    read_all(&aspects, history.aspect, assert_title);
    let bodies = [
        BodyRecord::Whole(String::new()),
        BodyRecord::Cut { beginning: String::from("ab"), bytes: 9_000 },
        BodyRecord::Binary(3),
        BodyRecord::Withheld(3),
    ];
    read_all(&bodies, |body| (history.body)(body).unwrap(), assert_sentence);
    assert_eq!((history.body)(&BodyRecord::Whole(String::from("{}"))), None);
    for count in [1, 2] {
        assert_sentence("unreadable", &(history.unreadable)(count));
        assert_sentence("more_lines", &(history.more_lines)(count));
    }
    assert_sentence("repeated", &(history.repeated)("27 Nov 2026, 11:32:04"));
    assert_sentence("mistakes", &(history.mistakes)(&[String::from("status:moon")]));
    for (called, chosen) in [("cn-north-1", "cn-north-4"), ("", "")] {
        assert_sentence("other_region", &(history.other_region)(called, chosen));
    }
    assert_eq!((history.bodies)(Bodies::Whole), None);
    for bodies in [Bodies::Beginnings, Bodies::NotKept] {
        assert_sentence("bodies", (history.bodies)(bodies).unwrap());
    }
    for sentence in [history.unknown, history.gone, history.form_is_busy, history.no_form, history.not_offered] {
        assert_sentence("history", sentence);
    }
    for sentence in [history.lead, history.off, history.empty, history.nothing_found, history.no_difference] {
        assert_sentence("history", sentence);
    }
    assert_eq!((history.shown)(1, 5_000), "1 of 5000 calls");
    assert_eq!((history.shown)(1, 1), "1 call");
}
