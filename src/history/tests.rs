//! Records, from calls that were really read.

mod finding;
mod kept;
mod stored;

use super::*;
use crate::call::{CallFailure, CallId, Exchange, PlannedCall, Sender, ShownRequest};
use crate::catalog::{Api, Operation};
use crate::credentials::{Keyring, ProfileId};
use crate::form::Draft;
use crate::outcome::{Severity, read};
use crate::proxy::{Connection, ConnectionKind};
use crate::transport::{Reply, TransportError};
use std::time::Duration;
use time::macros::datetime;
use zeroize::Zeroizing;

/// Stands wherever the description says that a secret stands.
const CANARY: &str = "cnry-hunter2";

fn keys() -> Operation {
    let api = Api::load("apis/huawei-iam.json", include_str!("../../apis/huawei-iam.json")).unwrap();
    api.operation("CreateTemporaryAccessKeyByToken").unwrap().unwrap()
}

fn request(operation: &Operation, draft: &Draft) -> ShownRequest {
    let connection = Connection { name: String::from("Sandbox"), kind: ConnectionKind::Sandbox };
    let mut keyring = Keyring::default();
    keyring.ensure_profile(operation, ProfileId::new(1));
    for label in ["X-Auth-Token", "AccessKey ID", "AccessKey secret"] {
        keyring.set(keyring.chosen_id(&operation.provider), label, CANARY);
    }
    PlannedCall { operation, draft, keyring: &keyring, connection: &connection }.preview().unwrap()
}

/// A call that was answered so, by way of what reads every answer. `None`: nothing came back.
fn exchange(id: u128, operation: &Operation, draft: &Draft, answer: Option<(u16, &str)>) -> Exchange {
    let result = match answer {
        None => Err(CallFailure::Transport(TransportError::Browser(format!("bad header {CANARY}")))),
        Some((status, body)) => {
            let headers = [("content-type", "application/json"), ("x-request-id", "r-1"), ("x-echo", CANARY)];
            let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
            let started = datetime!(2026-11-27 10:00:00 UTC);
            let reply =
                Reply { status, headers, body: body.into(), took: Duration::from_millis(412), received: started };
            let reading = read(operation, vec![Zeroizing::new(CANARY.to_owned())], reply);
            Ok((reading.shown, reading.answer))
        }
    };
    Exchange {
        id: CallId::new(id),
        operation: operation.clone().into(),
        subject: String::from("i-1"),
        act: String::from("SSL on"),
        region: String::from("cn-north-4"),
        request: request(operation, draft),
        sender: Sender { connection: String::from("Sandbox"), ..Sender::default() },
        result,
        started: datetime!(2026-11-27 10:00:00.25 UTC),
        took: Duration::from_millis(412),
        granted: None,
    }
}

fn meaning(severity: Severity, title: &str) -> Meaning {
    Meaning { severity, title: title.to_owned(), causes: vec![String::from("Because.")] }
}

/// One of many calls: the higher its number, the later.
fn summary(number: i64) -> Summary {
    let operation = crate::fixtures::switch_ssl();
    let draft = crate::fixtures::ssl_on();
    let body = r#"{"error_code":"DBS.200001","error_msg":"Invalid."}"#;
    let exchange = exchange(number as u128, &operation, &draft, Some((400, body)));
    let mut summary = Record::of(&exchange, Some(&draft), meaning(Severity::Error, "DBS.200001")).unwrap().summary;
    summary.started += number * 60_000;
    summary
}
