//! What the columns of a table mean.

use super::Table;
use crate::fleet::FleetAct;

/// What a column is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Column {
    Provider,
    Region,
    /// The instance: the field that the impact of the act names.
    Subject,
    Act,
    /// Any other field, by the API's own name.
    Field(String),
    /// The name of a profile.
    Profile,
    #[default]
    Ignored,
}

impl Column {
    /// A word for it, as the value of a choice.
    pub fn key(&self) -> String {
        match self {
            Self::Provider => String::from("provider"),
            Self::Region => String::from("region"),
            Self::Subject => String::from("subject"),
            Self::Act => String::from("act"),
            Self::Field(name) => format!("field {name}"),
            Self::Profile => String::from("profile"),
            Self::Ignored => String::new(),
        }
    }

    /// The column of such a word.
    pub fn from_key(key: &str) -> Self {
        match key {
            "provider" => Self::Provider,
            "region" => Self::Region,
            "subject" => Self::Subject,
            "act" => Self::Act,
            "profile" => Self::Profile,
            other => other.strip_prefix("field ").map_or(Self::Ignored, |name| Self::Field(name.to_owned())),
        }
    }

    /// Everything that a column can be for these acts, in the order of a choice.
    pub fn all(_acts: &[FleetAct]) -> Vec<Self> {
        Vec::new()
    }
}

/// What each column of a table is probably about, by its name, or by its values where it has none.
pub fn guess_columns(_table: &Table, _acts: &[FleetAct]) -> Vec<Column> {
    Vec::new()
}
