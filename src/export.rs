//! An [`Exchange`](crate::call::Exchange), or a [`Record`](crate::history::Record) of one, for people and programs outside:
//! HAR 1.2, and Markdown for a ticket.
//!
//! Both are made of what the screen shows of a call, so secrets are masked in them, and a body that is withheld on the
//! screen is left out. The core has the layout; what is said besides the facts comes from the words of the screen.

mod exported;
mod har;
mod markdown;
#[cfg(test)]
mod tests;

pub use exported::ExportedCall;
pub use har::{HarRemarks, har};
pub(crate) use markdown::plain;
pub use markdown::{ExportedMeaning, Labels, markdown};
