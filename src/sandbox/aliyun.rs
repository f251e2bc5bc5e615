//! Alibaba Cloud Elasticsearch: the HTTPS switch, the look at an instance, and the list of them.
//!
//! `aliyun/gate.rs` decides whether a request is let in, this file what it does.

pub(super) mod cloud;
mod gate;
mod instances;
mod list;

use http::Method;
use serde_json::json;
use time::{Duration, OffsetDateTime};

pub(super) use gate::{DENIED_KEY, EXPIRED_TOKEN, INACTIVE_KEY, KEY, SECRET, STS_KEY, STS_TOKEN};
pub(super) use instances::{ACTIVATING, CLOUD_NATIVE, INSTANCE, MASKED, NO_COORDINATOR, REFUSING};

use cloud::Done;
use instances::{Instance, Refusal};

use super::api_error::ApiError;
use super::provider::Provider;
use super::world::World;
use super::{Request, Response, faults, reply, wire};

const CHANGE_TAKES: Duration = Duration::seconds(30);

/// The operations played, as the path and method name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Switch(bool),
    Describe,
    List,
}

impl Action {
    fn name(self) -> &'static str {
        match self {
            Self::Switch(true) => "OpenHttps",
            Self::Switch(false) => "CloseHttps",
            Self::Describe => "DescribeInstance",
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
        (&Method::GET, ["openapi", "instances"]) => Some((Action::List, "")),
        _ => None,
    };
    let answer = match route {
        None | Some((Action::Switch(_) | Action::Describe, "")) => Err(not_implemented()),
        Some((action, id)) => answer(world, request, action, id),
    };
    let action = route.map_or("", |(action, _)| action.name());
    answer.unwrap_or_else(|error| reply::aliyun_error(world, &wire::host(request), action, &error))
}

fn answer(world: &mut World, request: &Request, action: Action, id: &str) -> Result<Response, ApiError> {
    gate::admit(world, request, action.name())?;
    match action {
        Action::List => list::answer(world, request),
        Action::Describe => {
            let now = world.now;
            let result = known(world, id)?.describe(id, now);
            Ok(reply::aliyun(world, &result))
        }
        Action::Switch(target) => {
            known(world, id)?;
            let token = client_token(request)?;
            if let Some(done) = token.as_ref().and_then(|token| world.aliyun.done.get(token)) {
                // No fault strikes here: a second try with the same token is how a client gets a lost answer.
                let result = done.repeated(id, target)?;
                return Ok(reply::aliyun(world, &json!(result)));
            }
            faults::around(world, Provider::Aliyun, id, |world| {
                let result = switch(world.aliyun.instance(id)?, target, world.now)?;
                if let Some(token) = token {
                    world.aliyun.done.insert(token, Done { instance: id.to_owned(), target, result });
                }
                Ok(reply::aliyun(world, &json!(result)))
            })
        }
    }
}

/// The instance that an id names, unless the id asks for an error.
fn known<'a>(world: &'a mut World, id: &str) -> Result<&'a mut Instance, ApiError> {
    faults::documented_error(world, Provider::Aliyun, id)?;
    world.aliyun.instance(id)
}

fn switch(instance: &mut Instance, target: bool, now: OffsetDateTime) -> Result<bool, ApiError> {
    match instance.refusal(target, now) {
        Some(Refusal::Activating) => Err(ApiError::new(400, "InstanceActivating", "Instance is activating.")),
        Some(Refusal::NoCoordinator) => Err(ApiError::new(400, "HttpsNeedClientNode", "HttpsNeedClientNode")),
        Some(Refusal::Fails) => Ok(false),
        None => {
            instance.https.start(target, now, CHANGE_TAKES);
            Ok(true)
        }
    }
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
                   it plays OpenHttps, CloseHttps, DescribeInstance and ListInstance.)";
    ApiError::new(404, "InvalidApi.NotFound", message)
}
