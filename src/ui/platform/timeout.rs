//! Ending a call that takes too long.

use gloo_timers::callback::Timeout;
use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{AbortController, AbortSignal};

/// Does something when a call is aborted, for as long as it lives.
pub(crate) struct OnAbort {
    controller: Option<AbortController>,
    _listener: Closure<dyn Fn()>,
}

impl OnAbort {
    pub(crate) fn new(controller: Option<AbortController>, then: impl Fn() + 'static) -> Self {
        let listener = Closure::<dyn Fn()>::new(then);
        if let Some(controller) = &controller {
            controller.signal().set_onabort(Some(listener.as_ref().unchecked_ref()));
        }
        Self { controller, _listener: listener }
    }
}

impl Drop for OnAbort {
    fn drop(&mut self) {
        if let Some(controller) = &self.controller {
            controller.signal().set_onabort(None);
        }
    }
}

/// What a limited call ended with.
pub(crate) struct Limited<T> {
    pub(crate) result: T,
    /// The call was aborted: by the time limit, or through the controller.
    pub(crate) aborted: bool,
}

/// Runs a call and aborts it after `limit`.
pub(crate) async fn limited<T>(
    limit: Duration,
    controller: Option<AbortController>,
    call: impl AsyncFnOnce(Option<AbortSignal>) -> T,
) -> Limited<T> {
    let signal = controller.as_ref().map(AbortController::signal);
    let milliseconds = u32::try_from(limit.as_millis()).unwrap_or(u32::MAX);
    let timer = controller.map(|controller| Timeout::new(milliseconds, move || controller.abort()));
    let result = call(signal.clone()).await;
    drop(timer);
    Limited { result, aborted: signal.is_some_and(|signal| signal.aborted()) }
}
