//! Chromium under ChromeDriver: one driver for the test run, one browser a test.

use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};
use thirtyfour::common::command::FormatRequestData;
use thirtyfour::prelude::*;
use thirtyfour::{BrowserLogEntry, LoggingPrefsLogLevel, RequestData, SessionId};

/// Where the evidence of failures goes.
pub(crate) const EVIDENCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/.e2e");

/// How long anything on the page may take before it counts as missing.
pub(crate) const DEADLINE: Duration = Duration::from_secs(10);

/// Repeats a look until it sees something.
pub(crate) async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    retry(what, async || look().await.ok_or_else(String::new)).await
}

/// Repeats an attempt until it succeeds. In the end it says why the last one did not.
pub(crate) async fn retry<T>(what: &str, attempt: impl AsyncFnMut() -> Result<T, String>) -> T {
    retry_within(DEADLINE, what, attempt).await
}

/// The same for what may take longer.
pub(crate) async fn retry_within<T>(
    limit: Duration,
    what: &str,
    mut attempt: impl AsyncFnMut() -> Result<T, String>,
) -> T {
    let mut ticks = tokio::time::interval(Duration::from_millis(30));
    let mut reason = String::new();
    let search = async {
        loop {
            ticks.tick().await;
            match attempt().await {
                Ok(found) => return found,
                Err(why) => reason = why,
            }
        }
    };
    match tokio::time::timeout(limit, search).await {
        Ok(found) => found,
        Err(_) => panic!("waited {} seconds in vain for {what}\n{reason}", limit.as_secs()),
    }
}

/// The driver's process. It ends with this process, however that ends: the shell around it waits on a pipe from here.
struct Driver {
    _shell: Child,
    _alive: Option<ChildStdin>,
    log: PathBuf,
}

static DRIVER: Mutex<Option<Driver>> = Mutex::new(None);

const GUARD: &str = r#"chromedriver --port=0 >"$1" 2>&1 & driver=$!; cat >/dev/null; kill "$driver"; rm -f "$1""#;

impl Driver {
    fn start() -> Self {
        let log = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("chromedriver-{}.log", std::process::id()));
        let mut shell = Command::new("sh");
        shell.args(["-c", GUARD, "sh"]).arg(&log).stdin(Stdio::piped());
        let mut shell = shell.spawn().expect("a shell");
        Self { _alive: shell.stdin.take(), _shell: shell, log }
    }

    /// The address, once the driver has chosen its port.
    async fn address() -> String {
        let log = {
            let mut driver = DRIVER.lock().unwrap_or_else(PoisonError::into_inner);
            driver.get_or_insert_with(Self::start).log.clone()
        };
        let port = until("chromedriver on PATH to start", async || {
            let text = std::fs::read_to_string(&log).ok()?;
            let (_, rest) = text.split_once("started successfully on port ")?;
            Some(rest.split_once('.')?.0.to_owned())
        });
        format!("http://127.0.0.1:{}", port.await)
    }
}

/// A fresh browser with an empty profile.
pub(crate) struct Browser {
    pub(crate) driver: WebDriver,
}

impl Browser {
    pub(crate) async fn open() -> Self {
        let mut wanted = DesiredCapabilities::chrome();
        for argument in [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            // A site of a test over https has a certificate of the test's own authority.
            "--ignore-certificate-errors",
            // A name that is not this machine's own, for pages that are no secure context.
            "--host-resolver-rules=MAP console.test 127.0.0.1",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--lang=en-US",
            // The page scrolls smoothly otherwise, and a click would have to wait for that.
            "--force-prefers-reduced-motion",
            "--window-size=1280,900",
        ] {
            wanted.add_arg(argument).expect("an argument");
        }
        for log in ["browser", "performance"] {
            wanted.set_logging_prefs(log, LoggingPrefsLogLevel::All).expect("a preference");
        }
        let driver = WebDriver::new(Driver::address().await, wanted).await.expect("a browser session");
        Self { driver }
    }

    /// Asks the DevTools protocol for what WebDriver has no word for.
    pub(crate) async fn devtools(&self, method: &'static str, parameters: Value) -> Value {
        let command = DevTools(method, parameters);
        let answer = self.driver.cmd(command).await.and_then(|answer| answer.value());
        answer.unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    /// The entries of a log since it was last read.
    pub(crate) async fn log(&self, name: &str) -> Vec<BrowserLogEntry> {
        self.driver.get_log(name).await.expect("a log")
    }
}

#[derive(Debug)]
struct DevTools(&'static str, Value);

impl FormatRequestData for DevTools {
    fn format_request(&self, session: &SessionId) -> RequestData {
        let body = json!({ "cmd": self.0, "params": self.1 });
        RequestData::new(http::Method::POST, format!("session/{session}/goog/cdp/execute")).add_body(body)
    }
}
