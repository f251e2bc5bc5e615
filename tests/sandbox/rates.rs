//! Faults by rate: each strikes about as often as it should, the same ones in every repetition, and nothing but the fleet.

use std::collections::BTreeMap;

use http::Method;
use time::Duration;
use tls_console::sandbox::{FaultRates, FleetInstance, FleetSetup, Provider, Request, World};

use super::calls::{NOW, Reply, aliyun, aliyun_call, huawei, send};
use super::fleet::{list, look, tasks, with_fleet};

const PROVIDERS: [Provider; 2] = [Provider::Huawei, Provider::Aliyun];
/// Of so many calls, five per cent are fifty.
const SIZE: usize = 1_000;

fn change(provider: Provider, id: &str) -> Request {
    match provider {
        Provider::Huawei => huawei(&[("instance_id", id)]),
        Provider::Aliyun => aliyun(&[("InstanceId", id)]).sign(),
    }
}

/// What a reply looks like from outside.
fn kind(reply: &Reply) -> String {
    match (reply.fault().lost, reply.status()) {
        (true, _) => String::from("lost"),
        (_, 200) => String::from("200"),
        (_, status) => format!("{status} {}", reply.code()),
    }
}

fn ready(world: &World, provider: Provider) -> Vec<FleetInstance> {
    world.fleet_instances(provider).into_iter().filter(|instance| instance.can_switch_on).collect()
}

/// A change of every instance: what came back by id.
fn changes(world: &mut World, provider: Provider, ids: impl Iterator<Item = String>) -> BTreeMap<String, String> {
    ids.map(|id| {
        let reply = send(world, &change(provider, &id));
        let kind = kind(&reply);
        (id, kind)
    })
    .collect()
}

fn count(replies: &BTreeMap<String, String>, is: impl Fn(&str) -> bool) -> usize {
    replies.values().filter(|kind| is(kind)).count()
}

/// Whether so many are about five per cent of all.
#[track_caller]
fn about_five_percent(number: usize, of: usize) {
    assert!((of * 35 / 1000..of * 65 / 1000).contains(&number), "{number} of {of}");
}

#[test]
fn each_fault_of_a_change_strikes_at_about_its_rate() {
    for (provider, busy) in PROVIDERS.into_iter().zip(["409 DBS.200019", "400 InstanceActivating"]) {
        let mut world = with_fleet(3, SIZE, FaultRates::each(50));
        let ready = ready(&world, provider);
        let replies = changes(&mut world, provider, ready.iter().map(|one| one.id.clone()));
        let all = ready.len();
        about_five_percent(count(&replies, |kind| kind.starts_with("429")), all);
        about_five_percent(count(&replies, |kind| kind.starts_with('5')), all);
        about_five_percent(count(&replies, |kind| kind == "lost"), all);
        about_five_percent(count(&replies, |kind| kind == busy), all);
        assert!(
            count(&replies, |kind| kind == "503 ") > 5 && count(&replies, |kind| kind.len() > 4) > 5,
            "without JSON"
        );
        let accepted = |wanted: &str| {
            let with = replies.iter().filter(|(_, kind)| kind.starts_with(wanted));
            let (taken, all) = with.fold((0, 0), |(taken, all), (id, _)| (taken + world.switches(id), all + 1));
            (taken, all)
        };
        assert_eq!(accepted("429").0, 0);
        assert_eq!(accepted(busy).0, 0);
        assert_eq!(accepted("504").0, accepted("504").1);
        assert_eq!((accepted("500").0, accepted("502").0, accepted("503").0), (0, 0, 0));
        let (carried_out, lost) = accepted("lost");
        assert!(carried_out * 4 > lost && carried_out * 4 < lost * 3, "{carried_out} of {lost}");
        assert_eq!(accepted("200").0, accepted("200").1);
    }
}

#[test]
fn a_change_fails_or_is_seen_late_at_about_its_rate() {
    let faults = FaultRates { failed_job: 50, late_job: 50, ..FaultRates::default() };
    for provider in PROVIDERS {
        let mut world = with_fleet(3, SIZE, faults);
        // Whether it is on afterwards tells only of those that were off.
        let off: Vec<String> = ready(&world, provider).into_iter().filter(|one| !one.is_on).map(|one| one.id).collect();
        let replies = changes(&mut world, provider, off.iter().cloned());
        assert_eq!(count(&replies, |kind| kind == "200"), off.len());
        world.set_now(NOW + Duration::seconds(20));
        if provider == Provider::Huawei {
            let running = tasks(&mut world, "status=Running").json()["total_count"].as_u64().unwrap() as usize;
            about_five_percent(off.len() + 1 - running, off.len());
        }
        world.set_now(NOW + Duration::minutes(10));
        let fleet = world.fleet_instances(provider);
        assert!(fleet.iter().all(|instance| !instance.is_changing));
        let failed = fleet.iter().filter(|instance| off.contains(&instance.id) && !instance.is_on).count();
        about_five_percent(failed, off.len());
    }
}

#[test]
fn the_same_faults_strike_again_whatever_happens_in_between() {
    for provider in PROVIDERS {
        let fresh = || with_fleet(3, 400, FaultRates::each(50));
        let ids: Vec<String> = fresh().fleet_instances(provider).into_iter().map(|one| one.id).collect();
        let forwards = changes(&mut fresh(), provider, ids.iter().cloned());
        let mut world = fresh();
        look(&mut world, provider, &ids[7]);
        let backwards = changes(&mut world, provider, ids.iter().rev().cloned());
        assert_eq!(forwards, backwards);
        let mut other = with_fleet(4, 400, FaultRates::each(50));
        let others: Vec<String> = other.fleet_instances(provider).into_iter().map(|one| one.id).collect();
        let others = changes(&mut other, provider, others.into_iter());
        assert_ne!(
            ids.iter().map(|id| &forwards[id]).collect::<Vec<_>>(),
            others.values().collect::<Vec<_>>(),
            "another seed"
        );
    }
}

#[test]
fn looks_are_struck_and_come_right_the_lists_of_instances_never_are() {
    for provider in PROVIDERS {
        let mut world = with_fleet(3, SIZE, FaultRates::each(50));
        let fleet = world.fleet_instances(provider);
        let mut kinds = BTreeMap::new();
        for instance in &fleet {
            let first = kind(&look(&mut world, provider, &instance.id));
            let again = (0..8).any(|_| kind(&look(&mut world, provider, &instance.id)) == "200");
            assert!(first == "200" || again, "{}", instance.id);
            kinds.insert(instance.id.clone(), first);
        }
        about_five_percent(count(&kinds, |kind| kind.starts_with("429")), SIZE);
        about_five_percent(count(&kinds, |kind| kind.starts_with('5')), SIZE);
        about_five_percent(count(&kinds, |kind| kind == "lost"), SIZE);
        assert_eq!(count(&kinds, |kind| kind.starts_with("4")), count(&kinds, |kind| kind.starts_with("429")));
        (0..100).for_each(|_| drop(list(&mut world, provider, "")));
    }
}

#[test]
fn instances_that_are_none_of_the_fleet_are_not_struck() {
    let mut world = with_fleet(3, 10, FaultRates { throttle: 1000, calls_a_second: Some(0), ..FaultRates::default() });
    for provider in PROVIDERS {
        let id = world.fleet_instances(provider)[0].id.clone();
        let throttled = look(&mut world, provider, &id);
        assert_eq!((throttled.status(), throttled.header("retry-after")), (429, "1"));
    }
    assert_eq!(send(&mut world, &huawei(&[])).status(), 200);
    assert_eq!(send(&mut world, &aliyun(&[]).sign()).status(), 200);
}

#[test]
fn the_list_of_tasks_is_struck_like_a_look() {
    let mut world = with_fleet(3, 10, FaultRates::each(50));
    let kinds: Vec<String> = (0..SIZE).map(|_| kind(&tasks(&mut world, ""))).collect();
    about_five_percent(kinds.iter().filter(|kind| kind.starts_with("429")).count(), SIZE);
    let mut calm = with_fleet(3, 10, FaultRates::default());
    assert!((0..SIZE).all(|_| kind(&tasks(&mut calm, "")) == "200"));
}

#[test]
fn faults_can_be_switched_off_while_the_fleet_stays_as_it_is() {
    let mut world = with_fleet(3, 50, FaultRates { throttle: 1000, ..FaultRates::default() });
    let id = ready(&world, Provider::Huawei)[0].id.clone();
    assert_eq!(send(&mut world, &huawei(&[("instance_id", &id)])).status(), 429);
    world.set_faults(FaultRates::default());
    assert_eq!(send(&mut world, &huawei(&[("instance_id", &id)])).status(), 200);
    world.set_faults(FaultRates { busy: 1000, ..FaultRates::default() });
    assert_eq!((send(&mut world, &huawei(&[("instance_id", &id)])).status(), world.switches(&id)), (409, 1));
}

#[test]
fn a_cloud_takes_so_many_calls_in_a_second() {
    let faults = FaultRates { calls_a_second: Some(5), ..FaultRates::default() };
    let mut world = with_fleet(3, 10, faults);
    let ids = PROVIDERS.map(|provider| world.fleet_instances(provider)[0].id.clone());
    for second in 0..3 {
        world.set_now(NOW + Duration::seconds(second));
        for (provider, id) in PROVIDERS.iter().zip(&ids) {
            let replies = [(); 8].map(|()| look(&mut world, *provider, id));
            let statuses = replies.each_ref().map(Reply::status);
            assert_eq!(statuses, [200, 200, 200, 200, 200, 429, 429, 429]);
            assert_eq!(replies[7].header("retry-after"), "1");
        }
        assert_eq!(list(&mut world, Provider::Huawei, "limit=1").0.len(), 1, "the list is for choosing");
    }
}

#[test]
fn a_token_is_over_once_and_another_one_goes_on() {
    let faults = FaultRates { expires_with_call: Some(4), ..FaultRates::default() };
    let mut world = with_fleet(3, 10, faults);
    let id = ready(&world, Provider::Huawei)[0].id.clone();
    let with = |token: &'static str| huawei(&[("instance_id", &id), ("X-Auth-Token", token)]);
    let mut codes = Vec::new();
    for _ in 0..6 {
        codes.push(send(&mut world, &with("first")).code());
    }
    let busy = "DBS.200019";
    assert_eq!(codes, ["", busy, busy, "APIG.0301", "APIG.0301", "APIG.0301"]);
    let list = |token: &str| {
        let uri = "https://gaussdb.cn-north-4.myhuaweicloud.com/v3.1/056538411200d4cd2f79c003c7606412/instances";
        http::Request::get(uri).header("X-Auth-Token", token).body(Vec::new()).unwrap()
    };
    assert_eq!(send(&mut world, &list("first")).code(), "APIG.0301", "it is over for every call");
    assert_eq!(send(&mut world, &list("second")).status(), 200);
    let later: Vec<String> = (0..20).map(|_| send(&mut world, &with("second")).code()).collect();
    assert!(later.iter().all(|code| code == busy), "{later:?}");
    world.expire_credential(Provider::Huawei);
    assert_eq!(send(&mut world, &with("second")).code(), "APIG.0301");
    assert_eq!(send(&mut world, &with("third")).code(), busy);
}

#[test]
fn a_temporary_key_is_over_once_and_an_ordinary_one_never() {
    let mut world = with_fleet(3, 10, FaultRates { expires_with_call: Some(1), ..FaultRates::default() });
    let id = world.fleet_instances(Provider::Aliyun)[0].id.clone();
    let token = "CAISdummy+STS/token==with+/=chars";
    let describe = |inputs: &[(&str, &str)]| {
        let inputs: Vec<(&str, &str)> = [&[("InstanceId", id.as_str())], inputs].concat();
        aliyun_call(Method::GET, "DescribeInstance", "", &inputs).sign()
    };
    let temporary = |token: &str| describe(&[("AccessKey ID", "STS.NTDummyAccessKeyId"), ("Security token", token)]);
    let another = format!("{token}-2");
    assert_eq!(send(&mut world, &describe(&[])).status(), 200, "an ordinary key does not end");
    for _ in 0..2 {
        assert_eq!(send(&mut world, &temporary(token)).code(), "InvalidSecurityToken.Expired");
    }
    for _ in 0..2 {
        assert_eq!(send(&mut world, &temporary(&another)).status(), 200);
        assert_eq!(send(&mut world, &describe(&[])).status(), 200, "an ordinary key does not end");
    }
}

#[test]
fn a_repeated_call_is_never_busy_and_counts_once() {
    let mut world = with_fleet(3, 50, FaultRates::default());
    let id = ready(&world, Provider::Aliyun)[0].id.clone();
    let call = || aliyun(&[("InstanceId", &id), ("clientToken", "row-1")]).sign();
    assert_eq!(send(&mut world, &call()).status(), 200);
    world.set_faults(FaultRates { busy: 1000, ..FaultRates::default() });
    assert_eq!((send(&mut world, &call()).status(), world.switches(&id)), (200, 1));
    let other = aliyun(&[("InstanceId", &id), ("clientToken", "row-2")]).sign();
    assert_eq!(send(&mut world, &other).code(), "InstanceActivating");
    world.set_faults(FaultRates { lost: 1000, ..FaultRates::default() });
    assert!((0..20).all(|_| send(&mut world, &call()).fault().lost), "the network loses it all the same");
    assert_eq!(world.switches(&id), 1);
}

#[test]
fn a_default_world_has_no_faults() {
    assert_eq!(FleetSetup::default().faults, FaultRates::default());
    let mut world = with_fleet(0, 120, FaultRates::default());
    for provider in PROVIDERS {
        let ids: Vec<String> = ready(&world, provider).into_iter().map(|one| one.id).collect();
        let replies = changes(&mut world, provider, ids.into_iter());
        assert_eq!(count(&replies, |kind| kind == "200"), replies.len());
    }
}
