//! A profile: what is stored of it in memory, what the screen shows of it, and what can be changed.

use super::ProfileId;
use crate::sign::{ADDED_BY_PROXY, ANONYMOUS, Secret};
use indexmap::IndexMap;

/// The public half of a credential, for one provider.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Profile {
    pub id: ProfileId,
    /// What the user calls it; empty for the one that every provider begins with.
    pub name: String,
    pub provider: String,
    /// The kind of credential: [`crate::catalog::Scheme::credential_kind`], or [`ADDED_BY_PROXY`].
    pub kind: String,
    /// The region that it is for; empty for any.
    pub region: String,
    /// When its credentials end, by kind, in seconds since 1970, as far as that is known.
    pub(super) ends: IndexMap<String, i64>,
    /// The browser keeps the public half.
    pub remembered: bool,
    /// What the screen keeps with it, as JSON; nothing secret.
    pub metadata: String,
}

impl Profile {
    /// When the credential ends, in seconds since 1970, if that is known.
    pub fn expires(&self) -> Option<i64> {
        self.ends.get(&self.kind).copied()
    }
}

/// Everything that may be shown of a profile.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct ProfileSummary {
    pub id: ProfileId,
    /// Empty for the one that every provider begins with.
    pub name: String,
    pub provider: String,
    pub kind: String,
    /// Empty for any.
    pub region: String,
    /// Seconds since 1970.
    pub expires: Option<i64>,
    pub remembered: bool,
    /// It signs for its provider.
    pub chosen: bool,
    /// Label and text of the inputs that are not secret.
    pub public_values: Vec<(String, String)>,
    /// The labels of the secrets that are in memory.
    pub secrets_present: Vec<String>,
    /// What the screen keeps with it, as JSON; nothing secret.
    pub metadata: String,
    /// Its place among the profiles without a name of its provider and kind.
    pub number: usize,
}

impl ProfileSummary {
    /// Whether it cannot sign before somebody enters a secret.
    pub fn lacks_secret(&self) -> bool {
        ![ADDED_BY_PROXY, ANONYMOUS].contains(&self.kind.as_str()) && self.secrets_present.is_empty()
    }

    /// Whether nobody has made it: a page of an operation began with it, and nothing was entered.
    pub fn is_blank(&self) -> bool {
        let is_unnamed = self.name.is_empty() && self.region.is_empty() && !self.remembered;
        is_unnamed && self.public_values.is_empty() && self.lacks_secret()
    }
}

/// What is to be different in a profile; the rest stays as it is.
#[derive(Debug, Default)]
pub struct ProfileChange {
    /// `None`: a new profile.
    pub id: Option<ProfileId>,
    pub name: Option<String>,
    pub provider: Option<String>,
    pub kind: Option<String>,
    pub region: Option<String>,
    /// `Some(None)`: when the credential ends is not known any more.
    pub expires: Option<Option<i64>>,
    pub remembered: Option<bool>,
    pub metadata: Option<String>,
    /// It is to sign for its provider.
    pub chosen: bool,
    /// Texts of inputs by label; an empty one removes what is there.
    pub values: Vec<(String, Secret)>,
}
