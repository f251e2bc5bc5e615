//! Calls that are not sent.

use super::*;
use crate::call::CallError;
use crate::catalog::Lockout;
use crate::form::{Broken, FieldIssue, Target};
use crate::request::BuildError;
use crate::sign::SignError;

#[test]
fn every_reason_not_to_send_has_words() {
    let build = every!(BuildError:
        BuildError::BodyNotAllowed(_) => BuildError::BodyNotAllowed(http::Method::GET),
        BuildError::HeaderValue(_) => BuildError::HeaderValue("X-Any".into()),
        BuildError::PathStep(_) => BuildError::PathStep("..".into()),
    );
    let sign = every!(SignError:
        SignError::WrongKind => SignError::WrongKind,
        SignError::Characters(_) => SignError::Characters("AccessKey ID".into()),
    );
    let issue = FieldIssue { target: Target::Credential("X-Auth-Token".into()), broken: Broken::Required };
    let all = every!(CallError:
        CallError::Fields(_) => CallError::Fields(vec![issue]),
        CallError::ReadOnly => CallError::ReadOnly,
        CallError::NoCredential => CallError::NoCredential,
        CallError::Build(_) => CallError::Build(BuildError::HeaderValue("X-Other".into())),
        CallError::Sign(_) => CallError::Sign(SignError::Characters("Security token".into())),
    );
    let more = build.into_iter().map(CallError::Build).chain(sign.into_iter().map(CallError::Sign));
    let all: Vec<CallError> = all.into_iter().chain(more).collect();
    for language in LANGUAGES.map(|words| words()) {
        read_messages(&all, language.explain.call_error);
        read_message("not_complete", &(language.explain.not_complete)(Vec::new()));
        read_message("stopped", &(language.explain.stopped)(2, Lockout { failures: 6, minutes: 5 }));
        assert_sentence("granted", &(answer_words().granted)("Production"));
    }
}

#[test]
fn what_the_deployment_does_not_send_names_the_configuration() {
    for error in [CallError::ReadOnly, CallError::NoCredential] {
        assert!(text_of(&(words().explain.call_error)(&error)).contains("config.json"));
    }
}

#[test]
fn what_is_missing_for_a_panels_own_call_is_listed() {
    let missing = ["Password is required.", "X-Auth-Token is required."].map(String::from).to_vec();
    assert_eq!((words().explain.not_complete)(missing.clone()).causes, missing);
}

#[test]
fn a_key_about_to_be_locked_says_how_far_it_is_and_that_nothing_was_sent() {
    let text = text_of(&(words().explain.stopped)(2, Lockout { failures: 6, minutes: 5 }));
    for part in ["Nothing was sent", "2 signatures in a row", "locks a key for 5 minutes after 6", "Try once more"] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn a_credential_names_its_profile() {
    assert!((answer_words().granted)("Production").contains("Production"));
}
