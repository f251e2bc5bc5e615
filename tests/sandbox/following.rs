//! What can be seen after a change: each course of it, each fault of a look, and the speed of work.

use http::Method;
use serde_json::{Value, json};
use time::Duration;
use tls_console::sandbox::{Course, End, Provider, World};

use super::calls::{NOW, Reply, aliyun, aliyun_call, huawei, send, world};

const PROJECT: &str = "056538411200d4cd2f79c003c7606412";

/// A Huawei call that reads.
fn get(world: &mut World, path: &str) -> Reply {
    let uri = format!("https://gaussdb.cn-north-4.myhuaweicloud.com{path}");
    let request = http::Request::get(uri).header("X-Auth-Token", "any").body(Vec::new()).unwrap();
    send(world, &request)
}

fn job(world: &mut World, id: &str) -> Reply {
    get(world, &format!("/v3/{PROJECT}/jobs?id={id}"))
}

fn details(world: &mut World, id: &str) -> Reply {
    get(world, &format!("/v3.1/{PROJECT}/instances/{id}"))
}

fn tasks(world: &mut World, query: &str) -> Value {
    let reply = get(world, &format!("/v3/{PROJECT}/immediate-jobs?{query}"));
    assert_eq!(reply.status(), 200, "{}", reply.text());
    reply.json()
}

fn huawei_id(start: &str) -> String {
    format!("{start:x<32}in07")
}

/// Switches SSL on, and answers the job's id.
fn switch(world: &mut World, instance: &str) -> String {
    let reply = send(world, &huawei(&[("instance_id", instance)]));
    assert_eq!(reply.status(), 200, "{}", reply.text());
    reply.json()["job_id"].as_str().unwrap().to_owned()
}

fn at(world: &mut World, seconds: i64) {
    world.set_now(NOW + Duration::seconds(seconds));
}

/// The status of a job at these seconds, or the code in its place.
fn seen<const N: usize>(instance: &str, seconds: [i64; N]) -> ([String; N], World, String) {
    let mut world = world();
    let id = switch(&mut world, instance);
    let statuses = seconds.map(|seconds| {
        at(&mut world, seconds);
        let reply = job(&mut world, &id);
        reply.json()["job"]["status"].as_str().map_or_else(|| reply.code(), str::to_owned)
    });
    (statuses, world, id)
}

#[test]
fn a_job_that_fails_says_why_and_leaves_ssl_as_it_was() {
    let instance = huawei_id("jobFailed");
    let (statuses, mut world, id) = seen(&instance, [0, 10, 44, 45]);
    assert_eq!(statuses, ["DBS.200543", "Running", "Running", "Failed"]);
    let reply = job(&mut world, &id).json();
    assert!(reply["job"]["fail_reason"].as_str().unwrap().contains("did not start again"), "{reply}");
    assert_eq!((world.ssl(&instance), world.switches(&instance)), (Some(false), 1));
    assert!(!world.is_changing(&instance));
}

#[test]
fn a_job_is_cancelled_invisible_slow_odd_or_flapping_as_its_instance_says() {
    let statuses = |start: &str| seen(&huawei_id(start), [4, 24, 38, 61, 80, 1200]).0;
    let (hidden, running, done) = ("DBS.200543", "Running", "Completed");
    assert_eq!(statuses("jobCanceled"), [hidden, running, "Canceled", "Canceled", "Canceled", "Canceled"]);
    assert_eq!(statuses("jobLate"), [hidden, hidden, running, running, done, done]);
    assert_eq!(statuses("jobSlow"), [hidden, "Pending", "Pending", running, running, done]);
    assert_eq!(statuses("jobOdd"), [hidden, "Suspending", "Suspending", "Suspending", done, done]);
    assert_eq!(statuses("jobFlapping"), [hidden, running, "Pending", running, done, done]);
    assert_eq!(statuses("faultSlow"), [hidden, running, running, running, done, done], "an ordinary course");
}

#[test]
fn a_job_that_nobody_sees_switches_all_the_same() {
    let instance = huawei_id("jobNever");
    let (statuses, mut world, id) = seen(&instance, [10, 100_000]);
    assert_eq!(statuses, ["DBS.200543", "DBS.200543"]);
    assert_eq!(tasks(&mut world, &format!("job_id={id}"))["total_count"], 0);
    assert_eq!(world.ssl(&instance), Some(true));
}

#[test]
fn the_task_list_shows_a_switch_when_the_job_can_be_seen() {
    let mut world = world();
    let id = switch(&mut world, &huawei_id("faultLost"));
    let query = "job_name=GaussDBforMySQLSwitchSSL&limit=50";
    let before = tasks(&mut world, query);
    at(&mut world, 10);
    let after = tasks(&mut world, query);
    assert_eq!(after["total_count"].as_u64().unwrap(), before["total_count"].as_u64().unwrap() + 1);
    let newest = &after["jobs"][0];
    assert_eq!((newest["job_id"].as_str(), newest["status"].as_str()), (Some(id.as_str()), Some("Running")));
    assert_eq!((&newest["created_time"], &newest["process"]), (&json!("2026-11-22T10:00:00+0000"), &json!("13%")));
    assert_eq!(newest["instance_id"], json!(huawei_id("faultLost")));
}

#[test]
fn the_task_list_is_filtered_and_paged() {
    let mut world = world();
    let ids = |value: Value| -> Vec<String> {
        let jobs = value["jobs"].as_array().unwrap();
        jobs.iter().map(|job| job["job_id"].as_str().unwrap().to_owned()).collect()
    };
    let all = ids(tasks(&mut world, "limit=50"));
    assert_eq!(all.len(), 24);
    assert_eq!(ids(tasks(&mut world, "")), all[..10]);
    assert_eq!(ids(tasks(&mut world, "offset=11&limit=10")), all[10..20]);
    assert_eq!(ids(tasks(&mut world, "status=Running")), all[..1], "the one of the busy instance");
    assert_eq!(ids(tasks(&mut world, "status=Failed")), all[2..3]);
    assert_eq!(
        ids(tasks(&mut world, "start_time=2026-11-22T07:40:00%2B0000&end_time=2026-11-22T09:00:00Z")),
        all[1..3]
    );
    assert_eq!(ids(tasks(&mut world, "start_time=2026-11-22T15:40:00%2B0800")), all[..3]);
    for wrong in ["limit=11", "offset=x", "start_time=yesterday"] {
        let reply = get(&mut world, &format!("/v3/{PROJECT}/immediate-jobs?{wrong}"));
        assert_eq!((reply.status(), reply.code().as_str()), (400, "DBS.200001"), "{wrong}");
    }
}

#[test]
fn the_instances_are_listed_page_by_page_and_shown_one_by_one() {
    let mut world = world();
    let mut list = |query: &str| {
        let reply = get(&mut world, &format!("/v3.1/{PROJECT}/instances?{query}"));
        let ids = reply.json()["instances"].as_array().cloned().unwrap_or_default();
        let ids: Vec<String> = ids.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect();
        (ids, reply.json()["total_count"].as_u64().unwrap_or_default(), reply.code())
    };
    let (first, total, _) = list("");
    assert_eq!((first.len(), total), (100, 125));
    let (rest, ..) = list("offset=100&limit=100");
    assert_eq!(rest.len(), 25);
    assert_eq!(list("offset=3&limit=2").0, first[3..5]);
    assert_eq!(list("name=*orders").1, 15);
    assert_eq!(list("name=orders").1, 0);
    assert_eq!(list(&format!("id={}", rest[3])), (vec![rest[3].clone()], 1, String::new()));
    assert_eq!(list("vpc_id=x").1 + list("type=Single").1, 0);
    for wrong in ["name=*", "limit=0", "limit=101", "offset=-1"] {
        assert_eq!(list(wrong).2, "DBS.200001", "{wrong}");
    }
    let mut states: Vec<(String, u64)> = Vec::new();
    for id in first.iter().chain(&rest) {
        let shown = details(&mut world, id).json()["instance"].clone();
        assert_eq!(shown["id"], json!(id));
        assert_eq!(shown["nodes"].as_array().unwrap().len() as u64, shown["node_count"].as_u64().unwrap());
        states.push((shown["status"].as_str().unwrap().to_owned(), shown["node_count"].as_u64().unwrap()));
    }
    for status in ["normal", "abnormal", "creating", "createfail"] {
        assert!(states.iter().any(|(own, _)| own == status), "{status}");
    }
    assert!(states.iter().any(|(_, nodes)| *nodes == 1));
    assert_eq!(details(&mut world, "short").code(), "DBS.280404");
    assert_eq!(details(&mut world, &format!("{}in07", "0".repeat(32))).code(), "DBS.200002");
}

#[test]
fn an_instance_that_may_not_be_changed_refuses() {
    for start in ["abnormal", "creating", "single"] {
        let id = format!("{start:0<32}in07");
        let mut world = world();
        let reply = send(&mut world, &huawei(&[("instance_id", &id)]));
        assert_eq!((reply.status(), reply.code().as_str()), (400, "DBS.201014"), "{id}");
        assert_eq!(world.switches(&id), 0);
    }
}

#[test]
fn looks_go_wrong_as_the_instance_says_and_most_come_right() {
    let looks = |start: &str| {
        let mut world = world();
        let id = switch(&mut world, &huawei_id(start));
        at(&mut world, 10);
        [(); 4].map(|()| {
            let reply = job(&mut world, &id);
            (reply.status(), reply.fault().lost)
        })
    };
    let (good, after_three) = ((200, false), |bad| [bad, bad, bad, (200, false)]);
    assert_eq!(looks("readDenied"), [(403, false); 4]);
    assert_eq!(looks("readThrottled"), after_three((429, false)));
    assert_eq!(looks("readUnavailable"), after_three((503, false)));
    assert_eq!(looks("readLost"), after_three((200, true)));
    assert_eq!(looks("readSlow"), [good; 4]);
    assert_eq!(looks("faultSlow"), [good; 4]);
}

#[test]
fn an_answer_lost_before_the_change_leaves_nothing_and_the_next_try_works() {
    let mut world = world();
    let id = huawei_id("faultLostBefore");
    let call = huawei(&[("instance_id", &id)]);
    assert!(send(&mut world, &call).fault().lost);
    assert_eq!((world.switches(&id), world.is_changing(&id)), (0, false));
    let again = send(&mut world, &call);
    assert_eq!((again.status(), again.fault().lost, world.switches(&id)), (200, false, 1));

    let lost = [("InstanceId", "es-fault-lost-before"), ("clientToken", "t")];
    assert!(send(&mut world, &aliyun(&lost).sign()).fault().lost);
    assert_eq!(send(&mut world, &aliyun(&lost).sign()).json()["Result"], json!(true));
    assert_eq!(world.switches("es-fault-lost-before"), 1);
}

/// Status and protocol of a cluster, so many seconds after a switch.
fn cluster(id: &str, seconds: i64) -> (String, String) {
    let mut world = world();
    assert_eq!(send(&mut world, &aliyun(&[("InstanceId", id)]).sign()).json()["Result"], json!(true), "{id}");
    at(&mut world, seconds);
    let call = aliyun_call(Method::GET, "DescribeInstance", "", &[("InstanceId", id)]);
    let result = send(&mut world, &call.at(NOW + Duration::seconds(seconds)).sign()).json()["Result"].clone();
    let text = |name: &str| result[name].as_str().unwrap().to_owned();
    (text("status"), text("protocol"))
}

#[test]
fn a_cluster_changes_as_its_id_says() {
    let expected = [
        ("es-job-failed", 65, "activating", "HTTP"),
        ("es-job-failed", 66, "active", "HTTP"),
        ("es-job-canceled", 44, "suspended", "HTTP"),
        ("es-job-late", 29, "active", "HTTP"),
        ("es-job-late", 30, "activating", "HTTP"),
        ("es-job-late", 110, "active", "HTTPS"),
        ("es-job-never", 1_000_000, "activating", "HTTP"),
        ("es-job-slow", 1199, "activating", "HTTP"),
        ("es-job-slow", 1200, "active", "HTTPS"),
        ("es-job-odd", 109, "restarting", "HTTP"),
        ("es-job-odd", 110, "active", "HTTPS"),
        ("es-job-flapping", 15, "active", "HTTP"),
        ("es-job-flapping", 25, "activating", "HTTP"),
        ("es-job-flapping", 110, "active", "HTTPS"),
    ];
    for (id, seconds, status, protocol) in expected {
        assert_eq!(cluster(id, seconds), (status.to_owned(), protocol.to_owned()), "{id} after {seconds} s");
    }
}

#[test]
fn a_cluster_that_answers_https_at_first_is_closed_as_its_id_says() {
    let state = |id: &str, seconds: i64| {
        let mut world = world();
        assert_eq!(world.https(id), Some(true));
        let close = aliyun_call(Method::POST, "CloseHttps", "/actions/close-https", &[("InstanceId", id)]);
        send(&mut world, &close.sign());
        at(&mut world, seconds);
        (world.is_changing(id), world.https(id), world.switches(id))
    };
    assert_eq!(state("es-job-failed-https", 200), (false, Some(true), 1));
    assert_eq!(state("es-fault-lost-https", 200), (false, Some(false), 1));
    assert_eq!(state("es-fault-lost-before-https", 200), (false, Some(true), 0));
    assert_eq!(state("es-job-never-https", 100_000), (true, Some(true), 1));
}

/// The records of a cluster, at some time.
fn records(world: &mut World, id: &str, query: &str, seconds: i64) -> Vec<Value> {
    at(world, seconds);
    let mut call = aliyun_call(Method::GET, "ListActionRecords", "/action-records", &[("InstanceId", id)]);
    *call.request.uri_mut() = format!("{}{query}", call.request.uri()).parse().unwrap();
    let reply = send(world, &call.at(NOW + Duration::seconds(seconds)).sign());
    assert_eq!(reply.status(), 200, "{}", reply.text());
    reply.json()["Result"].as_array().unwrap().clone()
}

#[test]
fn the_changes_of_a_cluster_are_recorded() {
    let mut world = world();
    let id = "es-job-failed";
    let answer = send(&mut world, &aliyun(&[("InstanceId", id)]).sign()).json();
    let running = records(&mut world, id, "", 33);
    assert_eq!((&running[0]["process"], &running[0]["stateType"]), (&json!("50%"), &json!("PROCESSING")));
    assert_eq!((&running[0]["actionName"], &running[0]["requestId"]), (&json!("OpenHttps"), &answer["RequestId"]));
    let failed = records(&mut world, id, "", 70);
    assert_eq!(failed[0]["statusInfo"][0]["exception"], json!("A node did not start again in time."));
    assert_eq!(failed[0]["endTime"].as_i64().unwrap() - failed[0]["startTime"].as_i64().unwrap(), 66_000);

    let ordinary = "es-cn-n6w1o1x0w001c0001";
    send(&mut world, &aliyun(&[]).at(NOW + Duration::seconds(70)).sign());
    let close = aliyun_call(Method::POST, "CloseHttps", "/actions/close-https", &[]);
    at(&mut world, 200);
    send(&mut world, &close.at(NOW + Duration::seconds(200)).sign());
    let names = |records: Vec<Value>| -> Vec<String> {
        records.iter().map(|record| record["actionName"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(records(&mut world, ordinary, "", 200)), ["CloseHttps", "OpenHttps"], "the newest first");
    assert_eq!(names(records(&mut world, ordinary, "?page=2&size=1", 200)), ["OpenHttps"]);
    assert_eq!(names(records(&mut world, ordinary, "?actionNames=OpenHttps%2CRestart", 200)), ["OpenHttps"]);
    let began = (NOW + Duration::seconds(100)).unix_timestamp() * 1000;
    assert_eq!(names(records(&mut world, ordinary, &format!("?startTime={began}"), 200)), ["CloseHttps"]);
    assert_eq!(names(records(&mut world, ordinary, &format!("?endTime={began}"), 200)), ["OpenHttps"]);
    assert_eq!(records(&mut world, ordinary, "?requestId=other", 200), [Value::Null; 0]);
}

#[test]
fn jobs_go_on_faster_and_tokens_and_signatures_do_not() {
    let mut world = world();
    world.set_speed(60);
    let id = switch(&mut world, "096c0fc43e804757b59946b80dc27f8bin07");
    world.set_now(NOW + Duration::seconds(1));
    assert_eq!(job(&mut world, &id).json()["job"]["process"], json!("80%"));
    world.set_now(NOW + Duration::seconds(2));
    let ended = job(&mut world, &id).json()["job"].clone();
    assert_eq!((&ended["status"], &ended["ended"]), (&json!("Completed"), &json!("2026-11-22T10:00:01+0000")));
    // Fifteen minutes of the clock are the limit for a date, not fifteen minutes of work.
    world.set_now(NOW + Duration::minutes(15));
    assert_eq!(send(&mut world, &aliyun(&[]).sign()).status(), 200);
    world.set_now(NOW + Duration::minutes(15) + Duration::seconds(1));
    assert_eq!(send(&mut world, &aliyun(&[]).sign()).code(), "InvalidTimeStamp.Expired");
}

#[test]
fn a_simulation_chooses_the_course_of_an_instance() {
    let mut world = world();
    let id = huawei_id("faultLost");
    let ordinary = Course::ordinary(Provider::Huawei);
    world.set_course(
        &id,
        Course { hidden: Duration::seconds(20), takes: Duration::MINUTE, end: End::Failed, ..ordinary },
    );
    world.set_course("there-is-none", ordinary);
    assert!(send(&mut world, &huawei(&[("instance_id", &id)])).fault().lost);
    at(&mut world, 21);
    let newest = tasks(&mut world, "job_name=GaussDBforMySQLSwitchSSL")["jobs"][0].clone();
    assert_eq!((&newest["instance_id"], &newest["status"]), (&json!(id), &json!("Running")));
    at(&mut world, 60);
    assert_eq!((world.is_changing(&id), world.ssl(&id), world.switches(&id)), (false, Some(false), 1));
}

#[test]
fn a_list_of_tasks_that_is_longer_than_its_page_says_so() {
    let mut world = world();
    let uri = format!("/v3.1/{PROJECT}/instances?limit=100");
    let instances = get(&mut world, &uri).json()["instances"].clone();
    let normal = instances.as_array().unwrap().iter().filter(|instance| instance["status"] == "normal");
    let calls = normal.map(|instance| huawei(&[("instance_id", instance["id"].as_str().unwrap())]));
    let accepted = calls.filter(|call| send(&mut world, call).status() == 200).count();
    assert!(accepted > 60, "{accepted}");
    at(&mut world, 10);
    let running = tasks(&mut world, "status=Running&limit=50");
    assert_eq!(running["jobs"].as_array().unwrap().len(), 50);
    assert_eq!(running["total_count"].as_u64().unwrap() as usize, accepted + 1);
}
