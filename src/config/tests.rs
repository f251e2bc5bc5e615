use super::*;
use crate::call::{CallError, PlannedCall};
use crate::catalog::{Api, Location, Operation, Scheme, Signing};
use crate::credentials::Keyring;
use crate::credentials::ProfileId;
use crate::fixtures::*;
use crate::form::{Broken, Draft, FieldIssue, FieldPath, Raw, Target, check_field, check_server};
use crate::sign::{SchemeKind, SigningTime};
use serde_json::json;

mod file;
mod lint;
mod policy;
mod schema;
mod spelling;

/// Where an issue is, its reason, and what was meant or, where nobody can tell, all that is possible.
fn line(issue: &ConfigIssue) -> String {
    let meant = |hint: &Suggestion| hint.meant.clone().unwrap_or_else(|| format!("one of {}", hint.of.join(", ")));
    let reason = match &issue.reason {
        ConfigReason::UnknownKey(hint) => format!("UnknownKey, {}", meant(hint)),
        ConfigReason::Choice(hint) => format!("Choice, {}", meant(hint)),
        ConfigReason::UnknownName(kind, hint) => format!("UnknownName({kind:?}), {}", meant(hint)),
        ConfigReason::FitsNothing(kind, Some(meant)) => format!("FitsNothing({kind:?}), {meant}"),
        ConfigReason::FitsNothing(kind, None) => format!("FitsNothing({kind:?})"),
        other => format!("{other:?}"),
    };
    format!("{}: {reason}", issue.path)
}

/// What a deployment can lock.
const ALL_SETTINGS: [Setting; 3] = [Setting::TimeLimit, Setting::IdleMinutes, Setting::Connection];

fn issues(text: &str) -> Vec<String> {
    Config::parse(text).1.iter().map(line).collect()
}

/// The configuration of these settings, which must be right.
fn config(settings: Value) -> Config {
    let (config, issues) = Config::parse(&settings.to_string());
    assert_eq!(issues, []);
    config
}

fn huawei(settings: Value) -> Operation {
    config(json!({ "providers": { "Huawei Cloud": settings } })).restrict(switch_ssl())
}

fn send(operation: &Operation, draft: &Draft, keyring: &Keyring) -> Result<(), CallError> {
    let connection = Connection { name: "S".into(), kind: ConnectionKind::Sandbox };
    let signing_time = SigningTime { now: time::OffsetDateTime::UNIX_EPOCH, nonce: "n".into() };
    PlannedCall { operation, draft, keyring, connection: &connection }.prepare(&signing_time).map(drop)
}

/// Somebody with a token.
fn with_token(operation: &Operation) -> Keyring {
    let mut keyring = Keyring::default();
    keyring.ensure_profile(operation, ProfileId::new(1));
    let id = keyring.chosen(&operation.provider).unwrap().id;
    keyring.set_kind(id, "X-Auth-Token");
    keyring.set(id, "X-Auth-Token", "token");
    keyring
}

fn wrong(operation: &Operation, draft: &Draft) -> Vec<FieldIssue> {
    match send(operation, draft, &with_token(operation)) {
        Err(CallError::Fields(issues)) => issues,
        other => panic!("{other:?}"),
    }
}
