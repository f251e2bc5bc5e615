use super::*;
use crate::credentials::ProfileId;
use crate::fixtures::{CLUSTER, PROJECT, TAURUSDB, shipped_acts};
use crate::fleet::rows::{Defaults, RowReader};
use crate::fleet::table::{Table, guess_columns};
use crate::fleet::{Head, RowEnd, RowId, RowState, Share, Window};
use proptest::prelude::*;
use serde_json::json;
use std::sync::LazyLock;
use time::macros::datetime;

const NOW: OffsetDateTime = datetime!(2026-11-27 04:00:00 UTC);

fn profiles() -> Vec<FleetProfile> {
    let profile = |number, name: &str, key: &str| FleetProfile {
        id: ProfileId::new(number),
        provider: "Huawei Cloud".into(),
        name: name.to_owned(),
        key: key.to_owned(),
        chosen: number == 1,
    };
    vec![profile(1, "Production", "0001"), profile(2, "Production", "0002"), profile(3, "", "")]
}

/// A planned fleet of two clouds.
pub(in crate::fleet) fn planned() -> Fleet {
    let acts = shipped_acts();
    let text = format!(
        "region,project,instance,act\ncn-north-4,{PROJECT},{TAURUSDB},on\ncn-hangzhou,,{CLUSTER},on\ncn-hangzhou,,es-cn-2,off\n"
    );
    let table = Table::read(&text, &acts).unwrap();
    let columns = guess_columns(&table, &acts);
    let mut reader = RowReader::new(columns, acts, Defaults::default(), Vec::new(), std::iter::empty());
    let specs = table.data().iter().map(|row| reader.read(row).result.unwrap());
    let mut rows: Vec<Row> =
        specs.enumerate().map(|(number, spec)| Row::new(RowId(number as u32 + 1), spec, 0)).collect();
    rows[0].spec.profile = Some(ProfileId::new(2));
    rows[0].state = RowState::Planned(PlanGroup::WillChange);
    rows[0].forced = true;
    rows[0].checked = vec![Checked {
        precondition: 1,
        standing: "fail".into(),
        evidence: vec![("Task".into(), "Backup".into())],
        why: String::new(),
    }];
    rows[1].state = RowState::Over(RowEnd::AlreadyOn);
    rows[2].state = RowState::Planned(PlanGroup::Refused("A task is running.".into()));
    let mut head = Head::new("f1".into(), "Friday".into(), NOW, "Sandbox".into());
    let window = Some(Window { from: 60, to: 300 });
    let limits = Limits { concurrency: Share::Percent(20), rate: 2.5, window, ..Limits::default() };
    head.limits.insert(rows[0].spec.lane(), limits);
    head.first = vec![RowId(3), RowId(1)];
    Fleet::new(head, rows)
}

fn written() -> String {
    static WRITTEN: LazyLock<String> = LazyLock::new(|| PlanFile::write(&planned(), &profiles(), NOW, &[]));
    WRITTEN.clone()
}

fn read(text: &str) -> Result<PlanFile, PlanFileError> {
    PlanFile::read(text, &shipped_acts(), &profiles(), std::iter::empty(), Vec::new())
}

/// The plan with one of its rows changed.
fn changed(row: usize, change: impl FnOnce(&mut Value)) -> PlanRow {
    let mut file: Value = serde_json::from_str(&written()).unwrap();
    change(&mut file["rows"][row]);
    read(&file.to_string()).unwrap().rows.swap_remove(row)
}

#[test]
fn a_plan_comes_back_as_it_was() {
    let fleet = planned();
    let plan = read(&written()).unwrap();
    assert_eq!((plan.name.as_str(), plan.connection.as_str(), plan.exported), ("Friday", "Sandbox", NOW));
    assert_eq!(plan.limits, fleet.head.limits);
    assert_eq!(plan.first, [2, 0]);
    for (read, row) in plan.rows.iter().zip(fleet.rows.values()) {
        // A column can stand at another place in a table: the order of values says nothing.
        let sorted = |spec: &RowSpec| {
            let mut spec = spec.clone();
            spec.values.sort_by(|one, other| one.0.cmp(&other.0));
            spec
        };
        assert_eq!(read.result.as_ref().map(sorted), Ok(sorted(&row.spec)));
        assert_eq!((&read.checked, read.forced), (&row.checked, row.forced));
    }
    let groups: Vec<Option<PlanGroup>> = plan.rows.iter().map(|row| row.group.clone()).collect();
    let refused = PlanGroup::Refused("A task is running.".into());
    assert_eq!(groups, [Some(PlanGroup::WillChange), Some(PlanGroup::AlreadyOn), Some(refused)]);
}

#[test]
fn what_was_read_writes_the_same_file() {
    let fleet = planned();
    let plan = read(&written()).unwrap();
    let rows = plan.rows.into_iter().zip(fleet.rows.values()).map(|(read, row)| Row {
        spec: read.result.unwrap(),
        checked: read.checked,
        forced: read.forced,
        ..row.clone()
    });
    let again = Fleet::new(fleet.head.clone(), rows.collect::<Vec<_>>());
    assert_eq!(PlanFile::write(&again, &profiles(), NOW, &[]), written());
}

#[test]
fn a_profile_is_named_by_its_name_and_the_end_of_its_key() {
    let text = written();
    assert!(text.contains(r#""profile":{"name":"Production","key":"0002"}"#), "{text}");
    assert!(!text.contains(&ProfileId::new(2).to_string()));
    let of = |profile: Value| changed(0, |row| row["profile"] = profile);
    assert_eq!(of(json!({"name": "Production", "key": "0001"})).result.unwrap().profile, Some(ProfileId::new(1)));
    assert_eq!(of(json!({"name": ""})).result.unwrap().profile, Some(ProfileId::new(3)));
    assert_eq!(of(Value::Null).result.unwrap().profile, None);
    let problems = of(json!({"name": "Production"})).result.unwrap_err();
    assert!(matches!(&problems[..], [RowProblem::UnknownProfile { .. }]), "two have the name: {problems:?}");
}

#[test]
fn a_profile_that_is_not_in_this_browser_leaves_its_rows_to_the_chosen_one() {
    let mut file: Value = serde_json::from_str(&written()).unwrap();
    let profiles = [json!({"name": "Production", "key": "0009"}), json!({"name": "x"}), json!({"name": "x"})];
    file["rows"].as_array_mut().unwrap().iter_mut().zip(&profiles).for_each(|(row, own)| row["profile"] = own.clone());
    let plan = read(&file.to_string()).unwrap();
    let signers: Vec<_> = plan.rows.iter().map(|row| row.result.as_ref().map(|spec| spec.profile)).collect();
    assert_eq!(signers, [Ok(None), Ok(None), Ok(None)]);
    // The last two are of another provider than the first.
    assert_eq!(plan.unknown_profiles, 2);
    let elsewhere = PlanFile::read(&written(), &shipped_acts(), &[], std::iter::empty(), Vec::new()).unwrap();
    assert!(elsewhere.rows.iter().all(|row| row.result.is_ok()), "{:?}", elsewhere.rows);
    assert_eq!((elsewhere.unknown_profiles, read(&written()).unwrap().unknown_profiles), (1, 0));
}

#[test]
fn another_server_of_the_region_stays_and_an_unknown_one_is_refused() {
    let vpc = |row: &mut Value| {
        row["server"] = json!("https://{endpoint}.{regionId}.aliyuncs.com");
        row["variables"] = json!({"endpoint": "elasticsearch-vpc", "regionId": "cn-hangzhou"});
    };
    let place = changed(1, vpc).result.unwrap().place;
    assert_eq!(place.variables[0].1, "elasticsearch-vpc");
    for change in [
        |row: &mut Value| row["server"] = json!("https://evil.test"),
        |row: &mut Value| row["region"] = json!("cn-shanghai"),
        |row: &mut Value| {
            row["server"] = json!("https://{endpoint}.{regionId}.aliyuncs.com");
            row["variables"] = json!({"endpoint": "evil.test/", "regionId": "cn-hangzhou"});
        },
    ] {
        assert!(changed(1, change).result.is_err());
    }
}

#[test]
fn rows_are_checked_as_if_they_were_typed() {
    let act = changed(0, |row| row["act"] = json!("SSL sideways"));
    assert!(
        matches!(&act.result.unwrap_err()[0], RowProblem::UnknownAct { text, .. } if text.starts_with("SSL sideways"))
    );
    assert_eq!(act.subject, TAURUSDB);
    let value = changed(0, |row| row["values"]["project_id"] = json!("short"));
    assert!(matches!(&value.result.unwrap_err()[..], [RowProblem::Field { .. }]));
    let against = changed(0, |row| row["values"]["ssl_option"] = json!(false));
    assert!(matches!(&against.result.unwrap_err()[0], RowProblem::UnknownAct { .. }));
    // The words of the act are not enough: another operation is never sent in place of the one that the plan names.
    let other = changed(0, |row| row["operation"] = json!("DeleteInstance"));
    assert_eq!(other.result, Err(vec![RowProblem::NotOffered { act: "DeleteInstance".into() }]));
    let address = changed(2, |row| row["server"] = json!("https://elsewhere.test"));
    let problems = address.result.unwrap_err();
    assert!(matches!(&problems[..], [RowProblem::UnknownRegion { nearest: None, .. }]), "{problems:?}");
    let double = changed(2, |row| row["subject"] = json!(CLUSTER));
    assert_eq!(double.result, Err(vec![RowProblem::DoubleOfLine { line: 2, same_act: false }]));
    let fleet = planned();
    let plan = PlanFile::read(&written(), &shipped_acts(), &profiles(), fleet.rows.values(), Vec::new()).unwrap();
    let rows = plan.rows.into_iter().map(|row| row.result.unwrap_err());
    assert!(rows.flatten().all(|problem| matches!(problem, RowProblem::DoubleOfRow { same_act: true, .. })));
}

#[test]
fn values_of_secret_fields_are_refused() {
    let document = json!({
        "openapi": "3.1.0", "info": {"title": "Test", "version": "1"}, "servers": [{"url": "https://api.test"}],
        "paths": {"/things/{id}": {"post": {
            "operationId": "Call",
            "parameters": [
                {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
                {"name": "pin", "in": "query", "schema": {"type": "string", "format": "password"}},
            ],
            "x-act": [{"short": "Thing on"}], "x-impact": {"summary": "s", "subject": "id"},
        }}},
    });
    let api = crate::catalog::Api::load("apis/test.json", &document.to_string()).unwrap();
    let acts = crate::fleet::fleet_acts([api].iter(), &|api, id| api.operation(id)?.ok());
    let row = |values: Value| {
        let row = json!({
            "provider": "Test", "api": "test", "operation": "Call", "act": "Thing on", "region": "",
            "server": "https://api.test", "subject": "a", "values": values,
        });
        let file = json!({
            "format": FORMAT, "version": PLAN_VERSION, "exported": "2026-11-27T04:00:00Z", "name": "", "connection": "",
            "rows": [row],
        });
        PlanFile::read(&file.to_string(), &acts, &[], std::iter::empty(), Vec::new()).unwrap().rows.remove(0).result
    };
    assert!(row(json!({"id": "a"})).is_ok());
    assert_eq!(row(json!({"id": "a", "pin": "hunter2"})), Err(vec![RowProblem::Secret { name: "pin".into() }]));
    let secrets = vec![Zeroizing::new(TAURUSDB.to_owned())];
    let plan = PlanFile::read(&written(), &shipped_acts(), &profiles(), std::iter::empty(), secrets).unwrap();
    assert!(matches!(plan.rows[0].result.as_ref().unwrap_err().last(), Some(RowProblem::Secret { .. })));
}

#[test]
fn a_secret_that_stands_where_none_belongs_is_masked() {
    let mut fleet = planned();
    fleet.head.name = "canary-secret-1".into();
    for row in fleet.rows.values_mut() {
        row.spec.subject = "x canary-secret-1".into();
        row.spec.values.push(("more".into(), json!({"canary-secret-1": ["canary-secret-1", 12_345_678]})));
        row.checked.push(Checked {
            precondition: 0,
            standing: "pass".into(),
            evidence: vec![("a".into(), "canary-secret-1".into())],
            why: "canary-secret-1".into(),
        });
    }
    let secrets = ["canary-secret-1", "12345678"].map(|secret| Zeroizing::new(secret.to_owned()));
    let text = PlanFile::write(&fleet, &profiles(), NOW, &secrets);
    assert!(!text.contains("canary") && !text.contains("12345678"), "{text}");
    assert!(serde_json::from_str::<Value>(&text).is_ok());
}

#[test]
fn what_is_no_plan_is_said() {
    let error = |text: &str| read(text).unwrap_err();
    assert!(matches!(error("{"), PlanFileError::NotJson(_)));
    for other in ["[]", "{}", "1", "{\"format\": \"har\", \"version\": 1}", "null"] {
        assert_eq!(error(other), PlanFileError::NotAPlan, "{other}");
    }
    let with = |name: &str, value: Value| {
        let mut file: Value = serde_json::from_str(&written()).unwrap();
        file[name] = value;
        read(&file.to_string()).unwrap_err()
    };
    assert_eq!(with("version", json!(2)), PlanFileError::Version { found: "2".into() });
    assert_eq!(with("version", Value::Null), PlanFileError::Version { found: "null".into() });
    assert!(matches!(with("exported", json!("soon")), PlanFileError::Broken { row: None, .. }));
    assert!(matches!(with("rows", json!([{}])), PlanFileError::Broken { row: Some(1), .. }));
    assert!(matches!(
        with("rows", json!(vec![0; crate::fleet::table::MOST_ROWS + 1])),
        PlanFileError::TooManyRows { .. }
    ));
    let limits = json!(Limits::default());
    for (name, value) in [
        ("rate", json!(0)),
        ("rate", json!(1e9)),
        ("concurrency", json!({"Number": 0})),
        ("window", json!({"from": 0, "to": 1440})),
    ] {
        let mut limits = limits.clone();
        limits[name] = value.clone();
        let found = with("limits", json!({"Huawei Cloud cn-north-4": limits}));
        assert!(matches!(found, PlanFileError::Limits { .. }), "{name} {value} {found:?}");
    }
}

#[test]
fn a_plan_is_told_from_a_table() {
    assert!(PlanFile::is_plan(&written()) && PlanFile::is_plan(&format!("\u{feff}{}", written())));
    for other in ["", "a,b", "{\"format\": \"x\"}", "[{\"format\": \"tls-console-plan\"}]", "{tls-console-plan"] {
        assert!(!PlanFile::is_plan(other), "{other}");
    }
}

#[test]
fn a_plan_is_read_piece_by_piece() {
    let mut reader = PlanReader::new(&written(), shipped_acts(), profiles(), std::iter::empty()).unwrap();
    assert_eq!((reader.read(2), reader.read(5)), (Ok(true), Ok(false)));
    assert_eq!(reader.finish(), read(&written()).unwrap());
}

proptest! {
    #[test]
    fn no_text_ends_the_program(text in "[{}\\[\\]\",:a-z0-9 ]{0,60}", at in 0_usize..4000, byte in any::<u8>()) {
        let _ = read(&text);
        let mut bytes = written().into_bytes();
        let at = at % bytes.len();
        bytes[at] = byte;
        let _ = read(&String::from_utf8_lossy(&bytes));
        bytes.truncate(at);
        let _ = read(&String::from_utf8_lossy(&bytes));
    }
}
