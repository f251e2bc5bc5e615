//! What the user has typed, and whether it may be sent.
//!
//! A [`Draft`] keeps every text as it was typed, wrong or not. [`validate`] is the only way from a draft to
//! [`Arguments`], and it fails with one [`FieldIssue`] a field, in the order of the form.

mod arguments;
mod constraints;
mod credentials;
mod draft;
mod field_path;
mod idempotency;
mod rules;
mod short_form;
mod tidy;
mod validate;
mod value;
mod warnings;

pub use arguments::{Argument, Arguments};
pub use constraints::{Constraint, constraints};
pub(crate) use credentials::{is_json_in, is_secret, is_secret_text, replace_credentials};
pub(crate) use draft::mask_text;
pub use draft::{Draft, Filling, Link, Misfit, MisfitReason, REGION, Raw};
pub use field_path::FieldPath;
pub use idempotency::Idempotency;
pub use rules::{Broken, PatternRule};
pub use short_form::ShortForm;
pub use tidy::tidy;
pub use validate::{FieldIssue, Target, check_field, check_server, validate};
pub(crate) use validate::{sketch, sketch_without_secrets};
pub use value::{ArgumentValue, File};
pub use warnings::{FieldWarning, Warning, warnings};
