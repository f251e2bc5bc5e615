use super::*;
use crate::catalog::{ErrorCatalogue, ErrorEntry, Operation, Retry};
use crate::fixtures::{open_https, switch_ssl};
use crate::outcome::{Answer, Outcome};
use crate::proxy::Passage;
use crate::transport::{Circumstances, TransportError};

fn answer_with(outcome: Outcome) -> Answer {
    Answer {
        outcome,
        message: None,
        fields: Vec::new(),
        request_ids: Vec::new(),
        retry_after: None,
        clock_skew: None,
        mislabelled: None,
        foreign_key: None,
        tables: Vec::new(),
        withheld: None,
        long: None,
        forgotten: None,
    }
}

fn diagnosed(outcome: Outcome, operation: &Operation) -> Diagnosis {
    of_answer(&answer_with(outcome), operation, Lookup::Unknown)
}

/// The same call, but reading.
fn reading() -> Operation {
    Operation { method: http::Method::GET, ..open_https() }
}

fn entry(retry: Retry) -> ErrorEntry {
    let text = r#"[{"code": "A.1", "meaning": "It is busy.", "remedy": "Wait for it."}]"#;
    let catalogue = ErrorCatalogue::load("a.errors.json", text).unwrap();
    ErrorEntry { retry, ..catalogue.entries()[0].clone() }
}

fn verify(operation: Operation) -> Vec<Remedy> {
    operation.impact.unwrap().verify.into_iter().map(Remedy::Verify).collect()
}

/// What each of three calls is told of every way in which an answer can be lost.
fn lost_answers() -> Vec<(String, [Diagnosis; 3])> {
    let api_error = |status| Outcome::ApiError { code: "InternalError".into(), message: "m".into(), status };
    let outcomes = [
        Outcome::HttpError { status: 502, body: BodyKind::Html },
        Outcome::HttpError { status: 408, body: BodyKind::Empty },
        Outcome::Undecodable { status: 200, why: UndecodableReason::BrokenJson(None) },
        Outcome::Undecodable { status: 200, why: UndecodableReason::MissingField("Result".into()) },
        api_error(500),
        api_error(408),
    ];
    let errors = [
        TransportError::TimedOut(Duration::from_secs(30)),
        TransportError::Cancelled,
        TransportError::Blocked(Circumstances::default()),
    ];
    let calls = [open_https(), switch_ssl(), reading()];
    let answered = outcomes
        .into_iter()
        .map(|outcome| (format!("{outcome:?}"), calls.each_ref().map(|call| diagnosed(outcome.clone(), call))));
    let unanswered = errors.into_iter().map(|error| {
        (format!("{error:?}"), calls.each_ref().map(|call| of_transport_error(&error, call, Passage::OwnProxy)))
    });
    answered.chain(unanswered).collect()
}

#[test]
fn a_changing_call_without_a_usable_answer_may_have_happened_and_how_to_find_out_comes_first() {
    let token = Remedy::TokenStays { field: "clientToken".into() };
    for (what, [https, ssl, _]) in lost_answers() {
        for (found, verify) in [(&https, verify(open_https())), (&ssl, verify(switch_ssl()))] {
            assert_eq!(found.severity, Severity::Warning, "{what}");
            assert_eq!(&found.causes[0], &Cause::MayHaveHappened, "{what}");
            assert!(!verify.is_empty() && found.remedies.starts_with(&verify), "{what}: {found:?}");
        }
        assert!(https.remedies.contains(&token), "{what}: {https:?}");
        let kept = ssl.remedies.iter().any(|remedy| matches!(remedy, Remedy::TokenStays { .. }));
        assert!(!kept, "{what}: this API has no such token");
    }
}

#[test]
fn nothing_tells_to_send_a_change_again_before_it_is_known_whether_it_was_carried_out() {
    let retries = [Retry::No, Retry::Yes, Retry::Later, Retry::Backoff, Retry::Resign, Retry::SameToken];
    let entries = retries.map(entry);
    let lookups = entries.iter().map(Lookup::Found).chain([Lookup::Failed, Lookup::Unknown]);
    let outcome = Outcome::ApiError { code: "InternalError".into(), message: "m".into(), status: 500 };
    for lookup in lookups {
        let found = of_answer(&answer_with(outcome.clone()), &switch_ssl(), lookup);
        let others: Vec<&Remedy> = found.remedies.iter().skip(verify(switch_ssl()).len()).collect();
        let is_calm = |remedy: &&Remedy| matches!(remedy, Remedy::Documented(_) | Remedy::SearchErrorCentre);
        assert!(others.iter().all(is_calm), "{lookup:?}: {others:?}");
    }
}

#[test]
fn what_is_known_not_to_be_carried_out_is_in_doubt_no_more() {
    for (what, [https, ssl, _]) in lost_answers() {
        for found in [https, ssl] {
            let known = found.clone().not_carried_out();
            assert_eq!(known.title, found.title, "{what}");
            assert!(!known.causes.contains(&Cause::MayHaveHappened), "{what}: {known:?}");
            let doubts = |remedy: &Remedy| matches!(remedy, Remedy::Verify(_) | Remedy::TokenStays { .. });
            assert!(!known.remedies.iter().any(doubts), "{what}: {known:?}");
        }
    }
}

#[test]
fn where_nothing_stops_a_repetition_a_lost_answer_says_so() {
    let lost = TransportError::Blocked(Circumstances::default());
    for (passage, may) in
        [(Passage::Page, false), (Passage::OwnProxy, false), (Passage::OtherProxy, true), (Passage::Provider, true)]
    {
        let found = of_transport_error(&lost, &open_https(), passage);
        assert_eq!(found.causes.contains(&Cause::MaybeRepeated), may, "{passage:?}");
        assert!(!of_transport_error(&lost, &reading(), passage).causes.contains(&Cause::MaybeRepeated));
    }
}

#[test]
fn a_repeated_call_is_not_known_and_not_failed() {
    let found = diagnosed(Outcome::Repeated, &open_https());
    assert_eq!((found.severity, &found.title), (Severity::Warning, &Title::Repeated));
    assert_eq!(found.causes[0], Cause::MayHaveHappened);
    assert!(found.remedies.starts_with(&verify(open_https())), "{found:?}");
    assert!(!Outcome::Repeated.is_certain());
}

#[test]
fn a_reading_call_without_an_answer_can_be_sent_again() {
    for (what, [_, _, found]) in lost_answers() {
        assert_eq!(found.severity, Severity::Error, "{what}");
        assert!(found.remedies.contains(&Remedy::SendReadAgain), "{what}");
        assert!(!found.causes.contains(&Cause::MayHaveHappened), "{what}");
    }
}

#[test]
fn a_call_that_was_refused_or_never_sent_did_not_happen() {
    let refused = [
        Outcome::ApiError { code: "InstanceActivating".into(), message: "m".into(), status: 400 },
        Outcome::HttpError { status: 404, body: BodyKind::Html },
        Outcome::Declined { field: "Result".into(), value: "false".into(), meaning: None },
    ];
    let policy = Circumstances { policy: true, ..Circumstances::default() };
    let unsent = [TransportError::Offline, TransportError::Browser("no".into()), TransportError::Blocked(policy)];
    let refused = refused.into_iter().map(|outcome| diagnosed(outcome, &open_https()));
    for found in refused.chain(unsent.iter().map(|error| of_transport_error(error, &open_https(), Passage::OtherProxy)))
    {
        assert_eq!(found.severity, Severity::Error);
        assert!(!found.causes.contains(&Cause::MayHaveHappened), "{found:?}");
    }
}

#[test]
fn an_accepted_change_goes_on_in_the_background_and_a_reading_call_is_done() {
    let accepted = Diagnosis::new(Severity::Success, Title::Accepted).because(Cause::ChangeGoesOn);
    let accepted = verify(open_https()).into_iter().fold(accepted, Diagnosis::then);
    assert_eq!(diagnosed(Outcome::Success, &open_https()), accepted);
    assert_eq!(diagnosed(Outcome::Success, &reading()), Diagnosis::new(Severity::Success, Title::Done));
}

#[test]
fn what_is_followed_sends_nobody_elsewhere_and_keeps_the_rest() {
    let mut answer = answer_with(Outcome::Success);
    answer.mislabelled = Some("text/plain".into());
    let followed = of_answer(&answer, &open_https(), Lookup::Unknown).followed();
    let label = Cause::Mislabelled(Some("text/plain".into()));
    assert_eq!(followed, Diagnosis::new(Severity::Success, Title::Accepted).because(label));
}

#[test]
fn waiting_relabelling_and_clocks_stand_beside_any_answer() {
    let found = |change: fn(&mut Answer)| {
        let mut answer = answer_with(Outcome::Success);
        change(&mut answer);
        of_answer(&answer, &open_https(), Lookup::Unknown)
    };
    let pause = Duration::from_millis(1500);
    assert_eq!(found(|a| a.retry_after = Some(Duration::from_millis(1500))).remedies[0], Remedy::Wait(pause));
    let label = found(|a| a.mislabelled = Some("text/plain".into()));
    assert!(label.causes.contains(&Cause::Mislabelled(Some("text/plain".into()))));
    assert!(found(|a| a.mislabelled = Some(String::new())).causes.contains(&Cause::Mislabelled(None)));
    let late = found(|a| a.clock_skew = Some(1200));
    assert!(late.causes.contains(&Cause::ClockSkew { seconds: 1200, signs: true }), "{late:?}");
    assert_eq!(late.remedies.last(), Some(&Remedy::SetClock));
    assert_eq!(found(|a| a.clock_skew = Some(-299)), found(|_| ()), "a few seconds are not worth a word");
}

#[test]
fn whatever_is_known_of_a_blocked_call_is_a_cause() {
    for bits in 0..8_u8 {
        let is = |bit: u8| bits & bit != 0;
        let known = Circumstances { offline: is(1), cross_origin: is(2), mixed_content: is(4), policy: false };
        let found = of_transport_error(&TransportError::Blocked(known), &open_https(), Passage::Page);
        assert_eq!(found.severity, Severity::Warning);
        assert_eq!(found.causes.contains(&Cause::NetworkLost), known.offline, "{found:?}");
        assert_eq!(found.causes.contains(&Cause::CrossOrigin), known.cross_origin, "{found:?}");
        assert_eq!(found.causes.contains(&Cause::MixedContent), known.mixed_content, "{found:?}");
        let stopped = TransportError::Blocked(Circumstances { policy: true, ..known });
        let found = of_transport_error(&stopped, &open_https(), Passage::Page);
        assert_eq!((found.severity, found.title), (Severity::Error, Title::StoppedByPolicy));
        assert_eq!(found.causes, [Cause::Policy, Cause::NothingSent]);
    }
}

#[test]
fn what_the_catalogue_knows_of_a_code_comes_with_whether_to_send_again() {
    let remedies = |retry| {
        let entry = entry(retry);
        let error = Outcome::ApiError { code: "A.1".into(), message: "Busy".into(), status: 400 };
        let found = of_answer(&answer_with(error), &open_https(), Lookup::Found(&entry));
        assert_eq!(found.title, Title::ApiError { code: "A.1".into(), message: "Busy".into() });
        assert_eq!(found.causes, [Cause::Documented("It is busy.".into())]);
        assert_eq!(found.remedies[0], Remedy::Documented("Wait for it.".into()));
        found.remedies.into_iter().skip(1).collect::<Vec<_>>()
    };
    assert_eq!(remedies(Retry::No), []);
    assert_eq!(remedies(Retry::Yes), [Remedy::SendAgain]);
    assert_eq!(remedies(Retry::Later), [Remedy::SendAfterChange]);
    // The catalogue's own words say to wait, and for how long: once is enough.
    assert_eq!(remedies(Retry::Backoff), []);
    assert_eq!(remedies(Retry::Resign), [Remedy::SignAgain]);
    assert_eq!(remedies(Retry::SameToken), [Remedy::SendSameToken]);
}

#[test]
fn a_title_ends_before_the_text_that_a_gateway_signed() {
    let message =
        "Incorrect IAM authentication information: verify aksk signature fail, canonicalRequest:PUT|/v3/a/||host:h";
    let outcome = Outcome::ApiError { code: "APIGW.0301".into(), message: message.into(), status: 401 };
    let message = "Incorrect IAM authentication information: verify aksk signature fail".to_owned();
    assert_eq!(diagnosed(outcome, &switch_ssl()).title, Title::ApiError { code: "APIGW.0301".into(), message });
}

#[test]
fn every_code_of_the_shipped_catalogues_is_found_and_explained() {
    let catalogues = [
        (include_str!("../../../apis/huawei-taurusdb.errors.json"), 150, switch_ssl()),
        (include_str!("../../../apis/huawei-iam.errors.json"), 91, switch_ssl()),
        (include_str!("../../../apis/aliyun-elasticsearch.errors.json"), 57, open_https()),
    ];
    for (text, count, operation) in catalogues {
        let catalogue = ErrorCatalogue::load("a.errors.json", text).unwrap();
        assert_eq!(catalogue.entries().len(), count);
        for entry in catalogue.entries() {
            let (status, message) = (entry.status.unwrap_or(400), entry.message.clone().unwrap_or_default());
            let own = catalogue.find(&entry.code, entry.status.unwrap_or_default(), &message);
            assert_eq!(own, Some(entry), "another entry hides it");
            for alias in &entry.aliases {
                assert!(catalogue.find(alias, status, &message).is_some(), "{alias}");
            }
            let outcome = Outcome::ApiError { code: entry.code.clone(), message, status };
            let found = of_answer(&answer_with(outcome), &operation, Lookup::Found(entry));
            assert!(matches!(&found.title, Title::ApiError { code, .. } if *code == entry.code));
            assert!(found.causes.contains(&Cause::Documented(entry.meaning.clone())), "{}", entry.code);
            assert!(found.remedies.contains(&Remedy::Documented(entry.remedy.clone())), "{}", entry.code);
        }
    }
}
