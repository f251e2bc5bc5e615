//! What became of a change, and what must hold before it.

use super::*;
use crate::follow::preconditions::{Standing, Unknown};
use crate::follow::{End, MissingValue, Refusal, Why};

fn refusal() -> Refusal {
    Refusal { code: String::from("Forbidden"), message: String::from("Not yours."), status: 403, ..Refusal::default() }
}

#[test]
fn every_end_has_its_own_words() {
    let whys = every!(Why:
        Why::Limit => Why::Limit,
        Why::Unclear => Why::Unclear,
        Why::NeverSeen => Why::NeverSeen,
        Why::Refused(_) => Why::Refused(refusal()),
        Why::NoAnswer => Why::NoAnswer,
        Why::NotOffered => Why::NotOffered,
        Why::MissingValue(_) => Why::MissingValue(MissingValue(String::from("$request.path.id"))),
        Why::NotDescribed => Why::NotDescribed,
    );
    let ends = every!(End:
        End::Verified => End::Verified,
        End::Completed => End::Completed,
        End::Failed(None) => End::Failed(None),
        End::Failed(Some(_)) => End::Failed(Some(String::from("The disk is full."))),
        End::NotCarriedOut => End::NotCarriedOut,
        End::NotSeen(_) => End::NotSeen(61),
        End::Unknown(_) => End::Unknown(Why::Limit),
    );
    let all: Vec<End> = ends.into_iter().chain(whys.into_iter().skip(1).map(End::Unknown)).collect();
    read_all(&all, follow_words().end, assert_sentence);
}

#[test]
fn every_standing_of_a_precondition_has_its_own_words() {
    let unknown = every!(Unknown:
        Unknown::Absent => Unknown::Absent,
        Unknown::Unclear => Unknown::Unclear,
        Unknown::Refused(_) => Unknown::Refused(refusal()),
        Unknown::NoAnswer => Unknown::NoAnswer,
        Unknown::Offline => Unknown::Offline,
        Unknown::NeedsCredential => Unknown::NeedsCredential,
        Unknown::NotOffered => Unknown::NotOffered,
    );
    let standings = every!(Standing:
        Standing::Pass => Standing::Pass,
        Standing::Fail => Standing::Fail,
        Standing::Depends => Standing::Depends,
        Standing::Already => Standing::Already,
        Standing::Unknown(_) => Standing::Unknown(Unknown::Absent),
    );
    let all: Vec<Standing> = standings.into_iter().chain(unknown.into_iter().skip(1).map(Standing::Unknown)).collect();
    read_all(&all, follow_words().standing, assert_plain);
}

#[test]
fn times_and_refusals_are_told_as_a_person_would() {
    let follow = follow_words();
    assert_sentence("running", &(follow.running)(None));
    assert_plain("running", &(follow.running)(Some("60%")));
    for text in [
        follow.needs_credential,
        follow.accepted,
        follow.stopped,
        follow.recovering,
        follow.recovered,
        words().already_on,
        follow.not_checked,
    ] {
        assert_sentence("follow", text);
    }
    // The end says after how long, and what is read says nothing of refusals that may be none.
    let read = [("Status", "active"), ("Protocol", "HTTP")].map(|(label, value)| (label.to_owned(), value.to_owned()));
    assert_eq!(
        [(follow.limit)(3_600, &read), (follow.limit)(3_600, &[])],
        [
            "Not known: the console stopped looking 60 minutes after the call. The last look read: Status active, Protocol HTTP.",
            "Not known: the console stopped looking 60 minutes after the call. The last look showed no end.",
        ]
    );
    assert_eq!(
        [(follow.unseen)(false, &read), (follow.unseen)(true, &[])],
        [
            "The provider does not show the change yet. Status active, Protocol HTTP.",
            "The provider does not show the change now.",
        ]
    );
    assert_eq!(
        [(follow.next_look)(28, true), (follow.next_look)(6, false)],
        ["first look in 28 s", "next look in 6 s"]
    );
    let refusal = Refusal { code: String::from("DBS.200010"), ..refusal() };
    assert_eq!(
        (follow.end)(&End::Unknown(Why::Refused(refusal))),
        "Not known. The provider answered the look with DBS.200010: Not yours."
    );
    assert_sentence("sent again", follow.sent_again);
    assert_sentence("overtaken", &(follow.overtaken)(&(follow.end)(&End::Verified)));
    assert_eq!(
        (follow.unmet)("The instance has at least two nodes.", &[(String::from("Nodes"), String::from("1"))]),
        "This did not hold when the console read it: The instance has at least two nodes. Nodes 1. Correct this first. Waiting alone may not help."
    );
    assert_sentence("no answer", follow.no_answer_to_call);
    assert_eq!(
        (follow.looks)(Some("Proxy"), "", "Huawei Cloud: Token"),
        "Looks go through Proxy · Huawei Cloud: Token"
    );
    assert_plain("profile", &(follow.profile_gone)("Huawei Cloud: Token"));
    assert_eq!((follow.looks)(None, "cn-north-4", ""), "Simulated · cn-north-4");
    assert_plain("without a code", &(follow.refused)(&Refusal { status: 403, ..Refusal::default() }));
    for has_more in [false, true] {
        assert_sentence("picker", &(follow.nothing_fits)(100, has_more));
    }
    read_message("picker", &(follow.picker_needs)(&[String::from("project_id")]));
    assert_eq!((follow_words().since)(62), "62 seconds since the call");
    assert_eq!((follow_words().last_look)("10:00:00", 1), "1 look, at 10:00:00");
}
