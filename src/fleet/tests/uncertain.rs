//! What nobody knows is neither done nor failed, and what was not sent says why.

use super::*;
use crate::fleet::report::{Report, ReportContext, ReportLabels, ReportRow, state};
use crate::follow::{End, Why};

fn unknown(end: End) -> RowState {
    RowState::Over(RowEnd::Followed { end, follow: blind_follow() })
}

/// Calls of a row: the plan's read, then a call that this status answers.
fn calls(status: Option<u16>) -> Vec<CallNote> {
    let at = START + Duration::SECOND;
    let sent = CallNote { status, code: String::from("Down"), ..note(at + Duration::MINUTE, "c", "Set") };
    vec![note(at, "r", "Get"), sent]
}

fn reported(fleet: &Fleet, outcome: &dyn Fn(&Row) -> String) -> Report {
    let context = ReportContext {
        now: START,
        console: "1",
        descriptions: &[],
        profiles: &[],
        secrets: &[],
        simulated: true,
        outcome,
    };
    Report::of(fleet, context)
}

#[test]
fn every_row_is_counted_by_what_is_known_of_it() {
    let refused = RowEnd::Refused { code: String::from("E"), message: String::new(), status: 400 };
    let not_planned = |group| RowState::Over(RowEnd::NotPlanned(group));
    for (state, group) in [
        (unknown(End::NotSeen(60)), RowGroup::Unknown),
        (unknown(End::Unknown(Why::Limit)), RowGroup::Unknown),
        (unknown(End::NotCarriedOut), RowGroup::Failed),
        (unknown(End::Failed(None)), RowGroup::Failed),
        (unknown(End::Verified), RowGroup::Done),
        (RowState::Over(refused), RowGroup::Failed),
        (not_planned(PlanGroup::Refused(String::new())), RowGroup::Refused),
        (not_planned(PlanGroup::CannotBeKnown(String::new())), RowGroup::CannotBeKnown),
        (RowState::Over(RowEnd::Skipped), RowGroup::Skipped),
        (RowState::Over(RowEnd::Stopped), RowGroup::Stopped),
    ] {
        let row = Row { state, ..rows(1).remove(0) };
        assert_eq!(row.group(), group, "{row:?}");
        // The filter finds what is counted, and the words of the row begin with its name.
        let fleet = Fleet::new(Page::new(rows(0), free()).fleet.head, [row.clone()]);
        assert_eq!(fleet.find(&FindRows { groups: vec![group], ..FindRows::default() }), [RowId(0)]);
        let (counts, is_over) = (fleet.counts_of_rows(), RowGroup::ENDS.contains(&group));
        assert_eq!((counts.of_group(group), counts.open(), is_over), (1, 0, true));
        // What the run was not to change is no progress.
        let is_left_out = matches!(group, RowGroup::Refused | RowGroup::CannotBeKnown | RowGroup::Skipped);
        assert_eq!(counts.progress(), if is_left_out { (0, 0) } else { (1, 1) }, "{group:?}");
        let words = crate::ui::words::fleet_words();
        let (said, name) = ((words.row_state)(&row), (words.group)(group));
        assert!(said == name || said.starts_with(&format!("{name}: ")), "{said} is in {name}");
    }
}

#[test]
fn what_is_not_known_counts_towards_the_threshold_and_is_told_by_itself() {
    let mut page = Page::started(rows(4), Limits { threshold: Some(Share::Number(0)), ..free() });
    page.fleet.rows[0].state = unknown(End::NotSeen(60));
    page.fleet.rows[0].calls = calls(Some(503));
    page.reload();
    page.event(EventKind::Resume);
    assert_eq!((page.fleet.counts().failed, page.fleet.counts().unknown, page.fleet.counts().failures()), (0, 1, 1));
    assert_eq!(page.fleet.troubles()[0].trouble, Trouble::NotSeen([Some(503)].into()));
    let report = reported(&page.fleet, &|row| state(row).to_owned());
    let json: serde_json::Value = serde_json::from_str(&report.to_json()).unwrap();
    assert_eq!((&json["counts"]["failed"], &json["counts"]["not_known"]), (&0.into(), &1.into()));
    let ReportRow { state, code, status, row, .. } = &report.rows[0];
    assert_eq!((state.as_str(), code.as_str(), *status, *row), ("not-seen", "Down", Some(503), 1));
    let labels: ReportLabels = crate::ui::words::fleet_words().report_labels;
    assert!(report.to_markdown(&labels).contains("- **Failed:** 0\n- **Not known:** 1\n"));
    // Rows with the same title and the same remedy are told together, whatever the answers were.
    page.fleet.rows[1].state = unknown(End::NotSeen(60));
    page.fleet.rows[1].calls = calls(Some(500));
    let troubles = page.fleet.troubles();
    assert_eq!((troubles.len(), troubles[0].rows.len()), (1, 2), "{troubles:?}");
    assert_eq!(troubles[0].trouble, Trouble::NotSeen([Some(500), Some(503)].into()));
    page.fleet.rows[1].state = RowState::New;
    // Where nobody answered, nobody said anything.
    page.fleet.rows[0].calls = calls(None);
    assert_eq!(page.fleet.troubles()[0].trouble, Trouble::NotSeen([None].into()));
    assert_eq!(reported(&page.fleet, &|_| String::new()).rows[0].status, None);
}

#[test]
fn too_many_rows_that_are_not_known_halt_their_lane() {
    let mut page =
        Page::started(rows(6), Limits { threshold: Some(Share::Number(0)), concurrency: Share::Number(1), ..free() });
    page.answers = Box::new(|_, _| SendResult::Uncertain(blind_follow()));
    page.run();
    let Counts { failed, unknown, waiting, .. } = page.fleet.counts();
    assert_eq!((failed, unknown, waiting, page.fleet.head.halted.len()), (0, 1, 5, 1));
}

#[test]
fn a_report_says_why_a_row_was_not_sent_and_when_that_was_read() {
    let failed = Checked {
        precondition: 0,
        standing: String::from("fail"),
        evidence: vec![(String::from("Status"), String::from("abnormal"))],
        why: String::new(),
    };
    let mut page = Page::new(rows(3), free());
    let planned = RowState::Over(RowEnd::NotPlanned(PlanGroup::Refused(String::new())));
    let refused = RowEnd::Refused { code: String::from("E"), message: String::new(), status: 400 };
    for (row, state, sends) in [(0, planned, 0), (1, RowState::Over(refused), 1)] {
        let row = &mut page.fleet.rows[row];
        (row.state, row.checked, row.calls, row.sends) = (state, vec![failed.clone()], calls(Some(400)), sends);
    }
    page.fleet.rows[0].calls.truncate(1);
    page.fleet.head.stopped = Some(START);
    // Rows were removed while they were chosen.
    page.fleet.rows[2].id = RowId(10_000);
    let words = crate::ui::words::fleet_words();
    let report = reported(&page.fleet, &|row| (words.row_outcome)(row, "Required: it is well. Read: Status abnormal."));
    for row in &report.rows[..2] {
        assert_eq!(row.evidence, [(String::from("Status"), String::from("abnormal"))]);
        assert_eq!(row.evidence_at, "2026-11-27T04:00:01Z");
    }
    assert_eq!(report.rows[0].outcome, "Refused in the plan. Required: it is well. Read: Status abnormal.");
    assert_eq!(report.rows[0].state, "plan-refused");
    assert_eq!((words.row_state)(&page.fleet.rows[0]), "Refused in the plan: Status abnormal");
    assert_eq!(report.rows.iter().map(|row| row.row).collect::<Vec<_>>(), [1, 2, 3]);
    // It says that it was stopped, when, and that all of it is a simulation.
    let (csv, json, markdown) = (report.to_csv(), report.to_json(), report.to_markdown(&words.report_labels));
    assert!(csv.lines().nth(1).unwrap().starts_with("1,Sandbox,true,Acme Cloud,"), "{csv}");
    assert!(json.contains("\"stopped\": \"2026-11-27T04:00:00Z\"") && json.contains("\"simulated\": true"), "{json}");
    assert!(markdown.contains("- **Stopped:** 2026-11-27T04:00:00Z\n"), "{markdown}");
    assert!(markdown.contains("All times are those of the simulation"), "{markdown}");
    assert!(!format!("{csv}{json}{markdown}").contains(".."), "no double full stops");
}

#[test]
fn an_empty_fleet_takes_another_connection_and_no_other_fleet_does() {
    let mut page = Page::new(rows(1), free());
    assert!(!page.fleet.can_connect("Proxy"));
    page.fleet.rows.clear();
    assert!(page.fleet.can_connect("Proxy") && !page.fleet.can_connect("Sandbox"));
    page.fleet.head.stage = FleetStage::Planned;
    assert!(!page.fleet.can_connect("Proxy"));
}

#[test]
fn the_clock_goes_on_from_the_latest_time_of_the_records() {
    let mut page = Page::started(rows(2), free());
    page.run();
    assert_eq!(page.fleet.latest(), page.fleet.head.ended.unwrap());
    page.fleet.rows[1].calls.push(note(page.now + Duration::HOUR, "c", "Get"));
    assert_eq!(page.fleet.latest(), page.now + Duration::HOUR);
}
