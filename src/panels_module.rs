//! The panels as a program of their own, which the page loads when somebody begins to work. `tls_console::ui::panels` is
//! what it does; `tls_console::ui::host` is the other end of the function that it is started with.

#[cfg(not(target_arch = "wasm32"))]
fn main() {}

#[cfg(target_arch = "wasm32")]
fn main() {
    // Nothing to start: the page calls the functions below.
}

#[cfg(target_arch = "wasm32")]
#[allow(unreachable_pub, reason = "exported to JavaScript")]
mod exports {
    use js_sys::Function;
    use tls_console::ui::panels;
    use wasm_bindgen::prelude::wasm_bindgen;

    /// Begins. `host(command, argument)` answers with a text or nothing.
    #[wasm_bindgen]
    pub fn start(host: Function) {
        panels::start(host);
    }

    /// Sends an order; `done(certain)` is called when the call is over. `false`: nothing was sent.
    #[wasm_bindgen]
    pub fn send(order: &str, done: Function) -> bool {
        panels::send(order, done)
    }

    /// Stops waiting for the answer to an operation's call.
    #[wasm_bindgen]
    pub fn cancel(api: String, id: String) {
        panels::cancel(api, id);
    }

    /// Takes what has changed in the first program.
    #[wasm_bindgen]
    pub fn changed(context: &str) {
        panels::changed(context);
    }
}
