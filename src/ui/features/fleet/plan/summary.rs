//! What a plan says besides its rows: what each act does, how long it takes, and whether the credentials last.

use super::group::{Group, Grouped};
use crate::call::consequences;
use crate::catalog::Impact;
use crate::credentials::ProfileId;
use crate::fleet::call::form;
use crate::fleet::{Row, RowSpec};
use crate::ui::features::credential::time_left;
use crate::ui::features::fleet::acts::{Acts, operation_of, signer_words};
use crate::ui::platform::dates;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::fleet_plan_words;
use leptos::prelude::*;
use std::sync::Arc;
use time::OffsetDateTime;

/// One act of the plan.
#[derive(Clone, PartialEq)]
pub(in crate::ui::features::fleet) struct ActImpact {
    act: String,
    /// The act in a few words of the description ("SSL on"), and what it changes.
    pub(in crate::ui::features::fleet) short: String,
    pub(in crate::ui::features::fleet) noun: String,
    pub(in crate::ui::features::fleet) rows: usize,
    /// What happens, in one sentence.
    pub(in crate::ui::features::fleet) effect: String,
    details: Vec<String>,
}

/// The acts of the rows that will change, each with its effect.
#[component]
pub(super) fn Impacts(grouped: Memo<Arc<Grouped>>, acts: Acts) -> impl IntoView {
    let stores = use_stores();
    let text = fleet_plan_words();
    let impacts = Memo::new(move |_| {
        acts.track();
        let rows = grouped.get();
        stores
            .fleet()
            .with(|fleet| {
                let rows = rows.rows(Group::WillChange).iter().filter_map(|id| fleet.rows.get(id));
                impacts(rows, acts)
            })
            .unwrap_or_default()
    });
    let item = |impact: ActImpact| {
        let details = impact.details.into_iter().map(|text| view! { <li>{text}</li> }.into_any()).collect::<Vec<_>>();
        let details = (!details.is_empty()).then(|| {
            view! { <details><summary>{text.impact_details}</summary><ul>{details}</ul></details> }.into_any()
        });
        view! { <li><b>{(text.act_rows)(&impact.act, impact.rows)}</b><p>{impact.effect}</p>{details}</li> }.into_any()
    };
    let list = move || impacts.get().into_iter().map(item).collect_view();
    let any = Memo::new(move |_| impacts.with(|impacts| !impacts.is_empty()));
    view! {
        <Show when=move || any.get()>
            <section class="fleet-impact" aria-labelledby="fleet-impact">
                <h3 id="fleet-impact">{text.impact}</h3>
                <ul>{move || list()}</ul>
            </section>
        </Show>
    }
}

/// The acts of these rows.
pub(in crate::ui::features::fleet) fn impacts<'a>(rows: impl Iterator<Item = &'a Row>, acts: Acts) -> Vec<ActImpact> {
    let mut found: Vec<(&RowSpec, ActImpact)> = Vec::new();
    for row in rows {
        let spec = &row.spec;
        let is_same = |(other, _): &&mut (&RowSpec, ActImpact)| {
            other.api == spec.api && other.operation == spec.operation && other.act == spec.act
        };
        if let Some((_, impact)) = found.iter_mut().find(is_same) {
            impact.rows += 1;
            continue;
        }
        let operation = operation_of(acts, spec);
        let effect = operation.as_ref().and_then(|operation| {
            let draft = form(spec, row.token, operation).ok()?;
            Some(consequences(operation, &draft).effect)
        });
        let impact: Impact = operation.as_ref().and_then(|operation| operation.impact.clone()).unwrap_or_default();
        let title = operation.map(|operation| operation.api_title.clone()).unwrap_or_default();
        let act = if title.is_empty() { spec.act.clone() } else { format!("{title}: {}", spec.act) };
        let effect = Some(effect.unwrap_or(impact.summary)).filter(|effect| !effect.is_empty());
        let effect = effect.unwrap_or_else(|| fleet_plan_words().no_impact.to_owned());
        let (short, noun, details) = (spec.act.clone(), impact.noun, impact.details);
        found.push((spec, ActImpact { act, short, noun, rows: 1, effect, details }));
    }
    found.into_iter().map(|(_, impact)| impact).collect()
}

/// Whether a credential lasts.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Signer {
    name: String,
    said: String,
    tone: &'static str,
}

/// How long the run takes, how many calls it makes, and whether what signs lasts so long.
#[component]
pub(super) fn Estimate(grouped: Memo<Arc<Grouped>>) -> impl IntoView {
    let stores = use_stores();
    let text = fleet_plan_words();
    let remaining = Memo::new(move |_| {
        stores.fleet().version();
        grouped.track();
        let now = stores.fleet().now();
        stores.fleet().with(|fleet| fleet.remaining(now)).unwrap_or_default().coarse(None)
    });
    let switching = move || grouped.with(|grouped| grouped.rows(Group::WillChange).len());
    // The profiles of the rows that will change, each with one of its rows.
    let profiles = Memo::new(move |_| {
        let rows = grouped.get();
        let found = stores.fleet().with(|fleet| {
            let mut found: Vec<(Option<ProfileId>, RowSpec)> = Vec::new();
            for row in rows.rows(Group::WillChange).iter().filter_map(|id| fleet.rows.get(id)) {
                let is_same = |(profile, spec): &(Option<ProfileId>, RowSpec)| {
                    *profile == row.spec.profile && spec.provider == row.spec.provider
                };
                if !found.iter().any(is_same) {
                    found.push((row.spec.profile, row.spec.clone()));
                }
            }
            found
        });
        found.unwrap_or_default()
    });
    let signers = move || {
        // The run is as long as it is: the limits may have changed.
        remaining.track();
        let now = stores.clocks.now.get();
        let item = |(profile, spec): (Option<ProfileId>, RowSpec)| {
            let Signer { name, said, tone } = signer(stores, profile, &spec, now);
            view! { <li><span>{name}</span>": "<span class="fleet-said" data-tone=tone>{said}</span></li> }.into_any()
        };
        profiles.get().into_iter().map(item).collect_view()
    };
    view! {
        <section class="fleet-estimate" aria-labelledby="fleet-estimate">
            <h3 id="fleet-estimate">{text.estimate}</h3>
            <dl class="facts">
                <dt>{text.time_needed}</dt>
                <dd>{move || (text.about)(remaining.get().time)}</dd>
                <dt>{text.calls_needed}</dt>
                <dd>{move || (text.calls)(switching(), remaining.get().calls)}</dd>
                <dt>{text.credentials}</dt>
                <dd><ul class="plain">{move || signers()}</ul></dd>
            </dl>
            <p class="field-help">{text.estimate_note}</p>
        </section>
    }
}

/// What signs a row, and whether it lasts to the end of the run.
fn signer(stores: Stores, profile: Option<ProfileId>, spec: &RowSpec, now: i64) -> Signer {
    let text = fleet_plan_words();
    let name = format!("{} ({})", signer_words(stores, spec), spec.provider);
    // A row without a profile of its own is signed by the chosen one.
    let summary = match profile {
        Some(id) => stores.profiles.summary(id),
        None => stores.profiles.chosen(&spec.provider),
    };
    let Some(summary) = summary else {
        let tone = if profile.is_some() { "bad" } else { "none" };
        let said = if profile.is_some() { text.no_secret } else { text.end_unknown };
        return Signer { name, said: said.to_owned(), tone };
    };
    let (said, tone) = match summary.expires.map(|end| (end, end - now)) {
        _ if summary.lacks_secret() => (text.no_secret.to_owned(), "bad"),
        None => (text.end_unknown.to_owned(), "unsure"),
        Some((end, ..=0)) => ((text.has_ended)(&dates::local(end)), "bad"),
        Some((end, left)) if is_outlived(stores, profile.unwrap_or_default(), end) => {
            ((text.outlives)(&time_left(left)), "good")
        }
        Some((_, left)) => ((text.ends_before)(&time_left(left)), "bad"),
    };
    Signer { name, said, tone }
}

/// Whether a credential that ends then is of use to the end of the run.
fn is_outlived(stores: Stores, profile: ProfileId, end: i64) -> bool {
    let now = stores.fleet().now();
    OffsetDateTime::from_unix_timestamp(end)
        .is_ok_and(|end| stores.fleet().with(|fleet| fleet.is_outlived_by(profile, end, now)) == Some(true))
}
