use super::*;
use serde_json::json;

const ACME: &str = include_str!("../../../tests/follow/acme-cache.json");
const SET: &str = "/paths/~1groups~1{group}~1caches~1{cache}~1encryption/post";

fn read(document: &Value) -> FollowUp {
    let api = Api::load("apis/acme-cache.json", &document.to_string()).unwrap();
    assert_eq!(api.operation("SetEncryption").unwrap().unwrap().omissions, [], "the operation does without it");
    api.follow_up("SetEncryption").unwrap()
}

fn acme() -> FollowUp {
    read(&serde_json::from_str(ACME).unwrap())
}

/// What is complained of when the value at a pointer below the operation is another one.
fn complaints(pointer: &str, value: Value) -> (FollowUp, Vec<String>) {
    let mut document: Value = serde_json::from_str(ACME).unwrap();
    *document.pointer_mut(&format!("{SET}{pointer}")).unwrap_or_else(|| panic!("{pointer}")) = value;
    let found = read(&document);
    let start = format!("apis/acme-cache.json#{SET}");
    let complaints = found.omissions.iter().map(|omission| omission.to_string().replace(&start, "")).collect();
    (found, complaints)
}

#[test]
fn a_link_is_followed_through_those_that_come_after_it() {
    let found = acme();
    assert_eq!(found.omissions, []);
    let link = found.link(202).unwrap();
    assert_eq!((link.name.as_str(), link.stages.len()), ("Change", 2));
    let [change, state] = link.stages.as_slice() else { panic!("two stages") };
    assert_eq!(change.timing, Timing { first: 2, interval: 5, limit: 100 });
    assert_eq!((change.progress.as_deref(), change.reason.as_deref()), (Some("/percent"), Some("/why/text")));
    assert_eq!((change.proof, change.see.len(), &change.look.absent), (false, 1, &vec![String::from("E-NOPE")]));
    let parameter = (String::from("ref"), Operand::Expression(String::from("$response.body#/change/ref")));
    assert_eq!(change.look.parameters, [parameter]);
    assert_eq!(
        change.look.states[2].when,
        [(String::from("/phase"), vec![json!(8), json!(9)].into_iter().map(Operand::Constant).collect())]
    );
    assert!(state.proof);
    assert_eq!(state.look.parameters[0].0, "group", "the place before a name is left out");
    assert_eq!(found.link(200), None);
    assert_eq!(found.link_named("State").unwrap().stages.len(), 1);
    assert_eq!(found.link_named("Plain"), None, "a link without x-follow is for people");
}

#[test]
fn checks_know_their_preconditions() {
    let found = acme();
    let places: Vec<_> = found.checks.iter().map(|check| (check.precondition, check.when_absent)).collect();
    assert_eq!(places, [(0, None), (1, None), (2, None), (3, Some(Verdict::Pass))]);
    let pattern = &found.checks[1].look.states[0].when[0].1[0];
    assert_eq!(*pattern, Operand::Pattern(String::from("^6\\.[01]\\b")));
    assert_eq!(found.checks[3].look.parameters[1], (String::from("open"), Operand::Constant(json!(true))));
}

#[test]
fn how_to_recover_is_read() {
    let recover = acme().recover.unwrap();
    assert_eq!((recover.follow.as_deref(), recover.repeat), (Some("Change"), Some(Repeat::WhenAbsent)));
    assert_eq!(recover.with, [(String::from("/change/ref"), String::from("/ref"))]);
    assert_eq!(recover.look.item.unwrap().since.as_deref(), Some("/born"));
    assert_eq!(recover.limit_of_conflict, None);
    let mut document: Value = serde_json::from_str(ACME).unwrap();
    document.pointer_mut(&format!("{SET}/x-recover/looks")).unwrap()["conflict-limit"] = json!(300);
    assert_eq!(read(&document).recover.unwrap().limit_of_conflict, Some(300));
}

#[test]
fn what_is_wrong_costs_itself_only_and_is_said_with_its_place() {
    let (found, said) = complaints("/x-recover/looks/states/0/is", json!("done"));
    assert_eq!(said, ["/x-recover/looks/states/0/is: done is not supported"]);
    assert!(found.recover.is_none() && found.links.len() == 2 && found.checks.len() == 4);

    let (found, said) = complaints("/x-preconditions/1/check/states/0/when/~1engine/0/pattern", json!("("));
    assert!(
        said[0].starts_with("/x-preconditions/1/check/states/0/when/~1engine/0/pattern: not an ECMAScript pattern")
    );
    assert_eq!(found.checks.iter().map(|check| check.precondition).collect::<Vec<_>>(), [0, 2, 3]);

    let (_, said) = complaints("/x-preconditions/0/check/operationId", json!("Gone"));
    assert_eq!(said, ["/x-preconditions/0/check/operationId: the reference Gone leads nowhere in this document"]);
    let (_, said) = complaints("/x-preconditions/0/check/shows/0/value", json!("power"));
    assert_eq!(said, ["/x-preconditions/0/check/shows/0/value: the reference power leads nowhere in this document"]);

    let (found, said) = complaints("/responses/202/links/State/x-follow/limit", json!("soon"));
    assert_eq!(said.len(), 3, "the look itself, and the two that name it: {said:?}");
    assert_eq!(said[0], "/responses/202/links/State/x-follow/limit: must be a whole number from 0, is a string");
    assert!(found.links.is_empty() && found.recover.is_none());

    let (_, said) = complaints("/responses/202/links/State/x-follow/states", json!(7));
    assert_eq!(said[0], "/responses/202/links/State/x-follow/states: must be an array, is a number");
}

#[test]
fn a_look_besides_is_read_and_costs_itself_only() {
    let with = |states: Value| {
        let mut document: Value = serde_json::from_str(ACME).unwrap();
        document.pointer_mut(&format!("{SET}/responses/202/links/State/x-follow")).unwrap()["else"] = json!({
            "operationId": "ListChanges", "parameters": {"group": "$request.path.group"},
            "item": {"list": "/changes", "count": "Changes"}, "states": states, "reason": "/why",
        });
        let found = read(&document);
        (found.link_named("State").unwrap().stages[0].fallback.clone(), found.omissions.len())
    };
    let (besides, omissions) = with(json!([{"when": {"/phase": [9]}, "is": "failed"}]));
    let besides = besides.unwrap();
    assert_eq!(
        (besides.look.operation.as_str(), besides.progress, besides.reason),
        ("ListChanges", None, Some("/why".into()))
    );
    assert_eq!((besides.look.item.unwrap().count, omissions), (Some("Changes".into()), 0));
    let (besides, omissions) = with(json!([{"when": {}, "is": "pass"}]));
    assert!(besides.is_none() && omissions > 0, "the link itself is followed");
}

#[test]
fn links_in_a_circle_are_followed_nowhere() {
    let mut document: Value = serde_json::from_str(ACME).unwrap();
    document.pointer_mut(&format!("{SET}/responses/202/links/State/x-follow")).unwrap()["then"] = json!("Change");
    let found = read(&document);
    assert!(found.links.is_empty());
    assert_eq!(found.omissions.len(), 3);
}

#[test]
fn an_operation_without_any_of_it_has_nothing_to_look_at() {
    let api = Api::load("apis/acme-cache.json", ACME).unwrap();
    assert_eq!(api.follow_up("GetCache"), Some(FollowUp::default()));
    assert_eq!(api.follow_up("Nothing"), None);
}
