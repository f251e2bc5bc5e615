//! The history: kept over reloads and tabs, found, repeated, compared, deleted; and what happens when it cannot be kept.

use serde_json::json;
use thirtyfour::Key;

use crate::look::{cut, narrow};
use crate::page::{CLUSTER, HTTPS, HTTPS_INPUTS, INSTANCE, KEY_SECRET, Page, SSL, SSL_INPUTS};
use crate::scene::scene;

const HISTORY: &str = "#/history";
const ABSENT: &str = "es-cn-notfound00000001";

/// The rows of the list that are in the document.
const ROWS: &str = "[...document.querySelectorAll('.table-window tbody tr:not(.table-space)')]";

/// The texts of all that the history holds, by store.
const STORED: &str = "const done = arguments[arguments.length - 1];
    const asked = (request) => new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
    (async () => {
        const all = [];
        for (const { name } of await indexedDB.databases()) {
            const database = await asked(indexedDB.open(name));
            for (const store of database.objectStoreNames)
                all.push(...await asked(database.transaction(store).objectStore(store).getAll()));
            database.close();
        }
        done(all.map(String));
    })();";

/// Puts records into the history as the console would, and then some. `make(put)` calls `put(id, summary, details)`.
fn inject(make: &str) -> String {
    format!(
        "const done = arguments[arguments.length - 1];
        const opening = indexedDB.open('tls-console.history', 1);
        opening.onupgradeneeded = () => {{
            for (const store of ['summaries', 'details', 'totals']) opening.result.createObjectStore(store);
        }};
        opening.onsuccess = () => {{
            const database = opening.result;
            const transaction = database.transaction(['summaries', 'details', 'totals'], 'readwrite');
            const put = (id, summary, details) => {{
                transaction.objectStore('summaries').put(summary, id);
                transaction.objectStore('details').put(details, id);
            }};
            ({make})(put);
            transaction.oncomplete = () => {{ database.close(); done(true); }};
            transaction.onabort = () => done(String(transaction.error));
        }};"
    )
}

/// `summary(number)` and `details(number)` of a call in the form that is stored.
const RECORDS: &str = "const id = (number) => String(number).padStart(32, '0');
    const summary = (number) => JSON.stringify({
        version: 1, id: id(number), started: 1695773600000 + number * 60000, took: 400 + number % 100,
        api: 'aliyun-elasticsearch', operation: 'OpenHttps', api_title: 'Alibaba Cloud Elasticsearch',
        operation_title: 'Enable HTTPS', act: 'HTTPS on', subject: `es-cn-injected${number}`, region: 'cn-hangzhou',
        connection: 'Proxy', simulated: false, status: number % 7 ? 200 : 403, outcome: number % 7 ? 'success' : 'api-error',
        certain: true, code: number % 7 ? '' : 'Forbidden', standing: number % 7 ? 'good' : 'bad',
        title: number % 7 ? 'Accepted' : 'Forbidden: not allowed',
        ids: [['RequestId', `5A2CFF0E-5718-45B5-9D4D-${String(number).padStart(12, '0')}`]], bytes: 600,
    });
    const details = (number) => JSON.stringify({
        version: 1, id: id(number), request: { method: 'POST', url: 'https://elasticsearch.cn-hangzhou.aliyuncs.com/openapi',
        address: '/proxy', headers: [['date', 'Fri']], body: { whole: '' } },
        answer: { status: 200, headers: [['content-type', 'application/json']], body: { whole: '{\"RequestId\":\"5A2C\"}' } },
        form: null,
    });";

impl Page {
    async fn open_history(&self) {
        self.click("link", "History").await;
        self.wait_for("tidy(document.querySelector('h1')?.textContent) === 'History'").await;
    }

    /// Waits for so many rows, and gives their words.
    async fn history_rows(&self, count: usize) -> Vec<String> {
        self.wait_for(&format!("{ROWS}.length === {count}")).await;
        self.eval(&format!("{ROWS}.map(wordsOf)")).await
    }

    async fn search_history(&self, text: &str) {
        self.fill("Search the history", text).await;
    }

    /// Presses the button of the row with these words, and waits for its call.
    async fn open_row(&self, words: &str) {
        let press = format!(
            "(() => {{
                const row = {ROWS}.find((row) => wordsOf(row).includes({}));
                document.activeElement.blur();
                row?.querySelector('button').click();
                return row !== undefined;
            }})()",
            json!(words)
        );
        self.wait_for(&press).await;
        self.wait_for("document.activeElement.id === 'history-call'").await;
    }

    async fn call_words(&self) -> String {
        self.words(".history-call").await
    }
}

#[tokio::test]
async fn calls_are_found_after_a_reload_and_repeat_fills_the_form_and_sends_nothing() {
    scene()
        .run(async |page| {
            page.open_operation(HTTPS).await;
            page.connect_by("Proxy").await;
            page.fill_all(&HTTPS_INPUTS).await;
            let token = page.value("clientToken").await;
            page.call().await;
            page.fill("InstanceId", ABSENT).await;
            page.call().await;
            page.reload().await;
            page.open_history().await;
            let rows = page.history_rows(2).await;
            Page::says(&rows[0], &["HTTPS on", ABSENT, "400", "InstanceNotFound"]);
            Page::says(&rows[1], &["HTTPS on", CLUSTER, "200", "Accepted"]);
            let covers = format!(
                "{ROWS}.some((row) => row.cells[4].getBoundingClientRect().right > \
                row.cells[5].getBoundingClientRect().left + 1)"
            );
            assert!(!page.eval::<bool>(&covers).await, "the pinned column covers no result");
            page.axe("a history of two calls").await;

            for (query, found) in [
                (CLUSTER, CLUSTER),
                ("code:InstanceNotFound", ABSENT),
                ("instancenotfound", ABSENT),
                ("status:4xx subject:notfound", ABSENT),
                ("status:200", CLUSTER),
                ("operation:HTTPS is:good", CLUSTER),
            ] {
                page.search_history(query).await;
                page.wait_for(&format!("{ROWS}.length === 1 && wordsOf({ROWS}[0]).includes('{found}')")).await;
                page.announces("1 of 2 calls").await;
            }
            page.search_history("before:2020-01-01").await;
            page.history_rows(0).await;
            page.shows("No call fits this search.").await;
            page.search_history("status:moon").await;
            page.shows("Not understood and left out: status:moon.").await;
            page.search_history("").await;

            page.open_row(CLUSTER).await;
            let words = page.call_words().await;
            Page::says(&words, &["Call: HTTPS on", CLUSTER, "200 OK", "Proxy", "RequestId", "POST", "open-https"]);
            page.axe("a call of the history").await;
            page.click("button", "Copy as Markdown for a ticket").await;
            page.wait_for("window.copied.length === 1").await;
            Page::says(&page.eval::<String>("window.copied[0]").await, &["## Accepted", CLUSTER, "`200`"]);
            page.find("button", "Download HAR").await;
            let sent = page.sandbox.received().len();
            // Another cluster stands in the form, and nobody has sent it since the reload.
            page.click("action", "repeat").await;
            page.find("button", "Replace what is typed?").await;
            page.axe("really replace it?").await;
            page.click("action", "repeat").await;
            page.find("action", "send").await;
            page.shows("Filled in from the call of").await;
            assert_eq!(page.value("InstanceId").await, CLUSTER);
            assert_eq!(page.value("AccessKey secret").await, "", "no secret is kept");
            assert_ne!(page.value("clientToken").await, token, "it is another call for the provider");
            assert_eq!(page.sandbox.received().len(), sent, "nothing was sent");
            page.axe("a form that was filled from the history").await;
        })
        .await;
}

#[tokio::test]
async fn what_became_of_a_change_is_in_its_record_after_a_reload() {
    scene()
        .run(async |page| {
            page.sandbox.set_speed(1000);
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            page.fill_all(&SSL_INPUTS).await;
            page.call().await;
            let look = "(() => {
                const one = document.querySelector('[data-follow]');
                if (one?.dataset.follow === 'completed') return true;
                [...one?.querySelectorAll('button') ?? []].find((one) => one.textContent === 'Look now')?.click();
                return false;
            })()";
            page.wait_for(look).await;
            page.open_history().await;
            page.history_rows(1).await;
            page.open_row(INSTANCE).await;
            page.wait_for("wordsOf(document.querySelector('.history-call')).includes('What became of it Completed')")
                .await;
            page.script("localStorage.clear(); return null;", Vec::new()).await;
            page.reload().await;
            page.history_rows(1).await;
            page.search_history("is:followed").await;
            page.history_rows(1).await;
            page.open_row(INSTANCE).await;
            Page::says(&page.call_words().await, &["What became of it Completed"]);
        })
        .await;
}

#[tokio::test]
async fn two_tabs_see_the_same_and_a_call_is_pinned_noted_compared_and_deleted() {
    scene()
        .run(async |page| {
            let driver = &page.browser.driver;
            page.open(HISTORY).await;
            page.shows("No call is kept yet.").await;
            page.axe("an empty history").await;
            let first = driver.window().await.unwrap();
            let second = driver.new_tab().await.unwrap();
            driver.switch_to_window(second.clone()).await.unwrap();
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            page.fill_all(&SSL_INPUTS).await;
            page.call().await;
            page.choose("ssl_option", "false").await;
            page.fill("instance_id", "errorDBS200316xxxxxxxxxxxxxxxxxxin07").await;
            page.call().await;

            driver.switch_to_window(first).await.unwrap();
            page.history_rows(2).await;
            page.open_row(INSTANCE).await;
            page.click("button", "Pin").await;
            page.find("button", "Unpin").await;
            page.fill("Note", "ticket 4711").await;
            page.click("button", "Save note").await;
            page.announces("The note is saved.").await;

            driver.switch_to_window(second).await.unwrap();
            page.open_history().await;
            Page::says(&page.history_rows(2).await[0], &["Pinned", INSTANCE]);
            page.search_history("ticket").await;
            page.history_rows(1).await;
            page.open_row(INSTANCE).await;
            assert_eq!(page.value("Note").await, "ticket 4711");
            let token = SSL_INPUTS.iter().find(|(field, _)| *field == "X-Auth-Token").unwrap().1;
            page.fill("Note", &format!("ticket 4711 {token}")).await;
            page.click("button", "Close").await;
            page.announces("The note is saved.").await;
            let stored = page.later(STORED).await.to_string();
            assert!(stored.contains("ticket 4711") && !stored.contains(token), "a secret of the page in a note: {stored}");
            page.search_history("").await;
            page.history_rows(2).await;

            page.open_row(INSTANCE).await;
            page.click("button", "Compare with…").await;
            page.shows("Choose the other call in the list").await;
            let choose =
                format!("{ROWS}.find((row) => wordsOf(row).includes('errorDBS200316')).querySelector('button')");
            page.wait_for(&format!("nameOf({choose}).startsWith('Compare: ')")).await;
            page.script(&format!("{choose}.click(); return null;"), Vec::new()).await;
            page.wait_for("document.activeElement.id === 'history-comparison'").await;
            let compared: String = page.eval("wordsOf(find('region', 'Comparison'))").await;
            Page::says(&compared, &["Subject", "Status", "Value ssl_option", "true", "false", "job_id"]);
            let fits = "(() => { const all = document.querySelector('.compared');
                return all.scrollWidth <= all.clientWidth && all.querySelectorAll('tr > :nth-child(3)').length > 1; })()";
            assert!(page.eval::<bool>(fits).await, "both calls are in sight");
            page.axe("a comparison").await;
            page.click("button", "End comparison").await;

            page.click("button", "Delete").await;
            page.click("button", "Really delete this call?").await;
            page.history_rows(1).await;
            page.click("button", "Delete history").await;
            page.click("button", "Really delete every call?").await;
            page.shows("No call is kept yet.").await;
            let stored = page.later(STORED).await.to_string();
            assert!(!stored.contains("errorDBS200316") && !stored.contains(INSTANCE), "{stored}");
        })
        .await;
}

#[tokio::test]
async fn a_deployment_can_switch_the_history_off() {
    scene()
        .config(json!({ "history": false }))
        .run(async |page| {
            page.open_operation(SSL).await;
            page.fill_all(&SSL_INPUTS).await;
            page.call().await;
            // The log is written by the same hand: what it has, the history would have.
            page.wait_for("wordsOf(document.querySelector('.log')).includes('Accepted')").await;
            page.open_history().await;
            page.shows("This deployment has switched the history off.").await;
            page.wait_for("!wordsOf(document.querySelector('main')).includes('Reading the history')").await;
            page.axe("a history that is switched off").await;
            let stored = page.later(STORED).await.to_string();
            assert!(!stored.contains(INSTANCE), "{stored}");
        })
        .await;
}

#[tokio::test]
async fn no_secret_is_in_the_history() {
    let canaries = [("X-Auth-Token", "canary-token-7f3a91"), ("AccessKey secret", KEY_SECRET)];
    scene()
        .run(async |page| {
            page.open_operation(HTTPS).await;
            page.connect_by("Proxy").await;
            page.fill_all(&HTTPS_INPUTS).await;
            page.call().await;
            page.open_operation(SSL).await;
            page.fill_all(&SSL_INPUTS[1..]).await;
            page.fill("X-Auth-Token", canaries[0].1).await;
            page.call().await;
            page.open_history().await;
            page.history_rows(2).await;
            let stored = page.later(STORED).await.to_string();
            Page::says(&stored, &[CLUSTER, INSTANCE, "job_id"]);
            for (label, secret) in canaries {
                assert!(!stored.contains(secret), "{label}: {stored}");
            }
            for row in [CLUSTER, INSTANCE] {
                page.open_row(row).await;
                assert_eq!(page.seen(&canaries).await, [] as [&str; 0]);
            }
        })
        .await;
}

#[tokio::test]
async fn a_full_store_is_told_once_and_the_answer_stays() {
    scene()
        .before(
            "IDBObjectStore.prototype.put = () => { throw new DOMException('The quota has been exceeded.', 'QuotaExceededError'); };",
        )
        .run(async |page| {
            let told = "This call is not in the history. The browser's storage is full.";
            page.open_operation(SSL).await;
            page.fill_all(&SSL_INPUTS).await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            page.wait_for(&format!("wordsOf(response()).includes({})", json!(told))).await;
            page.axe("a call that is not in the history").await;
            page.choose("ssl_option", "false").await;
            let again = page.call().await;
            assert!(!again.contains(told), "it is told once: {again}");
            page.open_history().await;
            page.shows("The browser's storage is full").await;
            page.shows("No call is kept yet.").await;
        })
        .await;
}

#[tokio::test]
async fn a_store_that_does_not_open_is_told_and_nothing_else_is_lost() {
    scene()
        .before(
            "const open = IDBFactory.prototype.open;
            IDBFactory.prototype.open = function (name, ...rest) {
                if (name.endsWith('history')) throw new DOMException('Denied.', 'SecurityError');
                return open.call(this, name, ...rest);
            };",
        )
        .run(async |page| {
            page.open_operation(SSL).await;
            page.fill_all(&SSL_INPUTS).await;
            page.call().await;
            assert_eq!(page.verdict().await, "good Accepted");
            page.wait_for("wordsOf(response()).includes('This browser does not let the page store it.')").await;
            page.open_history().await;
            page.shows("This browser does not let the page keep a history").await;
            page.shows("SecurityError: Denied").await;
            page.axe("a history that does not open").await;
        })
        .await;
}

#[tokio::test]
async fn records_of_the_version_before_are_read_and_broken_ones_are_counted() {
    let version_0 = include_str!("../../src/history/tests/version-0.json");
    let make = format!(
        "(put) => {{
            {RECORDS}
            const old = {};
            put('000000000000000000000000000000aa', old, old);
            put(id(1), summary(1), details(1));
            put('broken', 'no JSON', '');
            put('newer', JSON.stringify({{ version: 99 }}), '');
            put('number', 7, null);
        }}",
        json!(version_0.trim())
    );
    scene()
        .run(async |page| {
            page.open("#/about").await;
            assert_eq!(page.later(&inject(&make)).await, json!(true));
            page.open_history().await;
            let rows = page.history_rows(2).await;
            assert!(rows.iter().any(|row| row.contains("Pinned") && row.contains("Forbidden.RAM")), "{rows:?}");
            page.shows("The console cannot read 3 records").await;
            page.open_row("Forbidden.RAM").await;
            Page::says(&page.call_words().await, &[CLUSTER, "403", "open-https", "made without a form"]);
            assert_eq!(page.value("Note").await, "ask the account's owner");
            page.axe("a record of the version before").await;
        })
        .await;
}

#[tokio::test]
async fn five_thousand_calls_are_opened_and_searched_with_a_bounded_document() {
    let make = format!("(put) => {{ {RECORDS} for (let n = 0; n < 5000; n++) put(id(n), summary(n), details(n)); }}");
    scene()
        .run(async |page| {
            page.open("#/about").await;
            assert_eq!(page.later(&inject(&make)).await, json!(true));
            // The code of the page comes with its first use: that is not what is measured.
            page.open_history().await;
            page.announces("5000 calls").await;
            page.click("link", "About").await;
            page.wait_for("document.getElementById('history-search') === null").await;
            let opening = "const done = arguments[arguments.length - 1];
                const begun = performance.now();
                const look = () => document.querySelector('.table-window tbody tr:not(.table-space)')
                    ? done(performance.now() - begun) : requestAnimationFrame(look);
                location.hash = '#/history';
                look();";
            let opened = page.later(opening).await;
            let searching = "const done = arguments[arguments.length - 1];
                const input = document.getElementById('history-search');
                const begun = performance.now();
                const look = () => document.querySelectorAll('.table-window tbody tr:not(.table-space)').length === 1
                    ? done(performance.now() - begun) : requestAnimationFrame(look);
                input.value = 'es-cn-injected4711 status:403';
                input.dispatchEvent(new Event('input', { bubbles: true }));
                look();";
            let searched = page.later(searching).await;
            println!("5 000 calls: opened in {opened} ms, searched in {searched} ms");
            assert!(opened.is_number() && searched.is_number(), "{opened} {searched}");
            Page::says(&page.history_rows(1).await[0], &["es-cn-injected4711", "403"]);
            page.search_history("").await;
            page.announces("5000 calls").await;
            assert!(page.eval::<usize>(&format!("{ROWS}.length")).await < 60, "only rows in sight are built");
            assert!(page.eval::<usize>("document.querySelectorAll('*').length").await < 2_000);
            let end =
                "(() => { const table = document.querySelector('.table-window'); table.scrollTop = table.scrollHeight;
                return [...table.querySelectorAll('code')].some((one) => one.textContent === 'es-cn-injected0'); })()";
            page.wait_for(end).await;
            page.search_history("code:forbidden").await;
            page.announces("715 of 5000 calls").await;

            // One more than there may be: the oldest make room.
            page.open_operation(SSL).await;
            page.fill_all(&SSL_INPUTS).await;
            page.call().await;
            page.open_history().await;
            page.announces("4750 calls").await;
            page.search_history(INSTANCE).await;
            page.history_rows(1).await;
        })
        .await;
}

#[tokio::test]
async fn the_history_is_used_by_the_keyboard_alone_and_fits_a_narrow_and_a_dark_window() {
    let make = format!("(put) => {{ {RECORDS} for (let n = 0; n < 3; n++) put(id(n), summary(n), details(n)); }}");
    scene()
        .run(async |page| {
            page.open("#/about").await;
            assert_eq!(page.later(&inject(&make)).await, json!(true));
            page.open_history().await;
            page.history_rows(3).await;
            page.wait_for("document.activeElement.id === 'page-title'").await;
            page.press(Key::Tab.value().to_string()).await;
            assert_eq!(page.focused().await, "INPUT Search the history");
            page.press("injected1").await;
            page.history_rows(1).await;
            page.press(Key::Enter.value().to_string()).await;
            page.wait_for("document.activeElement.id === 'history-call'").await;
            Page::says(&page.call_words().await, &["es-cn-injected1"]);
            page.press(Key::Tab.value().to_string()).await;
            assert_eq!(page.focused().await, "BUTTON Close");
            page.press(Key::Enter.value().to_string()).await;
            page.wait_for("document.querySelector('.history-call') === null").await;
            page.wait_for("nameOf(document.activeElement).startsWith('Open: HTTPS on es-cn-injected1 ')").await;
            page.press(Key::Enter.value().to_string()).await;
            page.wait_for("document.activeElement.id === 'history-call'").await;

            narrow(page).await;
            page.script(
                "document.querySelectorAll('details').forEach((part) => part.open = true); return null;",
                Vec::new(),
            )
            .await;
            assert_eq!(cut(page, "a call of the history").await, [] as [&str; 0]);
            let dark = json!({ "features": [{ "name": "prefers-color-scheme", "value": "dark" }] });
            page.browser.devtools("Emulation.setEmulatedMedia", dark).await;
            page.axe("a dark history").await;
        })
        .await;
}
