//! The groups of a plan: which rows are in each.

use crate::fleet::{Fleet, PlanGroup, Row, RowEnd, RowId, RowState};
use crate::ui::features::fleet::ids::PLAN_ID;
use crate::ui::platform::dom;
use crate::ui::words::fleet_plan_words;

/// Takes the focus of a row that goes to another group. One group is open at a time.
pub(super) const FILTER_ID: &str = "fleet-group-filter";

/// A group as the screen has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    WillChange,
    AlreadyOn,
    Refused,
    CannotBeKnown,
}

impl Group {
    pub(super) const ALL: [Self; 4] = [Self::WillChange, Self::AlreadyOn, Self::Refused, Self::CannotBeKnown];

    /// The word of `data-group`.
    pub(super) const fn name(self) -> &'static str {
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

    pub(super) const fn tone(self) -> &'static str {
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
    pub(super) left_out: usize,
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

/// The row goes to another group, and its button with it. It may have been the last one.
pub(super) fn focus_filter() {
    dom::focus(FILTER_ID);
    dom::next_frame(|| dom::focus_if_lost(PLAN_ID));
}
