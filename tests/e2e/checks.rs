//! What every session is held to: no violation, no console error, no foreign request, nothing that axe objects to.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::browser::EVIDENCE;
use crate::page::Page;

/// What the browser reported so far.
#[derive(Debug, Default)]
pub(crate) struct Log {
    /// `SEVERE network http://… Failed to load resource: …`
    pub(crate) console: Vec<String>,
    /// Addresses asked for, in order.
    pub(crate) requests: Vec<String>,
    /// The header lines of each request as they left the browser.
    pub(crate) headers: Vec<Value>,
}

/// What a test provokes on purpose.
#[derive(Debug, Default)]
pub(crate) struct Allowed {
    /// Parts of console messages.
    pub(crate) console: Vec<String>,
    /// Origins besides the site's own.
    pub(crate) origins: Vec<String>,
    /// Parts of violations of the security policy.
    pub(crate) violations: Vec<String>,
}

impl Page {
    /// Lets the console have messages with this part.
    pub(crate) fn allow_console(&self, part: &str) {
        self.allowed.borrow_mut().console.push(part.to_owned());
    }

    /// Lets the page call this origin.
    pub(crate) fn allow_origin(&self, origin: &str) {
        self.allowed.borrow_mut().origins.push(origin.to_owned());
    }

    /// Lets the policy stop this.
    pub(crate) fn allow_violation(&self, part: &str) {
        self.allowed.borrow_mut().violations.push(part.to_owned());
    }

    /// Takes over what the browser has reported meanwhile.
    pub(crate) async fn read_logs(&self) {
        let console = self.browser.log("browser").await;
        let performance = self.browser.log("performance").await;
        let mut log = self.log.borrow_mut();
        let line = |entry: thirtyfour::BrowserLogEntry| {
            format!("{} {} {}", entry.level, entry.source.unwrap_or_default(), entry.message)
        };
        log.console.extend(console.into_iter().map(line));
        for entry in performance {
            let event: Value = serde_json::from_str(&entry.message).expect("an event");
            let parameters = &event["message"]["params"];
            match event["message"]["method"].as_str() {
                Some("Network.requestWillBeSent") => {
                    log.requests.push(parameters["request"]["url"].as_str().unwrap_or_default().to_owned());
                }
                Some("Network.requestWillBeSentExtraInfo") => log.headers.push(parameters["headers"].clone()),
                _ => {}
            }
        }
    }

    /// Every address that the browser asked for, with what was asked for before forgotten.
    pub(crate) async fn new_requests(&self) -> Vec<String> {
        self.read_logs().await;
        let mut log = self.log.borrow_mut();
        // What comes with its first use is the site's own: `parts` looks at when it comes.
        let is_part = |url: &String| url.rsplit('/').next().is_some_and(|name| name.starts_with("part_"));
        let own = |url: &String| !url.starts_with("data:") && !is_part(url);
        let requests = std::mem::take(&mut log.requests);
        let foreign: Vec<&String> = requests.iter().filter(|url| !self.may_call(url)).collect();
        assert!(foreign.is_empty(), "requests to foreign origins: {foreign:?}");
        requests.into_iter().filter(own).collect()
    }

    fn may_call(&self, url: &str) -> bool {
        let own = format!("http://{}/", self.site.addr);
        let allowed = self.allowed.borrow();
        url.starts_with(&own)
            || ["data:", "blob:", "chrome:", "about:"].iter().any(|scheme| url.starts_with(scheme))
            || allowed.origins.iter().any(|origin| url.starts_with(origin))
    }

    /// The end of every session.
    pub(crate) async fn finish(&self) {
        self.new_requests().await;
        let violations: Vec<String> = self.eval("window.violations ?? []").await;
        let allowed = self.allowed.borrow();
        let is_in = |parts: &[String], text: &String| parts.iter().any(|part| text.contains(part.as_str()));
        let bad: Vec<&String> = violations.iter().filter(|text| !is_in(&allowed.violations, text)).collect();
        assert!(bad.is_empty(), "violations of the security policy: {bad:?}");
        let log = self.log.borrow();
        let bad: Vec<&String> = log
            .console
            .iter()
            .filter(|line| line.starts_with("SEVERE") && !is_in(&allowed.console, line) && !is_refusal(line))
            .collect();
        assert!(bad.is_empty(), "errors in the console: {bad:#?}");
    }

    /// Asks axe about the page as it is now.
    pub(crate) async fn axe(&self, state: &str) {
        if self.eval::<bool>("typeof axe === 'undefined'").await {
            let source = std::fs::read_to_string(axe_file()).unwrap_or_else(|error| {
                panic!("{}: {error}. Run `make setup-test`, or name the file in TLS_CONSOLE_AXE.", axe_file().display())
            });
            self.browser.driver.execute(source, Vec::new()).await.expect("axe");
        }
        let script = "const done = arguments[arguments.length - 1];
            axe.run(document, { resultTypes: ['violations'], preload: false }).then(
                (found) => done(found.violations
                    .map((rule) => `${rule.id}: ${rule.nodes.map((node) => `${node.target} ${node.failureSummary}`).join(' | ')}`)),
                (error) => done([String(error)]));";
        let found = self.browser.driver.execute_async(script, Vec::new()).await.expect("axe's answer");
        assert_eq!(found.json(), &json!([]), "axe on “{state}”");
    }

    /// Screenshot, console, requests and what the servers got.
    pub(crate) async fn save_evidence(&self, name: &str) {
        let file = |ending: &str| Path::new(EVIDENCE).join(format!("{name}.{ending}"));
        std::fs::create_dir_all(EVIDENCE).expect("a folder for evidence");
        let _ = self.browser.driver.screenshot(&file("png")).await;
        self.read_logs().await;
        let address = self.browser.driver.current_url().await.map(|url| url.to_string()).unwrap_or_default();
        let mut text = format!("At {address}\n\nConsole:\n");
        for line in &self.log.borrow().console {
            text += &format!("  {line}\n");
        }
        text += "\nThe site was asked for:\n";
        for line in self.site.requests() {
            text += &format!("  {line}\n");
        }
        text += "\nThe sandbox server received:\n";
        for request in self.sandbox.received() {
            let names: BTreeSet<&str> = request.headers.iter().map(|(name, _)| name.as_str()).collect();
            text += &format!(
                "  {} {} {names:?} {}\n",
                request.method,
                request.target,
                String::from_utf8_lossy(&request.body)
            );
        }
        std::fs::write(file("log"), text).expect("the evidence");
    }
}

/// Removes what an earlier run left of a test.
pub(crate) fn forget_evidence(name: &str) {
    for ending in ["png", "log"] {
        let _ = std::fs::remove_file(Path::new(EVIDENCE).join(format!("{name}.{ending}")));
    }
}

/// The browser writes a line of its own about every HTTP error: of a call through the proxy it is no mistake of the page.
fn is_refusal(line: &str) -> bool {
    line.contains("/proxy/") && line.contains("Failed to load resource: the server responded with a status of")
}

fn axe_file() -> PathBuf {
    let named = std::env::var_os("TLS_CONSOLE_AXE").map(PathBuf::from);
    named.unwrap_or_else(|| {
        let home = std::env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
        home.join(".cache/tls-console/npm/node_modules/axe-core/axe.min.js")
    })
}
