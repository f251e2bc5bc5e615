//! Everything that the screen asks of the browser. No other module of the screen touches `web-sys` for more than an event.

pub(crate) mod clipboard;
pub(crate) mod crypto;
mod database;
pub(crate) mod dates;
pub(crate) mod dom;
pub(crate) mod download;
pub(crate) mod fetch;
pub(crate) mod files;
pub(crate) mod fleet_store;
pub(crate) mod history_store;
mod idb_request;
pub(crate) mod js_error;
pub(crate) mod locks;
pub(crate) mod notification;
pub(crate) mod panic;
pub(crate) mod picture;
pub(crate) mod press;
pub(crate) mod random;
pub(crate) mod site_files;
pub(crate) mod slices;
pub(crate) mod storage;
pub(crate) mod timeout;
pub(crate) mod url;
pub(crate) mod vault;
mod vault_store;
pub(crate) mod wake_lock;
pub(crate) mod worker_client;
