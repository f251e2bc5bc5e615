//! The two clocks: what is known of the server's, and whether signatures follow it.

use super::Panels;
use crate::clock::NOTABLE_SKEW;
use crate::ui::dom::{Child, el, live};
use crate::ui::host::Command;
use crate::ui::words::words;
use crate::ui::widgets::{Icon, button, with_icon};
use leptos::prelude::*;

/// After an answer of a server whose clock is another: signing with its time. Only the user turns that on.
pub(super) fn offer(panels: Panels, skew: Option<i64>) -> Child {
    let Some(skew) = skew.filter(|skew| skew.abs() >= NOTABLE_SKEW) else { return Child::none() };
    live(move || {
        let offset = panels.context.with(|context| context.offset);
        // Compared roughly: an answer takes its time.
        let follows = (offset - skew).abs() < NOTABLE_SKEW;
        let apply = move |_| panels.set_offset(skew);
        let offer = || button("button").on("click", apply).child(words().use_server_time).into();
        if follows { applied(panels, offset) } else { offer() }
    })
    .into()
}

/// Says that signatures follow another clock, while they do.
pub(super) fn applied(panels: Panels, offset: i64) -> Child {
    if offset == 0 {
        return Child::none();
    }
    let line =
        with_icon(el("p").class("notice").attr("data-tone", "unsure"), Icon::Unsure, (words().explain.clock_offset)(offset));
    let undo = button("button quiet").on("click", move |_| panels.set_offset(0)).child(words().use_own_time);
    Child::many([line, undo])
}

impl Panels {
    /// The user's wish for the server that the operation on the screen is sent to, and for no other.
    fn set_offset(self, seconds: i64) {
        let server = self.context.with_untracked(|context| (context.connection.clone(), context.provider.clone()));
        self.offsets.update_value(|offsets| offsets.insert(server, seconds));
        self.follow_clock();
        self.announce(&if seconds == 0 { words().use_own_time.to_owned() } else { (words().explain.clock_offset)(seconds) });
    }

    /// Has the first program sign with the time of the server that is on the screen now.
    pub(super) fn follow_clock(self) {
        let (server, used) = self
            .context
            .with_untracked(|context| ((context.connection.clone(), context.provider.clone()), context.offset));
        let wanted =
            self.offsets.with_value(|offsets| offsets.find(|other| *other == server).copied()).unwrap_or_default();
        if wanted != used {
            self.ask(Command::Offset, &wanted.to_string());
        }
    }
}
