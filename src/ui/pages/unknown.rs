//! An address that leads nowhere.

use super::{narrow, page_title};
use crate::ui::dom::{El, el};
use crate::ui::route::Route;
use crate::ui::state::AppState;
use crate::ui::words::words;
use crate::ui::widgets::code;

/// Says so, and shows the way home.
pub(super) fn unknown(state: AppState, place: String) -> El {
    let home = el("a").class("button primary").attr("href", Route::Home.to_hash()).child(words().back_home);
    narrow()
        .child(page_title(state, words().unknown_title))
        .child(el("p").class("lead").child(words().unknown_lead).child(" ").child(code(place)))
        .child(el("p").child(home))
}
