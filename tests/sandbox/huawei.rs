//! Huawei Cloud: what the switch does, and what it refuses.

use serde_json::json;
use time::Duration;
use tls_console::sandbox::{Request, World};

use super::calls::{NOW, Reply, huawei, send, world};

const INSTANCE: &str = "096c0fc43e804757b59946b80dc27f8bin07";

fn body(text: &str) -> Request {
    let (parts, _) = huawei(&[]).into_parts();
    Request::from_parts(parts, text.as_bytes().to_vec())
}

fn job(world: &mut World, id: &str) -> Reply {
    let uri = format!("https://gaussdb.cn-north-4.myhuaweicloud.com/v3/056538411200d4cd2f79c003c7606412/jobs?id={id}");
    let request = http::Request::get(uri).header("X-Auth-Token", "any").body(Vec::new()).unwrap();
    send(world, &request)
}

#[test]
fn the_setting_changes_when_the_job_ends_and_no_second_one_starts_before() {
    let mut world = world();
    assert_eq!(world.ssl(INSTANCE), Some(false));
    let reply = send(&mut world, &huawei(&[]));
    assert_eq!(reply.status(), 200);
    assert_eq!(reply.header("date"), "Sun, 22 Nov 2026 10:00:00 GMT");
    assert_eq!(reply.header("content-type"), "application/json;charset=UTF-8");
    assert_eq!(reply.header("x-request-id").len(), 32);
    let id = reply.json()["job_id"].as_str().unwrap().to_owned();

    assert_eq!(job(&mut world, &id).code(), "DBS.200543", "a new job is invisible for a while");
    world.set_now(NOW + Duration::seconds(45));
    let running = job(&mut world, &id).json()["job"].clone();
    assert_eq!((&running["status"], &running["process"]), (&json!("Running"), &json!("60%")));
    assert_eq!(world.ssl(INSTANCE), Some(false));
    let second = send(&mut world, &huawei(&[("ssl_option", "false")]));
    assert_eq!((second.status(), second.code().as_str()), (409, "DBS.200019"));

    world.set_now(NOW + Duration::seconds(80));
    let ended = job(&mut world, &id).json()["job"].clone();
    assert_eq!((&ended["status"], &ended["ended"]), (&json!("Completed"), &json!("2026-11-22T10:01:15+0000")));
    assert_eq!(world.ssl(INSTANCE), Some(true));
    assert_eq!(send(&mut world, &huawei(&[("ssl_option", "false")])).status(), 200);
    assert_eq!(world.switches(INSTANCE), 2, "the refused one does not count");
}

#[test]
fn each_refusal_has_its_status_and_code() {
    let mut without_token = huawei(&[]);
    without_token.headers_mut().remove("x-auth-token");
    let mut no_json = huawei(&[]);
    no_json.headers_mut().insert("content-type", "text/plain".parse().unwrap());
    let mut post = huawei(&[]);
    *post.method_mut() = http::Method::POST;
    let elsewhere = http::Request::get("https://gaussdb.cn-north-4.myhuaweicloud.com/v3/p/instances");
    let refusals = [
        (without_token, 401, "APIGW.0301"),
        (huawei(&[("X-Auth-Token", "expired")]), 401, "APIG.0301"),
        (huawei(&[("X-Auth-Token", "wrong")]), 401, "APIGW.0301"),
        (huawei(&[("X-Auth-Token", "denied")]), 403, "DBS.200010"),
        (huawei(&[("project_id", "short")]), 400, "DBS.200001"),
        (huawei(&[("project_id", &"0".repeat(32))]), 403, "DBS.200044"),
        (huawei(&[("instance_id", "short")]), 400, "DBS.280404"),
        (huawei(&[("instance_id", &format!("{}in07", "%C3%A4".repeat(16)))]), 400, "DBS.280404"),
        (huawei(&[("instance_id", &format!("{}in07", "0".repeat(32)))]), 404, "DBS.200002"),
        (no_json, 400, "DBS.200001"),
        (body(""), 400, "DBS.200006"),
        (body("{"), 400, "DBS.200001"),
        (body("{}"), 400, "DBS.200001"),
        (body("[true]"), 400, "DBS.200001"),
        (body(r#"{"ssl_option": "true"}"#), 400, "DBS.200001"),
        (body(r#"{"ssl_option": null}"#), 400, "DBS.200001"),
        (post, 404, "APIGW.0101"),
        (elsewhere.body(Vec::new()).unwrap(), 404, "APIGW.0101"),
    ];
    for (request, status, code) in refusals {
        let reply = send(&mut world(), &request);
        assert_eq!((reply.status(), reply.code().as_str()), (status, code), "{request:?}");
        assert!(!reply.header("x-request-id").is_empty());
    }
}

#[test]
fn the_language_asked_for_does_not_matter() {
    let mut request = huawei(&[]);
    request.headers_mut().insert("x-language", "zh-cn".parse().unwrap());
    assert_eq!(send(&mut world(), &request).status(), 200);
}

#[test]
fn a_job_that_nobody_started_is_unknown() {
    let reply = job(&mut world(), "e0fbbfc8-1ac4-4721-b9e9-7dd685c5bdd7");
    assert_eq!((reply.status(), reply.code().as_str()), (400, "DBS.200543"));
    assert_eq!(job(&mut world(), "").code(), "DBS.200001");
}

#[test]
fn a_token_of_the_greatest_length_is_accepted() {
    assert_eq!(send(&mut world(), &huawei(&[("X-Auth-Token", &"M".repeat(32 * 1024))])).status(), 200);
}
