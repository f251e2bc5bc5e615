//! What goes wrong when somebody looks: at an instance, and at its jobs. Ids of the form `read…` choose it.

use std::time::Duration;

use super::api_error::ApiError;
use super::faults::{self, Fault};
use super::provider::Provider;
use super::reading_kind::ReadingKind;
use super::sentinel::{self, Sentinel};
use super::world::World;
use super::{Response, reply};

/// How often a fault strikes that passes.
const TIMES: u32 = 3;

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
