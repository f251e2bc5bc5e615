//! TLS Console.

pub mod catalog;
pub mod sandbox;
