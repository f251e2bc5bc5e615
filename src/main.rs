//! Mounts the page.

fn main() {
    tls_console::ui::start();
}
