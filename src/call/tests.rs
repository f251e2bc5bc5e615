mod security;

use super::*;
use crate::catalog::Scheme;
use crate::fixtures::{ssl_on, switch_ssl};
use crate::form::Broken;
use crate::proxy::ConnectionKind;

#[test]
fn a_preview_shows_who_signs_and_leaves_date_and_signature_open() {
    let mut operation = switch_ssl();
    operation.security = vec![Scheme::new(SchemeKind::SdkHmac).into()];
    let mut keyring = Keyring::default();
    keyring.ensure_profile(&operation, crate::credentials::ProfileId::new(1));
    let profile = keyring.chosen_id(&operation.provider);
    for (label, text) in [("AccessKey ID", "DUMMYAK0000000000001"), ("AccessKey secret", "s3cret")] {
        keyring.set(profile, label, text);
    }
    let sandbox = Connection { name: String::new(), kind: ConnectionKind::Sandbox };
    let draft = ssl_on();
    let call = PlannedCall { operation: &operation, draft: &draft, keyring: &keyring, connection: &sandbox };
    let shown = call.preview().unwrap();
    let header = |name: &str| shown.headers.iter().find(|(other, _)| other == name).unwrap().1.clone();
    assert_eq!(header("X-Sdk-Date"), ShownValue::MadeAtSend);
    let authorization = "SDK-HMAC-SHA256 Access=••••0001, SignedHeaders=content-type;host;x-sdk-date, \
                         Signature=••••••";
    assert_eq!(header("Authorization"), ShownValue::Text(authorization.to_owned()));
    assert_eq!(shown.trace, []);
}

#[test]
fn a_secret_in_a_field_of_something_else_is_masked() {
    let operation = switch_ssl();
    let secret = Zeroizing::new(String::from("s3cret/of+a key"));
    let mut draft = ssl_on();
    draft.set(crate::fixtures::path("instance_id"), Raw::Text(format!("a{}b", *secret)));
    let sandbox = Connection { name: String::new(), kind: ConnectionKind::Sandbox };
    let keyring = Keyring::default();
    let call = PlannedCall { operation: &operation, draft: &draft, keyring: &keyring, connection: &sandbox };
    let mut shown = call.preview().unwrap();
    shown.url = format!("https://a.test/{}", encode(&secret));
    shown.headers.push((String::from("X-Note"), ShownValue::Text(secret.to_string())));
    shown.body = secret.to_string();
    shown.mask(std::slice::from_ref(&secret));
    let all = format!("{shown:?}");
    assert!(!all.contains(&*encode(&secret)) && !all.contains(secret.as_str()), "{all}");
    draft.mask(std::slice::from_ref(&secret));
    assert!(!format!("{:?}", draft.to_link(&operation).pairs).contains("s3cret"));
}

#[test]
fn the_act_is_named_by_the_first_words_that_fit() {
    let operation = switch_ssl();
    let words = |draft: &Draft| {
        let act = act(&operation, draft);
        (act.send, act.question, act.confirm, act.short)
    };
    let named = |send: &str, question: &str, confirm: &str, short: &str| {
        (send.to_owned(), question.to_owned(), confirm.to_owned(), short.to_owned())
    };
    assert_eq!(words(&Draft::default()), named("Switch SSL…", "", "", ""));
    let mut draft = ssl_on();
    let instance = "096c0fc43e804757b59946b80dc27f8bin07";
    let on = format!("Switch SSL on for {instance}?");
    assert_eq!(words(&draft), named("Switch SSL on…", &on, "Switch on and restart", "SSL on"));
    assert_eq!(subject(&operation, &draft), instance);
    draft.set(crate::fixtures::body("ssl_option"), Raw::Text("false".into()));
    assert_eq!(words(&draft).3, "SSL off");
    let silent = Operation { acts: Vec::new(), ..switch_ssl() };
    assert_eq!(act(&silent, &draft), Act::default());
}

#[test]
fn a_secret_is_in_no_question() {
    let schema = serde_json::json!({"type": "object", "properties": {"pin": {"type": "string", "format": "password"}}});
    let mut operation = crate::fixtures::with_required_body(schema);
    operation.acts = vec![Act { question: "Use {pin}?".into(), ..Act::default() }];
    let mut draft = Draft::default();
    draft.set(crate::fixtures::body("pin"), Raw::Text("hunter2".into()));
    assert_eq!(act(&operation, &draft).question, "Use {pin}?");
}

#[test]
fn issues_come_in_the_order_of_the_page() {
    let operation = switch_ssl();
    let keyring = Keyring::default();
    let sandbox = Connection { name: String::new(), kind: ConnectionKind::Sandbox };
    let draft = Draft::new(&operation, &mut String::new);
    let call = PlannedCall { operation: &operation, draft: &draft, keyring: &keyring, connection: &sandbox };
    let signing_time = SigningTime { now: time::OffsetDateTime::UNIX_EPOCH, nonce: String::new() };
    let Err(CallError::Fields(issues)) = call.prepare(&signing_time) else { panic!("fields are missing") };
    let names: Vec<&str> = issues.iter().map(|issue| issue.target.name()).collect();
    assert_eq!(names, ["instance_id", "ssl_option", "project_id", "X-Auth-Token"]);
}

#[test]
fn no_value_of_the_simulation_goes_to_a_cloud_before_the_user_has_said_so() {
    let operation = switch_ssl();
    let draft = ssl_on();
    let real = Connection { name: String::from("Direct"), kind: ConnectionKind::Direct };
    let sandbox = Connection { name: String::new(), kind: ConnectionKind::Sandbox };
    let signing_time = SigningTime { now: time::OffsetDateTime::UNIX_EPOCH, nonce: String::new() };
    let call = |keyring: &Keyring, connection: &Connection| {
        PlannedCall { operation: &operation, draft: &draft, keyring, connection }.prepare(&signing_time).map(drop)
    };
    let mut keyring = Keyring::default();
    keyring.ensure_profile(&operation, crate::credentials::ProfileId::new(1));
    let profile = keyring.chosen_id(&operation.provider);
    let fill = |keyring: &mut Keyring| {
        keyring.set(profile, "X-Auth-Token", "dummyToken");
        keyring.note_example("X-Auth-Token", "dummyToken");
    };
    fill(&mut keyring);
    assert!(keyring.any_example());
    assert_eq!(call(&keyring, &sandbox), Ok(()));
    let issue = FieldIssue { target: Target::Credential("X-Auth-Token".into()), broken: Broken::Example };
    assert_eq!(call(&keyring, &real), Err(CallError::Fields(vec![issue])));
    // Another secret is the user's own, and so is what the user wants to keep.
    keyring.set(profile, "X-Auth-Token", "own");
    assert_eq!((call(&keyring, &real), keyring.any_example()), (Ok(()), false));
    fill(&mut keyring);
    keyring.settle_examples(true);
    assert_eq!((call(&keyring, &real), keyring.any_example()), (Ok(()), false));
    // What is cleared is gone from every profile, and nothing else is.
    let other = crate::credentials::ProfileId::new(2);
    keyring.set(other, "X-Auth-Token", "own");
    keyring.set(other, "AccessKey secret", "dummySecret");
    keyring.note_example("AccessKey secret", "dummySecret");
    fill(&mut keyring);
    keyring.settle_examples(false);
    let has = |id, label| keyring.get(id, label).is_some();
    assert!(!has(profile, "X-Auth-Token") && !has(other, "AccessKey secret") && has(other, "X-Auth-Token"));
}
