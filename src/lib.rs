//! TLS Console: a browser console that switches encryption in transit on managed cloud services.
//!
//! One call is one straight line of types; each arrow is a plain function, and a wrong order does not compile:
//!
//! ```text
//!  Operation + Draft ──form::validate──▶ Arguments ──request::build──▶ UnsignedRequest
//!       │ Vec<FieldIssue>                     │ BuildError
//!  ──sign::sign(credential, time)──▶ SignedRequest (+ SigningTrace) ──proxy::route──▶ RoutedRequest
//!       │ SignError
//!  ──transport::fetch::send──▶ Reply ──outcome::read────▶ Answer      (never fails: Outcome has a variant)
//!       │ TransportError
//! ```
//!
//! [`call::PlannedCall::prepare`] is that line up to the proxy. [`outcome::diagnosis`] says what an answer means, as data;
//! every sentence that a person reads is in `ui::words`, one language a file.
//!
//! - [`catalog`] reads the API descriptions in `apis/`; no provider's parameter, host or code is written in Rust.
//! - [`config`] reads `config.json`, [`diagnostics`] says what a check of the connection found.
//! - [`credentials`] holds profiles and secrets, temporary keys and the vault's record.
//! - [`sandbox`] plays both clouds, with a signature check of its own; the page loads it as a second program
//!   (`src/sandbox_module.rs`), the native server of the tests links it.
//! - [`clock`], [`pattern`]: dates of protocols, ECMAScript's regular expressions.
//! - The page is three programs of this one library: the console (`src/main.rs`) up to the routed request, the panels
//!   (`src/panels_module.rs`, `ui::panels`) from there on and for all about credentials, and the sandbox.
//! - `ui` is the screen: it may use everything, nothing uses it. It exists for wasm32 with the feature `ui` only, so a
//!   build on the host proves that the core needs no browser.
//!
//! Time and randomness are arguments everywhere but in `ui` and `transport`.

pub mod call;
pub mod catalog;
pub mod clock;
pub mod config;
pub mod credentials;
pub mod diagnostics;
#[cfg(test)]
mod fixtures;
pub mod form;
pub mod outcome;
pub mod pattern;
pub mod proxy;
pub mod request;
pub mod sandbox;
pub mod sign;
mod small_map;
pub mod transport;
pub mod ui;
pub mod worker_protocol;
