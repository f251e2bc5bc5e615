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
        hosts: vec![(HOST.to_owned(), marked(404, "passed"))],
        listens: false,
        stranger: Some(marked(403, "refused")),
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
        stranger: Some(seen(403)),
        change: Some(seen(401)),
        ..ours()
    }
}

fn result(seen: &Observation, step: Step) -> StepResult {
    assess(seen).into_iter().find(|(other, _)| *other == step).unwrap().1
}

#[track_caller]
fn fails(seen: &Observation, step: Step, fault: Fault) {
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
            Passed(Good::Answers(404)),
            Passed(Good::Marked),
            Passed(Good::Allowed(vec![HOST.to_owned()])),
            NotApplicable(Why::SameOrigin),
            Passed(Good::ChangePasses(401)),
            Passed(Good::SignatureAccepted(200)),
            Passed(Good::ClocksAgree(1)),
        ]
    );
}

#[test]
fn one_refusal_with_the_mark_is_enough_to_know_the_proxy_by() {
    let plain = |status| Ok(reply(status, &[("content-type", "text/html")]));
    let change = Some(Ok(reply(405, &[("content-type", "application/json")])));
    let seen = Observation { hosts: vec![(HOST.to_owned(), plain(403))], change, ..ours() };
    assert_eq!(result(&seen, Step::OurProxy), Passed(Good::Marked));
    assert!(matches!(result(&seen, Step::AllowList), Passed(_)), "the provider refused, not the proxy");
    assert_eq!(result(&seen, Step::Methods), Passed(Good::ChangePasses(405)), "the provider's answer to a PUT");
}

#[test]
fn another_proxy_on_another_origin_is_told_by_what_it_does() {
    assert_eq!(result(&other(), Step::OurProxy), NotApplicable(Why::OtherProxy));
    assert_eq!(result(&other(), Step::AllowList), Passed(Good::Allowed(vec![HOST.to_owned()])));
    assert_eq!(result(&other(), Step::Cors), Passed(Good::Readable));
}

#[test]
fn in_the_sandbox_nothing_applies_but_the_signed_read() {
    let seen = Observation { way: Way::Sandbox, hosts: Vec::new(), stranger: None, change: None, ..ours() };
    for step in Step::ALL {
        let applies = matches!(step, Step::Unchanged | Step::Clock);
        assert_eq!(matches!(result(&seen, step), Passed(_)), applies, "{step:?}");
    }
    let seen = Observation { read: SignedRead::NoCredential, ..seen };
    assert_eq!(result(&seen, Step::Clock), NotApplicable(Why::Sandbox));
}

#[test]
fn a_direct_connection_has_no_proxy_and_fails_at_cors() {
    let seen = Observation {
        way: Way::Direct,
        cross_origin: true,
        listens: true,
        stranger: None,
        change: Some(blocked()),
        ..with_host(blocked())
    };
    assert_eq!(result(&seen, Step::Reachable), Passed(Good::Listens));
    assert_eq!(result(&seen, Step::OurProxy), NotApplicable(Why::Direct));
    assert_eq!(result(&seen, Step::AllowList), NotApplicable(Why::Direct));
    fails(&seen, Step::Cors, Fault::NoCors);
    assert_eq!(result(&seen, Step::Methods), NotApplicable(Why::Earlier));
    assert_eq!(result(&seen, Step::Unchanged), NotApplicable(Why::Earlier));
}

#[test]
fn nothing_is_told_of_what_lies_behind_a_proxy_that_does_not_answer() {
    let seen = Observation { change: Some(blocked()), stranger: Some(blocked()), ..with_host(blocked()) };
    fails(&seen, Step::Reachable, Fault::NoAnswer(blocked().unwrap_err()));
    for step in [Step::OurProxy, Step::AllowList, Step::Methods, Step::Unchanged] {
        assert_eq!(result(&seen, step), NotApplicable(Why::Earlier), "{step:?}");
    }
}

#[test]
fn a_web_server_without_the_proxy_is_recognised() {
    let page = |status| Ok(reply(status, &[("content-type", "text/html; charset=utf-8")]));
    let server = |status| Observation { stranger: Some(page(status)), ..with_host(page(status)) };
    fails(&server(200), Step::OurProxy, Fault::OwnPage);
    fails(&server(404), Step::OurProxy, Fault::NothingThere(404));
    assert_eq!(result(&server(404), Step::Methods), NotApplicable(Why::Earlier));
}

#[test]
fn the_allow_list_refuses_strangers_and_lets_the_provider_through() {
    let stranger = |probe| Observation { stranger: Some(probe), ..ours() };
    fails(&stranger(marked(200, "passed")), Step::AllowList, Fault::Open(200));
    fails(&stranger(marked(403, "passed")), Step::AllowList, Fault::Open(403));
    fails(&stranger(marked(502, "unreachable")), Step::AllowList, Fault::TriesStrangers(502));
    fails(&stranger(Ok(reply(200, &[]))), Step::AllowList, Fault::Open(200));
    let unmarked = |status| Observation {
        hosts: vec![(HOST.to_owned(), Ok(reply(404, &[("x-request-id", "1")])))],
        ..stranger(Ok(reply(status, &[])))
    };
    fails(&unmarked(502), Step::AllowList, Fault::TriesStrangers(502));
    assert!(matches!(result(&unmarked(403), Step::AllowList), Passed(_)));
    assert!(matches!(result(&stranger(blocked()), Step::AllowList), Passed(_)));
    assert!(matches!(result(&stranger(marked(403, "1")), Step::AllowList), Passed(_)));

    fails(&with_host(marked(403, "refused")), Step::AllowList, Fault::HostRefused(HOST.to_owned()));
    fails(&with_host(marked(502, "unreachable")), Step::AllowList, Fault::HostUnreachable(HOST.to_owned(), 502));
    // The provider itself may refuse a call without a credential.
    assert!(matches!(result(&with_host(marked(403, "passed")), Step::AllowList), Passed(_)));
}

#[test]
fn cors_is_told_apart_by_what_the_page_may_see() {
    let closed = Observation { hosts: vec![(HOST.to_owned(), blocked())], listens: true, ..other() };
    fails(&closed, Step::Cors, Fault::NoCors);
    fails(&Observation { change: Some(blocked()), ..other() }, Step::Cors, Fault::Preflight);
    let bare = || Ok(reply(404, &[("content-type", "application/json")]));
    let hidden = Observation { hosts: vec![(HOST.to_owned(), bare())], change: Some(bare()), ..other() };
    fails(&hidden, Step::Cors, Fault::HeadersHidden);
    assert!(matches!(result(&hidden, Step::Methods), Passed(_)), "hidden headers do not stop a call");
}

#[test]
fn a_refused_verb_and_a_limit_are_named() {
    let change = |probe| Observation { change: Some(probe), ..ours() };
    let other = Observation { change: Some(Ok(reply(405, &[]))), ..other() };
    fails(&other, Step::Methods, Fault::VerbRefused(405));
    fails(&change(marked(403, "refused")), Step::Methods, Fault::VerbRefused(403));
    fails(&change(marked(413, "refused")), Step::Methods, Fault::TooLarge(413));
    fails(&change(marked(502, "unreachable")), Step::Methods, Fault::HostUnreachable(HOST.to_owned(), 502));
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
    let fault = Fault::Changed(Comparison { lines: Vec::new(), reasons: vec![query()] });
    fails(&refused(vec![query()]), Step::Unchanged, fault);
    assert_eq!(result(&refused(vec![Difference::AllEqual]), Step::Unchanged), Passed(Good::SecretDiffers));
    let silent = read(SignedRead::Refused { comparison: None, skew: None });
    fails(&silent, Step::Unchanged, Fault::SignatureRefused);
    fails(&read(SignedRead::Foreign { status: 200 }), Step::Unchanged, Fault::NotTheProvider(200));
    for (seen, why) in [
        (SignedRead::NotTried, Why::Earlier),
        (SignedRead::NoOperation, Why::NoRead),
        (SignedRead::NotSigned, Why::NotSigned),
        (SignedRead::NoCredential, Why::NoCredential),
        (SignedRead::Stopped, Why::Stopped),
    ] {
        assert_eq!(result(&read(seen), Step::Unchanged), NotApplicable(why));
    }
}

#[test]
fn the_clock_is_read_off_whatever_answered() {
    let unsigned = Observation { read: SignedRead::NoCredential, ..ours() };
    assert_eq!(result(&unsigned, Step::Clock), Passed(Good::ClocksAgree(2)));
    let late = Ok(reply(404, &[(PROXY_MARK, "passed"), ("date", "Thu, 01 Jan 1970 00:20:00 GMT")]));
    let read = SignedRead::NoCredential;
    let seen = Observation { hosts: vec![(HOST.to_owned(), late)], read, ..ours() };
    fails(&seen, Step::Clock, Fault::ClocksDiffer(1200));
    assert_eq!(
        result(&Observation { read: SignedRead::NoOperation, ..other() }, Step::Clock),
        NotApplicable(Why::NoDate)
    );
}

#[test]
fn a_plain_404_of_the_sites_own_server_is_no_answer_of_a_provider() {
    for kind in ["text/plain; charset=utf-8", ""] {
        let nothing = || Ok(reply(404, &[("content-type", kind)]));
        let seen = Observation { hosts: vec![(HOST.to_owned(), nothing())], stranger: Some(nothing()), ..other() };
        fails(&Observation { cross_origin: false, ..seen }, Step::OurProxy, Fault::NothingThere(404));
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
        stranger: Some(Err(late())),
        change: Some(Err(late())),
        read: SignedRead::NotTried,
        ..with_host(Err(late()))
    };
    assert_eq!(result(&silent(), Step::Reachable), Passed(Good::Answers(200)));
    assert_eq!(result(&silent(), Step::OurProxy), Passed(Good::Ready));
    fails(&silent(), Step::AllowList, Fault::HostSilent(HOST.to_owned(), late()));
    assert_eq!(result(&silent(), Step::Methods), NotApplicable(Why::Earlier));
    assert_eq!(result(&silent(), Step::Unchanged), NotApplicable(Why::Earlier));
    // The same without its word: nothing is known of what is there.
    let unknown = Observation { root: Some(Ok(reply(404, &[]))), ..silent() };
    fails(&unknown, Step::Reachable, Fault::NoAnswer(late()));
    assert_eq!(result(&unknown, Step::OurProxy), NotApplicable(Why::Earlier));
}

#[test]
fn what_is_wrong_with_a_host_is_not_blamed_on_the_verb_or_the_address() {
    let refused = || marked(403, "refused");
    let seen =
        Observation { change: Some(refused()), read: SignedRead::Foreign { status: 403 }, ..with_host(refused()) };
    fails(&seen, Step::AllowList, Fault::HostRefused(HOST.to_owned()));
    assert_eq!(result(&seen, Step::Methods), NotApplicable(Why::Earlier));
    assert_eq!(result(&seen, Step::Unchanged), NotApplicable(Why::Earlier));
    let second = (String::from("gaussdb.cn-north-4.myhuaweicloud.com"), refused());
    let seen = Observation { hosts: vec![(HOST.to_owned(), marked(404, "passed")), second], ..ours() };
    assert!(matches!(result(&seen, Step::AllowList), Failed(Fault::HostRefused(_))));
    assert_eq!(result(&seen, Step::Methods), Passed(Good::ChangePasses(401)), "the other host takes it");
    assert_eq!(result(&seen, Step::Unchanged), Passed(Good::SignatureAccepted(200)));
}

#[test]
fn a_put_or_a_signed_call_that_alone_is_lost_is_its_own_fault() {
    let lost = || blocked().unwrap_err();
    fails(&Observation { change: Some(blocked()), ..ours() }, Step::Methods, Fault::ChangeLost(lost()));
    fails(&Observation { read: SignedRead::Lost(lost()), ..ours() }, Step::Unchanged, Fault::ReadLost(lost()));
}

#[test]
fn an_address_that_nothing_goes_through_has_nothing_to_check() {
    let seen = Observation { hosts: Vec::new(), stranger: None, change: None, read: SignedRead::NotTried, ..ours() };
    for step in Step::ALL {
        assert_eq!(result(&seen, step), NotApplicable(Why::Unused), "{step:?}");
    }
}

/// A proxy on this origin that bears no mark: what it answers a host, a stranger and a `PUT`.
fn nameless(host: Reply, stranger: Reply, change: Reply) -> Observation {
    let hosts = vec![(HOST.to_owned(), Ok(host))];
    Observation { hosts, stranger: Some(Ok(stranger)), change: Some(Ok(change)), ..ours() }
}

#[test]
fn a_proxy_that_refuses_everybody_is_not_taken_for_one_that_lets_the_provider_through() {
    let plain = || reply(403, &[("content-type", "text/plain")]);
    let json = || Reply { body: b"{\"refused\":true}".to_vec(), ..reply(403, &[("content-type", "application/json")]) };
    for refusal in [plain(), json()] {
        let seen = nameless(refusal.clone(), refusal.clone(), refusal);
        fails(&seen, Step::AllowList, Fault::HostRefused(HOST.to_owned()));
        assert_eq!(result(&seen, Step::Methods), NotApplicable(Why::Earlier));
    }
    // A provider's own 403 has an id, or other words.
    let provider = || reply(403, &[("content-type", "application/json"), ("x-request-id", "1")]);
    let seen = nameless(provider(), json(), provider());
    assert_eq!(result(&seen, Step::AllowList), Passed(Good::Allowed(vec![HOST.to_owned()])));
    assert_eq!(result(&seen, Step::Methods), Passed(Good::ChangePasses(403)));
}

#[test]
fn a_login_in_the_way_is_told_as_that() {
    for (status, headers) in [(401, [("content-type", "text/html")]), (407, [("content-length", "0")])] {
        let seen = nameless(reply(status, &headers), reply(status, &headers), reply(status, &headers));
        fails(&seen, Step::OurProxy, Fault::Login(status));
        assert_eq!(result(&seen, Step::AllowList), NotApplicable(Why::Earlier));
    }
}

#[test]
fn a_put_that_ends_on_the_way_does_not_pass() {
    let host = || reply(404, &[("x-request-id", "1")]);
    let with_change = |change| nameless(host(), reply(403, &[]), change);
    fails(&with_change(reply(403, &[])), Step::Methods, Fault::VerbRefused(403));
    fails(&with_change(reply(502, &[])), Step::Methods, Fault::HostUnreachable(HOST.to_owned(), 502));
    let provider = reply(502, &[("content-type", "application/json")]);
    assert_eq!(result(&with_change(provider), Step::Methods), Passed(Good::ChangePasses(502)));
}

#[test]
fn a_put_that_a_server_before_the_proxy_refuses_does_not_pass() {
    let greeting = Some(marked(200, "ready"));
    let with_change = |change| Observation { root: greeting.clone(), change: Some(Ok(change)), ..ours() };
    fails(&with_change(reply(405, &[("content-type", "text/plain")])), Step::Methods, Fault::VerbRefused(405));
    let provider = reply(405, &[("x-request-id", "1")]);
    assert_eq!(result(&with_change(provider), Step::Methods), Passed(Good::ChangePasses(405)));
}

#[test]
fn a_proxy_that_fails_is_not_called_open() {
    let broken = || reply(500, &[("content-type", "text/plain")]);
    let seen = nameless(broken(), broken(), broken());
    fails(&seen, Step::AllowList, Fault::HostUnreachable(HOST.to_owned(), 500));
    assert_eq!(result(&seen, Step::Methods), NotApplicable(Why::Earlier));
}

#[test]
fn an_answer_that_everybody_gets_proves_no_signature() {
    for status in [200, 202, 403] {
        assert!(proves_a_signature(status), "{status}");
    }
    for status in [400, 404, 429, 503] {
        assert!(!proves_a_signature(status), "{status}");
        let seen = Observation { read: SignedRead::Unread { status }, ..ours() };
        fails(&seen, Step::Unchanged, Fault::SignatureUnread(status));
    }
}

#[test]
fn a_host_that_keeps_the_page_waiting_is_enough() {
    let late = TransportError::TimedOut(Duration::from_secs(15));
    assert_eq!(with_host(Err(late.clone())).late(), Some(late));
    assert_eq!(with_host(blocked()).late(), None);
}
