//! IAM: tokens by password, projects, temporary keys.
//!
//! The calls of version 3 answer errors as Keystone does, those of version 3.0 as Huawei's own services. Every host
//! gives the same answers: it is one account.

mod login;

use http::{HeaderName, Method};
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

use super::account::{ACCOUNT_ID, PROJECTS, Project};
use super::caller::{Caller, Refusal};
use super::gate;
use crate::clock;
use crate::sandbox::api_error::ApiError;
use crate::sandbox::world::World;
use crate::sandbox::{Request, Response, reply, wire};

pub(super) fn handle(world: &mut World, request: &Request) -> Response {
    let segments = wire::segments(request.uri().path());
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let answer = match (request.method(), segments.as_slice()) {
        (&Method::POST, ["v3", "auth", "tokens"]) => login::answer(world, request),
        (&Method::GET, ["v3", "projects"]) => list_projects(world, request),
        (&Method::GET, ["v3", "auth", "projects"]) => own_projects(world, request),
        (&Method::POST, ["v3.0", "OS-CREDENTIAL", "securitytokens"]) => temporary_key(world, request),
        _ => Err(ApiError::new(
            404,
            "APIGW.0101",
            "The API does not exist or has not been published in the environment. (Not implemented in the sandbox: \
             of IAM it plays POST auth/tokens, GET projects, GET auth/projects and POST OS-CREDENTIAL/securitytokens.)",
        )),
    };
    let mut response = answer.unwrap_or_else(|error| reply::huawei_error(world, &error));
    let trace = format!("token__null_{}", world.ids.hex());
    reply::set_header(&mut response, HeaderName::from_static("x-iam-trace-id"), &trace);
    response
}

/// `2020-01-04T09:05:22.701000Z`: IAM counts thousandths and writes millionths.
fn timestamp(time: OffsetDateTime) -> String {
    let seconds = clock::rfc3339(time);
    format!("{}.{:03}000Z", seconds.trim_end_matches('Z'), time.millisecond())
}

/// An error of version 3, whose code is its status.
fn keystone(status: u16, message: impl Into<String>) -> ApiError {
    ApiError::new(status, &status.to_string(), message)
}

/// Who calls version 3.
fn caller(world: &mut World, request: &Request) -> Result<Caller, ApiError> {
    gate::admit(world, request).map_err(|reason| match reason {
        Refusal::Gateway(error) => error,
        Refusal::Nobody | Refusal::Unreadable | Refusal::Expired(_) => {
            keystone(401, "The request you have made requires authentication.")
        }
    })
}

/// All projects of the account, for those who may see them.
fn list_projects(world: &mut World, request: &Request) -> Result<Response, ApiError> {
    if caller(world, request)?.denied {
        let message = "You are not authorized to perform the requested action: identity:list_projects.";
        return Err(keystone(403, message));
    }
    let asked = |name| wire::query_value(request, name).filter(|value| !value.is_empty());
    let is = |name, value: &str| asked(name).is_none_or(|asked| asked == value);
    let found = PROJECTS.iter().filter(|project| {
        is("name", project.name)
            && is("parent_id", project.parent)
            && is("domain_id", ACCOUNT_ID)
            && is("enabled", "true")
    });
    let found = match (asked("page"), asked("per_page")) {
        (None, None) => found.collect(),
        (Some(page), Some(size)) => {
            let number = |text: String, most: usize| text.parse().ok().filter(|number| (1..=most).contains(number));
            let (Some(page), Some(size)) = (number(page, usize::MAX / 5000), number(size, 5000)) else {
                return Err(keystone(400, "Request parameter page is invalid."));
            };
            found.skip((page - 1) * size).take(size).collect()
        }
        _ => return Err(keystone(400, "Request parameter page is invalid.")),
    };
    Ok(projects(world, found))
}

/// The projects that the caller can use; that needs no permission.
fn own_projects(world: &mut World, request: &Request) -> Result<Response, ApiError> {
    caller(world, request)?;
    Ok(projects(world, PROJECTS.iter().collect()))
}

fn projects(world: &mut World, found: Vec<&Project>) -> Response {
    let links = |path: &str| json!({ "self": format!("https://iam.myhuaweicloud.com/v3/{path}"), "previous": null, "next": null });
    let entry = |project: &&Project| {
        json!({
            "domain_id": ACCOUNT_ID,
            "is_domain": false,
            "parent_id": project.parent,
            "name": project.name,
            "description": project.description,
            "links": links(&format!("projects/{}", project.id)),
            "id": project.id,
            "enabled": true,
        })
    };
    let found: Vec<Value> = found.iter().map(entry).collect();
    reply::huawei(world, 200, &json!({ "projects": found, "links": links("projects") }))
}

/// A temporary key for whom a token is for. The headers outrank the token in the body.
fn temporary_key(world: &mut World, request: &Request) -> Result<Response, ApiError> {
    let invalid = |what: &str| ApiError::new(400, "IAM.1102", format!("The {what} in the request body is invalid."));
    let body: Value = serde_json::from_slice(request.body())
        .map_err(|_| ApiError::new(400, "IAM.0011", "Request body is invalid."))?;
    let asked = body.pointer("/auth/identity/token");
    let in_body = asked.and_then(|token| token.get("id")).and_then(Value::as_str);
    let by_header = ["authorization", "x-auth-token"].iter().any(|name| request.headers().contains_key(*name));
    let caller = match in_body {
        Some(token) if !by_header => gate::token(world, token),
        _ => gate::admit(world, request),
    };
    let caller = caller.map_err(|reason| match reason {
        Refusal::Gateway(error) => error,
        Refusal::Nobody => ApiError::new(401, "IAM.0001", "The request you have made requires authentication."),
        Refusal::Unreadable => ApiError::new(401, "IAM.0067", "Invalid token."),
        Refusal::Expired(_) => ApiError::new(401, "IAM.0066", "The token has expired."),
    })?;
    if caller.denied {
        return Err(ApiError::new(403, "IAM.0002", "You are not authorized to perform the requested action."));
    }
    if body.pointer("/auth/identity/methods") != Some(&json!(["token"])) {
        return Err(invalid("methods"));
    }
    // The documents show the number and, once, the number as a string.
    let seconds = match asked.and_then(|token| token.get("duration_seconds")) {
        None => Some(900),
        Some(Value::String(text)) => text.parse().ok(),
        Some(number) => number.as_i64(),
    };
    let seconds = seconds.filter(|seconds| (900..=86_400).contains(seconds));
    let expires = world.now + Duration::seconds(seconds.ok_or_else(|| invalid("duration_seconds"))?);
    let key = world.huawei.keys.issue(&mut world.ids, expires);
    let credential = json!({
        "access": key.access,
        "expires_at": timestamp(expires),
        "secret": key.secret,
        "securitytoken": key.token,
    });
    Ok(reply::huawei(world, 201, &json!({ "credential": credential })))
}
