//! What the panels may ask of the first program: one function with a handful of commands.

use super::state::AppState;

use super::state::LoadedApi;
use crate::transport::program::Program;
use js_sys::Array;
use leptos::prelude::*;
use wasm_bindgen::closure::Closure;

/// The commands, with their arguments and answers as texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command {
    /// API id → its file, a line feed, and the document.
    Description,
    /// Words for screen readers → nothing.
    Announce,
}

impl Command {
    const ALL: [Self; 2] = [Self::Description, Self::Announce];

    /// The name on the way.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Description => "description",
            Self::Announce => "announce",
        }
    }
}

/// Loads the panels, once.
pub(super) async fn panels(state: AppState) -> Option<Program> {
    if let Some(loaded) = state.panels.get_value() {
        return Some(loaded);
    }
    let loaded = Program::load("panels").await?;
    // Two may have waited for it.
    if state.panels.get_value().is_none() {
        let host =
            Closure::<dyn Fn(String, String) -> Option<String>>::new(move |command: String, argument: String| {
                let command = Command::ALL.into_iter().find(|known| known.name() == command)?;
                answer(state, command, &argument)
            });
        loaded.call("start", &Array::of1(&host.into_js_value()));
        state.panels.set_value(Some(loaded.clone()));
    }
    Some(loaded)
}

fn answer(state: AppState, command: Command, argument: &str) -> Option<String> {
    match command {
        Command::Description => state.apis.with_untracked(|apis| {
            apis.iter().find_map(|(file, loaded)| match loaded {
                LoadedApi::Ready(api) if api.id == argument => Some(format!("{file}\n{}", api.text())),
                _ => None,
            })
        }),
        Command::Announce => {
            state.announcement.set(argument.to_owned());
            None
        }
    }
}
