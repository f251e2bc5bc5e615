//! The right-hand side: the request as it will be sent, and what came back.

mod answer;
mod body;
mod request;

pub(super) use answer::response_panel;
pub(super) use request::request_panel;
