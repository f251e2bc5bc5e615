//! IAM of Huawei Cloud: tokens and what they are good for, projects, temporary keys.

use serde_json::{Value, json};
use time::Duration;
use tls_console::sandbox::World;

use super::calls::{NOW, Reply, huawei, sdk_date, send, sign_huawei, world};

const PROJECT: &str = "056538411200d4cd2f79c003c7606412";
const SINGAPORE: &str = "0a3f8d3c5e00f4b12f9dc0035d1e7b26";
const HOST: &str = "https://iam.cn-north-4.myhuaweicloud.com";

fn post(world: &mut World, target: &str, token: Option<&str>, body: &str) -> Reply {
    let mut request = http::Request::post(format!("{HOST}{target}")).header("content-type", "application/json");
    if let Some(token) = token {
        request = request.header("x-auth-token", token);
    }
    send(world, &request.body(body.into()).unwrap())
}

/// A password login as `auth`, with a scope if one is given.
fn auth(user: Value, scope: Option<Value>) -> Value {
    let mut auth = json!({ "identity": { "methods": ["password"], "password": { "user": user } } });
    if let Some(scope) = scope {
        auth["scope"] = scope;
    }
    json!({ "auth": auth })
}

fn user(name: &str, password: &str) -> Value {
    json!({ "name": name, "password": password, "domain": { "name": "DummyAccount" } })
}

fn login(world: &mut World, body: &Value) -> Reply {
    post(world, "/v3/auth/tokens?nocatalog=true", None, &body.to_string())
}

/// A token of a user for a scope.
fn token(world: &mut World, name: &str, scope: Option<Value>) -> String {
    let reply = login(world, &auth(user(name, "DummyPassword!0"), scope));
    assert_eq!(reply.status(), 201, "{}", reply.text());
    reply.header("x-subject-token").to_owned()
}

fn in_region(name: &str) -> Option<Value> {
    Some(json!({ "project": { "name": name } }))
}

fn switch(world: &mut World, token: &str, project: &str) -> (u16, String) {
    let reply = send(world, &huawei(&[("X-Auth-Token", token), ("project_id", project)]));
    (reply.status(), reply.code())
}

#[test]
fn a_token_comes_in_the_header_with_its_times_in_the_body() {
    let mut world = world();
    world.set_now(NOW + Duration::milliseconds(701));
    let reply = login(&mut world, &auth(user("DummyUser", "DummyPassword!0"), in_region("cn-north-4")));
    let text = reply.header("x-subject-token");
    assert!(text.starts_with("MII") && text.len() >= 1500, "{text}");
    let body = &reply.json()["token"];
    assert_eq!(body["issued_at"], "2026-11-22T10:00:00.701000Z");
    assert_eq!(body["expires_at"], "2026-11-23T10:00:00.701000Z");
    assert_eq!(body["methods"], json!(["password"]));
    assert_eq!(body["project"]["id"], PROJECT);
    assert_eq!(body["project"]["domain"]["name"], "DummyAccount");
    assert_eq!(body["user"]["name"], "DummyUser");
    assert_eq!(body["catalog"], Value::Null);
    assert!(!reply.header("x-iam-trace-id").is_empty());
    assert_ne!(token(&mut world, "DummyUser", in_region("cn-north-4")), text);
}

#[test]
fn without_nocatalog_the_directory_comes_too() {
    let body = auth(user("DummyUser", "DummyPassword!0"), None).to_string();
    let reply = post(&mut world(), "/v3/auth/tokens", None, &body);
    assert!(reply.json()["token"]["catalog"][0]["endpoints"].is_array());
}

#[test]
fn a_user_is_found_by_id_without_the_account() {
    let by_id = json!({ "id": "09f4a0d7700025c11f3ec01a5e8dummy", "password": "DummyPassword!0" });
    assert_eq!(login(&mut world(), &auth(by_id, None)).status(), 201);
}

#[test]
fn each_refusal_of_a_login_has_keystones_shape() {
    let good = || user("DummyUser", "DummyPassword!0");
    let elsewhere = json!({ "name": "DummyUser", "password": "DummyPassword!0", "domain": { "name": "Other" } });
    let mut saml = auth(good(), None);
    saml["auth"]["identity"]["methods"] = json!(["saml2"]);
    let project = |name: &str| Some(json!({ "project": { "name": name } }));
    let wrong = "The username or password is wrong.";
    let refusals = [
        (auth(user("DummyUser", "wrong"), None), 401, wrong),
        (auth(user("Nobody", "DummyPassword!0"), None), 401, wrong),
        (auth(elsewhere, None), 401, wrong),
        (auth(user("DummyMfaUser", "DummyPassword!0"), None), 401, wrong),
        (auth(good(), project("cn-north-1")), 404, "Could not find project: cn-north-1."),
        (auth(good(), Some(json!({ "domain": { "name": "Other" } }))), 404, "Could not find domain: Other."),
        (auth(good(), Some(json!({}))), 400, "The request body is invalid"),
        (auth(json!({ "password": "DummyPassword!0" }), None), 400, "The request body is invalid"),
        (auth(json!({ "name": "DummyUser" }), None), 400, "The request body is invalid"),
        (saml, 400, "The request body is invalid"),
        (json!({}), 400, "The request body is invalid"),
    ];
    for (body, status, message) in refusals {
        let reply = login(&mut world(), &body);
        let title = reply.0.status().canonical_reason();
        let expected = json!({ "error": { "code": status, "message": message, "title": title } });
        assert_eq!((reply.status(), reply.json()), (status, expected), "{body}");
    }
    assert_eq!(post(&mut world(), "/v3/auth/tokens", None, "{").status(), 400);
}

#[test]
fn a_user_with_a_device_needs_its_passcode() {
    let with = |id: &str, passcode: &str| {
        let mut body = auth(user("DummyMfaUser", "DummyPassword!0"), in_region("cn-north-4"));
        body["auth"]["identity"]["methods"] = json!(["password", "totp"]);
        body["auth"]["identity"]["totp"] = json!({ "user": { "id": id, "passcode": passcode } });
        login(&mut world(), &body).status()
    };
    let id = "09f4a0d7700025c21f3ec01a5e8dummy";
    assert_eq!(with(id, "123456"), 201);
    assert_eq!(with(id, "654321"), 401);
    assert_eq!(with("09f4a0d7700025c11f3ec01a5e8dummy", "123456"), 401);
}

#[test]
fn five_wrong_passwords_in_a_row_lock_a_user_for_a_quarter_of_an_hour() {
    let mut world = world();
    let good = auth(user("DummyUser", "DummyPassword!0"), None);
    let wrong = auth(user("DummyUser", "wrong"), None);
    for _ in 0..4 {
        assert_eq!(login(&mut world, &wrong).code(), "401");
    }
    assert_eq!(login(&mut world, &good).status(), 201);
    for _ in 0..5 {
        assert_eq!(login(&mut world, &wrong).code(), "401");
    }
    let locked = login(&mut world, &good);
    assert_eq!(locked.json(), json!({ "error_code": "IAM.0061", "error_msg": "Account locked." }));
    assert_eq!(locked.status(), 401);
    token(&mut world, "DummyShortUser", None);
    world.set_now(NOW + Duration::minutes(15));
    assert_eq!(login(&mut world, &good).status(), 201);
}

#[test]
fn a_token_is_good_for_its_project_alone() {
    let mut world = world();
    let own = token(&mut world, "DummyUser", in_region("cn-north-4"));
    let both = Some(json!({ "project": { "id": SINGAPORE }, "domain": { "name": "DummyAccount" } }));
    let other = token(&mut world, "DummyUser", both);
    let team = token(&mut world, "DummyUser", in_region("cn-north-4_team"));
    let account = token(&mut world, "DummyUser", Some(json!({ "domain": { "name": "DummyAccount" } })));
    let bare = token(&mut world, "DummyUser", None);
    assert_eq!(switch(&mut world, &own, PROJECT).0, 200);
    assert_eq!(switch(&mut world, &other, PROJECT), (401, "APIGW.0307".to_owned()));
    assert_eq!(switch(&mut world, &own, SINGAPORE), (401, "APIGW.0307".to_owned()));
    for token in [team, account, bare] {
        assert_eq!(switch(&mut world, &token, PROJECT), (403, "DBS.200044".to_owned()));
    }
    world.set_now(NOW + Duration::minutes(2));
    assert_eq!(switch(&mut world, &other, SINGAPORE).0, 200);
}

#[test]
fn a_token_ends_when_its_body_says() {
    for (name, lives) in
        [("DummyUser", Duration::DAY), ("DummyShortUser", Duration::minutes(10)), ("DummyBriefUser", Duration::MINUTE)]
    {
        let mut world = world();
        let token = token(&mut world, name, in_region("cn-north-4"));
        world.set_now(NOW + lives - Duration::SECOND);
        assert_eq!(switch(&mut world, &token, PROJECT).0, 200, "{name}");
        world.set_now(NOW + lives);
        assert_eq!(switch(&mut world, &token, PROJECT), (401, "APIG.0301".to_owned()), "{name}");
    }
}

fn get(world: &mut World, target: &str, token: &str) -> Reply {
    let request = http::Request::get(format!("https://iam.myhuaweicloud.com{target}")).header("x-auth-token", token);
    send(world, &request.body(Vec::new()).unwrap())
}

fn names(reply: &Reply) -> Vec<String> {
    let body = reply.json();
    body["projects"].as_array().unwrap().iter().map(|p| p["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_project_of_a_region_is_found_by_its_name() {
    let mut world = world();
    let token = token(&mut world, "DummyUser", None);
    let reply = get(&mut world, "/v3/projects?name=cn-north-4", &token);
    let found = &reply.json()["projects"][0];
    assert_eq!((&found["id"], &found["name"]), (&json!(PROJECT), &json!("cn-north-4")));
    assert_eq!((&found["enabled"], &found["is_domain"]), (&json!(true), &json!(false)));
    assert_eq!(found["parent_id"], found["domain_id"]);
    assert_eq!(names(&get(&mut world, "/v3/projects?name=cn-north-1", &token)), [""; 0]);
    let all = ["cn-north-4", "cn-east-3", "ap-southeast-3", "cn-north-4_team", "MOS"];
    assert_eq!(names(&get(&mut world, "/v3/auth/projects", &token)), all);
    assert_eq!(names(&get(&mut world, &format!("/v3/projects?parent_id={PROJECT}"), &token)), ["cn-north-4_team"]);
    assert_eq!(names(&get(&mut world, "/v3/projects?page=2&per_page=2", &token)), all[2..4]);
    for wrong in ["page=1", "page=0&per_page=2", "page=1&per_page=5001"] {
        assert_eq!(get(&mut world, &format!("/v3/projects?{wrong}"), &token).code(), "400", "{wrong}");
    }
}

#[test]
fn projects_are_for_those_who_may_see_them() {
    let mut world = world();
    for refused in ["", "wrong", "expired"] {
        let reply = get(&mut world, "/v3/projects", refused);
        assert_eq!(reply.message(), "The request you have made requires authentication.");
        assert_eq!((reply.status(), reply.json()["error"]["title"].as_str()), (401, Some("Unauthorized")));
    }
    assert_eq!(get(&mut world, "/v3/projects", "denied").status(), 403);
    assert_eq!(get(&mut world, "/v3/auth/projects", "denied").status(), 200);
}

#[test]
fn iam_takes_a_signature_and_refuses_it_as_the_gateway_does() {
    let request = |secret: &str| {
        let request =
            http::Request::get("https://iam.myhuaweicloud.com/v3/projects").header("x-sdk-date", sdk_date(NOW));
        sign_huawei(request.body(Vec::new()).unwrap(), "DUMMYAK0000000000001", secret, &[])
    };
    assert_eq!(send(&mut world(), &request("dummySecretKey/000000000000000000000000+1")).status(), 200);
    assert_eq!(send(&mut world(), &request("another")).code(), "APIGW.0301");
}

#[test]
fn a_temporary_key_signs_until_it_ends() {
    let mut world = world();
    let token = token(&mut world, "DummyUser", in_region("cn-north-4"));
    let asked = json!({ "auth": { "identity": { "methods": ["token"], "token": { "duration_seconds": "900" } } } });
    let reply = post(&mut world, "/v3.0/OS-CREDENTIAL/securitytokens", Some(&token), &asked.to_string());
    let credential = reply.json()["credential"].clone();
    assert_eq!((reply.status(), &credential["expires_at"]), (201, &json!("2026-11-22T10:15:00.000000Z")));
    let text = |name: &str| credential[name].as_str().unwrap().to_owned();

    let signed = |time, security_token: &str| {
        let mut request = huawei(&[("X-Auth-Token", "")]);
        request.headers_mut().insert("x-sdk-date", sdk_date(time).parse().unwrap());
        request.headers_mut().insert("x-security-token", security_token.parse().unwrap());
        sign_huawei(request, &text("access"), &text("secret"), &[])
    };
    assert_eq!(send(&mut world, &signed(NOW, &text("securitytoken"))).status(), 200);
    assert!(send(&mut world, &signed(NOW, "another")).message().ends_with("the securitytoken is invalid"));
    let end = NOW + Duration::minutes(15);
    world.set_now(end);
    let over = send(&mut world, &signed(end, &text("securitytoken")));
    assert!(over.message().ends_with("the securitytoken has expired"), "{}", over.text());
}

#[test]
fn each_refusal_of_a_temporary_key_has_its_code() {
    let good = r#"{"auth":{"identity":{"methods":["token"]}}}"#;
    let lasting = |seconds: &str| {
        format!(r#"{{"auth":{{"identity":{{"methods":["token"],"token":{{"duration_seconds":{seconds}}}}}}}}}"#)
    };
    let refusals = [
        (Some("any"), "{".to_owned(), 400, "IAM.0011"),
        (Some("any"), "{}".to_owned(), 400, "IAM.1102"),
        (Some("any"), lasting("899"), 400, "IAM.1102"),
        (Some("any"), lasting("86401"), 400, "IAM.1102"),
        (Some("any"), lasting("null"), 400, "IAM.1102"),
        (None, good.to_owned(), 401, "IAM.0001"),
        (Some("wrong"), good.to_owned(), 401, "IAM.0067"),
        (Some("expired"), good.to_owned(), 401, "IAM.0066"),
        (Some("denied"), good.to_owned(), 403, "IAM.0002"),
    ];
    for (token, body, status, code) in refusals {
        let reply = post(&mut world(), "/v3.0/OS-CREDENTIAL/securitytokens", token, &body);
        assert_eq!((reply.status(), reply.code().as_str()), (status, code), "{body}");
    }
    let in_body = r#"{"auth":{"identity":{"methods":["token"],"token":{"id":"any"}}}}"#;
    assert_eq!(post(&mut world(), "/v3.0/OS-CREDENTIAL/securitytokens", None, in_body).status(), 201);
}

#[test]
fn what_iam_has_besides_is_not_played() {
    assert_eq!(get(&mut world(), "/v3/users", "any").code(), "APIGW.0101");
}
