use super::*;
use crate::catalog::Api;
use crate::credentials::ProfileId;
use crate::fixtures::shipped_apis;
use crate::fleet::plan_file::tests::planned;
use crate::fleet::tests::blind_follow;
use crate::fleet::{CallNote, Checked, Due, PlanGroup, RowEnd, RowGroup, RowState};
use crate::follow::{End, Why};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::sync::LazyLock;
use time::macros::datetime;

const NOW: OffsetDateTime = datetime!(2026-11-27 06:00:00 +2);

const LABELS: ReportLabels = ReportLabels {
    report: "Report",
    made: "Made",
    started: "Started",
    ended: "Ended",
    stopped: "Stopped",
    simulated: "Simulated.",
    connection: "Connection",
    console: "Console",
    description: "Description",
    rows: "Rows",
    group: RowGroup::name,
    open: "Open",
    subject: "Instance",
    provider: "Provider",
    region: "Region",
    act: "Act",
    profile: "Profile",
    outcome: "Outcome",
    request_ids: "Request IDs",
    jobs: "Jobs",
    evidence: "Evidence",
    overridden: "Overridden",
    sha256: "SHA-256",
    compare: "Compare.",
    masked: "Masked.",
};

/// A fleet that ended: one refused after a user insisted, one that was on, one left out.
fn fleet() -> Fleet {
    let mut fleet = planned();
    let at = datetime!(2026-11-27 04:00:10 UTC);
    fleet.head.started = Some(at);
    fleet.head.overrides = vec![
        Override { at, row: None, words: "No window".into() },
        Override { at, row: Some(RowId(1)), words: "Insist, although a task is running".into() },
    ];
    let note = |operation: &str, status, code: &str, request_id: &str| CallNote {
        status,
        code: code.into(),
        request_id: request_id.into(),
        ..CallNote::new(at, "c".into(), operation.into())
    };
    for row in fleet.rows.values_mut() {
        match row.id {
            RowId(1) => {
                row.started = Some(at);
                row.ended = Some(at);
                row.sends = 1;
                row.calls = vec![
                    note("ListImmediateJobs", Some(200), "", "r-0"),
                    note("SwitchGaussMySqlInstanceSsl", Some(409), "DBS.200019", "r-1"),
                ];
                row.known = vec!["job-1".into()];
                let (code, message) = ("DBS.200019".into(), "Busy; =cmd|' /C calc'!A0".into());
                row.state = RowState::Over(RowEnd::Refused { code, message, status: 409 });
            }
            RowId(2) => {
                row.calls = vec![note("DescribeInstance", Some(200), "", "r-2")];
                let evidence = vec![("Protocol".into(), "HTTPS".into())];
                row.checked = vec![
                    Checked {
                        precondition: 0,
                        standing: "already".into(),
                        evidence: evidence.clone(),
                        why: String::new(),
                    },
                    Checked { precondition: 1, standing: "pass".into(), evidence, why: String::new() },
                ];
            }
            _ => row.state = RowState::Over(RowEnd::NotPlanned(PlanGroup::CannotBeKnown("x".into()))),
        }
    }
    fleet
}

fn outcome(row: &Row) -> String {
    match row.end() {
        Some(RowEnd::Refused { message, .. }) => format!("Refused: {message}"),
        other => format!("{other:?}"),
    }
}

fn report_of(fleet: &Fleet, secrets: &[&str]) -> Report {
    let secrets: Vec<_> = secrets.iter().map(|secret| Zeroizing::new((*secret).to_owned())).collect();
    let descriptions: Vec<Description> = shipped_apis().iter().map(Description::of).collect();
    let profile = FleetProfile {
        id: ProfileId::new(2),
        provider: "Huawei Cloud".into(),
        name: "Production".into(),
        key: "0002".into(),
        chosen: true,
    };
    let context = ReportContext {
        now: NOW,
        console: "1.2.3",
        descriptions: &descriptions,
        profiles: &[profile],
        simulated: fleet.head.connection == "Sandbox",
        secrets: &secrets,
        outcome: &outcome,
    };
    Report::of(fleet, context)
}

fn report() -> Report {
    static REPORT: LazyLock<Report> = LazyLock::new(|| report_of(&fleet(), &[]));
    REPORT.clone()
}

#[test]
fn a_row_says_who_what_when_and_what_came_of_it() {
    let report = report();
    let row = &report.rows[0];
    assert_eq!((row.profile.as_str(), row.key.as_str()), ("Production", "0002"));
    assert_eq!((row.state.as_str(), row.code.as_str(), row.status), ("refused", "DBS.200019", Some(409)));
    assert_eq!((row.started.as_str(), row.ended.as_str()), ("2026-11-27T04:00:10Z", "2026-11-27T04:00:10Z"));
    assert_eq!(row.request_ids, ["r-1", "r-0"]);
    assert_eq!(row.jobs, ["job-1"]);
    assert_eq!(row.fields.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["ssl_option", "project_id"]);
    let insisted = ("2026-11-27T04:00:10Z".to_owned(), "Insist, although a task is running".to_owned());
    assert_eq!(row.overridden, [insisted]);
    assert!(row.made_with.starts_with("TLS Console 1.2.3, huawei-taurusdb "), "{}", row.made_with);
    let already = &report.rows[1];
    assert_eq!(already.evidence, [("Protocol".to_owned(), "HTTPS".to_owned())]);
    assert_eq!((already.evidence_at.as_str(), already.state.as_str()), ("2026-11-27T04:00:10Z", "as-wanted"));
    assert_eq!(report.overrides, [("2026-11-27T04:00:10Z".to_owned(), "No window".to_owned())]);
    assert_eq!(report.made, "2026-11-27T04:00:00Z");
}

#[test]
fn the_digest_is_that_of_the_csv_without_its_last_line() {
    let report = report();
    let csv = report.to_csv();
    let before = csv.trim_end_matches("\r\n").rfind("\r\n").unwrap() + 2;
    assert_eq!(report.sha256, sha256_hex(&csv.as_bytes()[..before]));
    assert!(csv.ends_with(&format!("\r\nsha256,{}{}\r\n", report.sha256, ",".repeat(23))), "{csv}");
    let mut reader = ::csv::Reader::from_reader(csv.as_bytes());
    assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), COLUMNS);
    assert_eq!(reader.records().map(|record| record.unwrap().len()).collect::<Vec<_>>(), [COLUMNS.len(); 4]);
}

#[test]
fn no_cell_is_a_formula() {
    let csv = report().to_csv();
    assert!(csv.contains("Refused: Busy;' =cmd|"), "{csv}");
    for separator in [b',', b';', b'\t'] {
        let mut reader = ::csv::ReaderBuilder::new();
        let mut reader = reader.delimiter(separator).flexible(true).has_headers(false).from_reader(csv.as_bytes());
        for cell in reader.records().flatten().flat_map(|record| record.iter().map(str::to_owned).collect::<Vec<_>>()) {
            let begin = cell.trim_start_matches(|c: char| c.is_whitespace() || c == '"');
            assert!(!begin.starts_with(['=', '+', '-', '@']), "{cell:?}");
        }
    }
}

#[test]
fn a_copy_is_compared_with_its_digest() {
    let report = report();
    let same = Verification::Same { rows: 3, sha256: report.sha256.clone() };
    let (csv, json) = (report.to_csv(), report.to_json());
    assert_eq!((verify(&csv), verify(&json)), (same.clone(), same.clone()));
    // As a spreadsheet or an editor saves it.
    assert_eq!(verify(&format!("\u{feff}{}", csv.replace("\r\n", "\n"))), same);
    let mut quoted = ::csv::WriterBuilder::new();
    let mut quoted = quoted.quote_style(::csv::QuoteStyle::Always).delimiter(b';').from_writer(Vec::new());
    let mut reader = ::csv::ReaderBuilder::new();
    let mut reader = reader.has_headers(false).from_reader(csv.as_bytes());
    reader.records().for_each(|record| quoted.write_record(&record.unwrap()).unwrap());
    assert_eq!(verify(&String::from_utf8(quoted.into_inner().unwrap()).unwrap()), same);
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value["counts"]["rows"], 3);
    assert_eq!((verify(&value.to_string()), verify(&format!("{value:#}"))), (same.clone(), same));
}

#[test]
fn a_report_says_what_was_answered_and_how_many_calls_are_not_noted() {
    let mut fleet = fleet();
    let call = &mut fleet.rows[0].calls[1];
    (call.answer, call.left_out) = (String::from("Instance is busy"), 12);
    let report = report_of(&fleet, &[]);
    assert!(report.to_csv().contains(
        "; left_out=12 2026-11-27T04:00:10Z SwitchGaussMySqlInstanceSsl 409 DBS.200019 r-1 Instance is busy,"
    ));
    let json = report.to_json();
    assert!(json.contains(r#""answer":"Instance is busy","left_out":12"#), "{json}");
    assert!(matches!(verify(&json), Verification::Same { .. }));
    assert!(matches!(verify(&json.replace("\"left_out\":12", "\"left_out\":1")), Verification::Changed { .. }));
}

#[test]
fn every_change_is_noticed() {
    let report = report();
    let csv = report.to_csv();
    let lines: Vec<&str> = csv.split_inclusive("\r\n").collect();
    let changed = |text: &str| matches!(verify(text), Verification::Changed { .. });
    assert!(changed(&csv.replace("refused", "verified")));
    assert!(changed(&[lines[0], lines[2], lines[1], lines[3], lines[4]].concat()), "moved");
    assert!(changed(&[lines[0], lines[1], lines[3], lines[4]].concat()), "removed");
    assert!(changed(&[lines[0], lines[1], lines[1], lines[2], lines[3], lines[4]].concat()), "added");
    assert!(changed(&[&csv, lines[1]].concat()) && changed(&[&csv, lines[4]].concat()), "added at the end");
    assert!(changed(&format!("{csv}\r\nand a note\r\n")), "a note at the end");
    assert!(!changed(&format!("{csv},,\r\n\r\n")), "a spreadsheet may end with empty rows");
    let json = report.to_json();
    assert!(changed(&json.replace("\"refused\"", "\"verified\"")));
    assert!(changed(&json.replace(&report.sha256, "0000")));
    for other in ["", "a,b\n", "{}", "[]", &lines[..4].concat(), &csv.replace("subject", "subjekt"), "{\"format\":1}"] {
        assert_eq!(verify(other), Verification::NoReport, "{other}");
    }
}

#[test]
fn a_canary_is_in_no_report() {
    let canary = "canary-\"secret\"-1";
    let mut fleet = fleet();
    fleet.head.name = canary.to_owned();
    fleet.head.connection = canary.to_owned();
    fleet.head.overrides.iter_mut().for_each(|own| own.words = format!("typed {canary}"));
    for row in fleet.rows.values_mut() {
        let spec = &mut row.spec;
        for text in [&mut spec.subject, &mut spec.act, &mut spec.region, &mut spec.provider, &mut spec.operation] {
            text.push_str(canary);
        }
        spec.values.push(("more".into(), serde_json::json!({ "a": canary })));
        row.known.push(canary.to_owned());
        row.checked.iter_mut().for_each(|own| own.evidence.push((canary.to_owned(), canary.to_owned())));
        for call in &mut row.calls {
            call.code = canary.to_owned();
            call.request_id = format!("r{canary}");
            call.answer = canary.to_owned();
        }
        if let RowState::Over(RowEnd::Refused { code, message, .. }) = &mut row.state {
            *code = canary.to_owned();
            *message = canary.to_owned();
        }
    }
    let report = report_of(&fleet, &[canary]);
    for text in [report.to_csv(), report.to_json(), report.to_markdown(&LABELS), format!("{report:?}")] {
        assert!(!text.contains("secret"), "{text}");
        assert!(text.contains('•'));
    }
    assert!(matches!(verify(&report.to_csv()), Verification::Same { .. }));
}

/// The texts of the cells of all rows, as a reader of Markdown sees them.
fn markdown_cells(text: &str) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(Vec::new()),
            Event::Start(Tag::TableCell) => rows.last_mut().unwrap().push(String::new()),
            Event::Text(text) | Event::Code(text) => {
                if let Some(cell) = rows.last_mut().and_then(|row| row.last_mut()) {
                    cell.push_str(&text);
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => panic!("{html}"),
            Event::End(TagEnd::Table) => break,
            _ => {}
        }
    }
    rows
}

#[test]
fn markdown_shows_the_same_and_nothing_is_markup() {
    let mut fleet = fleet();
    fleet.head.name = "# a | b\n<img src=x>".into();
    let odd = "a|b `c` <b>d</b> \\| *e* [f](javascript:g)";
    fleet.rows.values_mut().for_each(|row| row.known = vec![format!("{odd}\n\nh")]);
    let text = report_of(&fleet, &[]).to_markdown(&LABELS);
    let rows = markdown_cells(&text);
    assert_eq!(rows.len(), 4, "{text}");
    assert!(rows.iter().all(|row| row.len() == 13), "{rows:?}");
    assert_eq!(rows[1][10], format!("{odd}  h"));
    assert_eq!(rows[1][5], "Production …0002");
    assert!(text.contains("- **failed:** 1\n") && text.contains("- **already-on:** 1\n"), "{text}");
    assert!(text.contains(&report_of(&fleet, &[]).sha256));
}

#[test]
fn a_description_is_told_by_its_version_and_its_digest() {
    let api = |version: &str| {
        let text = format!("{{\"openapi\": \"3.1.0\", \"info\": {{\"title\": \"T\", \"version\": \"{version}\"}}}}");
        Description::of(&Api::load("apis/t.json", &text).unwrap())
    };
    assert_eq!((api("1.0").version.as_str(), api("1.0").sha256.len()), ("1.0", 64));
    assert_ne!(api("1.0").sha256, api("1.1").sha256);
}

#[test]
fn the_profile_is_the_one_that_signed() {
    let mut fleet = fleet();
    let row = &mut fleet.rows[0];
    let mut follow = blind_follow();
    // The row names one that is gone, and another one signed in its place.
    row.spec.profile = Some(ProfileId::new(99));
    follow.origin.profile = Some(ProfileId::new(2));
    row.state = RowState::Following(follow);
    assert_eq!(report_of(&fleet, &[]).rows[0].profile, "Production");
    // The one that signed is gone.
    let row = &mut fleet.rows[0];
    row.spec.profile = Some(ProfileId::new(2));
    let mut follow = blind_follow();
    follow.origin.profile = Some(ProfileId::new(99));
    row.state = RowState::Following(follow);
    assert_eq!(report_of(&fleet, &[]).rows[0].profile, "Production");
}

#[test]
fn every_state_has_a_word_of_its_own() {
    let mut row = fleet().rows[0].clone();
    let mut words = Vec::new();
    let followed = |end: End| RowState::Over(RowEnd::Followed { end, follow: blind_follow() });
    let refused = RowEnd::Refused { code: String::new(), message: String::new(), status: 400 };
    for new in [
        RowState::New,
        RowState::Checking(0),
        RowState::Planned(PlanGroup::WillChange),
        RowState::Planned(PlanGroup::Refused(String::new())),
        RowState::Planned(PlanGroup::CannotBeKnown(String::new())),
        RowState::Waiting(Due(NOW)),
        RowState::Sending { call: String::new(), since: NOW },
        RowState::Following(blind_follow()),
        followed(End::Verified),
        followed(End::Completed),
        followed(End::Failed(None)),
        followed(End::Unknown(Why::Limit)),
        followed(End::NotCarriedOut),
        followed(End::NotSeen(60)),
        RowState::Over(refused),
        RowState::Over(RowEnd::Accepted),
        RowState::Over(RowEnd::NotSent(String::new())),
        RowState::Over(RowEnd::AlreadyOn),
        RowState::Over(RowEnd::Skipped),
        RowState::Over(RowEnd::Stopped),
    ] {
        row.state = new;
        assert!(!words.contains(&state(&row)), "{}", state(&row));
        words.push(state(&row));
    }
    // What was as it was wanted is so, whether the run has begun or not.
    row.state = RowState::Planned(PlanGroup::AlreadyOn);
    assert_eq!(state(&row), "as-wanted");
}

proptest! {
    #[test]
    fn no_text_ends_the_check(bytes in proptest::collection::vec(any::<u8>(), 0..200), at in 0_usize..4000, byte in any::<u8>()) {
        let _ = verify(&String::from_utf8_lossy(&bytes));
        for text in [report().to_csv(), report().to_json()] {
            let mut bytes = text.into_bytes();
            let at = at % bytes.len();
            bytes[at] = byte;
            let _ = verify(&String::from_utf8_lossy(&bytes));
        }
    }
}

#[test]
fn a_profile_of_the_plan_is_known_after_it_is_gone() {
    let mut fleet = fleet();
    fleet.rows[0].spec.profile = Some(ProfileId::new(99));
    let (provider, key) = ("Huawei Cloud".to_owned(), "0099".to_owned());
    let unnamed =
        FleetProfile { id: ProfileId::new(99), provider: provider.clone(), key: key.clone(), ..Default::default() };
    fleet.head.stage = crate::fleet::FleetStage::Choosing;
    fleet.name_signers(&[unnamed]);
    let row = &report_of(&fleet, &[]).rows[0];
    assert_eq!((&row.profile, &row.key), (&provider, &key));
}

#[test]
fn a_summary_has_each_reason_once_and_what_was_set_aside_by_its_words() {
    let mut fleet = fleet();
    let unwell = |fleet: &Fleet| -> Vec<(RowGroup, String, String, Vec<u32>)> {
        let kinds = fleet.unwell(&|row| state(row).to_owned()).into_iter();
        kinds
            .map(|kind| (kind.group, kind.outcome, kind.message, kind.rows.iter().map(|row| row.0).collect()))
            .collect()
    };
    let busy = "Busy; =cmd|' /C calc'!A0";
    let failed = (RowGroup::Failed, "refused".to_owned(), busy.to_owned(), vec![1]);
    let open = (RowGroup::CannotBeKnown, "plan-not-known".to_owned(), String::new(), vec![3]);
    assert_eq!(unwell(&fleet), [failed.clone(), open]);
    // A row without an end is not well either, and what is frequent comes first after what failed.
    fleet.rows[1].state = RowState::Waiting(Due(NOW));
    fleet.rows[2].state = RowState::Waiting(Due(NOW));
    let waiting = (RowGroup::Waiting, "waiting".to_owned(), String::new(), vec![2, 3]);
    assert_eq!(unwell(&fleet), [failed.clone(), waiting]);
    // While the run works on them, nobody knows yet.
    let stage = std::mem::replace(&mut fleet.head.stage, crate::fleet::FleetStage::Running);
    assert_eq!(unwell(&fleet), [failed]);
    fleet.head.stage = stage;
    let words = "Insist, although a task is running";
    fleet.head.overrides.push(Override { at: NOW, row: Some(RowId(2)), words: words.into() });
    let set_aside: Vec<_> = fleet.set_aside().into_iter().map(|own| (own.words, own.rows)).collect();
    assert_eq!(set_aside, [("No window".to_owned(), vec![]), (words.to_owned(), vec![RowId(1), RowId(2)])]);
}

#[test]
fn the_json_says_at_its_top_what_was_set_aside_for_the_fleet_and_for_rows() {
    let report = report();
    let json: serde_json::Value = serde_json::from_str(&report.to_json()).unwrap();
    let at = "2026-11-27T04:00:10Z";
    let expected = serde_json::json!([
        {"at": at, "row": null, "words": "No window"},
        {"at": at, "row": report.rows[0].row, "words": "Insist, although a task is running"},
    ]);
    assert_eq!((&json["overrides"], &json["rows"][0]["row"]), (&expected, &report.rows[0].row.into()));
}

#[test]
fn a_report_of_the_version_before_still_verifies() {
    let json = report_of(&fleet(), &[]).to_json();
    assert!(json.contains("\"version\": 4") && json.contains("\"as_wanted\": 1"), "{json}");
    for version in [2, 3] {
        let mut older: serde_json::Value = serde_json::from_str(&json).unwrap();
        older["version"] = version.into();
        older["overrides"] = serde_json::json!([["2026-11-27T04:00:10Z", "No window"]]);
        let found = verify(&older.to_string());
        assert!(matches!(found, Verification::Same { rows: 3, .. }), "{found:?}");
    }
    let oldest = json.replacen("\"version\": 4", "\"version\": 1", 1);
    assert_eq!(verify(&oldest), Verification::NoReport);
}
