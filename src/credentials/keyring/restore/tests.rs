use super::*;
use crate::credentials::ProfileChange;
use crate::fixtures::{open_https, switch_ssl};
use serde_json::{Value, json};

const HUAWEI: &str = "Huawei Cloud";
const ALIBABA: &str = "Alibaba Cloud";
const TOKEN: &str = "X-Auth-Token";
const ACS3: &str = "ACS3-HMAC-SHA256";

/// A browser: what it keeps, and the page that is open in it.
#[derive(Default)]
struct Browser {
    page: Keyring,
    remembered: String,
    sealed: String,
    made: u128,
}

impl Browser {
    fn new_id(&mut self) -> ProfileId {
        self.made += 1;
        ProfileId::new(self.made)
    }

    /// A new profile with what is typed for it, as the button "New profile" and the inputs make it.
    fn profile(&mut self, provider: &str, kind: &str, remembered: bool, typed: &[(&str, &str)]) -> ProfileId {
        let new = self.new_id();
        let change = ProfileChange {
            provider: Some(provider.to_owned()),
            kind: Some(kind.to_owned()),
            remembered: Some(remembered),
            chosen: true,
            ..ProfileChange::default()
        };
        let id = self.page.apply(change, new);
        typed.iter().for_each(|(label, text)| self.page.typed(id, label, text));
        self.remember();
        id
    }

    fn token(&mut self, remembered: bool, token: &str) -> ProfileId {
        self.profile(HUAWEI, TOKEN, remembered, &[(TOKEN, token)])
    }

    fn access_key(&mut self, remembered: bool, id: &str, secret: &str) -> ProfileId {
        self.profile(ALIBABA, ACS3, remembered, &[(KEY_ID, id), (KEY_SECRET, secret)])
    }

    fn change(&mut self, id: ProfileId, change: ProfileChange) {
        self.page.apply(ProfileChange { id: Some(id), ..change }, ProfileId::default());
    }

    fn ends(&mut self, id: ProfileId, end: i64) {
        self.change(id, ProfileChange { expires: Some(Some(end)), ..ProfileChange::default() });
    }

    fn remember(&mut self) {
        self.remembered = self.page.remembered_records();
    }

    fn seal(&mut self) {
        self.sealed = self.page.sealed_records().to_string();
    }

    fn reload(&mut self) {
        self.page = Keyring::default();
        let made = &mut self.made;
        self.page.restore(&self.remembered, &mut || next(made));
    }

    fn open_operations(&mut self) {
        for operation in [switch_ssl(), open_https()] {
            let new = self.new_id();
            self.page.ensure_profile(&operation, new);
        }
    }

    fn unlock(&mut self) -> bool {
        let made = &mut self.made;
        let with_ids = self.page.restore_sealed(&self.sealed, &Fingerprints::default(), &mut || next(made));
        if let Some(with_ids) = &with_ids {
            self.sealed = with_ids.to_string();
        }
        self.remember();
        with_ids.is_some()
    }

    /// What each profile holds that is no secret and what is, in order.
    fn held(&self, label: &str) -> Vec<String> {
        let profiles = self.page.profiles().iter();
        let texts = profiles.map(|profile| self.page.get(profile.id, label).map(|secret| secret.with(str::to_owned)));
        texts.map(Option::unwrap_or_default).collect()
    }

    /// Writes what is kept as the console did before there were ids: numbers of one page.
    fn age(&mut self) {
        for text in [&mut self.remembered, &mut self.sealed] {
            let mut records: Vec<Value> = serde_json::from_str(text).unwrap();
            records.iter_mut().zip(1..).for_each(|(record, number)| record["id"] = json!(number));
            *text = Value::Array(records).to_string();
        }
    }
}

fn next(made: &mut u128) -> ProfileId {
    *made += 1;
    ProfileId::new(*made)
}

#[test]
fn two_unnamed_profiles_come_back_with_their_own_secrets() {
    for remembered in [[true, true], [false, false], [true, false], [false, true]] {
        for visits_first in [false, true] {
            let mut browser = Browser::default();
            let ids = [browser.token(remembered[0], "token-1"), browser.token(remembered[1], "token-2")];
            browser.access_key(remembered[0], "LTAI5tUnnamedOne1111", "secret-1");
            browser.access_key(remembered[1], "LTAI5tUnnamedTwo2222", "secret-2");
            browser.seal();
            browser.reload();
            if visits_first {
                browser.open_operations();
            }
            for _ in 0..2 {
                assert!(!browser.unlock(), "every record has an id");
                let mut held = [TOKEN, KEY_ID, KEY_SECRET].map(|label| browser.held(label));
                held.iter_mut().for_each(|texts| texts.retain(|text| !text.is_empty()));
                held.iter_mut().for_each(|texts| texts.sort());
                let keys = ["LTAI5tUnnamedOne1111", "LTAI5tUnnamedTwo2222"];
                assert_eq!(held, [["token-1", "token-2"], keys, ["secret-1", "secret-2"]], "{remembered:?}");
                assert_eq!(browser.page.profiles().len(), 4, "none doubled: {remembered:?} {visits_first}");
                assert_eq!(browser.page.get(ids[0], TOKEN).unwrap().with(str::to_owned), "token-1");
                browser.page.clear_secrets(None);
            }
        }
    }
}

#[test]
fn a_vault_from_before_there_were_ids_gets_them_and_opens_into_the_same_profiles_ever_after() {
    for remembered in [true, false] {
        let mut browser = Browser::default();
        browser.access_key(remembered, "LTAI5tUnnamedOne1111", "secret-1");
        browser.access_key(remembered, "LTAI5tUnnamedTwo2222", "secret-2");
        browser.seal();
        browser.age();
        browser.reload();
        browser.open_operations();
        assert!(browser.unlock());
        for _ in 0..2 {
            let keys: Vec<String> = browser.held(KEY_SECRET).into_iter().filter(|text| !text.is_empty()).collect();
            assert_eq!(keys, ["secret-1", "secret-2"]);
            assert_eq!(browser.page.profiles().len(), 3, "those two and Huawei's first: {remembered}");
            browser.reload();
            browser.open_operations();
            assert!(!browser.unlock(), "it has ids now");
        }
    }
}

#[test]
fn old_records_that_nothing_tells_apart_become_profiles_of_their_own() {
    let mut browser = Browser::default();
    browser.token(true, "token-1");
    browser.token(true, "token-2");
    browser.seal();
    browser.age();
    browser.reload();
    assert!(browser.unlock());
    assert_eq!(browser.held(TOKEN), ["", "", "token-1", "token-2"], "no secret is lost and none guessed at");
    browser.page.clear_secrets(None);
    assert!(!browser.unlock());
    assert_eq!(browser.held(TOKEN), ["", "", "token-1", "token-2"]);
}

#[test]
fn two_old_records_are_never_put_into_the_same_profile() {
    let mut browser = Browser::default();
    browser.token(true, "token-1");
    browser.seal();
    browser.age();
    browser.reload();
    let record: Vec<Value> = serde_json::from_str(&browser.sealed).unwrap();
    let mut second = record[0].clone();
    second["values"] = json!({ TOKEN: "token-2" });
    browser.sealed = json!([record[0], second]).to_string();
    browser.unlock();
    assert_eq!(browser.held(TOKEN), ["token-1", "token-2"]);
}

#[test]
fn an_old_record_leaves_the_profile_alone_that_a_record_of_its_id_needs() {
    let mut browser = Browser::default();
    let id = browser.token(true, "token-1");
    browser.seal();
    browser.reload();
    let mut records: Vec<Value> = serde_json::from_str(&browser.sealed).unwrap();
    let mut old = records[0].clone();
    old["id"] = json!(1);
    old["values"] = json!({ TOKEN: "token-2" });
    records.insert(0, old);
    browser.sealed = Value::Array(records).to_string();
    assert!(browser.unlock());
    assert_eq!(browser.page.get(id, TOKEN).unwrap().with(str::to_owned), "token-1");
    assert_eq!(browser.held(TOKEN), ["token-1", "token-2"]);
}

#[test]
fn a_profile_renamed_after_sealing_keeps_its_new_name_and_gets_its_secret() {
    let mut browser = Browser::default();
    let id = browser.token(true, "token-1");
    browser.seal();
    browser.change(id, ProfileChange { name: Some("Production".into()), ..ProfileChange::default() });
    browser.remember();
    browser.reload();
    browser.unlock();
    assert_eq!(browser.held(TOKEN), ["token-1"]);
    assert_eq!(browser.page.profile(id).unwrap().name, "Production");
}

#[test]
fn what_a_provider_began_with_does_not_become_more_each_time() {
    let mut browser = Browser::default();
    browser.open_operations();
    let token = browser.page.chosen(HUAWEI).unwrap().id;
    browser.page.typed(token, TOKEN, "token-1");
    browser.seal();
    for _ in 0..3 {
        browser.reload();
        browser.open_operations();
        browser.unlock();
        browser.seal();
        assert_eq!(browser.page.profiles().len(), 2, "one of each provider");
        assert_eq!(browser.page.chosen(HUAWEI).unwrap().id, token);
        assert_eq!(browser.held(TOKEN), ["token-1", ""]);
    }
}

#[test]
fn what_is_typed_before_unlocking_stays_and_signs() {
    let mut browser = Browser::default();
    let sealed = browser.token(false, "sealed");
    browser.seal();
    browser.reload();
    browser.open_operations();
    let typed = browser.page.chosen(HUAWEI).unwrap().id;
    browser.page.typed(typed, TOKEN, "typed");
    browser.unlock();
    let text = |id| browser.page.get(id, TOKEN).unwrap().with(str::to_owned);
    assert_eq!([text(typed), text(sealed)], ["typed", "sealed"]);
    assert_eq!(browser.page.chosen(HUAWEI).unwrap().id, typed);
}

#[test]
fn the_id_of_one_key_never_comes_together_with_the_secret_of_another() {
    let mut browser = Browser::default();
    let id = browser.access_key(true, "LTAI5tUnnamedOne1111", "secret-1");
    browser.page.set(id, SECURITY_TOKEN, "session-1");
    browser.page.set(id, TOKEN, "token-1");
    browser.ends(id, 1_800_000_000);
    browser.seal();

    browser.reload();
    browser.page.typed(id, KEY_ID, "LTAI5tUnnamedTwo2222");
    browser.page.typed(id, KEY_SECRET, "secret-2");
    browser.unlock();
    let held =
        |browser: &Browser| [KEY_ID, KEY_SECRET, SECURITY_TOKEN, TOKEN].map(|label| browser.held(label)[0].clone());
    assert_eq!(held(&browser), ["LTAI5tUnnamedTwo2222", "secret-2", "", "token-1"]);
    assert_eq!(browser.page.profiles()[0].expires(), None, "of the new key that is not known");

    browser.page.clear_secrets(None);
    browser.unlock();
    assert_eq!(held(&browser), ["LTAI5tUnnamedOne1111", "secret-1", "session-1", "token-1"], "the sealed key, whole");
    assert_eq!(browser.page.profiles()[0].expires(), Some(1_800_000_000));
}

#[test]
fn hostile_ids_lose_no_profile() {
    let mut browser = Browser::default();
    let known = browser.access_key(true, "LTAI5tUnnamedOne1111", "secret-1");
    let ids = [
        json!(""),
        json!(null),
        json!(0),
        json!(-1),
        json!(1.5),
        json!({}),
        json!("x".repeat(100_000)),
        json!(ProfileId::default()),
        json!(ProfileId::new(77)),
        json!(ProfileId::new(77)),
        json!(known),
    ];
    let records = ids.iter().zip(1..).map(|(id, number)| {
        json!({ "id": id, "provider": HUAWEI, "kind": TOKEN, "values": { TOKEN: format!("token-{number}") } })
    });
    browser.sealed = Value::Array(records.collect()).to_string();
    for _ in 0..2 {
        browser.unlock();
        let tokens: Vec<String> = browser.held(TOKEN).into_iter().filter(|text| !text.is_empty()).collect();
        let expected: Vec<String> = (1..=ids.len()).map(|number| format!("token-{number}")).collect();
        assert_eq!(tokens, expected);
        assert!(browser.page.get(known, TOKEN).is_none(), "a token of another provider");
        let mut own: Vec<ProfileId> = browser.page.profiles().iter().map(|profile| profile.id).collect();
        own.sort();
        own.dedup();
        assert_eq!(own.len(), ids.len() + 1, "each profile has an id of its own");
    }
}

#[test]
fn what_cannot_be_read_changes_nothing() {
    let mut browser = Browser::default();
    for remembered in ["", "not JSON", "{}", "null", "[]"] {
        browser.remembered = remembered.to_owned();
        browser.reload();
        assert_eq!(browser.page.profiles(), [], "{remembered}");
    }
}

#[test]
fn what_was_remembered_comes_back_with_its_settings_and_without_secrets() {
    let mut browser = Browser::default();
    let id = browser.access_key(true, "LTAI5tDummyAccessKeyId", "secret-1");
    let (name, region, metadata) = (Some("Production".into()), Some("cn-hangzhou".into()), Some("{}".into()));
    browser.change(id, ProfileChange { name, region, metadata, ..ProfileChange::default() });
    let before = browser.page.profile(id).cloned();
    browser.remember();
    browser.reload();
    assert_eq!(browser.page.profile(id).cloned(), before);
    assert_eq!(browser.page.shown_key(id).as_deref(), Some("••••eyId"));
    assert!(browser.page.get(id, KEY_SECRET).is_none());
    assert_eq!(browser.page.chosen(ALIBABA).map(|profile| profile.id), Some(id));
}

/// The texts of a browser that used the console of November 2026, and of one that used it before profiles had ids.
#[test]
fn what_earlier_versions_wrote_is_read() {
    let remembered = r#"[{"id":"2f1c9d1e-0000-4000-8000-000000000001","name":"Production","provider":"Alibaba Cloud",
        "kind":"ACS3-HMAC-SHA256","region":"cn-hangzhou","expires":1800000000,"remembered":true,
        "memo":"{\"inputs\":{\"user\":\"me\"}}","chosen":true,"public":{"AccessKey ID":"LTAI5tDummyAccessKeyId"},
        "held":["AccessKey secret"]}]"#;
    let with_number = remembered.replace("\"2f1c9d1e-0000-4000-8000-000000000001\"", "1");
    for text in [remembered, &with_number] {
        let mut page = Keyring::default();
        page.restore(text, &mut || ProfileId::new(9));
        let summary = &page.summaries()[0];
        assert_eq!((summary.name.as_str(), summary.region.as_str()), ("Production", "cn-hangzhou"));
        assert_eq!((summary.expires, summary.remembered, summary.chosen), (Some(1_800_000_000), true, true));
        assert_eq!(summary.metadata, r#"{"inputs":{"user":"me"}}"#);
        assert_eq!(summary.public_values, [(KEY_ID.to_owned(), "LTAI5tDummyAccessKeyId".to_owned())]);
        assert_eq!(summary.secrets_present, [] as [&str; 0]);

        let sealed = text.replace(r#""held""#, r#""values":{"AccessKey secret":"secret-1"},"held""#);
        let with_ids = page.restore_sealed(&sealed, &Fingerprints::default(), &mut || ProfileId::new(8));
        assert_eq!(with_ids.is_some(), text == with_number);
        assert_eq!(page.profiles().len(), 1);
        let id = page.profiles()[0].id;
        assert_eq!(page.get(id, KEY_SECRET).map(|secret| secret.with(str::to_owned)).as_deref(), Some("secret-1"));
        if let Some(with_ids) = with_ids {
            assert_eq!(*with_ids, *page.sealed_records(), "what is sealed again is what was there, with ids");
        }
    }
}

#[test]
fn what_the_simulation_gave_is_known_as_such_after_the_vault_is_opened_again() {
    let mut browser = Browser::default();
    let id = browser.token(false, "sandbox-token");
    browser.page.note_example(TOKEN, "sandbox-token");
    let (sealed, base) = (browser.page.sealed_records(), browser.page.fingerprints());
    let mut next = Keyring::default();
    next.restore_sealed(&sealed, &Fingerprints::default(), &mut || ProfileId::new(9));
    assert!(next.holds_example(id, TOKEN) && next.any_example());
    // It is no content: page and vault agree.
    assert_eq!(next.fingerprints(), base);
    next.settle_examples(true);
    assert!(!next.any_example());
    assert_eq!(next.fingerprints(), base);
    assert!(!next.sealed_records().contains("simulated"), "the user has said that it is his own");
}
