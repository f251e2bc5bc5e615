use super::*;
use crate::call::{CallError, PlannedCall};
use crate::catalog::{Api, Location, Operation, Scheme, Signing};
use crate::credentials::Keyring;
use crate::credentials::ProfileId;
use crate::fixtures::*;
use crate::form::{Broken, Draft, FieldIssue, FieldPath, Raw, Target, check_field, check_server};
use crate::sign::{SchemeKind, SigningTime};
use serde_json::json;

mod closer;
mod file;
mod limits;
mod schema;
mod spelling;

fn issues(text: &str) -> Vec<String> {
    let (config, found) = Config::read(text);
    let (quietly, doubtful) = Config::read_quietly(text);
    assert_eq!(quietly, config, "both readers agree");
    assert!(doubtful || found.is_empty(), "and what is wrong is looked at");
    found.iter().map(|issue| issue.to_string()).collect()
}

/// The configuration of these settings, which must be right.
fn config(settings: Value) -> Config {
    let (config, issues) = Config::read(&settings.to_string());
    assert_eq!(issues, []);
    config
}

fn huawei(settings: Value) -> Operation {
    config(json!({ "providers": { "Huawei Cloud": settings } })).limit(switch_ssl())
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
