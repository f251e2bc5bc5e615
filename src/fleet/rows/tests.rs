use super::*;
use crate::fixtures::{CLUSTER, PROJECT, TAURUSDB, shipped_acts};
use crate::fleet::table::{Table, guess_columns};
use crate::fleet::{RowId, fleet_acts};
use crate::form::{Broken, Warning};
use proptest::prelude::*;
use serde_json::json;

const OTHER: &str = "196c0fc43e804757b59946b80dc27f8bin07";

fn profiles() -> Vec<FleetProfile> {
    let profile = |number, provider: &str, name: &str| FleetProfile {
        id: ProfileId::new(number),
        provider: provider.to_owned(),
        name: name.to_owned(),
        ..FleetProfile::default()
    };
    vec![
        profile(1, "Huawei Cloud", "Production"),
        profile(2, "Huawei Cloud", "Test"),
        profile(3, "Alibaba Cloud", "Production"),
    ]
}

fn reader(table: &Table, defaults: Defaults) -> RowReader {
    let acts = shipped_acts();
    RowReader::new(guess_columns(table, &acts), acts, defaults, profiles(), std::iter::empty())
}

fn read_with(text: &str, defaults: Defaults) -> Vec<ReadRow> {
    let table = Table::read(text, &shipped_acts()).unwrap();
    let mut reader = reader(&table, defaults);
    table.data().iter().map(|row| reader.read(row)).collect()
}

fn read(text: &str) -> Vec<ReadRow> {
    read_with(text, Defaults::default())
}

/// The only row of a text.
fn spec(text: &str) -> RowSpec {
    read(text).remove(0).result.unwrap_or_else(|problems| panic!("{text}\n{problems:?}"))
}

fn problems(text: &str) -> Vec<RowProblem> {
    read(text).remove(0).result.map(|spec| panic!("{text}\n{spec:?}")).unwrap_err()
}

fn huawei(region: &str, project: &str, instance: &str, act: &str) -> String {
    format!("provider,region,project,instance,act\nHuawei Cloud,{region},{project},{instance},{act}\n")
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn a_line_becomes_a_row() {
    let spec = spec(&huawei("cn-north-4", PROJECT, TAURUSDB, "SSL on"));
    let expected = RowSpec {
        api: "huawei-taurusdb".into(),
        operation: "SwitchGaussMySqlInstanceSsl".into(),
        place: Place { server: "https://gaussdb.cn-north-4.myhuaweicloud.com".into(), variables: Vec::new() },
        region: "cn-north-4".into(),
        values: vec![
            ("instance_id".into(), json!(TAURUSDB)),
            ("ssl_option".into(), json!(true)),
            ("project_id".into(), json!(PROJECT)),
        ],
        subject: TAURUSDB.into(),
        act: "SSL on".into(),
        provider: "Huawei Cloud".into(),
        profile: None,
    };
    assert_eq!(spec, expected);
}

#[test]
fn the_form_of_a_row_is_valid() {
    let spec = spec(&huawei("cn-north-4", PROJECT, TAURUSDB, "off"));
    let act = shipped_acts().remove(0);
    let draft = crate::fleet::call::form(&spec, 7, &act.operation).unwrap();
    assert!(validate(&act.operation, &draft).is_ok());
    assert_eq!(crate::call::act(&act.operation, &draft).short, "SSL off");
    assert_eq!(crate::call::subject(&act.operation, &draft), TAURUSDB);
}

#[test]
fn an_act_is_written_in_many_ways() {
    let act = |text: &str| spec(&huawei("cn-north-4", PROJECT, TAURUSDB, text)).act;
    for on in [
        "SSL on",
        "ssl ON",
        "on",
        "enable",
        "Enabled",
        "true",
        "1",
        "enable SSL",
        "huawei-taurusdb/SwitchGaussMySqlInstanceSsl/0",
    ] {
        assert_eq!(act(on), "SSL on", "{on}");
    }
    for off in ["SSL off", "off", "disable", "FALSE", "no"] {
        assert_eq!(act(off), "SSL off", "{off}");
    }
    let cluster = |text: &str| spec(&format!("region,cluster,act\ncn-hangzhou,{CLUSTER},{text}\n")).act;
    for on in ["OpenHttps", "Enable HTTPS", "https on", "on"] {
        assert_eq!(cluster(on), "HTTPS on", "{on}");
    }
}

#[test]
fn a_column_can_have_the_value_that_makes_the_act() {
    let text =
        |value: &str| format!("region,project_id,instance_id,ssl_option\ncn-north-4,{PROJECT},{TAURUSDB},{value}\n");
    assert_eq!(spec(&text("true")).act, "SSL on");
    assert_eq!(spec(&text("Off")).act, "SSL off");
    let offered = owned(&["SSL on", "SSL off"]);
    assert_eq!(
        problems(&text("perhaps")),
        [RowProblem::UnknownAct { text: "ssl_option perhaps".into(), offered: offered.clone() }]
    );
    assert_eq!(problems(&text("")), [RowProblem::NoAct { text: String::new(), offered }]);
    let both = format!("region,project_id,instance_id,ssl_option,act\ncn-north-4,{PROJECT},{TAURUSDB},false,SSL on\n");
    assert!(
        matches!(&problems(&both)[..], [RowProblem::UnknownAct { text, .. }] if text == "SSL on, ssl_option false")
    );
}

#[test]
fn the_provider_is_known_by_the_act_or_by_the_subject() {
    let api = |line: &str| spec(&format!("region,project,instance,act\n{line}\n")).api;
    assert_eq!(api(&format!("cn-north-4,{PROJECT},{TAURUSDB},on")), "huawei-taurusdb");
    assert_eq!(api(&format!("cn-hangzhou,,{CLUSTER},on")), "aliyun-elasticsearch");
}

#[test]
fn the_id_of_an_operation_with_two_acts_is_not_enough() {
    let text = "SwitchGaussMySqlInstanceSsl";
    let offered = owned(&["SSL on", "SSL off"]);
    assert_eq!(
        problems(&huawei("cn-north-4", PROJECT, TAURUSDB, text)),
        [RowProblem::NoAct { text: text.into(), offered }]
    );
}

#[test]
fn a_provider_is_called_in_many_ways() {
    let line =
        |name: &str| format!("provider,region,project,instance,act\n{name},cn-north-4,{PROJECT},{TAURUSDB},on\n");
    for name in
        ["Huawei Cloud", "huaweicloud", "huawei", "TaurusDB", "huawei-taurusdb", "Huawei Cloud TaurusDB", "cloud"]
    {
        assert_eq!(spec(&line(name)).provider, "Huawei Cloud", "{name}");
    }
    let unknown = problems(&line("Huawai Cloud"));
    let nearest = Some("Huawei Cloud".to_owned());
    assert_eq!(unknown, [RowProblem::UnknownProvider { text: "Huawai Cloud".into(), nearest }]);
}

#[test]
fn all_that_is_wrong_with_a_line_is_said_at_once() {
    let found = problems(&huawei("cn-nroth-4", "short", TAURUSDB, "SSL maybe"));
    let offered = owned(&["SSL on", "SSL off"]);
    assert_eq!(found[0], RowProblem::UnknownAct { text: "SSL maybe".into(), offered });
    assert_eq!(found[1], RowProblem::UnknownRegion { text: "cn-nroth-4".into(), nearest: Some("cn-north-4".into()) });
    let RowProblem::Field { issue, label } = &found[2] else { panic!("{found:?}") };
    assert_eq!((issue.target.name(), label.as_str()), ("project_id", "Project ID"));
    assert!(matches!(issue.broken, Broken::Pattern { .. }), "{issue:?}");
    assert_eq!(found.len(), 3, "{found:?}");
}

#[test]
fn what_is_missing_is_said() {
    assert_eq!(problems("provider,act\nTaurusDB,on\n")[0], RowProblem::NoRegion);
    let missing = problems("provider,region,act\nTaurusDB,cn-north-4,on\n");
    let names: Vec<&str> = missing
        .iter()
        .map(|problem| match problem {
            RowProblem::Field { issue, .. } if issue.broken == Broken::Required => issue.target.name(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(names, ["project_id", "instance_id"]);
    let nobody = problems("instance,act\nwho-knows,on\n");
    let candidates = owned(&["Huawei Cloud TaurusDB", "Alibaba Cloud Elasticsearch"]);
    // Any text can be the id of a cluster, with a remark.
    assert!(nobody == [RowProblem::NoProvider { candidates }] || nobody == [RowProblem::NoRegion], "{nobody:?}");
}

#[test]
fn regions_are_known_by_their_words_too_and_new_ones_are_remarked() {
    assert_eq!(spec(&huawei("CN North-Beijing4", PROJECT, TAURUSDB, "on")).region, "cn-north-4");
    assert_eq!(spec(&huawei("CN-NORTH-4", PROJECT, TAURUSDB, "on")).region, "cn-north-4");
    let cluster =
        |region: &str| read(&format!("provider,region,cluster,act\nAliyun,{region},{CLUSTER},on\n")).remove(0);
    let new = cluster("cn-atlantis-1");
    assert_eq!(new.result.unwrap().region, "cn-atlantis-1");
    assert!(matches!(&new.remarks[..], [RowRemark::UnlistedRegion { region, .. }] if region == "cn-atlantis-1"));
    // One letter beside a known region is a slip, another number is another region.
    let slip = cluster("cn-hangzou").result.unwrap_err();
    assert_eq!(slip, [RowProblem::UnknownRegion { text: "cn-hangzou".into(), nearest: Some("cn-hangzhou".into()) }]);
    for evil in ["evil.test/", "a.b", "cn-hangzhou.aliyuncs.com.evil", "{regionId}"] {
        assert!(matches!(&cluster(evil).result.unwrap_err()[..], [RowProblem::UnknownRegion { .. }]), "{evil}");
    }
}

#[test]
fn remarks_of_the_description_keep_nobody_from_sending() {
    let row = read("provider,region,cluster,act\nAliyun,cn-hangzhou,orders,on\n").remove(0);
    assert!(row.result.is_ok());
    assert!(
        matches!(&row.remarks[..], [RowRemark::Field(warning)] if matches!(&warning.warning, Warning::Remark(text) if text.contains("es-")))
    );
    let unused = read(&format!("region,project,cluster,act\ncn-hangzhou,{PROJECT},{CLUSTER},on\n")).remove(0);
    assert_eq!(unused.remarks, [RowRemark::UnusedField { name: "project_id".into() }]);
    assert!(unused.result.unwrap().values.iter().all(|(name, _)| name != "project_id"));
}

#[test]
fn defaults_count_where_a_row_says_nothing() {
    let huawei = ProviderDefaults {
        act: "SSL off".into(),
        region: "cn-north-4".into(),
        fields: [("project_id".to_owned(), PROJECT.to_owned())].into_iter().collect(),
        profile: Some(ProfileId::new(2)),
    };
    let aliyun = ProviderDefaults { region: "cn-hangzhou".into(), ..ProviderDefaults::default() };
    let providers = [("Huawei Cloud".to_owned(), huawei), ("Alibaba Cloud".to_owned(), aliyun)].into_iter().collect();
    let defaults = Defaults { act: "on".into(), providers, ..Defaults::default() };
    let text = format!("instance,profile,act\n{TAURUSDB},,\n{CLUSTER},,\n{OTHER},production,SSL on\n");
    let rows: Vec<RowSpec> = read_with(&text, defaults).into_iter().map(|row| row.result.unwrap()).collect();
    let acts: Vec<&str> = rows.iter().map(|row| row.act.as_str()).collect();
    assert_eq!(acts, ["SSL off", "HTTPS on", "SSL on"]);
    let profiles: Vec<Option<ProfileId>> = rows.iter().map(|row| row.profile).collect();
    assert_eq!(profiles, [Some(ProfileId::new(2)), None, Some(ProfileId::new(1))]);
    assert_eq!(rows[0].values[2], ("project_id".to_owned(), json!(PROJECT)));
    assert_eq!(rows[1].region, "cn-hangzhou");
}

#[test]
fn an_unknown_profile_is_said() {
    let text = format!("region,project,instance,act,profile\ncn-north-4,{PROJECT},{TAURUSDB},on,Prodution\n");
    let nearest = Some("Production".to_owned());
    let provider = "Huawei Cloud".to_owned();
    assert_eq!(problems(&text), [RowProblem::UnknownProfile { text: "Prodution".into(), provider, nearest }]);
}

#[test]
fn rows_that_look_the_same_are_doubles() {
    let line = |instance: &str| format!("cn-north-4,{PROJECT},{instance},on");
    let (hidden, turned) = (format!("{TAURUSDB}\u{200b}"), format!("\u{2066}{TAURUSDB}\u{2069}\u{a0}"));
    for other in [hidden, turned] {
        let text = format!("region,project,instance,act\n{}\n{}\n", line(TAURUSDB), line(&other));
        assert_eq!(read(&text)[1].result, Err(vec![RowProblem::DoubleOfLine { line: 2, same_act: true }]), "{other:?}");
    }
}

#[test]
fn the_second_row_for_one_thing_is_a_double_whatever_it_wants() {
    let head = "region,project,instance,act";
    let line = |act: &str| format!("cn-north-4,{PROJECT},{TAURUSDB},{act}");
    let text =
        format!("{head}\n{}\n{}\n\n{}\ncn-north-9,{PROJECT},{TAURUSDB},on\n", line("on"), line("enable"), line("off"));
    let rows = read(&text);
    assert!(rows[0].result.is_ok());
    assert_eq!(rows[1].result, Err(vec![RowProblem::DoubleOfLine { line: 2, same_act: true }]));
    assert_eq!(rows[2].result, Err(vec![RowProblem::DoubleOfLine { line: 2, same_act: false }]));
    assert!(rows[3].result.is_ok(), "another region: {:?}", rows[3]);
    assert!(rows[3].remarks.contains(&RowRemark::OtherRegion { region: "cn-north-4".into() }), "{:?}", rows[3]);
    let row = Row::new(RowId(7), rows[0].result.clone().unwrap(), 0);
    let table = Table::read(&text, &shipped_acts()).unwrap();
    let acts = shipped_acts();
    let columns = guess_columns(&table, &acts);
    let mut reader = RowReader::new(columns, acts, Defaults::default(), profiles(), [row].iter());
    let found = reader.read(&table.data()[2]);
    assert_eq!(found.result, Err(vec![RowProblem::DoubleOfRow { row: RowId(7), same_act: false }]));
}

#[test]
fn a_row_that_is_refused_is_no_first_of_two() {
    let text = format!("region,project,instance,act\ncn-north-4,x,{TAURUSDB},on\ncn-north-4,{PROJECT},{TAURUSDB},on\n");
    let rows = read(&text);
    assert!(rows[0].result.is_err() && rows[1].result.is_ok(), "{rows:?}");
}

#[test]
fn what_the_deployment_does_not_offer_is_refused() {
    let acts = fleet_acts(crate::fixtures::shipped_apis().iter(), &|api, id| {
        let policy = crate::catalog::Policy { read_only: true, ..Default::default() };
        Some(Operation { policy, ..api.operation(id)?.ok()? })
    });
    let table = Table::read(&huawei("cn-north-4", PROJECT, TAURUSDB, "on"), &acts).unwrap();
    let columns = guess_columns(&table, &acts);
    let mut reader = RowReader::new(columns, acts, Defaults::default(), Vec::new(), std::iter::empty());
    assert_eq!(reader.read(&table.data()[0]).result, Err(vec![RowProblem::NotOffered { act: "SSL on".into() }]));
}

#[test]
fn secrets_and_values_of_the_console_are_not_taken_from_a_table() {
    let document = json!({
        "openapi": "3.1.0", "info": {"title": "Test", "version": "1"}, "servers": [{"url": "https://api.test"}],
        "paths": {"/things/{id}": {"post": {
            "operationId": "Call",
            "parameters": [
                {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
                {"name": "password", "in": "query", "schema": {"type": "string", "format": "password"}},
                {"name": "client", "in": "query", "schema": {"type": "string", "x-generate": "uuid"}},
                {"name": "count", "in": "query", "schema": {"type": "integer"}},
                {"name": "tags", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
            ],
            "x-act": [{"short": "Thing on"}], "x-impact": {"summary": "s", "subject": "id"},
        }}},
    });
    let api = crate::catalog::Api::load("apis/test.json", &document.to_string()).unwrap();
    let acts = fleet_acts([api].iter(), &|api, id| api.operation(id)?.ok());
    assert!(!Column::all(&acts).contains(&Column::Field("password".into())));
    let field = |name: &str| Column::Field(name.to_owned());
    let columns = vec![Column::Subject, field("password"), field("client"), field("count"), field("tags"), Column::Act];
    let mut reader = RowReader::new(columns, acts, Defaults::default(), Vec::new(), std::iter::empty());
    let row = |cells: &[&str]| TableRow { index: 0, line: 1, cells: owned(cells) };
    let found = reader.read(&row(&["a", "hunter2", "t", "3", "", "on"])).result.unwrap_err();
    let expected = [RowProblem::Secret { name: "password".into() }, RowProblem::Generated { name: "client".into() }];
    assert_eq!(found, expected);
    assert!(!format!("{found:?}").contains("hunter2"));
    let spec = reader.read(&row(&["a", "", "", "30", "[\"x\"]", "on"])).result.unwrap();
    let expected = [("id", json!("a")), ("count", json!(30)), ("tags", json!(["x"]))];
    assert_eq!(spec.values, expected.map(|(name, value)| (name.to_owned(), value)));
    assert_eq!(spec.place.server, "https://api.test");
    let found = reader.read(&row(&["b", "", "", "three", "x", "on"])).result.unwrap_err();
    assert!(matches!(&found[..], [RowProblem::Field { issue, .. }] if issue.broken == Broken::NotInteger), "{found:?}");
}

#[test]
fn a_row_with_a_secret_of_the_keyring_is_refused() {
    let text = format!("region,cluster,act\ncn-hangzhou,x-canary-secret,on\ncn-hangzhou,{CLUSTER},on\n");
    let table = Table::read(&text, &shipped_acts()).unwrap();
    let mut reader = reader(&table, Defaults::default()).without_secrets(vec![Zeroizing::new("canary-secret".into())]);
    let found = reader.read(&table.data()[0]).result;
    assert_eq!(found, Err(vec![RowProblem::Secret { name: "InstanceId".into() }]));
    assert!(!format!("{found:?}{reader:?}").contains("canary"));
    assert!(reader.read(&table.data()[1]).result.is_ok());
}

#[test]
fn a_cell_of_any_length_is_compared_in_no_time() {
    let text = format!(
        "provider,region,cluster,act,profile\n,{long},{CLUSTER},{long},{long}\n{long},,,,\n",
        long = "ab ".repeat(300_000)
    );
    assert!(read(&text).iter().all(|row| row.result.is_err()));
}

#[test]
fn refused_rows_come_back_as_they_were_typed_and_are_read_again() {
    let text = format!(
        "region;instance;act;note\ncn-north-4;{TAURUSDB};=maybe;\"a;b\"\ncn-hangzhou;{CLUSTER};on;kept\ncn nowhere;{CLUSTER};on\n"
    );
    let table = Table::read(&text, &shipped_acts()).unwrap();
    let mut rows = reader(&table, Defaults::default());
    let read: Vec<ReadRow> = table.data().iter().map(|row| rows.read(row)).collect();
    let words = |problem: &RowProblem| format!("{}.", format!("{problem:?}").split(' ').next().unwrap_or_default());
    let csv = refused_csv(&table, &read, "Problem", &words, &[]);
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines[0], "region,instance,act,note,Problem");
    assert_eq!(lines[1], format!("cn-north-4,{TAURUSDB},'=maybe,a;b,UnknownAct. Field."));
    assert_eq!(lines[2], format!("cn nowhere,{CLUSTER},on,,UnknownRegion."));
    assert_eq!(lines.len(), 3);
    let again = Table::read(&csv, &shipped_acts()).unwrap();
    assert_eq!(again.data()[0].cells[..4], table.data()[0].cells[..4]);
    // JSON may have all its rows in one line.
    let json = format!("[[\"cn-north-4\",\"{TAURUSDB}\",\"maybe\"],[\"cn nowhere\",\"{CLUSTER}\",\"on\"]]");
    let of_json = Table::read(&json, &shipped_acts()).unwrap();
    let mut rows = reader(&of_json, Defaults::default());
    let read_json: Vec<ReadRow> = of_json.data().iter().map(|row| rows.read(row)).collect();
    let csv = refused_csv(&of_json, &read_json, "Problem", &|_| String::from("no"), &[]);
    let subjects: Vec<bool> = csv.lines().map(|line| line.contains(TAURUSDB)).collect();
    assert_eq!(subjects, [true, false], "{csv}");
    let secrets = [zeroize::Zeroizing::new(String::from("=maybe"))];
    let csv = refused_csv(&table, &read, "Problem", &|_| String::from("not =maybe"), &secrets);
    assert!(!csv.contains("maybe") && csv.contains(TAURUSDB));
}

proptest! {
    #[test]
    fn no_cells_end_the_program(cells in proptest::collection::vec("[a-z0-9 {}\\[\\]\":=.,/\u{7f}é-]{0,20}", 6)) {
        let field = |name: &str| Column::Field(name.to_owned());
        let columns = vec![Column::Provider, Column::Region, Column::Subject, Column::Act, field("project_id"), Column::Profile];
        let mut reader = RowReader::new(columns, shipped_acts(), Defaults::default(), profiles(), std::iter::empty());
        if let Ok(spec) = reader.read(&TableRow { index: 0, line: 1, cells }).result {
            prop_assert!(spec.place.server.starts_with("https://"));
        }
    }
}
