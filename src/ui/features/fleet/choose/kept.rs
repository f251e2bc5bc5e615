//! Fleets that this browser keeps, and plans from files.

use super::add::can_add;
use super::import::Import;
use crate::ui::features::fleet::KeptFleets;
use crate::ui::state::use_stores;
use crate::ui::words::fleet_plan_words;
use leptos::prelude::*;

/// The list of fleets, and the input for a plan.
#[component]
pub(super) fn Kept() -> impl IntoView {
    let stores = use_stores();
    let can_import = Memo::new(move |_| can_add(stores));
    view! {
        <p class="field-help">{fleet_plan_words().kept_lead}</p>
        <KeptFleets/>
        <Import can_import=can_import/>
    }
}
