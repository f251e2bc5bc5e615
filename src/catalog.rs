//! API descriptions: OpenAPI 3.1 in, [`Operation`]s out.

mod errors;
mod model;

pub use errors::{ErrorCatalogue, ErrorEntry, Retry};
pub use model::*;
