//! What tells one profile from all others, on this page and after it.

use serde::Serialize;
use serde_json::Value;
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// The random id of a profile. A name can change, and two profiles can have the same one; the id stays, in the browser's
/// storage and in the vault.
///
/// The default is the id of no profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
pub struct ProfileId(Uuid);

impl ProfileId {
    /// The id of a new profile, from 128 random bits.
    pub const fn new(random: u128) -> Self {
        Self(Uuid::from_u128(random))
    }

    /// The id in the record of a profile. `None`: it has none, or the number that the console wrote before, which held for
    /// one page only.
    pub fn of(record: &Value) -> Option<Self> {
        record.get("id")?.as_str()?.parse().ok()
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_id_is_read_as_it_was_written() {
        let id = ProfileId::new(0x2f1c_9d1e_0000_4000_8000_0000_0000_0001);
        assert_eq!(id.to_string(), "2f1c9d1e-0000-4000-8000-000000000001");
        assert_eq!(ProfileId::of(&json!({ "id": id })), Some(id));
    }

    #[test]
    fn what_is_no_id_is_none() {
        let nil = ProfileId::default().to_string();
        for other in [json!(1), json!(0), json!(null), json!(""), json!("1"), json!(nil), json!("f".repeat(1_000_000))]
        {
            assert_eq!(ProfileId::of(&json!({ "id": other })), None);
        }
        assert_eq!(ProfileId::of(&json!({})), None);
        assert_eq!(ProfileId::of(&json!("2f1c9d1e-0000-4000-8000-000000000001")), None);
    }
}
