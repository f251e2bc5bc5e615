use super::*;
use crate::sandbox::{FaultRates, FleetSetup, Provider, sentinel};
use crate::transport::Reply;
use crate::viewer::MoveKey;
use std::time::Duration;
use time::OffsetDateTime;

const NOW: i64 = 1_790_000_000_000;

const PROJECTS: &str = "https://iam.cn-north-4.myhuaweicloud.com/v3/projects";

fn request(url: &str) -> HttpRequest {
    HttpRequest {
        method: String::from("GET"),
        url: url.to_owned(),
        headers: vec![(String::from("x-auth-token"), String::from("any-token-will-do"))],
        body: vec![0, 1, 255],
    }
}

fn response(body: Vec<u8>) -> HttpResponse {
    let headers = vec![(String::from("x-subject-token"), String::from("MIIdummy"))];
    HttpResponse { status: 201, headers, body, delay: 40_000, lost: true }
}

fn sandbox(url: &str, catalogue: Catalogue) -> ToWorker {
    ToWorker::Sandbox { now: NOW, request: request(url), catalogue }
}

fn answer(program: &mut Program, message: ToWorker) -> FromWorker {
    program.answer(message, Vec::new()).message
}

/// Encodes and decodes a message, and sees the same again.
fn there_and_back<T: Serialize + DeserializeOwned + PartialEq + fmt::Debug>(message: T) {
    let bytes = encode(7, &message).unwrap();
    assert_eq!(decode::<T>(&bytes).unwrap(), (7, message));
    assert!(decode::<T>(&bytes[..bytes.len() - 1]).is_err(), "a part of a message is none");
}

#[test]
fn a_call_of_the_sandbox_without_a_catalogue_comes_back() {
    there_and_back(sandbox("https://a.test/", Catalogue::OnDemand));
}

#[test]
fn a_call_of_the_sandbox_with_a_missing_catalogue_comes_back() {
    there_and_back(sandbox("https://a.test/", Catalogue::Missing));
}

#[test]
fn a_call_of_the_sandbox_with_a_catalogue_comes_back() {
    there_and_back(sandbox("https://a.test/", Catalogue::Text(String::from("[\"ä\"]"))));
}

#[test]
fn the_speed_of_jobs_comes_back() {
    there_and_back(ToWorker::Speed { now: NOW, speed: 60 });
}

#[test]
fn that_the_speed_is_set_comes_back() {
    there_and_back(FromWorker::SpeedSet);
}

#[test]
fn a_fleet_comes_back() {
    there_and_back(ToWorker::Fleet(FleetSetup::default()));
    let faults = FaultRates { expires_with_call: Some(300), calls_a_second: Some(20), ..FaultRates::each(50) };
    there_and_back(ToWorker::Fleet(FleetSetup { seed: u64::MAX, huawei: 10_000, aliyun: 0, faults }));
}

#[test]
fn that_the_fleet_is_set_comes_back() {
    there_and_back(FromWorker::FleetSet);
}

#[test]
fn ready_comes_back() {
    there_and_back(FromWorker::Ready);
}

#[test]
fn an_answer_comes_back() {
    there_and_back(FromWorker::Answered(response(b"{}".to_vec())));
}

#[test]
fn the_wish_for_a_catalogue_comes_back() {
    there_and_back(FromWorker::NeedsCatalogue);
}

#[test]
fn an_invalid_request_comes_back() {
    there_and_back(FromWorker::InvalidRequest);
}

#[test]
fn a_body_of_a_megabyte_comes_back() {
    there_and_back(FromWorker::Answered(response(vec![123; 1 << 20])));
}

/// A list as a server answers it, and what the page sends with it.
fn to_read() -> (ToWorker, Vec<u8>) {
    let operation = crate::fixtures::switch_ssl();
    let secrets = [Zeroizing::new(String::from("canary-4711-secret"))];
    let reply = Reply {
        status: 200,
        headers: vec![(String::from("content-type"), String::from("application/json"))],
        body: Vec::new(),
        took: Duration::ZERO,
        received: OffsetDateTime::UNIX_EPOCH,
    };
    let items: Vec<String> =
        (0..400).map(|at| format!("{{\"id\":\"i-{at}\",\"echo\":\"canary-4711-secret\"}}")).collect();
    let body = format!("{{\"items\":[{}]}}", items.join(","));
    let asked = BodyToRead::new(&operation, &secrets, &reply);
    (ToWorker::Read { asked, sight: Sight::FIRST }, body.into_bytes())
}

const SIGHT: Sight = Sight { position: 0, inside: 500 };

#[test]
fn the_wish_to_read_a_body_comes_back() {
    there_and_back(to_read().0);
}

#[test]
fn the_questions_about_a_body_come_back() {
    let actions = [
        Action::Look,
        Action::Go(7),
        Action::Fold { line: 3, folded: true },
        Action::FoldTo(2),
        Action::UnfoldAll,
        Action::Wrap(Some(80)),
        Action::Wrap(None),
        Action::Raw(true),
        Action::Filter(String::from("$.é")),
        Action::Search(String::from("é")),
        Action::Step { forward: false },
        Action::PutToolsAway,
    ];
    let keys = ["ArrowDown", "ArrowUp", "PageDown", "PageUp", "Home", "End", "ArrowLeft", "ArrowRight", "Enter"];
    let keys = keys.map(|key| Action::Move(MoveKey::of(key).unwrap()));
    for action in actions.into_iter().chain(keys) {
        there_and_back(ToWorker::View { action, sight: SIGHT });
    }
    for extract in [Extract::Value(4), Extract::Whole, Extract::Written] {
        there_and_back(ToWorker::Extract(extract));
    }
    for is_older in [true, false] {
        there_and_back(ToWorker::Compare { content_type: String::from("application/json"), is_older });
    }
}

#[test]
fn what_the_worker_says_of_a_body_comes_back() {
    let mut program = Program::new(1);
    let (read, body) = to_read();
    there_and_back(program.answer(read, body.clone()).message);
    for action in
        [Action::Look, Action::Search(String::from("i-39")), Action::Step { forward: true }, Action::FoldTo(1)]
    {
        there_and_back(program.answer(ToWorker::View { action, sight: SIGHT }, Vec::new()).message);
    }
    let filter = |path: &str| ToWorker::View { action: Action::Filter(path.to_owned()), sight: SIGHT };
    for path in ["$.items[0]", "$.items[?"] {
        there_and_back(program.answer(filter(path), Vec::new()).message);
    }
    let compare = ToWorker::Compare { content_type: String::from("application/json"), is_older: false };
    there_and_back(program.answer(compare, body).message);
    there_and_back(FromWorker::Extracted);
    there_and_back(FromWorker::NoBody);
}

#[test]
fn a_body_is_looked_at_searched_folded_and_copied_in_the_worker() {
    let mut program = Program::new(1);
    let (read, body) = to_read();
    assert!(matches!(program.answer(read, body).message, FromWorker::Read { .. }));
    let mut act = |action| match program.answer(ToWorker::View { action, sight: SIGHT }, Vec::new()).message {
        FromWorker::Shown(shown) => shown,
        other => panic!("{other:?}"),
    };
    let words = |row: &crate::viewer::ShownRow| row.words.iter().map(|(_, text)| text.as_str()).collect::<String>();
    let shown = act(Action::Look);
    assert_eq!((shown.all_rows, shown.is_windowed, shown.is_tree), (400 * 4 + 4, true, true));
    assert!(shown.rows.len() < 100 && words(&shown.rows[0]) == "{", "only the rows in sight");
    let found = act(Action::Search(String::from("\"i-399\"")));
    assert_eq!((found.found.count, found.found.ordinal, found.searched.as_str()), (1, 0, "\"i-399\""));
    act(Action::FoldTo(1));
    let step = act(Action::Step { forward: true });
    let (row, line, piece) = step.reveal.unwrap();
    assert_eq!((step.found.ordinal, step.cursor.line, piece), (1, line, 0));
    assert_eq!(step.cursor.path.as_ref().unwrap().0, "$['items'][399]['id']");
    assert!(row > 400, "the list is unfolded, and the other items stay folded: {row}");
    let folded = act(Action::FoldTo(1));
    assert_eq!((folded.all_rows, folded.rows[1].inside, folded.rows[1].fold), (3, 400, Some(true)));
    let filtered = act(Action::Filter(String::from("$.items[-1].echo")));
    assert_eq!((filtered.all_rows, filtered.filtered), (1, crate::viewer::Filtered::Values(1)));
    assert_eq!(words(&filtered.rows[0]).trim(), format!("\"echo\": \"{}\"", crate::catalog::MASK));
    let copied = program.answer(ToWorker::Extract(Extract::Value(filtered.cursor.line)), Vec::new()).beside.unwrap();
    assert_eq!(copied, crate::catalog::MASK.as_bytes());
    let written = program.answer(ToWorker::Extract(Extract::Written), Vec::new()).beside.unwrap();
    assert!(!String::from_utf8(written).unwrap().contains("canary"));
}

#[test]
fn a_worker_without_a_body_says_so() {
    let mut program = Program::new(1);
    let compare = ToWorker::Compare { content_type: String::new(), is_older: true };
    for message in [ToWorker::View { action: Action::Look, sight: SIGHT }, ToWorker::Extract(Extract::Whole), compare] {
        assert_eq!(answer(&mut program, message), FromWorker::NoBody);
    }
}

#[test]
fn debug_shows_no_secret() {
    let shown = format!("{:?} {:?}", sandbox("https://a.test/?k=canary", Catalogue::OnDemand), response(Vec::new()));
    for secret in ["canary", "any-token", "MIIdummy"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn the_sandbox_answers() {
    let FromWorker::Answered(response) = answer(&mut Program::new(1), sandbox(PROJECTS, Catalogue::OnDemand)) else {
        panic!("no answer");
    };
    assert_eq!(response.status, 200);
    assert!(String::from_utf8_lossy(&response.body).contains("projects"));
}

#[test]
fn the_catalogue_is_asked_for_once() {
    let id = sentinel(Provider::Huawei, "DBS.200001", 1).unwrap();
    let url = format!("https://gaussdb.cn-north-4.myhuaweicloud.com/v3/p/instances/{id}/ssl-option");
    let mut program = Program::new(1);
    assert_eq!(answer(&mut program, sandbox(&url, Catalogue::OnDemand)), FromWorker::NeedsCatalogue);
    let without = answer(&mut program, sandbox(&url, Catalogue::Missing));
    assert!(matches!(without, FromWorker::Answered(_)), "{without:?}");
    let text = include_str!("../../apis/huawei-taurusdb.errors.json");
    let with = answer(&mut program, sandbox(&url, Catalogue::Text(text.to_owned())));
    assert!(matches!(with, FromWorker::Answered(_)), "{with:?}");
    let again = answer(&mut program, sandbox(&url, Catalogue::OnDemand));
    assert!(matches!(again, FromWorker::Answered(_)), "{again:?}");
}

#[test]
fn what_is_no_request_is_said() {
    assert_eq!(answer(&mut Program::new(1), sandbox("no address", Catalogue::OnDemand)), FromWorker::InvalidRequest);
}

#[test]
fn jobs_go_on_at_the_speed_that_is_set() {
    const SSL: &str = "https://gaussdb.cn-north-4.myhuaweicloud.com/v3/056538411200d4cd2f79c003c7606412/instances/\
                       096c0fc43e804757b59946b80dc27f8bin07/ssl-option";
    let mut program = Program::new(1);
    let mut switch = request(SSL);
    switch.method = String::from("PUT");
    switch.headers.push((String::from("content-type"), String::from("application/json")));
    switch.body = b"{\"ssl_option\": true}".to_vec();
    let switch = ToWorker::Sandbox { now: NOW, request: switch, catalogue: Catalogue::OnDemand };
    let FromWorker::Answered(accepted) = answer(&mut program, switch) else { panic!("no answer") };
    assert_eq!(accepted.status, 200, "{}", String::from_utf8_lossy(&accepted.body));
    let ssl = |program: &Program| program.world.ssl("096c0fc43e804757b59946b80dc27f8bin07");

    // Fifteen seconds of a job of 75 at the usual speed, the rest in one second.
    let speed = |now, speed| ToWorker::Speed { now, speed };
    assert_eq!(answer(&mut program, speed(NOW + 15_000, 60)), FromWorker::SpeedSet);
    answer(&mut program, speed(NOW + 15_999, 60));
    assert_eq!(ssl(&program), Some(false));
    answer(&mut program, speed(NOW + 16_000, 1));
    assert_eq!(ssl(&program), Some(true));
    assert_eq!(answer(&mut program, speed(i64::MAX, 1)), FromWorker::SpeedSet, "a date that there is not");
}

#[test]
fn the_fleet_that_is_set_is_there() {
    let setup = FleetSetup { seed: 9, huawei: 3, aliyun: 2, ..FleetSetup::default() };
    let mut program = Program::new(1);
    assert_eq!(answer(&mut program, ToWorker::Fleet(setup)), FromWorker::FleetSet);
    let world = &program.world;
    let sizes = [Provider::Huawei, Provider::Aliyun].map(|provider| world.fleet_instances(provider).len());
    assert_eq!((world.fleet(), sizes), (setup, [3, 2]));
}
