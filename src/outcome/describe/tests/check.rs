//! Every step, and every way that it can end, has words of its own.

use super::*;
use crate::outcome::describe::{check_result, check_step, comparison};
use crate::session::check::{Fault, Good, Step, StepResult, Why};
use crate::sign::compare::{Comparison, Difference};
use crate::transport::{Circumstances, TransportError};
use std::time::Duration;

fn told(result: StepResult) -> Explanation {
    check_result(&result, "#/connections/1/url")
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
        Fault::NoCors,
        Fault::Preflight,
        Fault::HeadersHidden,
        Fault::VerbRefused(405),
        Fault::TooLarge(413),
        Fault::Changed(changed()),
        Fault::SignatureRefused,
        Fault::NotTheProvider(200),
        Fault::ClocksDiffer(1200),
    ];
    let lost = [
        TransportError::Offline,
        TransportError::TimedOut(Duration::from_secs(10)),
        TransportError::Blocked(Circumstances::default()),
        TransportError::Blocked(Circumstances { policy: true, ..Circumstances::default() }),
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
