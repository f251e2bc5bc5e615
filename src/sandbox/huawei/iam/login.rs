//! `POST /v3/auth/tokens`: a token for a name and a password, and a passcode where the user has a device for it.

use http::HeaderName;
use serde_json::{Value, json};

use super::{keystone, timestamp};
use crate::sandbox::api_error::ApiError;
use crate::sandbox::huawei::account::{self, ACCOUNT, ACCOUNT_ID, PASSCODE, PASSWORD, PROJECTS, Project, USERS, User};
use crate::sandbox::huawei::caller::Scope;
use crate::sandbox::huawei::tokens::Token;
use crate::sandbox::world::World;
use crate::sandbox::{Request, Response, reply, wire};

pub(super) fn answer(world: &mut World, request: &Request) -> Result<Response, ApiError> {
    let body = body(request).ok_or_else(malformed)?;
    let methods = methods(&body).ok_or_else(malformed)?;
    let asked = body.pointer("/auth/identity/password/user").ok_or_else(malformed)?;
    let password = text(asked, "password").ok_or_else(malformed)?;
    if text(asked, "id").or(text(asked, "name")).is_none() {
        return Err(malformed());
    }
    let wrong = || keystone(401, "The username or password is wrong.");
    let user = user(asked).ok_or_else(wrong)?;
    let now = world.now;
    if world.huawei.logins.is_locked(user.id, now) {
        return Err(ApiError::new(401, "IAM.0061", "Account locked."));
    }
    // A wrong passcode is answered like a wrong password: nobody shall learn which of them was right.
    if password != PASSWORD || (user.needs_passcode && !passcode_fits(&body, &methods, user)) {
        world.huawei.logins.fail(user.id, now);
        return Err(wrong());
    }
    world.huawei.logins.succeed(user.id);
    let scope = scope(&body)?;

    let expires = now + user.token_lives;
    let mut token = json!({
        "expires_at": timestamp(expires),
        "issued_at": timestamp(now),
        "methods": methods,
        "user": { "domain": domain(), "name": user.name, "password_expires_at": "", "id": user.id },
        "roles": [{ "name": "te_admin", "id": "0" }],
    });
    let (member, place, scope) = match scope {
        Some(project) => {
            let place = json!({ "domain": domain(), "id": project.id, "name": project.name });
            ("project", place, Scope::Project(project.id.to_owned()))
        }
        None => ("domain", domain(), Scope::Global),
    };
    // Without a scope there is no place in the body at all; the token is one for the account all the same.
    let is_scoped = body.pointer("/auth/scope").is_some();
    if let Some(token) = token.as_object_mut() {
        if is_scoped {
            token.insert(member.to_owned(), place);
        }
        if wire::query_value(request, "nocatalog").is_none_or(|value| value.is_empty()) {
            token.insert("catalog".to_owned(), catalog());
        }
    }
    let subject = world.huawei.tokens.issue(&mut world.ids, Token { scope, expires });
    let mut response = reply::huawei(world, 201, &json!({ "token": token }));
    reply::set_header(&mut response, HeaderName::from_static("x-subject-token"), &subject);
    Ok(response)
}

fn malformed() -> ApiError {
    keystone(400, "The request body is invalid")
}

/// The body, if it is JSON and says so.
fn body(request: &Request) -> Option<Value> {
    serde_json::from_slice(request.body()).ok().filter(|_| wire::is_json(request))
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name).and_then(Value::as_str)
}

/// The ways to prove who one is; the password must be one of them, and no others are played.
fn methods(body: &Value) -> Option<Vec<&str>> {
    let methods = body.pointer("/auth/identity/methods")?.as_array()?;
    let methods: Option<Vec<&str>> = methods.iter().map(Value::as_str).collect();
    let known = |method: &&str| matches!(*method, "password" | "totp");
    methods.filter(|methods| methods.contains(&"password") && methods.iter().all(known))
}

/// The user of an id, or of a name in this account.
fn user(asked: &Value) -> Option<&'static User> {
    if let Some(id) = text(asked, "id") {
        return USERS.iter().find(|user| user.id == id);
    }
    let of_account = asked.get("domain").is_some_and(is_account);
    let name = text(asked, "name").filter(|_| of_account)?;
    USERS.iter().find(|user| user.name == name)
}

fn is_account(domain: &Value) -> bool {
    match text(domain, "id") {
        Some(id) => id == ACCOUNT_ID,
        None => text(domain, "name") == Some(ACCOUNT),
    }
}

fn passcode_fits(body: &Value, methods: &[&str], user: &User) -> bool {
    let given = body.pointer("/auth/identity/totp/user");
    methods.contains(&"totp")
        && given.is_some_and(|given| text(given, "id") == Some(user.id) && text(given, "passcode") == Some(PASSCODE))
}

/// The project that the token is asked for; `None`: for the whole account. With both the project counts.
fn scope(body: &Value) -> Result<Option<&'static Project>, ApiError> {
    let Some(scope) = body.pointer("/auth/scope") else { return Ok(None) };
    if let Some(asked) = scope.get("project") {
        let (id, name) = (text(asked, "id"), text(asked, "name"));
        let found = match (id, name) {
            (Some(id), _) => account::project(id),
            (None, Some(name)) => PROJECTS.iter().find(|project| project.name == name),
            (None, None) => return Err(malformed()),
        };
        let missing = || keystone(404, format!("Could not find project: {}.", id.or(name).unwrap_or_default()));
        return found.map(Some).ok_or_else(missing);
    }
    match scope.get("domain") {
        Some(domain) if is_account(domain) => Ok(None),
        Some(domain) => {
            let asked = text(domain, "id").or(text(domain, "name")).ok_or_else(malformed)?;
            Err(keystone(404, format!("Could not find domain: {asked}.")))
        }
        None => Err(malformed()),
    }
}

fn domain() -> Value {
    json!({ "name": ACCOUNT, "id": ACCOUNT_ID })
}

/// The directory of services that nobody needs, which is why `nocatalog` exists.
fn catalog() -> Value {
    json!([{
        "endpoints": [{
            "id": "33e1cbdd86d34e89a63cf8ad16a5f49f",
            "interface": "public",
            "region": "*",
            "region_id": "*",
            "url": "https://iam.myhuaweicloud.com/v3.0",
        }],
        "id": "100a6a3477f1495286579b819d399e36",
        "name": "iam",
        "type": "iam",
    }])
}
