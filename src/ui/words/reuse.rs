//! The words of links, exports and pasted commands.

use crate::export::Labels;
use crate::form::Misfit;
use crate::import::{Recognised, Unrecognised};

#[derive(Debug)]
pub(crate) struct ReuseWords {
    pub(crate) link_lead: &'static str,
    /// Completes the name of the button: "Copy link …".
    pub(crate) link: &'static str,
    pub(crate) copy_link: &'static str,
    /// These fields are not in the link.
    pub(crate) withheld: fn(&[String]) -> String,
    /// These fields were filled by a pasted command.
    pub(crate) filled_by_command: fn(&str) -> String,
    /// The names of fields in a row, those that a person reads.
    pub(crate) names: fn(&[String]) -> String,
    /// What did not fit, and why.
    pub(crate) not_filled: fn(&[Misfit]) -> String,
    pub(crate) copy_markdown: &'static str,
    /// Completes the name of the button: "Copy as Markdown …".
    pub(crate) markdown: &'static str,
    pub(crate) download_har: &'static str,
    pub(crate) download_session: &'static str,
    pub(crate) download_refused: &'static str,
    pub(crate) masked: &'static str,
    pub(crate) body_withheld: &'static str,
    pub(crate) body_cut: &'static str,
    /// The form with the text.
    pub(crate) import: &'static str,
    pub(crate) import_lead: &'static str,
    pub(crate) import_text: &'static str,
    /// What can be pasted, with these tools of vendors.
    pub(crate) import_help: fn(&[String]) -> String,
    pub(crate) recognised: fn(&Recognised) -> String,
    pub(crate) unrecognised: fn(&Unrecognised) -> String,
    pub(crate) goes_in: &'static str,
    /// The text holds these parts of a credential.
    pub(crate) holds_secrets: fn(&[&str]) -> String,
    pub(crate) save_credential: &'static str,
    pub(crate) fill: &'static str,
    pub(crate) fills_only: &'static str,
    /// The words in an export as Markdown.
    pub(crate) labels: Labels,
}
