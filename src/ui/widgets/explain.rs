//! An explanation: what happened, why, and what to do.

use super::{Icon, items, with_icon};
use crate::outcome::describe::{Explanation, Tone};
use crate::ui::dom::{Child, El, el};
use crate::ui::words::words;

/// Shows an [`Explanation`].
pub(crate) fn explained(explanation: &Explanation) -> El {
    let (tone, mark) = match explanation.tone {
        Tone::Good => ("good", Icon::Good),
        Tone::Unsure => ("unsure", Icon::Unsure),
        Tone::Bad => ("bad", Icon::Bad),
    };
    let next = if explanation.next.is_empty() {
        Child::none()
    } else {
        Child::many([
            el("h4").child(words().do_next),
            el("ol").class("next").child(items(explanation.next.iter().map(String::as_str))),
        ])
    };
    let causes = (!explanation.causes.is_empty())
        .then(|| el("ul").class("causes").child(items(explanation.causes.iter().map(String::as_str))));
    el("div")
        .class("explanation")
        .attr("data-tone", tone)
        .child(with_icon(el("h3").class("explanation-title"), mark, explanation.title.as_str()))
        .child(causes)
        .child(next)
}
