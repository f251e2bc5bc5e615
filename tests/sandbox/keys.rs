//! Huawei Cloud's access keys: what the gateway refuses, in its own words.

use time::Duration;
use tls_console::sandbox::{Request, World};

use super::calls::{NOW, Reply, huawei, sdk_date, send, sign_huawei, world};

const KEY: &str = "DUMMYAK0000000000001";
const SECRET: &str = "dummySecretKey/000000000000000000000000+1";
const STS_KEY: &str = "HSTADUMMYAK000000001";

/// The switch, signed by a key.
fn by(key: &str, secret: &str) -> Request {
    huawei(&[("AccessKey ID", key), ("AccessKey secret", secret)])
}

/// The switch without credential, dated now.
fn plain() -> Request {
    let mut request = huawei(&[("X-Auth-Token", "")]);
    request.headers_mut().insert("x-sdk-date", sdk_date(NOW).parse().unwrap());
    request
}

fn cause(reply: &Reply) -> String {
    assert_eq!((reply.status(), reply.code().as_str()), (401, "APIGW.0301"), "{}", reply.text());
    assert_eq!(reply.json()["request_id"], reply.header("x-request-id"));
    reply.message().strip_prefix("Incorrect IAM authentication information: ").unwrap().to_owned()
}

fn refusal(request: &Request) -> String {
    cause(&send(&mut world(), request))
}

#[test]
fn a_wrong_signature_is_answered_with_the_canonical_request_in_bars() {
    let body = "9df2d3e1db2573a6a5a212411d36f94bbe4dc3f2ad973c2154d5572aa3b623c5";
    let expected = format!(
        "verify aksk signature fail, canonicalRequest:PUT|/v3/056538411200d4cd2f79c003c7606412/instances/\
         096c0fc43e804757b59946b80dc27f8bin07/ssl-option/||content-type:application/json;charset=UTF-8|\
         host:gaussdb.cn-north-4.myhuaweicloud.com|x-sdk-date:20261122T100000Z||content-type;host;x-sdk-date|{body}"
    );
    assert_eq!(refusal(&by(KEY, "not-the-secret")), expected);
}

#[test]
fn a_body_changed_after_signing_is_noticed() {
    let mut request = by(KEY, SECRET);
    *request.body_mut() = b"{\"ssl_option\": null}".to_vec();
    assert!(refusal(&request).starts_with("verify aksk signature fail"));
}

#[test]
fn a_date_beyond_a_quarter_of_an_hour_is_told_with_both_times() {
    let mut late = world();
    late.set_now(NOW + Duration::seconds(15 * 60));
    assert_eq!(send(&mut late, &by(KEY, SECRET)).status(), 200);
    late.set_now(NOW + Duration::seconds(15 * 60 + 1));
    assert_eq!(
        cause(&send(&mut late, &by(KEY, SECRET))),
        "calc aksk signature fail:signature expired, signature time:20261122T100000Z,server time:20261122T101501Z"
    );
    late.set_now(NOW - Duration::minutes(16));
    assert!(cause(&send(&mut late, &by(KEY, SECRET))).contains("signature expired"));
}

#[test]
fn a_date_that_is_missing_or_malformed_is_told() {
    let mut missing = plain();
    missing.headers_mut().remove("x-sdk-date");
    assert!(refusal(&sign_huawei(missing, KEY, SECRET, &[])).ends_with("x-sdk-date not found"));
    for wrong in ["2026-11-22T10:00:00Z", "20261122T100000", "20261322T100000Z", "", "20261122T1000000Z", "ä"] {
        let mut request = plain();
        request.headers_mut().insert("x-sdk-date", http::HeaderValue::from_bytes(wrong.as_bytes()).unwrap());
        let told = refusal(&sign_huawei(request, KEY, SECRET, &[]));
        assert!(told.contains("x-sdk-date is malformed"), "{wrong}: {told}");
    }
}

#[test]
fn what_must_be_signed_and_is_not_is_named() {
    for name in ["host", "x-sdk-date", "content-type", "x-project-id", "x-security-token"] {
        let mut request = plain();
        request.headers_mut().insert("x-project-id", "056538411200d4cd2f79c003c7606412".parse().unwrap());
        request.headers_mut().insert("x-security-token", "dummySecurityToken/+=ABC123".parse().unwrap());
        let told = refusal(&sign_huawei(request.clone(), STS_KEY, SECRET, &[name]));
        assert_eq!(told, format!("calc aksk signature fail:not in SignedHeaders: {name}"));
        assert_eq!(send(&mut world(), &sign_huawei(request, STS_KEY, SECRET, &[])).status(), 200);
    }
    let mut request = plain();
    request.headers_mut().insert("x-language", "en-us".parse().unwrap());
    assert_eq!(send(&mut world(), &sign_huawei(request, KEY, SECRET, &["x-language"])).status(), 200);
}

#[test]
fn a_header_that_is_no_signature_of_this_scheme_is_told() {
    for wrong in [
        "SDK-HMAC-SHA256",
        "SDK-HMAC-SHA256 Access=DUMMYAK0000000000001, SignedHeaders=host;x-sdk-date",
        "SDK-HMAC-SHA256 Access=, SignedHeaders=host;x-sdk-date, Signature=00",
        "Bearer token",
        "ACS3-HMAC-SHA256 Credential=a,SignedHeaders=host,Signature=00",
        "",
    ] {
        let mut request = plain();
        request.headers_mut().insert("authorization", wrong.parse().unwrap());
        assert!(refusal(&request).starts_with("calc aksk signature fail:"), "{wrong}");
    }
}

#[test]
fn a_key_that_cannot_be_used_is_told_so() {
    assert_eq!(refusal(&by("AKNOBODY", SECRET)), "Get secretKey failed,ak:AKNOBODY,err:ak not exist");
    assert!(refusal(&by("DUMMYAKINACTIVE00001", SECRET)).ends_with("err:ak is inactive"));
    assert_eq!(refusal(&by("DUMMYAKLOCKED0000001", SECRET)), "AK access failed to reach the limit,forbidden.");
    let denied = send(&mut world(), &by("DUMMYAKDENIED0000001", SECRET));
    assert_eq!((denied.status(), denied.code().as_str()), (403, "DBS.200010"));
}

#[test]
fn a_temporary_key_needs_its_own_token() {
    let with =
        |token: &str| huawei(&[("AccessKey ID", STS_KEY), ("AccessKey secret", SECRET), ("Security token", token)]);
    assert_eq!(send(&mut world(), &with("dummySecurityToken/+=ABC123")).status(), 200);
    assert_eq!(refusal(&with("")), format!("ak {STS_KEY} not exist"));
    assert!(refusal(&with("dummyExpiredSecurityToken/+=")).ends_with("err:the securitytoken has expired"));
    assert!(refusal(&with("another")).ends_with("err:the securitytoken is invalid"));
}

#[test]
fn the_project_of_the_header_must_be_that_of_the_path() {
    let with =
        |project: &str| huawei(&[("AccessKey ID", KEY), ("AccessKey secret", SECRET), ("X-Project-Id", project)]);
    assert_eq!(send(&mut world(), &with("056538411200d4cd2f79c003c7606412")).status(), 200);
    for other in ["0a3f8d3c5e00f4b12f9dc0035d1e7b26", "nobody"] {
        let reply = send(&mut world(), &with(other));
        assert_eq!((reply.status(), reply.code().as_str()), (403, "DBS.200044"), "{other}");
    }
}

/// How many wrong signatures in a row.
fn wrong(world: &mut World, times: usize) {
    for _ in 0..times {
        let reply = send(world, &by(KEY, "not-the-secret"));
        assert!(cause(&reply).starts_with("verify aksk signature fail"), "{}", reply.text());
    }
}

#[test]
fn six_wrong_signatures_in_a_row_lock_a_key_for_five_minutes() {
    let mut world = world();
    wrong(&mut world, 6);
    assert_eq!(cause(&send(&mut world, &by(KEY, SECRET))), "AK access failed to reach the limit,forbidden.");
    let other = huawei(&[
        ("AccessKey ID", STS_KEY),
        ("AccessKey secret", SECRET),
        ("Security token", "dummySecurityToken/+=ABC123"),
    ]);
    assert_eq!(send(&mut world, &other).status(), 200);
    world.set_now(NOW + Duration::seconds(5 * 60 - 1));
    assert!(cause(&send(&mut world, &by(KEY, SECRET))).starts_with("AK access failed"));
    world.set_now(NOW + Duration::seconds(5 * 60));
    assert_eq!(send(&mut world, &by(KEY, SECRET)).status(), 200);
}

#[test]
fn a_right_signature_begins_the_count_anew() {
    let mut world = world();
    wrong(&mut world, 5);
    assert_eq!(send(&mut world, &by(KEY, SECRET)).status(), 200);
    wrong(&mut world, 5);
    // Busy with the change just made, but let in.
    assert_eq!(send(&mut world, &by(KEY, SECRET)).code(), "DBS.200019");
}

#[test]
fn a_wrong_date_is_no_wrong_signature() {
    let mut world = world();
    world.set_now(NOW + Duration::HOUR);
    for _ in 0..8 {
        assert!(cause(&send(&mut world, &by(KEY, SECRET))).contains("signature expired"));
    }
    world.set_now(NOW);
    assert_eq!(send(&mut world, &by(KEY, SECRET)).status(), 200);
}

#[test]
fn a_signature_goes_before_a_token() {
    let mut request = by(KEY, SECRET);
    request.headers_mut().insert("x-auth-token", "wrong-token".parse().unwrap());
    assert_eq!(send(&mut world(), &request).status(), 200);
}

#[test]
fn a_server_clock_that_is_ahead_takes_what_is_dated_by_it() {
    let skewed = |time| {
        let id = "faultClockSkewxxxxxxxxxxxxxxxxxxin07";
        let mut request = huawei(&[("X-Auth-Token", ""), ("instance_id", id)]);
        request.headers_mut().insert("x-sdk-date", sdk_date(time).parse().unwrap());
        send(&mut world(), &sign_huawei(request, KEY, SECRET, &[]))
    };
    let refused = skewed(NOW);
    assert!(cause(&refused).ends_with("signature time:20261122T100000Z,server time:20261122T120000Z"));
    assert_eq!(refused.header("date"), "Sun, 22 Nov 2026 12:00:00 GMT");
    assert_eq!(skewed(NOW + Duration::hours(2)).status(), 200);
}
