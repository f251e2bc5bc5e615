//! What the browser offers.

pub(crate) mod worker_client;
