//! What goes wrong when somebody looks: at an instance, and at its jobs. Ids of the form `read…` choose it.

use std::time::Duration;

use super::api_error::ApiError;
use super::faults::{self, Fault};
use super::provider::Provider;
use super::sentinel::{self, Sentinel};
use super::world::World;
use super::{Response, reply};

/// What can go wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReadingKind {
    Denied,
    Throttled,
    Unavailable,
    Lost,
    Slow,
}

/// How often a fault strikes that passes.
const TIMES: u32 = 3;

impl ReadingKind {
    pub(super) const ALL: [Self; 5] = [Self::Denied, Self::Throttled, Self::Unavailable, Self::Lost, Self::Slow];

    /// The name inside an id.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Denied => "denied",
            Self::Throttled => "throttled",
            Self::Unavailable => "unavailable",
            Self::Lost => "lost",
            Self::Slow => "slow",
        }
    }

    /// What comes of a look; the guide shows it.
    pub(super) fn leads_to(self, provider: Provider) -> &'static str {
        match (self, provider) {
            (Self::Denied, Provider::Huawei) => "403 DBS.200010: the user may not look",
            (Self::Denied, Provider::Aliyun) => "403 Forbidden.RAM: the user may not look",
            (Self::Throttled, Provider::Huawei) => "429 with Retry-After: 5, three times",
            (Self::Throttled, Provider::Aliyun) => "429 with Retry-After: 5 and x-acs-retry-after, three times",
            (Self::Unavailable, _) => "503 without JSON, three times",
            (Self::Lost, _) => "no answer, the connection breaks, three times",
            (Self::Slow, _) => "200 after 5 seconds",
        }
    }
}

/// Answers a look at an instance the way its id asks for.
pub(super) fn around(
    world: &mut World,
    provider: Provider,
    id: &str,
    look: impl FnOnce(&mut World) -> Result<Response, ApiError>,
) -> Result<Response, ApiError> {
    let Some(Sentinel::Reading(kind)) = sentinel::read(provider, id) else { return look(world) };
    let strikes = world.strikes(id) <= TIMES;
    match kind {
        ReadingKind::Denied => Err(denied(provider)),
        ReadingKind::Throttled if strikes => Err(faults::throttled(provider, 5)),
        ReadingKind::Unavailable if strikes => {
            Ok(reply::answer(world.clock(), 503, "text/plain", "no healthy upstream"))
        }
        ReadingKind::Lost if strikes => with(look(world)?, Fault { lost: true, ..Fault::default() }),
        ReadingKind::Slow => with(look(world)?, Fault { delay: Duration::from_secs(5), lost: false }),
        ReadingKind::Throttled | ReadingKind::Unavailable | ReadingKind::Lost => look(world),
    }
}

fn with(mut response: Response, fault: Fault) -> Result<Response, ApiError> {
    response.extensions_mut().insert(fault);
    Ok(response)
}

fn denied(provider: Provider) -> ApiError {
    match provider {
        Provider::Huawei => {
            let message = "The DB instance ID or user ID may be null, or the operation is not authorized.";
            ApiError::new(403, "DBS.200010", message)
        }
        Provider::Aliyun => {
            let message = "User not authorized to operate on the specified resource, or this API doesn't support RAM.";
            ApiError::new(403, "Forbidden.RAM", message)
        }
    }
}
