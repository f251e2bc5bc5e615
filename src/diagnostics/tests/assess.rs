use super::super::StepResult::{Failed, NotApplicable, Passed};
use super::super::*;
use crate::sign::compare::Difference;
use crate::transport::Circumstances;
use std::time::Duration;
use time::OffsetDateTime;

fn reply(status: u16, headers: &[(&str, &str)]) -> Reply {
    Reply {
        status,
        headers: headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        body: Vec::new(),
        took: Duration::ZERO,
        received: OffsetDateTime::UNIX_EPOCH,
    }
}

fn marked(status: u16, mark: &str) -> Probe {
    Ok(reply(status, &[(PROXY_MARK, mark), ("date", "Thu, 01 Jan 1970 00:00:02 GMT")]))
}

fn blocked() -> Probe {
    Err(TransportError::Blocked(Circumstances::default()))
}

const HOST: &str = "iam.cn-north-4.myhuaweicloud.com";

/// The proxy of `deploy/` as it should be, with an access key.
fn ours() -> Observation {
    Observation {
        way: Way::Proxy,
        cross_origin: false,
        root: None,
        identified: false,
        unidentified: None,
        hosts: vec![(HOST.to_owned(), marked(404, "passed"))],
        listens: false,
        disallowed_host: Some(marked(403, "refused")),
        change: Some(marked(401, "passed")),
        read: SignedRead::Accepted { status: 200, skew: Some(1) },
    }
}

/// A third-party proxy on another origin that works.
fn other() -> Observation {
    let seen = |status| Ok(reply(status, &[("x-request-id", "1")]));
    Observation {
        cross_origin: true,
        hosts: vec![(HOST.to_owned(), seen(404))],
        disallowed_host: Some(seen(403)),
        change: Some(seen(401)),
        ..ours()
    }
}

fn result(seen: &Observation, step: Step) -> StepResult {
    assess(seen).into_iter().find(|(other, _)| *other == step).unwrap().1
}

#[track_caller]
fn fails(seen: &Observation, step: Step, fault: Failure) {
    assert_eq!(result(seen, step), Failed(fault));
}

fn with_host(probe: Probe) -> Observation {
    Observation { hosts: vec![(HOST.to_owned(), probe)], ..ours() }
}

#[test]
fn the_proxy_of_the_deployment_passes_every_step_but_cors() {
    let results: Vec<StepResult> = assess(&ours()).into_iter().map(|(_, result)| result).collect();
    assert_eq!(
        results,
        [
            Passed(Pass::Answers(404)),
            Passed(Pass::Marked),
            NotApplicable(SkipReason::OtherProxy),
            Passed(Pass::Allowed(vec![HOST.to_owned()])),
            NotApplicable(SkipReason::SameOrigin),
            Passed(Pass::ChangePasses(401)),
            Passed(Pass::SignatureAccepted(200)),
            Passed(Pass::ClocksAgree(1)),
        ]
    );
}

#[test]
fn a_proxy_that_asks_for_the_id_of_a_call_must_get_one_and_pass_nothing_else() {
    let asks = Observation {
        root: Some(marked(200, "ready")),
        identified: true,
        unidentified: Some(marked(403, "foreign")),
        ..ours()
    };
    assert_eq!(result(&asks, Step::OwnCalls), Passed(Pass::OwnCallsOnly));
    let any = Observation { unidentified: Some(marked(200, "ready")), ..asks.clone() };
    fails(&any, Step::OwnCalls, Failure::AnyCall);
    assert!(matches!(result(&any, Step::AllowList), Passed(_)), "the rest can be told all the same");
    for sent in [false, true] {
        let refused = with_host(marked(403, "foreign"));
        let unidentified = sent.then(|| marked(403, "foreign"));
        let seen = Observation { root: Some(marked(403, "foreign")), identified: sent, unidentified, ..refused };
        assert_eq!(result(&seen, Step::OurProxy), Passed(Pass::Ready));
        fails(&seen, Step::OwnCalls, Failure::NoCallId { sent });
        assert_eq!(result(&seen, Step::AllowList), NotApplicable(SkipReason::Earlier));
    }
    // Another proxy knows nothing of it, and a lost probe says nothing.
    for unidentified in [None, Some(blocked()), Some(Ok(reply(404, &[])))] {
        let seen = Observation { identified: true, unidentified, ..other() };
        assert_eq!(result(&seen, Step::OwnCalls), NotApplicable(SkipReason::OtherProxy));
    }
}

#[test]
fn one_refusal_with_the_mark_is_enough_to_know_the_proxy_by() {
    let plain = |status| Ok(reply(status, &[("content-type", "text/html")]));
    let change = Some(Ok(reply(405, &[("content-type", "application/json")])));
    let seen = Observation { hosts: vec![(HOST.to_owned(), plain(403))], change, ..ours() };
    assert_eq!(result(&seen, Step::OurProxy), Passed(Pass::Marked));
    assert!(matches!(result(&seen, Step::AllowList), Passed(_)), "the provider refused, not the proxy");
    assert_eq!(result(&seen, Step::Methods), Passed(Pass::ChangePasses(405)), "the provider's answer to a PUT");
}

#[test]
fn another_proxy_on_another_origin_is_told_by_what_it_does() {
    assert_eq!(result(&other(), Step::OurProxy), NotApplicable(SkipReason::OtherProxy));
    assert_eq!(result(&other(), Step::AllowList), Passed(Pass::Allowed(vec![HOST.to_owned()])));
    assert_eq!(result(&other(), Step::Cors), Passed(Pass::Readable));
}

#[test]
fn in_the_sandbox_nothing_applies_but_the_signed_read() {
    let seen = Observation { way: Way::Sandbox, hosts: Vec::new(), disallowed_host: None, change: None, ..ours() };
    for step in Step::ALL {
        let applies = matches!(step, Step::Unchanged | Step::Clock);
        assert_eq!(matches!(result(&seen, step), Passed(_)), applies, "{step:?}");
    }
    let seen = Observation { read: SignedRead::NoCredential, ..seen };
    assert_eq!(result(&seen, Step::Clock), NotApplicable(SkipReason::Sandbox));
}

#[test]
fn a_direct_connection_has_no_proxy_and_fails_at_cors() {
    let seen = Observation {
        way: Way::Direct,
        cross_origin: true,
        listens: true,
        disallowed_host: None,
        change: Some(blocked()),
        ..with_host(blocked())
    };
    assert_eq!(result(&seen, Step::Reachable), Passed(Pass::Listens));
    assert_eq!(result(&seen, Step::OurProxy), NotApplicable(SkipReason::Direct));
    assert_eq!(result(&seen, Step::AllowList), NotApplicable(SkipReason::Direct));
    fails(&seen, Step::Cors, Failure::NoCors);
    assert_eq!(result(&seen, Step::Methods), NotApplicable(SkipReason::Earlier));
    assert_eq!(result(&seen, Step::Unchanged), NotApplicable(SkipReason::Earlier));
}

#[test]
fn nothing_is_told_of_what_lies_behind_a_proxy_that_does_not_answer() {
    let seen = Observation { change: Some(blocked()), disallowed_host: Some(blocked()), ..with_host(blocked()) };
    fails(&seen, Step::Reachable, Failure::NoAnswer(blocked().unwrap_err()));
    for step in [Step::OurProxy, Step::AllowList, Step::Methods, Step::Unchanged] {
        assert_eq!(result(&seen, step), NotApplicable(SkipReason::Earlier), "{step:?}");
    }
}

#[test]
fn a_web_server_without_the_proxy_is_recognised() {
    let page = |status| Ok(reply(status, &[("content-type", "text/html; charset=utf-8")]));
    let server = |status| Observation { disallowed_host: Some(page(status)), ..with_host(page(status)) };
    fails(&server(200), Step::OurProxy, Failure::OwnPage);
    fails(&server(404), Step::OurProxy, Failure::NothingThere(404));
    assert_eq!(result(&server(404), Step::Methods), NotApplicable(SkipReason::Earlier));
}

#[test]
fn the_allow_list_refuses_strangers_and_lets_the_provider_through() {
    let disallowed_host = |probe| Observation { disallowed_host: Some(probe), ..ours() };
    fails(&disallowed_host(marked(200, "passed")), Step::AllowList, Failure::Open(200));
    fails(&disallowed_host(marked(403, "passed")), Step::AllowList, Failure::Open(403));
    fails(&disallowed_host(marked(502, "unreachable")), Step::AllowList, Failure::TriesDisallowedHost(502));
    fails(&disallowed_host(Ok(reply(200, &[]))), Step::AllowList, Failure::Open(200));
    let unmarked = |status| Observation {
        hosts: vec![(HOST.to_owned(), Ok(reply(404, &[("x-request-id", "1")])))],
        ..disallowed_host(Ok(reply(status, &[])))
    };
    fails(&unmarked(502), Step::AllowList, Failure::TriesDisallowedHost(502));
    assert!(matches!(result(&unmarked(403), Step::AllowList), Passed(_)));
    assert!(matches!(result(&disallowed_host(blocked()), Step::AllowList), Passed(_)));
    assert!(matches!(result(&disallowed_host(marked(403, "1")), Step::AllowList), Passed(_)));

    fails(&with_host(marked(403, "refused")), Step::AllowList, Failure::HostRefused(HOST.to_owned()));
    fails(&with_host(marked(502, "unreachable")), Step::AllowList, Failure::HostUnreachable(HOST.to_owned(), 502));
    // The provider itself may refuse a call without a credential.
    assert!(matches!(result(&with_host(marked(403, "passed")), Step::AllowList), Passed(_)));
}

#[test]
fn cors_is_told_apart_by_what_the_page_may_see() {
    let closed = Observation { hosts: vec![(HOST.to_owned(), blocked())], listens: true, ..other() };
    fails(&closed, Step::Cors, Failure::NoCors);
    fails(&Observation { change: Some(blocked()), ..other() }, Step::Cors, Failure::Preflight);
    let bare = || Ok(reply(404, &[("content-type", "application/json")]));
    let hidden = Observation { hosts: vec![(HOST.to_owned(), bare())], change: Some(bare()), ..other() };
    fails(&hidden, Step::Cors, Failure::HeadersHidden);
    assert!(matches!(result(&hidden, Step::Methods), Passed(_)), "hidden headers do not stop a call");
}

#[test]
fn a_refused_verb_and_a_limit_are_named() {
    let change = |probe| Observation { change: Some(probe), ..ours() };
    let other = Observation { change: Some(Ok(reply(405, &[]))), ..other() };
    fails(&other, Step::Methods, Failure::VerbRefused(405));
    fails(&change(marked(403, "refused")), Step::Methods, Failure::VerbRefused(403));
    fails(&change(marked(413, "refused")), Step::Methods, Failure::TooLarge(413));
    fails(&change(marked(502, "unreachable")), Step::Methods, Failure::HostUnreachable(HOST.to_owned(), 502));
    // The provider knows no such path or verb: the call got there.
    assert!(matches!(result(&change(marked(405, "passed")), Step::Methods), Passed(_)));
}

#[test]
fn the_signed_read_shows_whether_something_changed() {
    let read = |read| Observation { read, ..ours() };
    let refused = |reasons| {
        let comparison = Some(Comparison { lines: Vec::new(), reasons });
        read(SignedRead::Refused { comparison, skew: None })
    };
    let query = || Difference::Query { ours: String::from("a=%20"), theirs: String::from("a=+") };
    let fault = Failure::Changed(Comparison { lines: Vec::new(), reasons: vec![query()] });
    fails(&refused(vec![query()]), Step::Unchanged, fault);
    assert_eq!(result(&refused(vec![Difference::AllEqual]), Step::Unchanged), Passed(Pass::SecretDiffers));
    let silent = read(SignedRead::Refused { comparison: None, skew: None });
    fails(&silent, Step::Unchanged, Failure::SignatureRefused);
    fails(&read(SignedRead::Foreign { status: 200 }), Step::Unchanged, Failure::NotTheProvider(200));
    for (seen, why) in [
        (SignedRead::NotTried, SkipReason::Earlier),
        (SignedRead::NoOperation, SkipReason::NoRead),
        (SignedRead::NotSigned, SkipReason::NotSigned),
        (SignedRead::NoCredential, SkipReason::NoCredential),
        (SignedRead::Stopped, SkipReason::Stopped),
    ] {
        assert_eq!(result(&read(seen), Step::Unchanged), NotApplicable(why));
    }
}

#[test]
fn the_clock_is_read_off_whatever_answered() {
    let unsigned = Observation { read: SignedRead::NoCredential, ..ours() };
    assert_eq!(result(&unsigned, Step::Clock), Passed(Pass::ClocksAgree(2)));
    let late = Ok(reply(404, &[(PROXY_MARK, "passed"), ("date", "Thu, 01 Jan 1970 00:20:00 GMT")]));
    let read = SignedRead::NoCredential;
    let seen = Observation { hosts: vec![(HOST.to_owned(), late)], read, ..ours() };
    fails(&seen, Step::Clock, Failure::ClocksDiffer(1200));
    assert_eq!(
        result(&Observation { read: SignedRead::NoOperation, ..other() }, Step::Clock),
        NotApplicable(SkipReason::NoDate)
    );
}

#[test]
fn a_plain_404_of_the_sites_own_server_is_no_answer_of_a_provider() {
    for kind in ["text/plain; charset=utf-8", ""] {
        let nothing = || Ok(reply(404, &[("content-type", kind)]));
        let seen =
            Observation { hosts: vec![(HOST.to_owned(), nothing())], disallowed_host: Some(nothing()), ..other() };
        fails(&Observation { cross_origin: false, ..seen }, Step::OurProxy, Failure::NothingThere(404));
    }
}

/// A proxy that says who it is.
fn greeting() -> Option<Probe> {
    Some(marked(200, "ready"))
}

#[test]
fn a_proxy_that_says_who_it_is_is_known_even_where_no_host_answers() {
    let late = || TransportError::TimedOut(Duration::from_secs(15));
    let silent = || Observation {
        root: greeting(),
        disallowed_host: Some(Err(late())),
        change: Some(Err(late())),
        read: SignedRead::NotTried,
        ..with_host(Err(late()))
    };
    assert_eq!(result(&silent(), Step::Reachable), Passed(Pass::Answers(200)));
    assert_eq!(result(&silent(), Step::OurProxy), Passed(Pass::Ready));
    fails(&silent(), Step::AllowList, Failure::HostSilent(HOST.to_owned(), late()));
    assert_eq!(result(&silent(), Step::Methods), NotApplicable(SkipReason::Earlier));
    assert_eq!(result(&silent(), Step::Unchanged), NotApplicable(SkipReason::Earlier));
    // The same without its word: nothing is known of what is there.
    let unknown = Observation { root: Some(Ok(reply(404, &[]))), ..silent() };
    fails(&unknown, Step::Reachable, Failure::NoAnswer(late()));
    assert_eq!(result(&unknown, Step::OurProxy), NotApplicable(SkipReason::Earlier));
}

#[test]
fn what_is_wrong_with_a_host_is_not_blamed_on_the_verb_or_the_address() {
    let refused = || marked(403, "refused");
    let seen =
        Observation { change: Some(refused()), read: SignedRead::Foreign { status: 403 }, ..with_host(refused()) };
    fails(&seen, Step::AllowList, Failure::HostRefused(HOST.to_owned()));
    assert_eq!(result(&seen, Step::Methods), NotApplicable(SkipReason::Earlier));
    assert_eq!(result(&seen, Step::Unchanged), NotApplicable(SkipReason::Earlier));
    let second = (String::from("gaussdb.cn-north-4.myhuaweicloud.com"), refused());
    let seen = Observation { hosts: vec![(HOST.to_owned(), marked(404, "passed")), second], ..ours() };
    assert!(matches!(result(&seen, Step::AllowList), Failed(Failure::HostRefused(_))));
    assert_eq!(result(&seen, Step::Methods), Passed(Pass::ChangePasses(401)), "the other host takes it");
    assert_eq!(result(&seen, Step::Unchanged), Passed(Pass::SignatureAccepted(200)));
}

#[test]
fn a_put_or_a_signed_call_that_alone_is_lost_is_its_own_fault() {
    let lost = || blocked().unwrap_err();
    fails(&Observation { change: Some(blocked()), ..ours() }, Step::Methods, Failure::ChangeLost(lost()));
    fails(&Observation { read: SignedRead::Lost(lost()), ..ours() }, Step::Unchanged, Failure::ReadLost(lost()));
}

#[test]
fn an_address_that_nothing_goes_through_has_nothing_to_check() {
    let seen =
        Observation { hosts: Vec::new(), disallowed_host: None, change: None, read: SignedRead::NotTried, ..ours() };
    for step in Step::ALL {
        assert_eq!(result(&seen, step), NotApplicable(SkipReason::Unused), "{step:?}");
    }
}

/// A proxy on this origin that bears no mark: what it answers a host, a stranger and a `PUT`.
fn nameless(host: Reply, disallowed_host: Reply, change: Reply) -> Observation {
    let hosts = vec![(HOST.to_owned(), Ok(host))];
    Observation { hosts, disallowed_host: Some(Ok(disallowed_host)), change: Some(Ok(change)), ..ours() }
}

#[test]
fn a_proxy_that_refuses_everybody_is_not_taken_for_one_that_lets_the_provider_through() {
    let plain = || reply(403, &[("content-type", "text/plain")]);
    let json = || Reply { body: b"{\"refused\":true}".to_vec(), ..reply(403, &[("content-type", "application/json")]) };
    for refusal in [plain(), json()] {
        let seen = nameless(refusal.clone(), refusal.clone(), refusal);
        fails(&seen, Step::AllowList, Failure::HostRefused(HOST.to_owned()));
        assert_eq!(result(&seen, Step::Methods), NotApplicable(SkipReason::Earlier));
    }
    // A provider's own 403 has an id, or other words.
    let provider = || reply(403, &[("content-type", "application/json"), ("x-request-id", "1")]);
    let seen = nameless(provider(), json(), provider());
    assert_eq!(result(&seen, Step::AllowList), Passed(Pass::Allowed(vec![HOST.to_owned()])));
    assert_eq!(result(&seen, Step::Methods), Passed(Pass::ChangePasses(403)));
}

#[test]
fn a_login_in_the_way_is_told_as_that() {
    for (status, headers) in [(401, [("content-type", "text/html")]), (407, [("content-length", "0")])] {
        let seen = nameless(reply(status, &headers), reply(status, &headers), reply(status, &headers));
        fails(&seen, Step::OurProxy, Failure::Login(status));
        assert_eq!(result(&seen, Step::AllowList), NotApplicable(SkipReason::Earlier));
    }
}

#[test]
fn a_put_that_ends_on_the_way_does_not_pass() {
    let host = || reply(404, &[("x-request-id", "1")]);
    let with_change = |change| nameless(host(), reply(403, &[]), change);
    fails(&with_change(reply(403, &[])), Step::Methods, Failure::VerbRefused(403));
    fails(&with_change(reply(502, &[])), Step::Methods, Failure::HostUnreachable(HOST.to_owned(), 502));
    let provider = reply(502, &[("content-type", "application/json")]);
    assert_eq!(result(&with_change(provider), Step::Methods), Passed(Pass::ChangePasses(502)));
}

#[test]
fn a_put_that_a_server_before_the_proxy_refuses_does_not_pass() {
    let greeting = Some(marked(200, "ready"));
    let with_change = |change| Observation { root: greeting.clone(), change: Some(Ok(change)), ..ours() };
    fails(&with_change(reply(405, &[("content-type", "text/plain")])), Step::Methods, Failure::VerbRefused(405));
    let provider = reply(405, &[("x-request-id", "1")]);
    assert_eq!(result(&with_change(provider), Step::Methods), Passed(Pass::ChangePasses(405)));
}

#[test]
fn a_proxy_that_fails_is_not_called_open() {
    let broken = || reply(500, &[("content-type", "text/plain")]);
    let seen = nameless(broken(), broken(), broken());
    fails(&seen, Step::AllowList, Failure::HostUnreachable(HOST.to_owned(), 500));
    assert_eq!(result(&seen, Step::Methods), NotApplicable(SkipReason::Earlier));
}

#[test]
fn an_answer_that_everybody_gets_proves_no_signature() {
    for status in [200, 202, 403] {
        assert!(proves_a_signature(status), "{status}");
    }
    for status in [400, 404, 429, 503] {
        assert!(!proves_a_signature(status), "{status}");
        let seen = Observation { read: SignedRead::Inconclusive { status }, ..ours() };
        fails(&seen, Step::Unchanged, Failure::SignatureInconclusive(status));
    }
}

#[test]
fn a_host_that_keeps_the_page_waiting_is_enough() {
    let late = TransportError::TimedOut(Duration::from_secs(15));
    assert_eq!(with_host(Err(late.clone())).late(), Some(late));
    assert_eq!(with_host(blocked()).late(), None);
}

#[test]
fn a_gateway_that_answers_404_for_every_host_is_not_taken_for_a_refusal() {
    let everywhere = || {
        let mut reply = reply(404, &[("content-type", "application/json")]);
        reply.body = b"{\"error_code\": \"APIGW.0101\"}".to_vec();
        Ok(reply)
    };
    let seen = Observation {
        hosts: vec![(HOST.to_owned(), everywhere())],
        disallowed_host: Some(everywhere()),
        change: Some(everywhere()),
        ..other()
    };
    assert_eq!(result(&seen, Step::AllowList), NotApplicable(SkipReason::SameAnswer));
    let stranger = Observation { disallowed_host: Some(Ok(reply(403, &[]))), ..seen };
    assert!(matches!(result(&stranger, Step::AllowList), Passed(Pass::Allowed(_))));
}
