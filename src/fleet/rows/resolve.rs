//! Which act a row is about: by its provider, by the act, by a field that makes the act, by the form of its subject.

use super::{Defaults, RowProblem, Said};
use crate::catalog::Operation;
use crate::config::spelling::nearest;
use crate::fleet::FleetAct;
use crate::fleet::names::{acts_called, is_called, providers_called, region_called};
use crate::form::{Draft, FieldPath, Raw, check_field, warnings};
use std::collections::HashMap;
use std::sync::Arc;

/// The acts, and what was found out about the texts of cells.
#[derive(Debug)]
pub(super) struct Names {
    pub(super) acts: Arc<[FleetAct]>,
    providers: HashMap<String, Arc<[usize]>>,
    called: HashMap<String, Arc<[usize]>>,
}

/// What a row is about.
pub(super) enum Resolved {
    /// This act.
    Act(usize),
    /// An act of the same operation, or of the same API, as this one; what is wrong was noted.
    Api(usize),
    /// What is wrong was noted.
    Nothing,
}

impl Names {
    pub(super) fn new(acts: Vec<FleetAct>) -> Self {
        Self { acts: acts.into(), providers: HashMap::new(), called: HashMap::new() }
    }

    pub(super) fn resolve(
        &mut self,
        said: &Said<'_>,
        provider: &str,
        defaults: &Defaults,
        problems: &mut Vec<RowProblem>,
    ) -> Resolved {
        let all: Vec<usize> = (0..self.acts.len()).collect();
        let mut left = all;
        let mut is_api_known = true;
        if !provider.is_empty() {
            let named = self.of_provider(provider);
            if named.is_empty() {
                let known = self.acts.iter().flat_map(|act| [act.provider(), &act.operation.api_title, act.api()]);
                let nearest = nearest(provider, known).map(str::to_owned);
                problems.push(RowProblem::UnknownProvider { text: provider.to_owned(), nearest });
                // The rest of the row may tell.
                is_api_known = false;
            } else {
                left.retain(|place| named.contains(place));
            }
        }
        // The form of the subject tells more than words do.
        if !self.are_of_one_api(&left) {
            let kept = self.by_subject(said, &left, true);
            if self.are_of_one_api(&kept) && !kept.is_empty() {
                left = kept;
            }
        }
        // The act may tell the API, and the API what the act is called.
        let mut wanted = said.act.to_owned();
        if wanted.is_empty() {
            wanted = self.default_act(said, &left, defaults);
        }
        let before = left.clone();
        if !wanted.is_empty() {
            let named = self.called(&wanted);
            left.retain(|place| named.contains(place));
        }
        self.keep_by_fields(said, &mut left);
        if left.is_empty() {
            let text = self.act_text(said, &wanted);
            let own = self.narrowed(said, before);
            problems.push(RowProblem::UnknownAct { text, offered: self.short(&own) });
            return own.first().map_or(Resolved::Nothing, |place| Resolved::Api(*place));
        }
        let left = self.narrowed(said, left);
        let Some(first) = left.first().copied() else { return Resolved::Nothing };
        if !self.are_of_one_api(&left) {
            if is_api_known {
                problems.push(RowProblem::NoProvider { candidates: self.titles(&left) });
            }
            return Resolved::Nothing;
        }
        if left.len() > 1 {
            problems.push(RowProblem::NoAct { text: self.act_text(said, &wanted), offered: self.short(&left) });
            return Resolved::Api(first);
        }
        Resolved::Act(first)
    }

    /// What a row without an act wants: the provider's own default comes first.
    fn default_act(&self, said: &Said<'_>, left: &[usize], defaults: &Defaults) -> String {
        let own = self.narrowed(said, left.to_vec());
        let mut providers = own.iter().filter_map(|place| self.acts.get(*place)).map(FleetAct::provider);
        let first = providers.next().filter(|first| providers.all(|other| other == *first));
        let own = first.and_then(|provider| defaults.providers.get(provider)).map(|own| own.act.as_str());
        own.filter(|act| !act.is_empty()).unwrap_or(&defaults.act).to_owned()
    }

    fn of_provider(&mut self, text: &str) -> Arc<[usize]> {
        let acts = &self.acts;
        let found = self.providers.entry(text.to_owned()).or_insert_with(|| providers_called(acts, text).into());
        Arc::clone(found)
    }

    fn called(&mut self, text: &str) -> Arc<[usize]> {
        let acts = &self.acts;
        let found = self.called.entry(text.to_owned()).or_insert_with(|| acts_called(acts, text).into());
        Arc::clone(found)
    }

    /// A column can say the value that makes the act.
    fn keep_by_fields(&self, said: &Said<'_>, left: &mut Vec<usize>) {
        for (name, text) in &said.fields {
            left.retain(|place| {
                let own = self.acts.get(*place);
                let value = own.and_then(|act| Some((act, act.values.iter().find(|(own, _)| own == name)?)));
                value.is_none_or(|(act, (name, value))| is_called(act, name, value, text))
            });
        }
    }

    /// What is left by the subject, and then by the region, if it is of several APIs.
    fn narrowed(&self, said: &Said<'_>, left: Vec<usize>) -> Vec<usize> {
        let is_there = |act: &FleetAct| region_called(act, said.region).is_some();
        let mut left = left;
        for step in 0..3 {
            if self.are_of_one_api(&left) {
                break;
            }
            let kept = match step {
                0 => self.by_subject(said, &left, true),
                1 => self.by_subject(said, &left, false),
                _ => self.kept(&left, is_there),
            };
            if !kept.is_empty() {
                left = kept;
            }
        }
        left
    }

    /// `strict`: the description has no remark on such a subject either.
    fn by_subject(&self, said: &Said<'_>, left: &[usize], strict: bool) -> Vec<usize> {
        let fits = |act: &FleetAct| is_subject(&act.operation, &act.subject.name, said.subject, strict);
        if said.subject.is_empty() { Vec::new() } else { self.kept(left, fits) }
    }

    fn kept(&self, left: &[usize], is_it: impl Fn(&FleetAct) -> bool) -> Vec<usize> {
        left.iter().copied().filter(|place| self.acts.get(*place).is_some_and(&is_it)).collect()
    }

    fn are_of_one_api(&self, places: &[usize]) -> bool {
        let mut apis = places.iter().filter_map(|place| self.acts.get(*place)).map(FleetAct::api);
        let first = apis.next();
        apis.all(|api| Some(api) == first)
    }

    fn titles(&self, places: &[usize]) -> Vec<String> {
        self.distinct(places, |act| &act.operation.api_title)
    }

    fn short(&self, places: &[usize]) -> Vec<String> {
        self.distinct(places, |act| &act.short)
    }

    fn distinct<'a>(&'a self, places: &[usize], text: impl Fn(&'a FleetAct) -> &'a String) -> Vec<String> {
        let mut texts: Vec<String> = Vec::new();
        for text in places.iter().filter_map(|place| self.acts.get(*place)).map(text) {
            if !texts.contains(text) {
                texts.push(text.clone());
            }
        }
        texts
    }

    /// The act as the row has it, the fields that make an act with it.
    fn act_text(&self, said: &Said<'_>, wanted: &str) -> String {
        let makes = |name: &str| self.acts.iter().any(|act| act.values.iter().any(|(own, _)| own == name));
        let fields = said.fields.iter().filter(|(name, _)| makes(name)).map(|(name, text)| format!("{name} {text}"));
        let all: Vec<String> =
            Some(wanted.to_owned()).filter(|text| !text.is_empty()).into_iter().chain(fields).collect();
        all.join(", ")
    }
}

/// Whether a text can be the subject of an operation; `strict`: the description has no remark on it either.
fn is_subject(operation: &Operation, name: &str, text: &str, strict: bool) -> bool {
    let fields = operation.fields();
    let Some(field) = fields.into_iter().find(|field| field.name == name) else { return false };
    let path = FieldPath::of(field);
    let mut draft = Draft::default();
    draft.set(path.clone(), Raw::Text(text.to_owned()));
    check_field(&path, &field.schema, true, &draft).is_empty() && (!strict || warnings(operation, &draft).is_empty())
}
