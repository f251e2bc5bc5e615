//! What outlives one call: the deployment's configuration, temporary keys that were got elsewhere, the vault of those
//! who want one, and what a check of a connection says.

pub mod check;
mod config;
mod temporary;
pub mod vault;

pub use config::{ABSENT, Config, ConfigIssue, ConfigReason, Known, remarks};
pub use temporary::{TemporaryKeys, temporary_keys};
