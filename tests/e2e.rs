#![cfg(not(target_arch = "wasm32"))]
//! Whole flows in Chromium: the production site with the production headers, a real proxy, the sandbox server.
//!
//! Needs `dist/` (`make build`), Chromium, ChromeDriver and axe-core (`make setup-test`). A failed test leaves a
//! screenshot, the console and the servers' logs in `.e2e/`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by a panic"
)]

#[path = "support/browser.rs"]
mod browser;
#[path = "support/listen.rs"]
mod listen;
#[path = "support/proxy.rs"]
mod proxy;
#[path = "support/server.rs"]
mod server;
#[path = "support/site.rs"]
mod site;

#[path = "e2e/check.rs"]
mod check;
#[path = "e2e/check_addresses.rs"]
mod check_addresses;
#[path = "e2e/checks.rs"]
mod checks;
#[path = "e2e/controls.rs"]
mod controls;
#[path = "e2e/gate.rs"]
mod gate;
#[path = "e2e/page.rs"]
mod page;
#[path = "e2e/scene.rs"]
mod scene;
#[path = "e2e/search.rs"]
mod search;

#[path = "e2e/audit.rs"]
mod audit;
#[path = "e2e/canary.rs"]
mod canary;
#[path = "e2e/clock.rs"]
mod clock;
#[path = "e2e/config.rs"]
mod config;
#[path = "e2e/config_limits.rs"]
mod config_limits;
#[path = "e2e/config_mistakes.rs"]
mod config_mistakes;
#[path = "e2e/crash.rs"]
mod crash;
#[path = "e2e/credentials.rs"]
mod credentials;
#[path = "e2e/declared_token.rs"]
mod declared_token;
#[path = "e2e/errors.rs"]
mod errors;
#[path = "e2e/export.rs"]
mod export;
#[path = "e2e/fleet.rs"]
mod fleet;
#[path = "e2e/fleet_choose.rs"]
mod fleet_choose;
#[path = "e2e/fleet_connection.rs"]
mod fleet_connection;
#[path = "e2e/fleet_keys.rs"]
mod fleet_keys;
#[path = "e2e/fleet_mixed.rs"]
mod fleet_mixed;
#[path = "e2e/fleet_report.rs"]
mod fleet_report;
#[path = "e2e/fleet_stops.rs"]
mod fleet_stops;
#[path = "e2e/follow.rs"]
mod follow;
#[path = "e2e/follow_survives.rs"]
mod follow_survives;
#[path = "e2e/history.rs"]
mod history;
#[path = "e2e/home.rs"]
mod home;
#[path = "e2e/https.rs"]
mod https;
#[path = "e2e/idle.rs"]
mod idle;
#[path = "e2e/import.rs"]
mod import;
#[path = "e2e/keyboard.rs"]
mod keyboard;
#[path = "e2e/links.rs"]
mod links;
#[path = "e2e/list.rs"]
mod list;
#[path = "e2e/lockout.rs"]
mod lockout;
#[path = "e2e/look.rs"]
mod look;
#[path = "e2e/memory.rs"]
mod memory;
#[path = "e2e/network.rs"]
mod network;
#[path = "e2e/offline.rs"]
mod offline;
#[path = "e2e/operation_page.rs"]
mod operation_page;
#[path = "e2e/palette.rs"]
mod palette;
#[path = "e2e/parts.rs"]
mod parts;
#[path = "e2e/preconditions.rs"]
mod preconditions;
#[path = "e2e/profiles.rs"]
mod profiles;
#[path = "e2e/projects.rs"]
mod projects;
#[path = "e2e/samples.rs"]
mod samples;
#[path = "e2e/setup.rs"]
mod setup;
#[path = "e2e/signature.rs"]
mod signature;
#[path = "e2e/simulation.rs"]
mod simulation;
#[path = "e2e/ssl.rs"]
mod ssl;
#[path = "e2e/temporary.rs"]
mod temporary;
#[path = "e2e/tokens.rs"]
mod tokens;
#[path = "e2e/upgrade.rs"]
mod upgrade;
#[path = "e2e/validation.rs"]
mod validation;
#[path = "e2e/vault.rs"]
mod vault;
#[path = "e2e/viewer.rs"]
mod viewer;
#[path = "e2e/watch.rs"]
mod watch;
#[path = "e2e/worker.rs"]
mod worker;
