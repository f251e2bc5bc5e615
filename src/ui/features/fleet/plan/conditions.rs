//! What the plan read of the conditions of a row, and what that means.

use crate::catalog::Precondition;
use crate::fleet::{Checked, PlanGroup, Row, RowEnd, RowId, RowState};
use crate::ui::features::fleet::acts::{Acts, operation_of};
use crate::ui::features::fleet::ids::PLAN_ID;
use crate::ui::platform::dom;
use crate::ui::state::use_stores;
use crate::ui::words::{fleet_plan_words, words};
use leptos::prelude::*;

pub(super) const TITLE_ID: &str = "fleet-conditions";

fn group_of(row: &Row) -> Option<&PlanGroup> {
    match &row.state {
        RowState::Planned(group) | RowState::Over(RowEnd::NotPlanned(group)) => Some(group),
        _ => None,
    }
}

/// The reason that the plan itself gives.
fn own_reason(row: &Row) -> Option<String> {
    match group_of(row) {
        Some(PlanGroup::Refused(why) | PlanGroup::CannotBeKnown(why)) if !why.is_empty() => Some(why.clone()),
        _ => None,
    }
}

fn evidence(checked: &Checked) -> String {
    checked.evidence.iter().map(|(label, value)| format!("{label} {value}")).collect::<Vec<_>>().join(", ")
}

/// Why a row is in its group, in a line: what was read, else the reason that the plan gives.
pub(in crate::ui::features::fleet) fn reason(acts: Acts, row: &Row) -> String {
    let text = fleet_plan_words();
    let deciding = match group_of(row) {
        Some(PlanGroup::WillChange) => "",
        Some(PlanGroup::Refused(_)) => "fail",
        Some(PlanGroup::CannotBeKnown(_)) => "unknown",
        Some(PlanGroup::AlreadyOn) | None => "already",
    };
    // What holds needs no more words than what was seen.
    if deciding.is_empty() {
        let seen: Vec<String> = row.checked.iter().map(evidence).filter(|seen| !seen.is_empty()).collect();
        return if row.checked.is_empty() { text.nothing_to_read.to_owned() } else { seen.join(", ") };
    }
    let operation = operation_of(acts, &row.spec);
    let conditions = operation.as_ref().map(|operation| operation.preconditions.as_slice()).unwrap_or_default();
    let found = row.checked.iter().filter(|checked| checked.standing == deciding).map(|checked| {
        let condition = conditions.get(checked.precondition);
        (condition.map(|condition| condition.text.as_str()).unwrap_or_default(), checked)
    });
    let found = (text.findings)(&found.collect::<Vec<_>>());
    if found.is_empty() { own_reason(row).unwrap_or_default() } else { found }
}

/// All conditions of one row, each with what is known of it; nothing while none is chosen.
#[component]
pub(super) fn Conditions(
    /// The row.
    chosen: RwSignal<Option<RowId>>,
    acts: Acts,
) -> impl IntoView {
    let stores = use_stores();
    let text = fleet_plan_words();
    let close = move |_| {
        chosen.set(None);
        dom::next_frame(|| dom::focus_if_lost(PLAN_ID));
    };
    let panel = move || {
        stores.fleet().version();
        let row = chosen.get().and_then(|id| stores.fleet().row(id))?;
        let title = (text.conditions_of)(&row.spec.subject);
        let conditions =
            operation_of(acts, &row.spec).map(|operation| operation.preconditions.clone()).unwrap_or_default();
        let none = conditions.is_empty().then(|| view! { <p>{text.no_conditions}</p> }.into_any());
        let list = conditions.into_iter().enumerate().map(|(place, one)| condition(&row, place, one)).collect_view();
        let why = own_reason(&row)
            .filter(|_| row.checked.is_empty())
            .map(|why| view! { <p class="breakable">{why}</p> }.into_any());
        Some(
            view! {
                <section class="fleet-conditions" aria-labelledby=TITLE_ID>
                    <div class="panel-head">
                        <h4 id=TITLE_ID class="breakable" tabindex="-1">{title}</h4>
                        <button type="button" class="button quiet" on:click=close>{words().close}</button>
                    </div>
                    {why}
                    {none}
                    <ul class="conditions">{list}</ul>
                </section>
            }
            .into_any(),
        )
    };
    view! { {move || panel()} }
}

fn condition(row: &Row, place: usize, one: Precondition) -> AnyView {
    let text = fleet_plan_words();
    let found = row.checked.iter().find(|checked| checked.precondition == place);
    let exceptions = one.exceptions.into_iter().map(|text| view! { <li>{text}</li> }.into_any()).collect::<Vec<_>>();
    let exceptions = (!exceptions.is_empty()).then(|| view! { <ul>{exceptions}</ul> }.into_any());
    let standing = match found {
        None => view! { <p class="standing muted">{text.not_read}</p> }.into_any(),
        Some(checked) => view! {
            <p class="standing" data-standing=checked.standing.clone()>
                <b>{(text.standing)(checked)}</b>
                " "
                <span class="muted breakable">{(text.read)(checked)}</span>
            </p>
        }
        .into_any(),
    };
    view! { <li>{one.text}{exceptions}{standing}</li> }.into_any()
}
