//! The right-hand side: the request as it will be sent, and what came back.

mod panel;
mod request;

pub(super) use panel::response_panel;
pub(super) use request::{header_lines, request_panel, show_request};
