//! Alibaba Cloud: signature and headers, the change, and calls that must not act twice.

use http::Method;
use serde_json::{Value, json};
use time::Duration;
use tls_console::sandbox::World;

use super::calls::{Aliyun, NOW, Reply, aliyun, aliyun_call, date, send, world};

const INSTANCE: &str = "es-cn-n6w1o1x0w001c0001";
const MASKED: &str = "es-cn-n6w1o1x0w001c****";

fn describe(world: &mut World, id: &str, after: Duration) -> Value {
    world.set_now(NOW + after);
    let call = aliyun_call(Method::GET, "DescribeInstance", "", &[("InstanceId", id)]).at(NOW + after);
    let reply = send(world, &call.sign());
    assert_eq!(reply.status(), 200, "{}", reply.text());
    reply.json()["Result"].clone()
}

fn state(result: &Value) -> (&str, &str) {
    (result["status"].as_str().unwrap(), result["protocol"].as_str().unwrap())
}

fn refused(call: Aliyun) -> Reply {
    send(&mut world(), &call.sign())
}

#[test]
fn https_is_on_when_the_instance_is_active_again() {
    let mut world = world();
    assert_eq!(state(&describe(&mut world, INSTANCE, Duration::ZERO)), ("active", "HTTP"));
    let reply = send(&mut world, &aliyun(&[]).sign());
    assert_eq!((reply.status(), &reply.json()["Result"]), (200, &json!(true)));
    assert_eq!(reply.header("x-acs-request-id"), reply.json()["RequestId"].as_str().unwrap());

    assert_eq!(state(&describe(&mut world, INSTANCE, Duration::seconds(109))), ("activating", "HTTP"));
    let second = send(&mut world, &aliyun(&[]).sign());
    assert_eq!((second.status(), second.code().as_str()), (400, "InstanceActivating"));

    assert_eq!(state(&describe(&mut world, INSTANCE, Duration::seconds(110))), ("active", "HTTPS"));
    let close = aliyun_call(Method::POST, "CloseHttps", "/actions/close-https", &[]);
    assert_eq!(send(&mut world, &close.sign()).json()["Result"], json!(true));
    assert_eq!(state(&describe(&mut world, INSTANCE, Duration::seconds(220))), ("active", "HTTP"));
    assert_eq!(world.switches(INSTANCE), 2, "the refused one does not count");
}

#[test]
fn a_client_token_starts_the_change_once() {
    let mut world = world();
    let first = send(&mut world, &aliyun(&[("clientToken", "intent-1")]).sign());
    let again = send(&mut world, &aliyun(&[("clientToken", "intent-1")]).sign());
    assert_eq!((again.status(), &again.json()["Result"]), (200, &json!(true)));
    assert_ne!(first.json()["RequestId"], again.json()["RequestId"]);

    // Still after the change ended: nothing starts again.
    describe(&mut world, INSTANCE, Duration::minutes(2));
    let later = aliyun(&[("clientToken", "intent-1")]).at(NOW + Duration::minutes(2));
    assert_eq!(send(&mut world, &later.sign()).status(), 200);
    assert_eq!(state(&describe(&mut world, INSTANCE, Duration::minutes(2))), ("active", "HTTPS"));
    assert_eq!(world.switches(INSTANCE), 1);
}

#[test]
fn a_client_token_serves_one_instance_and_one_operation() {
    let mut world = world();
    send(&mut world, &aliyun(&[("clientToken", "t")]).sign());
    let other = send(&mut world, &aliyun(&[("clientToken", "t"), ("InstanceId", MASKED)]).sign());
    assert_eq!((other.status(), other.code().as_str()), (400, "IdempotentParameterMismatch"));
    let close = aliyun_call(Method::POST, "CloseHttps", "/actions/close-https", &[("clientToken", "t")]);
    assert_eq!(send(&mut world, &close.sign()).code(), "IdempotentParameterMismatch");
}

#[test]
fn a_refused_call_does_not_use_its_client_token_up() {
    let mut world = world();
    send(&mut world, &aliyun(&[]).sign());
    assert_eq!(send(&mut world, &aliyun(&[("clientToken", "t")]).sign()).code(), "InstanceActivating");
    world.set_now(NOW + Duration::seconds(110));
    assert_eq!(send(&mut world, &aliyun(&[("clientToken", "t")]).sign()).status(), 200);
}

#[test]
fn a_client_token_has_at_most_64_ascii_characters() {
    assert_eq!(refused(aliyun(&[("clientToken", &"t".repeat(64))])).status(), 200);
    assert_eq!(refused(aliyun(&[("clientToken", &"t".repeat(65))])).code(), "InvalidParameter");
    assert_eq!(refused(aliyun(&[("clientToken", "%C3%A4")])).code(), "InvalidParameter");
}

#[test]
fn a_lost_answer_can_be_had_by_the_same_token_again() {
    let mut world = world();
    let lost = [("InstanceId", "es-fault-lost"), ("clientToken", "t")];
    assert!(send(&mut world, &aliyun(&lost).sign()).fault().lost);
    let again = send(&mut world, &aliyun(&lost).sign());
    assert!(!again.fault().lost);
    assert_eq!(again.json()["Result"], json!(true));
    assert_eq!(state(&describe(&mut world, "es-fault-lost", Duration::seconds(110))), ("active", "HTTPS"));
    assert_eq!(world.switches("es-fault-lost"), 1);
}

#[test]
fn each_wrong_header_has_its_code() {
    let other_action = aliyun_call(Method::POST, "CloseHttps", "/actions/open-https", &[]);
    let other_path = aliyun_call(Method::POST, "RestartInstance", "/actions/restart", &[]);
    let mut body = aliyun(&[]);
    body.request.body_mut().push(b'x');
    let refusals = [
        (aliyun(&[]).at(NOW - Duration::minutes(15)), 200, ""),
        (aliyun(&[]).at(NOW + Duration::seconds(901)), 400, "InvalidTimeStamp.Expired"),
        (aliyun(&[]).header("x-acs-date", &date(NOW).replace('T', " ")), 400, "InvalidTimeStamp.Format"),
        (aliyun(&[]).header("x-acs-signature-nonce", ""), 400, "MissingParameter"),
        (aliyun(&[]).header("x-acs-version", "2017-06-14"), 400, "InvalidVersion"),
        (other_action, 404, "InvalidAction.NotFound"),
        (other_path, 404, "InvalidApi.NotFound"),
        (aliyun(&[]).leaving_out("host"), 400, "IncompleteSignature"),
        (aliyun(&[]).leaving_out("x-acs-action"), 400, "IncompleteSignature"),
        (aliyun(&[]).header("x-acs-other", "1").leaving_out("x-acs-other"), 400, "IncompleteSignature"),
        (aliyun(&[]).header("content-type", "text/plain").leaving_out("content-type"), 400, "IncompleteSignature"),
        (aliyun(&[]).header("accept", "a/b").leaving_out("accept"), 200, ""),
        (body, 400, "SignatureDoesNotMatch"),
        (aliyun(&[("Security token", "CAISx")]), 400, "InvalidSecurityToken.MismatchWithAccessKey"),
    ];
    for (call, status, code) in refusals {
        let request = call.sign();
        let reply = send(&mut world(), &request);
        assert_eq!((reply.status(), reply.code().as_str()), (status, code), "{request:?} {}", reply.text());
    }
}

#[test]
fn an_authorization_of_another_form_is_refused() {
    let with = |value: &str| {
        let mut request = aliyun(&[]).sign();
        request.headers_mut().insert("authorization", value.parse().unwrap());
        send(&mut world(), &request).code()
    };
    assert_eq!(with("acs LTAI5tDummyAccessKeyId:c2lnbmF0dXJl"), "InvalidSignatureMethod");
    assert_eq!(with("ACS3-HMAC-SHA256 Credential=LTAI5tDummyAccessKeyId"), "IncompleteSignature");
    let mut request = aliyun(&[]).sign();
    request.headers_mut().remove("authorization");
    assert_eq!(send(&mut world(), &request).code(), "IncompleteSignature");
}

#[test]
fn a_nonce_serves_once_but_a_refused_signature_does_not_use_it_up() {
    let mut world = world();
    let nonce = |call: Aliyun| call.header("x-acs-signature-nonce", "one");
    let wrong = send(&mut world, &nonce(aliyun(&[("AccessKey secret", "wrong")])).sign());
    assert_eq!(wrong.code(), "SignatureDoesNotMatch");
    let request = nonce(aliyun(&[])).sign();
    assert_eq!(send(&mut world, &request).status(), 200);
    assert_eq!(send(&mut world, &request).code(), "SignatureNonceUsed");
}

#[test]
fn a_mismatch_shows_the_texts_of_the_server() {
    let reply = refused(aliyun(&[("AccessKey secret", "wrong")]));
    let message = reply.message();
    assert!(message.contains("server StringToSign is [ACS3-HMAC-SHA256\n"), "{message}");
    assert!(message.contains("server CanonicalRequest is [POST\n/openapi/instances/es-cn-n6w1o1x0w001c0001/"));
    let body = reply.json();
    assert_eq!(body["HostId"], "elasticsearch.cn-hangzhou.aliyuncs.com");
    assert!(body["Recommend"].as_str().unwrap().contains(body["RequestId"].as_str().unwrap()));
}

#[test]
fn a_denial_says_what_was_denied() {
    let reply = refused(aliyun(&[("AccessKey ID", "LTAI5tDeniedAccessKeyId")]));
    assert_eq!(reply.status(), 403);
    assert_eq!(reply.json()["AccessDeniedDetail"]["AuthAction"], "elasticsearch:OpenHttps");
}

#[test]
fn an_instance_is_described_with_what_the_switch_depends_on() {
    let result = describe(&mut world(), "es-cn-noclientnode0001", Duration::ZERO);
    assert_eq!(result["haveClientNode"], json!(false));
    assert_eq!(result["esVersion"], "7.10.0_with_X-Pack");
    assert!(result["clientNodeConfiguration"].is_null());
    let result = describe(&mut world(), MASKED, Duration::ZERO);
    assert_eq!((&result["haveClientNode"], &result["instanceId"]), (&json!(true), &json!(MASKED)));
}

/// The list with a query that is signed as it is sent.
fn list(query: &str) -> Aliyun {
    let mut call = aliyun_call(Method::GET, "ListInstance", "", &[]);
    *call.request.uri_mut() =
        format!("https://elasticsearch.cn-hangzhou.aliyuncs.com/openapi/instances{query}").parse().unwrap();
    call
}

fn listed(query: &str) -> (Vec<String>, i64) {
    let reply = refused(list(query));
    assert_eq!(reply.status(), 200, "{query}: {}", reply.text());
    let body = reply.json();
    let ids = body["Result"].as_array().unwrap().iter().map(|item| item["instanceId"].as_str().unwrap().to_owned());
    (ids.collect(), body["Headers"]["X-Total-Count"].as_i64().unwrap())
}

#[test]
fn the_list_has_the_clusters_that_fit_page_by_page() {
    let (all, total) = listed("?size=100");
    assert_eq!((all.len(), total), (100, 129));
    assert_eq!(listed(""), (all[..10].to_vec(), 129));
    assert_eq!(listed("?instanceId=es-cn-n6w1o1x0w001c%2A%2A%2A%2A"), (vec![MASKED.to_owned()], 1));
    assert_eq!(listed("?description=arch-v"), (vec![String::from("es-cn-cloudnative0001")], 1));
    assert_eq!(listed("?description=orders-").1, 15);
    let (activating, of_these) = listed("?status=activating");
    assert_eq!((activating[0].as_str(), of_these), ("es-cn-activating0001", 8));
    assert_eq!(listed("?vpcId=vpc-1"), (Vec::new(), 0));
    assert_eq!(listed("?page=2&size=4"), (all[4..8].to_vec(), 129));
    assert_eq!(listed("?page=2&size=100").0.len(), 29);
    for wrong in ["?size=101", "?size=0", "?page=0", "?page=one"] {
        assert_eq!(refused(list(wrong)).code(), "InvalidParameter", "{wrong}");
    }
}

#[test]
fn the_list_is_signed_and_named_like_every_call() {
    let query = "?description=a%20b~c%2Ad%2Be%252F%C3%A9%26f%3Dg";
    assert_eq!(listed(query), (Vec::new(), 0));
    let mut request = list(query).sign();
    *request.uri_mut() = request.uri().to_string().replace("%252F", "%2F").parse().unwrap();
    assert_eq!(send(&mut world(), &request).code(), "SignatureDoesNotMatch");
    assert_eq!(refused(list("").header("x-acs-action", "DescribeInstance")).code(), "InvalidAction.NotFound");
    assert_eq!(refused(list("?instanceId=es-error-Throttling")).code(), "Throttling");
}
