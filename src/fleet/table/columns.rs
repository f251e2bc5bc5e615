//! What the columns of a table mean: by their names, and by their values where they have none.

use super::synonyms::column_called;
use super::{Table, TableRow};
use crate::catalog::Field;
use crate::fleet::FleetAct;
use crate::fleet::names::{acts_called, field_text, plain_name, providers_called, region_called};
use crate::form::{Draft, FieldPath, Raw, check_field, warnings};
use indexmap::IndexMap;

/// So many rows show what is in a column.
const SAMPLE: usize = 40;

/// What a column is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Column {
    Provider,
    Region,
    /// The instance: the field that the impact of the act names.
    Subject,
    Act,
    /// Any other field, by the API's own name.
    Field(String),
    /// The name of a profile.
    Profile,
    #[default]
    Ignored,
}

impl Column {
    /// A word for it, as the value of a choice.
    pub fn key(&self) -> String {
        match self {
            Self::Provider => String::from("provider"),
            Self::Region => String::from("region"),
            Self::Subject => String::from("subject"),
            Self::Act => String::from("act"),
            Self::Field(name) => format!("field {name}"),
            Self::Profile => String::from("profile"),
            Self::Ignored => String::new(),
        }
    }

    /// The column of such a word.
    pub fn from_key(key: &str) -> Self {
        match key {
            "provider" => Self::Provider,
            "region" => Self::Region,
            "subject" => Self::Subject,
            "act" => Self::Act,
            "profile" => Self::Profile,
            other => other.strip_prefix("field ").map_or(Self::Ignored, |name| Self::Field(name.to_owned())),
        }
    }

    /// Everything that a column can be for these acts, in the order of a choice.
    pub fn all(acts: &[FleetAct]) -> Vec<Self> {
        let mut all = vec![Self::Ignored, Self::Provider, Self::Region, Self::Subject, Self::Act, Self::Profile];
        let names = acts.iter().flat_map(|act| {
            let made = act.values.iter().map(|(name, _)| name);
            act.fields.iter().map(|field| &field.name).chain(made)
        });
        for name in names {
            let column = Self::Field(name.clone());
            if !all.contains(&column) {
                all.push(column);
            }
        }
        all
    }
}

/// What each column of a table is probably about. Only [`Column::Ignored`] can be several.
pub fn guess_columns(table: &Table, acts: &[FleetAct]) -> Vec<Column> {
    let mut columns = vec![Column::Ignored; table.width];
    if let Some(header) = table.header() {
        by_names(header, acts, &mut columns);
    }
    by_values(table, acts, &mut columns);
    columns
}

/// Whether the first row of a table has names: they are known, or the other rows have values where it has none.
pub(super) fn begins_with_names(table: &Table, acts: &[FleetAct]) -> bool {
    let Some(first) = table.rows.first() else { return false };
    let kinds = kinds(acts);
    let is_value = |column: usize, kind: &Kind<'_>| (kind.fits)(first.cell(column));
    let has_value = (0..table.width).any(|column| kinds.iter().any(|kind| is_value(column, kind)));
    if has_value {
        return false;
    }
    let mut columns = vec![Column::Ignored; table.width];
    by_names(first, acts, &mut columns);
    let known = columns.iter().filter(|column| **column != Column::Ignored).count();
    if table.rows.len() == 1 {
        return known > 1 && known == table.width;
    }
    if known > 0 {
        return true;
    }
    let others = table.rows.get(1..).unwrap_or_default();
    (0..table.width).any(|column| kinds.iter().any(|kind| is_column_of(others, column, kind)))
}

fn by_names(header: &TableRow, acts: &[FleetAct], columns: &mut [Column]) {
    let known = known_names(acts);
    let name_of = |place: usize| plain_name(header.cell(place));
    // What a description calls so, then what people call so in most tables.
    let described = |name: &str| known.get(name).cloned();
    for column_of in [&described as &dyn Fn(&str) -> Option<Column>, &column_called] {
        for place in 0..columns.len() {
            let Some(column) = column_of(&name_of(place)) else { continue };
            let is_taken = columns.contains(&column);
            if let Some(own) = columns.get_mut(place).filter(|own| **own == Column::Ignored && !is_taken) {
                *own = column;
            }
        }
    }
}

/// Names and labels of the descriptions, as [`plain_name`] writes them.
fn known_names(acts: &[FleetAct]) -> IndexMap<String, Column> {
    let mut known = IndexMap::new();
    let mut add = |name: &str, column: &Column| {
        let name = plain_name(name);
        if !name.is_empty() {
            known.entry(name).or_insert_with(|| column.clone());
        }
    };
    for act in acts {
        add(&act.subject.name, &Column::Subject);
        add(&act.subject.label, &Column::Subject);
        for field in &act.fields {
            let column = Column::Field(field.name.clone());
            add(&field.name, &column);
            add(&field.label, &column);
        }
        for (name, _) in &act.values {
            add(name, &Column::Field(name.clone()));
        }
    }
    // Shorter: a noun, and a project without "ID".
    for act in acts {
        let noun = act.operation.impact.as_ref().map(|impact| impact.noun.clone()).unwrap_or_default();
        add(&noun, &Column::Subject);
        if !noun.is_empty() {
            add(&format!("{noun} id"), &Column::Subject);
        }
        for field in &act.fields {
            let name = plain_name(&field.name);
            add(name.strip_suffix("id").unwrap_or_default(), &Column::Field(field.name.clone()));
        }
    }
    known
}

/// A meaning that values can show.
struct Kind<'a> {
    column: Column,
    fits: Box<dyn Fn(&str) -> bool + 'a>,
}

fn kinds(acts: &[FleetAct]) -> Vec<Kind<'_>> {
    let mut kinds = vec![
        Kind {
            column: Column::Region,
            fits: Box::new(|text| acts.iter().any(|act| region_called(act, text).is_some())),
        },
        Kind { column: Column::Act, fits: Box::new(|text| is_one_act(acts, text)) },
        Kind { column: Column::Provider, fits: Box::new(|text| is_one_provider(acts, text)) },
        Kind {
            column: Column::Subject,
            fits: Box::new(|text| acts.iter().any(|act| is_value_of(act, &act.subject.name, text))),
        },
    ];
    // "true" can be many things: a field that makes the act is known by its name only.
    let makes = |name: &String| acts.iter().any(|act| act.values.iter().any(|(own, _)| own == name));
    for column in Column::all(acts) {
        if let Column::Field(name) = &column
            && !makes(name)
        {
            let name = name.clone();
            let fits = move |text: &str| acts.iter().any(|act| is_value_of(act, &name, text));
            kinds.push(Kind { column, fits: Box::new(fits) });
        }
    }
    kinds
}

/// Whether a text names one act of each API that has such an act.
fn is_one_act(acts: &[FleetAct], text: &str) -> bool {
    let found: Vec<&FleetAct> = acts_called(acts, text).into_iter().filter_map(|place| acts.get(place)).collect();
    let is_alone = |act: &&FleetAct| found.iter().filter(|other| other.api() == act.api()).count() == 1;
    !found.is_empty() && found.iter().all(is_alone)
}

fn is_one_provider(acts: &[FleetAct], text: &str) -> bool {
    let mut found = providers_called(acts, text).into_iter().filter_map(|place| acts.get(place));
    let first = found.next();
    first.is_some_and(|first| found.all(|other| other.provider() == first.provider()))
}

/// Whether a text is a value of a field that does not take any text: the description has a rule, a list or a remark.
fn is_value_of(act: &FleetAct, name: &str, text: &str) -> bool {
    let fields = act.operation.fields();
    fields.into_iter().find(|field| field.name == name).is_some_and(|field| is_value(act, field, text))
}

fn is_value(act: &FleetAct, field: &Field, text: &str) -> bool {
    let rules = &field.schema.rules;
    let has_choices = matches!(field.schema.kind, crate::catalog::Kind::Enum(_));
    if text.is_empty() || rules.pattern.is_none() && field.schema.remarks.is_empty() && !has_choices {
        return false;
    }
    let path = FieldPath::of(field);
    let mut draft = Draft::default();
    draft.set(path.clone(), Raw::Text(field_text(field, text)));
    check_field(&path, &field.schema, true, &draft).is_empty() && warnings(&act.operation, &draft).is_empty()
}

/// By the first rows: of those that have a text in a column, half have one that fits. Wrong rows say so themselves, and must not
/// keep the others from being read.
fn is_column_of(rows: &[TableRow], column: usize, kind: &Kind<'_>) -> bool {
    fitting(rows, column, kind) > 0
}

/// How many of the first rows fit; none where most do not.
fn fitting(rows: &[TableRow], column: usize, kind: &Kind<'_>) -> usize {
    let cells = rows.iter().map(|row| row.cell(column)).filter(|cell| !cell.is_empty());
    let (mut all, mut fit) = (0_usize, 0_usize);
    for cell in cells.take(SAMPLE) {
        all += 1;
        fit += usize::from((kind.fits)(cell));
    }
    if fit * 2 >= all { fit } else { 0 }
}

fn by_values(table: &Table, acts: &[FleetAct], columns: &mut [Column]) {
    let is_named = |place: usize| table.header().is_some_and(|header| !header.cell(place).is_empty());
    let is_open = |columns: &[Column], place: usize| columns.get(place) == Some(&Column::Ignored);
    for kind in kinds(acts) {
        if columns.contains(&kind.column) {
            continue;
        }
        // Under a name that nobody knows, "on" can be the state of today.
        let is_sure = !matches!(kind.column, Column::Act | Column::Provider);
        let places = (0..columns.len()).filter(|place| is_open(columns, *place) && (is_sure || !is_named(*place)));
        let fits = places.map(|place| (fitting(table.data(), place, &kind), place)).filter(|(fit, _)| *fit > 0);
        // The first of those that fit best.
        let best = fits.max_by_key(|(fit, place)| (*fit, std::cmp::Reverse(*place)));
        if let Some(own) = best.and_then(|(_, place)| columns.get_mut(place)) {
            *own = kind.column;
        }
    }
    // Ids that no rule describes: the only column that is left.
    let left: Vec<usize> = (0..columns.len()).filter(|place| is_open(columns, *place) && !is_named(*place)).collect();
    if let ([only], false) = (left.as_slice(), columns.contains(&Column::Subject))
        && let Some(own) = columns.get_mut(*only)
    {
        *own = Column::Subject;
    }
}
