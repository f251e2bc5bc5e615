//! The vault: secrets that come back after a reload, for those who know the passphrase.

use crate::browser::until;
use crate::page::{ACCESS_KEY, HUAWEI_KEY, INSTANCE_INPUTS, Page, SSL};
use crate::scene::scene;

const PASSPHRASE: &str = "canary battery staple 9041";
const MAKE: &str = "Keep the secrets in a vault";
const SECRETS: [(&str, &str); 2] = [HUAWEI_KEY[1], ("Passphrase", PASSPHRASE)];

/// Enters a key, and goes to the page of all credentials.
async fn with_a_key(page: &Page) {
    page.open_operation(SSL).await;
    page.sign_with(ACCESS_KEY, &HUAWEI_KEY).await;
    page.click("link", "All credentials").await;
    page.find("button", MAKE).await;
}

async fn make(page: &Page, passphrase: &str, again: &str) {
    page.fill_all(&[("Passphrase", passphrase), ("Passphrase again", again)]).await;
    page.click("button", MAKE).await;
}

async fn unlock(page: &Page, passphrase: &str) {
    page.fill("Passphrase", passphrase).await;
    page.click("button", "Unlock").await;
}

/// Waits until the profile that signs has this token.
async fn has_token(page: &Page, token: &str) {
    until("the token", async || (page.value("X-Auth-Token").await == token).then_some(())).await;
}

/// Waits for what is told in place of a success.
async fn told(page: &Page, title: &str, words: &[&str]) {
    page.shows(title).await;
    Page::says(&page.words("main").await, words);
    page.axe(title).await;
}

/// Puts something else in the place of the vault's record; `change` makes it from the record.
async fn overwrite(page: &Page, change: &str) {
    let script = format!(
        "const done = arguments[arguments.length - 1];
        const change = (record) => {change};
        const opening = indexedDB.open('tls-console');
        opening.onsuccess = () => {{
            const database = opening.result;
            const store = database.transaction('vault', 'readwrite').objectStore('vault');
            const reading = store.get('record');
            reading.onsuccess = () => {{ store.put(change(reading.result), 'record'); }};
            store.transaction.oncomplete = () => {{ database.close(); done(true); }};
        }};"
    );
    page.browser.driver.execute_async(script, Vec::new()).await.unwrap();
}

#[tokio::test]
async fn what_is_sealed_comes_back_after_a_reload_and_signs() {
    scene()
        .run(async |page| {
            with_a_key(page).await;
            page.axe("no vault yet").await;
            make(page, PASSPHRASE, PASSPHRASE).await;
            page.announces("The vault is made.").await;
            page.shows("Vault unlocked.").await;
            assert!(!page.has("button", "Save changes").await, "there is nothing to save");
            page.axe("an open vault").await;
            assert_eq!(page.seen(&SECRETS).await, [] as [&str; 0]);
            let stored = page.everything().await;
            let databases = stored.iter().find(|(place, _)| place == "the databases").unwrap();
            Page::says(&databases.1, &["tls-console", "vault", "record", "600000"]);

            page.reload().await;
            page.shows("The vault is locked. It holds 1 profile.").await;
            page.axe("a locked vault").await;
            page.open("#/").await;
            page.wait_for("wordsOf(document.querySelector('.card')).includes('Profile: locked in the vault')").await;
            page.open("#/credentials").await;
            page.shows("The vault is locked. It holds 1 profile.").await;
            unlock(page, "not the passphrase").await;
            told(page, "Wrong passphrase", &["The vault does not open with this passphrase."]).await;
            assert_eq!(page.value("Passphrase").await, "");
            unlock(page, PASSPHRASE).await;
            page.announces("The vault is unlocked; its secrets are in memory.").await;
            page.shows("In memory AccessKey secret").await;
            assert!(!page.words("main").await.contains("The vault does not open with this passphrase."));
            assert_eq!(page.seen(&SECRETS).await, [] as [&str; 0]);

            page.open_from_list("Enable or disable SSL").await;
            page.connect_by("Proxy").await;
            page.fill_all(&INSTANCE_INPUTS).await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            assert!(page.received_one().header("authorization").contains(HUAWEI_KEY[0].1));
            assert_eq!(page.seen(&SECRETS).await, [] as [&str; 0]);
        })
        .await;
}

#[tokio::test]
async fn changes_are_saved_a_locked_vault_opens_again_and_an_erased_one_is_gone() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            page.fill_all(&INSTANCE_INPUTS).await;
            page.fill("X-Auth-Token", "canary-first-token").await;
            page.click("link", "All credentials").await;
            make(page, PASSPHRASE, PASSPHRASE).await;
            page.announces("The vault is made.").await;
            page.open_from_list("Enable or disable SSL").await;
            page.fill("X-Auth-Token", "canary-second-token").await;
            page.click("link", "All credentials").await;
            page.shows("Vault unlocked. Changes are not saved yet.").await;
            page.axe("changes that are not saved").await;
            page.click("button", "Save changes").await;
            page.announces("The changes are saved in the vault.").await;
            page.shows("The changes are saved in the vault.").await;
            page.wait_for("find('button', 'Save changes') === null").await;
            // The focus is not lost.
            page.wait_for("document.activeElement.id === 'vault-status'").await;
            page.click("button", "Lock the vault").await;
            page.announces("The secrets are forgotten.").await;
            page.shows("1 profile is locked in the vault.").await;
            unlock(page, PASSPHRASE).await;
            page.announces("The vault is unlocked; its secrets are in memory.").await;
            page.open_from_list("Enable or disable SSL").await;
            page.call().await;
            assert_eq!(page.received_one().header("x-auth-token"), "canary-second-token");
            let tokens = [("X-Auth-Token", "canary-first-token"), ("X-Auth-Token", "canary-second-token")];
            assert_eq!(page.seen(&tokens).await, [] as [&str; 0]);

            page.click("link", "All credentials").await;
            page.click("button", "Erase the vault").await;
            page.axe("really erase it?").await;
            page.click("button", "Really erase it? There is no way back").await;
            page.announces("The vault is erased.").await;
            page.find("button", MAKE).await;
            page.reload().await;
            page.find("button", MAKE).await;
            let stored = page.everything().await;
            let databases = stored.iter().find(|(place, _)| place == "the databases").unwrap();
            assert!(!databases.1.contains("600000"), "{}", databases.1);
        })
        .await;
}

/// Keeps the chosen profile, which gets no name.
async fn save_unnamed(page: &Page, remembered: bool) {
    page.unfold("Profile").await;
    if remembered {
        page.click("field", "Remember this profile without its secret").await;
    }
    page.click("button", "Save profile").await;
    page.announces("The profile is saved.").await;
}

/// Waits until the page of all credentials lists two profiles, each with a token or without.
async fn lists_two(page: &Page, in_memory: &str) {
    let words = "wordsOf(document.querySelector('main'))";
    page.wait_for(&format!("{words}.split('In memory {in_memory}').length === 3")).await;
    assert_eq!(page.eval::<usize>("document.querySelectorAll('main .profiles > li').length").await, 2);
}

/// Two profiles that only their ids tell apart, sealed, unlocked, sealed again and unlocked again: each sends its own token.
async fn unnamed_profiles_come_back(remembered: bool) {
    let tokens = ["canary-token-one", "canary-token-two"];
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.fill("X-Auth-Token", tokens[0]).await;
            save_unnamed(page, remembered).await;
            page.click("button", "New profile").await;
            page.wait_for(
                "find('choice', 'Profile').options.length === 2 && find('field', 'X-Auth-Token')?.value === ''",
            )
            .await;
            page.fill("X-Auth-Token", tokens[1]).await;
            save_unnamed(page, remembered).await;
            let kept = if remembered { 2 } else { 0 };
            let stored = "JSON.parse(localStorage.getItem('tls-console.profiles') ?? '[]')";
            page.wait_for(&format!("{stored}.length === {kept}")).await;
            page.click("link", "All credentials").await;
            lists_two(page, "X-Auth-Token").await;
            make(page, PASSPHRASE, PASSPHRASE).await;
            page.announces("The vault is made.").await;
            for _ in 0..2 {
                page.reload().await;
                if remembered {
                    lists_two(page, "no secret").await;
                }
                unlock(page, PASSPHRASE).await;
                page.announces("The vault is unlocked; its secrets are in memory.").await;
                lists_two(page, "X-Auth-Token").await;
                page.shows("Vault unlocked.").await;
            }
            page.open_from_list("Enable or disable SSL").await;
            page.connect_by("Proxy").await;
            page.fill_all(&INSTANCE_INPUTS).await;
            for (at, token) in tokens.iter().enumerate() {
                page.wait_for("find('choice', 'Profile').options[1].textContent.includes('X-Auth-Token 2')").await;
                let choose = "const list = find('choice', 'Profile'); list.selectedIndex = arguments[0];
                    list.dispatchEvent(new Event('change', { bubbles: true })); return null;";
                page.script(choose, vec![at.into()]).await;
                has_token(page, token).await;
                page.call().await;
                assert_eq!(page.received_last().header("x-auth-token"), *token);
            }
            assert_eq!(page.sandbox.received().len(), 2);
            assert_eq!(page.seen(&tokens.map(|token| ("X-Auth-Token", token))).await, [] as [&str; 0]);
        })
        .await;
}

#[tokio::test]
async fn two_remembered_profiles_without_a_name_come_back_from_the_vault_as_two() {
    unnamed_profiles_come_back(true).await;
}

#[tokio::test]
async fn two_profiles_without_a_name_that_nobody_remembers_come_back_from_the_vault_as_two() {
    unnamed_profiles_come_back(false).await;
}

#[tokio::test]
async fn the_idle_lock_and_forgetting_lock_the_vault() {
    scene()
        .before("const now = Date.now; window.ahead = 0; Date.now = () => now() + window.ahead;")
        .run(async |page| {
            with_a_key(page).await;
            make(page, PASSPHRASE, PASSPHRASE).await;
            page.announces("The vault is made.").await;
            page.click("button", "Forget all secrets now").await;
            page.shows("The vault is locked. It holds 1 profile.").await;
            unlock(page, PASSPHRASE).await;
            page.announces("The vault is unlocked; its secrets are in memory.").await;
            page.script("window.ahead = 901000; return null;", Vec::new()).await;
            page.shows("The vault is locked. It holds 1 profile.").await;
            page.shows("In memory no secret").await;
        })
        .await;
}

#[tokio::test]
async fn a_passphrase_is_long_and_typed_the_same_twice() {
    scene()
        .run(async |page| {
            with_a_key(page).await;
            make(page, "short", "short").await;
            told(page, "This passphrase is too short", &["It must have at least 12 characters"]).await;
            make(page, PASSPHRASE, "canary battery staple 9042").await;
            told(page, "The two passphrases are not the same", &["Type the passphrase twice."]).await;
            assert_eq!(page.value("Passphrase").await, "");
            let stored = page.everything().await;
            let databases = stored.iter().find(|(place, _)| place == "the databases").unwrap();
            assert!(!databases.1.contains("600000"), "nothing was sealed: {}", databases.1);
        })
        .await;
}

#[tokio::test]
async fn a_damaged_vault_is_told_from_a_wrong_passphrase() {
    scene()
        .run(async |page| {
            with_a_key(page).await;
            make(page, PASSPHRASE, PASSPHRASE).await;
            page.announces("The vault is made.").await;
            let changes = [
                "'no record at all'",
                "JSON.stringify({ version: 1 })",
                "JSON.stringify({ ...kept, payload: kept.payload.replace(/^./, (digit) => digit === '0' ? '1' : '0') })",
                "JSON.stringify({ ...kept, salt: kept.salt.replace(/^./, (digit) => digit === '0' ? '1' : '0') })",
                "new Blob(['no text'])",
            ];
            overwrite(page, "(localStorage.kept = record, record)").await;
            for change in changes {
                overwrite(page, &format!("((kept) => {change})(JSON.parse(localStorage.kept))")).await;
                page.reload().await;
                page.shows("The vault is locked. It holds 1 profile.").await;
                unlock(page, PASSPHRASE).await;
                told(page, "The vault is damaged", &["The passphrase is not to blame."]).await;
            }
            overwrite(page, "localStorage.kept").await;
            page.reload().await;
            unlock(page, PASSPHRASE).await;
            page.announces("The vault is unlocked; its secrets are in memory.").await;
        })
        .await;
}

#[tokio::test]
async fn a_page_without_cryptography_says_that_it_came_over_plain_http() {
    scene()
        .before("Object.defineProperty(Crypto.prototype, 'subtle', { get: () => undefined });")
        .run(async |page| {
            with_a_key(page).await;
            make(page, PASSPHRASE, PASSPHRASE).await;
            told(page, "No vault without https", &["This page came over plain http.", "secrets stay in memory"]).await;
            page.open_from_list("Enable or disable SSL").await;
            page.fill_all(&INSTANCE_INPUTS).await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted", "everything else works");
        })
        .await;
}

#[tokio::test]
async fn a_browser_that_stores_nothing_says_so() {
    scene()
        .before("Object.defineProperty(window, 'indexedDB', { get: () => undefined });")
        .run(async |page| {
            with_a_key(page).await;
            make(page, PASSPHRASE, PASSPHRASE).await;
            told(
                page,
                "This browser does not let the page store a vault",
                &["there is no IndexedDB", "A private window, blocked site data or a full disk"],
            )
            .await;
        })
        .await;
}

#[tokio::test]
async fn what_another_tab_erased_or_sealed_anew_is_not_overwritten() {
    scene()
        .run(async |page| {
            with_a_key(page).await;
            make(page, PASSPHRASE, PASSPHRASE).await;
            page.announces("The vault is made.").await;
            change_something(page, '2').await;
            overwrite(page, "void (localStorage.kept = record)").await;
            page.click("button", "Save changes").await;
            told(page, "There is no vault in this browser", &["or it was erased: by you, in another tab"]).await;
            erase(page).await;
            make(page, PASSPHRASE, PASSPHRASE).await;
            page.announces("The vault is made.").await;
            change_something(page, '3').await;
            overwrite(page, "localStorage.kept").await;
            page.click("button", "Save changes").await;
            told(page, "The vault was sealed anew elsewhere", &["Nothing was overwritten."]).await;
            // A page that knows of no vault makes none over one that is there.
            erase(page).await;
            overwrite(page, "localStorage.kept").await;
            make(page, PASSPHRASE, PASSPHRASE).await;
            told(page, "This browser has a vault already", &["Nothing was overwritten."]).await;
            page.find("button", "Unlock").await;
        })
        .await;
}

/// Another secret for the profile that signs, so that there is something to save.
async fn change_something(page: &Page, ending: char) {
    page.open_from_list("Enable or disable SSL").await;
    page.fill("AccessKey secret", &format!("dummySecretKey/000000000000000000000000+{ending}")).await;
    page.click("link", "All credentials").await;
    page.shows("Vault unlocked. Changes are not saved yet.").await;
}

async fn erase(page: &Page) {
    page.click("button", "Erase the vault").await;
    page.click("button", "Really erase it? There is no way back").await;
    page.announces("The vault is erased.").await;
}

/// Enters a token for the chosen profile, and goes to the page of all credentials.
async fn enter_token(page: &Page, token: &str) {
    page.open_from_list("Enable or disable SSL").await;
    page.fill("X-Auth-Token", token).await;
    page.click("link", "All credentials").await;
}

/// Names the chosen profile of the operation on the screen.
async fn name_profile(page: &Page, name: &str) {
    page.unfold("Profile").await;
    page.fill("Profile name", name).await;
    page.click("button", "Save profile").await;
    page.announces("The profile is saved.").await;
}

#[tokio::test]
async fn two_tabs_put_their_profiles_together_and_ask_where_both_changed_one() {
    let (prod, staging) = ("canary-token-prod", "canary-token-staging");
    scene()
        .run(async |page| {
            let driver = &page.browser.driver;
            page.open_operation(SSL).await;
            page.fill("X-Auth-Token", prod).await;
            name_profile(page, "Prod").await;
            page.click("link", "All credentials").await;
            make(page, PASSPHRASE, PASSPHRASE).await;
            page.announces("The vault is made.").await;
            let first = driver.window().await.unwrap();

            // The other tab adds a profile and changes the first one.
            let second = driver.new_tab().await.unwrap();
            driver.switch_to_window(second.clone()).await.unwrap();
            page.open("#/credentials").await;
            page.shows("1 profile is locked in the vault. Unlock it below.").await;
            page.axe("profiles that are locked").await;
            unlock(page, PASSPHRASE).await;
            page.announces("The vault is unlocked; its secrets are in memory.").await;
            page.open_from_list("Enable or disable SSL").await;
            page.unfold("Profile").await;
            page.click("button", "New profile").await;
            page.wait_for("find('choice', 'Profile').options.length === 2").await;
            page.fill("X-Auth-Token", staging).await;
            name_profile(page, "Staging").await;
            page.click("link", "All credentials").await;
            page.click("button", "Save changes").await;
            page.announces("The changes are saved in the vault.").await;

            // The first tab knows nothing of it, and saves a change of its own.
            driver.switch_to_window(first.clone()).await.unwrap();
            enter_token(page, "canary-token-mine").await;
            page.click("button", "Save changes").await;
            page.announces("The changes are saved in the vault.").await;
            page.shows("Staging").await;

            // Now both have changed Prod.
            driver.switch_to_window(second).await.unwrap();
            page.open_from_list("Enable or disable SSL").await;
            page.choose("Profile", "Prod").await;
            has_token(page, prod).await;
            enter_token(page, "canary-token-theirs").await;
            page.click("button", "Save changes").await;
            told(page, "Another tab has changed the same profiles", &["have changed: Prod.", "Nothing is saved yet."])
                .await;
            page.click("button", "Take what the other tab saved").await;
            page.announces("The changes are saved in the vault.").await;
            page.reload().await;
            page.shows("2 profiles are locked in the vault. Unlock it below.").await;
            unlock(page, PASSPHRASE).await;
            page.announces("The vault is unlocked; its secrets are in memory.").await;
            page.open_from_list("Enable or disable SSL").await;
            for (name, token) in [("Staging", staging), ("Prod", "canary-token-mine")] {
                page.choose("Profile", name).await;
                has_token(page, token).await;
            }
        })
        .await;
}
