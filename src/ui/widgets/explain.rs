//! A message: what happened, why, and what to do.

use super::{Icon, items, with_icon};
use crate::outcome::Severity;
use crate::ui::dom::{Child, El, el};
use crate::ui::words::{Message, words};

/// Shows a [`Message`].
pub(crate) fn explained(message: &Message) -> El {
    let (tone, mark) = match message.severity {
        Severity::Success => ("good", Icon::Good),
        Severity::Warning => ("unsure", Icon::Unsure),
        Severity::Error => ("bad", Icon::Bad),
    };
    let remedies = if message.remedies.is_empty() {
        Child::none()
    } else {
        Child::many([
            el("h4").child(words().do_next),
            el("ol").class("next").child(items(message.remedies.iter().map(String::as_str))),
        ])
    };
    let causes = (!message.causes.is_empty())
        .then(|| el("ul").class("causes").child(items(message.causes.iter().map(String::as_str))));
    el("div")
        .class("explanation")
        .attr("data-tone", tone)
        .child(with_icon(el("h3").class("explanation-title"), mark, message.title.as_str()))
        .child(causes)
        .child(remedies)
}
