//! Why a description cannot be used. The first program knows only that it cannot: this one reads it again and tells.

use crate::catalog::Api;
use crate::ui::dom::live;
use crate::ui::load::fetch_text;
use crate::ui::widgets::explained;
use crate::ui::words::{Message, words};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// What is wrong with a file, or with one operation in it.
pub(super) fn broken(file: String, id: String) -> AnyView {
    let told = RwSignal::new(None::<Message>);
    spawn_local(async move {
        let explain = words().explain;
        let message = match fetch_text(&file).await {
            Err(complaint) => (explain.description_not_loaded)(&file, Some(&complaint)),
            Ok(text) => {
                let read = Api::load(&file, &text).and_then(|api| api.operation(&id).transpose());
                let error = read.err().map(|error| (explain.catalog_error)(&error));
                error.unwrap_or_else(|| (explain.description_not_loaded)(&file, None))
            }
        };
        told.try_set(Some(message));
    });
    live(move || told.with(|told| told.as_ref().map(explained)).into())
}
