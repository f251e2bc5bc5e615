//! Limits, in English.

use super::counted;
use crate::fleet::{LaneKey, LimitField, LimitProblem, Limits, Share};

pub(super) fn lane(lane: &LaneKey, rows: usize) -> String {
    let region = if lane.region.is_empty() { String::new() } else { format!(", {}", lane.region) };
    format!("{}{region}: {}", lane.provider, counted(rows, "row", "rows"))
}

pub(super) fn limits_of(limits: &Limits) -> String {
    let time = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    let rows = match limits.concurrency {
        Share::Number(number) => counted(number as usize, "row", "rows"),
        Share::Percent(percent) => format!("{percent} % of the rows"),
    };
    let ramp = if limits.ramp { ", beginning with 1" } else { "" };
    let threshold = match limits.threshold {
        None => String::from("Failures do not stop it."),
        Some(Share::Number(0)) => String::from("The first failure stops it."),
        Some(Share::Number(number)) => {
            format!("It stops after more than {}.", counted(number as usize, "failure", "failures"))
        }
        Some(Share::Percent(percent)) => format!("It stops when more than {percent} % of the rows fail."),
    };
    let window = match limits.window {
        None => String::new(),
        Some(window) => format!(" Only from {} to {}.", time(window.from), time(window.to)),
    };
    format!("At most {rows} at once{ramp}, {} calls a second. {threshold}{window}", limits.rate)
}

pub(super) fn limit(field: LimitField) -> &'static str {
    match field {
        LimitField::Concurrency => "Rows at once",
        LimitField::Rate => "Calls a second",
        LimitField::Threshold => "Failures allowed",
        LimitField::WindowFrom => "Only from",
        LimitField::WindowTo => "until",
    }
}

pub(super) fn limit_help(field: LimitField) -> &'static str {
    match field {
        LimitField::Concurrency => {
            "A number such as 10, or a share such as 20% of the rows to change of this provider and region."
        }
        LimitField::Rate => "All calls of this provider and region, those that only read among them.",
        LimitField::Threshold => {
            "A number such as 3, or a share such as 5% of the rows to change of this provider and region. Rows that are not known count as well. One more stops new rows. Empty: failures never stop it."
        }
        LimitField::WindowFrom => "A time of day such as 01:00, by this computer's clock. Empty: at any time.",
        LimitField::WindowTo => "Outside these hours no new row begins. The window may go over midnight.",
    }
}

pub(super) fn limit_problem(problem: LimitProblem) -> String {
    match problem {
        LimitProblem::NoShare(most) => {
            format!("Write a number from 1 to {most}, or a share from 1% to 100%.")
        }
        LimitProblem::NoRate(least, most) => format!("Write a number from {least} to {most}."),
        LimitProblem::NoThreshold => String::from("Write a number, or a share up to 100%, or nothing."),
        LimitProblem::NoTime => String::from("Write a time of day, such as 01:00."),
        LimitProblem::HalfAWindow => String::from("Write both times, or none."),
        LimitProblem::EmptyWindow => String::from("Write another time than the first one."),
    }
}
