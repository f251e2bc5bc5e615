//! What tells one profile from all others, on this page and after it.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// The random id of a profile. A name can change, and two profiles can have the same one; the id stays, in the browser's
/// storage and in the vault.
///
/// The default is the id of no profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct ProfileId(Uuid);

impl ProfileId {
    /// The id of a new profile, from 128 random bits.
    pub const fn new(random: u128) -> Self {
        Self(Uuid::from_u128(random))
    }
}

impl fmt::Display for ProfileId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for ProfileId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // No profile has the nil id, whatever a record says.
        Ok(Self(uuid::NonNilUuid::try_from(text.parse::<Uuid>()?)?.get()))
    }
}

impl TryFrom<String> for ProfileId {
    type Error = uuid::Error;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(id: &serde_json::Value) -> Option<ProfileId> {
        serde_json::from_value(id.clone()).ok()
    }

    #[test]
    fn an_id_is_read_as_it_was_written() {
        let id = ProfileId::new(0x2f1c_9d1e_0000_4000_8000_0000_0000_0001);
        assert_eq!(id.to_string(), "2f1c9d1e-0000-4000-8000-000000000001");
        assert_eq!(read(&json!(id)), Some(id));
    }

    #[test]
    fn what_is_no_id_is_none() {
        let nil = ProfileId::default().to_string();
        for other in [json!(1), json!(0), json!(null), json!(""), json!("1"), json!(nil), json!("f".repeat(1_000_000))]
        {
            assert_eq!(read(&other), None);
        }
    }
}
