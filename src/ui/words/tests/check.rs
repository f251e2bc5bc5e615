//! "Check connection": every step, and every way in which it can end.

use super::*;
use crate::diagnostics::diagnosis::{Cause, Probed, Remedy, Title};
use crate::diagnostics::{Pass, SkipReason, Step};
use crate::outcome::diagnosis::comparison as compared;
use crate::transport::{Circumstances, TransportError};
use std::time::Duration;

fn host() -> String {
    String::from("iam.cn-north-4.myhuaweicloud.com")
}

fn goods() -> Vec<Pass> {
    every!(Pass:
        Pass::Answers(_) => Pass::Answers(404),
        Pass::Listens => Pass::Listens,
        Pass::Marked => Pass::Marked,
        Pass::Ready => Pass::Ready,
        Pass::OwnCallsOnly => Pass::OwnCallsOnly,
        Pass::Allowed(_) => Pass::Allowed(vec![String::from("a.test"), String::from("b.test")]),
        Pass::Readable => Pass::Readable,
        Pass::ChangePasses(_) => Pass::ChangePasses(401),
        Pass::SignatureAccepted(_) => Pass::SignatureAccepted(200),
        Pass::SecretDiffers => Pass::SecretDiffers,
        Pass::ClocksAgree(_) => Pass::ClocksAgree(-1),
    )
}

fn skip_reasons() -> Vec<SkipReason> {
    every!(SkipReason:
        SkipReason::Sandbox => SkipReason::Sandbox,
        SkipReason::Direct => SkipReason::Direct,
        SkipReason::Earlier => SkipReason::Earlier,
        SkipReason::OtherProxy => SkipReason::OtherProxy,
        SkipReason::SameAnswer => SkipReason::SameAnswer,
        SkipReason::SameOrigin => SkipReason::SameOrigin,
        SkipReason::Unused => SkipReason::Unused,
        SkipReason::NoRead => SkipReason::NoRead,
        SkipReason::NotSigned => SkipReason::NotSigned,
        SkipReason::NoCredential => SkipReason::NoCredential,
        SkipReason::Stopped => SkipReason::Stopped,
        SkipReason::NoDate => SkipReason::NoDate,
    )
}

#[test]
fn every_step_and_every_end_without_a_fault_has_words() {
    let words = check_words();
    read_all(&Step::ALL, |step| (words.step)(*step).to_owned(), assert_title);
    read_all(&goods(), words.passed, assert_sentence);
    read_all(&words.sent, |sent| (*sent).to_owned(), assert_sentence);
    read_all(&skip_reasons(), |why| (words.skipped)(*why).to_owned(), assert_sentence);
    for why in skip_reasons() {
        read_all(&Step::ALL, |step| (words.step_skipped)(*step, why), assert_title);
    }
}

#[test]
fn a_step_is_skipped_or_could_be_tested_with_more() {
    let skipped = check_words().step_skipped;
    assert_eq!(skipped(Step::OurProxy, SkipReason::OtherProxy), "Skipped: type of proxy");
    assert_eq!(skipped(Step::Unchanged, SkipReason::NoCredential), "Not tested: changes on the way");
}

#[test]
fn every_fault_has_a_title() {
    let all = every!(Title:
        Title::NoAnswer => Title::NoAnswer,
        Title::OwnPage => Title::OwnPage,
        Title::NothingThere => Title::NothingThere,
        Title::Login => Title::Login,
        Title::NoCallId => Title::NoCallId,
        Title::AnyCall => Title::AnyCall,
        Title::OpenProxy => Title::OpenProxy,
        Title::TriesDisallowedHost => Title::TriesDisallowedHost,
        Title::HostRefused => Title::HostRefused,
        Title::HostUnreachable => Title::HostUnreachable,
        Title::HostSilent => Title::HostSilent,
        Title::ProviderWithoutCors => Title::ProviderWithoutCors,
        Title::NoCors => Title::NoCors,
        Title::ProviderWithoutPreflight => Title::ProviderWithoutPreflight,
        Title::NoPreflight => Title::NoPreflight,
        Title::HeadersHidden => Title::HeadersHidden,
        Title::PutLost => Title::PutLost,
        Title::PutRefused => Title::PutRefused,
        Title::TooLarge => Title::TooLarge,
        Title::SignedCallLost => Title::SignedCallLost,
        Title::Changed(_) => Title::Changed(compared::Title::Query),
        Title::SignatureRefused => Title::SignatureRefused,
        Title::RefusedInconclusive => Title::RefusedInconclusive,
        Title::ProviderBusy => Title::ProviderBusy,
        Title::NotTheProvider => Title::NotTheProvider,
        Title::ClocksDiffer => Title::ClocksDiffer,
    );
    read_all(&all, check_words().step_title, assert_title);
    let changed = (check_words().step_title)(&Title::Changed(compared::Title::Query));
    assert_eq!(changed, "Changed on the way: The server saw another query");
}

#[test]
fn every_cause_of_a_fault_has_words() {
    let timed_out = || TransportError::TimedOut(Duration::from_secs(10));
    let all = every!(Cause:
        Cause::PageForEveryAddress => Cause::PageForEveryAddress,
        Cause::PageOfServer(_) => Cause::PageOfServer(404),
        Cause::LoginStatus(_) => Cause::LoginStatus(401),
        Cause::NoBasicAuthentication => Cause::NoBasicAuthentication,
        Cause::CallIdNotSent => Cause::CallIdNotSent,
        Cause::CallIdLost => Cause::CallIdLost,
        Cause::AnyCallRisk => Cause::AnyCallRisk,
        Cause::DisallowedHostPassed(_) => Cause::DisallowedHostPassed(200),
        Cause::OpenProxyRisk => Cause::OpenProxyRisk,
        Cause::DisallowedHostTried(_) => Cause::DisallowedHostTried(502),
        Cause::HostRefused(_) => Cause::HostRefused(host()),
        Cause::HostUnreachable(..) => Cause::HostUnreachable(host(), 502),
        Cause::Lost(..) => Cause::Lost(Probed::Host(host()), timed_out()),
        Cause::ProviderWithoutCors => Cause::ProviderWithoutCors,
        Cause::NoAllowOrigin => Cause::NoAllowOrigin,
        Cause::PreflightFails => Cause::PreflightFails,
        Cause::HeadersHidden => Cause::HeadersHidden,
        Cause::PutStopped => Cause::PutStopped,
        Cause::PutStatus(_) => Cause::PutStatus(405),
        Cause::Status(_) => Cause::Status(413),
        Cause::SignatureStopped => Cause::SignatureStopped,
        Cause::Comparison(_) => Cause::Comparison(compared::Cause::QueryLost),
        Cause::NoReasonGiven => Cause::NoReasonGiven,
        Cause::HeaderOrPath(_) => Cause::HeaderOrPath(404),
        Cause::Busy(_) => Cause::Busy(429),
        Cause::NotTheProvider(_) => Cause::NotTheProvider(200),
        Cause::ClockOff(_) => Cause::ClockOff(1_200),
        Cause::SkewLimit => Cause::SkewLimit,
        Cause::Offline => Cause::Offline,
        Cause::TimedOut(_) => Cause::TimedOut(Duration::from_secs(10)),
        Cause::Cancelled => Cause::Cancelled,
        Cause::Policy(_) => Cause::Policy(vec![String::from("https://p.test")]),
        Cause::MixedContent => Cause::MixedContent,
        Cause::NothingListens => Cause::NothingListens,
        Cause::NotLoaded => Cause::NotLoaded,
        Cause::SandboxStopped => Cause::SandboxStopped,
        Cause::RefusedByBrowser(_) => Cause::RefusedByBrowser(String::from("invalid URL")),
    );
    let probed = every!(Probed:
        Probed::Host(_) => Probed::Host(String::from("a.test")),
        Probed::Put => Probed::Put,
        Probed::Signed => Probed::Signed,
    );
    let errors = every!(TransportError:
        TransportError::Offline => TransportError::Offline,
        TransportError::TimedOut(_) => timed_out(),
        TransportError::Cancelled => TransportError::Cancelled,
        TransportError::Blocked(_) => TransportError::Blocked(Circumstances::default()),
        TransportError::NotLoaded => TransportError::NotLoaded,
        TransportError::WorkerStopped => TransportError::WorkerStopped,
        TransportError::Browser(_) => TransportError::Browser(String::from("no")),
    );
    let policy = TransportError::Blocked(Circumstances { policy: true, ..Circumstances::default() });
    let errors: Vec<TransportError> = errors.into_iter().chain([policy]).collect();
    let lost = |probed: Probed| errors.iter().map(move |error| Cause::Lost(probed.clone(), error.clone()));
    let all: Vec<Cause> = all.into_iter().chain(probed.into_iter().flat_map(lost)).collect();
    read_all(&all, check_words().step_cause, assert_sentence);
    // A comparison reads the same here.
    for cause in super::comparison::causes() {
        let alone = (answer_words().comparison_cause)(&cause);
        assert_eq!((check_words().step_cause)(&Cause::Comparison(cause)), alone);
    }
}

fn remedies() -> Vec<Remedy> {
    let place = || String::from("#/connections/1/url");
    let origins = || vec![String::from("https://p.test")];
    every!(Remedy:
        Remedy::CorrectAddress(_) => Remedy::CorrectAddress(place()),
        Remedy::UseProxy(_) => Remedy::UseProxy(place()),
        Remedy::AddProxyPart => Remedy::AddProxyPart,
        Remedy::UseOtherLogin => Remedy::UseOtherLogin,
        Remedy::SetCallId(_) => Remedy::SetCallId(place()),
        Remedy::PassCallId => Remedy::PassCallId,
        Remedy::UpdateProxy => Remedy::UpdateProxy,
        Remedy::RefuseOtherHosts => Remedy::RefuseOtherHosts,
        Remedy::AllowHost(_) => Remedy::AllowHost(host()),
        Remedy::CheckProxyNetwork => Remedy::CheckProxyNetwork,
        Remedy::AllowOrigin => Remedy::AllowOrigin,
        Remedy::AnswerPreflight => Remedy::AnswerPreflight,
        Remedy::ExposeHeaders => Remedy::ExposeHeaders,
        Remedy::ServeFromOneOrigin => Remedy::ServeFromOneOrigin,
        Remedy::PassMethods => Remedy::PassMethods,
        Remedy::RaiseLimits => Remedy::RaiseLimits,
        Remedy::PassSignature => Remedy::PassSignature,
        Remedy::PassAndAllowSignature => Remedy::PassAndAllowSignature,
        Remedy::Comparison(_) => Remedy::Comparison(compared::Remedy::KeepQuery),
        Remedy::KeepTarget => Remedy::KeepTarget,
        Remedy::CheckKeyElsewhere => Remedy::CheckKeyElsewhere,
        Remedy::CheckLater => Remedy::CheckLater,
        Remedy::SetClock => Remedy::SetClock,
        Remedy::ConnectNetwork => Remedy::ConnectNetwork,
        Remedy::CheckProxyAndFirewall => Remedy::CheckProxyAndFirewall,
        Remedy::StartProxy => Remedy::StartProxy,
        Remedy::AllowInCaddy(_) => Remedy::AllowInCaddy(origins()),
        Remedy::AllowInNginx(_) => Remedy::AllowInNginx(origins()),
        Remedy::AllowInOtherServer => Remedy::AllowInOtherServer,
        Remedy::ConfigIsRight => Remedy::ConfigIsRight,
    )
}

#[test]
fn every_remedy_of_a_fault_has_words_and_those_about_configuration_name_the_file() {
    read_all(&remedies(), check_words().step_remedy, assert_sentence);
    for remedy in remedies().iter().filter(|remedy| remedy.is_about_configuration()) {
        let text = (check_words().step_remedy)(remedy);
        assert!(text.contains("config.json") || text.contains("deploy/"), "{text}");
    }
}

/// What a deployment's files are made of, to hold the advice to it.
const FILES: [(&str, &str, &[&str]); 3] = [
    ("docs/hosting.md", include_str!("../../../../docs/hosting.md"), &["SSL_CERT_FILE"]),
    (
        "deploy/Caddyfile",
        include_str!("../../../../deploy/Caddyfile"),
        &[
            "(providers)",
            "handle @call",
            "uri strip_prefix {$TLS_CONSOLE_PATH}/proxy/{re.call.1}",
            "header_up Host {re.call.1}",
            "max_size",
            "@too_long",
            "max_header_size",
            "TLS_CONSOLE_TRANSPORT",
            "TLS_CONSOLE_CONNECT",
            "method",
        ],
    ),
    (
        "deploy/nginx.conf",
        include_str!("../../../../deploy/nginx.conf"),
        &[
            "map $asked_host $provider",
            "location /proxy/",
            "grpc_set_header X-Target $target",
            "proxy_set_header Host $http_x_provider",
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

#[test]
fn the_lines_that_are_quoted_stand_in_the_files() {
    let advice: Vec<String> = remedies().iter().map(check_words().step_remedy).collect();
    for (file, content, lines) in FILES {
        for line in lines {
            assert!(content.contains(line), "{file} has no {line}");
            assert!(advice.iter().any(|advice| advice.contains(line)), "nobody is told of {line}");
        }
    }
}

#[test]
fn the_place_and_the_origin_to_change_are_named() {
    let advice: Vec<String> = remedies().iter().map(check_words().step_remedy).collect();
    for part in [
        "In config.json, correct #/connections/1/url.",
        "add \"callId\": true to the connection of #/connections/1/url.",
        "TLS_CONSOLE_CONNECT=\"https://p.test\"",
        "add https://p.test behind connect-src",
    ] {
        assert!(advice.iter().any(|advice| advice.contains(part)), "{part} is missing in {advice:?}");
    }
}

#[test]
fn what_a_signed_read_shows_is_not_said_of_a_body() {
    for good in [Pass::SignatureAccepted(200), Pass::SecretDiffers] {
        let text = (check_words().passed)(&good);
        assert!(text.contains("empty body") && text.contains("does not test the body of a change"), "{text}");
    }
    let text = (check_words().passed)(&Pass::ChangePasses(401));
    assert!(text.contains("does not test whether its body arrived unchanged"), "{text}");
}
