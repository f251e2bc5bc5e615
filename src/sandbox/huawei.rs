//! Huawei Cloud: TaurusDB and IAM, which know the same projects, users, keys and tokens.
//!
//! Checks have the order of the real gateway: whether there is such an API, token or signature (`huawei/gate.rs`), the
//! operation. Messages are English whatever `X-Language` says.

mod account;
mod attempts;
mod caller;
pub(super) mod cloud;
mod gate;
mod iam;
mod instances;
mod job;
mod jobs;
mod keys;
mod look;
mod refusals;
mod signature;
mod taurusdb;
mod tokens;

pub(super) use account::{PROJECT, SINGAPORE};
pub(super) use instances::{ABNORMAL, BUSY, CREATING, INSTANCE, SINGLE, id_of as fleet_id};
pub(super) use jobs::{CANCELED, COMPLETED, FAILED, RUNNING};
pub(super) use keys::{DENIED_KEY, EXPIRED_STS_TOKEN, INACTIVE_KEY, KEY, LOCKED_KEY, SECRET, STS_KEY, STS_TOKEN};
pub(super) use refusals::busy;

use time::OffsetDateTime;

use super::api_error::ApiError;
use super::world::World;
use super::{Request, Response, wire};

/// Whether a host is one of IAM's: `iam.myhuaweicloud.com`, or one with a region.
pub(super) fn is_iam(host: &str) -> bool {
    host.to_ascii_lowercase().starts_with("iam.")
}

pub(super) fn handle(world: &mut World, request: &Request) -> Response {
    if is_iam(&wire::host(request)) { iam::handle(world, request) } else { taurusdb::handle(world, request) }
}

/// The answer to a token or temporary key that a fault has ended.
pub(super) fn expired(request: &Request, now: OffsetDateTime) -> ApiError {
    taurusdb::refused(gate::over(request, now))
}
