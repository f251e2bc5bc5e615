//! What outlives one call: the deployment's configuration.

mod config;

pub use config::{Config, ConfigIssue, ConfigReason};
