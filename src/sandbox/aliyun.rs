//! Alibaba Cloud Elasticsearch: the HTTPS switch, the look at an instance and at its changes, and the list of them.
//!
//! `aliyun/gate.rs` decides whether a request is let in, this file what it does.

pub(super) mod cloud;
mod gate;
mod instances;
mod list;
mod nonces;
mod records;

pub(super) use gate::{DENIED_KEY, EXPIRED_TOKEN, INACTIVE_KEY, KEY, SECRET, STS_KEY, STS_TOKEN, expired};
use http::Method;
pub(super) use instances::{
    ACTIVATING, CLOUD_NATIVE, HTTPS, INACTIVE, INSTANCE, MASKED, NO_COORDINATOR, OLD, REFUSING, id_of as fleet_id,
};
use serde_json::json;

use cloud::Done;
use instances::{Instance, Record, Refusal};

use super::api_error::ApiError;
use super::fleet::{self, Call};
use super::provider::Provider;
use super::world::World;
use super::{Request, Response, faults, reading, reply, wire};

/// The operations played, as the path and method name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Switch(bool),
    Describe,
    Records,
    List,
}

impl Action {
    fn name(self) -> &'static str {
        match self {
            Self::Switch(true) => "OpenHttps",
            Self::Switch(false) => "CloseHttps",
            Self::Describe => "DescribeInstance",
            Self::Records => "ListActionRecords",
            Self::List => "ListInstance",
        }
    }
}

pub(super) fn handle(world: &mut World, request: &Request) -> Response {
    let segments = wire::segments(request.uri().path());
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let route = match (request.method(), segments.as_slice()) {
        (&Method::POST, ["openapi", "instances", id, "actions", "open-https"]) => Some((Action::Switch(true), *id)),
        (&Method::POST, ["openapi", "instances", id, "actions", "close-https"]) => Some((Action::Switch(false), *id)),
        (&Method::GET, ["openapi", "instances", id]) => Some((Action::Describe, *id)),
        (&Method::GET, ["openapi", "instances", id, "action-records"]) => Some((Action::Records, *id)),
        (&Method::GET, ["openapi", "instances"]) => Some((Action::List, "")),
        _ => None,
    };
    let answer = match route {
        None | Some((Action::Switch(_) | Action::Describe | Action::Records, "")) => Err(not_implemented()),
        Some((action, id)) => answer(world, request, action, id),
    };
    let action = route.map_or("", |(action, _)| action.name());
    answer.unwrap_or_else(|error| reply::aliyun_error(world, &wire::host(request), action, &error))
}

fn answer(world: &mut World, request: &Request, action: Action, id: &str) -> Result<Response, ApiError> {
    gate::admit(world, request, action.name())?;
    let index = world.aliyun.index_of(id);
    let call = match action {
        Action::List => return list::answer(world, request),
        Action::Describe | Action::Records => Call::Look,
        Action::Switch(_) if is_repeated(world, request) => Call::Repeat,
        Action::Switch(_) => Call::Change,
    };
    fleet::around(world, request, Provider::Aliyun, (call, index), |world| carry_out(world, request, action, id))
}

fn carry_out(world: &mut World, request: &Request, action: Action, id: &str) -> Result<Response, ApiError> {
    match action {
        Action::List => list::answer(world, request),
        Action::Describe => reading::around(world, Provider::Aliyun, id, |world| {
            let result = known(world, id)?.describe(id, world.work());
            Ok(reply::aliyun(world, &result))
        }),
        Action::Records => reading::around(world, Provider::Aliyun, id, |world| records::answer(world, request, id)),
        Action::Switch(target) => {
            known(world, id)?;
            let token = client_token(request)?;
            if let Some(done) = token.as_ref().and_then(|token| world.aliyun.done.get(token)) {
                // No fault that an id asks for strikes here: a second try with the same token is how a client gets a lost
                // answer.
                let result = done.repeated(id, target)?;
                return Ok(reply::aliyun(world, &json!(result)));
            }
            faults::around(world, Provider::Aliyun, id, |world| {
                let (response, result) = switch(world, id, action, target)?;
                if let Some(token) = token {
                    world.aliyun.done.insert(token, Done { instance: id.to_owned(), target, result });
                }
                Ok(response)
            })
        }
    }
}

/// Whether the call has the token of an earlier one.
fn is_repeated(world: &World, request: &Request) -> bool {
    client_token(request).ok().flatten().is_some_and(|token| world.aliyun.done.contains_key(&token))
}

/// The instance that an id names, unless the id asks for an error.
fn known(world: &World, id: &str) -> Result<Instance, ApiError> {
    faults::documented_error(world, Provider::Aliyun, id)?;
    world.aliyun.find(id).ok_or_else(cloud::not_found)
}

/// Begins the change, and answers whether it was accepted.
fn switch(world: &mut World, id: &str, action: Action, target: bool) -> Result<(Response, bool), ApiError> {
    let (now, work) = (world.now, world.work());
    let instance = known(world, id)?;
    let refusal = instance.refusal(target, work);
    let index = world.aliyun.index_of(id);
    let course = fleet::course(world, Provider::Aliyun, index, instance.records.len(), instance.course);
    let not_now = "The cluster is running tasks or in an error status. Try again later.";
    match refusal {
        Some(Refusal::Activating) => return Err(activating()),
        Some(Refusal::NotActive) => return Err(ApiError::new(400, "InstanceStatusNotSupportCurrentAction", not_now)),
        Some(Refusal::NoCoordinator) => return Err(ApiError::new(400, "HttpsNeedClientNode", "HttpsNeedClientNode")),
        Some(Refusal::Fails) => return Ok((reply::aliyun(world, &json!(false)), false)),
        None => {}
    }
    let response = reply::aliyun(world, &json!(true));
    let request = reply::aliyun_id(&response).to_owned();
    let instance = world.aliyun.instance(id)?;
    let change = instance.https.start(target, work, course);
    instance.records.push(Record { action: action.name(), request, began: now, change });
    Ok((response, true))
}

/// The answer while another change is under way.
pub(super) fn activating() -> ApiError {
    ApiError::new(400, "InstanceActivating", "Instance is activating.")
}

/// ASCII, at most 64 characters; an empty one counts as none.
fn client_token(request: &Request) -> Result<Option<String>, ApiError> {
    let token = wire::query_value(request, "clientToken").filter(|token| !token.is_empty());
    match token {
        Some(token) if !token.is_ascii() || token.len() > 64 => Err(invalid("clientToken")),
        token => Ok(token),
    }
}

fn invalid(parameter: &str) -> ApiError {
    let message = format!("The specified value of parameter \"{parameter}\" is not valid.");
    ApiError::new(400, "InvalidParameter", message)
}

fn not_implemented() -> ApiError {
    let message = "Specified api is not found, please check your url and method. (Not implemented in the sandbox: \
                   it plays OpenHttps, CloseHttps, DescribeInstance, ListActionRecords and ListInstance.)";
    ApiError::new(404, "InvalidApi.NotFound", message)
}
