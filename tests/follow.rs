//! Changes that are followed to their end: by the shipped descriptions against the simulated clouds, and by the description
//! of a made-up provider.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by a panic")]

#[path = "follow/acme.rs"]
mod acme;
#[path = "follow/caller.rs"]
mod caller;
#[path = "follow/clouds.rs"]
mod clouds;
#[path = "follow/random.rs"]
mod random;
#[path = "follow/scenario.rs"]
mod scenario;
#[path = "follow/simulation.rs"]
mod simulation;
