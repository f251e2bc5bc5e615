//! The server's text beside the console's.

use super::*;
use crate::outcome::diagnosis::comparison::{Cause, Remedy, Title};

fn text(text: &str) -> String {
    text.to_owned()
}

pub(super) fn causes() -> Vec<Cause> {
    every!(Cause:
        Cause::NotSigned => Cause::NotSigned,
        Cause::WrongSecret => Cause::WrongSecret,
        Cause::Method { .. } => Cause::Method { ours: text("PUT"), theirs: text("GET") },
        Cause::PathEncoded => Cause::PathEncoded,
        Cause::Path { .. } => Cause::Path { ours: text("/a"), theirs: text("/b") },
        Cause::PathPrefix => Cause::PathPrefix,
        Cause::PathRewritten => Cause::PathRewritten,
        Cause::QueryEncoded => Cause::QueryEncoded,
        Cause::QueryLost => Cause::QueryLost,
        Cause::QueryAdded { .. } => Cause::QueryAdded { theirs: text("a=1") },
        Cause::Query { .. } => Cause::Query { ours: text("a=1"), theirs: text("a=2") },
        Cause::Header { .. } => Cause::Header { name: text("host"), ours: text("a.test"), theirs: text("b.test") },
        Cause::HostReplaced => Cause::HostReplaced,
        Cause::ContentTypeChanged => Cause::ContentTypeChanged,
        Cause::HeaderChanged => Cause::HeaderChanged,
        Cause::SecretHeader { .. } => Cause::SecretHeader { name: text("x-security-token") },
        Cause::HeaderMissing { .. } => Cause::HeaderMissing { name: text("x-sdk-date") },
        Cause::HeaderAdded { .. } => Cause::HeaderAdded { name: text("x-sdk-date") },
        Cause::SignedHeaders => Cause::SignedHeaders,
        Cause::BodyLost => Cause::BodyLost,
        Cause::BodyChanged => Cause::BodyChanged,
        Cause::OtherAttempt => Cause::OtherAttempt,
        Cause::StringToSign => Cause::StringToSign,
    )
}

#[test]
fn every_difference_has_words() {
    let titles = every!(Title:
        Title::NothingToCompare => Title::NothingToCompare,
        Title::WrongSecret => Title::WrongSecret,
        Title::Method => Title::Method,
        Title::Path => Title::Path,
        Title::Query => Title::Query,
        Title::Header => Title::Header,
        Title::SecretHeader => Title::SecretHeader,
        Title::HeaderMissing => Title::HeaderMissing,
        Title::HeaderAdded => Title::HeaderAdded,
        Title::SignedHeaders => Title::SignedHeaders,
        Title::BodyLost => Title::BodyLost,
        Title::BodyChanged => Title::BodyChanged,
        Title::OtherAttempt => Title::OtherAttempt,
        Title::StringToSign => Title::StringToSign,
        Title::Several(_) => Title::Several(3),
    );
    let remedies = every!(Remedy:
        Remedy::ChooseSigner => Remedy::ChooseSigner,
        Remedy::EnterSecretAgain => Remedy::EnterSecretAgain,
        Remedy::CreateKey => Remedy::CreateKey,
        Remedy::KeepMethod => Remedy::KeepMethod,
        Remedy::KeepPath => Remedy::KeepPath,
        Remedy::CorrectTarget => Remedy::CorrectTarget,
        Remedy::KeepQuery => Remedy::KeepQuery,
        Remedy::SendHost { .. } => Remedy::SendHost { host: text("a.test") },
        Remedy::KeepHeader { .. } => Remedy::KeepHeader { name: text("Content-Type") },
        Remedy::EnterHeaderAgain { .. } => Remedy::EnterHeaderAgain { name: text("x-security-token") },
        Remedy::PassHeader { .. } => Remedy::PassHeader { name: text("x-sdk-date") },
        Remedy::CheckAnswer => Remedy::CheckAnswer,
        Remedy::KeepAuthorization => Remedy::KeepAuthorization,
        Remedy::PassBody => Remedy::PassBody,
        Remedy::KeepBody => Remedy::KeepBody,
        Remedy::CompareRightAnswer => Remedy::CompareRightAnswer,
        Remedy::EnterTokenAgain => Remedy::EnterTokenAgain,
    );
    read_all(&titles, answer_words().comparison_title, assert_title);
    read_all(&causes(), answer_words().comparison_cause, assert_sentence);
    read_all(&remedies, answer_words().comparison_remedy, assert_sentence);
}
