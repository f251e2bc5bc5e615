//! The search for secrets: everything that a script, an extension or a person could read off the page.

use serde_json::json;

use crate::page::Page;

const EVERYTHING: &str = "const asked = (request) => new Promise((done, failed) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => failed(request.error);
    });
    const databases = async () => {
        const found = [];
        for (const { name } of await indexedDB.databases()) {
            const database = await asked(indexedDB.open(name));
            for (const store of database.objectStoreNames) {
                const content = database.transaction(store).objectStore(store);
                found.push([name, store, await asked(content.getAllKeys()), await asked(content.getAll())]);
            }
            database.close();
        }
        return found;
    };
    const done = arguments[arguments.length - 1];
    (async () => {
        const tell = (place, text) => [place, String(text)];
        const places = [
            tell('the markup', document.documentElement.outerHTML),
            tell('the text', document.documentElement.innerText),
            tell('all text', document.documentElement.textContent),
            tell('the address', location.href),
            tell('the title', document.title),
            tell('the history', JSON.stringify(history.state)),
            tell('localStorage', JSON.stringify({ ...localStorage })),
            tell('sessionStorage', JSON.stringify({ ...sessionStorage })),
            tell('cookies', document.cookie),
            tell('the databases', JSON.stringify(await databases())),
            tell('what was copied', JSON.stringify(window.copied)),
            tell('the caches', JSON.stringify(await caches.keys())),
            tell('the name of the window', window.name),
            tell('fetched addresses', performance.getEntriesByType('resource').map((entry) => entry.name).join(' ')),
        ];
        const inputs = [...document.querySelectorAll('input, textarea')];
        for (const input of inputs) places.push(tell(`the input ${nameOf(input)}`, input.value));
        done(places);
    })();";

impl Page {
    /// Everywhere that can be looked at, and what is there.
    pub(crate) async fn everything(&self) -> Vec<(String, String)> {
        let script = format!("{}\n{EVERYTHING}", include_str!("../support/page.js"));
        let found = self.browser.driver.execute_async(script, Vec::new()).await.expect("a look at everything");
        let mut places: Vec<(String, String)> = serde_json::from_value(found.json().clone()).expect("places");
        self.read_logs().await;
        places.push(("the console".to_owned(), self.log.borrow().console.join("\n")));
        places.push(("the requests".to_owned(), self.site.requests().join("\n")));
        places
    }

    /// Where secrets are seen, each given with the label of its own input: the only place where it may be.
    pub(crate) async fn seen(&self, secrets: &[(&str, &str)]) -> Vec<String> {
        let mut seen = Vec::new();
        for (place, text) in self.everything().await {
            for (label, secret) in secrets {
                let encoded =
                    percent_encoding::utf8_percent_encode(secret, percent_encoding::NON_ALPHANUMERIC).to_string();
                let as_json = json!(secret).to_string();
                let forms = [*secret, encoded.as_str(), as_json.trim_matches('"')];
                if forms.iter().any(|form| text.contains(form)) && !place.starts_with(&format!("the input {label}")) {
                    seen.push(format!("{label} in {place}"));
                }
            }
        }
        seen
    }
}
