//! The site's own files: the configuration, descriptions, error catalogues.

use super::timeout::{Limited, limited};
use gloo_net::http::Request;
use std::time::Duration;
use web_sys::{AbortController, AbortSignal};

/// So long may a file of this site take.
const LIMIT: Duration = Duration::from_secs(60);

/// The text of a file of this site, or what the browser or the server says instead.
pub(crate) async fn fetch_text(file: &str) -> Result<String, String> {
    let fetch = async |signal: Option<AbortSignal>| {
        // As plain as the preloads in index.html: the browser would fetch the file twice for a request of another mode.
        let request = Request::get(&format!("./{file}")).abort_signal(signal.as_ref());
        let response = request.send().await.map_err(|error| error.to_string())?;
        if !response.ok() {
            return Err(format!("HTTP status {}", response.status()));
        }
        response.text().await.map_err(|error| error.to_string())
    };
    let Limited { result, .. } = limited(LIMIT, AbortController::new().ok(), fetch).await;
    result
}
