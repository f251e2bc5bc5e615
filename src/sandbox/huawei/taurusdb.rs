//! TaurusDB: who may call what, and the SSL switch.

use http::Method;
use serde_json::{Value, json};

use super::caller::{Refusal, Scope};
use super::instances::BUSY;
use super::job::Job;
use super::refusals::{busy, check_id, is_id, no_instance, parameter_error};
use super::{account, gate, look};
use crate::clock;
use crate::sandbox::api_error::ApiError;
use crate::sandbox::fleet::{self, Call};
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
            let index = world.huawei.database.index_of(instance);
            fleet::around(world, request, Provider::Huawei, (Call::Change, index), |world| {
                switch_ssl(world, request, instance)
            })
        }
        (&Method::GET, ["v3", project, "jobs"]) => {
            check_caller(world, request, project)?;
            let index = look::index_of_job(world, request);
            fleet::around(world, request, Provider::Huawei, (Call::Look, index), |world| look::job(world, request))
        }
        (&Method::GET, ["v3", project, "immediate-jobs"]) => {
            check_caller(world, request, project)?;
            fleet::around(world, request, Provider::Huawei, (Call::Tasks, None), |world| look::tasks(world, request))
        }
        (&Method::GET, ["v3.1", project, "instances"]) => {
            check_caller(world, request, project)?;
            look::list(world, request, project)
        }
        (&Method::GET, ["v3.1", project, "instances", instance]) => {
            check_caller(world, request, project)?;
            let index = world.huawei.database.index_of(instance);
            fleet::around(world, request, Provider::Huawei, (Call::Look, index), |world| {
                look::details(world, project, instance)
            })
        }
        (
            _,
            ["v3", _, "instances", _, "ssl-option"]
            | ["v3", _, "jobs" | "immediate-jobs"]
            | ["v3.1", _, "instances", ..],
        ) => Err(ApiError::new(404, "APIGW.0101", "The API does not exist.")),
        _ => Err(ApiError::new(
            404,
            "APIGW.0101",
            "The API does not exist or has not been published in the environment. \
             (Not implemented in the sandbox: it plays PUT ssl-option, GET jobs and immediate-jobs, and of v3.1 GET instances.)",
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
pub(super) fn refused(reason: Refusal) -> ApiError {
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
    check_id(id)?;
    faults::documented_error(world, Provider::Huawei, id)?;
    world.huawei.database.find(id).ok_or_else(no_instance)?;
    let target = ssl_option(request)?;
    faults::around(world, Provider::Huawei, id, |world| {
        let (now, work) = (world.now, world.work());
        let job_id = world.ids.uuid();
        let index = world.huawei.database.index_of(id);
        let before = world.huawei.database.find(id).ok_or_else(no_instance)?;
        let course = fleet::course(world, Provider::Huawei, index, before.switches, before.course);
        let instance = world.huawei.database.instance(id).ok_or_else(no_instance)?;
        if !instance.takes_changes() {
            return Err(ApiError::new(400, "DBS.201014", "This operation is not allowed by the DB instance status."));
        }
        if instance.ssl.is_moving(work) || id == BUSY {
            return Err(busy());
        }
        let change = instance.ssl.start(target, work, course);
        instance.switches += 1;
        let answer = reply::huawei(world, 200, &json!({ "job_id": job_id }));
        world.huawei.database.jobs.push(Job { id: job_id, instance: id.to_owned(), created: now, change });
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
