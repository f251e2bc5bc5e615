//! The record of a profile: in localStorage its public half, in the vault the secrets too.
//!
//! Records of other versions of the console are read as far as they go: unknown fields are ignored, and a field that is
//! missing or of another type has its default.

use super::profile::{ProfileChange, ProfileSummary};
use super::secret_json::{read_string, write};
use super::{Keyring, ProfileId};
use crate::sign::Secret;
use indexmap::{IndexMap, IndexSet};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use zeroize::Zeroizing;

#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
pub(super) struct ProfileRecord<'a> {
    /// `None`: a number, from before there were ids. It was of use for one page only.
    #[serde(deserialize_with = "lenient")]
    pub(super) id: Option<ProfileId>,
    #[serde(deserialize_with = "lenient")]
    pub(super) name: String,
    #[serde(deserialize_with = "lenient")]
    pub(super) provider: String,
    #[serde(deserialize_with = "lenient")]
    pub(super) kind: String,
    #[serde(deserialize_with = "lenient")]
    pub(super) region: String,
    #[serde(deserialize_with = "lenient")]
    pub(super) expires: Option<i64>,
    #[serde(deserialize_with = "lenient")]
    pub(super) remembered: bool,
    #[serde(rename = "memo", deserialize_with = "lenient")]
    pub(super) metadata: String,
    #[serde(deserialize_with = "lenient")]
    pub(super) chosen: bool,
    #[serde(rename = "public", deserialize_with = "lenient")]
    pub(super) public_values: IndexMap<String, String>,
    /// Written for older versions of the console.
    #[serde(rename = "held", deserialize_with = "lenient")]
    pub(super) secrets_present: Vec<String>,
    /// The labels of what the simulation has given, no credential for a cloud on the next page either; in the vault only.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Vec::is_empty")]
    pub(super) simulated: Vec<String>,
    /// The secrets by label; in the vault only.
    #[serde(borrow, deserialize_with = "lenient_secrets", skip_serializing_if = "IndexMap::is_empty")]
    pub(super) values: IndexMap<String, SecretText<'a>>,
}

/// A secret that is written, or that was read and is JSON still.
#[derive(Clone, Copy)]
pub(super) enum SecretText<'a> {
    Held(&'a Secret),
    Json(&'a RawValue),
}

impl Serialize for SecretText<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Held(secret) => secret.with(|text| serializer.serialize_str(text)),
            Self::Json(value) => value.serialize(serializer),
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for SecretText<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Deserialize::deserialize(deserializer).map(Self::Json)
    }
}

impl SecretText<'_> {
    /// A secret of its own. `None`: it is no text, or empty.
    fn secret(self, label: &str) -> Option<Secret> {
        let secret = match self {
            Self::Held(secret) => secret.with(Secret::exact),
            Self::Json(value) => Secret::typed(label, &read_string(value)?),
        };
        (!secret.is_empty()).then_some(secret)
    }
}

/// A field of another type than it should be has its default.
fn lenient<'de, D: Deserializer<'de>, T: DeserializeOwned + Default>(deserializer: D) -> Result<T, D::Error> {
    let value: &RawValue = Deserialize::deserialize(deserializer)?;
    Ok(serde_json::from_str(value.get()).unwrap_or_default())
}

/// The same for secrets, which must not get into the text of an error.
fn lenient_secrets<'de, D: Deserializer<'de>>(deserializer: D) -> Result<IndexMap<String, SecretText<'de>>, D::Error> {
    let value: &RawValue = Deserialize::deserialize(deserializer)?;
    Ok(if is_object(value) { serde_json::from_str(value.get()).unwrap_or_default() } else { IndexMap::new() })
}

fn is_object(value: &RawValue) -> bool {
    value.get().starts_with('{')
}

impl<'a> ProfileRecord<'a> {
    /// The records in a text. What cannot be read is left out.
    pub(super) fn read_all(text: &'a str) -> Vec<Self> {
        let values: Vec<&RawValue> = if text.trim_start().starts_with('[') {
            serde_json::from_str(text).unwrap_or_default()
        } else {
            Vec::new()
        };
        values
            .into_iter()
            .filter(|value| is_object(value))
            .filter_map(|value| serde_json::from_str(value.get()).ok())
            .collect()
    }

    pub(super) fn write_all(records: &[Self]) -> Zeroizing<String> {
        write(&records)
    }

    fn new(summary: ProfileSummary) -> Self {
        Self {
            id: Some(summary.id),
            name: summary.name,
            provider: summary.provider,
            kind: summary.kind,
            region: summary.region,
            expires: summary.expires,
            remembered: summary.remembered,
            metadata: summary.metadata,
            chosen: summary.chosen,
            public_values: summary.public_values.into_iter().collect(),
            secrets_present: summary.secrets_present,
            simulated: Vec::new(),
            values: IndexMap::new(),
        }
    }

    /// What was typed, public or secret, by label; empty texts are left out.
    pub(super) fn typed(&self) -> Vec<(String, Secret)> {
        let public = self.public_values.iter().map(|(label, text)| (label.clone(), Secret::new(text)));
        let secret = self.values.iter().filter_map(|(label, text)| Some((label.clone(), text.secret(label)?)));
        public.filter(|(_, text)| !text.is_empty()).chain(secret).collect()
    }

    /// Whether nothing was typed for the profile and nothing set.
    pub(super) fn is_untouched(&self) -> bool {
        let set = [&self.name, &self.region, &self.metadata].into_iter().any(|text| !text.is_empty());
        !self.remembered && !set && self.typed().is_empty()
    }

    /// What a person needs to know which profile it is.
    pub(super) fn summary(&self) -> ProfileSummary {
        let (id, name) = (self.id.unwrap_or_default(), self.name.clone());
        let (provider, kind) = (self.provider.clone(), self.kind.clone());
        ProfileSummary { id, name, provider, kind, number: 1, ..ProfileSummary::default() }
    }

    /// Everything of it, for a profile that is new.
    pub(super) fn change(&self) -> ProfileChange {
        ProfileChange {
            id: self.id,
            name: Some(self.name.clone()),
            provider: Some(self.provider.clone()),
            kind: Some(self.kind.clone()).filter(|kind| !kind.is_empty()),
            region: Some(self.region.clone()),
            expires: Some(self.expires),
            remembered: Some(self.remembered),
            metadata: Some(self.metadata.clone()),
            chosen: false,
            values: self.typed(),
        }
    }
}

impl Keyring {
    /// The public half of all profiles as JSON.
    pub fn public_records(&self) -> String {
        let records: Vec<ProfileRecord<'_>> = self.summaries().into_iter().map(ProfileRecord::new).collect();
        std::mem::take(&mut *ProfileRecord::write_all(&records))
    }

    /// The same for the profiles that the user wants remembered: for this browser to keep.
    pub fn remembered_records(&self) -> String {
        let remembered = self.summaries().into_iter().filter(|summary| summary.remembered);
        let records: Vec<ProfileRecord<'_>> = remembered.map(ProfileRecord::new).collect();
        std::mem::take(&mut *ProfileRecord::write_all(&records))
    }

    /// The same beside what another tab has written there: the profiles that this page has never known stay.
    pub fn remembered_beside(&self, stored: &str, known: &IndexSet<ProfileId>) -> String {
        let remembered = self.summaries().into_iter().filter(|summary| summary.remembered);
        let others = ProfileRecord::read_all(stored);
        let others = others.into_iter().filter(|record| record.id.is_some_and(|id| !known.contains(&id)));
        let records: Vec<ProfileRecord<'_>> = remembered.map(ProfileRecord::new).chain(others).collect();
        std::mem::take(&mut *ProfileRecord::write_all(&records))
    }

    /// All profiles with their secrets, for the vault to seal.
    pub fn sealed_records(&self) -> Zeroizing<String> {
        ProfileRecord::write_all(&self.records())
    }

    /// All profiles with their secrets.
    pub(super) fn records(&self) -> Vec<ProfileRecord<'_>> {
        let record = |summary: ProfileSummary| {
            let id = summary.id;
            let secrets = self.secrets(id).map(|(label, secret)| (label.to_owned(), SecretText::Held(secret)));
            let simulated = self.inputs(id).map(|(label, _)| label).filter(|label| self.holds_example(id, label));
            ProfileRecord {
                values: secrets.collect(),
                simulated: simulated.map(str::to_owned).collect(),
                ..ProfileRecord::new(summary)
            }
        };
        self.summaries().into_iter().map(record).collect()
    }
}
