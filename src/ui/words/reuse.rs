//! The words of links, exports and pasted commands.

use crate::export::Labels;
use crate::form::Misfit;

#[derive(Debug)]
pub(crate) struct ReuseWords {
    pub(crate) link_lead: &'static str,
    pub(crate) link: &'static str,
    pub(crate) copy_link: &'static str,
    /// These fields are not in the link.
    pub(crate) withheld: fn(&[String]) -> String,
    /// These fields were filled by a pasted command.
    pub(crate) filled_by_command: fn(&str) -> String,
    /// What did not fit, and why.
    pub(crate) not_filled: fn(&[Misfit]) -> String,
    pub(crate) copy_markdown: &'static str,
    pub(crate) markdown: &'static str,
    pub(crate) download_har: &'static str,
    pub(crate) download_session: &'static str,
    pub(crate) download_refused: &'static str,
    pub(crate) masked: &'static str,
    pub(crate) body_withheld: &'static str,
    /// The words in an export as Markdown.
    pub(crate) labels: Labels,
}
