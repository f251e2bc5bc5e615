//! The screen. It may use everything else; nothing else uses it.
//!
//! Arrows run down this list:
//!
//! - `app` is the frame of the page, `route` its addresses;
//! - `pages` has one file an address;
//! - `features` are what pages are made of and what does something: sending, answers, credentials, checks;
//! - `components` know nothing of clouds, calls or stores;
//! - `state` has the stores that the whole page shares, by context;
//! - `platform` is all that is asked of the browser;
//! - [`words`] has every sentence that a person reads.
//!
//! The build sets `--cfg erase_components`: then all closures that are written inside `view!` share their code, and closures
//! that are given by name do not. So views say `{move || label()}` rather than `{label}`, and what a closure gives is an
//! `AnyView`.
//!
//! It exists for wasm32 with the feature `ui`. Two parts need no browser and are tested on the host: [`words`] and the
//! addresses.

/// Parts that need a browser.
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
macro_rules! browser_only {
    ($($item:item)*) => { $($item)* };
}
#[cfg(not(all(feature = "ui", target_arch = "wasm32")))]
macro_rules! browser_only {
    ($($item:item)*) => {};
}

#[cfg_attr(not(all(feature = "ui", target_arch = "wasm32")), allow(dead_code, reason = "the screen uses it"))]
mod route;
#[cfg_attr(not(all(feature = "ui", target_arch = "wasm32")), allow(dead_code, reason = "the screen uses it"))]
pub mod words;

browser_only! {
    #[allow(unreachable_pub, clippy::redundant_closure, reason = "what `#[component]` and `view!` ask for")]
    mod app;
    #[allow(unreachable_pub, clippy::redundant_closure, reason = "what `#[component]` and `view!` ask for")]
    mod components;
    #[allow(unreachable_pub, clippy::redundant_closure, reason = "what `#[component]` and `view!` ask for")]
    mod features;
    #[allow(unreachable_pub, clippy::redundant_closure, reason = "what `#[component]` and `view!` ask for")]
    mod pages;
    mod platform;
    mod state;
    #[doc(hidden)]
    pub mod testing;

    /// Puts the console on the page.
    pub fn start() {
        platform::panic::install();
        leptos::mount::mount_to_body(app::App);
    }
}
