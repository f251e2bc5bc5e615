//! Small pieces without knowledge of the application: they get what they need as arguments.

mod copy;
mod explain;
mod icon;
mod theme;

pub(super) use copy::copy_button;
pub(super) use explain::explained;
pub(super) use icon::{Icon, icon};
pub(super) use theme::{Theme, choose_theme, remembered_theme, theme_button};

use super::dom::{Child, El, el};

/// A heading or line that begins with an icon.
pub(super) fn with_icon(element: El, mark: Icon, text: impl Into<Child>) -> El {
    element.child(icon(mark)).child(" ").child(el("span").child(text))
}

/// A button that submits nothing.
pub(super) fn button(class: &'static str) -> El {
    el("button").attr("type", "button").class(class)
}

/// Something that opens on demand.
pub(super) fn details(summary: impl Into<Child>, content: impl Into<Child>) -> El {
    el("details").child(el("summary").child(summary)).child(content)
}

/// Text as an API prints it; breaks anywhere rather than widen the page.
pub(super) fn code(text: impl Into<Child>) -> El {
    el("code").class("breakable").child(text)
}

/// The items of a list.
pub(super) fn items<C: Into<Child>>(items: impl IntoIterator<Item = C>) -> Child {
    Child::many(items.into_iter().map(|item| el("li").child(item)))
}

/// The region of the answer.
pub(super) const RESPONSE_ID: &str = "response";

/// A duration in milliseconds; no call lasts longer than 64 bits can count.
pub(super) fn milliseconds(duration: std::time::Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
