//! Small pieces without knowledge of the application: they get what they need as properties.

mod copy;
mod explain;
mod icon;
mod theme;

pub(super) use copy::CopyButton;
pub(super) use explain::Explained;
pub(super) use icon::{Icon, icon};
pub(super) use theme::{ThemeButton, ThemeSelect, use_theme};
