//! Who signs: the profiles of this page with their secrets, temporary keys that come from elsewhere, and the record of the
//! vault.

mod keyring;
mod profile;
mod profile_id;
mod record;
mod secret_json;
mod temporary_keys;
pub mod vault;

pub use keyring::{Fingerprints, Keyring, Preferred};
pub use profile::{Profile, ProfileChange, ProfileSummary};
pub use profile_id::ProfileId;
pub use temporary_keys::{TemporaryKeys, temporary_keys};
