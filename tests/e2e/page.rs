//! The console as its user handles it.

use std::cell::RefCell;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::browser::{Browser, until};
use crate::checks::{Allowed, Log};
use crate::server::{Received, SandboxServer};
use crate::site::Serving;

const FINDERS: &str = include_str!("../support/page.js");

/// An open console, with what stands behind it.
pub(crate) struct Page {
    pub(crate) browser: Browser,
    /// The site's address, with a slash at its end.
    pub(crate) base: String,
    pub(crate) sandbox: SandboxServer,
    pub(crate) site: Serving,
    pub(crate) log: RefCell<Log>,
    pub(crate) allowed: RefCell<Allowed>,
}

impl Page {
    /// Runs a script in the page; `find` and its like are there, arguments are in `arguments`.
    pub(crate) async fn script(&self, script: &str, arguments: Vec<Value>) -> Value {
        let text = format!("{FINDERS}\n{script}");
        match self.browser.driver.execute(text, arguments).await {
            Ok(answer) => answer.json().clone(),
            Err(error) => panic!("{script}\n{error}"),
        }
    }

    /// The value of an expression.
    pub(crate) async fn eval<T: DeserializeOwned>(&self, expression: &str) -> T {
        let value = self.script(&format!("return {expression};"), Vec::new()).await;
        serde_json::from_value(value).unwrap_or_else(|error| panic!("{expression}: {error}"))
    }

    /// What a script gives to the last of its arguments, a function.
    #[allow(dead_code, reason = "not for the tests of hosting, which share this file")]
    pub(crate) async fn later(&self, script: &str) -> Value {
        let answer = self.browser.driver.execute_async(script, Vec::new()).await.expect("an answer");
        answer.json().clone()
    }

    /// Opens the page again, as its user does.
    #[allow(dead_code, reason = "not for the tests of hosting, which share this file")]
    pub(crate) async fn reload(&self) {
        self.browser.driver.refresh().await.expect("the page");
        self.wait_for("document.querySelector('h1') !== null").await;
    }

    /// Waits until an expression is true.
    pub(crate) async fn wait_for(&self, expression: &str) {
        until(expression, async || self.eval::<bool>(expression).await.then_some(())).await;
    }

    /// The element of this kind and name; waits for it.
    pub(crate) async fn find(&self, kind: &str, name: &str) -> WebElement {
        let script = format!("{FINDERS}\nreturn find(arguments[0], arguments[1]);");
        until(&format!("the {kind} “{name}”"), async || {
            let arguments = vec![json!(kind), json!(name)];
            self.browser.driver.execute(script.clone(), arguments).await.ok()?.element().ok()
        })
        .await
    }

    /// Whether there is such an element now.
    pub(crate) async fn has(&self, kind: &str, name: &str) -> bool {
        let script = "return find(arguments[0], arguments[1]) !== null;";
        self.script(script, vec![json!(kind), json!(name)]).await == json!(true)
    }

    /// Opens an address of the console, the part behind `#`.
    pub(crate) async fn open(&self, hash: &str) {
        self.browser.driver.goto(format!("{}{hash}", self.base)).await.expect("the page");
        self.wait_for("document.querySelector('h1') !== null").await;
    }

    /// Opens the page of an operation.
    pub(crate) async fn open_operation(&self, hash: &str) {
        self.open(hash).await;
        self.all_fields().await;
    }

    /// Waits for the form. What has a short form has its fields folded.
    pub(crate) async fn all_fields(&self) {
        self.wait_for("(find('action', 'send') ?? find('details', 'All fields')) !== null").await;
        if !self.has("action", "send").await {
            self.unfold("All fields").await;
        }
        self.find("action", "send").await;
        // What stands beside the form is built when the browser has nothing else to do.
        self.wait_for("document.querySelector('.results [role=tabpanel]') !== null").await;
    }

    /// Chooses the connection at the top of the page.
    pub(crate) async fn connect_by(&self, connection: &str) {
        self.choose("Connection", connection).await;
        // Example values of the simulation are taken along here; another test looks at the question.
        if self.has("dialog", "examples").await {
            self.click("button", "Keep them").await;
        }
    }

    pub(crate) async fn click(&self, kind: &str, name: &str) {
        // A complete credential is one line: what its inputs have around them is behind Change.
        let around = [
            "All credentials",
            "Profile",
            "Forget secret",
            "Temporary keys (STS)",
            "New profile",
            "Get temporary keys",
        ];
        if (around.contains(&name) || name.starts_with("Renew: ")) && !self.has(kind, name).await {
            self.script("document.getElementById('credential-change')?.click();", Vec::new()).await;
        }
        let element = self.find(kind, name).await;
        let into_view = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' });";
        self.script(into_view, vec![element.to_json().expect("an element")]).await;
        element.click().await.unwrap_or_else(|error| panic!("clicking the {kind} “{name}”: {error}"));
    }

    /// Opens what a control is folded into.
    async fn unfold_to(&self, label: &str) {
        let script = "if (!find('field', arguments[0]) && !find('choice', arguments[0])) unfoldTo(arguments[0]);";
        // What stands inside a credential that is one line is folded twice.
        for _ in 0..2 {
            self.script(script, vec![json!(label)]).await;
        }
        // The content of these comes when they are opened for the first time.
        let inside = [
            ("Profile", "Profile name"),
            ("Temporary keys (STS)", "Answer of the token service"),
            ("Temporary keys (STS)", "Expires at (optional)"),
        ];
        for (summary, _) in inside.iter().filter(|(_, inside)| *inside == label) {
            if self.eval("document.getElementById('form') !== null").await {
                self.wait_for("document.querySelector('.credential-tools details') !== null").await;
            }
            let open = "const all = [...document.querySelectorAll('.credential-tools details')];
                const mine = all.find((one) => tidy(one.querySelector('summary').textContent) === arguments[0]);
                if (mine && !mine.open && !find('field', arguments[1])) mine.open = true;";
            self.script(open, vec![json!(summary), json!(label)]).await;
        }
    }

    /// Replaces what stands in an input, as by pasting, and leaves it.
    pub(crate) async fn fill(&self, label: &str, text: &str) {
        self.unfold_to(label).await;
        let element = self.find("field", label).await;
        let enter = "arguments[0].focus(); arguments[0].select();";
        self.script(enter, vec![element.to_json().expect("an element")]).await;
        if text.is_empty() {
            element.send_keys(Key::Delete).await.expect("a key");
        } else {
            self.browser.devtools("Input.insertText", json!({ "text": text })).await;
        }
        self.script("document.activeElement.blur();", Vec::new()).await;
    }

    /// Fills several inputs.
    pub(crate) async fn fill_all(&self, inputs: &[(&str, &str)]) {
        for (label, text) in inputs {
            match *label {
                "ssl_option" | "X-Language" => self.choose(label, text).await,
                _ => self.fill(label, text).await,
            }
        }
    }

    /// What stands in an input.
    pub(crate) async fn value(&self, label: &str) -> String {
        self.unfold_to(label).await;
        let element = self.find("field", label).await;
        element.prop("value").await.expect("a value").unwrap_or_default()
    }

    /// Chooses the first option whose words begin so, or the button of this value.
    pub(crate) async fn choose(&self, label: &str, option: &str) {
        self.unfold_to(label).await;
        let script = "const list = find('choice', arguments[0]);
            const radios = [...document.querySelectorAll('main input[type=radio]')].filter((radio) => radio.name === arguments[0]);
            const radio = radios.find((radio) => radio.value === arguments[1]);
            if (radio) return radio;
            return list && [...list.options].find((option) => tidy(option.textContent).startsWith(arguments[1])) || null;";
        let what = format!("{option} in {label}");
        let element = until(&what, async || {
            let arguments = vec![json!(label), json!(option)];
            let found = self.browser.driver.execute(format!("{FINDERS}\n{script}"), arguments).await;
            found.ok()?.element().ok()
        })
        .await;
        let into_view =
            "arguments[0].closest('label, select')?.scrollIntoView({ block: 'center', behavior: 'instant' });";
        self.script(into_view, vec![element.to_json().expect("an element")]).await;
        element.click().await.unwrap_or_else(|error| panic!("choosing {option} in {label}: {error}"));
    }

    /// The words of the option that is chosen in a list.
    pub(crate) async fn chosen(&self, label: &str) -> String {
        self.unfold_to(label).await;
        let radios = format!(
            "[...document.querySelectorAll('main input[type=radio]')].filter((radio) => radio.name === {})",
            json!(label)
        );
        if self.eval::<bool>(&format!("{radios}.length > 0")).await {
            return self.eval(&format!("{radios}.find((radio) => radio.checked)?.value ?? ''")).await;
        }
        self.find("choice", label).await;
        let script = "return tidy(find('choice', arguments[0]).selectedOptions[0].textContent);";
        self.script(script, vec![json!(label)]).await.as_str().unwrap_or_default().to_owned()
    }

    /// Presses Send and waits for the question.
    pub(crate) async fn send(&self) {
        self.click("action", "send").await;
        self.find("dialog", "confirm").await;
        self.wait_for("document.querySelector('#confirm dl') !== null").await;
    }

    /// Answers the question with Confirm. What stood in Response until now is marked as old.
    pub(crate) async fn confirm(&self) {
        self.script("for (const part of document.querySelectorAll('#response *')) part.isOld = true;", Vec::new())
            .await;
        // Whatever is known of the preconditions, and without waiting for it.
        let ready = "(() => {
            const override = document.querySelector('[data-action=override]');
            if (override !== null && !override.checked) override.click();
            return document.querySelector('[data-action=confirm]')?.getAttribute('aria-disabled') === 'false';
        })()";
        self.wait_for(ready).await;
        self.click("action", "confirm").await;
    }

    /// Waits for a new answer with its explanation complete, and gives all its words.
    pub(crate) async fn answer(&self) -> String {
        let settled = "(() => {
            const region = response();
            return region !== null && region.getAttribute('aria-busy') === 'false'
                && [...region.querySelectorAll('details, .explanation')].some((part) => !part.isOld)
                && !region.textContent.includes('Looking up what this code means');
        })()";
        self.wait_for(settled).await;
        self.response_text().await
    }

    /// Send, Confirm, and the answer.
    pub(crate) async fn call(&self) -> String {
        self.send().await;
        self.confirm().await;
        self.answer().await
    }

    /// All words of the region Response, those of closed details included.
    pub(crate) async fn response_text(&self) -> String {
        self.eval("wordsOf(response())").await
    }

    /// The title and tone of what the answer means: `good Accepted`.
    pub(crate) async fn verdict(&self) -> String {
        self.eval(
            "(() => { const told = response().querySelector('.explanation');
            return `${told.dataset.tone} ${tidy(told.querySelector('.explanation-title').textContent)}`; })()",
        )
        .await
    }

    /// What the focus is on: `BUTTON Send`.
    pub(crate) async fn focused(&self) -> String {
        self.eval("`${document.activeElement.tagName} ${nameOf(document.activeElement)}`").await
    }

    /// Presses keys where the focus is.
    pub(crate) async fn press(&self, keys: impl Into<TypingData>) {
        let chain = self.browser.driver.action_chain_with_delay(Some(Duration::ZERO), Some(Duration::ZERO));
        let keys: TypingData = keys.into();
        chain.send_keys(keys).perform().await.expect("keys");
    }

    /// Presses a key while Control is held.
    pub(crate) async fn control(&self, key: char) {
        let chain = self.browser.driver.action_chain_with_delay(Some(Duration::ZERO), Some(Duration::ZERO));
        chain.key_down(Key::Control).key_down(key).key_up(key).key_up(Key::Control).perform().await.expect("keys");
    }

    /// The one request that the sandbox server got.
    pub(crate) fn received_one(&self) -> Received {
        let mut received = self.sandbox.received();
        assert_eq!(received.len(), 1, "{received:?}");
        received.remove(0)
    }

    /// Asserts that nothing was fetched since the last look but the worker.
    pub(crate) async fn stayed_in_the_page(&self) {
        let worker = format!("{}worker", self.base);
        let fetched = self.new_requests().await;
        let other: Vec<&String> = fetched.iter().filter(|url| !url.starts_with(&worker)).collect();
        assert!(other.is_empty(), "the call stays in the page, and it asked for {other:?}");
    }

    /// The last request that the sandbox server got.
    pub(crate) fn received_last(&self) -> Received {
        self.sandbox.received().pop().expect("a request")
    }

    /// Chooses the kind of the credential and fills its inputs.
    pub(crate) async fn sign_with(&self, kind: &str, inputs: &[(&str, &str)]) {
        self.choose("Kind", kind).await;
        self.fill_all(inputs).await;
    }

    /// Goes to another operation by the list, which keeps what is in memory.
    pub(crate) async fn open_from_list(&self, operation: &str) {
        self.click("link", operation).await;
        self.wait_for(&format!("tidy(document.querySelector('h1')?.textContent) === {}", json!(operation))).await;
        self.all_fields().await;
    }

    /// Opens or closes the part that this summary stands over.
    pub(crate) async fn unfold(&self, summary: &str) {
        self.click("details", summary).await;
    }

    /// All words of the first element that a selector finds.
    pub(crate) async fn words(&self, selector: &str) -> String {
        self.eval(&format!("wordsOf(document.querySelector({}))", json!(selector))).await
    }

    /// Waits until these words are in the main part of the page.
    pub(crate) async fn shows(&self, words: &str) {
        self.wait_for(&format!("wordsOf(document.querySelector('main')).includes({})", json!(words))).await;
    }

    /// Waits until these words are told to screen readers.
    pub(crate) async fn announces(&self, words: &str) {
        let told = "[...document.querySelectorAll('[role=status]')].some((part) => tidy(part.textContent).includes";
        self.wait_for(&format!("{told}({}))", json!(words))).await;
    }

    /// Asserts that all of these words are in a text.
    pub(crate) fn says(text: &str, words: &[&str]) {
        for wanted in words {
            assert!(text.contains(wanted), "“{wanted}” is missing in:\n{text}");
        }
    }
}

/// Huawei's switch.
pub(crate) const SSL: &str = "#/huawei-taurusdb/SwitchGaussMySqlInstanceSsl";
/// Alibaba's switch.
pub(crate) const HTTPS: &str = "#/aliyun-elasticsearch/OpenHttps";

/// Whether the service worker looks after this page.
#[allow(dead_code, reason = "not for the tests of hosting, which share this file")]
pub(crate) const CONTROLLED: &str = "navigator.serviceWorker.controller !== null";
pub(crate) const PROJECT: &str = "056538411200d4cd2f79c003c7606412";
pub(crate) const INSTANCE: &str = "096c0fc43e804757b59946b80dc27f8bin07";
pub(crate) const CLUSTER: &str = "es-cn-n6w1o1x0w001c0001";
pub(crate) const KEY_ID: &str = "LTAI5tDummyAccessKeyId";
pub(crate) const KEY_SECRET: &str = "DummyAccessKeySecret0123456789";

/// Inputs of Huawei's switch that succeed.
pub(crate) const SSL_INPUTS: [(&str, &str); 4] =
    [("X-Auth-Token", "any-token-will-do"), ("project_id", PROJECT), ("instance_id", INSTANCE), ("ssl_option", "true")];
/// Huawei's switch without a credential.
pub(crate) const INSTANCE_INPUTS: [(&str, &str); 3] =
    [("project_id", PROJECT), ("instance_id", INSTANCE), ("ssl_option", "true")];
/// Huawei's access key.
pub(crate) const HUAWEI_KEY: [(&str, &str); 2] =
    [("AccessKey ID", "DUMMYAK0000000000001"), ("AccessKey secret", "dummySecretKey/000000000000000000000000+1")];
/// The kind that an access key is of, on the screen.
pub(crate) const ACCESS_KEY: &str = "AccessKey";
/// The project of Singapore.
pub(crate) const SINGAPORE: &str = "0a3f8d3c5e00f4b12f9dc0035d1e7b26";
/// Inputs of Alibaba's switch that succeed.
pub(crate) const HTTPS_INPUTS: [(&str, &str); 3] =
    [("AccessKey ID", KEY_ID), ("AccessKey secret", KEY_SECRET), ("InstanceId", CLUSTER)];
