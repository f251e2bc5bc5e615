//! Fetching the site's own files: configuration, descriptions, error catalogues.

use super::host;
use super::state::{AppState, LoadedApi};
use crate::catalog::Api;
use crate::config::{Config, ConfigSource};
use gloo_net::http::Request;
use leptos::prelude::*;
use std::pin::Pin;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

/// The text of a file of this site, or what the browser or the server says instead. Boxed: one copy of it will do.
pub(super) fn fetch_text(address: &str) -> Pin<Box<dyn Future<Output = Result<String, String>>>> {
    Box::pin(fetch(format!("./{address}")))
}

async fn fetch(address: String) -> Result<String, String> {
    // As plain as the preloads in index.html: a request of another mode would fetch the file twice.
    let response = Request::get(&address).send().await.map_err(|error| error.to_string())?;
    if !response.ok() {
        return Err(format!("HTTP status {}", response.status()));
    }
    response.text().await.map_err(|error| error.to_string())
}

/// Reads the configuration, then all descriptions at once.
pub(super) fn start(state: AppState) {
    spawn_local(async move {
        let source = match fetch_text("config.json").await {
            Ok(text) => ConfigSource::Text(text),
            Err(complaint) => ConfigSource::Missing(complaint),
        };
        let (config, issues) = Config::read(&source);
        state.begin(&config);
        state.config_source.set(Some(source));
        if !issues.is_empty() || config.names_something() {
            // They say what is wrong.
            host::wake(state);
        }
        let files = config.descriptions.clone();
        state.config.set(config);
        state.apis.set(files.iter().map(|file| (file.clone(), LoadedApi::Loading)).collect());
        for file in files {
            spawn_local(load_api(state, file));
        }
    });
}

async fn load_api(state: AppState, file: String) {
    let read = fetch_text(&file).await.ok().and_then(|text| Api::load(&file, &text).ok());
    let loaded = read.map_or(LoadedApi::Broken, |mut api| {
        state.config.with_untracked(|config| config.filter(&mut api));
        LoadedApi::Ready(Arc::new(api))
    });
    state.apis.update(|apis| {
        if let Some(entry) = apis.iter_mut().find(|(other, _)| *other == file) {
            entry.1 = loaded;
        }
    });
}
