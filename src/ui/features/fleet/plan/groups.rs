//! The groups of a plan on the screen: how many rows are in each, and the rows of the one that is open.

use super::group::{Group, Grouped};
use super::rows::GroupRows;
use crate::ui::features::fleet::acts::Acts;
use crate::ui::words::fleet_plan_words;
use leptos::prelude::*;
use std::sync::Arc;

/// The four groups. One of them is open.
#[component]
pub(super) fn Groups(
    /// The rows of each.
    grouped: Memo<Arc<Grouped>>,
    acts: Acts,
) -> impl IntoView {
    let text = fleet_plan_words();
    // What is to be looked at first: what is refused, if anything is.
    let first = untrack(|| {
        let any = |group: &Group| grouped.with(|grouped| !grouped.rows(*group).is_empty());
        [Group::Refused, Group::CannotBeKnown, Group::WillChange].into_iter().find(any)
    });
    let open = RwSignal::new(first);
    let group = |group| view! { <GroupView group=group grouped=grouped acts=acts open=open/> }.into_any();
    let groups = Group::ALL.map(group).into_iter().collect_view();
    let left_out = move || {
        let count = grouped.with(|grouped| grouped.left_out);
        (count != 0).then(|| view! { <p class="muted">{(text.left_out)(count)}</p> }.into_any())
    };
    view! {
        <div class="fleet-groups">{groups}</div>
        {move || left_out()}
    }
}

#[component]
fn GroupView(
    /// Which one.
    group: Group,
    grouped: Memo<Arc<Grouped>>,
    acts: Acts,
    /// The group that is open.
    open: RwSignal<Option<Group>>,
) -> impl IntoView {
    let count = Memo::new(move |_| grouped.with(|grouped| grouped.rows(group).len()));
    let is_open = Memo::new(move |_| open.get() == Some(group));
    let turn = move |_| open.update(|open| *open = if *open == Some(group) { None } else { Some(group) });
    let panel_id = format!("fleet-group-{}", group.name());
    let controls = panel_id.clone();
    view! {
        <section class="fleet-group" data-group=group.name() data-count=move || count.get().to_string()>
            <h3>
                <button
                    type="button"
                    class="fleet-group-title"
                    data-tone=group.tone()
                    aria-expanded=move || is_open.get().to_string()
                    aria-controls=controls
                    on:click=turn
                >
                    <span>{group.title()}</span>" "<b>{move || count.get()}</b>
                </button>
            </h3>
            <div id=panel_id class="fleet-group-rows">
                <Show when=move || is_open.get()>
                    <Show
                        when=move || count.get() != 0
                        fallback=|| view! { <p class="muted">{fleet_plan_words().empty_group}</p> }
                    >
                        <GroupRows group=group grouped=grouped acts=acts/>
                    </Show>
                </Show>
            </div>
        </section>
    }
}
