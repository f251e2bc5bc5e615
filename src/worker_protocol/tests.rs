use super::*;
use crate::sandbox::{Provider, World, sentinel};

const NOW: i64 = 1_790_000_000_000;

const PROJECTS: &str = "https://iam.cn-north-4.myhuaweicloud.com/v3/projects";

fn request(url: &str) -> HttpRequest {
    HttpRequest {
        method: String::from("GET"),
        url: url.to_owned(),
        headers: vec![(String::from("x-auth-token"), String::from("any-token-will-do"))],
        body: vec![0, 1, 255],
    }
}

fn response(body: Vec<u8>) -> HttpResponse {
    let headers = vec![(String::from("x-subject-token"), String::from("MIIdummy"))];
    HttpResponse { status: 201, headers, body, delay: 40_000, lost: true }
}

fn sandbox(url: &str, catalogue: Catalogue) -> ToWorker {
    ToWorker::Sandbox { now: NOW, request: request(url), catalogue }
}

/// Encodes and decodes a message, and sees the same again.
fn there_and_back<T: Serialize + DeserializeOwned + PartialEq + fmt::Debug>(message: T) {
    let bytes = encode(7, &message).unwrap();
    assert_eq!(decode::<T>(&bytes).unwrap(), (7, message));
    assert!(decode::<T>(&bytes[..bytes.len() - 1]).is_err(), "a part of a message is none");
}

#[test]
fn a_call_of_the_sandbox_without_a_catalogue_comes_back() {
    there_and_back(sandbox("https://a.test/", Catalogue::OnDemand));
}

#[test]
fn a_call_of_the_sandbox_with_a_missing_catalogue_comes_back() {
    there_and_back(sandbox("https://a.test/", Catalogue::Missing));
}

#[test]
fn a_call_of_the_sandbox_with_a_catalogue_comes_back() {
    there_and_back(sandbox("https://a.test/", Catalogue::Text(String::from("[\"ä\"]"))));
}

#[test]
fn ready_comes_back() {
    there_and_back(FromWorker::Ready);
}

#[test]
fn an_answer_comes_back() {
    there_and_back(FromWorker::Answered(response(b"{}".to_vec())));
}

#[test]
fn the_wish_for_a_catalogue_comes_back() {
    there_and_back(FromWorker::NeedsCatalogue);
}

#[test]
fn an_invalid_request_comes_back() {
    there_and_back(FromWorker::InvalidRequest);
}

#[test]
fn a_body_of_a_megabyte_comes_back() {
    there_and_back(FromWorker::Answered(response(vec![123; 1 << 20])));
}

#[test]
fn debug_shows_no_secret() {
    let shown = format!("{:?} {:?}", sandbox("https://a.test/?k=canary", Catalogue::OnDemand), response(Vec::new()));
    for secret in ["canary", "any-token", "MIIdummy"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn the_sandbox_answers() {
    let FromWorker::Answered(response) = answer(&mut World::new(1), sandbox(PROJECTS, Catalogue::OnDemand)) else {
        panic!("no answer");
    };
    assert_eq!(response.status, 200);
    assert!(String::from_utf8_lossy(&response.body).contains("projects"));
}

#[test]
fn the_catalogue_is_asked_for_once() {
    let id = sentinel(Provider::Huawei, "DBS.200001", 1).unwrap();
    let url = format!("https://gaussdb.cn-north-4.myhuaweicloud.com/v3/p/instances/{id}/ssl-option");
    let mut world = World::new(1);
    assert_eq!(answer(&mut world, sandbox(&url, Catalogue::OnDemand)), FromWorker::NeedsCatalogue);
    let without = answer(&mut world, sandbox(&url, Catalogue::Missing));
    assert!(matches!(without, FromWorker::Answered(_)), "{without:?}");
    let text = include_str!("../../apis/huawei-taurusdb.errors.json");
    let with = answer(&mut world, sandbox(&url, Catalogue::Text(text.to_owned())));
    assert!(matches!(with, FromWorker::Answered(_)), "{with:?}");
    let again = answer(&mut world, sandbox(&url, Catalogue::OnDemand));
    assert!(matches!(again, FromWorker::Answered(_)), "{again:?}");
}

#[test]
fn what_is_no_request_is_said() {
    assert_eq!(answer(&mut World::new(1), sandbox("no address", Catalogue::OnDemand)), FromWorker::InvalidRequest);
}
