#![cfg(not(target_arch = "wasm32"))]
//! The configurations in `deploy/` on the real servers, with the simulated clouds behind TLS.
//!
//! Needs `dist/` (`make build`), nginx, Caddy, Chromium and ChromeDriver (`make setup-test`). What a server wrote is in
//! a folder named after the test in `target/tmp/`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by a panic"
)]

#[path = "support/authority.rs"]
mod authority;
#[path = "support/browser.rs"]
mod browser;
#[path = "support/clouds.rs"]
mod clouds;
#[path = "support/listen.rs"]
mod listen;
#[path = "support/names.rs"]
mod names;
#[path = "support/proxy.rs"]
mod proxy;
#[path = "support/server.rs"]
mod server;
#[path = "support/site.rs"]
mod site;

#[path = "e2e/checks.rs"]
#[allow(dead_code, reason = "shared with the tests of whole flows")]
mod checks;
#[path = "e2e/controls.rs"]
#[allow(dead_code, reason = "shared with the tests of whole flows")]
mod controls;
#[path = "e2e/page.rs"]
#[allow(dead_code, reason = "shared with the tests of whole flows")]
mod page;
#[path = "e2e/scene.rs"]
#[allow(dead_code, reason = "shared with the tests of whole flows")]
mod scene;

#[path = "hosting/front.rs"]
mod front;
#[path = "hosting/raw.rs"]
mod raw;
#[path = "hosting/relay.rs"]
mod relay;

/// Each of these tests on each server, as it is set up by default or by the `Setup` that is named first.
macro_rules! on_each_server {
    ($setup:ident: $($test:ident),* $(,)?) => {
        mod nginx {
            $(#[tokio::test]
            async fn $test() {
                super::$test(&$crate::front::Front::start($crate::front::Kind::Nginx, super::$setup).await).await;
            })*
        }
        mod caddy {
            $(#[tokio::test]
            async fn $test() {
                super::$test(&$crate::front::Front::start($crate::front::Kind::Caddy, super::$setup).await).await;
            })*
        }
    };
    ($($test:ident),* $(,)?) => {
        use $crate::front::AS_SHIPPED;
        on_each_server!(AS_SHIPPED: $($test),*);
    };
}

#[path = "hosting/answers.rs"]
mod answers;
#[path = "hosting/below.rs"]
mod below;
#[path = "hosting/exact.rs"]
mod exact;
#[path = "hosting/files.rs"]
mod files;
#[path = "hosting/flows.rs"]
mod flows;
#[path = "hosting/frames.rs"]
mod frames;
#[path = "hosting/https.rs"]
mod https;
#[path = "hosting/marks.rs"]
mod marks;
#[path = "hosting/once.rs"]
mod once;
#[path = "hosting/other_proxies.rs"]
mod other_proxies;
#[path = "hosting/pages.rs"]
mod pages;
#[path = "hosting/patience.rs"]
mod patience;
#[path = "hosting/refusals.rs"]
mod refusals;
#[path = "hosting/secrets.rs"]
mod secrets;
#[path = "hosting/strangers.rs"]
mod strangers;
#[path = "hosting/together.rs"]
mod together;
#[path = "hosting/trust.rs"]
mod trust;
#[path = "hosting/whole.rs"]
mod whole;
