//! The rows of a table → the rows of a fleet, or everything that is wrong with them.

mod doubles;
mod form;
mod problem;
mod refused;
mod resolve;
#[cfg(test)]
mod tests;

pub use problem::{RowProblem, RowRemark};
pub use refused::refused_csv;

use self::doubles::Doubles;
use self::form::{Form, new_draft};
use self::resolve::{Names, Resolved};
use super::names::field_text;
use super::table::{Column, TableRow};
use super::{FleetAct, FleetProfile, Row, RowSpec};
use crate::catalog::{Field, Kind, Operation, plain_text};
use crate::config::spelling::nearest;
use crate::credentials::ProfileId;
use crate::follow::Place;
use crate::form::{Draft, FieldIssue, FieldPath, REGION, Target, mask_text, validate, warnings};
use indexmap::IndexMap;
use serde_json::Value;
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use zeroize::Zeroizing;

/// What counts where a row says nothing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Defaults {
    /// As a cell would say it: the name of a provider or of an API.
    pub provider: String,
    /// As a cell would say it: "SSL on", "on", the id of an operation, [`FleetAct::id`].
    pub act: String,
    /// By the name of the provider.
    pub providers: IndexMap<String, ProviderDefaults>,
}

/// What counts for the rows of one provider.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ProviderDefaults {
    /// It comes before [`Defaults::act`].
    pub act: String,
    pub region: String,
    /// Names of fields and their texts, such as a project.
    pub fields: IndexMap<String, String>,
    /// `None`: the proxy signs, or nobody.
    pub profile: Option<ProfileId>,
}

/// A row of a table, read.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadRow {
    /// [`TableRow::index`] and [`TableRow::line`]
    pub index: usize,
    pub line: usize,
    pub result: Result<RowSpec, Vec<RowProblem>>,
    /// What is odd about it and keeps nobody from sending it.
    pub remarks: Vec<RowRemark>,
}

/// Reads rows one by one, so that the caller can pause between them.
pub struct RowReader {
    columns: Vec<Column>,
    names: Names,
    defaults: Defaults,
    profiles: Vec<FleetProfile>,
    doubles: Doubles,
    /// Forms that are sent to a region, by the id of the act and the text of the region, or by the place.
    forms: HashMap<(String, String), Option<Arc<Form>>>,
    secrets: Vec<Zeroizing<String>>,
}

impl fmt::Debug for RowReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RowReader").field("columns", &self.columns).finish_non_exhaustive()
    }
}

/// What a row says, each cell by its column. Empty: nothing.
#[derive(Default)]
pub(super) struct Said<'a> {
    pub(super) provider: &'a str,
    pub(super) region: &'a str,
    pub(super) subject: &'a str,
    pub(super) act: &'a str,
    pub(super) profile: &'a str,
    pub(super) fields: Vec<(&'a str, &'a str)>,
}

impl RowReader {
    /// `rows`: those that the fleet has already.
    pub fn new<'a>(
        columns: Vec<Column>,
        acts: Vec<FleetAct>,
        defaults: Defaults,
        profiles: Vec<FleetProfile>,
        rows: impl Iterator<Item = &'a Row>,
    ) -> Self {
        Self {
            columns,
            names: Names::new(acts),
            defaults,
            profiles,
            doubles: Doubles::new(rows),
            forms: HashMap::new(),
            secrets: Vec::new(),
        }
    }

    /// Refuses rows in which one of these stands: rows are stored and exported.
    #[must_use]
    pub fn without_secrets(self, secrets: Vec<Zeroizing<String>>) -> Self {
        Self { secrets, ..self }
    }

    /// Reads one row. Rows have to come in the order of the table: the first of two doubles counts.
    pub fn read(&mut self, row: &TableRow) -> ReadRow {
        let columns = std::mem::take(&mut self.columns);
        let mut said = Said::default();
        for (column, cell) in columns.iter().zip(&row.cells).filter(|(_, cell)| !cell.is_empty()) {
            match column {
                Column::Provider => said.provider = cell,
                Column::Region => said.region = cell,
                Column::Subject => said.subject = cell,
                Column::Act => said.act = cell,
                Column::Profile => said.profile = cell,
                Column::Field(name) => said.fields.push((name, cell)),
                Column::Ignored => {}
            }
        }
        let read = self.read_said(&said, None, Vec::new(), (row.index, row.line));
        self.columns = columns;
        read
    }

    /// `place`: where it is to be sent, instead of the usual server of its region. `problems`: what is known to be wrong with it.
    pub(super) fn read_said(
        &mut self,
        said: &Said<'_>,
        place: Option<&Place>,
        mut problems: Vec<RowProblem>,
        (index, line): (usize, usize),
    ) -> ReadRow {
        let mut remarks = Vec::new();
        let provider = if said.provider.is_empty() { &self.defaults.provider } else { said.provider };
        let provider = provider.to_owned();
        let found = self.names.resolve(said, &provider, &self.defaults, &mut problems);
        let (own, is_certain) = match found {
            Resolved::Act(place) => (place, true),
            // The rest of the row can be checked all the same.
            Resolved::Api(place) => (place, false),
            Resolved::Nothing => return ReadRow { index, line, result: Err(problems), remarks },
        };
        let acts = Arc::clone(&self.names.acts);
        let Some(act) = acts.get(own) else { return ReadRow { index, line, result: Err(problems), remarks } };
        if is_certain && !act.is_offered() {
            problems.push(RowProblem::NotOffered { act: act.short.clone() });
        }
        let profile = self.profile(act, said.profile, &mut problems);
        let form = self.form(act, said.region, place, &mut problems);
        let values = self.values(act, said, &mut problems, &mut remarks);
        let mut draft = form.as_ref().map(|form| form.draft.clone()).unwrap_or_else(|| new_draft(&act.operation));
        fill(&act.operation, &mut draft, &values);
        check(act, &draft, is_certain, form.is_some(), &mut problems);
        problems.extend(self.secret_in(act, said));
        let Some(form) = form else { return ReadRow { index, line, result: Err(problems), remarks } };
        remarks.extend(warnings(&act.operation, &draft).into_iter().map(RowRemark::Field));
        remarks.extend(form.unlisted.clone());
        let spec = RowSpec {
            api: act.api().to_owned(),
            operation: act.operation.id.clone(),
            place: form.place.clone(),
            region: form.region.clone(),
            values,
            subject: said.subject.to_owned(),
            act: act.short.clone(),
            provider: act.provider().to_owned(),
            profile,
        };
        if problems.is_empty() {
            problems.extend(self.doubles.add(&spec, line));
            remarks.extend(self.doubles.other_region(&spec).map(|region| RowRemark::OtherRegion { region }));
        }
        ReadRow { index, line, result: if problems.is_empty() { Ok(spec) } else { Err(problems) }, remarks }
    }

    /// The field in which a secret stands.
    fn secret_in(&self, act: &FleetAct, said: &Said<'_>) -> Option<RowProblem> {
        let own = (act.subject.name.as_str(), said.subject);
        let mut texts = said.fields.iter().copied().chain([own, (REGION, said.region)]);
        let (name, _) = texts.find(|(_, text)| {
            let mut masked = (*text).to_owned();
            mask_text(&mut masked, &self.secrets);
            masked != *text
        })?;
        Some(RowProblem::Secret { name: name.to_owned() })
    }

    fn of_provider(&self, act: &FleetAct) -> Option<&ProviderDefaults> {
        self.defaults.providers.get(act.provider())
    }

    fn profile(&self, act: &FleetAct, text: &str, problems: &mut Vec<RowProblem>) -> Option<ProfileId> {
        if text.is_empty() {
            return self.of_provider(act).and_then(|own| own.profile);
        }
        let own: Vec<&FleetProfile> = self.profiles.iter().filter(|own| own.provider == act.provider()).collect();
        let exact: Vec<_> = own.iter().filter(|own| own.name == text).collect();
        let same: Vec<_> = own.iter().filter(|own| own.name.to_lowercase() == text.to_lowercase()).collect();
        match (exact.as_slice(), same.as_slice()) {
            ([only], _) | ([], [only]) => Some(only.id),
            _ => {
                let nearest = nearest(text, own.iter().map(|own| &own.name).filter(|name| *name != text));
                problems.push(RowProblem::UnknownProfile {
                    text: text.to_owned(),
                    provider: act.provider().to_owned(),
                    nearest: nearest.cloned(),
                });
                None
            }
        }
    }

    /// The form that is sent to the region of a row.
    fn form(
        &mut self,
        act: &FleetAct,
        region: &str,
        place: Option<&Place>,
        problems: &mut Vec<RowProblem>,
    ) -> Option<Arc<Form>> {
        let own = self.defaults.providers.get(act.provider()).map(|own| own.region.as_str()).unwrap_or_default();
        let region = if region.is_empty() { own } else { region };
        let key = (act.id.clone(), place.map_or_else(|| region.to_owned(), |place| format!("{place:?} {region}")));
        let form = match self.forms.get(&key) {
            Some(form) => form.clone(),
            None => {
                let form = match place {
                    Some(place) => Form::at(act, place, region),
                    None => Form::new(act, region),
                };
                let form = form.map(Arc::new);
                self.forms.insert(key, form.clone());
                form
            }
        };
        if form.is_none() {
            let regions = || act.regions.iter().map(|own| own.region.clone());
            problems.push(match region {
                "" => RowProblem::NoRegion,
                text => RowProblem::UnknownRegion {
                    text: text.to_owned(),
                    // It may be the address of an imported row that is another one.
                    nearest: nearest(text, regions()).filter(|nearest| nearest != text),
                },
            });
        }
        form
    }

    /// The subject, what makes the act, and the other fields with their values.
    fn values(
        &self,
        act: &FleetAct,
        said: &Said<'_>,
        problems: &mut Vec<RowProblem>,
        remarks: &mut Vec<RowRemark>,
    ) -> Vec<(String, Value)> {
        let operation = &act.operation;
        let fields = operation.fields();
        let field_called = |name: &str| fields.iter().find(|field| field.name == name).copied();
        let mut values: Vec<(String, Value)> = Vec::new();
        if let (Some(field), false) = (field_called(&act.subject.name), said.subject.is_empty()) {
            values.push((field.name.clone(), value_of(field, said.subject)));
        }
        values.extend(act.values.iter().cloned());
        for (name, text) in &said.fields {
            let is_act = act.values.iter().any(|(own, _)| own == name) || *name == act.subject.name;
            match field_called(name) {
                _ if is_act => {}
                Some(field) if !act.fields.iter().any(|own| own.name == *name) => {
                    problems.push(match field.schema.kind {
                        Kind::Secret | Kind::File => RowProblem::Secret { name: field.name.clone() },
                        _ => RowProblem::Generated { name: field.name.clone() },
                    })
                }
                Some(field) => values.push((field.name.clone(), value_of(field, text))),
                None => remarks.push(RowRemark::UnusedField { name: (*name).to_owned() }),
            }
        }
        let defaults = self.of_provider(act).map(|own| &own.fields).into_iter().flatten();
        for (name, text) in defaults.filter(|(_, text)| !text.is_empty()) {
            let is_free = act.fields.iter().any(|own| own.name == *name) && values.iter().all(|(own, _)| own != name);
            if let (Some(field), true) = (field_called(name), is_free) {
                values.push((field.name.clone(), value_of(field, text)));
            }
        }
        values
    }
}

/// What is wrong with a form. Of a row whose act is not known, only what has nothing to do with the act.
fn check(act: &FleetAct, draft: &Draft, is_certain: bool, has_region: bool, problems: &mut Vec<RowProblem>) {
    let issues = validate(&act.operation, draft).err().unwrap_or_default();
    let is_of_act = |issue: &FieldIssue| act.values.iter().any(|(name, _)| issue.target.name() == name);
    for issue in issues.into_iter().filter(|issue| is_certain || !is_of_act(issue)) {
        match &issue.target {
            Target::Variable(_) if !has_region => {}
            target => {
                let fields = act.operation.fields();
                let field = fields.iter().find(|field| field.name == target.name());
                let label = field.map(|field| field.schema.label.clone()).unwrap_or_default();
                problems.push(RowProblem::Field { issue, label });
            }
        }
    }
}

/// The text of a cell as a value of its field. A text that is none stays a text, and the form says what is wrong with it.
fn value_of(field: &Field, text: &str) -> Value {
    let text = field_text(field, text);
    let typed = || Value::from(text.clone());
    match &field.schema.kind {
        Kind::Text | Kind::Secret | Kind::File => typed(),
        Kind::Enum(choices) => {
            let choice = choices.iter().find(|choice| plain_text(&choice.value) == text);
            choice.map_or_else(typed, |choice| choice.value.clone())
        }
        Kind::Json => serde_json::from_str(&text).unwrap_or_else(|_| typed()),
        Kind::Boolean(_) => serde_json::from_str(&text).ok().filter(Value::is_boolean).unwrap_or_else(typed),
        Kind::Integer | Kind::Number => serde_json::from_str(&text).ok().filter(Value::is_number).unwrap_or_else(typed),
        Kind::Array(_) | Kind::Object(_) | Kind::OneOf(_) => serde_json::from_str(&text).unwrap_or_else(|_| typed()),
    }
}

/// Fills a form by the names of its fields.
fn fill(operation: &Operation, draft: &mut Draft, values: &[(String, Value)]) {
    let fields = operation.fields();
    for (name, value) in values {
        if let Some(field) = fields.iter().find(|field| field.name == *name) {
            draft.set_as(&FieldPath::of(field), &field.schema, value);
        }
    }
}
