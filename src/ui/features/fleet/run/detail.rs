//! One row: how far it has got, what was read, every call, and what can be done about it.

use super::actions::press;
use super::table::{Shown, row_words};
use crate::fleet::{CallNote, EventKind, Fleet, Override, Possible, Row, RowEnd, RowId};
use crate::ui::components::ask_button::AskButton;
use crate::ui::features::change_words::headline;
use crate::ui::features::fleet::ids::{HEADLINE_ID, ROW_ID};
use crate::ui::features::follow::evidence;
use crate::ui::platform::{dates, dom};
use crate::ui::route::{Route, filled};
use crate::ui::state::fleet::FleetStore;
use crate::ui::state::site::OperationKey;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::{fleet_plan_words, fleet_words, words};
use leptos::prelude::*;

/// The row that is open.
#[component]
pub(super) fn Detail(shown: Shown) -> impl IntoView {
    let stores = use_stores();
    let fleet = shown.fleet;
    let row = Memo::new(move |_| {
        fleet.version();
        shown.open.get().and_then(|id| fleet.row(id))
    });
    let is_open = Memo::new(move |_| row.with(Option::is_some));
    let title = move || row.with(|row| row.as_ref().map(|row| format!("{} {}", row.spec.subject, row.spec.act)));
    let state = move || row.with(|row| row.as_ref().map(|row| state(fleet, row)));
    let set_aside = move || {
        fleet.version();
        shown.open.get().and_then(|id| fleet.with(|fleet| set_aside(fleet, id))).flatten()
    };
    let checked = move || row.with(|row| row.as_ref().map(|row| checked(stores, row)));
    let calls = move || row.with(|row| row.as_ref().map(calls));
    // Buttons stay while only times change: the focus must not be lost.
    let can = Memo::new(move |_| {
        fleet.stage();
        row.with(|row| {
            let row = row.as_ref().filter(|_| !fleet.is_watched())?;
            let possible = fleet.with(|fleet| fleet.possible(row))?;
            // Before the run, a reason is asked for where the plan is shown.
            Some((row.id, Possible { insist: possible.insist && row.end().is_some(), ..possible }))
        })
    });
    let actions = move || {
        can.get().map(|(id, can)| {
            let again = match (can.look_again, can.try_again) {
                (true, _) => Some(fleet_words().look_again),
                (false, true) if row.with_untracked(|row| row.as_ref().is_some_and(is_left_out)) => {
                    Some(fleet_words().do_after_all)
                }
                (false, true) => Some(fleet_words().retry),
                (false, false) => None,
            };
            let retry = again.map(|label| {
                let click = move |_| press(fleet, EventKind::Retry(vec![id]));
                view! { <button type="button" class="button" data-action="fleet-retry-row" on:click=click>{label}</button> }
                    .into_any()
            });
            let insist = can.insist.then(|| insist(fleet, id));
            let skip = can.skip.then(|| {
                let label = fleet_words().skip;
                let click = move |_| press(fleet, EventKind::Skip(id));
                view! { <button type="button" class="button" data-action="fleet-skip" on:click=click>{label}</button> }
                    .into_any()
            });
            view! { {retry}{insist}{skip} }.into_any()
        })
    };
    let close = move |_| {
        let id = shown.open.get_untracked().map(|id| format!("fleet-row-{}", id.0)).unwrap_or_default();
        shown.open.set(None);
        dom::next_frame(move || {
            dom::focus(&id);
            dom::focus_if_lost(HEADLINE_ID);
        });
    };
    view! {
        <Show when=move || is_open.get()>
            <section class="panel fleet-row" aria-labelledby=ROW_ID>
                <h3 id=ROW_ID tabindex="-1" class="breakable">{move || title()}</h3>
                {move || state()}
                <div class="actions">
                    {move || actions()}
                    <button type="button" class="button quiet" data-action="fleet-row-close" on:click=close>{words().close}</button>
                </div>
                {move || set_aside()}
                {move || checked()}
                {move || calls()}
            </section>
        </Show>
    }
}

fn is_left_out(row: &Row) -> bool {
    row.sends == 0 && matches!(row.end(), Some(RowEnd::Skipped))
}

/// The button that sends a row all the same. The report says that the user wanted it.
fn insist(fleet: FleetStore, id: RowId) -> AnyView {
    let words = fleet_words();
    let is_unknown = fleet.row(id).is_some_and(|row| row.is_unknown());
    let question = if is_unknown { words.insist_unknown } else { words.insist_unplanned };
    let sure = move |()| {
        let Some(row) = fleet.row(id) else { return };
        let state = (words.row_state)(&row);
        let said = if is_unknown { (words.insisted_unknown)(&state) } else { (words.insisted_unplanned)(&state) };
        press(fleet, EventKind::Force { row: id, words: said });
    };
    view! {
        <AskButton id="fleet-insist" action="fleet-insist" label=words.insist question=question on_sure=sure/>
    }
    .into_any()
}

fn state(fleet: FleetStore, row: &Row) -> AnyView {
    let words = fleet_words();
    let follow = row.follow().map(|follow| {
        let evidence = follow.last_look().map(|_| evidence(follow));
        // The state says that it is being found out; an answer that did not tell may have come.
        let headline = (!follow.is_looked_for()).then(|| view! { <p>{headline(follow)}</p> }.into_any());
        view! { {headline}{evidence} }.into_any()
    });
    let time = |time: Option<time::OffsetDateTime>| {
        time.map_or_else(|| String::from("–"), |time| dates::local(time.unix_timestamp()))
    };
    let message = row.message();
    let state = row_words(fleet, row);
    let message =
        (!state.contains(message)).then(|| view! { <p class="breakable">{message.to_owned()}</p> }.into_any());
    view! {
        <p>
            <span class="fleet-state" data-state=row.group().name()>{state}</span>
        </p>
        {message}
        {follow}
        <dl class="facts">
            <dt>{words.provider}</dt><dd>{row.spec.provider.clone()}</dd>
            <dt>{words.region}</dt><dd>{row.spec.region.clone()}</dd>
            <dt>{words.started}</dt><dd>{time(row.started)}</dd>
            <dt>{words.ended_at}</dt><dd>{time(row.ended)}</dd>
            <dt>{words.sends}</dt><dd>{row.sends}</dd>
        </dl>
    }
    .into_any()
}

/// What the user set aside for the row, with the words: the report says the same.
fn set_aside(fleet: &Fleet, id: RowId) -> Option<AnyView> {
    let own = fleet.head.overrides.iter().filter(|own| own.row == Some(id));
    let item = |own: &Override| {
        let time = dates::local(own.at.unix_timestamp());
        view! { <li class="breakable">{own.words.clone()}" "<span class="muted">{time}</span></li> }.into_any()
    };
    let items: Vec<AnyView> = own.map(item).collect();
    let title = fleet_words().report_labels.overridden;
    (!items.is_empty()).then(|| view! { <h4>{title}</h4><ul class="fleet-set-aside">{items}</ul> }.into_any())
}

/// What the plan read of the preconditions.
fn checked(stores: Stores, row: &Row) -> Option<AnyView> {
    if row.checked.is_empty() {
        return None;
    }
    let key = OperationKey { api: row.spec.api.clone(), operation: row.spec.operation.clone() };
    let operation = untrack(|| stores.site.operation(&key));
    let item = |checked: &crate::fleet::Checked| {
        let text = operation.as_ref().and_then(|operation| operation.preconditions.get(checked.precondition));
        let text = text.map(|precondition| precondition.text.clone()).unwrap_or_default();
        let word = (fleet_words().standing)(checked);
        let read = (fleet_plan_words().read)(checked);
        view! {
            <li>
                {text}
                <p class="standing" data-standing=checked.standing.clone()>
                    <b>{word}</b>" "<span class="muted breakable">{read}</span>
                </p>
            </li>
        }
        .into_any()
    };
    let items = row.checked.iter().map(item).collect_view();
    Some(view! { <h4>{fleet_words().preconditions}</h4><ul class="conditions">{items}</ul> }.into_any())
}

fn calls(row: &Row) -> AnyView {
    let words = fleet_words();
    if row.calls.is_empty() {
        return view! { <p class="muted">{words.no_calls}</p> }.into_any();
    }
    let line = |note: &CallNote| {
        let status = note.status.map_or_else(|| words.no_answer.to_owned(), |status| status.to_string());
        // The history has the calls that switch; looks stand in no log.
        let link = (note.operation == row.spec.operation).then(|| {
            let href = filled(&Route::History, &[(String::from("call"), note.call.clone())]);
            view! { <a href=href>{words.in_history}</a> }.into_any()
        });
        let left_out = (note.left_out != 0).then(|| {
            let text = (words.calls_left_out)(note.left_out);
            view! { <tr><td colspan="5" class="muted">{text}</td></tr> }.into_any()
        });
        let answer = (!note.answer.is_empty())
            .then(|| view! { <div class="muted breakable">{note.answer.clone()}</div> }.into_any());
        view! {
            {left_out}
            <tr>
                <td><time>{dates::date_and_time(note.at.unix_timestamp())}</time></td>
                <td>{note.operation.clone()}</td>
                <td>{status}" "<code>{note.code.clone()}</code>{answer}</td>
                <td><code class="breakable">{note.request_id.clone()}</code></td>
                <td>{link}</td>
            </tr>
        }
        .into_any()
    };
    let lines = row.calls.iter().map(line).collect_view();
    view! {
        <h4>{words.calls}</h4>
        <div class="table-scroll" role="region" aria-label=words.calls tabindex="0">
            <table class="plain-table">
                <thead>
                    <tr>
                        <th scope="col">{words.time}</th>
                        <th scope="col">{words.operation}</th>
                        <th scope="col">{words.answer}</th>
                        <th scope="col">{words.request_id}</th>
                        <th scope="col"><span class="visually-hidden">{words.in_history}</span></th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
    .into_any()
}
