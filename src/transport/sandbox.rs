//! The simulated clouds, in the page: the same request as `fetch` would send, and no network.
//!
//! They are a program of their own (`src/sandbox_module.rs`), fetched when the sandbox is used first.

use super::program::Program;
use super::{Circumstances, Reply, TransportError, at, between};
use crate::proxy::RoutedRequest;
use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Date, Uint8Array};
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};

/// The loaded program.
#[derive(Debug, Clone)]
pub struct Sandbox(Program);

impl Sandbox {
    /// Loads the program; a second time it is there already.
    pub async fn load() -> Option<Self> {
        Program::load("sandbox").await.map(Self)
    }

    fn call(&self, function: &str, arguments: &Array) -> Option<JsValue> {
        self.0.call(function, arguments)
    }

    /// What can be tried with an operation, named by its host and its path as the description writes it, as JSON;
    /// empty when it is not played here.
    pub fn guide(&self, host: &str, path: &str) -> String {
        let arguments = Array::of2(&JsValue::from(host), &JsValue::from(path));
        self.call("guide_to", &arguments).and_then(|text| text.as_string()).unwrap_or_default()
    }

    /// An input of such an operation for every entry of its provider's error catalogue, as JSON.
    pub fn code_cases(&self, host: &str, path: &str, text: &str) -> String {
        let arguments = Array::of3(&JsValue::from(host), &JsValue::from(path), &JsValue::from(text));
        self.call("code_cases_of", &arguments).and_then(|text| text.as_string()).unwrap_or_default()
    }

    /// Whether the request needs the provider's error catalogue to be answered.
    pub fn wants_catalogue(&self, routed: &RoutedRequest) -> bool {
        self.call("wants_catalogue", &wire(routed)).is_some_and(|wants| wants.is_truthy())
    }

    /// Hands over the text of a provider's error catalogue.
    pub fn add_catalogue(&self, host: &str, text: &str) {
        self.call("add_catalogue", &Array::of2(&JsValue::from(host), &JsValue::from(text)));
    }

    /// Sends the request. A simulated delay is waited for, up to `limit`.
    pub async fn send(&self, routed: &RoutedRequest, limit: Duration) -> Result<Reply, TransportError> {
        let started = Date::now();
        let arguments = Array::of1(&JsValue::from(started)).concat(&wire(routed));
        let answer = self.call("answer", &arguments).and_then(|answer| answer.dyn_into::<Array>().ok());
        let answer = answer.ok_or_else(|| TransportError::Browser(String::from("not an HTTP request")))?;
        let delay = Duration::from_millis(answer.get(3).as_f64().unwrap_or_default() as u64);
        // At least one turn of the event loop, so that the page can show that it is sending.
        TimeoutFuture::new(u32::try_from(delay.min(limit).as_millis()).unwrap_or(u32::MAX)).await;
        if delay >= limit {
            return Err(TransportError::TimedOut(limit));
        }
        if answer.get(4).is_truthy() {
            return Err(TransportError::Blocked(Circumstances::default()));
        }
        let ended = Date::now();
        let headers = answer.get(1).as_string().unwrap_or_default();
        let headers = headers.lines().filter_map(|line| line.split_once(": "));
        Ok(Reply {
            status: answer.get(0).as_f64().unwrap_or_default() as u16,
            headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            body: Uint8Array::new(&answer.get(2)).to_vec(),
            took: between(started, ended),
            received: at(ended),
        })
    }
}

/// Method, address, headers as lines, body.
fn wire(routed: &RoutedRequest) -> Array {
    let request = routed.signed().request();
    let mut headers = format!("host: {}\n", request.host);
    for header in &request.headers {
        headers.push_str(&format!("{}: {}\n", header.name, header.sent()));
    }
    Array::of4(
        &JsValue::from(request.method.as_str()),
        &JsValue::from(request.url()),
        &JsValue::from(headers),
        &Uint8Array::from(request.body.as_slice()),
    )
}
