//! ListActionRecords: the changes of an instance, the newest first.

use serde_json::{Value, json};
use time::OffsetDateTime;

use super::instances::{ACTIVATING, Record};
use super::list::number;
use super::{invalid, known};
use crate::sandbox::api_error::ApiError;
use crate::sandbox::course::End;
use crate::sandbox::switch::Stage;
use crate::sandbox::world::World;
use crate::sandbox::{Request, Response, reply, wire};

const USER: &str = "200000000000000000";

pub(super) fn answer(world: &mut World, request: &Request, id: &str) -> Result<Response, ApiError> {
    let instance = known(world, id)?;
    let asked = |name: &str| wire::query_value(request, name).filter(|text| !text.is_empty());
    let page = number("page", asked("page"), 1, usize::MAX)?;
    let size = number("size", asked("size"), 10, 100)?;
    let time = |name: &str, default: i64| match asked(name) {
        Some(text) => text.parse().map_err(|_| invalid(name)),
        None => Ok(default),
    };
    let times = time("startTime", i64::MIN)?..=time("endTime", i64::MAX)?;
    let text = |record: &Value, name: &str| record.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let is_one_of = |names: String, name: &str| names.split(',').any(|other| other.trim() == name);
    let fits = |record: &Value| {
        asked("actionNames").is_none_or(|names| is_one_of(names, &text(record, "actionName")))
            && ["requestId", "userId"].iter().all(|name| asked(name).is_none_or(|wanted| wanted == text(record, name)))
            && record.get("startTime").and_then(Value::as_i64).is_some_and(|start| times.contains(&start))
    };
    let own = instance.records.iter().rev().filter_map(|record| shown(world, id, record));
    let all = own.chain((id == ACTIVATING).then(|| endless(world, id))).filter(fits);
    let page: Vec<Value> = all.skip((page - 1).saturating_mul(size)).take(size).collect();
    Ok(reply::aliyun(world, &Value::Array(page)))
}

fn milliseconds(time: OffsetDateTime) -> i64 {
    i64::try_from(time.unix_timestamp_nanos() / 1_000_000).unwrap_or_default()
}

/// A record. `None`: nobody can see it yet.
fn shown(world: &World, id: &str, record: &Record) -> Option<Value> {
    let (state, percent) = match record.change.stage(world.work()) {
        Stage::Hidden => return None,
        Stage::Pending | Stage::Flapped => ("PROCESSING", 0),
        Stage::Running(percent) | Stage::Odd(percent) => ("PROCESSING", percent),
        Stage::Ended(End::Done) => ("SUCCESS", 100),
        Stage::Ended(End::Failed) => ("FAILED", 60),
        Stage::Ended(End::Canceled) => ("INTERRUPTED", 40),
    };
    let end = record.change.end();
    let ended = (end <= world.work()).then(|| milliseconds(world.work_clock.date(end)));
    let exception = if state == "FAILED" { "A node did not start again in time." } else { "" };
    let phase = json!({
        "subState": "RESTART_NODES",
        "stateType": state,
        "process": format!("{percent}%"),
        "nodeCount": 3,
        "completeNodeCount": usize::from(percent) * 3 / 100,
        "exception": exception,
    });
    Some(json!({
        "actionName": record.action,
        "stateType": state,
        "process": format!("{percent}%"),
        "startTime": milliseconds(record.began),
        "endTime": ended,
        "requestId": record.request,
        "instanceId": id,
        "userId": USER,
        "statusInfo": [phase],
    }))
}

/// The change that never ends.
fn endless(world: &World, id: &str) -> Value {
    json!({
        "actionName": "UpdateInstance",
        "stateType": "PROCESSING",
        "process": "40%",
        "startTime": milliseconds(world.born) - 600_000,
        "requestId": "5A2CFF0E-5718-45B5-9D4D-70B3FF000003",
        "instanceId": id,
        "userId": USER,
        "statusInfo": [],
    })
}
