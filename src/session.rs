//! What outlives one call: the deployment's configuration, and the vault of those who want one.

mod config;
pub mod vault;

pub use config::{Config, ConfigIssue, ConfigReason};
