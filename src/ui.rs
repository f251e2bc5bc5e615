//! The screen. It may use everything else; nothing else uses it.
//!
//! It exists for wasm32 with the feature `ui`. Two parts need no browser and are tested on the host: [`words`], every
//! sentence that a person reads, and the addresses of the page.

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
    mod app;
    mod browser;
    mod crash;
    mod dom;
    mod example;
    mod form;
    mod host;
    mod keep;
    mod load;
    mod model;
    mod navigation;
    mod pages;
    pub mod panels;
    mod platform;
    mod response;
    mod send;
    mod signer;
    mod state;
    #[doc(hidden)]
    pub mod testing;
    mod update;
    mod widgets;

    /// Puts the console on the page.
    pub fn start() {
        crash::install();
        leptos::mount::mount_to_body(app::app);
    }
}
