//! The screen. It may use everything else; nothing else uses it.
//!
//! Arrows run down this list:
//!
//! - `app` is the frame of the page, `route` its addresses;
//! - `pages` has one file an address;
//! - `features` are what pages are made of and what does something: sending, answers, credentials, checks;
//! - `components` know nothing of clouds, calls or stores;
//! - `state` has the stores that the whole page shares, by context;
//! - `platform` has every call to the browser's interfaces;
//! - `ids` has the parts of the page that the focus goes to from anywhere;
//! - `on_use` lets code come with its first use;
//! - `turn` has work of which one piece at a time is under way;
//! - [`words`] has every sentence that a person reads.
//!
//! The build sets `--cfg erase_components`: then all closures that are written inside `view!` share their code, and closures
//! that are given by name do not. So views say `{move || label()}` rather than `{label}`, and what a closure gives is an
//! `AnyView`.
//!
//! It exists for wasm32 with the feature `ui`. Three parts need no browser and are tested on the host: [`words`], the
//! addresses and `turn`.

#[cfg(all(feature = "ui", target_arch = "wasm32"))]
#[allow(unreachable_pub, clippy::redundant_closure, reason = "what `#[component]` and `view!` ask for")]
mod app;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
#[allow(unreachable_pub, clippy::redundant_closure, reason = "what `#[component]` and `view!` ask for")]
mod components;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
#[allow(unreachable_pub, clippy::redundant_closure, reason = "what `#[component]` and `view!` ask for")]
mod features;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod ids;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod on_use;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
#[allow(unreachable_pub, clippy::redundant_closure, reason = "what `#[component]` and `view!` ask for")]
mod pages;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod platform;
#[cfg_attr(not(all(feature = "ui", target_arch = "wasm32")), allow(dead_code, reason = "the screen uses it"))]
mod route;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
mod state;
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
#[doc(hidden)]
pub mod testing;
#[cfg_attr(not(all(feature = "ui", target_arch = "wasm32")), allow(dead_code, reason = "the screen uses it"))]
mod turn;
#[cfg_attr(not(all(feature = "ui", target_arch = "wasm32")), allow(dead_code, reason = "the screen uses it"))]
pub mod words;

/// Puts the console on the page.
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
pub fn start() {
    platform::panic::install();
    wasm_bindgen_futures::spawn_local(async {
        // The frame says what the configuration says: drawn before, it would be drawn twice.
        let config = state::site::fetch_config().await;
        let snapshot = state::snapshot::last().await;
        // Reading and drawing are tasks of their own, so that none is long.
        gloo_timers::future::TimeoutFuture::new(0).await;
        leptos::mount::mount_to_body(|| app::App(app::AppProps { config, snapshot }));
        platform::dom::remove("loading");
    });
}
