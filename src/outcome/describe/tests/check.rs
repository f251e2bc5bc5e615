//! Every step, and every way that it can end, has words of its own.

use super::*;
use crate::diagnostics::{Address, Fault, Good, Step, StepResult, Why};
use crate::outcome::describe::{check_result, check_step, comparison};
use crate::sign::compare::{Comparison, Difference};
use crate::transport::{Circumstances, TransportError};
use std::time::Duration;

fn told(result: StepResult) -> Explanation {
    check_result(&result, &address())
}

fn address() -> Address {
    Address { place: String::from("#/connections/1/url"), direct: false, origins: vec![String::from("https://p.test")] }
}

fn changed() -> Comparison {
    let query = Difference::Query { ours: String::from("a=%20"), theirs: String::from("a=+") };
    Comparison { lines: Vec::new(), reasons: vec![query] }
}

fn faults() -> Vec<Fault> {
    let host = || String::from("iam.cn-north-4.myhuaweicloud.com");
    let all = [
        Fault::OwnPage,
        Fault::NothingThere(404),
        Fault::Open(200),
        Fault::TriesStrangers(502),
        Fault::HostRefused(host()),
        Fault::HostUnreachable(host(), 502),
        Fault::HostSilent(host(), TransportError::TimedOut(Duration::from_secs(10))),
        Fault::NoCors,
        Fault::Preflight,
        Fault::HeadersHidden,
        Fault::ChangeLost(TransportError::Blocked(Circumstances::default())),
        Fault::VerbRefused(405),
        Fault::TooLarge(413),
        Fault::ReadLost(TransportError::Blocked(Circumstances::default())),
        Fault::Changed(changed()),
        Fault::SignatureRefused,
        Fault::Login(401),
        Fault::SignatureUnread(404),
        Fault::SignatureUnread(429),
        Fault::SignatureUnread(503),
        Fault::NotTheProvider(200),
        Fault::ClocksDiffer(1200),
    ];
    let lost = [
        TransportError::Offline,
        TransportError::TimedOut(Duration::from_secs(10)),
        TransportError::Blocked(Circumstances::default()),
        TransportError::Blocked(Circumstances { policy: true, ..Circumstances::default() }),
        TransportError::Cancelled,
        TransportError::NotLoaded,
        TransportError::WorkerStopped,
        TransportError::Browser(String::from("no")),
    ];
    all.into_iter().chain(lost.into_iter().map(Fault::NoAnswer)).collect()
}

#[test]
fn every_fault_says_why_and_what_to_change() {
    for fault in faults() {
        let told = told(StepResult::Failed(fault.clone()));
        assert_eq!(told.tone, Tone::Bad, "{fault:?}");
        assert!(!told.causes.is_empty() && !told.next.is_empty(), "{fault:?}");
    }
    let place = told(StepResult::Failed(Fault::OwnPage)).next.join(" ");
    assert!(place.contains("config.json, correct #/connections/1/url"), "{place}");
    let changed = told(StepResult::Failed(Fault::Changed(changed())));
    assert!(changed.title.starts_with("Changed on the way: "), "{}", changed.title);
    assert_eq!(changed.causes, comparison(&super::check::changed()).causes);
}

#[test]
fn steps_and_ends_read_differently() {
    let good = [
        Good::Answers(404),
        Good::Listens,
        Good::Marked,
        Good::Ready,
        Good::Allowed(vec![String::from("a.test"), String::from("b.test")]),
        Good::Readable,
        Good::ChangePasses(401),
        Good::SignatureAccepted(200),
        Good::SecretDiffers,
        Good::ClocksAgree(-1),
    ];
    let why = [
        Why::Sandbox,
        Why::Direct,
        Why::Earlier,
        Why::OtherProxy,
        Why::SameOrigin,
        Why::Unused,
        Why::NoRead,
        Why::NotSigned,
        Why::NoCredential,
        Why::Stopped,
        Why::NoDate,
    ];
    let ends = good.into_iter().map(StepResult::Passed).chain(why.into_iter().map(StepResult::NotApplicable));
    let mut words: Vec<String> = ends.map(|end| told(end).causes.join(" ")).collect();
    words.extend(Step::ALL.iter().map(|step| check_step(*step).to_owned()));
    let count = words.len();
    words.sort();
    words.dedup();
    assert_eq!(words.len(), count, "{words:#?}");
}

/// What a deployment's files are made of, to hold the advice to it.
const FILES: [(&str, &str); 2] = [
    ("deploy/Caddyfile", include_str!("../../../../deploy/Caddyfile")),
    ("deploy/nginx.conf", include_str!("../../../../deploy/nginx.conf")),
];

#[test]
fn every_fault_names_a_line_of_configuration_or_says_that_none_is_to_blame() {
    for fault in faults() {
        for direct in [false, true] {
            let told = check_result(&StepResult::Failed(fault.clone()), &Address { direct, ..address() });
            let next = told.next.join(" ");
            let named = ["#/connections/1", "deploy/Caddyfile", "Neither config.json"];
            assert!(named.iter().any(|part| next.contains(part)), "{fault:?}: {next}");
        }
    }
}

#[test]
fn the_lines_that_are_quoted_stand_in_the_files() {
    let quoted: [(&str, &[&str]); 2] = [
        (
            "deploy/Caddyfile",
            &[
                "(providers)",
                "handle @call",
                "uri strip_prefix {$TLS_CONSOLE_PATH}/proxy/{re.call.1}",
                "header_up Host {re.call.1}",
                "max_size",
                "@too_long",
                "max_header_size",
                "TLS_CONSOLE_TRANSPORT",
                "SSL_CERT_FILE",
                "TLS_CONSOLE_CONNECT",
                "method",
            ],
        ),
        (
            "deploy/nginx.conf",
            &[
                "map $asked_host $provider",
                "location /proxy/",
                "proxy_pass https://$dial$target",
                "proxy_set_header Host $provider",
                "client_max_body_size",
                "large_client_header_buffers",
                "resolver",
                "proxy_ssl_trusted_certificate",
                "(GET|POST|PUT|PATCH|DELETE)",
                "map $asked $asked_host",
                "EDIT: connect-src",
            ],
        ),
    ];
    let advice: Vec<String> =
        faults().into_iter().map(|fault| told(StepResult::Failed(fault)).next.join(" ")).collect();
    for ((file, lines), (name, text)) in quoted.into_iter().zip(FILES) {
        assert_eq!(file, name);
        for line in lines {
            assert!(text.contains(line), "{file} has no {line}");
            assert!(advice.iter().any(|advice| advice.contains(line)), "nobody is told of {line}");
        }
    }
}

#[test]
fn an_address_that_the_policy_forbids_is_named_with_both_places_to_allow_it() {
    let policy = TransportError::Blocked(Circumstances { policy: true, ..Circumstances::default() });
    let told = told(StepResult::Failed(Fault::NoAnswer(policy)));
    let words = [told.causes.join(" "), told.next.join(" ")].join(" ");
    for part in
        ["call https://p.test", "TLS_CONSOLE_CONNECT=\"https://p.test\"", "add https://p.test behind connect-src"]
    {
        assert!(words.contains(part), "{part} is missing in {words}");
    }
    assert!(!words.contains("correct #/connections"), "the address itself is right: {words}");
}

#[test]
fn a_lost_put_and_a_lost_signature_do_not_blame_the_address() {
    let lost = || TransportError::Blocked(Circumstances::default());
    for fault in [Fault::ChangeLost(lost()), Fault::ReadLost(lost()), Fault::VerbRefused(405), Fault::TooLarge(413)] {
        let told = told(StepResult::Failed(fault.clone()));
        let words = [told.causes, told.next].concat().join(" ");
        assert!(!words.contains("#/connections") && !words.contains("Start the proxy"), "{fault:?}: {words}");
    }
}

#[test]
fn what_a_signed_read_shows_is_not_said_of_a_body() {
    for good in [Good::SignatureAccepted(200), Good::SecretDiffers] {
        let words = told(StepResult::Passed(good)).causes.join(" ");
        assert!(words.contains("empty body") && words.contains("body of a change is not shown"), "{words}");
    }
    let words = told(StepResult::Passed(Good::ChangePasses(401))).causes.join(" ");
    assert!(words.contains("Whether its body arrived as it was sent, this does not show"), "{words}");
}
