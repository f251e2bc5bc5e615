//! The screen. Everything here may use everything else; nothing else uses this.
//!
//! `state::AppState` holds what the whole page shares, `model::CallModel` what one operation's page keeps while the
//! user is elsewhere. Pages read both; widgets and controls get what they need as properties.

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
mod response;
mod route;
mod send;
mod signer;
mod state;
#[doc(hidden)]
pub mod testing;
mod text;
mod widgets;

/// Puts the console on the page.
pub fn start() {
    crash::install();
    leptos::mount::mount_to_body(app::app);
}
