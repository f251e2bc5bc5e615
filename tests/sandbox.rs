//! The simulated clouds, called as a provider is: with whole requests.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by a panic")]

#[path = "sandbox/aliyun.rs"]
mod aliyun;
#[path = "sandbox/calls.rs"]
mod calls;
#[path = "sandbox/fleet.rs"]
mod fleet;
#[path = "sandbox/following.rs"]
mod following;
#[path = "sandbox/guided.rs"]
mod guided;
#[path = "sandbox/huawei.rs"]
mod huawei;
#[path = "sandbox/iam.rs"]
mod iam;
#[path = "sandbox/keys.rs"]
mod keys;
#[path = "sandbox/line.rs"]
mod line;
#[path = "sandbox/rates.rs"]
mod rates;
#[path = "sandbox/vectors.rs"]
mod vectors;

use calls::{NOW, Reply, world};
use tls_console::sandbox::{World, handle};

#[test]
fn a_host_that_is_no_cloud_is_told_so() {
    let request = http::Request::builder().uri("https://example.org/v3").body(Vec::new()).unwrap();
    let reply = Reply(handle(&mut world(), &request));
    assert_eq!(reply.status(), 404);
    assert!(reply.text().contains("example.org"), "{}", reply.text());
}

#[test]
fn the_same_seed_and_requests_give_the_same_bytes() {
    let mut worlds = [world(), world()];
    let [first, second] = worlds.each_mut().map(|world| Reply(handle(world, &calls::huawei(&[]))));
    assert_eq!(first.text(), second.text());
    assert_eq!(first.0.headers(), second.0.headers());
}

#[test]
fn printing_a_world_shows_no_secret() {
    let mut world = world();
    calls::send(&mut world, &calls::aliyun(&[("clientToken", "my-token")]).sign());
    let shown = format!("{world:?}");
    assert!(shown.contains("2026") && !shown.contains("my-token") && !shown.contains("Dummy"), "{shown}");
}

#[test]
fn a_world_that_was_not_told_the_time_still_answers() {
    assert_eq!(handle(&mut World::new(1), &calls::huawei(&[])).status(), 200);
    assert_eq!(handle(&mut World::new(1), &calls::aliyun(&[]).sign()).status(), 400);
    assert_eq!(NOW.year(), 2026);
}
