//! Why a description cannot be used. The first program knows only that it cannot: this one reads it again and tells.

use crate::catalog::Api;
use crate::outcome::describe::{self, Explanation};
use crate::ui::dom::live;
use crate::ui::load::fetch_text;
use crate::ui::widgets::explained;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// What is wrong with a file, or with one operation in it.
pub(super) fn broken(file: String, id: String) -> AnyView {
    let told = RwSignal::new(None::<Explanation>);
    spawn_local(async move {
        let explanation = match fetch_text(&file).await {
            Err(complaint) => describe::unreachable(&file, &complaint),
            Ok(text) => {
                let read = Api::load(&file, &text).and_then(|api| api.operation(&id).transpose());
                let error = read.err().map(|error| describe::catalog_error(&error));
                error.unwrap_or_else(|| describe::unreachable(&file, "it was not there before, now it is"))
            }
        };
        told.try_set(Some(explanation));
    });
    live(move || told.with(|told| told.as_ref().map(explained)).into())
}
