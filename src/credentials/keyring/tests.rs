use super::*;
use crate::credentials::record::ProfileRecord;
use crate::fixtures::{open_https, switch_ssl};

const SECRETS: [(&str, &str); 4] = [
    ("AccessKey ID", "LTAI5tDummyAccessKeyId"),
    ("AccessKey secret", "DummyAccessKeySecret0123456789"),
    ("Security token", "CAISdummy+STS/token==with+/=chars"),
    ("X-Project-Id", "056538411200d4cd2f79c003c7606412"),
];

/// The profile that a provider begins with.
const FIRST: ProfileId = ProfileId::new(1);
const NEW: ProfileId = ProfileId::new(2);

fn keyring() -> Keyring {
    let mut keyring = Keyring::default();
    keyring.ensure_profile(&open_https(), FIRST);
    SECRETS.iter().for_each(|(label, text)| keyring.set(FIRST, label, text));
    keyring
}

#[test]
fn every_provider_begins_with_one_profile_of_the_kind_that_is_offered_first() {
    let mut keyring = Keyring::default();
    keyring.ensure_profile(&open_https(), FIRST);
    keyring.ensure_profile(&open_https(), NEW);
    keyring.ensure_profile(&switch_ssl(), NEW);
    let kinds: Vec<&str> = keyring.profiles().iter().map(|profile| profile.kind.as_str()).collect();
    assert_eq!(kinds, ["ACS3-HMAC-SHA256", "X-Auth-Token"]);
    assert_eq!(keyring.chosen(&open_https().provider).map(|profile| profile.id), Some(FIRST));
}

#[test]
fn a_profile_is_blank_until_somebody_enters_something_or_names_it() {
    let mut keyring = Keyring::default();
    keyring.ensure_profile(&open_https(), FIRST);
    let is_blank = |keyring: &Keyring| keyring.summary(FIRST).unwrap().is_blank();
    assert!(is_blank(&keyring));
    for (label, text) in SECRETS {
        keyring.set(FIRST, label, text);
        assert!(!is_blank(&keyring), "{label}");
        keyring.set(FIRST, label, "");
        assert!(is_blank(&keyring), "{label}");
    }
    keyring.set_kind(FIRST, ADDED_BY_PROXY);
    assert!(!is_blank(&keyring), "somebody has chosen it");
    keyring.set_kind(FIRST, "ACS3-HMAC-SHA256");
    keyring.profiles[0].name = String::from("Team");
    assert!(!is_blank(&keyring));
}

#[test]
fn the_kind_of_the_chosen_profile_decides_how_a_call_is_signed() {
    let operation = switch_ssl();
    let mut keyring = Keyring::default();
    keyring.ensure_profile(&operation, FIRST);
    for (wanted, signed_with) in [
        ("X-Auth-Token", Some("X-Auth-Token")),
        ("SDK-HMAC-SHA256", Some("SDK-HMAC-SHA256")),
        (ADDED_BY_PROXY, None),
        ("of another cloud", Some("X-Auth-Token")),
    ] {
        keyring.set_kind(FIRST, wanted);
        assert_eq!(keyring.security(&operation).map(|own| own.credential_kind()).as_deref(), signed_with, "{wanted}");
    }
}

#[test]
fn only_the_kind_that_signs_shows_the_ending_of_a_key() {
    let mut keyring = keyring();
    assert_eq!(keyring.shown_key(FIRST).as_deref(), Some("••••eyId"));
    for kind in ["X-Auth-Token", ADDED_BY_PROXY, ANONYMOUS, "Basic"] {
        keyring.set_kind(FIRST, kind);
        assert_eq!(keyring.shown_key(FIRST), None, "{kind}");
    }
}

#[test]
fn the_public_half_is_written_and_nothing_else() {
    let keyring = keyring();
    let text = keyring.public_records();
    for (label, secret) in SECRETS {
        assert_eq!(text.contains(secret), ["AccessKey ID", "X-Project-Id"].contains(&label), "{label}");
    }
    assert!(text.contains(r#""held":["AccessKey secret","Security token"]"#), "{text}");
}

#[test]
fn forgetting_drops_the_secrets_and_their_end_and_keeps_who_signs() {
    let mut keyring = keyring();
    ends(&mut keyring, 1_800_000_000);
    keyring.clear_secrets(Some(ProfileId::new(7)));
    assert!(keyring.get(FIRST, "AccessKey secret").is_some(), "another profile's");
    keyring.clear_secrets(None);
    assert!(keyring.get(FIRST, "AccessKey secret").is_none() && keyring.get(FIRST, "Security token").is_none());
    assert!(keyring.get(FIRST, "AccessKey ID").is_some());
    assert_eq!(end(&keyring), None);
}

fn end(keyring: &Keyring) -> Option<i64> {
    keyring.summaries()[0].expires
}

/// A provider says when the credential of the first profile ends.
fn ends(keyring: &mut Keyring, end: i64) {
    keyring.apply(ProfileChange { id: Some(FIRST), expires: Some(Some(end)), ..ProfileChange::default() }, NEW);
}

#[test]
fn the_end_belongs_to_one_kind_and_to_what_was_there_when_it_became_known() {
    let mut keyring = keyring();
    ends(&mut keyring, 1_800_000_000);
    keyring.set_kind(FIRST, "X-Auth-Token");
    assert_eq!(end(&keyring), None, "nothing is known of a token");
    keyring.set_kind(FIRST, "ACS3-HMAC-SHA256");
    assert_eq!(end(&keyring), Some(1_800_000_000));
    keyring.typed(FIRST, "X-Project-Id", "056538411200d4cd2f79c003c7606412");
    assert_eq!(end(&keyring), Some(1_800_000_000));
    keyring.typed(FIRST, "AccessKey secret", "another");
    assert_eq!(end(&keyring), None, "another key");
}

#[test]
fn what_a_provider_issued_is_kept_for_the_profile() {
    let operation = switch_ssl();
    let mut keyring = Keyring::default();
    keyring.ensure_profile(&operation, FIRST);
    let values = [("AccessKey ID", "DUMMYAK0000000000001"), ("AccessKey secret", "dummySecretKey")];
    let change = ProfileChange {
        provider: Some(operation.provider.clone()),
        name: Some("Team".into()),
        kind: Some("SDK-HMAC-SHA256".into()),
        chosen: true,
        values: values.map(|(label, text)| (label.into(), Secret::new(text))).into(),
        ..ProfileChange::default()
    };
    let id = keyring.apply(change, NEW);
    assert_eq!(keyring.chosen(&operation.provider).map(|profile| profile.id), Some(id));
    let scheme = keyring.security(&operation).unwrap();
    assert!(keyring.credentials(id, scheme).is_ok());
    assert!(scheme.inputs().iter().any(|input| input.label == "X-Project-Id" && !input.secret && !input.required));
    keyring.remove(id);
    assert!(keyring.get(id, "AccessKey secret").is_none());
    keyring.ensure_profile(&operation, FIRST);
    assert_eq!(keyring.chosen(&operation.provider).map(|profile| profile.id), Some(FIRST));
}

#[test]
fn a_profile_that_began_without_a_kind_gets_one_from_the_first_call_that_needs_it() {
    let mut keyring = Keyring::default();
    let mut open = switch_ssl();
    open.security.clear();
    keyring.ensure_profile(&open, FIRST);
    assert_eq!(keyring.profile(FIRST).unwrap().kind, "");
    keyring.ensure_profile(&switch_ssl(), NEW);
    assert_eq!(keyring.profile(FIRST).unwrap().kind, "X-Auth-Token");
    assert_eq!(keyring.profiles().len(), 1);
}

#[test]
fn a_summary_has_what_may_be_shown_and_nothing_else() {
    let mut keyring = keyring();
    ends(&mut keyring, 1_800_000_000);
    let summary = keyring.summary(FIRST).unwrap();
    assert_eq!(summary, keyring.summaries()[0]);
    assert_eq!(summary.secrets_present, ["AccessKey secret", "Security token"]);
    let of_kind = |kind: &str| ProfileSummary { kind: kind.to_owned(), ..ProfileSummary::default() };
    assert!(!summary.lacks_secret() && of_kind(&summary.kind).lacks_secret());
    assert!(["proxy", "anonymous"].iter().all(|kind| !of_kind(kind).lacks_secret()), "nothing is to be entered");
    let public = [SECRETS[0], SECRETS[3]].map(|(label, text)| (label.to_owned(), text.to_owned()));
    assert_eq!(summary.public_values, public);
    assert_eq!(
        (summary.chosen, summary.expires, summary.kind.as_str()),
        (true, Some(1_800_000_000), "ACS3-HMAC-SHA256")
    );
    assert_eq!(keyring.summary(NEW), None);
}

#[test]
fn only_profiles_that_are_to_be_remembered_are() {
    let mut keyring = keyring();
    assert_eq!(keyring.remembered_records(), "[]");
    keyring.apply(ProfileChange { id: Some(FIRST), remembered: Some(true), ..ProfileChange::default() }, NEW);
    assert_eq!(keyring.remembered_records(), keyring.public_records());
}

#[test]
fn the_records_of_the_vault_have_every_secret_in_memory_that_never_moved() {
    let mut keyring = keyring();
    keyring.set(FIRST, "AccessKey secret", "\"back\\slash\"/ü🔑");
    let sealed = keyring.sealed_records();
    assert_eq!(sealed.capacity(), sealed.len());
    let value: serde_json::Value = serde_json::from_str(&sealed).unwrap();
    assert_eq!(value[0]["values"]["AccessKey secret"], "\"back\\slash\"/ü🔑");
    assert_eq!(value[0]["values"]["Security token"], SECRETS[2].1);
    let mut opened = Keyring::default();
    assert!(opened.restore_sealed(&sealed, &Fingerprints::default(), &mut || NEW).is_none(), "every record has an id");
    assert_eq!(opened.sealed_records(), sealed);
}

#[test]
fn a_record_of_another_version_is_read_as_far_as_it_goes() {
    let text = r#" [5, "x", null, {}, {"id":7,"name":5,"provider":"P","kind":["K"],"expires":"soon","remembered":"yes",
        "held":{},"public":[],"values":"secret","new":{"a":1}},
        {"values":{"A":1,"B":"b","C":null,"D":""},"public":{"AccessKey ID":"id"},"expires":12.5}] "#;
    let records = ProfileRecord::read_all(text);
    assert_eq!(records.len(), 3);
    assert_eq!((records[1].id, records[1].provider.as_str(), records[1].kind.as_str()), (None, "P", ""));
    assert!(records[0].is_untouched() && records[1].is_untouched());
    let typed = records[2].typed();
    let typed: Vec<(&str, String)> =
        typed.iter().map(|(label, text)| (label.as_str(), text.with(str::to_owned))).collect();
    assert_eq!(typed, [("AccessKey ID", "id".to_owned()), ("B", "b".to_owned())]);
}

#[test]
fn the_hash_of_a_credential_tells_it_from_others_and_says_nothing_of_it() {
    let mut keyring = keyring();
    let first = keyring.credential_hash(FIRST);
    assert!(SECRETS.iter().all(|(_, text)| !first.contains(text)), "{first}");
    keyring.apply(ProfileChange { id: Some(FIRST), name: Some("Production".into()), ..ProfileChange::default() }, NEW);
    assert_eq!(keyring.credential_hash(FIRST), first, "a name proves nothing");
    keyring.typed(FIRST, "AccessKey secret", "AnotherSecret0123456789");
    assert_ne!(keyring.credential_hash(FIRST), first);
    keyring.typed(FIRST, "AccessKey secret", SECRETS[1].1);
    assert_eq!(keyring.credential_hash(FIRST), first);
    keyring.set_kind(FIRST, "X-Auth-Token");
    assert_ne!(keyring.credential_hash(FIRST), first, "the same profile signs in another way");
}
