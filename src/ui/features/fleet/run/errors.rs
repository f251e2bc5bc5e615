//! What went wrong, each kind once, with what the error catalogue says of it.

use super::table::Shown;
use crate::fleet::{Trouble, TroubleGroup};
use crate::follow::Why;
use crate::ui::state::site::CatalogueState;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::fleet_words;
use leptos::prelude::*;
use std::collections::HashMap;
use wasm_bindgen_futures::spawn_local;

/// So many kinds are shown.
const MOST: usize = 20;

/// The errors of the run.
#[component]
pub(super) fn Errors(
    /// What the table shows.
    shown: Shown,
) -> impl IntoView {
    let stores = use_stores();
    let fleet = stores.fleet();
    let files: Files = StoredValue::new(HashMap::new());
    // Every row is looked at, so only while there is something to find.
    let troubles = Memo::new(move |_| {
        fleet.version();
        if fleet.counts().failures() == 0 {
            Vec::new()
        } else {
            fleet.with(|fleet| fleet.troubles()).unwrap_or_default()
        }
    });
    Effect::new(move |_| {
        for (api, ..) in troubles.with(|troubles| troubles.iter().filter_map(refused).collect::<Vec<_>>()) {
            if let Some(file) = catalogue_file(stores, files, &api) {
                spawn_local(async move { stores.site.load_catalogue(&file).await });
            }
        }
    });
    let items = move || {
        let troubles = troubles.get().into_iter().take(MOST);
        troubles.map(|trouble| group(stores, files, shown, trouble)).collect_view()
    };
    let any = Memo::new(move |_| troubles.with(|troubles| !troubles.is_empty()));
    move || {
        any.get().then(|| {
            view! {
                <section class="fleet-errors" aria-labelledby="fleet-errors-title">
                    <h3 id="fleet-errors-title">{fleet_words().errors}</h3>
                    <ul>{move || items()}</ul>
                </section>
            }
            .into_any()
        })
    }
}

/// The API and the code of a refusal.
fn refused(group: &TroubleGroup) -> Option<(String, String, u16)> {
    match &group.trouble {
        Trouble::Refused { code, status } if !code.is_empty() => Some((group.api.clone(), code.clone(), *status)),
        Trouble::Unknown(Why::Refused(refusal)) if !refusal.code.is_empty() => {
            Some((group.api.clone(), refusal.code.clone(), refusal.status))
        }
        _ => None,
    }
}

/// The files of the error catalogues by API: a description is read once for that.
type Files = StoredValue<HashMap<String, Option<String>>>;

fn catalogue_file(stores: Stores, files: Files, api: &str) -> Option<String> {
    if let Some(known) = files.with_value(|files| files.get(api).cloned()) {
        return known;
    }
    let own = untrack(|| stores.site.api(api))?;
    let file = own.operations.iter().find_map(|entry| own.operation(&entry.id)?.ok()?.errors);
    files.update_value(|files| drop(files.insert(api.to_owned(), file.clone())));
    file
}

fn group(stores: Stores, files: Files, shown: Shown, trouble: TroubleGroup) -> AnyView {
    let entry = refused(&trouble).and_then(|(api, code, status)| {
        stores.site.track_catalogues();
        match stores.site.catalogue(&catalogue_file(stores, files, &api)?)? {
            CatalogueState::Ready(catalogue) => catalogue
                .find(&code, status, &trouble.message)
                .map(|entry| (entry.meaning.clone(), entry.remedy.clone())),
            _ => None,
        }
    });
    let (meaning, remedy) = entry.unwrap_or_else(|| {
        ((fleet_words().trouble_meaning)(&trouble.trouble), (fleet_words().trouble_remedy)(&trouble.trouble))
    });
    let title = (fleet_words().trouble)(&trouble.trouble);
    let count = trouble.rows.len();
    let message = (!title.contains(&trouble.message))
        .then(|| view! { <p class="muted breakable">{trouble.message.clone()}</p> }.into_any());
    let remedy = (!remedy.is_empty()).then(|| view! { <p><b>{fleet_words().remedy}": "</b>{remedy}</p> }.into_any());
    let name = format!("{}: {title}", fleet_words().show_rows);
    let is_known = !matches!(trouble.trouble, Trouble::Unknown(_) | Trouble::NotSeen(_));
    let tone = if is_known { "bad" } else { "unsure" };
    let rows = trouble.rows;
    let show = move |_| shown.only(rows.clone());
    view! {
        <li class="fleet-error" data-tone=tone>
            <p><b class="breakable">{title}</b>" "<span>{(fleet_words().rows)(count)}</span></p>
            {message}
            <p>{meaning}</p>
            {remedy}
            <button type="button" class="button quiet" data-action="fleet-show-rows" aria-label=name on:click=show>
                {fleet_words().show_rows}
            </button>
        </li>
    }
    .into_any()
}
