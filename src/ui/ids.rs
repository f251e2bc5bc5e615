//! Ids of the parts that the focus goes to from anywhere.

/// The part of the page below the header and beside the list of operations.
pub(crate) const MAIN_ID: &str = "main";
/// The heading that gets the focus after navigation.
pub(crate) const TITLE_ID: &str = "page-title";
/// The form of an operation.
pub(crate) const FORM_ID: &str = "form";
/// The choice of the connection, at the top of every page.
pub(crate) const CONNECTION_ID: &str = "connection";
