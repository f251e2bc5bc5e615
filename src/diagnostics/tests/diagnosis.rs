//! What each fault means: why, and what to change.

use crate::diagnostics::diagnosis::{Cause, Remedy, Title};
use crate::diagnostics::{Address, Failure, diagnose};
use crate::outcome::Severity;
use crate::outcome::diagnosis::comparison::of_comparison;
use crate::sign::compare::{Comparison, Difference};
use crate::transport::{Circumstances, TransportError};
use std::time::Duration;

fn address() -> Address {
    Address { place: String::from("#/connections/1/url"), direct: false, origins: vec![String::from("https://p.test")] }
}

fn faults() -> Vec<Failure> {
    let host = || String::from("iam.cn-north-4.myhuaweicloud.com");
    let blocked = || TransportError::Blocked(Circumstances::default());
    let query = Difference::Query { ours: String::from("a=%20"), theirs: String::from("a=+") };
    let all = [
        Failure::OwnPage,
        Failure::NothingThere(404),
        Failure::Login(401),
        Failure::Open(200),
        Failure::TriesDisallowedHost(502),
        Failure::HostRefused(host()),
        Failure::HostUnreachable(host(), 502),
        Failure::HostSilent(host(), TransportError::TimedOut(Duration::from_secs(10))),
        Failure::NoCors,
        Failure::Preflight,
        Failure::HeadersHidden,
        Failure::ChangeLost(blocked()),
        Failure::VerbRefused(405),
        Failure::TooLarge(413),
        Failure::ReadLost(blocked()),
        Failure::Changed(Comparison { lines: Vec::new(), reasons: vec![query] }),
        Failure::SignatureRefused,
        Failure::SignatureInconclusive(404),
        Failure::SignatureInconclusive(429),
        Failure::SignatureInconclusive(503),
        Failure::NotTheProvider(200),
        Failure::ClocksDiffer(1200),
    ];
    let lost = [
        TransportError::Offline,
        TransportError::TimedOut(Duration::from_secs(10)),
        blocked(),
        TransportError::Blocked(Circumstances { policy: true, ..Circumstances::default() }),
        TransportError::Cancelled,
        TransportError::NotLoaded,
        TransportError::WorkerStopped,
        TransportError::Browser(String::from("no")),
    ];
    all.into_iter().chain(lost.into_iter().map(Failure::NoAnswer)).collect()
}

#[test]
fn every_fault_has_a_cause_and_names_a_line_of_configuration_or_says_that_none_is_to_blame() {
    for fault in faults() {
        for direct in [false, true] {
            let found = diagnose(&fault, &Address { direct, ..address() });
            assert!(found.severity == Severity::Error && !found.causes.is_empty(), "{fault:?}");
            assert!(found.remedies.iter().any(Remedy::is_about_configuration), "{fault:?}: {:?}", found.remedies);
        }
    }
}

#[test]
fn a_wrong_address_is_named_and_without_a_proxy_one_is_asked_for() {
    let place = address().place;
    let remedies = |direct| diagnose(&Failure::NoCors, &Address { direct, ..address() }).remedies;
    assert_eq!(remedies(false), [Remedy::AllowOrigin, Remedy::CorrectAddress(place.clone())]);
    assert_eq!(remedies(true), [Remedy::UseProxy(place)]);
}

#[test]
fn what_changed_on_the_way_has_the_causes_of_the_comparison() {
    let changed = faults().into_iter().find_map(|fault| match fault {
        Failure::Changed(comparison) => Some(comparison),
        _ => None,
    });
    let comparison = changed.unwrap();
    let expected = of_comparison(&comparison);
    let found = diagnose(&Failure::Changed(comparison), &address());
    assert_eq!(found.title, Title::Changed(expected.title));
    assert_eq!(found.causes, expected.causes.into_iter().map(Cause::Comparison).collect::<Vec<_>>());
    assert_eq!(found.remedies.last(), Some(&Remedy::KeepTarget));
}

#[test]
fn an_address_that_the_policy_forbids_is_named_with_both_places_to_allow_it() {
    let policy = TransportError::Blocked(Circumstances { policy: true, ..Circumstances::default() });
    let found = diagnose(&Failure::NoAnswer(policy), &address());
    let origins = address().origins;
    assert_eq!(found.causes, [Cause::Policy(origins.clone())]);
    // The address itself is right.
    let remedies = [Remedy::AllowInCaddy(origins.clone()), Remedy::AllowInNginx(origins), Remedy::AllowInOtherServer];
    assert_eq!(found.remedies, remedies);
}

#[test]
fn a_lost_put_and_a_lost_signature_do_not_blame_the_address() {
    let lost = || TransportError::Blocked(Circumstances::default());
    for fault in
        [Failure::ChangeLost(lost()), Failure::ReadLost(lost()), Failure::VerbRefused(405), Failure::TooLarge(413)]
    {
        let found = diagnose(&fault, &address());
        let blames = |remedy: &Remedy| matches!(remedy, Remedy::CorrectAddress(_) | Remedy::StartProxy);
        assert!(!found.remedies.iter().any(blames), "{fault:?}: {:?}", found.remedies);
    }
}
