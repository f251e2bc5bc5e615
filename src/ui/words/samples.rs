//! The words around code samples. The samples themselves are files in `src/samples/templates`.

use crate::samples::SampleError;

#[derive(Debug)]
pub(crate) struct SampleWords {
    /// The list of kinds.
    pub(crate) kind: &'static str,
    /// The sample itself, for screen readers.
    pub(crate) text: &'static str,
    /// Completes the name of the button that copies.
    pub(crate) copied: &'static str,
    /// The button that saves a file of this name.
    pub(crate) save: fn(&str) -> String,
    /// Which environment variables must be set, and which may be.
    pub(crate) variables: fn(&[String], &[String]) -> String,
    /// The fields that are empty or wrong.
    pub(crate) missing: fn(&[String]) -> String,
    /// The file with the vendor's tools did not come, or cannot be read; the complaint.
    pub(crate) no_tools: fn(&str) -> String,
    pub(crate) error: fn(&SampleError) -> String,
}
