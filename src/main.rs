//! Mounts the page.

fn main() {
    #[cfg(target_arch = "wasm32")]
    tls_console::ui::start();
}
