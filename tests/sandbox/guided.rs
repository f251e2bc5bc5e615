//! What the sandbox tells people to try is true, and every documented error can be reached.

use std::collections::BTreeMap;
use std::time::Duration;

use tls_console::sandbox::{
    Case, Provider, Request, code_cases, code_cases_of, guide, guide_to, needs_catalogue, sentinel,
};

use super::calls::{Reply, aliyun, aliyun_call, catalogue, huawei, send, with_credential, world};

const PROVIDERS: [Provider; 2] = [Provider::Huawei, Provider::Aliyun];

fn call(provider: Provider, inputs: &[(&str, &str)]) -> Request {
    match provider {
        Provider::Huawei => huawei(inputs),
        Provider::Aliyun => aliyun(inputs).sign(),
    }
}

/// The operations of IAM that are played.
const IAM: [(&str, &str); 4] = [
    ("POST", "/v3/auth/tokens"),
    ("GET", "/v3/projects"),
    ("GET", "/v3/auth/projects"),
    ("POST", "/v3.0/OS-CREDENTIAL/securitytokens"),
];

/// A call of IAM with the inputs of its guide.
fn iam(method: &str, path: &str, changed: &[(&str, &str)]) -> Request {
    let example = guide_to("iam.myhuaweicloud.com", path).unwrap().example;
    let input = |name: &str| {
        let value = example.iter().chain(changed).rev().find(|(input, _)| *input == name);
        value.map(|(_, value)| (*value).to_owned()).unwrap_or_default()
    };
    let query = if input("name").is_empty() { String::new() } else { format!("?name={}", input("name")) };
    let mut request =
        http::Request::builder().method(method).uri(format!("https://iam.myhuaweicloud.com{path}{query}"));
    let mut body = Vec::new();
    if method == "POST" {
        request = request.header("Content-Type", "application/json;charset=utf8");
        body = format!("{{\"auth\":{}}}", input("auth")).into_bytes();
    }
    with_credential(request.body(body).unwrap(), input)
}

#[test]
fn every_case_of_iam_leads_to_what_it_says() {
    for (method, path) in IAM {
        let reply = send(&mut world(), &iam(method, path, &[]));
        assert_eq!(reply.status(), if method == "GET" { 200 } else { 201 }, "{path}: {}", reply.text());
        for case in guide_to("iam.cn-north-4.myhuaweicloud.com", path).unwrap().cases {
            let mut inputs = vec![(case.input, case.value.as_str())];
            inputs.extend(case.with);
            check(Provider::Huawei, &case, &send(&mut world(), &iam(method, path, &inputs)));
        }
    }
}

#[test]
fn the_host_and_the_path_choose_the_guide() {
    assert_eq!(guide_to("gaussdb.cn-north-4.myhuaweicloud.com", "/v3/x"), Some(guide(Provider::Huawei)));
    let of = |path: &str| guide_to("elasticsearch.cn-hangzhou.aliyuncs.com", path).unwrap().example;
    let [open, close] =
        ["open", "close"].map(|verb| of(&format!("/openapi/instances/{{InstanceId}}/actions/{verb}-https")));
    assert_ne!(open, close, "what is switched off is on before");
    assert_eq!(guide_to("elasticsearch.cn-hangzhou.aliyuncs.com", "/x"), Some(guide(Provider::Aliyun)));
    assert_eq!(guide_to("iam.myhuaweicloud.com", "/v3/users"), None);
    assert_eq!(guide_to("example.org", "/v3/projects"), None);
}

#[test]
fn no_input_of_iam_leads_to_a_chosen_error() {
    let catalogue = catalogue(Provider::Huawei);
    assert_eq!(code_cases_of("iam.myhuaweicloud.com", "/v3/projects", &catalogue), []);
    let database = code_cases_of("gaussdb.cn-north-4.myhuaweicloud.com", "/x", &catalogue);
    assert_eq!(database, code_cases(Provider::Huawei, &catalogue));
}

#[test]
fn the_id_that_leads_to_a_chosen_error_goes_into_an_input_that_the_operation_has() {
    let of = |path: &str| {
        let cases = code_cases_of("elasticsearch.cn-hangzhou.aliyuncs.com", path, &catalogue(Provider::Aliyun));
        cases.into_iter().next().unwrap().input
    };
    assert_eq!(of("/openapi/instances/{InstanceId}/actions/open-https"), "InstanceId");
    assert_eq!(of("/openapi/instances"), "instanceId");
    let of = |path: &str| {
        let cases = code_cases_of("gaussdb.cn-north-4.myhuaweicloud.com", path, &catalogue(Provider::Huawei));
        cases.into_iter().next().unwrap().input
    };
    let paths = ["/v3.1/{project_id}/instances", "/v3/{project_id}/jobs", "/v3/{project_id}/immediate-jobs"];
    assert_eq!(paths.map(of), ["id", "id", "job_id"]);
}

fn changed(provider: Provider, id: &str) -> bool {
    let mut world = world();
    let before = world.ssl(id).or(world.https(id)).unwrap();
    let request = match provider {
        Provider::Huawei => huawei(&[("instance_id", id)]),
        Provider::Aliyun if before => {
            aliyun_call(http::Method::POST, "CloseHttps", "/actions/close-https", &[("InstanceId", id)]).sign()
        }
        Provider::Aliyun => aliyun(&[("InstanceId", id)]).sign(),
    };
    send(&mut world, &request);
    world.set_now(super::NOW + time::Duration::minutes(2));
    world.ssl(id).or(world.https(id)) != Some(before)
}

#[test]
fn the_example_succeeds() {
    for provider in PROVIDERS {
        assert_eq!(send(&mut world(), &call(provider, &[])).status(), 200, "{provider:?}");
    }
}

#[test]
fn every_case_leads_to_what_it_says() {
    for provider in PROVIDERS {
        for case in guide(provider).cases {
            let mut inputs = vec![(case.input, case.value.as_str())];
            inputs.extend(case.with);
            let reply = send(&mut world(), &call(provider, &inputs));
            check(provider, &case, &reply);
        }
    }
}

/// Holds an answer to every word of the case that can be checked.
pub(crate) fn check(provider: Provider, case: &Case, reply: &Reply) {
    let words = case.leads_to;
    let what = format!("{case:?}: {} {}", reply.status(), reply.text().chars().take(200).collect::<String>());
    let says = |text: &str| words.contains(text);
    let shown = reply.header("content-type");
    let is_json = serde_json::from_slice::<serde_json::Value>(reply.0.body()).is_ok();

    let first = words.split([' ', ':']).next().unwrap();
    match first.parse::<u16>() {
        Ok(status) => assert_eq!(reply.status(), status, "{what}"),
        Err(_) => assert!(says("no answer") || says("clock"), "no claim that can be checked: {what}"),
    }
    if let Some((code, _)) = words.split_once(' ').and_then(|(_, rest)| rest.split_once(':'))
        && !code.contains(' ')
    {
        assert_eq!(reply.code(), code, "{what}");
    }
    let fault = reply.fault();
    assert_eq!(fault.lost, says("no answer"), "{what}");
    assert_eq!(fault.delay == Duration::from_secs(15), says("after 15 seconds"), "{what}");
    assert_eq!(fault.delay == Duration::from_secs(5), says("after 5 seconds"), "{what}");
    assert_eq!(fault.delay == Duration::from_secs(3600), says("within an hour"), "{what}");
    assert_eq!(shown.starts_with("text/html"), says("HTML"), "{what}");
    assert_eq!(is_json, !(says("HTML") || says("without JSON") || says("cut off") || says("empty")), "{what}");
    assert_eq!(reply.0.body().is_empty(), says("empty"), "{what}");
    assert_eq!(reply.0.body().len() > 2_000_000, says("two megabytes"), "{what}");
    assert_eq!(is_json && shown == "text/plain", says("text/plain"), "{what}");
    assert_eq!(reply.header("retry-after") == "30", says("Retry-After: 30"), "{what}");
    assert_eq!(reply.header("retry-after") == "5", says("Retry-After: 5"), "{what}");
    assert_eq!(reply.header("x-acs-retry-after") == "5000", says("x-acs-retry-after"), "{what}");
    assert_eq!(reply.text().contains("1e400") && reply.text().contains("-0.0"), says("numbers"), "{what}");
    assert_eq!(reply.text().contains("\"Result\":false"), says("\"Result\":false"), "{what}");
    assert_eq!(reply.header("date") == "Sun, 22 Nov 2026 12:00:00 GMT", says("clock two hours ahead"), "{what}");
    if says("clock") {
        assert!(["APIG.0301", "InvalidTimeStamp.Expired"].contains(&reply.code().as_str()), "{what}");
    }
    if says("no catalogue has") {
        assert_eq!(catalogue(provider).find(&reply.code(), reply.status(), ""), None, "{what}");
    }
    if says("change is carried out") || says("nothing is changed") {
        assert_eq!(changed(provider, &case.value), says("change is carried out"), "{what}");
    }
}

#[test]
fn every_catalogue_entry_is_reached_by_its_sentinel() {
    for provider in PROVIDERS {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for entry in catalogue(provider).entries() {
            let nth = seen.entry(entry.code.clone()).and_modify(|nth| *nth += 1).or_insert(1);
            let id = sentinel(provider, &entry.code, *nth).unwrap_or_else(|| panic!("{}", entry.code));
            let id_input = if provider == Provider::Huawei { "instance_id" } else { "InstanceId" };
            let request = call(provider, &[(id_input, &id)]);
            assert_eq!(needs_catalogue(&request), Some(provider), "{id}");

            let reply = send(&mut world(), &request);
            let code = entry.code.replace("{ParameterName}", "InstanceId");
            assert_eq!((reply.status(), reply.code()), (entry.status.unwrap_or(400), code), "{id}");
            if let Some(message) = &entry.message {
                assert_eq!(reply.message(), message.replace("{ParameterName}", "InstanceId"), "{id}");
            }
        }
    }
}

#[test]
fn an_ordinary_call_needs_no_catalogue() {
    for provider in PROVIDERS {
        assert_eq!(needs_catalogue(&call(provider, &[])), None);
    }
    let elsewhere = http::Request::get("https://example.org/es-error-Throttling").body(Vec::new()).unwrap();
    assert_eq!(needs_catalogue(&elsewhere), None);
}

#[test]
fn without_its_catalogue_the_sandbox_says_so() {
    let mut world = tls_console::sandbox::World::new(1);
    let id = sentinel(Provider::Huawei, "DBS.200001", 1).unwrap();
    assert_eq!(send(&mut world, &huawei(&[("instance_id", &id)])).code(), "Sandbox.NoCatalogue");
}

#[test]
fn a_sentinel_of_no_documented_code_is_told_so() {
    for (code, nth) in [("DBS.999999", 1), ("DBS.200019", 9)] {
        let id = sentinel(Provider::Huawei, code, nth).unwrap();
        assert_eq!(send(&mut world(), &huawei(&[("instance_id", &id)])).code(), "Sandbox.NoSuchCode");
    }
    let reply = send(&mut world(), &aliyun(&[("InstanceId", "es-error-UnheardOf")]).sign());
    assert_eq!(reply.code(), "Sandbox.NoSuchCode");
}

#[test]
fn another_spelling_of_a_code_leads_to_the_same_entry() {
    let id = sentinel(Provider::Huawei, "APIG.0101", 1).unwrap();
    let reply = send(&mut world(), &huawei(&[("instance_id", &id)]));
    assert_eq!((reply.status(), reply.code()), (404, "APIGW.0101".to_owned()));
}

/// The panel lists an input for every entry of the catalogue, and each leads to the status and the code it promises.
#[test]
fn every_listed_code_leads_to_what_it_says() {
    for provider in PROVIDERS {
        let catalogue = catalogue(provider);
        let cases = code_cases(provider, &catalogue);
        assert_eq!(cases.len(), catalogue.entries().len());
        for (case, entry) in cases.iter().zip(catalogue.entries()) {
            let reply = send(&mut world(), &call(provider, &[(case.input, &case.value)]));
            assert_eq!(reply.status(), entry.status.unwrap_or(400), "{case:?}");
            assert_eq!(reply.code(), entry.code.replace("{ParameterName}", "InstanceId"), "{case:?}");
            assert!(case.leads_to.contains(&entry.code), "{case:?}");
        }
    }
}

#[test]
fn errors_that_the_sandbox_words_itself_agree_with_the_catalogue() {
    for provider in PROVIDERS {
        for case in guide(provider).cases {
            let mut inputs = vec![(case.input, case.value.as_str())];
            inputs.extend(case.with);
            let reply = send(&mut world(), &call(provider, &inputs));
            if reply.status() == 429 || reply.code().is_empty() || case.leads_to.contains("no catalogue has") {
                continue;
            }
            let catalogue = catalogue(provider);
            let entry = catalogue.find(&reply.code(), reply.status(), &reply.message());
            let entry = entry.unwrap_or_else(|| panic!("{} is not documented", reply.code()));
            assert!(entry.status.is_none_or(|status| status == reply.status()), "{case:?}");
            if let Some(message) = &entry.message {
                let common = message.split([',', '<', ':']).next().unwrap();
                assert!(reply.message().starts_with(common), "{} is documented as {message}", reply.message());
            }
        }
    }
}
