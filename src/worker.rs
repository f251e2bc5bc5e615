//! The only other program: a dedicated Web Worker that answers [`tls_console::worker_protocol`].
//!
//! It holds the sandbox's world. The page starts it at the first call to the sandbox (`ui::platform::worker_client`).

#[cfg(not(target_arch = "wasm32"))]
fn main() {}

#[cfg(target_arch = "wasm32")]
fn main() {
    worker::start();
}

#[cfg(target_arch = "wasm32")]
mod worker {
    use js_sys::Date;
    use tls_console::sandbox::World;
    use tls_console::worker_protocol::buffer::{read_and_clear, to_transfer};
    use tls_console::worker_protocol::{FromWorker, UNASKED, answer, decode, encode};
    use wasm_bindgen::JsCast;
    use wasm_bindgen::closure::Closure;
    use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

    pub(super) fn start() {
        let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
        // Different in every page, so that ids are.
        let mut world = World::new(Date::now() as u64);
        let sender = scope.clone();
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let bytes = read_and_clear(event.data());
            // The page hears of a failure by the event `error`, and starts a fresh worker.
            let Ok((number, message)) = decode(&bytes) else { wasm_bindgen::throw_str("not a message") };
            send(&sender, number, &answer(&mut world, message));
        });
        scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        on_message.forget();
        send(&scope, UNASKED, &FromWorker::Ready);
    }

    fn send(scope: &DedicatedWorkerGlobalScope, number: u32, message: &FromWorker) {
        let Ok(bytes) = encode(number, message) else { wasm_bindgen::throw_str("no message") };
        let (array, transfer) = to_transfer(&bytes);
        if scope.post_message_with_transfer(&array, &transfer).is_err() {
            wasm_bindgen::throw_str("not sent");
        }
    }
}
