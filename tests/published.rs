//! Descriptions that other people publish: they open, or say why not.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by a panic")]

#[path = "published/npm.rs"]
mod npm;
#[path = "published/swagger.rs"]
mod swagger;
#[path = "published/taurusdb.rs"]
mod taurusdb;
