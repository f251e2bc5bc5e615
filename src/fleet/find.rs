//! Which rows a table shows, and in which order.

use super::{Counts, Fleet, Row, RowEnd, RowGroup, RowId};
use std::cell::LazyCell;
use std::cmp::Ordering;

impl RowGroup {
    /// In the order in which a row goes through them.
    pub const ALL: [Self; 13] = [
        Self::New,
        Self::Checking,
        Self::WillChange,
        Self::AlreadyOn,
        Self::Refused,
        Self::CannotBeKnown,
        Self::Waiting,
        Self::UnderWay,
        Self::Done,
        Self::Failed,
        Self::Unknown,
        Self::Skipped,
        Self::Stopped,
    ];

    /// Those of rows of a run that need nothing any more.
    pub const ENDS: [Self; 8] = [
        Self::Done,
        Self::AlreadyOn,
        Self::Failed,
        Self::Unknown,
        Self::Refused,
        Self::CannotBeKnown,
        Self::Skipped,
        Self::Stopped,
    ];

    /// The word of `data-state`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Checking => "checking",
            Self::WillChange => "will-change",
            Self::AlreadyOn => "already-on",
            Self::Refused => "refused",
            Self::CannotBeKnown => "cannot-be-known",
            Self::Waiting => "waiting",
            Self::UnderWay => "under-way",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Unknown => "not-known",
            Self::Skipped => "skipped",
            Self::Stopped => "stopped",
        }
    }
}

impl Row {
    /// The code of the latest call that was refused; empty for none.
    pub fn last_code(&self) -> &str {
        self.calls.iter().rev().map(|call| call.code.as_str()).find(|code| !code.is_empty()).unwrap_or_default()
    }

    /// The API's own message of a refusal; empty for none.
    pub fn message(&self) -> &str {
        match self.end() {
            Some(RowEnd::Refused { message, .. }) => message,
            _ => "",
        }
    }

    /// Whether nobody knows what became of it.
    pub fn is_unknown(&self) -> bool {
        self.end().is_some_and(RowEnd::is_unknown)
    }
}

impl Counts {
    /// How many rows there are.
    pub fn all(&self) -> usize {
        RowGroup::ALL.into_iter().map(|group| self.of_group(group)).sum()
    }

    pub fn of_group(&self, group: RowGroup) -> usize {
        let mut counts = *self;
        *counts.of(group)
    }
}

impl Fleet {
    /// The same as [`Fleet::counts`], by looking at every row: for a page that watches and steps nothing.
    pub fn counts_of_rows(&self) -> Counts {
        let mut counts = Counts::default();
        self.rows.values().for_each(|row| *counts.of(row.group()) += 1);
        counts
    }
}

/// What decides the order of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SortRows {
    Subject,
    Act,
    Provider,
    Region,
    State,
    Started,
    Ended,
    Sends,
    Code,
}

/// What somebody looks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FindRows {
    /// Words that all stand in the instance, the act, the provider, the region or a code; without regard to case.
    pub text: String,
    /// Rows of these groups; empty for all.
    pub groups: Vec<RowGroup>,
    /// And whether from high to low; `None`: in the order of the table.
    pub sort: Option<(SortRows, bool)>,
}

impl Fleet {
    /// The ids of the rows that fit.
    pub fn find(&self, wanted: &FindRows) -> Vec<RowId> {
        self.find_shown(wanted, &|_| String::new())
    }

    /// The same, with words of the page by which a row is found as well, such as those of its state.
    pub fn find_shown(&self, wanted: &FindRows, shown: &dyn Fn(&Row) -> String) -> Vec<RowId> {
        let text = wanted.text.to_lowercase();
        let words: Vec<&str> = text.split_whitespace().collect();
        let fits = |row: &&Row| {
            (wanted.groups.is_empty() || wanted.groups.contains(&row.group()))
                && (words.is_empty() || has_all(row, &words, shown))
        };
        let mut rows: Vec<&Row> = self.rows.values().filter(fits).collect();
        if let Some((by, descending)) = wanted.sort {
            // Stable, so equal rows stay in the order of the table, whichever way round.
            rows.sort_by(|one, other| {
                let order = compare(by, one, other);
                if descending { order.reverse() } else { order }
            });
        }
        rows.into_iter().map(|row| row.id).collect()
    }
}

fn has_all(row: &Row, words: &[&str], shown: &dyn Fn(&Row) -> String) -> bool {
    let spec = &row.spec;
    let texts = [&spec.subject, &spec.act, &spec.provider, &spec.region].map(|text| text.to_lowercase());
    let codes: Vec<String> = row.calls.iter().map(|call| call.code.to_lowercase()).collect();
    let shown = LazyCell::new(|| shown(row).to_lowercase());
    words.iter().all(|word| texts.iter().chain(&codes).any(|text| text.contains(word)) || shown.contains(word))
}

fn compare(by: SortRows, one: &Row, other: &Row) -> Ordering {
    match by {
        SortRows::Subject => one.spec.subject.cmp(&other.spec.subject),
        SortRows::Act => one.spec.act.cmp(&other.spec.act),
        SortRows::Provider => one.spec.provider.cmp(&other.spec.provider),
        SortRows::Region => one.spec.region.cmp(&other.spec.region),
        SortRows::State => one.group().cmp(&other.group()),
        SortRows::Started => one.started.cmp(&other.started),
        SortRows::Ended => one.ended.cmp(&other.ended),
        SortRows::Sends => one.sends.cmp(&other.sends),
        SortRows::Code => one.last_code().cmp(other.last_code()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fleet::{Head, RowSpec, RowState};
    use crate::follow::Place;
    use time::OffsetDateTime;

    fn row(id: u32, subject: &str, state: RowState) -> Row {
        let spec = RowSpec {
            api: String::from("a"),
            operation: String::from("SwitchSsl"),
            place: Place::default(),
            region: String::from("North-1"),
            values: Vec::new(),
            subject: subject.to_owned(),
            act: String::from("SSL on"),
            provider: String::from("one"),
            profile: None,
        };
        Row { state, ..Row::new(RowId(id), spec, 0) }
    }

    fn fleet() -> Fleet {
        let head = Head::new(String::new(), String::new(), OffsetDateTime::UNIX_EPOCH, String::new());
        let rows = [
            row(1, "db-C", RowState::Over(RowEnd::Accepted)),
            row(2, "db-a", RowState::New),
            row(3, "db-b", RowState::Over(RowEnd::NotSent(String::new()))),
        ];
        Fleet::new(head, rows)
    }

    fn found(wanted: &FindRows) -> Vec<u32> {
        fleet().find(wanted).into_iter().map(|id| id.0).collect()
    }

    #[test]
    fn rows_are_found_by_words_and_by_their_state() {
        assert_eq!(found(&FindRows::default()), [1, 2, 3]);
        let text = |text: &str| FindRows { text: text.to_owned(), ..FindRows::default() };
        assert_eq!(found(&text("north ssl db-c")), [1]);
        assert_eq!(found(&text("south")), [] as [u32; 0]);
        let shown = |row: &Row| if row.id == RowId(2) { String::from("Waiting") } else { String::new() };
        assert_eq!(fleet().find_shown(&text("waiting north"), &shown), [RowId(2)]);
        let groups = |groups: &[RowGroup]| FindRows { groups: groups.to_vec(), ..FindRows::default() };
        assert_eq!(found(&groups(&[RowGroup::Failed, RowGroup::New])), [2, 3]);
    }

    #[test]
    fn rows_are_sorted_both_ways_and_equal_ones_stay_as_they_are() {
        let sorted = |by, descending| FindRows { sort: Some((by, descending)), ..FindRows::default() };
        // Capital letters come first.
        assert_eq!(found(&sorted(SortRows::Subject, false)), [1, 2, 3]);
        assert_eq!(found(&sorted(SortRows::Subject, true)), [3, 2, 1]);
        assert_eq!(found(&sorted(SortRows::State, false)), [2, 1, 3]);
        assert_eq!(found(&sorted(SortRows::Region, true)), [1, 2, 3]);
    }

    #[test]
    fn every_kind_has_a_name_of_its_own_and_is_counted_as_it_is_found() {
        let names: std::collections::HashSet<_> = RowGroup::ALL.map(RowGroup::name).into_iter().collect();
        assert_eq!(names.len(), RowGroup::ALL.len());
        let counts = fleet().counts();
        assert_eq!((counts.new, counts.done, counts.failed), (1, 1, 1));
    }
}
