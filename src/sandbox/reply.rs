//! Answers in the shapes that the providers use.

use crate::clock;
use http::header::{CONTENT_TYPE, DATE, HeaderName, HeaderValue};
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::Response;
use super::api_error::ApiError;
use super::world::World;

const HUAWEI_ID: &str = "x-request-id";
const ALIYUN_ID: &str = "x-acs-request-id";

/// A JSON answer of Huawei Cloud.
pub(super) fn huawei(world: &mut World, status: u16, body: &Value) -> Response {
    let id = world.ids.hex();
    json_answer(world, status, body, (HUAWEI_ID, &id), &[])
}

/// A Huawei error, in the shape that the family of its code has.
pub(super) fn huawei_error(world: &mut World, error: &ApiError) -> Response {
    let ApiError { status, code, message, headers } = error;
    let id = world.ids.hex();
    let body = if code.starts_with("APIGW.") || code.starts_with("APIG.") {
        json!({ "error_msg": message, "error_code": code, "request_id": id })
    } else if let Ok(number) = code.parse::<u16>() {
        // IAM passes errors of Keystone on as they are; their code is the status.
        let title = http::StatusCode::from_u16(*status).ok().and_then(|status| status.canonical_reason());
        json!({ "error": { "code": number, "message": message, "title": title } })
    } else {
        json!({ "error_code": code, "error_msg": message })
    };
    json_answer(world, *status, &body, (HUAWEI_ID, &id), headers)
}

/// A JSON answer of Alibaba Cloud: `Result` and its own request id.
pub(super) fn aliyun(world: &mut World, result: &Value) -> Response {
    let id = world.ids.uuid().to_ascii_uppercase();
    json_answer(world, 200, &json!({ "Result": result, "RequestId": id }), (ALIYUN_ID, &id), &[])
}

/// The id under which Alibaba Cloud answered.
pub(super) fn aliyun_id(response: &Response) -> &str {
    response.headers().get(ALIYUN_ID).and_then(|id| id.to_str().ok()).unwrap_or_default()
}

/// A page of a list of Alibaba Cloud. How much there is on all pages stands in the body.
pub(super) fn aliyun_page(world: &mut World, result: &Value, total: usize) -> Response {
    let id = world.ids.uuid().to_ascii_uppercase();
    let body = json!({ "Result": result, "Headers": { "X-Total-Count": total }, "RequestId": id });
    json_answer(world, 200, &body, (ALIYUN_ID, &id), &[])
}

/// An Alibaba Cloud error. The code decides whether details of a denial go with it.
pub(super) fn aliyun_error(world: &mut World, host: &str, action: &str, error: &ApiError) -> Response {
    let ApiError { status, code, message, headers } = error;
    let id = world.ids.uuid().to_ascii_uppercase();
    let mut body = json!({
        "RequestId": id,
        "HostId": host,
        "Code": code,
        "Message": message,
        "Recommend":
            format!("https://api.alibabacloud.com/troubleshoot?q={code}&product=elasticsearch&requestId={id}"),
    });
    if matches!(code.as_str(), "Forbidden.RAM" | "NoPermission" | "Forbidden")
        && let Some(body) = body.as_object_mut()
    {
        let detail = json!({
            "AuthAction": format!("elasticsearch:{action}"),
            "AuthPrincipalType": "SubUser",
            "AuthPrincipalOwnerId": "1000000000000000",
            "AuthPrincipalDisplayName": "200000000000000000",
            "NoPermissionType": "ImplicitDeny",
            "PolicyType": "AccountLevelIdentityBasedPolicy",
            "EncodedDiagnosticMessage": "AQIBIAAAAAAAAABTYW5kYm94",
        });
        body.insert("AccessDeniedDetail".to_owned(), detail);
    }
    json_answer(world, *status, &body, (ALIYUN_ID, &id), headers)
}

/// JSON with the request's id in a header.
fn json_answer(
    world: &World,
    status: u16,
    body: &Value,
    (id_header, id): (&'static str, &str),
    headers: &[(HeaderName, String)],
) -> Response {
    let mut response = answer(world.clock(), status, "application/json;charset=UTF-8", body.to_string());
    set_header(&mut response, HeaderName::from_static(id_header), id);
    headers.iter().for_each(|(name, value)| set_header(&mut response, name.clone(), value));
    response
}

/// The answer to a request for a host that is none of the clouds'.
pub(super) fn unknown_host(world: &World, host: &str) -> Response {
    let message = format!(
        "The sandbox does not know the host \"{host}\". It plays hosts that end in .myhuaweicloud.com or .aliyuncs.com."
    );
    answer(world.clock(), 404, "application/json", json!({ "message": message }).to_string())
}

/// Any answer at all, with the date that every server sends.
pub(super) fn answer(now: OffsetDateTime, status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = http::StatusCode::from_u16(status).unwrap_or(http::StatusCode::BAD_REQUEST);
    set_header(&mut response, DATE, &clock::http_date(now));
    set_header(&mut response, CONTENT_TYPE, content_type);
    response
}

/// Sets a header; a value that no header can hold is left out.
pub(super) fn set_header(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(code: &str) -> Value {
        let error = ApiError::new(401, code, "text");
        serde_json::from_slice(huawei_error(&mut World::new(1), &error).body()).unwrap()
    }

    #[test]
    fn the_family_of_a_huawei_code_decides_the_shape() {
        assert_eq!(shape("DBS.200001"), json!({ "error_code": "DBS.200001", "error_msg": "text" }));
        assert_eq!(shape("IAM.0001"), json!({ "error_code": "IAM.0001", "error_msg": "text" }));
        assert_eq!(shape("401"), json!({ "error": { "code": 401, "message": "text", "title": "Unauthorized" } }));
        assert!(shape("APIG.0301")["request_id"].is_string());
    }

    #[test]
    fn a_gateway_error_carries_one_id_in_body_and_header() {
        let response = huawei_error(&mut World::new(1), &ApiError::new(401, "APIGW.0301", "text"));
        let body: Value = serde_json::from_slice(response.body()).unwrap();
        assert_eq!(response.headers()["x-request-id"].to_str().unwrap(), body["request_id"].as_str().unwrap());
    }
}
