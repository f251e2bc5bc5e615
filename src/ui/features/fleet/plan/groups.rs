//! The groups of a plan: how many rows are in each.

use super::rows::GroupRows;
use crate::fleet::{Fleet, PlanGroup, Row, RowEnd, RowId, RowState};
use crate::ui::features::fleet::acts::Acts;
use crate::ui::words::fleet_plan_words;
use leptos::prelude::*;
use std::sync::Arc;

/// A group as the screen has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    WillChange,
    AlreadyOn,
    Refused,
    CannotBeKnown,
}

impl Group {
    const ALL: [Self; 4] = [Self::WillChange, Self::AlreadyOn, Self::Refused, Self::CannotBeKnown];

    /// The word of `data-group`.
    const fn name(self) -> &'static str {
        match self {
            Self::WillChange => "will-change",
            Self::AlreadyOn => "already-on",
            Self::Refused => "refused",
            Self::CannotBeKnown => "cannot-be-known",
        }
    }

    pub(super) fn title(self) -> &'static str {
        let text = fleet_plan_words();
        match self {
            Self::WillChange => text.will_change,
            Self::AlreadyOn => text.already_on,
            Self::Refused => text.refused,
            Self::CannotBeKnown => text.cannot_be_known,
        }
    }

    const fn tone(self) -> &'static str {
        match self {
            Self::WillChange | Self::AlreadyOn => "good",
            Self::Refused => "bad",
            Self::CannotBeKnown => "unsure",
        }
    }

    /// The group of a row. `None`: it is not planned, or the user left it out.
    pub(super) fn of(row: &Row) -> Option<Self> {
        match &row.state {
            RowState::Planned(_) if row.forced => Some(Self::WillChange),
            RowState::Planned(group) | RowState::Over(RowEnd::NotPlanned(group)) => Some(match group {
                PlanGroup::WillChange => Self::WillChange,
                PlanGroup::AlreadyOn => Self::AlreadyOn,
                PlanGroup::Refused(_) => Self::Refused,
                PlanGroup::CannotBeKnown(_) => Self::CannotBeKnown,
            }),
            RowState::Over(RowEnd::AlreadyOn) => Some(Self::AlreadyOn),
            RowState::Waiting(_) => Some(Self::WillChange),
            _ => None,
        }
    }
}

/// The rows of each group, in the order of the table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Grouped {
    will_change: Vec<RowId>,
    already_on: Vec<RowId>,
    refused: Vec<RowId>,
    cannot_be_known: Vec<RowId>,
    /// The user left them out.
    left_out: usize,
}

impl Grouped {
    pub(super) fn of(fleet: &Fleet) -> Self {
        let mut grouped = Self::default();
        for row in fleet.rows.values() {
            let list = match Group::of(row) {
                Some(Group::WillChange) => &mut grouped.will_change,
                Some(Group::AlreadyOn) => &mut grouped.already_on,
                Some(Group::Refused) => &mut grouped.refused,
                Some(Group::CannotBeKnown) => &mut grouped.cannot_be_known,
                None => {
                    grouped.left_out += usize::from(matches!(row.state, RowState::Over(RowEnd::Skipped)));
                    continue;
                }
            };
            list.push(row.id);
        }
        grouped
    }

    pub(super) fn rows(&self, group: Group) -> &[RowId] {
        match group {
            Group::WillChange => &self.will_change,
            Group::AlreadyOn => &self.already_on,
            Group::Refused => &self.refused,
            Group::CannotBeKnown => &self.cannot_be_known,
        }
    }
}

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
