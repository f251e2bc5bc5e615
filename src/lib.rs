//! TLS Console: a browser console that switches encryption in transit on managed cloud services.
//!
//! One call is one straight line of types; each arrow is a plain function, and a wrong order does not compile:
//!
//! ```text
//!  Operation + Draft ──form::validate──▶ Arguments ──request::build──▶ UnsignedRequest
//!       │ Vec<FieldIssue>                     │ BuildError
//!  ──sign::sign(credential, time)──▶ SignedRequest (+ SigningTrace) ──proxy::route──▶ RoutedRequest
//!       │ SignError
//!  ──ui::platform::fetch────▶ Reply ──outcome::read────▶ Answer      (never fails: Outcome has a variant)
//!       │ TransportError
//! ```
//!
//! [`call::PlannedCall::prepare`] is that line up to the proxy, and [`call::Exchange`] a call that is over.
//!
//! # The house
//!
//! | where | what |
//! |---|---|
//! | [`catalog`] | API descriptions: operations, fields, rules, errors. No provider's parameter, host or code is written in Rust |
//! | [`form`] | the values of a form, and whether they may be sent |
//! | [`request`], [`sign`], [`proxy`] | building a request, signing it, choosing the address |
//! | [`transport`] | the raw answer, or why there is none |
//! | [`outcome`] | reading the answer: masking, the verdict, its meaning |
//! | [`export`] | a call as HAR 1.2 and as Markdown |
//! | [`import`] | a pasted command: the operation that it calls, and what belongs into its form |
//! | [`viewer`] | the body of an answer as lines: an index, folds, search, paths, comparison |
//! | [`fleet`] | one switch for many instances: plan, run, proof |
//! | [`follow`] | what becomes of a change: looks at it until that is known; its preconditions |
//! | [`history`] | what the browser remembers of calls: records, limits, search, comparison |
//! | [`samples`] | the call of a form as a program: templates, and values escaped for each language |
//! | [`credentials`] | profiles with their secrets, temporary keys, the record of the vault |
//! | [`config`] | `config.json` |
//! | [`diagnostics`] | the check of a connection |
//! | [`sandbox`] | the simulated clouds, with a signature check of their own |
//! | [`worker_protocol`] | the messages between the page and its Web Worker (`src/worker.rs`) |
//! | [`clock`], [`pattern`], [`charset`] | dates of protocols, ECMAScript's regular expressions, texts in older charsets |
//! | `back_off`, [`storage_error`] | the pause before a call is made once more; why the browser's storage refuses |
//! | [`ui`] | the screen: it may use everything, and nothing uses it |
//!
//! The page is one program (`src/main.rs`); parts of it come with their first use (`src/ui/on_use.rs`). The worker is the only
//! other program: one of its kind holds the sandbox, and one each a long body. The page fetches it with the first of either.
//!
//! The screen exists for wasm32 with the feature `ui` only, so a build on the host proves that the core needs no browser.
//! Time and randomness are arguments everywhere but in `ui`.

mod back_off;
pub mod call;
pub mod catalog;
pub mod charset;
pub mod clock;
pub mod config;
pub mod credentials;
pub mod diagnostics;
mod duplicate_names;
pub mod export;
#[cfg(test)]
mod fixtures;
pub mod fleet;
pub mod follow;
pub mod form;
pub mod history;
pub mod import;
mod invisible;
mod json_pointer;
pub mod outcome;
pub mod pattern;
pub mod proxy;
pub mod request;
pub mod samples;
pub mod sandbox;
pub mod sign;
pub mod storage_error;
pub mod transport;
pub mod ui;
pub mod viewer;
pub mod worker_protocol;
