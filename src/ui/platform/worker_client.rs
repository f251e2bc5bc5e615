//! The page's side of the worker program (`src/worker.rs`): starts workers when they are needed, and finds the call of each
//! answer.
//!
//! A worker that cannot be loaded or that stops fails the calls that wait for it. The next call starts a fresh one. The
//! sandbox's is given the same fleets and the same speed first.

pub(crate) mod bodies;
mod sandbox;

pub(crate) use sandbox::{fleet, send_to_sandbox, set_fleet, set_speed};

use crate::transport::TransportError;
use crate::worker_protocol::buffer::{read_and_clear, to_transfer};
use crate::worker_protocol::{FromWorker, ToWorker, UNASKED, decode, encode};
use futures_channel::oneshot;
use gloo_timers::callback::Timeout;
use js_sys::ArrayBuffer;
use std::cell::RefCell;
use std::rc::{Rc, Weak};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, MessageEvent, Worker, WorkerOptions, WorkerType};

/// So many milliseconds a worker may take to come.
const LOADING: u32 = 15_000;

type Result<T> = std::result::Result<T, TransportError>;

/// What came, and the bytes beside it.
type Answer = (FromWorker, Option<ArrayBuffer>);

/// A worker, running or not. It ends with its last handle.
#[derive(Clone, Default)]
struct Handle(Rc<RefCell<Client>>);

/// The worker, if it was started, and who waits for it.
#[derive(Default)]
struct Client {
    running: Option<Running>,
    is_ready: bool,
    /// The number of the last message, never one that was used before: a late answer finds no call.
    last: u32,
    waiting: Vec<(u32, oneshot::Sender<Result<Answer>>)>,
    /// What a worker that starts is told before anything else.
    first: Option<fn() -> Vec<ToWorker>>,
}

impl Handle {
    /// A worker that is told something before anything else, whenever it starts.
    fn with_first(first: fn() -> Vec<ToWorker>) -> Self {
        Self(Rc::new(RefCell::new(Client { first: Some(first), ..Client::default() })))
    }

    /// Starts the worker unless it runs.
    fn start(&self) -> Result<()> {
        let mut client = self.0.borrow_mut();
        if client.running.is_none() {
            client.running = Some(Running::start(&self.0).ok_or(TransportError::NotLoaded)?);
        }
        Ok(())
    }

    /// Starts the worker unless it runs, and waits until it is ready. One that does not come in time has failed.
    async fn loaded(&self) -> Result<()> {
        if self.0.borrow().is_ready {
            return Ok(());
        }
        self.start()?;
        let client = Rc::downgrade(&self.0);
        let _limit = Timeout::new(LOADING, move || {
            if let Some(client) = client.upgrade().filter(|client| !client.borrow().is_ready) {
                client.borrow_mut().fail();
            }
        });
        self.wait_for(UNASKED).answer().await.map(drop)
    }

    /// Sends a message to the worker, which is [`Self::loaded`], and waits for the answer. What goes beside it changes hands.
    /// Dropping the future forgets the call.
    async fn ask_with(&self, message: &ToWorker, beside: Option<&ArrayBuffer>) -> Result<Answer> {
        let number = self.0.borrow_mut().send(message, beside)?;
        self.wait_for(number).answer().await
    }

    async fn ask(&self, message: &ToWorker) -> Result<FromWorker> {
        self.ask_with(message, None).await.map(|(message, _)| message)
    }

    fn wait_for(&self, number: u32) -> Waiting {
        let (sender, receiver) = oneshot::channel();
        self.0.borrow_mut().waiting.push((number, sender));
        Waiting { receiver, client: Rc::downgrade(&self.0) }
    }

    /// Ends the worker and the calls that wait for it.
    fn end(&self) {
        self.0.borrow_mut().fail();
    }
}

impl Client {
    fn send(&mut self, message: &ToWorker, beside: Option<&ArrayBuffer>) -> Result<u32> {
        let running = self.running.as_ref().filter(|_| self.is_ready).ok_or(TransportError::NotLoaded)?;
        self.last += 1;
        let bytes = encode(self.last, message).map_err(|error| TransportError::Browser(error.to_string()))?;
        let (message, transfer) = to_transfer(&bytes, beside);
        running
            .worker
            .post_message_with_transfer(&message, &transfer)
            .map_err(|_| TransportError::Browser(String::from("postMessage")))?;
        Ok(self.last)
    }

    /// Gives a worker that has just started what the former one had. Nobody waits for these answers.
    fn set_up(&mut self) -> Result<()> {
        let messages = self.first.map(|first| first()).unwrap_or_default();
        messages.iter().try_for_each(|message| self.send(message, None).map(drop))
    }

    fn receive(&mut self, number: u32, answer: Answer) {
        if number == UNASKED {
            self.is_ready = true;
            // The worker answers in order, so no call finds other fleets than these.
            if self.set_up().is_err() {
                self.fail();
                return;
            }
            for (_, sender) in self.waiting.extract_if(.., |(number, _)| *number == UNASKED) {
                let _ = sender.send(Ok((FromWorker::Ready, None)));
            }
        } else if let Some(index) = self.waiting.iter().position(|(other, _)| *other == number) {
            // An error means that nobody waits any more.
            let _ = self.waiting.swap_remove(index).1.send(Ok(answer));
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
struct Waiting {
    receiver: oneshot::Receiver<Result<Answer>>,
    client: Weak<RefCell<Client>>,
}

impl Waiting {
    async fn answer(mut self) -> Result<Answer> {
        (&mut self.receiver).await.unwrap_or(Err(TransportError::NotLoaded))
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.receiver.close();
        if let Some(client) = self.client.upgrade() {
            client.borrow_mut().waiting.retain(|(_, sender)| !sender.is_canceled());
        }
    }
}

/// A worker; it ends when dropped.
struct Running {
    worker: Worker,
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_failure: Closure<dyn Fn(Event)>,
}

impl Running {
    fn start(client: &Rc<RefCell<Client>>) -> Option<Self> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&address()?, &options).ok()?;
        let receiver = Rc::downgrade(client);
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let Some(client) = receiver.upgrade() else { return };
            let (bytes, beside) = read_and_clear(event.data());
            match decode(&bytes) {
                Ok((number, message)) => client.borrow_mut().receive(number, (message, beside)),
                Err(_) => client.borrow_mut().fail(),
            }
        });
        let failing = Rc::downgrade(client);
        let on_failure = Closure::<dyn Fn(Event)>::new(move |_| {
            if let Some(client) = failing.upgrade() {
                client.borrow_mut().fail();
            }
        });
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
