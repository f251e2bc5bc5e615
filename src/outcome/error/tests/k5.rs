//! K5: errors as clouds, gateways and frameworks send them. A line each: body, and code, message and request id, or only a
//! message.

use super::*;

const ERRORS: &str = r#"
{"resp":{"resp_code":"0502","resp_msg":"no"}} | 0502 | no
{"__type":"UnrecognizedClientException"} | UnrecognizedClientException |
{"Output":{"__type":"com.amazon.coral.service#UnknownOperationException"},"Version":"1.0"} | UnknownOperationException |
{"errorType":"Error","errorMessage":"boom","trace":[]} | Error | boom
{"$id":"1","message":"no","typeKey":"UnauthorizedRequestException","errorCode":0} | UnauthorizedRequestException | no
{"name":"RESOURCE_NOT_FOUND","message":"no","details":[{"issue":"INVALID_ID","description":"d"}]} | RESOURCE_NOT_FOUND | no
{"errors":[{"code":"not_found","message":"no"}],"trace":"T","status_code":404} | not_found | no
{"error":{"name":"UnauthorizedError","message":"no","statusCode":401}} | 401 | no
{"retCode":"1001","retInfo":"no"} | 1001 | no
{"head":{"errCode":"E2","errMsg":"no","traceId":"T"},"body":null} | E2 | no | T
{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"not-found","diagnostics":"no"}]} | not-found | no
{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"scimType":"mutability","detail":"no"} | mutability | no
{"ietf-restconf:errors":{"error":[{"error-tag":"invalid-value","error-message":"no"}]}} | invalid-value | no
{"error":{"code":"ResourceNotFound","message":"no","details":[{"code":"Inner"}],"innererror":{"code":"Deep"}}} | ResourceNotFound | no
{"error":{"code":403,"message":"no","status":"PERMISSION_DENIED","errors":[{"reason":"forbidden"}]}} | 403 | no
{"message":"Validation Failed","errors":[{"resource":"Issue","code":"missing_field"}],"status":"422"} | missing_field | Validation Failed
{"error":{"code":"SY/530","message":{"lang":"de","value":"nein"},"innererror":{"transactionid":"T"}}} | SY/530 | nein
{"Fault":{"Error":[{"Message":"no","Detail":"d","code":"610"}],"type":"ValidationFault"}} | 610 | no
{"type":"urn:ietf:params:acme:error:malformed","detail":"no","status":400} | urn:ietf:params:acme:error:malformed | no
<problem xmlns='urn:ietf:rfc:7807'><type>https://e.test/p</type><title>No credit</title><detail>Balance 30</detail></problem> | https://e.test/p | Balance 30
<ErrorResponse><Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>no</Message></Error><RequestId>R</RequestId></ErrorResponse> | NoSuchEntity | no | R
{"message":{"name":["has already been taken"]}} | has already been taken
{"username":["This field is required."]} | This field is required.
{"httpCode":"401","httpMessage":"Unauthorized","moreInformation":"no client id"} | Unauthorized
{"status":"fail","data":{"title":"A title is required"}} | A title is required
"#;

#[test]
fn k5_code_message_and_request_id_are_found() {
    for line in ERRORS.trim().lines() {
        let mut parts = line.split(" |").map(str::trim);
        let body = parts.next().unwrap();
        let expected: Vec<&str> = parts.collect();
        let answer = answer(&switch_ssl(), 400, "application/json", body);
        let id = answer.request_ids.first().map(|id| id.value.clone());
        let found = match answer.outcome {
            Outcome::ApiError { code, message, .. } => [Some(code), Some(message), id].into_iter().flatten().collect(),
            _ => answer.message.into_iter().collect::<Vec<String>>(),
        };
        assert_eq!(found, expected, "{line}");
    }
}

#[test]
fn k5_every_charset_of_browsers_is_read_in_json_and_in_xml() {
    for (label, text) in [
        ("shift_jis", "日本語のエラー"),
        ("euc-kr", "오류가 발생"),
        ("windows-1251", "Ошибка"),
        ("koi8-r", "Ошибка"),
        ("windows-1252", "“é”"),
        ("iso-2022-jp", "日本語"),
        ("gb18030", "服务"),
    ] {
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
        let body = json!({"code": "X", "message": text}).to_string();
        assert_eq!(found(&format!("application/json; charset={label}"), encoding.encode(&body).0), pair("X", text));
        let xml =
            format!("<?xml version='1.0' encoding='{label}'?><Error><Code>X</Code><Message>{text}</Message></Error>");
        assert_eq!(found("text/xml", encoding.encode(&xml).0), pair("X", text));
    }
}

#[test]
fn k5_parts_of_a_second_are_waited_for() {
    let wait = |value: &str| {
        let mut came = reply(429, "", "");
        came.headers.push(("retry-after".into(), value.into()));
        read(&switch_ssl(), Vec::new(), came).answer.retry_after.map(|wait| wait.as_secs())
    };
    for (value, seconds) in [("0.65", Some(1)), ("1.5", Some(2)), ("3", Some(3)), ("-1", None), ("soon", None)] {
        assert_eq!(wait(value), seconds, "{value}");
    }
}
