//! Who signs: the profiles of this page with their secrets, temporary keys that come from elsewhere, and the record of the
//! vault.

mod keyring;
mod profile_id;
mod summary;
mod temporary_keys;
pub mod vault;

pub use keyring::{Keyring, Profile};
pub use profile_id::ProfileId;
pub use summary::ProfileSummary;
pub use temporary_keys::{TemporaryKeys, temporary_keys};
