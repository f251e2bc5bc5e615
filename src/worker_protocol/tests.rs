use super::*;
use crate::sandbox::{FaultRates, FleetSetup, Provider, World, sentinel};

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
fn the_speed_of_jobs_comes_back() {
    there_and_back(ToWorker::Speed { now: NOW, speed: 60 });
}

#[test]
fn that_the_speed_is_set_comes_back() {
    there_and_back(FromWorker::SpeedSet);
}

#[test]
fn a_fleet_comes_back() {
    there_and_back(ToWorker::Fleet(FleetSetup::default()));
    let faults = FaultRates { expires_with_call: Some(300), calls_a_second: Some(20), ..FaultRates::each(50) };
    there_and_back(ToWorker::Fleet(FleetSetup { seed: u64::MAX, huawei: 10_000, aliyun: 0, faults }));
}

#[test]
fn that_the_fleet_is_set_comes_back() {
    there_and_back(FromWorker::FleetSet);
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

#[test]
fn jobs_go_on_at_the_speed_that_is_set() {
    const SSL: &str = "https://gaussdb.cn-north-4.myhuaweicloud.com/v3/056538411200d4cd2f79c003c7606412/instances/\
                       096c0fc43e804757b59946b80dc27f8bin07/ssl-option";
    let mut world = World::new(1);
    let mut switch = request(SSL);
    switch.method = String::from("PUT");
    switch.headers.push((String::from("content-type"), String::from("application/json")));
    switch.body = b"{\"ssl_option\": true}".to_vec();
    let switch = ToWorker::Sandbox { now: NOW, request: switch, catalogue: Catalogue::OnDemand };
    let FromWorker::Answered(accepted) = answer(&mut world, switch) else { panic!("no answer") };
    assert_eq!(accepted.status, 200, "{}", String::from_utf8_lossy(&accepted.body));
    let ssl = |world: &World| world.ssl("096c0fc43e804757b59946b80dc27f8bin07");

    // Fifteen seconds of a job of 75 at the usual speed, the rest in one second.
    let speed = |now, speed| ToWorker::Speed { now, speed };
    assert_eq!(answer(&mut world, speed(NOW + 15_000, 60)), FromWorker::SpeedSet);
    answer(&mut world, speed(NOW + 15_999, 60));
    assert_eq!(ssl(&world), Some(false));
    answer(&mut world, speed(NOW + 16_000, 1));
    assert_eq!(ssl(&world), Some(true));
    assert_eq!(answer(&mut world, speed(i64::MAX, 1)), FromWorker::SpeedSet, "a date that there is not");
}

#[test]
fn the_fleet_that_is_set_is_there() {
    let setup = FleetSetup { seed: 9, huawei: 3, aliyun: 2, ..FleetSetup::default() };
    let mut world = World::new(1);
    assert_eq!(answer(&mut world, ToWorker::Fleet(setup)), FromWorker::FleetSet);
    let sizes = [Provider::Huawei, Provider::Aliyun].map(|provider| world.fleet_instances(provider).len());
    assert_eq!((world.fleet(), sizes), (setup, [3, 2]));
}
