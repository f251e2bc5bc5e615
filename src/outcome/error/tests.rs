//! Errors in every coat that clouds, gateways and frameworks give them.

use crate::catalog::{Api, ErrorCatalogue, ErrorEntry, Fault, Operation};
use crate::fixtures::{open_https, switch_ssl};
use crate::outcome::diagnosis::{Cause, Diagnosis, Lookup, Remedy, of_answer};
use crate::outcome::{Answer, BodyKind, Outcome, read};
use crate::transport::Reply;
use serde_json::{Value, json};
use std::time::Duration;
use time::OffsetDateTime;
use zeroize::Zeroizing;

mod k5;

const HUAWEI: &str = include_str!("../../../apis/huawei-taurusdb.errors.json");
const IAM: &str = include_str!("../../../apis/huawei-iam.errors.json");
const ALIYUN: &str = include_str!("../../../apis/aliyun-elasticsearch.errors.json");

fn reply(status: u16, content_type: &str, body: impl AsRef<[u8]>) -> Reply {
    let headers = vec![(String::from("content-type"), content_type.to_owned())];
    let (took, received) = (Duration::ZERO, OffsetDateTime::UNIX_EPOCH);
    Reply { status, headers, body: body.as_ref().to_vec(), took, received }
}

fn answer(operation: &Operation, status: u16, content_type: &str, body: impl AsRef<[u8]>) -> Answer {
    read(operation, Vec::new(), reply(status, content_type, body)).answer
}

/// Code and message of an answer with this body.
fn found(content_type: &str, body: impl AsRef<[u8]>) -> Option<(String, String)> {
    match answer(&switch_ssl(), 404, content_type, body).outcome {
        Outcome::ApiError { code, message, .. } => Some((code, message)),
        _ => None,
    }
}

fn pair(code: &str, message: &str) -> Option<(String, String)> {
    Some((code.to_owned(), message.to_owned()))
}

fn entry_of<'a>(catalogue: &'a ErrorCatalogue, answer: &Answer) -> Option<&'a ErrorEntry> {
    let Outcome::ApiError { code, message, status } = &answer.outcome else { return None };
    catalogue.find(code, *status, message)
}

fn diagnosis(operation: &Operation, catalogue: &str, answer: &Answer) -> Diagnosis {
    let catalogue = ErrorCatalogue::load("a.errors.json", catalogue).unwrap();
    of_answer(answer, operation, entry_of(&catalogue, answer).map_or(Lookup::Unknown, Lookup::Found))
}

/// What the error catalogue says of an answer.
fn documented(operation: &Operation, catalogue: &str, answer: &Answer) -> String {
    let Diagnosis { causes, remedies, .. } = diagnosis(operation, catalogue, answer);
    let causes = causes.into_iter().filter_map(|cause| match cause {
        Cause::Documented(text) => Some(text),
        _ => None,
    });
    let remedies = remedies.into_iter().filter_map(|remedy| match remedy {
        Remedy::Documented(text) => Some(text),
        _ => None,
    });
    causes.chain(remedies).collect::<Vec<_>>().join("\n")
}

#[test]
fn ops_2_an_error_in_xml_is_read() {
    let inside = "<RequestId>5A5D-1</RequestId><Code>InvalidAccessKeyId.NotFound</Code><Message>Specified access key is not found.</Message><HostId>h</HostId>";
    let bodies = [
        format!("<Error>{inside}</Error>"),
        format!("\u{feff}<?xml version='1.0' encoding='UTF-8'?>\r\n<Error>{inside}</Error>\n"),
        format!("<Error xmlns=\"http://x.test/doc/v1/\">\n{inside}</Error>"),
        format!(
            "<n:Error xmlns:n='urn:x'>{}</n:Error>",
            inside.replace("</", "</n:").replace('<', "<n:").replace("<n:/n:", "</n:")
        ),
        format!("<ErrorResponse><Error>{inside}</Error></ErrorResponse>"),
        format!(
            "<!-- from the gateway --><Error>{}</Error>",
            inside.replace("Specified access key", "<![CDATA[Specified access key]]>")
        ),
        format!("<Error>{}</Error>", inside.replace("not found", "n&#111;t f&#x6f;und")),
        format!("<Response><Errors><Error>{inside}</Error></Errors></Response>"),
    ];
    for body in bodies {
        for content_type in ["text/xml", "application/xml; charset=utf-8", "", "text/plain", "text/html"] {
            if content_type == "text/html" && body.contains("<Response>") {
                continue;
            }
            let answer = answer(&open_https(), 404, content_type, &body);
            let error = Outcome::ApiError {
                code: "InvalidAccessKeyId.NotFound".into(),
                message: "Specified access key is not found.".into(),
                status: 404,
            };
            assert_eq!(answer.outcome, error, "{content_type} {body}");
            assert_eq!((answer.request_ids.len(), answer.request_ids[0].value.as_str()), (1, "5A5D-1"), "{body}");
            let documented = documented(&open_https(), ALIYUN, &answer);
            assert!(documented.contains("This access key is unknown here"), "{documented}");
        }
    }
    let utf16: Vec<u8> = format!("<Error>{inside}</Error>").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(found("text/xml", utf16), pair("InvalidAccessKeyId.NotFound", "Specified access key is not found."));
    for (body, code, message) in [
        ("<unauthorized xmlns='urn:x' code='401'><message>no</message></unauthorized>", "401", "no"),
        (
            "<E><Body><Fault><faultcode>Server</faultcode><faultstring>no</faultstring></Fault></Body></E>",
            "Server",
            "no",
        ),
        ("<Error><Code>A&amp;B</Code><Message>a &lt; b</Message></Error>", "A&B", "a < b"),
    ] {
        assert_eq!(found("text/xml", body), pair(code, message), "{body}");
    }
}

#[test]
fn ops_2_a_document_type_and_its_entities_are_refused() {
    for body in [
        "<!DOCTYPE Error [<!ENTITY c 'X'>]><Error><Code>&c;</Code></Error>",
        "<!DOCTYPE Error SYSTEM 'https://evil.test/x.dtd'><Error><Code>X</Code></Error>",
        "<Error><Code>&c;</Code></Error>",
        "<Error><Code>X</Code>",
    ] {
        let answer = answer(&open_https(), 404, "text/xml", body);
        assert_eq!(answer.outcome, Outcome::HttpError { status: 404, body: BodyKind::Text }, "{body}");
    }
    let xhtml = "<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html><body><code>502</code></body></html>";
    let answer = answer(&open_https(), 502, "application/xhtml+xml", xhtml);
    assert_eq!(answer.outcome, Outcome::HttpError { status: 502, body: BodyKind::Html });
}

#[test]
fn ops_4_the_first_shape_with_a_code_wins() {
    for (body, code, message) in [
        (json!({"badRequest": {"message": "no", "code": 400}}), "400", "no"),
        (json!({"itemNotFound": {"code": "X", "message": "no"}}), "X", "no"),
        (json!({"errors": [{"code": "X"}]}), "X", ""),
        (json!({"errors": [{"code": "X", "detail": "no"}, {"code": "Y"}]}), "X", "no"),
        (json!({"message": "no", "errors": [{"code": "X"}]}), "X", "no"),
        (json!([{"code": "X", "message": "no"}]), "X", "no"),
        (json!([[{"error_code": "X"}]]), "X", ""),
        (json!({"error_code": "DBS.200019"}), "DBS.200019", ""),
        (json!({"errorCode": "X"}), "X", ""),
        (json!({"code": 7}), "7", ""),
        (json!({"ErrorCode": "X", "ErrorMessage": "no"}), "X", "no"),
        (json!({"err_code": "X", "err_msg": "no"}), "X", "no"),
        (json!({"error": {"message": "no", "details": [{"code": "X", "message": "more"}]}}), "X", "more"),
        (json!({"error": {"details": {"error_code": "X", "error_msg": "no"}}}), "X", "no"),
        (json!({"fault": {"faultstring": "no", "detail": {"errorcode": "X"}}}), "X", "no"),
        (json!({"error": "invalid_client", "error_description": "no"}), "invalid_client", "no"),
        (json!({"Response": {"Error": {"Code": "X", "Message": "no"}, "RequestId": "r"}}), "X", "no"),
        (json!({"code": null, "message": "no", "data": {"code": "X"}}), "X", "no"),
        (json!({"code": "", "error": {"code": "X"}}), "X", ""),
        (json!({"code": 0, "error_code": "X", "message": "no"}), "X", "no"),
        (json!({"code": {"a": 1}, "error": {"code": "X", "message": "no"}}), "X", "no"),
        (json!({"error": {"code": 401, "message": "no", "title": "Unauthorized"}}), "401", "no"),
    ] {
        assert_eq!(found("application/json", body.to_string()), pair(code, message), "{body}");
    }
    let answer = answer(&switch_ssl(), 409, "application/json", r#"{"error_code":"DBS.200019"}"#);
    assert!(documented(&switch_ssl(), HUAWEI, &answer).contains("nother"), "the catalogue has it");
    for body in [json!({"message": "no"}), json!({"code": true}), json!({"a": {"b": []}}), json!([]), json!("code")] {
        assert_eq!(found("application/json", body.to_string()), None, "{body}");
    }
}

#[test]
fn ops_4_an_error_that_calls_its_code_a_type_is_read() {
    for (body, code, message) in [
        (
            json!({"error": {"root_cause": [{"type": "security_exception", "reason": "missing token"}], "type": "security_exception",
                "reason": "missing token"}, "status": 401}),
            "security_exception",
            "missing token",
        ),
        (
            json!({"NeutronError": {"message": "Network n could not be found.", "type": "NetworkNotFound", "detail": ""}}),
            "NetworkNotFound",
            "Network n could not be found.",
        ),
        (json!({"type": "error", "error": {"type": "not_found_error", "message": "no"}}), "not_found_error", "no"),
        (
            json!({"error": {"message": "no", "type": "invalid_request_error", "code": null}}),
            "invalid_request_error",
            "no",
        ),
        (
            json!({"__type": "com.amazon.coral.service#ThrottlingException", "message": "slow"}),
            "ThrottlingException",
            "slow",
        ),
        (
            json!({"type": "https://api.test/errors/no-funds", "title": "No funds", "status": 403, "detail": "It costs 50."}),
            "https://api.test/errors/no-funds",
            "It costs 50.",
        ),
        (
            json!({"detail": [{"loc": ["body", "name"], "msg": "field required", "type": "value_error.missing"}]}),
            "value_error.missing",
            "field required",
        ),
        (json!({"odata.error": {"code": "X", "message": {"lang": "en-US", "value": "no"}}}), "X", "no"),
        (json!({"error": {"message": {"lang": "en", "value": "no"}, "code": "X"}}), "X", "no"),
        (
            json!({"kind": "Status", "status": "Failure", "message": "no", "reason": "NotFound", "code": 404}),
            "404",
            "no",
        ),
        (json!({"errCode": "VPC.0101", "errMsg": "no"}), "VPC.0101", "no"),
        (json!({"success": false, "errors": [{"code": 9109, "message": "no"}]}), "9109", "no"),
        (json!({"statusCode": 401, "message": "no key"}), "401", "no key"),
    ] {
        assert_eq!(found("application/json", body.to_string()), pair(code, message), "{body}");
    }
    for body in
        [json!({"type": "about:blank", "title": "no"}), json!({"type": "page"}), json!({"type": 7, "message": "no"})]
    {
        assert_eq!(found("application/problem+json", body.to_string()), None, "{body}");
    }
}

#[test]
fn ops_4_an_error_before_all_else_and_one_that_is_packed_or_damaged() {
    let inner = json!({"code": "X", "message": "no"}).to_string();
    for (body, code, message) in [
        (json!({"data": {"code": "D"}, "error": {"code": "X"}}).to_string(), "X", ""),
        (json!({"message": inner}).to_string(), "X", "no"),
        (json!({"errorMessage": inner, "errorType": "E"}).to_string(), "X", "no"),
        (Value::from(inner).to_string(), "X", "no"),
        (json!({"error": "invalid_grant"}).to_string(), "invalid_grant", "invalid_grant"),
        (json!({"exceptionCode": "X", "exceptionMessage": "no"}).to_string(), "X", "no"),
        (
            json!({"statusCode": 400, "message": ["name is empty"], "error": "Bad Request"}).to_string(),
            "400",
            "name is empty",
        ),
        (String::from("{\"code\":\"X\",\"message\":\"a\u{1}b\nc\"}"), "X", "a b c"),
        (String::from("{\"code\":\"X\"}\0\0"), "X", ""),
    ] {
        assert_eq!(found("application/json", &body), pair(code, message), "{body}");
    }
    let gbk = encoding_rs::GBK.encode(r#"{"code":"X","message":"不"}"#).0.into_owned();
    for content_type in ["application/json", "application/json; charset=utf-8", ""] {
        let (code, message) = found(content_type, &gbk).unwrap();
        assert!(code == "X" && message.contains('\u{fffd}'), "nobody says in which charset it is: {message}");
    }
}

#[test]
fn ops_4_a_message_without_a_code_is_told() {
    for (body, message) in [
        (json!({"message": "no Route matched with those values"}), "no Route matched with those values"),
        (json!({"Message": "User is not authorized"}), "User is not authorized"),
        (json!({"detail": "Not found."}), "Not found."),
        (json!({"error": "Key not authorised"}), "Key not authorised"),
        (
            json!({"timestamp": "t", "status": 404, "error": "Not Found", "message": "No handler", "path": "/x"}),
            "No handler",
        ),
        (json!({"type": "about:blank", "title": "Forbidden", "status": 403}), "Forbidden"),
        (json!({"errors": [{"title": "It is gone", "status": "404"}]}), "It is gone"),
        (json!("Unauthorized"), "Unauthorized"),
        (json!({"errors": ["It is gone", "x"]}), "It is gone"),
    ] {
        let answer = answer(&switch_ssl(), 404, "application/json", body.to_string());
        assert!(matches!(answer.outcome, Outcome::HttpError { status: 404, .. }), "{body}");
        assert_eq!(diagnosis(&switch_ssl(), HUAWEI, &answer).causes, [Cause::Says(message.into())], "{body}");
    }
    let xml = answer(&switch_ssl(), 404, "text/xml", "<Error><Message>no</Message></Error>");
    assert_eq!(diagnosis(&switch_ssl(), HUAWEI, &xml).causes, [Cause::Says("no".into())]);
    let nothing = answer(&switch_ssl(), 404, "application/json", "{}");
    assert_eq!(diagnosis(&switch_ssl(), HUAWEI, &nothing).causes, [Cause::Body(BodyKind::Json)]);
}

#[test]
fn ops_2_an_element_with_attributes_keeps_its_text() {
    for body in [
        "<Error><Code lang='en'>X</Code><Message xml:lang=\"en\">no</Message></Error>",
        "<e:Envelope xmlns:e='urn:e'><e:Body><e:Fault><faultcode>X</faultcode><faultstring xml:lang='en'>no</faultstring></e:Fault></e:Body></e:Envelope>",
        "<env:Fault xmlns:env='urn:e'><env:Code><env:Value>X</env:Value></env:Code><env:Message><env:Text xml:lang='en'>no</env:Text></env:Message></env:Fault>",
        "<?xml version='1.0'?><Error xmlns='http://mns.test/doc/v1/'><Code>X</Code><Message><![CDATA[no]]></Message><RequestId a='b'>r</RequestId></Error>",
    ] {
        assert_eq!(found("text/xml", body), pair("X", "no"), "{body}");
    }
}

#[test]
fn ops_4_a_request_id_is_found_beside_the_code_and_around_it() {
    for body in [
        json!({"Response": {"Error": {"Code": "X"}, "RequestId": "r"}}),
        json!({"error": {"code": "X", "request_id": "r"}}),
        json!({"requestId": "r", "errors": [{"code": "X"}]}),
    ] {
        let answer = answer(&switch_ssl(), 400, "application/json", body.to_string());
        assert_eq!(answer.request_ids.iter().map(|id| id.value.as_str()).collect::<Vec<_>>(), ["r"], "{body}");
    }
}

#[test]
fn ops_4_large_and_deep_bodies_are_searched_in_bounds() {
    let wide: Vec<_> = (0..100_000).map(|id| json!({"id": id})).collect();
    assert_eq!(found("application/json", json!({"rows": wide, "error": {"code": "X"}}).to_string()), pair("X", ""));
    let deep = (0..100).fold(json!({"code": "X"}), |inner, _| json!([inner]));
    assert_eq!(found("application/json", deep.to_string()), None);
}

#[test]
fn ops_6_a_page_in_another_charset_is_readable() {
    let page = "<!DOCTYPE html><html><head><title>503</title></head><body>服务暂不可用</body></html>";
    let declared = page.replace("<head>", "<head><meta charset=\"gb2312\">");
    let headers = ["text/html; charset=GBK", "text/html;charset=\"gb18030\"", "text/html; charset=gb2312"];
    for (content_type, page) in
        headers.map(|header| (header, page)).into_iter().chain([("text/html", declared.as_str())])
    {
        let reading = read(&switch_ssl(), Vec::new(), reply(503, content_type, encoding_rs::GBK.encode(page).0));
        assert_eq!(String::from_utf8_lossy(&reading.shown.body), page, "{content_type}");
        assert_eq!(reading.answer.outcome, Outcome::HttpError { status: 503, body: BodyKind::Html });
        let causes = diagnosis(&switch_ssl(), HUAWEI, &reading.answer).causes;
        assert_eq!(causes, [Cause::MayHaveHappened, Cause::Body(BodyKind::Html)]);
    }
    let unnamed = encoding_rs::GBK.encode(page).0;
    let kind = answer(&switch_ssl(), 503, "text/html", unnamed).outcome;
    assert_eq!(kind, Outcome::HttpError { status: 503, body: BodyKind::Html }, "a page is a page in any charset");
    let json = encoding_rs::BIG5.encode(r#"{"code":"X","message":"服務"}"#).0.into_owned();
    assert_eq!(found("application/json; charset=Big5", json), pair("X", "服務"));
}

#[test]
fn ops_6_a_sent_secret_is_masked_in_every_charset() {
    let sent = || vec![Zeroizing::new(String::from("canary-token"))];
    let page = "<p>服务 canary-token</p>";
    let utf16: Vec<u8> = page.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for (content_type, body) in [
        ("text/html; charset=GBK", encoding_rs::GBK.encode(page).0.into_owned()),
        ("text/html; charset=utf-16be", utf16),
        ("text/html; charset=utf-16le", page.as_bytes().to_vec()),
    ] {
        let reading = read(&switch_ssl(), sent(), reply(503, content_type, body));
        assert_eq!(String::from_utf8_lossy(&reading.shown.body), "<p>服务 ••••••</p>", "{content_type}");
    }
}

#[test]
fn sig_5_a_key_of_another_provider_is_known_by_its_form() {
    let key = "LTAI5tDummyAccessKeyId00";
    for message in [
        format!("Incorrect IAM authentication information: ak {key} not exist"),
        format!("Incorrect IAM authentication information: Get secretKey failed,ak:{key},err:ak not exist"),
    ] {
        for (operation, catalogue) in [(switch_ssl(), HUAWEI), (switch_ssl(), IAM)] {
            let body = json!({"error_msg": message, "error_code": "APIGW.0301", "request_id": "r"}).to_string();
            let answer = answer(&operation, 401, "application/json", &body);
            assert_eq!(answer.foreign_key.as_deref(), Some("Alibaba Cloud"));
            let found = diagnosis(&operation, catalogue, &answer);
            let foreign = Cause::ForeignKey { theirs: "Alibaba Cloud".into(), own: operation.provider.clone() };
            assert_eq!(found.causes.last(), Some(&foreign));
            assert!(found.remedies.contains(&Remedy::ChooseKeyOf(operation.provider.clone())));
            let documented = documented(&operation, catalogue, &answer);
            assert!(documented.contains("This access key is unknown here"), "{documented}");
            assert!(!documented.contains("expired"), "nobody sent a token: {documented}");
            let catalogue = ErrorCatalogue::load("a", catalogue).unwrap();
            assert_eq!(entry_of(&catalogue, &answer).and_then(|entry| entry.fault), Some(Fault::UnknownKey));
        }
    }
    let own = json!({"error_msg": "Incorrect IAM authentication information: ak HST3DUMMYAK000000001 not exist", "error_code": "APIGW.0301"}).to_string();
    let answer = answer(&switch_ssl(), 401, "application/json", own);
    assert_eq!(answer.foreign_key, None);
    assert!(documented(&switch_ssl(), HUAWEI, &answer).contains("This access key is unknown here"));
}

#[test]
fn sig_5_a_key_of_huawei_is_known_by_what_was_sent_to_alibaba() {
    let sent = |key: &str| {
        let header = format!("ACS3-HMAC-SHA256 Credential={key},SignedHeaders=host;x-acs-date,Signature=0123abcd");
        let body =
            r#"{"RequestId":"r","Code":"InvalidAccessKeyId.NotFound","Message":"Specified access key is not found."}"#;
        read(&open_https(), vec![Zeroizing::new(header)], reply(404, "application/json", body)).answer
    };
    let foreign = sent("HST3DUMMYAK000000001");
    let is_foreign = |cause: &Cause| matches!(cause, Cause::ForeignKey { theirs, .. } if theirs == "Huawei Cloud");
    assert!(diagnosis(&open_https(), ALIYUN, &foreign).causes.iter().any(is_foreign));
    assert!(!format!("{foreign:?}").contains("DUMMYAK"), "the key itself is not kept");
    assert_eq!(sent("AKIADUMMYDUMMYDUMMY1").foreign_key.as_deref(), Some("Amazon Web Services"));
    let own = sent("LTAI5tDummyAccessKeyId");
    assert_eq!(own.foreign_key, None);
    let is_foreign = |cause: &Cause| matches!(cause, Cause::ForeignKey { .. });
    assert!(!diagnosis(&open_https(), ALIYUN, &own).causes.iter().any(is_foreign));
}

#[test]
fn tok_1_an_invalid_token_leads_to_getting_one() {
    let body = r#"{"error":{"code":"111401001","message":"Invalid token."}}"#;
    for (file, text, catalogue) in [
        ("apis/huawei-taurusdb.json", include_str!("../../../apis/huawei-taurusdb.json"), HUAWEI),
        ("apis/huawei-iam.json", include_str!("../../../apis/huawei-iam.json"), IAM),
    ] {
        let api = Api::load(file, text).unwrap();
        for entry in &api.operations {
            let operation = api.operation(&entry.id).unwrap().unwrap();
            for status in [401, 400, 403] {
                let answer = answer(&operation, status, "application/json", body);
                let documented = documented(&operation, catalogue, &answer);
                assert!(documented.contains("Get a new token"), "{documented}");
            }
        }
    }
    let catalogue = ErrorCatalogue::load("a", HUAWEI).unwrap();
    assert_eq!(catalogue.find("111401001", 401, "Invalid token.").and_then(|entry| entry.fault), Some(Fault::Token));
}

#[test]
fn tok_1_any_refusal_with_401_leads_to_a_token_where_one_is_taken() {
    let body = r#"{"error":{"code":"111401999","message":"Nobody knows this."}}"#;
    let needs_token = |operation: &Operation, catalogue, status| {
        let found = diagnosis(operation, catalogue, &answer(operation, status, "application/json", body));
        found.remedies.contains(&Remedy::GetNewToken)
    };
    assert!(needs_token(&switch_ssl(), HUAWEI, 401));
    assert!(!needs_token(&switch_ssl(), HUAWEI, 409));
    assert!(!needs_token(&open_https(), ALIYUN, 401), "it takes none");
}

#[test]
fn ops_4_the_message_is_found_under_more_names() {
    for (body, code, message) in [
        (json!({"errCode": "RDS.0011", "externalMessage": "no"}), "RDS.0011", "no"),
        (json!({"success": false, "errCode": "B_1", "errMessage": "no"}), "B_1", "no"),
        (json!({"errorCode": "E0000007", "errorSummary": "no", "errorCauses": []}), "E0000007", "no"),
        (json!({"code": 404, "error": {"message": "no", "type": "EntityNotFound"}, "title": "Not Found"}), "404", "no"),
        (
            json!({"type": "https://a.test/rfc#section-6.5.1", "title": "no", "errors": {"name": ["required"]}}),
            "https://a.test/rfc#section-6.5.1",
            "no",
        ),
    ] {
        assert_eq!(found("application/json", body.to_string()), pair(code, message), "{body}");
    }
    for body in [
        json!({"errorMessages": ["no"], "errors": {}}),
        json!({"errorMessages": [], "errors": {"summary": "no"}}),
        json!({"errors": {"name": ["no", "x"]}}),
        json!({"non_field_errors": ["no"]}),
    ] {
        let answer = answer(&switch_ssl(), 400, "application/json", body.to_string());
        assert_eq!(diagnosis(&switch_ssl(), HUAWEI, &answer).causes, [Cause::Says("no".into())], "{body}");
    }
    let languages =
        "<F><Code><Value>X</Value></Code><Reason><Text lang='en'>no</Text><Text lang='de'>nein</Text></Reason></F>";
    assert_eq!(found("application/soap+xml", languages), pair("X", "no"));
}
