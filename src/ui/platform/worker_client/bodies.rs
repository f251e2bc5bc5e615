//! Long bodies, each in a worker of its own: the last ones that were read. A body ends with its worker, and so does its memory.

use super::{Answer, Handle};
use crate::outcome::{BodyReading, BodyToRead};
use crate::transport::TransportError;
use crate::viewer::{Action, Compared, Extract, Shown, Sight};
use crate::worker_protocol::{FromWorker, ToWorker};
use js_sys::ArrayBuffer;
use std::cell::RefCell;

/// So many bodies are kept: the one on the screen, and another to compare it with. Each may be as large as a browser allows.
const KEPT: usize = 2;

thread_local! {
    static BODIES: RefCell<Bodies> = RefCell::default();
}

#[derive(Default)]
struct Bodies {
    /// The number of the last body, never one that was used before.
    last: u32,
    /// The oldest first.
    kept: Vec<Body>,
    /// A worker that was started before its body came.
    spare: Option<Handle>,
}

/// A body with its worker.
struct Body {
    number: u32,
    worker: Handle,
    /// The lines that came with the reading, until a viewer takes them.
    first_look: Option<Shown>,
}

/// A long body is on its way, or may be: starts a worker while it comes.
pub(crate) fn prepare() {
    BODIES.with_borrow_mut(|bodies| {
        let spare = bodies.spare.get_or_insert_default();
        // A worker that cannot be started is tried again when the body is there.
        let _ = spare.start();
    });
}

/// A worker for a body, by its number. The bodies before the last ones end.
pub(crate) fn reserve() -> u32 {
    BODIES.with_borrow_mut(|bodies| {
        bodies.last += 1;
        let worker = bodies.spare.take().unwrap_or_default();
        bodies.kept.push(Body { number: bodies.last, worker, first_look: None });
        let ended = bodies.kept.len().saturating_sub(KEPT);
        bodies.kept.drain(..ended).for_each(|body| body.worker.end());
        bodies.last
    })
}

/// Waits for the worker. It may not come: without a network, or where a policy forbids it.
pub(crate) async fn loaded(body: u32) -> Result<(), TransportError> {
    let handle = handle(body).ok_or(TransportError::Cancelled)?;
    handle.loaded().await
}

/// Reads a body, whose worker is [`loaded`]; the worker takes the bytes.
pub(crate) async fn read(body: u32, asked: BodyToRead, bytes: &ArrayBuffer) -> Result<BodyReading, TransportError> {
    match ask(body, &ToWorker::Read { asked, sight: Sight::FIRST }, Some(bytes)).await? {
        (FromWorker::Read { reading, shown }, _) => {
            with_body(body, |body| body.first_look = shown);
            Ok(reading)
        }
        _ => Err(TransportError::WorkerStopped),
    }
}

/// The first lines of a body that was just read. `None`: it was looked at before, or it is withheld.
pub(crate) fn first_look(body: u32) -> Option<Shown> {
    with_body(body, |body| body.first_look.take()).flatten()
}

/// Ends a body, also while it is read.
pub(crate) fn end(body: u32) {
    let ended = BODIES.with_borrow_mut(|bodies| {
        let at = bodies.kept.iter().position(|kept| kept.number == body)?;
        Some(bodies.kept.remove(at))
    });
    if let Some(body) = ended {
        body.worker.end();
    }
}

/// Whether a body is kept.
pub(crate) fn is_kept(body: u32) -> bool {
    handle(body).is_some_and(|handle| handle.0.borrow().is_ready)
}

/// Does what a person does with a body. `None`: it is kept no more.
pub(crate) async fn view(body: u32, action: Action, sight: Sight) -> Option<Shown> {
    match ask(body, &ToWorker::View { action, sight }, None).await.ok()? {
        (FromWorker::Shown(shown), _) => Some(shown),
        _ => None,
    }
}

/// A part of a body, as bytes that no program of the page has touched.
pub(crate) async fn extract(body: u32, extract: Extract) -> Option<ArrayBuffer> {
    ask(body, &ToWorker::Extract(extract), None).await.ok()?.1
}

/// Compares a body with another one, whose bytes the worker takes.
pub(crate) async fn compare(body: u32, other: &ArrayBuffer, content_type: String, is_older: bool) -> Option<Compared> {
    match ask(body, &ToWorker::Compare { content_type, is_older }, Some(other)).await.ok()? {
        (FromWorker::Compared(compared), _) => Some(compared),
        _ => None,
    }
}

async fn ask(body: u32, message: &ToWorker, beside: Option<&ArrayBuffer>) -> Result<Answer, TransportError> {
    let handle = handle(body).ok_or(TransportError::Cancelled)?;
    handle.ask_with(message, beside).await
}

fn handle(body: u32) -> Option<Handle> {
    with_body(body, |body| body.worker.clone())
}

fn with_body<T>(number: u32, then: impl FnOnce(&mut Body) -> T) -> Option<T> {
    BODIES.with_borrow_mut(|bodies| bodies.kept.iter_mut().find(|body| body.number == number).map(then))
}
