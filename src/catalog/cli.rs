//! How a vendor's command line tool calls an API (`x-cli`). Only the program that reads pasted commands asks for it.

use super::load::Api;
use indexmap::IndexMap;
use serde::Deserialize;

/// The tool, and what its options say besides the fields of an operation.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Cli {
    /// The name of the program.
    pub command: String,
    /// What the program calls the API: by one name, or by several in its versions.
    pub service: Vec<String>,
    /// The options that name the region.
    #[serde(default)]
    pub region: Vec<String>,
    /// The options that carry a credential, by the label of its input.
    #[serde(default)]
    pub credentials: IndexMap<String, String>,
    /// The option that has the whole body as JSON.
    #[serde(default)]
    pub body: String,
    /// The option that adds headers, `NAME=VALUE` with semicolons between.
    #[serde(default)]
    pub header: String,
}

impl Api {
    /// The tool that calls this API. `None`: the description names none, or not as it should.
    pub fn cli(&self) -> Option<Cli> {
        self.document().get("x-cli").and_then(|cli| Cli::deserialize(cli).ok())
    }
}
