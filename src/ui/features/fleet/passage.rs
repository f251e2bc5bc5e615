//! Through which connection the rows go: a fleet keeps its own, whatever is chosen at the top of the page.

use crate::outcome::Severity;
use crate::proxy::ConnectionKind;
use crate::ui::components::alert::Notice;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::{RowsPassage, fleet_words};
use leptos::prelude::*;

/// Says it, and lets the bar of the simulation say it too where the rows are really sent.
#[component]
pub(crate) fn Passage() -> impl IntoView {
    let stores = use_stores();
    let bar = stores.fleets.really_sent;
    Effect::new(move |_| bar.set(stores.fleet().real_connection().map(|name| (fleet_words().really_sent)(&name))));
    on_cleanup(move || bar.set(None));
    let passage = Memo::new(move |_| passage(stores));
    // The run and its report name their connection themselves.
    let has_begun = Memo::new(move |_| stores.fleet().progress().is_some());
    move || {
        let passage = passage.get();
        let text = (fleet_words().passage)(&passage);
        match (passage.is_apart, has_begun.get()) {
            (true, _) => Some(view! { <Notice severity=Severity::Warning text=text/> }.into_any()),
            (false, false) => Some(view! { <p class="muted" data-passage=passage.connection>{text}</p> }.into_any()),
            (false, true) => None,
        }
    }
}

fn passage(stores: Stores) -> RowsPassage {
    let fleet = stores.fleet();
    fleet.version();
    let chosen = stores.settings.connection();
    let own = fleet.with(|fleet| (fleet.head.connection.clone(), fleet.rows.is_empty()));
    let (connection, is_empty) = own.unwrap_or_else(|| (chosen.name.clone(), true));
    let is_apart = connection != chosen.name;
    let is_simulated = match is_apart {
        true => fleet.is_simulated(),
        false => chosen.kind == ConnectionKind::Sandbox,
    };
    RowsPassage { connection, is_simulated, is_empty, is_apart }
}
