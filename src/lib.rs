//! TLS Console.

pub mod call;
pub mod catalog;
pub mod clock;
#[cfg(test)]
mod fixtures;
pub mod form;
pub mod outcome;
pub mod pattern;
pub mod proxy;
pub mod request;
pub mod sandbox;
pub mod session;
pub mod sign;
mod small_map;
pub mod transport;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
pub mod ui;
