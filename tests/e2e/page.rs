//! The console as its user handles it.

use std::cell::RefCell;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::browser::{Browser, retry};
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
        self.try_script(script, arguments).await.unwrap_or_else(|error| panic!("{error}"))
    }

    /// The same where the page may not be ready for it.
    pub(crate) async fn try_script(&self, script: &str, arguments: Vec<Value>) -> Result<Value, String> {
        let text = format!("{FINDERS}\n{script}");
        let answer = self.browser.driver.execute(text, arguments).await;
        answer.map(|answer| answer.json().clone()).map_err(|error| format!("{script}\n{error}"))
    }

    /// The element that a script gives.
    pub(crate) async fn element(&self, script: &str, arguments: Vec<Value>) -> Result<WebElement, String> {
        let answer = self.browser.driver.execute(format!("{FINDERS}\n{script}"), arguments).await;
        answer.and_then(|answer| answer.element()).map_err(|_| "there is none".to_owned())
    }

    /// The value of an expression.
    pub(crate) async fn eval<T: DeserializeOwned>(&self, expression: &str) -> T {
        let value = self.script(&format!("return {expression};"), Vec::new()).await;
        serde_json::from_value(value).unwrap_or_else(|error| panic!("{expression}: {error}"))
    }

    /// What a script gives to the last of its arguments, a function.
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

    /// Waits until an expression is true. What it looks at may not be there yet.
    pub(crate) async fn wait_for(&self, expression: &str) {
        let script = format!("return {expression};");
        retry(expression, async || match self.try_script(&script, Vec::new()).await? {
            Value::Bool(true) => Ok(()),
            other => Err(format!("it is {other}")),
        })
        .await;
    }

    /// The element of this kind and name; waits for it.
    pub(crate) async fn find(&self, kind: &str, name: &str) -> WebElement {
        retry(&format!("the {kind} “{name}”"), async || self.find_now(kind, name).await).await
    }

    /// The same without waiting.
    pub(crate) async fn find_now(&self, kind: &str, name: &str) -> Result<WebElement, String> {
        self.element("return find(arguments[0], arguments[1]);", vec![json!(kind), json!(name)]).await
    }

    /// Whether there is such an element now.
    pub(crate) async fn has(&self, kind: &str, name: &str) -> bool {
        let script = "return find(arguments[0], arguments[1]) !== null;";
        self.script(script, vec![json!(kind), json!(name)]).await == json!(true)
    }

    /// Opens an address of the console, the part behind `#`.
    pub(crate) async fn open(&self, hash: &str) {
        let address = format!("{}{hash}", self.base);
        // In the same document the page before stays until the event comes.
        let moving = "if (new URL(arguments[0]).href === location.href) return;
            window.isMoving = true;
            addEventListener('hashchange', () => setTimeout(() => { window.isMoving = false; }), { once: true });";
        self.script(moving, vec![json!(address)]).await;
        self.browser.driver.goto(address).await.expect("the page");
        self.wait_for("window.isMoving !== true && document.querySelector('h1') !== null").await;
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

    /// Presses Send and waits for the question.
    pub(crate) async fn send(&self) {
        self.click("action", "send").await;
        self.find("dialog", "confirm").await;
        self.wait_for("document.querySelector('#confirm dl') !== null").await;
    }

    /// Marks what is in Response as old.
    async fn forget_answer(&self) {
        self.script("for (const part of document.querySelectorAll('#response *')) part.isOld = true;", Vec::new())
            .await;
    }

    /// Sends a call that only reads, which asks nothing back, and waits for its answer.
    pub(crate) async fn ask(&self) -> String {
        self.forget_answer().await;
        self.click("action", "send").await;
        self.answer().await
    }

    /// Answers the question with Confirm.
    pub(crate) async fn confirm(&self) {
        self.forget_answer().await;
        // Whatever is known of the preconditions, and without waiting for it.
        let ready = "(() => {
            const override = document.querySelector('[data-action=override]');
            if (override !== null && !override.checked) override.click();
            return document.querySelector('[data-action=confirm]')?.getAttribute('aria-disabled') === 'false';
        })()";
        // What is read meanwhile may speak against it, and asks for the user's word anew.
        for _ in 0..3 {
            self.wait_for(ready).await;
            self.click("action", "confirm").await;
            if !self.has("dialog", "confirm").await {
                return;
            }
        }
        panic!("the question stays open");
    }

    /// Waits for a new answer with its explanation complete, and gives all its words.
    pub(crate) async fn answer(&self) -> String {
        let settled = "(() => {
            const region = response();
            return region !== null && region.getAttribute('aria-busy') === 'false'
                && [...region.querySelectorAll('details, .explanation')].some((part) => !part.isOld)
                && document.querySelector('.results .progress.late') === null
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

    /// Waits until the focus is on this.
    pub(crate) async fn focus_is(&self, wanted: &str) {
        let focused = "`${document.activeElement.tagName} ${nameOf(document.activeElement)}`";
        self.wait_for(&format!("{focused} === {}", json!(wanted))).await;
    }

    /// Presses keys where the focus is.
    pub(crate) async fn press(&self, keys: impl Into<TypingData>) {
        let chain = self.browser.driver.action_chain_with_delay(Some(Duration::ZERO), Some(Duration::ZERO));
        let keys: TypingData = keys.into();
        chain.send_keys(keys).perform().await.expect("keys");
    }

    /// Goes back by one stop of the Tab key.
    pub(crate) async fn shift_tab(&self) {
        let chain = self.browser.driver.action_chain_with_delay(Some(Duration::ZERO), Some(Duration::ZERO));
        chain
            .key_down(Key::Shift)
            .key_down(Key::Tab)
            .key_up(Key::Tab)
            .key_up(Key::Shift)
            .perform()
            .await
            .expect("keys");
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
