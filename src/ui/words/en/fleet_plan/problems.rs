//! What is wrong with rows, texts, plans and the store of fleets, in English.

use super::super::explain::EXPLAIN;
use super::counted;
use crate::fleet::plan_file::{MOST_PLAN_BYTES, PlanFileError};
use crate::fleet::table::{MOST_BYTES, MOST_COLUMNS, MOST_ROWS, TableError};
use crate::fleet::{RowProblem, RowRemark};
use crate::form::Target;
use crate::outcome::Severity;
use crate::ui::words::Message;

pub(super) fn problem(problem: &RowProblem) -> String {
    let or = |names: &[String]| match names {
        [] => String::new(),
        names => format!(" It may be: {}.", names.join(", ")),
    };
    let nearest = |name: &Option<String>| match name {
        Some(name) => format!(" Is it {name}?"),
        None => String::new(),
    };
    match problem {
        RowProblem::UnknownProvider { text, nearest: name } => {
            format!("No provider and no API is called “{text}”.{}", nearest(name))
        }
        RowProblem::NoProvider { candidates } => format!("The line does not say which API it means.{}", or(candidates)),
        RowProblem::UnknownAct { text, offered } => format!("No act is called “{text}”.{}", or(offered)),
        RowProblem::NoAct { text, offered } if text.is_empty() => format!("The line names no act.{}", or(offered)),
        RowProblem::NoAct { text, offered } => format!("“{text}” can mean several acts.{}", or(offered)),
        RowProblem::UnknownRegion { text, nearest: name } => {
            format!("The act cannot be called in a region “{text}”.{}", nearest(name))
        }
        RowProblem::NoRegion => String::from("The line names no region."),
        RowProblem::UnknownProfile { text, provider, nearest: name } => {
            format!("No single profile of {provider} is called “{text}”.{}", nearest(name))
        }
        RowProblem::Field { issue, label } => {
            let name = match (&issue.target, label.as_str()) {
                (Target::Field(path), "") => path.path.as_str(),
                (Target::Variable(name) | Target::Credential(name), "") => name.as_str(),
                (_, label) => label,
            };
            (EXPLAIN.violation)(name, &issue.broken)
        }
        RowProblem::Secret { name } => format!("{name} is a secret or a file. No list of rows may hold it."),
        RowProblem::Generated { name } => format!("The console makes {name} itself, for each call another one."),
        RowProblem::DoubleOfLine { line, same_act: true } => format!("Line {line} says the same."),
        RowProblem::DoubleOfLine { line, same_act: false } => {
            format!("Line {line} wants something else of the same instance.")
        }
        RowProblem::DoubleOfRow { same_act: true, .. } => String::from("The fleet has the same row already."),
        RowProblem::DoubleOfRow { same_act: false, .. } => {
            String::from("A row of the fleet wants something else of the same instance.")
        }
        RowProblem::NotOffered { act } => format!("This site does not offer “{act}”."),
    }
}

pub(super) fn remark(remark: &RowRemark) -> String {
    match remark {
        RowRemark::Field(warning) => {
            let name = match &warning.target {
                Target::Field(path) => path.path.as_str(),
                Target::Variable(name) | Target::Credential(name) => name.as_str(),
            };
            (EXPLAIN.warning)(name, &warning.warning)
        }
        RowRemark::UnlistedRegion { region, nearest: None } => {
            format!("The description does not list the region {region}.")
        }
        RowRemark::UnlistedRegion { region, nearest: Some(nearest) } => {
            format!("The description does not list the region {region}. Is it {nearest}?")
        }
        RowRemark::OtherRegion { region } => format!("Another row has the same instance in the region {region}."),
        RowRemark::UnusedField { name } => format!("The act has no field {name}: the cell is not used."),
    }
}

pub(super) fn table_error(error: &TableError) -> Message {
    let message = |title: &str, cause: String, remedy: &str| Message {
        severity: Severity::Error,
        title: title.to_owned(),
        causes: vec![cause],
        remedies: vec![remedy.to_owned()],
    };
    let title = "The text cannot be read as rows";
    match error {
        TableError::Empty => message("The text has no rows", String::from("Nothing is in it."), "Paste some lines."),
        TableError::NotText => {
            message("The file is no text", String::from("It is neither UTF-8 nor UTF-16."), "Save it as CSV first.")
        }
        TableError::TooManyBytes { bytes } => message(
            "The text is too long",
            format!("It has {} MB. At most {} MB are read.", bytes / 1_000_000, MOST_BYTES / 1_000_000),
            "Split it into several fleets.",
        ),
        TableError::TooManyRows => message(
            "The text has too many rows",
            format!("At most {MOST_ROWS} rows are read."),
            "Split it into several fleets.",
        ),
        TableError::TooManyColumns { line } => message(
            title,
            format!("Line {line} has more than {MOST_COLUMNS} columns."),
            "Check which character stands between the cells.",
        ),
        TableError::OpenQuote { line } => message(
            title,
            format!("A cell in line {line} begins with a quote that never ends."),
            "End it with a quote, or double the quote.",
        ),
        TableError::NotJson { line, reason } => message(
            "The text begins like JSON, but it is not valid JSON",
            format!("Line {line}: {}.", reason.trim_end_matches('.')),
            "Correct that line, or paste the table as CSV.",
        ),
        TableError::NotAList { line } => message(
            "The JSON is no list of rows",
            format!("Line {line} has something else."),
            "Paste an array of objects, one object a row.",
        ),
    }
}

pub(super) fn plan_error(error: &PlanFileError) -> Message {
    let message = |title: &str, cause: String, remedy: &str| Message {
        severity: Severity::Error,
        title: title.to_owned(),
        causes: vec![cause],
        remedies: vec![remedy.to_owned()],
    };
    let export = "Export the plan again with this version of the console.";
    match error {
        PlanFileError::TooManyBytes { bytes } => message(
            "The plan is too long",
            format!("It has {} MB. At most {} MB are read.", bytes / 1_000_000, MOST_PLAN_BYTES / 1_000_000),
            "Split the fleet.",
        ),
        PlanFileError::TooManyRows { rows } => message(
            "The plan has too many rows",
            format!("It has {}. At most {MOST_ROWS} are read.", counted(*rows, "row", "rows")),
            "Split the fleet.",
        ),
        PlanFileError::NotJson(reason) => message(
            "The file is no plan",
            format!("It is no JSON: {}.", reason.trim_end_matches('.')),
            "Choose a file that “Export plan” wrote.",
        ),
        PlanFileError::NotAPlan => message(
            "The JSON is no plan",
            String::from("It does not say that it is a plan of this console."),
            "Choose a file that “Export plan” wrote. Lists of rows go into “Paste or drop”.",
        ),
        PlanFileError::Version { found } => message(
            "Another version of the console wrote this plan",
            format!("The plan has the version {found}."),
            export,
        ),
        PlanFileError::Broken { row: None, reason } => {
            message("The plan is damaged", format!("Before its rows: {}.", reason.trim_end_matches('.')), export)
        }
        PlanFileError::Broken { row: Some(row), reason } => {
            message("A row of the plan is damaged", format!("Row {row}: {}.", reason.trim_end_matches('.')), export)
        }
        PlanFileError::Limits { lane } => message(
            "The plan has limits that no fleet can have",
            format!("They are those of {} {}.", lane.provider, lane.region).replace(" .", "."),
            export,
        ),
    }
}
