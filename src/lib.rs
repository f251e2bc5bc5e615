//! TLS Console.

pub mod call;
pub mod catalog;
#[cfg(test)]
mod fixtures;
pub mod form;
pub mod outcome;
pub mod proxy;
pub mod request;
pub mod sandbox;
pub mod session;
pub mod sign;
pub mod transport;
#[cfg(feature = "ui")]
pub mod ui;
