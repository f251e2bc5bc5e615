//! A plan that was exported, read back as rows of the fleet. They are checked again.

use super::add::{Adding, can_add, closed_words};
use crate::fleet::plan_file::{PlanFile, PlanFileError, PlanReader};
use crate::fleet::table::{TableError, decode};
use crate::fleet::{RowId, RowProblem};
use crate::outcome::Severity;
use crate::ui::components::alert::{Alert, Notice};
use crate::ui::features::fleet::acts::{acts, profiles, secrets};
use crate::ui::platform::files::{self, FileError};
use crate::ui::platform::slices::Slices;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::{fleet_plan_words, words};
use leptos::ev::Event;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

const FILE_ID: &str = "fleet-plan-file";
/// So many rows are read between two looks at the clock.
const AT_ONCE: usize = 20;
/// Rows that do not fit and are shown.
const MOST_SHOWN: usize = 50;

/// What became of a plan that was imported.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Imported {
    name: String,
    rows: usize,
    /// No row was left behind because the fleet took no more.
    is_whole: bool,
    /// Subject and reasons of the rows that do not fit.
    refused: Vec<(String, Vec<RowProblem>)>,
    /// So many profiles of the plan are not on this page.
    unknown_profiles: usize,
    /// The connection of the plan, where the fleet has another one.
    other_connection: Option<String>,
}

/// Why there is nothing to import.
#[derive(Debug, Clone, PartialEq)]
enum ImportError {
    File(FileError),
    Text(TableError),
    Plan(PlanFileError),
    /// The fleet takes no rows now.
    Closed(&'static str),
}

impl From<PlanFileError> for ImportError {
    fn from(error: PlanFileError) -> Self {
        Self::Plan(error)
    }
}

/// The input for the file, and what it brought.
#[component]
pub(super) fn Import(
    /// Whether rows can be added now.
    can_import: Memo<bool>,
) -> impl IntoView {
    let stores = use_stores();
    let text = fleet_plan_words();
    let busy = RwSignal::new(false);
    let result = RwSignal::new(None::<Result<Imported, ImportError>>);
    let choose = move |event: Event| {
        let Some(file) = files::chosen(&event).filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        result.set(None);
        spawn_local(async move {
            let imported = import(stores, file).await;
            if let Ok(imported) = &imported {
                stores.shell.announce((text.imported)(&imported.name, imported.rows, imported.refused.len()));
            }
            busy.try_set(false);
            result.try_set(Some(imported));
            files::clear(FILE_ID);
        });
    };
    let said = move || result.get().map(imported_view);
    let progress = move || busy.get().then(|| view! { <p class="progress">{words().loading}</p> }.into_any());
    view! {
        <section class="fleet-import" aria-labelledby="fleet-import">
            <h2 id="fleet-import">{text.import}</h2>
            <div class="field">
                <label for=FILE_ID>{text.import_file}</label>
                <input
                    id=FILE_ID
                    type="file"
                    data-action="fleet-import"
                    accept=".json,application/json"
                    aria-describedby="fleet-plan-file-help"
                    prop:disabled=move || !can_import.get() && !busy.get()
                    on:change=choose
                />
                <p id="fleet-plan-file-help" class="field-help">{text.import_help}</p>
            </div>
            <div role="status">{move || progress()}{move || said()}</div>
        </section>
    }
}

/// The same for a plan that stands where rows are pasted.
#[component]
pub(super) fn ImportPasted() -> impl IntoView {
    let stores = use_stores();
    let text = fleet_plan_words();
    let busy = RwSignal::new(false);
    let result = RwSignal::new(None::<Result<Imported, ImportError>>);
    let import = move |_| {
        if busy.get_untracked() || !untrack(|| can_add(stores)) {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let own = stores.fleet_choice().pasted.text();
            let imported = import_text(stores, &own).await;
            busy.try_set(false);
            result.try_set(Some(imported));
        });
    };
    let said = move || result.get().map(imported_view);
    view! {
        <Notice severity=Severity::Success text=text.is_plan/>
        <div class="actions">
            <button
                type="button"
                class="button primary"
                data-action="fleet-import"
                aria-disabled=move || (busy.get() || !can_add(stores)).to_string()
                on:click=import
            >
                {text.import}
            </button>
        </div>
        <div role="status">{move || said()}</div>
    }
}

fn imported_view(result: Result<Imported, ImportError>) -> AnyView {
    let text = fleet_plan_words();
    let imported = match result {
        Ok(imported) => imported,
        Err(ImportError::Plan(error)) => return view! { <Alert message=(text.plan_error)(&error)/> }.into_any(),
        Err(ImportError::Text(error)) => return view! { <Alert message=(text.table_error)(&error)/> }.into_any(),
        Err(ImportError::Closed(why)) => return view! { <Notice severity=Severity::Warning text=why/> }.into_any(),
        Err(ImportError::File(error)) => {
            let said = match error {
                FileError::TooLarge => (words().file_too_large)(files::LIMIT),
                FileError::Unreadable => words().file_unreadable.to_owned(),
            };
            return view! { <Notice severity=Severity::Error text=said/> }.into_any();
        }
    };
    let Imported { name, rows, is_whole, refused, unknown_profiles, other_connection } = imported;
    let severity = if refused.is_empty() && is_whole { Severity::Success } else { Severity::Warning };
    let summary = (text.imported)(&name, rows, refused.len());
    let part =
        (!is_whole).then(|| view! { <Notice severity=Severity::Warning text=(text.added_in_part)(rows)/> }.into_any());
    let other = other_connection
        .map(|name| view! { <Notice severity=Severity::Warning text=(text.other_connection)(&name)/> }.into_any());
    let unknown = (unknown_profiles != 0).then(|| {
        view! { <Notice severity=Severity::Warning text=(text.unknown_profiles)(unknown_profiles)/> }.into_any()
    });
    let all = refused.len();
    let item = |(subject, problems): (String, Vec<RowProblem>)| {
        let problems = problems.iter().map(text.problem).collect::<Vec<_>>().join(" ");
        view! { <li><code class="breakable">{subject}</code>" "{problems}</li> }.into_any()
    };
    let list = refused.into_iter().take(MOST_SHOWN).map(item).collect::<Vec<_>>();
    let title = (text.not_imported)(list.len(), all);
    let list = (!list.is_empty()).then(|| view! { <h3>{title}</h3><ul>{list}</ul> }.into_any());
    view! { <Notice severity=severity text=summary/>{part}{unknown}{other}{list} }.into_any()
}

async fn import(stores: Stores, file: web_sys::File) -> Result<Imported, ImportError> {
    let file = files::read(file).await.map_err(ImportError::File)?;
    let text = decode(&file.bytes).map_err(ImportError::Text)?;
    import_text(stores, &text).await
}

/// Adds the rows of a plan, with its limits and its order.
async fn import_text(stores: Stores, text: &str) -> Result<Imported, ImportError> {
    let closed = || ImportError::Closed(untrack(|| closed_words(stores)));
    let mut adding = Adding::begin(stores).ok_or_else(closed)?;
    let (acts, profiles) = untrack(|| (acts(stores), profiles(stores)));
    let mut slices = Slices::begin();
    let reader =
        stores.fleet().with(|fleet| PlanReader::new(text, acts.clone(), profiles.clone(), fleet.rows.values()));
    let reader = match reader {
        Some(reader) => reader?,
        None => PlanReader::new(text, acts, profiles, std::iter::empty())?,
    };
    let mut reader = reader.without_secrets(secrets(stores));
    slices.pause().await;
    while reader.read(AT_ONCE)? {
        slices.pause().await;
    }
    let plan: PlanFile = reader.finish();
    let unknown_profiles = plan.unknown_profiles;
    slices.pause().await;
    adding.ensure_fleet(&plan.name);
    let (mut specs, mut places, mut refused) = (Vec::new(), Vec::new(), Vec::new());
    for (place, row) in plan.rows.into_iter().enumerate() {
        match row.result {
            Ok(spec) => {
                specs.push(spec);
                places.push(place);
            }
            Err(problems) => refused.push((row.subject, problems)),
        }
    }
    let all = specs.len();
    let ids = adding.add(specs.into_iter()).await;
    let (rows, is_whole) = (ids.len(), ids.len() == all);
    if !is_whole {
        let other_connection = None;
        return Ok(Imported { name: plan.name, rows, is_whole, refused, unknown_profiles, other_connection });
    }
    // The places of the plan count the rows that do not fit as well.
    let id_of = |place: &usize| ids.get(places.binary_search(place).ok()?).copied();
    let mut first: Vec<RowId> = stores.fleet().head().map(|head| head.first).unwrap_or_default();
    first.extend(plan.first.iter().filter_map(id_of));
    stores.fleet().set_first(first);
    for (lane, limits) in plan.limits {
        stores.fleet().set_limits(lane, limits);
    }
    let own = stores.fleet().head().map(|head| head.connection).unwrap_or_default();
    let other_connection = (own != plan.connection).then_some(plan.connection);
    Ok(Imported { name: plan.name, rows, is_whole, refused, unknown_profiles, other_connection })
}
