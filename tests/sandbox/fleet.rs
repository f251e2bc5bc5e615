//! The fleet of each account: ids and states by seed, lists page by page, and looks at ten thousand of them.

#![allow(clippy::disallowed_methods, reason = "times are printed, no test depends on one")]

use std::collections::BTreeSet;
use std::time::Instant;

use http::Method;
use serde_json::Value;
use time::Duration;
use tls_console::sandbox::{FaultRates, FleetInstance, FleetSetup, Provider, World};

use super::calls::{NOW, Reply, aliyun_call, huawei, send, world};

const PROVIDERS: [Provider; 2] = [Provider::Huawei, Provider::Aliyun];
const PROJECT: &str = "056538411200d4cd2f79c003c7606412";

/// A world with fleets of this size on both clouds.
pub(crate) fn with_fleet(seed: u64, size: usize, faults: FaultRates) -> World {
    let mut world = world();
    world.set_fleet(FleetSetup { seed, huawei: size, aliyun: size, faults });
    world
}

/// A Huawei call that reads.
pub(crate) fn get(world: &mut World, path: &str) -> Reply {
    let uri = format!("https://gaussdb.cn-north-4.myhuaweicloud.com{path}");
    send(world, &http::Request::get(uri).header("X-Auth-Token", "any").body(Vec::new()).unwrap())
}

pub(crate) fn tasks(world: &mut World, query: &str) -> Reply {
    get(world, &format!("/v3/{PROJECT}/immediate-jobs?{query}"))
}

/// One instance, as its cloud describes it.
pub(crate) fn look(world: &mut World, provider: Provider, id: &str) -> Reply {
    match provider {
        Provider::Huawei => get(world, &format!("/v3.1/{PROJECT}/instances/{id}")),
        Provider::Aliyun => {
            send(world, &aliyun_call(Method::GET, "DescribeInstance", "", &[("InstanceId", id)]).sign())
        }
    }
}

/// A page of a list: ids, and the number of all.
pub(crate) fn list(world: &mut World, provider: Provider, query: &str) -> (Vec<String>, u64) {
    let (reply, items, id, total) = match provider {
        Provider::Huawei => {
            (get(world, &format!("/v3.1/{PROJECT}/instances?{query}")), "/instances", "id", "/total_count")
        }
        Provider::Aliyun => {
            let mut call = aliyun_call(Method::GET, "ListInstance", "", &[]);
            let uri = format!("https://elasticsearch.cn-hangzhou.aliyuncs.com/openapi/instances?{query}");
            *call.request.uri_mut() = uri.parse().unwrap();
            (send(world, &call.sign()), "/Result", "instanceId", "/Headers/X-Total-Count")
        }
    };
    assert_eq!(reply.status(), 200, "{query}: {}", reply.text());
    let body = reply.json();
    let items = body.pointer(items).and_then(Value::as_array).unwrap();
    let ids = items.iter().map(|item| item[id].as_str().unwrap().to_owned()).collect();
    (ids, body.pointer(total).and_then(Value::as_u64).unwrap())
}

/// The query for a page, counted from 0.
fn page(provider: Provider, number: usize) -> String {
    match provider {
        Provider::Huawei => format!("limit=100&offset={}", number * 100),
        Provider::Aliyun => format!("size=100&page={}", number + 1),
    }
}

fn ids(instances: &[FleetInstance]) -> BTreeSet<&str> {
    instances.iter().map(|instance| instance.id.as_str()).collect()
}

#[test]
fn the_fleet_of_a_new_world_has_the_ids_that_it_always_had() {
    let world = world();
    assert_eq!(world.fleet(), FleetSetup::default());
    let digits = |index: u64| format!("{:08x}", (index + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32);
    for index in 0..120 {
        let ids = PROVIDERS.map(|provider| world.fleet_instances(provider)[index].id.clone());
        let digits = digits(index as u64);
        let expected = [format!("{digits}4c0f4d1e9b6a7f3e25000{index:03}in07"), format!("es-cn-{digits}0a{index:03}")];
        assert_eq!(ids, expected);
    }
    let last = PROVIDERS.map(|provider| world.fleet_instances(provider).last().cloned().unwrap());
    assert_eq!(last.each_ref().map(|instance| instance.name.as_str()), ["audit-120", "audit-120"]);
    assert_eq!(last[0].id, "2a010ef34c0f4d1e9b6a7f3e25000119in07");
    let on = PROVIDERS.map(|provider| world.fleet_instances(provider).iter().filter(|one| one.is_on).count());
    let ready = PROVIDERS.map(|p| world.fleet_instances(p).iter().filter(|one| one.can_switch_on).count());
    assert_eq!((on, ready), ([80, 40], [97, 96]));
}

#[test]
fn a_larger_fleet_of_the_first_seed_begins_with_the_same_instances() {
    let (small, large) = (world(), with_fleet(0, 10_000, FaultRates::default()));
    for provider in PROVIDERS {
        assert_eq!(small.fleet_instances(provider), large.fleet_instances(provider)[..120]);
    }
}

#[test]
fn a_seed_makes_the_same_fleet_each_time_and_another_seed_another_one() {
    let fleet = |seed| PROVIDERS.map(|provider| with_fleet(seed, 300, FaultRates::default()).fleet_instances(provider));
    assert_eq!(fleet(7), fleet(7));
    for (one, other) in fleet(7).iter().zip(&fleet(8)) {
        assert!(ids(one).is_disjoint(&ids(other)));
        let states = |fleet: &[FleetInstance]| -> Vec<_> { fleet.iter().map(|one| (one.status, one.is_on)).collect() };
        assert_ne!(states(one), states(other));
        assert_ne!(states(&one[1..]), states(&other[..299]), "a seed is no shift of its neighbour");
    }
}

#[test]
fn most_instances_of_a_fleet_can_be_switched_and_every_state_is_there() {
    let world = with_fleet(7, 10_000, FaultRates::default());
    for provider in PROVIDERS {
        let fleet = world.fleet_instances(provider);
        assert_eq!((fleet.len(), ids(&fleet).len()), (10_000, 10_000));
        let ready = fleet.iter().filter(|instance| instance.can_switch_on).count();
        assert!((8_500..9_500).contains(&ready), "{provider:?}: {ready}");
        let on = fleet.iter().filter(|instance| instance.is_on).count();
        assert!((1_800..2_700).contains(&on), "{provider:?}: {on}");
        let states: &[&str] = match provider {
            Provider::Huawei => &["normal", "abnormal", "creating", "createfail"],
            Provider::Aliyun => &["active", "activating", "inactive", "invalid", "suspended"],
        };
        for state in states {
            assert!(fleet.iter().filter(|instance| instance.status == *state).count() >= 20, "{state}");
        }
    }
}

#[test]
fn no_fleet_is_larger_than_ten_thousand() {
    let world = with_fleet(1, 1_000_000, FaultRates::default());
    assert_eq!(PROVIDERS.map(|provider| world.fleet_instances(provider).len()), [10_000; 2]);
    let world = with_fleet(1, 0, FaultRates::default());
    assert_eq!(PROVIDERS.map(|provider| world.fleet_instances(provider).len()), [0; 2]);
}

#[test]
fn ten_thousand_instances_are_listed_page_by_page_and_found_one_by_one() {
    for provider in PROVIDERS {
        let mut world = with_fleet(7, 10_000, FaultRates::default());
        let named = if provider == Provider::Huawei { 5 } else { 9 };
        let begun = Instant::now();
        let mut all = Vec::new();
        for number in 0..101 {
            let (ids, total) = list(&mut world, provider, &page(provider, number));
            assert_eq!(total, 10_000 + named);
            all.extend(ids);
        }
        let listed = begun.elapsed();
        let fleet = world.fleet_instances(provider);
        assert_eq!(all.len() as u64, 10_000 + named);
        assert!(all[named as usize..].iter().eq(fleet.iter().map(|instance| &instance.id)));
        assert!(list(&mut world, provider, &page(provider, 101)).0.is_empty());

        let begun = Instant::now();
        for instance in &fleet {
            let body = look(&mut world, provider, &instance.id).json();
            let shown = body.pointer("/instance/id").or_else(|| body.pointer("/Result/instanceId")).unwrap();
            assert_eq!(shown, &instance.id);
        }
        let found = begun.elapsed();
        println!("{provider:?}: 101 pages in {listed:?}, 10 000 instances in {found:?}");
    }
}

#[test]
fn ten_thousand_instances_are_filtered_by_name_and_id() {
    let mut world = with_fleet(7, 10_000, FaultRates::default());
    let [huawei, aliyun] = PROVIDERS.map(|provider| world.fleet_instances(provider));
    let mut listed = |provider, query: String| list(&mut world, provider, &query);
    let wanted = &huawei[9_999];
    assert_eq!(listed(Provider::Huawei, format!("id={}", wanted.id)), (vec![wanted.id.clone()], 1));
    assert_eq!(listed(Provider::Huawei, format!("name={}", wanted.name)), (vec![wanted.id.clone()], 1));
    let (ids, total) = listed(Provider::Huawei, String::from("name=*orders&offset=1249&limit=10"));
    assert_eq!((ids, total), (vec![huawei[9_992].id.clone()], 1_250));
    let wanted = &aliyun[9_999];
    assert_eq!(listed(Provider::Aliyun, format!("instanceId={}", wanted.id)), (vec![wanted.id.clone()], 1));
    let (ids, total) = listed(Provider::Aliyun, String::from("description=orders&size=10&page=125"));
    assert_eq!((ids.last(), total), (Some(&aliyun[9_992].id), 1_250));
    let frozen = aliyun.iter().filter(|instance| instance.status == "inactive").count() as u64 + 1;
    assert_eq!(listed(Provider::Aliyun, String::from("status=inactive")).1, frozen);
}

#[test]
fn ten_thousand_tasks_are_looked_at_one_by_one_and_page_by_page() {
    let mut world = with_fleet(7, 10_000, FaultRates::default());
    let begun = Instant::now();
    let ready: Vec<FleetInstance> =
        world.fleet_instances(Provider::Huawei).into_iter().filter(|instance| instance.can_switch_on).collect();
    let jobs: Vec<String> = ready
        .iter()
        .map(|instance| {
            let reply = send(&mut world, &huawei(&[("instance_id", &instance.id)]));
            reply.json()["job_id"].as_str().unwrap().to_owned()
        })
        .collect();
    let (count, switched) = (jobs.len(), begun.elapsed());
    let total = |world: &mut World, query: &str| tasks(world, query).json()["total_count"].as_u64().unwrap() as usize;
    world.set_now(NOW + Duration::seconds(30));
    let begun = Instant::now();
    for _ in 0..50 {
        assert_eq!(total(&mut world, "status=Running&limit=50"), count + 1);
    }
    let running = begun.elapsed() / 50;
    assert_eq!(total(&mut world, "status=Completed"), 21);

    world.set_now(NOW + Duration::seconds(80));
    let begun = Instant::now();
    for id in &jobs {
        assert_eq!(get(&mut world, &format!("/v3/{PROJECT}/jobs?id={id}")).json()["job"]["status"], "Completed");
    }
    let looks = begun.elapsed();
    assert_eq!(total(&mut world, "status=Running&limit=50"), 1);
    assert_eq!(total(&mut world, "status=Completed"), count + 21);
    assert_eq!(total(&mut world, ""), count + 24);
    let begun = Instant::now();
    for number in 0..200 {
        let query = format!("job_name=GaussDBforMySQLSwitchSSL&limit=50&offset={}", number * 50 + 1);
        let body = tasks(&mut world, &query).json();
        for (place, job) in body["jobs"].as_array().unwrap().iter().enumerate() {
            let own = count.checked_sub(number * 50 + place + 1).and_then(|place| jobs.get(place));
            assert!(own.is_none_or(|own| job["job_id"] == *own), "the newest first");
        }
    }
    let pages = begun.elapsed();
    let one = format!("job_id={}", jobs[0]);
    assert_eq!(total(&mut world, &one), 1);
    let newest = format!("start_time={}", super::calls::date(NOW).replace('Z', "%2B0000"));
    assert_eq!(total(&mut world, &newest), count, "those that were there before are older");
    println!("{count} switches in {switched:?}, {count} tasks one by one in {looks:?}, 200 pages in {pages:?}");
    println!("a page while all of them run: {running:?}");
}

#[test]
fn a_fresh_fleet_has_forgotten_the_changes_of_the_former_one_and_no_others() {
    let mut world = with_fleet(7, 200, FaultRates::default());
    let special = super::calls::inputs(Provider::Huawei, &[])("instance_id");
    let id = world.fleet_instances(Provider::Huawei).into_iter().find(|one| one.can_switch_on).unwrap().id;
    for instance in [&special, &id] {
        assert_eq!(send(&mut world, &huawei(&[("instance_id", instance)])).status(), 200);
    }
    assert_eq!((world.switches(&special), world.switches(&id)), (1, 1));
    let setup = world.fleet();
    world.set_fleet(setup);
    assert_eq!((world.switches(&special), world.switches(&id)), (1, 0));
    world.set_now(NOW + Duration::seconds(10));
    assert_eq!(tasks(&mut world, "status=Running").json()["total_count"], 2, "the one that always runs, and one");
    world.set_fleet(FleetSetup::default());
    assert_eq!(look(&mut world, Provider::Huawei, &id).status(), 404);
}
