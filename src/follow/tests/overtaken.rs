//! What a later change of the same thing makes of a result, and the numbers of looks that brought nothing.

use super::*;
use crate::follow::Overtaken;

/// The same call, some seconds later.
fn later(mut follow: Follow, act: &str) -> Follow {
    follow.started += Duration::seconds(100);
    follow.origin.act = act.to_owned();
    follow
}

fn verified() -> Follow {
    Follow { status: Status::Over(End::Verified), ..accepted() }
}

#[test]
fn a_result_is_overtaken_by_a_later_change_of_the_same_thing() {
    let by = |later: &Follow| verified().overtaken_by(later);
    assert_eq!(by(&later(accepted(), "off")), Some(Overtaken::ByAnother), "accepted, however it goes on");
    assert_eq!(by(&later(verified(), "")), Some(Overtaken::ByAnother));
    assert_eq!(by(&verified()), None, "itself");
    let failed = Follow { status: Status::Over(End::Failed(None)), ..accepted() };
    assert_eq!(by(&later(failed, "off")), None, "what failed has changed nothing");
    assert_eq!(by(&later(uncertain(&[]), "off")), None, "nobody knows whether there was a change");
    let mut other = later(accepted(), "off");
    other.origin.subject = String::from("c2");
    assert_eq!(by(&other), None);
    assert_eq!(accepted().overtaken_by(&later(accepted(), "off")), None, "it is no result yet");
    assert_eq!(later(verified(), "").overtaken_by(&verified()), None);
}

#[test]
fn a_call_of_which_nobody_knew_was_sent_again() {
    let lost = Follow { status: Status::Over(End::NotSeen(61)), ..uncertain(&[]) };
    assert_eq!(lost.overtaken_by(&later(accepted(), "")), Some(Overtaken::SentAgain));
    assert_eq!(lost.overtaken_by(&later(accepted(), "off")), Some(Overtaken::ByAnother));
}

#[test]
fn a_look_that_brings_nothing_has_its_time_and_one_that_was_not_made_has_none() {
    let driven = Driven::open(accepted()).look(4).0.body(5, running());
    let (driven, _) = driven.look(10);
    assert_eq!((driven.0.looks(), driven.0.looked()), (2, after(10)));
    let driven = driven.answer(12, LookResult::NeedsCredential);
    let last = driven.0.last_look().unwrap();
    assert_eq!((driven.0.looked(), last.at, last.is_unanswered), (after(10), after(12), false));
    assert_eq!(last.observed.as_ref().unwrap().at, after(5), "what was read is as old as it is");

    let driven = driven.at(30, EventKind::CredentialReady).answer(31, LookResult::NoCredential);
    assert_eq!((driven.0.looks(), driven.0.looked()), (2, after(12)));
}
