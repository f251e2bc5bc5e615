//! The simulated clouds as a program of their own, which the page loads when the connection "Sandbox" is used first.
//!
//! Whoever works through a proxy never downloads them. `transport/sandbox.rs` is the other end of each function here.

#[cfg(not(target_arch = "wasm32"))]
fn main() {}

#[cfg(target_arch = "wasm32")]
fn main() {
    // Nothing to start: the page calls the functions below.
}

#[cfg(target_arch = "wasm32")]
#[allow(unreachable_pub, reason = "exported to JavaScript")]
mod exports {
    use js_sys::{Array, Uint8Array};
    use std::cell::RefCell;
    use time::OffsetDateTime;
    use tls_console::catalog::ErrorCatalogue;
    use tls_console::sandbox::{self, Fault, Provider, World, handle, needs_catalogue};
    use wasm_bindgen::JsValue;
    use wasm_bindgen::prelude::wasm_bindgen;

    thread_local! {
        /// Different in every page, so that ids are.
        static WORLD: RefCell<World> = RefCell::new(World::new(js_sys::Date::now() as u64));
    }

    /// What can be tried with an operation, named by its host and its path as the description writes it, as JSON:
    /// `example` and `cases`. Empty: not played here.
    #[wasm_bindgen]
    pub fn guide_to(host: &str, path: &str) -> String {
        let guide = sandbox::guide_to(host, path);
        guide.and_then(|guide| serde_json::to_string(&guide).ok()).unwrap_or_default()
    }

    /// An input of an operation for every entry of an error catalogue, as JSON: a list of `input`, `value`, `leadsTo`.
    /// Empty where no input leads to a chosen error.
    #[wasm_bindgen]
    pub fn code_cases_of(host: &str, path: &str, text: &str) -> String {
        let catalogue = ErrorCatalogue::load("errors.json", text).ok();
        let cases = catalogue.map(|catalogue| sandbox::code_cases_of(host, path, &catalogue));
        let cases = cases.filter(|cases| !cases.is_empty());
        cases.and_then(|cases| serde_json::to_string(&cases).ok()).unwrap_or_default()
    }

    /// Whether the answer to this request is made from the error catalogue of its provider.
    #[wasm_bindgen]
    pub fn wants_catalogue(method: &str, url: &str, headers: &str, body: &[u8]) -> bool {
        request(method, url, headers, body).as_ref().and_then(needs_catalogue).is_some()
    }

    /// Takes the text of a provider's error catalogue.
    #[wasm_bindgen]
    pub fn add_catalogue(host: &str, text: &str) {
        if let (Some(provider), Ok(catalogue)) = (Provider::of_host(host), ErrorCatalogue::load("errors.json", text)) {
            WORLD.with_borrow_mut(|world| world.add_catalogue(provider, catalogue));
        }
    }

    /// Answers a request at a time in milliseconds: status, headers as lines `name: value`, body, delay in
    /// milliseconds, and whether the answer gets lost. Nothing: not an HTTP request.
    #[wasm_bindgen]
    pub fn answer(now: f64, method: &str, url: &str, headers: &str, body: &[u8]) -> Option<Array> {
        let request = request(method, url, headers, body)?;
        let now = OffsetDateTime::from_unix_timestamp_nanos(now as i128 * 1_000_000).ok()?;
        let response = WORLD.with_borrow_mut(|world| {
            world.set_now(now);
            handle(world, &request)
        });
        let fault = response.extensions().get::<Fault>().cloned().unwrap_or_default();
        let (parts, body) = response.into_parts();
        let line = |(name, value): (&http::HeaderName, &http::HeaderValue)| {
            format!("{name}: {}\n", String::from_utf8_lossy(value.as_bytes()))
        };
        let headers: String = parts.headers.iter().map(line).collect();
        Some(Array::of5(
            &JsValue::from(parts.status.as_u16()),
            &JsValue::from(headers),
            &Uint8Array::from(body.as_slice()),
            &JsValue::from(fault.delay.as_millis() as f64),
            &JsValue::from(fault.lost),
        ))
    }

    fn request(method: &str, url: &str, headers: &str, body: &[u8]) -> Option<http::Request<Vec<u8>>> {
        let mut builder = http::Request::builder().method(method).uri(url);
        for (name, value) in headers.lines().filter_map(|line| line.split_once(": ")) {
            builder = builder.header(name, value);
        }
        builder.body(body.to_vec()).ok()
    }
}
