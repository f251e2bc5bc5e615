//! Answers, and calls without one.

use super::*;
use crate::outcome::diagnosis::{Cause, Remedy, Title};
use crate::outcome::{BodyKind, UndecodableReason, UnreadReason};
use crate::viewer::{Expected, Mistake};
use std::time::Duration;

fn whys() -> Vec<UndecodableReason> {
    every!(UndecodableReason:
        UndecodableReason::Empty => UndecodableReason::Empty,
        UndecodableReason::Html => UndecodableReason::Html,
        UndecodableReason::BrokenJson(_) =>
            UndecodableReason::BrokenJson(Some(Mistake { line: 1, column: 34, expected: Expected::Quote })),
        UndecodableReason::NotJson(_) => UndecodableReason::NotJson("text/plain".into()),
        UndecodableReason::OtherType => UndecodableReason::OtherType,
        UndecodableReason::Undocumented => UndecodableReason::Undocumented,
        UndecodableReason::Error(_) => UndecodableReason::Error("The instance is busy.".into()),
        UndecodableReason::NoCredential(_) => UndecodableReason::NoCredential("X-Subject-Token".into()),
        UndecodableReason::MissingField(_) => UndecodableReason::MissingField("job_id".into()),
        UndecodableReason::Unread(UnreadReason::Cancelled) => UndecodableReason::Unread(UnreadReason::Cancelled),
        UndecodableReason::Unread(UnreadReason::TooLong(_)) =>
            UndecodableReason::Unread(UnreadReason::TooLong(20_000_000)),
        UndecodableReason::Unread(UnreadReason::WorkerStopped) =>
            UndecodableReason::Unread(UnreadReason::WorkerStopped),
    )
}

#[test]
fn every_title_has_words() {
    let all = every!(Title:
        Title::Done => Title::Done,
        Title::Accepted => Title::Accepted,
        Title::Declined { .. } => Title::Declined { field: "Result".into(), value: "false".into() },
        Title::ApiError { .. } => Title::ApiError { code: "A.1".into(), message: "Busy".into() },
        Title::HttpError(_) => Title::HttpError(404),
        Title::Undecodable(_) => Title::Undecodable(UndecodableReason::Empty),
        Title::Repeated => Title::Repeated,
        Title::Offline => Title::Offline,
        Title::TimedOut(_) => Title::TimedOut(Duration::from_secs(30)),
        Title::Cancelled => Title::Cancelled,
        Title::StoppedByPolicy => Title::StoppedByPolicy,
        Title::Blocked => Title::Blocked,
        Title::NotLoaded => Title::NotLoaded,
        Title::SandboxStopped => Title::SandboxStopped,
        Title::RefusedByBrowser => Title::RefusedByBrowser,
    );
    let more = whys().into_iter().skip(1).map(Title::Undecodable);
    let twice = Title::ApiError { code: "A.1".into(), message: "A.1".into() };
    assert_eq!((answer_words().title)(&twice), "A.1", "a code is not told twice");
    let silent = Title::ApiError { code: "A.1".into(), message: String::new() };
    let all: Vec<Title> = all.into_iter().chain(more).chain([silent]).collect();
    read_all(&all, answer_words().title, assert_title);
}

#[test]
fn every_cause_has_words() {
    let all = every!(Cause:
        Cause::ChangeGoesOn => Cause::ChangeGoesOn,
        Cause::MayHaveHappened => Cause::MayHaveHappened,
        Cause::Repeated => Cause::Repeated,
        Cause::MaybeRepeated => Cause::MaybeRepeated,
        Cause::FieldSaysNo { .. } => Cause::FieldSaysNo { field: "Result".into() },
        Cause::Meaning { .. } => Cause::Meaning {
            field: "Result".into(),
            value: "false".into(),
            meaning: "HTTPS could not be enabled.".into(),
        },
        Cause::Documented(_) => Cause::Documented("It is busy.".into()),
        Cause::ForeignKey { .. } => Cause::ForeignKey { theirs: "Alibaba Cloud".into(), own: "Huawei Cloud".into() },
        Cause::LookingUp => Cause::LookingUp,
        Cause::NotInCatalogue => Cause::NotInCatalogue,
        Cause::CatalogueNotLoaded => Cause::CatalogueNotLoaded,
        Cause::Status(_) => Cause::Status(400),
        Cause::Says(_) => Cause::Says("no route".into()),
        Cause::Body(_) => Cause::Body(BodyKind::Empty),
        Cause::Undecodable(_) => Cause::Undecodable(UndecodableReason::Empty),
        Cause::Mislabelled(_) => Cause::Mislabelled(Some("text/plain".into())),
        Cause::ClockSkew { .. } => Cause::ClockSkew { seconds: 1_200, signs: true },
        Cause::NoNetwork => Cause::NoNetwork,
        Cause::NetworkLost => Cause::NetworkLost,
        Cause::Slow => Cause::Slow,
        Cause::StoppedWaiting => Cause::StoppedWaiting,
        Cause::Policy => Cause::Policy,
        Cause::NothingListens => Cause::NothingListens,
        Cause::MixedContent => Cause::MixedContent,
        Cause::CrossOrigin => Cause::CrossOrigin,
        Cause::Redirected => Cause::Redirected,
        Cause::CutOff => Cause::CutOff,
        Cause::FilesMissing => Cause::FilesMissing,
        Cause::WorkerFailed => Cause::WorkerFailed,
        Cause::NothingSent => Cause::NothingSent,
        Cause::BrowserSays(_) => Cause::BrowserSays("invalid URL".into()),
    );
    let bodies = every!(BodyKind:
        BodyKind::Empty => BodyKind::Empty,
        BodyKind::Html => BodyKind::Html,
        BodyKind::Json => BodyKind::Json,
        BodyKind::Text => BodyKind::Text,
        BodyKind::Binary => BodyKind::Binary,
    );
    let more = whys().into_iter().skip(1).map(Cause::Undecodable);
    let more = more.chain(bodies.into_iter().skip(1).map(Cause::Body)).chain([
        Cause::Undecodable(UndecodableReason::NotJson(String::new())),
        Cause::Undecodable(UndecodableReason::BrokenJson(None)),
        Cause::Undecodable(UndecodableReason::Error(String::new())),
        Cause::Mislabelled(None),
        Cause::ClockSkew { seconds: -1_200, signs: false },
    ]);
    let all: Vec<Cause> = all.into_iter().chain(more).collect();
    read_all(&all, answer_words().cause, assert_sentence);
}

#[test]
fn every_remedy_has_words() {
    let all = every!(Remedy:
        Remedy::Verify(_) => Remedy::Verify("Call DescribeInstance.".into()),
        Remedy::VerifyResource => Remedy::VerifyResource,
        Remedy::SendReadAgain => Remedy::SendReadAgain,
        Remedy::TokenStays { .. } => Remedy::TokenStays { field: "clientToken".into() },
        Remedy::Wait(_) => Remedy::Wait(Duration::from_millis(1_500)),
        Remedy::Documented(_) => Remedy::Documented("Wait for it.".into()),
        Remedy::ChooseKeyOf(_) => Remedy::ChooseKeyOf("Huawei Cloud".into()),
        Remedy::GetNewToken => Remedy::GetNewToken,
        Remedy::SendAgain => Remedy::SendAgain,
        Remedy::SendAfterChange => Remedy::SendAfterChange,
        Remedy::SignAgain => Remedy::SignAgain,
        Remedy::SendSameToken => Remedy::SendSameToken,
        Remedy::CheckPreconditions => Remedy::CheckPreconditions,
        Remedy::GiveRequestId => Remedy::GiveRequestId,
        Remedy::SearchErrorCentre => Remedy::SearchErrorCentre,
        Remedy::LoadCatalogueAgain => Remedy::LoadCatalogueAgain,
        Remedy::SlowDown => Remedy::SlowDown,
        Remedy::CheckRegionAndProxy => Remedy::CheckRegionAndProxy,
        Remedy::CheckProxyAccess => Remedy::CheckProxyAccess,
        Remedy::AskAboutProxy => Remedy::AskAboutProxy,
        Remedy::AskForLog => Remedy::AskForLog,
        Remedy::ReadBody => Remedy::ReadBody,
        Remedy::OpenProxyAddress => Remedy::OpenProxyAddress,
        Remedy::SetClock => Remedy::SetClock,
        Remedy::ConnectNetwork => Remedy::ConnectNetwork,
        Remedy::RaiseTimeLimit => Remedy::RaiseTimeLimit,
        Remedy::CheckAddress => Remedy::CheckAddress,
        Remedy::AllowInPolicy => Remedy::AllowInPolicy,
        Remedy::CheckConnection => Remedy::CheckConnection,
        Remedy::OpenDeveloperTools => Remedy::OpenDeveloperTools,
        Remedy::StartSandboxAgain => Remedy::StartSandboxAgain,
        Remedy::SendAgainOrReload => Remedy::SendAgainOrReload,
    );
    read_all(&all, answer_words().remedy, assert_sentence);
    assert!((answer_words().remedy)(&Remedy::Wait(Duration::from_millis(1_500))).contains("wait 2 seconds"));
}

#[test]
fn every_status_has_a_meaning() {
    let undefined = (answer_words().status)(0);
    for status in 100..=599 {
        let meaning = (answer_words().status)(status);
        assert_title(&status.to_string(), meaning);
        assert_eq!(meaning == undefined, !(200..=599).contains(&status), "{status}: {meaning}");
    }
    let status = answer_words().status;
    assert!(status(200) == "OK" && status(429).contains("Too many") && status(504).contains("time-out"));
}

#[test]
fn a_clock_is_late_or_early_and_matters_to_signatures() {
    let cause = |seconds, signs| (answer_words().cause)(&Cause::ClockSkew { seconds, signs });
    assert!(cause(1_200, true).contains("this computer's clock is 20 minutes behind the server's. Signatures are"));
    assert!(cause(-7_200, false).ends_with("this computer's clock is 2 hours ahead of the server's."));
}
