//! The simulated clouds: both providers played by one pure function.
//!
//! In goes the request as it would reach the provider, out comes the provider's answer. Time, ids and everything
//! remembered sit in the [`World`]; the same seed and the same requests give the same bytes. There is no I/O, so
//! the page and a native test server give the same answers.
//!
//! ```text
//! request ──host──▶ huawei │ aliyun ──▶ gateway checks ──▶ sentinel? ──▶ operation ──▶ fault? ──▶ response
//! ```
//!
//! Signatures are checked from the bytes received ([`verify`]), never with the code that made them. Error paths are
//! reached by special values of ordinary inputs ([`guide()`] lists them). What a response cannot express, such as an
//! answer that never comes, travels in its extensions as a [`Fault`]. A change takes its time, which can pass faster than
//! the clock ([`World::set_speed`]); a [`Course`] says how it goes.
//!
//! Each account has a fleet, as large as a [`FleetSetup`] says. [`FaultRates`] strike calls for its instances.

mod aliyun;
mod api_error;
mod course;
mod fault_kind;
mod faults;
mod fleet;
mod guide;
mod huawei;
mod ids;
mod provider;
mod reading;
mod reading_kind;
mod reply;
mod sentinel;
mod switch;
pub mod verify;
mod wire;
mod work_clock;
mod world;

pub use course::{Course, End};
pub use faults::Fault;
pub use fleet::{FaultLevel, FaultRates, FleetInstance, FleetSetup};
pub use guide::{Case, CodeCase, FleetExample, Guide, code_cases, code_cases_of, fleet_csv, guide, guide_to};
pub use provider::Provider;
pub use sentinel::{aliyun_sentinel, huawei_sentinel, sentinel};
pub use world::World;

/// A request as a provider would receive it. The host comes from an absolute URI, else from the `Host` header.
pub type Request = http::Request<Vec<u8>>;
/// A provider's answer; look for a [`Fault`] in its extensions.
pub type Response = http::Response<Vec<u8>>;

/// Answers one request. Call [`World::set_now`] before.
pub fn handle(world: &mut World, request: &Request) -> Response {
    let host = wire::host(request);
    let Some(provider) = Provider::of_host(&host) else { return reply::unknown_host(world, &host) };
    world.skew = faults::skew(provider, request);
    let response = match provider {
        Provider::Huawei => huawei::handle(world, request),
        Provider::Aliyun => aliyun::handle(world, request),
    };
    world.skew = time::Duration::ZERO;
    response
}

/// The error catalogue that this request's answer will be taken from: load it with [`World::add_catalogue`] first.
/// `None` for nearly all requests.
pub fn needs_catalogue(request: &Request) -> Option<Provider> {
    let provider = Provider::of_host(&wire::host(request))?;
    let is_error = |segment: &String| matches!(sentinel::read(provider, segment), Some(sentinel::Sentinel::Error(..)));
    // Lists have ids in their query.
    let in_query: &[&str] = match provider {
        Provider::Huawei => &["id", "job_id"],
        Provider::Aliyun => &["instanceId"],
    };
    let asked: Vec<String> = in_query.iter().filter_map(|name| wire::query_value(request, name)).collect();
    wire::segments(request.uri().path()).iter().chain(&asked).any(is_error).then_some(provider)
}
