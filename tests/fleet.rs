//! Fleets: by the shipped descriptions against the simulated clouds, through bad weather and reloads.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by a panic")]

#[allow(dead_code, reason = "tests/follow.rs uses the rest")]
#[path = "follow/caller.rs"]
mod caller;
#[path = "fleet/calls.rs"]
mod calls;
#[allow(dead_code, reason = "tests/follow.rs uses the rest")]
#[path = "follow/clouds.rs"]
mod clouds;
#[path = "fleet/observer.rs"]
mod observer;
#[path = "follow/random.rs"]
mod random;
#[path = "fleet/scenario.rs"]
mod scenario;
#[path = "fleet/simulation.rs"]
mod simulation;
#[path = "fleet/sky.rs"]
mod sky;
#[path = "fleet/store.rs"]
mod store;
