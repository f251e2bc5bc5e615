//! An address that leads nowhere.

use super::{narrow, page_title};
use crate::ui::dom::{El, el};
use crate::ui::route::Route;
use crate::ui::state::AppState;
use crate::ui::text;
use crate::ui::widgets::code;

/// Says so, and shows the way home.
pub(super) fn unknown(state: AppState, place: String) -> El {
    let home = el("a").class("button primary").attr("href", Route::Home.to_hash()).child(text::BACK_HOME);
    narrow()
        .child(page_title(state, text::UNKNOWN_TITLE))
        .child(el("p").class("lead").child(text::UNKNOWN_LEAD).child(" ").child(code(place)))
        .child(el("p").child(home))
}
