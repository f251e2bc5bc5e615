//! From a row to its form, and from the end of a call to what it means.

use super::caller::Fate;
use super::clouds::{Clock, Credential};
use super::sky::{START, Sky};
use serde_json::{Value, json};
use time::Duration;
use tls_console::credentials::ProfileId;
use tls_console::fleet::call::{self, FormError, LostCall};
use tls_console::fleet::{RowSpec, SendResult};
use tls_console::follow::{End, Why};
use tls_console::form::{FieldPath, Raw};
use tls_console::sandbox::{Request, Response};

const INSTANCE: &str = "es-cn-n6w1o1x0w001c0001";

/// The token that the form of a row sends.
fn token(sky: &Sky, spec: &RowSpec, token: u128) -> String {
    let (operation, _) = sky.operation(1, &spec.operation);
    let form = call::form(spec, token, operation).unwrap();
    let field = operation.fields().into_iter().find(|field| field.schema.generate.is_some()).unwrap();
    match form.get(&FieldPath::of(field)) {
        Raw::Text(text) => text.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_form_of_a_row_has_the_same_token_and_no_other_row_has_it() {
    let sky = Sky::new();
    let mut spec = sky.spec(1, 0, INSTANCE, true);
    let own = token(&sky, &spec, 7);
    assert_eq!((own.as_str(), own.len()), ("00000000-0000-4000-8000-000000000007", 36));
    assert_eq!(token(&sky, &spec, 7), own);
    assert_ne!(token(&sky, &spec, 8), own);
    // One that came with a list would be the same for many rows.
    let (operation, _) = sky.operation(1, &spec.operation);
    let field = operation.fields().into_iter().find(|field| field.schema.generate.is_some()).unwrap();
    spec.values.push((field.name.clone(), json!("mine")));
    assert_eq!(token(&sky, &spec, 7), own);
}

#[test]
fn what_the_description_has_no_more_is_told() {
    let sky = Sky::new();
    let mut spec = sky.spec(1, 1, INSTANCE, true);
    let (operation, follow_up) = sky.operation(1, &spec.operation);
    spec.values.push((String::from("Nothing"), json!(1)));
    assert_eq!(call::form(&spec, 0, operation), Err(FormError::NoField(String::from("Nothing"))));
    spec.place.server = String::from("https://gone.example.org");
    assert_eq!(call::form(&spec, 0, operation), Err(FormError::NoServer));
    // A call that may have been sent has an end all the same.
    let lost = LostCall { spec: &spec, token: 0, call: "c", since: START, connection: "Test" };
    let SendResult::Uncertain(follow) = lost.recover(operation, follow_up, START + Duration::HOUR) else { panic!() };
    assert!(matches!(follow.end(), Some(End::Unknown(Why::MissingValue(_)))), "{follow:#?}");
    assert_eq!((follow.origin.profile, follow.origin.subject.as_str()), (Some(ProfileId::new(2)), INSTANCE));
    // Neither has one whose operation is not described any more.
    let SendResult::Uncertain(follow) = lost.give_up() else { panic!() };
    assert_eq!((follow.end(), follow.is_recovering()), (Some(&End::Unknown(Why::NotOffered)), false));
    assert_eq!((follow.origin.profile, follow.origin.subject.as_str()), (Some(ProfileId::new(2)), INSTANCE));
}

/// What an answer to the switch of a cloud means.
fn result(sky: &Sky, cloud: usize, fate: Fate, status: u16, body: &Value) -> SendResult {
    let instance = ["096c0fc43e804757b59946b80dc27f8bin07", INSTANCE][cloud];
    let spec = sky.spec(cloud, 0, instance, true);
    let (operation, follow_up) = sky.operation(cloud, &spec.operation);
    let form = call::form(&spec, 1, operation).unwrap();
    let server = &mut |_: &Request| -> Response {
        let response = http::Response::builder().status(status).header("content-type", "application/json");
        response.body(body.to_string().into_bytes()).unwrap()
    };
    let time = (Clock { now: START, ahead: Duration::ZERO }, Duration::SECOND);
    let (exchange, _) = sky.clouds[cloud].call_to(server, (operation, &form, Credential::Good), time, fate, 1);
    let entry = sky.clouds[cloud].caller.entry(&exchange);
    call::send_result(&exchange, &form, follow_up, entry, &|error| format!("{error:?}"))
}

#[test]
fn an_answer_means_what_status_and_error_catalogue_say() {
    let sky = Sky::new();
    let huawei = |status, code: &str| {
        let body = json!({"error_code": code, "error_msg": "m"});
        result(&sky, 0, Fate::Answered, status, &body)
    };
    let busy = |result: SendResult| match result {
        SendResult::Busy { code, throttled, .. } => (code, throttled),
        other => panic!("{other:?}"),
    };
    // The instance's present state does not allow it, which may be a task that ends.
    for (status, code) in [(409, "DBS.200011"), (400, "DBS.201014")] {
        assert_eq!(busy(huawei(status, code)), (code.to_owned(), false));
    }
    assert_eq!(busy(huawei(429, "APIGW.0308")), (String::from("APIGW.0308"), true));
    assert!(matches!(huawei(400, "DBS.200001"), SendResult::Refused { code, .. } if code == "DBS.200001"));
    assert_eq!(huawei(403, "DBS.280056"), SendResult::NeedsCredential);
    assert_eq!(huawei(401, "Unheard.Of"), SendResult::NeedsCredential);
    // What a server says about itself leaves open what it did.
    assert!(matches!(huawei(500, "DBS.200005"), SendResult::Uncertain(_)));
    assert!(matches!(result(&sky, 0, Fate::LostAfter, 200, &json!({})), SendResult::Uncertain(_)));
    assert!(matches!(result(&sky, 0, Fate::Offline, 200, &json!({})), SendResult::Busy { status: 0, .. }));
    let accepted = result(&sky, 0, Fate::Answered, 200, &json!({"job_id": "j-1"}));
    assert!(matches!(accepted, SendResult::Accepted(Some(follow)) if follow.values().contains(&String::from("j-1"))));
    // Alibaba throttles with a status of 400, and declines with one of 200.
    let aliyun = |status, body: Value| result(&sky, 1, Fate::Answered, status, &body);
    let error = |code: &str| json!({"Code": code, "Message": "m", "RequestId": "A"});
    assert_eq!(busy(aliyun(400, error("Throttling.User"))), (String::from("Throttling.User"), true));
    // The catalogue says of a few codes that nobody knows, whatever their status is.
    assert!(matches!(aliyun(400, error("ApiConnectTimeout")), SendResult::Uncertain(_)));
    assert!(matches!(aliyun(400, error("UnknownError")), SendResult::Uncertain(_)));
    let declined = aliyun(200, json!({"Result": false, "RequestId": "A"}));
    assert!(
        matches!(&declined, SendResult::Refused { code, status: 200, .. } if code == "Result: false"),
        "{declined:?}"
    );
}
