//! What a person can try in the sandbox: an example that succeeds, and the inputs that lead elsewhere.
//!
//! Inputs are named as the form labels them. A test sends every case and holds it to its words.

mod aliyun;
mod fleet;
mod huawei;
mod iam;

pub use fleet::{FleetExample, fleet_csv};

use super::course::CourseKind;
use super::fault_kind::FaultKind;
use super::provider::Provider;
use super::reading_kind::ReadingKind;
use super::sentinel::{Sentinel, sentinel};
use crate::catalog::{ErrorCatalogue, ErrorEntry};
use serde::Serialize;

/// What to try with one provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Guide {
    /// Inputs and values that together succeed.
    pub example: Vec<(&'static str, &'static str)>,
    /// Values that lead elsewhere; all other inputs stay as in the example.
    pub cases: Vec<Case>,
}

/// One special value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Case {
    /// The input to change.
    pub input: &'static str,
    /// What to put into it.
    pub value: String,
    /// Other inputs that have to change with it; for most cases none.
    pub with: &'static [(&'static str, &'static str)],
    /// What comes back: it begins with the status, and the code if it is an error.
    pub leads_to: &'static str,
}

/// The guide to what a provider switches.
pub fn guide(provider: Provider) -> Guide {
    match provider {
        Provider::Huawei => huawei::database(),
        Provider::Aliyun => aliyun::elasticsearch(),
    }
}

/// The guide to the operation of a host and a path as its description writes it. `None`: not played here.
pub fn guide_to(host: &str, path: &str) -> Option<Guide> {
    match Provider::of_host(host)? {
        Provider::Huawei if super::huawei::is_iam(host) => iam::guide(path),
        Provider::Huawei => Some(huawei::guide(path)),
        Provider::Aliyun => Some(aliyun::guide(path)),
    }
}

/// One entry of the error catalogue, and the input that leads to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CodeCase {
    /// The input to change; all others stay as in the example.
    pub input: &'static str,
    /// What to put into it.
    pub value: String,
    /// Status, code and message, as far as they are documented.
    pub leads_to: String,
}

/// [`code_cases`] by the operation's host and path. IAM has no instances, so no id there leads to a chosen error.
pub fn code_cases_of(host: &str, path: &str, catalogue: &ErrorCatalogue) -> Vec<CodeCase> {
    let Some(provider) = Provider::of_host(host).filter(|_| !super::huawei::is_iam(host)) else { return Vec::new() };
    let mut cases = code_cases(provider, catalogue);
    // The id of an error goes into another input where no instance is in the path.
    let input = match (provider, path) {
        (Provider::Aliyun, aliyun::LIST) => "instanceId",
        (Provider::Huawei, huawei::LIST | huawei::JOB) => "id",
        (Provider::Huawei, huawei::TASKS) => "job_id",
        _ => return cases,
    };
    cases.iter_mut().for_each(|case| case.input = input);
    cases
}

/// An input for every entry of a provider's error catalogue.
pub fn code_cases(provider: Provider, catalogue: &ErrorCatalogue) -> Vec<CodeCase> {
    let input = match provider {
        Provider::Huawei => "instance_id",
        Provider::Aliyun => "InstanceId",
    };
    let entries = catalogue.entries();
    let case = |(index, entry): (usize, &ErrorEntry)| {
        let nth = entries.iter().take(index + 1).filter(|other| other.code == entry.code).count();
        let status = entry.status.map(|status| format!("{status} ")).unwrap_or_default();
        let message = entry.message.as_ref().map(|message| format!(": {message}")).unwrap_or_default();
        let leads_to = format!("{status}{}{message}", entry.code);
        Some(CodeCase { input, value: sentinel(provider, &entry.code, nth)?, leads_to })
    };
    entries.iter().enumerate().filter_map(case).collect()
}

/// A case that changes one input.
fn case(input: &'static str, value: &str, leads_to: &'static str) -> Case {
    Case { input, value: value.to_owned(), with: &[], leads_to }
}

/// A case for every fault of a change.
fn faults(provider: Provider, instance: &'static str) -> impl Iterator<Item = Case> {
    FaultKind::ALL
        .into_iter()
        .filter_map(move |fault| Some(case(instance, &Sentinel::Fault(fault).id(provider)?, fault.leads_to())))
}

/// A case for every course of a change.
fn courses(provider: Provider, instance: &'static str) -> impl Iterator<Item = Case> {
    CourseKind::ALL.into_iter().filter_map(move |course| {
        Some(case(instance, &Sentinel::Course(course).id(provider)?, course.leads_to(provider)))
    })
}

/// A case for every fault of a look.
fn readings(provider: Provider, instance: &'static str) -> impl Iterator<Item = Case> {
    ReadingKind::ALL.into_iter().filter_map(move |fault| {
        Some(case(instance, &Sentinel::Reading(fault).id(provider)?, fault.leads_to(provider)))
    })
}
