//! TaurusDB: the SSL switch and its job.

use http::Method;
use serde_json::{Value, json};

use super::caller::{Refusal, Scope};
use super::instances::{BUSY, JOB_TAKES, Job};
use super::{account, gate};
use crate::clock;
use crate::sandbox::api_error::ApiError;
use crate::sandbox::provider::Provider;
use crate::sandbox::world::World;
use crate::sandbox::{Request, Response, faults, reply, wire};

pub(super) fn handle(world: &mut World, request: &Request) -> Response {
    answer(world, request).unwrap_or_else(|error| reply::huawei_error(world, &error))
}

fn answer(world: &mut World, request: &Request) -> Result<Response, ApiError> {
    let segments = wire::segments(request.uri().path());
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    match (request.method(), segments.as_slice()) {
        (&Method::PUT, ["v3", project, "instances", instance, "ssl-option"]) => {
            check_caller(world, request, project)?;
            switch_ssl(world, request, instance)
        }
        (&Method::GET, ["v3", project, "jobs"]) => {
            check_caller(world, request, project)?;
            show_job(world, request)
        }
        (_, ["v3", _, "instances", _, "ssl-option"] | ["v3", _, "jobs"]) => {
            Err(ApiError::new(404, "APIGW.0101", "The API does not exist."))
        }
        _ => Err(ApiError::new(
            404,
            "APIGW.0101",
            "The API does not exist or has not been published in the environment. \
             (Not implemented in the sandbox: it plays PUT ssl-option and GET jobs.)",
        )),
    }
}

/// Who calls, and whether the project is theirs.
fn check_caller(world: &mut World, request: &Request, project: &str) -> Result<(), ApiError> {
    let caller = gate::admit(world, request).map_err(refused)?;
    if caller.denied {
        let message = "The DB instance ID or user ID may be null, or the operation is not authorized.";
        return Err(ApiError::new(403, "DBS.200010", message));
    }
    if !is_id(project, 32) {
        return Err(parameter_error());
    }
    let not_theirs = || ApiError::new(403, "DBS.200044", "Resource not found or permission denied.");
    let target = account::project(project).ok_or_else(not_theirs)?;
    match &caller.scope {
        Scope::Account => Ok(()),
        Scope::Named(id) | Scope::Project(id) if id == target.id => Ok(()),
        Scope::Project(id) if account::project(id).is_some_and(|own| own.region() != target.region()) => {
            Err(ApiError::new(401, "APIGW.0307", "The token must be updated."))
        }
        // A token without a project passes the gateway; the service finds no project in it.
        Scope::Named(_) | Scope::Project(_) | Scope::Global => Err(not_theirs()),
    }
}

/// The gateway's words for a caller that is not let in.
fn refused(reason: Refusal) -> ApiError {
    let iam =
        |cause: &str| ApiError::new(401, "APIGW.0301", format!("Incorrect IAM authentication information: {cause}"));
    match reason {
        Refusal::Nobody => iam("x-auth-token not found"),
        Refusal::Unreadable => iam("decrypt token fail"),
        Refusal::Expired(at) => {
            let cause = format!("token expires, expires_at: {}", clock::basic_offset(at));
            ApiError::new(401, "APIG.0301", format!("Incorrect IAM authentication information: {cause}"))
        }
        Refusal::Gateway(error) => error,
    }
}

fn switch_ssl(world: &mut World, request: &Request, id: &str) -> Result<Response, ApiError> {
    if !is_id(id, 36) || !id.ends_with("in07") {
        return Err(ApiError::new(400, "DBS.280404", "Invalid DB instance ID or node ID format."));
    }
    faults::documented_error(world, Provider::Huawei, id)?;
    if world.huawei.database.instance(id).is_none() {
        return Err(ApiError::new(404, "DBS.200002", "The DB instance does not exist."));
    }
    let target = ssl_option(request)?;
    faults::around(world, Provider::Huawei, id, |world| {
        let now = world.now;
        let job_id = world.ids.uuid();
        let ssl =
            world.huawei.database.instance(id).filter(|ssl| !ssl.is_moving(now) && id != BUSY).ok_or_else(busy)?;
        ssl.start(target, now, JOB_TAKES);
        let answer = reply::huawei(world, 200, &json!({ "job_id": job_id }));
        world.huawei.database.jobs.insert(job_id, Job { instance: id.to_owned(), started: now });
        Ok(answer)
    })
}

/// Reads the body, which must be JSON and say so.
fn ssl_option(request: &Request) -> Result<bool, ApiError> {
    if !wire::is_json(request) {
        return Err(parameter_error());
    }
    if request.body().is_empty() {
        return Err(ApiError::new(400, "DBS.200006", "The request is null. Enter a request parameter."));
    }
    let body: Value = serde_json::from_slice(request.body()).map_err(|_| parameter_error())?;
    body.get("ssl_option").and_then(Value::as_bool).ok_or_else(parameter_error)
}

fn show_job(world: &mut World, request: &Request) -> Result<Response, ApiError> {
    let id = wire::query_value(request, "id").filter(|id| !id.is_empty()).ok_or_else(parameter_error)?;
    let job = world.huawei.database.jobs.get(&id);
    let job = job.ok_or_else(|| ApiError::new(400, "DBS.200543", "The job does not exist."))?;
    let past = world.now - job.started;
    let running = past < JOB_TAKES;
    let percent = (past.whole_milliseconds() * 100 / JOB_TAKES.whole_milliseconds()).clamp(0, 99);
    let body = json!({ "job": {
        "id": id,
        "name": "GaussDBforMySQLSwitchSSL",
        "status": if running { "Running" } else { "Completed" },
        "created": clock::basic_offset(job.started),
        "ended": if running { String::new() } else { clock::basic_offset(job.started + JOB_TAKES) },
        "process": if running { format!("{percent}%") } else { String::new() },
        "instance": { "id": job.instance, "name": "sandbox" },
        "entities": {},
        "fail_reason": "",
    } });
    Ok(reply::huawei(world, 200, &body))
}

fn parameter_error() -> ApiError {
    ApiError::new(400, "DBS.200001", "Parameter error.")
}

fn busy() -> ApiError {
    let message = "Another operation is being performed on the DB instance or the DB instance is faulty.";
    ApiError::new(409, "DBS.200019", message)
}

fn is_id(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
