//! The only other program: a dedicated Web Worker that answers [`tls_console::worker_protocol`].
//!
//! The page starts one at the first call to the sandbox, which holds the sandbox's world, and one for each long body, which
//! reads it and keeps it (`ui::platform::worker_client`). So neither waits for the other, and a body that nobody wants any
//! more goes with its worker.

#[cfg(not(target_arch = "wasm32"))]
fn main() {}

#[cfg(target_arch = "wasm32")]
fn main() {
    worker::start();
}

#[cfg(target_arch = "wasm32")]
mod worker {
    use js_sys::{Date, Uint8Array};
    use tls_console::worker_protocol::buffer::{read_and_clear, take_bytes, to_transfer};
    use tls_console::worker_protocol::{FromWorker, Program, Reply, UNASKED, decode, encode};
    use wasm_bindgen::JsCast;
    use wasm_bindgen::closure::Closure;
    use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

    pub(super) fn start() {
        let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
        // Different in every page, so that ids are.
        let mut program = Program::new(Date::now() as u64);
        let sender = scope.clone();
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let (bytes, beside) = read_and_clear(event.data());
            // The page hears of a failure by the event `error`, and starts a fresh worker.
            let Ok((number, message)) = decode(&bytes) else { wasm_bindgen::throw_str("not a message") };
            let beside = beside.map(|buffer| take_bytes(&buffer)).unwrap_or_default();
            send(&sender, number, &program.answer(message, beside));
        });
        scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        on_message.forget();
        send(&scope, UNASKED, &FromWorker::Ready.into());
    }

    fn send(scope: &DedicatedWorkerGlobalScope, number: u32, reply: &Reply) {
        let Ok(bytes) = encode(number, &reply.message) else { wasm_bindgen::throw_str("no message") };
        let beside = reply.beside.as_deref().map(|bytes| Uint8Array::from(bytes).buffer());
        let (message, transfer) = to_transfer(&bytes, beside.as_ref());
        if scope.post_message_with_transfer(&message, &transfer).is_err() {
            wasm_bindgen::throw_str("not sent");
        }
    }
}
