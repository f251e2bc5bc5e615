//! API descriptions: OpenAPI 3.1 in, [`Operation`]s out.
//!
//! [`Api::load`] reads a document far enough to list it; [`Api::operation`] resolves one operation in full. Every
//! [`CatalogError`] names file, JSON pointer and reason. The error catalogue is a file of its own, [`ErrorCatalogue`].

mod answer_secrets;
mod cli;
mod credential_names;
pub(crate) use credential_names::is_credential;
mod decimal;
mod errors;
pub mod follow;
mod forbidden_header;
mod grants;
mod load;
mod lookup;
mod model;
mod node;
mod schema;
mod search;
mod template;
mod value;
mod vendor;

pub use answer_secrets::{AnswerSecrets, SecretNames};
pub use cli::Cli;
pub use decimal::Decimal;
pub use errors::{ErrorCatalogue, ErrorEntry, Fault, Retry};
pub use follow::FollowUp;
pub(crate) use grants::Sent;
pub use grants::{Grant, GrantInput, Granted};
pub use load::{Api, OperationEntry, https_host};
pub(crate) use load::{check_literal, is_host, is_port, is_step};
pub use lookup::{ListPage, Lookup, LookupRow, Paging, PagingUnit};
pub use model::*;
pub use node::{CatalogError, JsonType, PathFault, Reason, Unsupported};
pub use search::is_found;
pub(crate) use template::fill_placeholders;
pub use value::{MASK, is_json, plain_text};
pub use vendor::Vendor;
