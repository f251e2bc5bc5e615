use super::*;
use crate::fixtures::{open_https, switch_ssl};
use crate::sign::{credential, inputs};

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
    keyring.begin(&open_https(), FIRST);
    SECRETS.iter().for_each(|(label, text)| keyring.set(FIRST, label, text));
    keyring
}

#[test]
fn every_provider_begins_with_one_profile_of_the_kind_that_is_offered_first() {
    let mut keyring = Keyring::default();
    keyring.begin(&open_https(), FIRST);
    keyring.begin(&open_https(), NEW);
    keyring.begin(&switch_ssl(), NEW);
    let kinds: Vec<&str> = keyring.profiles().iter().map(|profile| profile.kind.as_str()).collect();
    assert_eq!(kinds, ["ACS3-HMAC-SHA256", "X-Auth-Token"]);
    assert_eq!(keyring.chosen(&open_https().provider).map(|profile| profile.id), Some(FIRST));
}

#[test]
fn the_kind_of_the_chosen_profile_decides_how_a_call_is_signed() {
    let operation = switch_ssl();
    let mut keyring = Keyring::default();
    keyring.begin(&operation, FIRST);
    for (wanted, signed_with) in [
        ("X-Auth-Token", Some("X-Auth-Token")),
        ("SDK-HMAC-SHA256", Some("SDK-HMAC-SHA256")),
        (ADDED_BY_PROXY, None),
        ("of another cloud", Some("X-Auth-Token")),
    ] {
        keyring.set_kind(FIRST, wanted);
        assert_eq!(keyring.scheme(&operation).map(kind), signed_with, "{wanted}");
    }
}

#[test]
fn the_public_half_is_written_and_nothing_else() {
    let keyring = keyring();
    let text = keyring.to_value().to_string();
    for (label, secret) in SECRETS {
        assert_eq!(text.contains(secret), ["AccessKey ID", "X-Project-Id"].contains(&label), "{label}");
    }
    assert!(text.contains(r#""held":["AccessKey secret","Security token"]"#), "{text}");
}

#[test]
fn forgetting_drops_the_secrets_and_their_end_and_keeps_who_signs() {
    let mut keyring = keyring();
    keyring.take(&json!({ "id": FIRST, "expires": 1_800_000_000 }), NEW);
    keyring.forget(Some(ProfileId::new(7)));
    assert!(keyring.get(FIRST, "AccessKey secret").is_some(), "another profile's");
    keyring.forget(None);
    assert!(keyring.get(FIRST, "AccessKey secret").is_none() && keyring.get(FIRST, "Security token").is_none());
    assert!(keyring.get(FIRST, "AccessKey ID").is_some());
    assert_eq!(end(&keyring), None);
}

fn end(keyring: &Keyring) -> Option<i64> {
    keyring.to_value()[0]["expires"].as_i64()
}

#[test]
fn the_end_belongs_to_one_kind_and_to_what_was_there_when_it_became_known() {
    let mut keyring = keyring();
    keyring.take(&json!({ "id": FIRST, "expires": 1_800_000_000 }), NEW);
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
fn what_the_panels_got_from_a_provider_is_kept_for_the_profile() {
    let operation = switch_ssl();
    let mut keyring = Keyring::default();
    keyring.begin(&operation, FIRST);
    let id = keyring.take(
        &json!({
            "provider": operation.provider, "name": "Team", "kind": "SDK-HMAC-SHA256", "chosen": true,
            "values": { "AccessKey ID": "DUMMYAK0000000000001", "AccessKey secret": "dummySecretKey" },
        }),
        NEW,
    );
    assert_eq!(keyring.chosen(&operation.provider).map(|profile| profile.id), Some(id));
    let scheme = keyring.scheme(&operation).unwrap();
    assert!(credential(scheme, id, &keyring).is_ok());
    assert!(inputs(scheme).iter().any(|input| input.label == "X-Project-Id" && !input.secret && !input.required));
    keyring.remove(id);
    assert!(keyring.get(id, "AccessKey secret").is_none());
    keyring.begin(&operation, FIRST);
    assert_eq!(keyring.chosen(&operation.provider).map(|profile| profile.id), Some(FIRST));
}

#[test]
fn a_profile_that_began_without_a_kind_gets_one_from_the_first_call_that_needs_it() {
    let mut keyring = Keyring::default();
    let mut open = switch_ssl();
    open.schemes.clear();
    keyring.begin(&open, FIRST);
    assert_eq!(keyring.profile(FIRST).unwrap().kind, "");
    keyring.begin(&switch_ssl(), NEW);
    assert_eq!(keyring.profile(FIRST).unwrap().kind, "X-Auth-Token");
    assert_eq!(keyring.profiles().len(), 1);
}
