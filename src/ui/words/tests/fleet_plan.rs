//! Choosing the rows of a fleet, and planning it.

use super::*;
use crate::catalog::Location;
use crate::fleet::plan_file::PlanFileError;
use crate::fleet::table::{Column, TableError};
use crate::fleet::{Checked, LaneKey, LimitField, LimitProblem, Limits, RowId, RowProblem, RowRemark, Share, Window};
use crate::form::{Broken, FieldIssue, FieldPath, FieldWarning, Target, Warning};
use crate::ui::words::fleet_plan_words;

fn text(text: &str) -> String {
    text.to_owned()
}

fn target() -> Target {
    Target::Field(FieldPath { location: Location::Path, path: text("instance_id") })
}

#[test]
fn every_reason_why_a_row_does_not_fit_has_its_own_words() {
    let issue = || FieldIssue { target: target(), broken: Broken::Required };
    let names = || vec![text("SSL on"), text("SSL off")];
    let problems = every!(RowProblem:
        RowProblem::UnknownProvider { .. } => RowProblem::UnknownProvider { text: text("hauwei"), nearest: Some(text("Huawei Cloud")) },
        RowProblem::NoProvider { .. } => RowProblem::NoProvider { candidates: vec![text("TaurusDB"), text("IAM")] },
        RowProblem::UnknownAct { .. } => RowProblem::UnknownAct { text: text("onn"), offered: names() },
        RowProblem::NoAct { .. } => RowProblem::NoAct { text: text("on"), offered: names() },
        RowProblem::UnknownRegion { .. } => RowProblem::UnknownRegion { text: text("north"), nearest: None },
        RowProblem::NoRegion => RowProblem::NoRegion,
        RowProblem::UnknownProfile { .. } => RowProblem::UnknownProfile { text: text("prod"), provider: text("Huawei Cloud"), nearest: None },
        RowProblem::Field { .. } => RowProblem::Field { issue: issue(), label: text("Instance ID") },
        RowProblem::Secret { .. } => RowProblem::Secret { name: text("password") },
        RowProblem::Generated { .. } => RowProblem::Generated { name: text("clientToken") },
        RowProblem::DoubleOfLine { .. } => RowProblem::DoubleOfLine { line: 3, same_act: true },
        RowProblem::DoubleOfRow { .. } => RowProblem::DoubleOfRow { row: RowId(1), same_act: true },
        RowProblem::NotOffered { .. } => RowProblem::NotOffered { act: text("SSL on") },
    );
    let more = [
        RowProblem::NoAct { text: String::new(), offered: names() },
        RowProblem::DoubleOfLine { line: 3, same_act: false },
        RowProblem::DoubleOfRow { row: RowId(1), same_act: false },
        RowProblem::Field { issue: issue(), label: String::new() },
    ];
    read_all(&[problems, more.to_vec()].concat(), fleet_plan_words().problem, assert_sentence_of_a_line);
    let remarks = every!(RowRemark:
        RowRemark::Field(_) => RowRemark::Field(FieldWarning { target: target(), warning: Warning::Remark(text("has stars.")) }),
        RowRemark::UnlistedRegion { .. } => RowRemark::UnlistedRegion { region: text("north"), nearest: Some(text("north-4")) },
        RowRemark::OtherRegion { .. } => RowRemark::OtherRegion { region: text("north") },
        RowRemark::UnusedField { .. } => RowRemark::UnusedField { name: text("size") },
    );
    read_all(&remarks, fleet_plan_words().remark, assert_sentence_of_a_line);
}

/// A sentence that may begin with the name of a field.
fn assert_sentence_of_a_line(what: &str, text: &str) {
    assert_plain(what, text);
    assert!(text.ends_with(['.', '?']), "{what}: {text}");
}

#[test]
fn what_is_wrong_with_a_text_or_a_plan_is_explained() {
    let reason = || text("expected value at column 3");
    let errors = every!(TableError:
        TableError::Empty => TableError::Empty,
        TableError::NotText => TableError::NotText,
        TableError::TooManyBytes { .. } => TableError::TooManyBytes { bytes: 9_000_000 },
        TableError::TooManyRows => TableError::TooManyRows,
        TableError::TooManyColumns { .. } => TableError::TooManyColumns { line: 2 },
        TableError::OpenQuote { .. } => TableError::OpenQuote { line: 2 },
        TableError::NotJson { .. } => TableError::NotJson { line: 2, reason: reason() },
        TableError::NotAList { .. } => TableError::NotAList { line: 2 },
    );
    read_messages(&errors, fleet_plan_words().table_error);
    let lane = LaneKey { provider: text("Huawei Cloud"), region: text("north-4") };
    let errors = every!(PlanFileError:
        PlanFileError::TooManyBytes { .. } => PlanFileError::TooManyBytes { bytes: 90_000_000 },
        PlanFileError::TooManyRows { .. } => PlanFileError::TooManyRows { rows: 30_000 },
        PlanFileError::NotJson(_) => PlanFileError::NotJson(reason()),
        PlanFileError::NotAPlan => PlanFileError::NotAPlan,
        PlanFileError::Version { .. } => PlanFileError::Version { found: text("9") },
        PlanFileError::Broken { .. } => PlanFileError::Broken { row: Some(3), reason: reason() },
        PlanFileError::Limits { .. } => PlanFileError::Limits { lane },
    );
    read_messages(&errors, fleet_plan_words().plan_error);
    let before_the_rows = PlanFileError::Broken { row: None, reason: reason() };
    read_message("before the rows", &(fleet_plan_words().plan_error)(&before_the_rows));
    read_message("profile_gone", &(fleet_plan_words().profile_gone)());
    read_message("nothing_to_ask", &(fleet_plan_words().nothing_to_ask)("project_id"));
}

#[test]
fn what_a_column_is_and_what_a_condition_says_has_words() {
    let columns = every!(Column:
        Column::Provider => Column::Provider,
        Column::Region => Column::Region,
        Column::Subject => Column::Subject,
        Column::Act => Column::Act,
        Column::Field(_) => Column::Field(text("project_id")),
        Column::Profile => Column::Profile,
        Column::Ignored => Column::Ignored,
    );
    read_all(&columns, fleet_plan_words().column, assert_plain);
    let found = |standing: &str, why: &str| Checked {
        precondition: 0,
        standing: text(standing),
        evidence: Vec::new(),
        why: text(why),
    };
    let findings = [
        found("pass", ""),
        found("fail", ""),
        found("depends", ""),
        found("already", ""),
        found("unknown", "unclear"),
        found("unknown", "absent"),
        found("unknown", "no-answer"),
        found("unknown", "credential"),
        found("unknown", "not-offered"),
        found("unknown", "DBS.1 No such instance"),
    ];
    read_all(&findings, fleet_plan_words().standing, assert_title);
    let frozen = Checked { evidence: vec![(text("Status"), text("frozen."))], ..found("fail", "") };
    let said = (fleet_plan_words().findings)(&[("It runs.", &frozen)]);
    assert_eq!(said, "Required: It runs. Read: Status frozen.");
    // Three conditions of one read that was refused: the refusal is told once, and first.
    let refused = found("unknown", "InstanceNotFound The instance does not exist.");
    let said = (fleet_plan_words().findings)(&[("It runs.", &refused), ("It is new.", &refused), ("", &refused)]);
    let refusal = "Not known: the read was refused: InstanceNotFound The instance does not exist.";
    assert_eq!(said, format!("Required: It runs; It is new. {refusal}"));
    let findings = |condition: &str, checked: &Checked| (fleet_plan_words().findings)(&[(condition, checked)]);
    assert_eq!(findings("", &frozen), "Does not hold. Read: Status frozen.");
    assert_eq!(findings("It runs.", &found("fail", "")), "Required: It runs. Does not hold.");
    assert_eq!(
        findings("The instance's status is normal.", &frozen),
        "Required: the instance's status is normal. Read: Status frozen."
    );
    // What is off already, and what is on already: the condition of the change would say the opposite.
    for protocol in ["HTTP", "HTTPS"] {
        let already = Checked { evidence: vec![(text("Protocol"), text(protocol))], ..found("already", "") };
        let said = format!("Already as wanted: Protocol {protocol}.");
        assert_eq!(findings("The cluster answers something else.", &already), said);
    }
    assert_eq!((fleet_plan_words().read)(&frozen), "Read: Status frozen");
    assert_eq!((fleet_plan_words().read)(&refused), "");
    let words = fleet_plan_words().override_words;
    let against = "Required: the instance's status is normal. Read: Status frozen.";
    assert_eq!(
        words(against, "ticket 4711"),
        "Included although the plan says “Required: the instance's status is normal. Read: Status frozen”. The reason: ticket 4711"
    );
    assert_plain("override", &words("", "ticket 4711"));
}

#[test]
fn limits_are_told_in_words() {
    let limits = [
        Limits::default(),
        Limits { threshold: None, ramp: false, ..Limits::default() },
        Limits { concurrency: Share::Percent(20), threshold: Some(Share::Number(0)), ..Limits::default() },
        Limits { window: Some(Window { from: 60, to: 300 }), threshold: Some(Share::Number(1)), ..Limits::default() },
    ];
    read_all(&limits, fleet_plan_words().limits_of, assert_sentence);
    assert!((fleet_plan_words().limits_of)(&limits[3]).ends_with("Only from 01:00 to 05:00."));
    let problems = every!(LimitProblem:
        LimitProblem::NoShare(_) => LimitProblem::NoShare(1_000),
        LimitProblem::NoRate(..) => LimitProblem::NoRate(0.01, 50.0),
        LimitProblem::NoThreshold => LimitProblem::NoThreshold,
        LimitProblem::NoTime => LimitProblem::NoTime,
        LimitProblem::HalfAWindow => LimitProblem::HalfAWindow,
        LimitProblem::EmptyWindow => LimitProblem::EmptyWindow,
    );
    read_all(&problems, |problem| (fleet_plan_words().limit_problem)(*problem), assert_sentence);
    let fields = every!(LimitField:
        LimitField::Concurrency => LimitField::Concurrency,
        LimitField::Rate => LimitField::Rate,
        LimitField::Threshold => LimitField::Threshold,
        LimitField::WindowFrom => LimitField::WindowFrom,
        LimitField::WindowTo => LimitField::WindowTo,
    );
    read_all(&fields, |field| (fleet_plan_words().limit)(*field).to_owned(), assert_plain);
    read_all(&fields, |field| (fleet_plan_words().limit_help)(*field).to_owned(), assert_sentence);
}

#[test]
fn counts_are_told_as_a_person_counts() {
    let words = fleet_plan_words();
    assert_eq!((words.add_rows)(1), "Add 1 row");
    assert_eq!((words.add_rows)(7), "Add 7 rows");
    assert_eq!((words.download_refused)(1), "Download the 1 line that does not fit");
    assert_eq!((words.download_refused)(3), "Download the 3 lines that do not fit");
    assert_eq!((words.lines_summary)(2, 1, 3), "2 lines fit, 3 lines do not fit, 1 line is there already.");
    assert_eq!((words.added)(2, 1, 1), "2 rows added. 1 was in the fleet already. 1 does not fit and stayed chosen.");
    assert_eq!((words.calls)(2, 9), "9 calls in all, 2 of them change something");
    assert_eq!((words.include_shown)(1), "Include this one anyway");
    assert_eq!((words.include_shown)(3), "Include all 3 that match anyway");
    assert_eq!((words.select_all)(1), "Select the one that matches");
    assert_eq!((words.not_imported)(3, 3), "Rows of the plan that do not fit");
    assert_eq!((words.not_imported)(50, 64), "The first 50 of 64 rows of the plan that do not fit");
    for count in [0, 1, 2] {
        for sentence in [
            (words.unknown_profiles)(count),
            (words.listed)(count),
            (words.ended)(count),
            (words.left_out)(count),
            (words.lines_summary)(count, 0, 0),
            (words.first_count)(count),
            (words.added_in_part)(count),
            (words.imported)("Friday", count, count),
        ] {
            assert_sentence_of_a_line("a count", &sentence);
        }
    }
}

#[test]
fn the_sentences_around_them_are_whole() {
    let words = fleet_plan_words();
    for sentence in [
        words.fleet_name_help,
        words.closed_planned,
        words.closed_running,
        words.closed_watched,
        words.closed_unguarded,
        words.closed_adding,
        words.lists_lead,
        words.nothing_chosen,
        words.paste_help,
        words.is_plan,
        words.defaults_help,
        words.kept_lead,
        words.import_help,
        words.no_rows,
        words.first_help,
        words.plan_sends_nothing,
        words.not_planned,
        words.planning,
        words.not_exported,
        words.no_conditions,
        words.include_lead,
        words.include_reason_help,
        words.reason_missing,
        words.no_impact,
        words.estimate_note,
        words.limits_lead,
        words.limits_saved,
        words.limits_open,
        words.ramp_help,
        words.window_simulated,
        words.has_begun,
    ] {
        assert_sentence("a sentence", sentence);
    }
    assert_sentence("act_missing", &(words.act_missing)("TaurusDB"));
    assert_sentence("other_connection", &(words.other_connection)("Proxy"));
    assert_sentence("include_question", &(words.include_question)(2));
    assert_eq!((words.default_name)("2026-11-27 04:05:06"), "Fleet of 2026-11-27 04:05");
}
