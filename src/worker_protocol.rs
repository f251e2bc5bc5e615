//! The messages between the page and its worker (`src/worker.rs`), and their encoding.
//!
//! A message is a pair of a number and an enum, encoded with postcard. The page chooses the number, the worker answers
//! under the same number. New work for the worker is a variant of [`ToWorker`], its result a variant of [`FromWorker`].
//! Page and worker are built together, so the encoding needs no version. A long body goes beside its message, in a buffer that
//! changes hands instead of being copied.
//!
//! Requests and responses hold secrets. [`encode`] writes into a buffer that is overwritten when it is dropped, and so are
//! the strings and bodies that [`decode`] makes. Both sides transfer the browser's buffer and overwrite it after reading.
//! Three kinds of copies are not overwritten: the header values and the address in `http` types, what the sandbox parses
//! of a body, and what its world remembers until the worker ends, such as the tokens that it issued.

mod answer;
#[cfg(target_arch = "wasm32")]
pub mod buffer;
#[cfg(test)]
mod tests;

pub use answer::{Program, Reply};

use crate::outcome::{BodyReading, BodyToRead};
use crate::request::UnsignedRequest;
use crate::sandbox::FleetSetup;
use crate::viewer::{Action, Compared, Extract, Shown, Sight};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// The number of [`FromWorker::Ready`], which answers no message.
pub const UNASKED: u32 = 0;

/// What the page asks of the worker.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToWorker {
    /// Answer a request as the simulated clouds do.
    Sandbox {
        /// Milliseconds since 1970.
        now: i64,
        request: HttpRequest,
        catalogue: Catalogue,
    },
    /// Let the jobs of the simulated clouds go on so many times as fast as the clock, from now on. A worker that starts
    /// again begins with 1.
    Speed {
        /// Milliseconds since 1970.
        now: i64,
        speed: i32,
    },
    /// Give the simulated clouds fresh fleets. A worker that starts again begins with those of [`FleetSetup::default`].
    Fleet(FleetSetup),
    /// Read the body beside this message, and keep it to be looked at. A worker keeps one body.
    Read { asked: BodyToRead, sight: Sight },
    /// Do what a person does with the body, and give the lines in sight.
    View { action: Action, sight: Sight },
    /// Give a part of the body, beside the answer.
    Extract(Extract),
    /// Compare the body with the one beside this message, which is masked.
    Compare {
        content_type: String,
        /// The one beside this message is the older of the two.
        is_older: bool,
    },
}

/// The error catalogue that some answers of the sandbox are made from.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Catalogue {
    /// The page sends it when the worker asks for it.
    OnDemand,
    /// The page could not fetch it.
    Missing,
    Text(String),
}

/// What the worker tells the page.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FromWorker {
    /// The worker has started. The page sends nothing before.
    Ready,
    Answered(HttpResponse),
    /// The same message is needed again, with the provider's error catalogue.
    NeedsCatalogue,
    /// No HTTP request can be made of the message.
    InvalidRequest,
    SpeedSet,
    FleetSet,
    Read {
        reading: BodyReading,
        /// The lines in sight, so that the page need not ask for them. `None`: the body is withheld.
        shown: Option<Shown>,
    },
    Shown(Shown),
    /// The part is beside this message.
    Extracted,
    Compared(Compared),
    /// The worker keeps no body.
    NoBody,
}

/// An HTTP request as it leaves the page.
#[derive(PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct HttpRequest {
    pub method: String,
    pub url: String,
    pub headers: Vec<(String, String)>,
    #[serde(with = "serde_bytes")]
    pub body: Vec<u8>,
}

impl HttpRequest {
    /// A copy for the worker, with the header `Host` that a browser would add.
    pub fn of(request: &UnsignedRequest) -> Self {
        let host = (String::from("host"), request.host.clone());
        let headers = request.headers.iter().map(|header| (header.name.clone(), header.sent().to_owned()));
        Self {
            method: request.method.to_string(),
            url: request.url(),
            headers: std::iter::once(host).chain(headers).collect(),
            body: request.body.clone(),
        }
    }
}

/// An HTTP response of the sandbox, and what a network would have done to it.
#[derive(PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct HttpResponse {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    #[serde(with = "serde_bytes")]
    pub body: Vec<u8>,
    /// Milliseconds that the answer takes.
    pub delay: u64,
    /// The answer never arrives.
    pub lost: bool,
}

impl fmt::Debug for HttpRequest {
    /// Shows no header, address or body: each can hold a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpRequest").field("method", &self.method).finish_non_exhaustive()
    }
}

impl fmt::Debug for HttpResponse {
    /// Shows no header or body: each can hold a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpResponse").field("status", &self.status).finish_non_exhaustive()
    }
}

/// Encodes a message. The buffer never grows, so no copy of it is left behind.
pub fn encode<T: Serialize>(number: u32, message: &T) -> postcard::Result<Zeroizing<Vec<u8>>> {
    let pair = (number, message);
    let size = postcard::experimental::serialized_size(&pair)?;
    let mut bytes = Zeroizing::new(vec![0; size]);
    postcard::to_slice(&pair, &mut bytes)?;
    Ok(bytes)
}

/// Decodes a message and its number.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> postcard::Result<(u32, T)> {
    postcard::from_bytes(bytes)
}
