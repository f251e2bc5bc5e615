//! The report on the screen: what the run was, what is not well and why, what was set aside, the digest of the rows.

use super::{labels, make};
use crate::fleet::report::{SetAside, Unwell};
use crate::fleet::{FleetStage, Row, RowEnd, RowId};
use crate::ui::features::fleet::acts::Acts;
use crate::ui::features::fleet::plan::reason;
use crate::ui::features::fleet::run::Counted;
use crate::ui::platform::dates;
use crate::ui::state::fleet::FleetStore;
use crate::ui::state::use_stores;
use crate::ui::words::fleet_words;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// So many kinds are shown, and so many instances of each.
const MOST_KINDS: usize = 30;
const MOST_ROWS: usize = 8;

/// What the run was, and how many rows became what.
#[component]
pub(super) fn Facts() -> impl IntoView {
    let fleet = use_stores().fleet();
    let facts = move || {
        fleet.version();
        let head = fleet.head()?;
        let labels = labels();
        let time = |time: Option<time::OffsetDateTime>| {
            time.map(|time| dates::local(time.unix_timestamp())).unwrap_or_default()
        };
        let fact = |label: &'static str, value: String| {
            (!value.is_empty()).then(|| view! { <dt>{label}</dt><dd class="breakable">{value}</dd> }.into_any())
        };
        let facts = [
            fact(fleet_words().fleet, head.name),
            fact(labels.connection, head.connection),
            fact(labels.started, time(head.started)),
            fact(labels.ended, time(head.ended)),
            fact(labels.stopped, time(head.stopped)),
            fact(labels.rows, fleet.counts().all().to_string()),
        ];
        let simulated = fleet.is_simulated().then(|| view! { <p>{labels.simulated}</p> }.into_any());
        Some(view! { <dl class="facts">{facts.into_iter().collect_view()}</dl>{simulated} }.into_any())
    };
    view! {
        {move || facts()}
        <Counted/>
    }
}

/// The rows that are not as they were wanted, each reason once.
#[component]
pub(super) fn NotWell(acts: Acts) -> impl IntoView {
    let fleet = use_stores().fleet();
    let kinds = Memo::new(move |_| {
        fleet.version();
        acts.track();
        fleet
            .with(|fleet| {
                fleet.unwell(&|row| match row.end() {
                    Some(RowEnd::NotPlanned(_)) => outcome(acts, row),
                    _ => (fleet_words().row_kind)(row),
                })
            })
            .unwrap_or_default()
    });
    let item = move |kind: Unwell| {
        let message = (!kind.outcome.contains(&kind.message))
            .then(|| view! { <p class="muted breakable">{kind.message.clone()}</p> }.into_any());
        view! {
            <li data-state=kind.group.name()>
                <p><b class="breakable">{kind.outcome}</b>" "<span>{(fleet_words().rows)(kind.rows.len())}</span></p>
                {message}
                <p class="muted breakable">{instances(fleet, &kind.rows)}</p>
            </li>
        }
        .into_any()
    };
    let list = move || {
        let kinds = kinds.get();
        if kinds.is_empty() {
            return view! { <p>{fleet_words().all_well}</p> }.into_any();
        }
        let left: usize = kinds.iter().skip(MOST_KINDS).map(|kind| kind.rows.len()).sum();
        let left = (left != 0).then(|| view! { <p class="muted">{(fleet_words().rows_left)(left)}</p> }.into_any());
        let items = kinds.into_iter().take(MOST_KINDS).map(item).collect_view();
        view! { <ul class="report-list">{items}</ul>{left} }.into_any()
    };
    view! {
        <section aria-labelledby="report-not-well">
            <h2 id="report-not-well">{fleet_words().not_well}</h2>
            {move || list()}
        </section>
    }
}

/// What became of a row, with what the plan read where that kept it from being sent.
pub(super) fn outcome(acts: Acts, row: &Row) -> String {
    let reason = if matches!(row.end(), Some(RowEnd::NotPlanned(_))) { reason(acts, row) } else { String::new() };
    (fleet_words().row_outcome)(row, &reason)
}

/// The first instances by name and region, for two regions may have the same name, and how many more there are.
fn instances(fleet: FleetStore, rows: &[RowId]) -> String {
    let name = |row: Row| match row.spec.region.as_str() {
        "" => row.spec.subject,
        region => format!("{} ({region})", row.spec.subject),
    };
    let names = rows.iter().take(MOST_ROWS).filter_map(|id| fleet.row(*id)).map(name);
    let names = names.collect::<Vec<_>>().join(", ");
    match rows.len().saturating_sub(MOST_ROWS) {
        0 => names,
        more => format!("{names} {}", (fleet_words().and_more)(more)),
    }
}

/// What the user set aside; nothing where there is none.
#[component]
pub(super) fn Overridden() -> impl IntoView {
    let fleet = use_stores().fleet();
    let kinds = Memo::new(move |_| {
        fleet.version();
        fleet.with(|fleet| fleet.set_aside()).unwrap_or_default()
    });
    let item = move |own: SetAside| {
        let rows = if own.rows.is_empty() { fleet_words().whole_fleet.to_owned() } else { instances(fleet, &own.rows) };
        view! {
            <li>
                <p class="breakable">"“"{own.words}"”"</p>
                <p class="muted breakable">{dates::local(own.at)}" · "{rows}</p>
            </li>
        }
        .into_any()
    };
    move || {
        let kinds = kinds.get();
        (!kinds.is_empty()).then(|| {
            let items = kinds.into_iter().map(item).collect_view();
            view! {
                <section aria-labelledby="report-overridden">
                    <h2 id="report-overridden">{labels().overridden}</h2>
                    <ul class="report-list">{items}</ul>
                </section>
            }
            .into_any()
        })
    }
}

/// The digest of the rows, once all of them have an end: before, it would change.
#[component]
pub(super) fn Digest(acts: Acts) -> impl IntoView {
    let stores = use_stores();
    let fleet = stores.fleet();
    let digest = RwSignal::new(None::<String>);
    // Another number for other rows. `None`: the run is not over.
    let rows = Memo::new(move |_| {
        let version = fleet.version();
        (fleet.stage() == Some(FleetStage::Over)).then(|| (fleet.visit(), version))
    });
    Effect::new(move |_| {
        digest.set(None);
        let Some(own) = rows.get() else { return };
        // Each row says with which description it was made.
        if !stores.site.have_come() {
            return;
        }
        spawn_local(async move {
            let report = make(stores, acts).await;
            // The page may have been left, or a row may have begun again.
            if rows.try_get_untracked() == Some(Some(own)) {
                digest.try_set(report.map(|report| report.sha256));
            }
        });
    });
    let text = move || match (rows.get(), digest.get()) {
        (_, Some(digest)) => view! { <p><code class="breakable" data-sha256="">{digest}</code></p> }.into_any(),
        (Some(_), None) => view! { <p class="muted">{fleet_words().making_report}</p> }.into_any(),
        (None, None) => view! { <p class="muted">{fleet_words().digest_later}</p> }.into_any(),
    };
    let words = fleet_words();
    view! {
        <section aria-labelledby="report-digest">
            <h2 id="report-digest">{labels().sha256}</h2>
            {move || text()}
            <p class="muted">{words.report_compare}" "<code class="breakable">{words.report_command}</code></p>
        </section>
    }
}
