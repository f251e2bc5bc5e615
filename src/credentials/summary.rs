//! What may be shown of a profile.

use super::{Keyring, ProfileId};
use serde_json::Value;
use zeroize::Zeroizing;

/// The public half of a profile, and which secrets it has.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct ProfileSummary {
    /// Its id.
    pub id: ProfileId,
    /// What the user calls it; empty for no name.
    pub name: String,
    /// Whose credential it is.
    pub provider: String,
    /// The kind of credential.
    pub kind: String,
    /// The region that it is for; empty for any.
    pub region: String,
    /// In seconds since 1970.
    pub expires: Option<i64>,
    /// Whether this browser remembers it.
    pub remembered: bool,
    /// Whether it signs for its provider.
    pub chosen: bool,
    /// What is typed and not secret, by label.
    pub public: Vec<(String, String)>,
    /// The labels of the secrets that are in memory.
    pub held: Vec<String>,
    /// What the credential flows remember, as JSON.
    pub memo: String,
}

impl Keyring {
    /// All profiles.
    pub fn summaries(&self) -> Vec<ProfileSummary> {
        self.profiles().iter().filter_map(|profile| self.summary(profile.id)).collect()
    }

    /// One profile.
    pub fn summary(&self, id: ProfileId) -> Option<ProfileSummary> {
        let value = self.to_value();
        let value = value.as_array()?.iter().find(|value| ProfileId::of(value) == Some(id))?;
        let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let is = |name: &str| value.get(name).and_then(Value::as_bool).unwrap_or_default();
        let public = value.get("public").and_then(Value::as_object).into_iter().flatten();
        let held = value.get("held").and_then(Value::as_array).into_iter().flatten();
        Some(ProfileSummary {
            id,
            name: text("name"),
            provider: text("provider"),
            kind: text("kind"),
            region: text("region"),
            expires: value.get("expires").and_then(Value::as_i64),
            remembered: is("remembered"),
            chosen: is("chosen"),
            public: public.map(|(label, text)| (label.clone(), text.as_str().unwrap_or_default().to_owned())).collect(),
            held: held.filter_map(|label| Some(label.as_str()?.to_owned())).collect(),
            memo: text("memo"),
        })
    }

    /// The public halves that this browser is to remember, as JSON.
    pub fn remembered_records(&self) -> String {
        let value = self.to_value();
        let kept = value.as_array().into_iter().flatten();
        let kept = kept.filter(|profile| profile.get("remembered").and_then(Value::as_bool) == Some(true));
        Value::from_iter(kept.cloned()).to_string()
    }

    /// All profiles with their secrets, as JSON, for the vault.
    pub fn sealed_records(&self) -> Zeroizing<String> {
        let mut value = self.to_value();
        for record in value.as_array_mut().into_iter().flatten() {
            let id = ProfileId::of(record).unwrap_or_default();
            if let Some(members) = record.as_object_mut() {
                members.insert(String::from("values"), self.secrets_value(id));
            }
        }
        Zeroizing::new(value.to_string())
    }

    /// Puts back what the vault held. Gives the records anew where some of them got an id.
    pub fn restore_sealed(
        &mut self,
        records: &str,
        new_id: &mut impl FnMut() -> ProfileId,
    ) -> Option<Zeroizing<String>> {
        let mut records: Vec<Value> = serde_json::from_str(records).ok()?;
        self.restore_all(&mut records, new_id).then(|| Zeroizing::new(Value::Array(records).to_string()))
    }
}
