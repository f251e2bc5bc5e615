//! The site's own files: the configuration, descriptions, error catalogues.

use gloo_net::http::Request;

/// The text of a file of this site, or what the browser or the server says instead.
pub(crate) async fn fetch_text(file: &str) -> Result<String, String> {
    // As plain as the preloads in index.html: the browser would fetch the file twice for a request of another mode.
    let response = Request::get(&format!("./{file}")).send().await.map_err(|error| error.to_string())?;
    if !response.ok() {
        return Err(format!("HTTP status {}", response.status()));
    }
    response.text().await.map_err(|error| error.to_string())
}
