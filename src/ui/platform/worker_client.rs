//! The page's side of the worker (`src/worker.rs`): starts it at the first call, and finds the call of each answer.
//!
//! A worker that cannot be loaded or that stops fails the calls that wait for it. The next call starts a fresh one, which is
//! given the same fleets and the same speed first.

mod sandbox;

pub(crate) use sandbox::{fleet, send_to_sandbox, set_fleet, set_speed};

use crate::sandbox::FleetSetup;
use crate::transport::TransportError;
use crate::worker_protocol::buffer::{read_and_clear, to_transfer};
use crate::worker_protocol::{FromWorker, ToWorker, UNASKED, decode, encode};
use futures_channel::oneshot;
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, MessageEvent, Worker, WorkerOptions, WorkerType};

type Result<T> = std::result::Result<T, TransportError>;

thread_local! {
    static CLIENT: RefCell<Client> = RefCell::default();
}

/// The worker, if one was started, and who waits for it.
#[derive(Default)]
struct Client {
    running: Option<Running>,
    is_ready: bool,
    /// The number of the last message, never one that was used before: a late answer finds no call.
    last: u32,
    waiting: Vec<(u32, oneshot::Sender<Result<FromWorker>>)>,
    /// What the simulated clouds are given before anything else. It is read with the first worker.
    fleet: Option<FleetSetup>,
    /// How fast their jobs go on; `None`: as fast as the clock.
    speed: Option<i32>,
}

/// Starts the worker unless it runs, and waits until it is ready.
async fn loaded() -> Result<()> {
    let ready = CLIENT.with_borrow_mut(|client| {
        if client.is_ready {
            return Ok(None);
        }
        if client.running.is_none() {
            client.running = Some(Running::start().ok_or(TransportError::NotLoaded)?);
        }
        Ok(Some(client.wait_for(UNASKED)))
    })?;
    match ready {
        Some(ready) => ready.answer().await.map(drop),
        None => Ok(()),
    }
}

/// Sends a message to the worker, which is [`loaded`], and waits for the answer. Dropping the future forgets the call.
async fn ask(message: &ToWorker) -> Result<FromWorker> {
    CLIENT.with_borrow_mut(|client| client.send(message))?.answer().await
}

impl Client {
    fn wait_for(&mut self, number: u32) -> Waiting {
        let (sender, receiver) = oneshot::channel();
        self.waiting.push((number, sender));
        Waiting(receiver)
    }

    fn send(&mut self, message: &ToWorker) -> Result<Waiting> {
        let number = self.post(message)?;
        Ok(self.wait_for(number))
    }

    /// Sends a message whose answer nobody may wait for, and answers its number.
    fn post(&mut self, message: &ToWorker) -> Result<u32> {
        let running = self.running.as_ref().filter(|_| self.is_ready).ok_or(TransportError::NotLoaded)?;
        self.last += 1;
        let bytes = encode(self.last, message).map_err(|error| TransportError::Browser(error.to_string()))?;
        let (array, transfer) = to_transfer(&bytes);
        running
            .worker
            .post_message_with_transfer(&array, &transfer)
            .map_err(|_| TransportError::Browser(String::from("postMessage")))?;
        Ok(self.last)
    }

    /// Gives a worker that has just started what the former one had.
    fn set_up(&mut self) -> Result<()> {
        let setup = *self.fleet.get_or_insert_with(sandbox::remembered_fleet);
        if setup != FleetSetup::default() {
            self.post(&ToWorker::Fleet(setup))?;
        }
        if let Some(speed) = self.speed {
            self.post(&sandbox::at_speed(speed))?;
        }
        Ok(())
    }

    fn receive(&mut self, number: u32, message: FromWorker) {
        if number == UNASKED {
            self.is_ready = true;
            // The worker answers in order, so no call finds other fleets than these.
            if self.set_up().is_err() {
                self.fail();
                return;
            }
            for (_, sender) in self.waiting.extract_if(.., |(number, _)| *number == UNASKED) {
                let _ = sender.send(Ok(FromWorker::Ready));
            }
        } else if let Some(index) = self.waiting.iter().position(|(other, _)| *other == number) {
            // An error means that nobody waits any more.
            let _ = self.waiting.swap_remove(index).1.send(Ok(message));
        }
    }

    /// Ends the worker and the calls that wait for it.
    fn fail(&mut self) {
        let error = if self.is_ready { TransportError::WorkerStopped } else { TransportError::NotLoaded };
        self.running = None;
        self.is_ready = false;
        for (_, sender) in self.waiting.drain(..) {
            let _ = sender.send(Err(error.clone()));
        }
    }
}

/// An answer to come. Dropping it forgets the call.
struct Waiting(oneshot::Receiver<Result<FromWorker>>);

impl Waiting {
    async fn answer(mut self) -> Result<FromWorker> {
        (&mut self.0).await.unwrap_or(Err(TransportError::NotLoaded))
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.close();
        CLIENT.with_borrow_mut(|client| client.waiting.retain(|(_, sender)| !sender.is_canceled()));
    }
}

/// A worker; it ends when dropped.
struct Running {
    worker: Worker,
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_failure: Closure<dyn Fn(Event)>,
}

impl Running {
    fn start() -> Option<Self> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&address()?, &options).ok()?;
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| {
            let bytes = read_and_clear(event.data());
            match decode(&bytes) {
                Ok((number, message)) => CLIENT.with_borrow_mut(|client| client.receive(number, message)),
                Err(_) => CLIENT.with_borrow_mut(Client::fail),
            }
        });
        let on_failure = Closure::<dyn Fn(Event)>::new(|_| CLIENT.with_borrow_mut(Client::fail));
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onmessageerror(Some(on_failure.as_ref().unchecked_ref()));
        // The file does not come, the policy forbids it, or the program panics.
        worker.set_onerror(Some(on_failure.as_ref().unchecked_ref()));
        Some(Self { worker, _on_message: on_message, _on_failure: on_failure })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onmessageerror(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

/// The address of the worker's script. The build writes it into the page (`Trunk.toml`, `tools/postbuild.mjs`).
fn address() -> Option<String> {
    let script = web_sys::window()?.document()?.query_selector("script[data-worker]").ok()??;
    script.get_attribute("data-worker")
}
