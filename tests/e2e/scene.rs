//! What a test plays on: sandbox server, site, browser. Set up before, checked and taken down after.

use std::any::Any;
use std::cell::RefCell;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use serde_json::json;
use tokio::sync::Semaphore;

use crate::browser::Browser;
use crate::checks::forget_evidence;
use crate::page::Page;
use crate::server::SandboxServer;
use crate::site::Site;

pub(crate) const ANY_PORT: &str = "127.0.0.1:0";

/// Browsers at the same time.
static TURNS: Semaphore = Semaphore::const_new(2);

/// How long one test may take.
const LIMIT: Duration = Duration::from_secs(90);

/// Runs before every script of the page.
const WATCH: &str = "window.violations = [];
    document.addEventListener('securitypolicyviolation',
        (event) => window.violations.push(`${event.effectiveDirective} ${event.blockedURI}`));
    window.copied = [];
    if (navigator.clipboard) {
        const write = navigator.clipboard.writeText.bind(navigator.clipboard);
        navigator.clipboard.writeText = (text) => { window.copied.push(text); return write(text); };
    }";

/// In most tests no service worker fetches the site's files a second time, behind the page's back.
const NO_WORKER: &str = "if (globalThis.ServiceWorkerContainer)
    ServiceWorkerContainer.prototype.register = () => new Promise(() => {});";

/// The site as this test wants it.
#[derive(Debug, Default)]
pub(crate) struct Scene {
    site: Site,
    worker: bool,
    /// Where the site is served instead of by the test's own server: its address without a slash at its end.
    elsewhere: Option<String>,
    /// Runs before every script of the page, after [`WATCH`].
    script: String,
}

/// The usual site: configuration as built, proxy with the sandbox server behind it.
pub(crate) fn scene() -> Scene {
    Scene::default()
}

impl Scene {
    /// Puts the site under a path such as `/tools/tls`.
    pub(crate) fn under(mut self, prefix: &str) -> Self {
        self.site.prefix = prefix.to_owned();
        self
    }

    /// Lets the page have its service worker.
    #[allow(dead_code, reason = "not for the tests of hosting, which share this file")]
    pub(crate) fn worker(mut self) -> Self {
        self.worker = true;
        self
    }

    /// Serves another folder than the built one.
    #[allow(dead_code, reason = "not for the tests of hosting, which share this file")]
    pub(crate) fn folder(mut self, dist: PathBuf) -> Self {
        self.site.dist = dist;
        self
    }

    /// Replaces `config.json`.
    pub(crate) fn config(mut self, config: impl ToString) -> Self {
        self.site.config = Some(config.to_string());
        self
    }

    /// Adds or replaces a file.
    pub(crate) fn file(mut self, path: &str, text: impl Into<String>) -> Self {
        self.site.files.push((path.to_owned(), text.into()));
        self
    }

    /// Opens the page at this address, without a slash at its end, instead of the test's own server.
    #[allow(dead_code, reason = "for the tests of hosting, which share this file")]
    pub(crate) fn served_at(mut self, base: &str) -> Self {
        self.elsewhere = Some(base.to_owned());
        self
    }

    /// Lets the page call another origin.
    pub(crate) fn connect(mut self, origin: &str) -> Self {
        self.site.connect.push(origin.to_owned());
        self
    }

    /// A connection `Other` besides the two usual ones, chosen at the start.
    pub(crate) fn other_proxy(self, url: &str) -> Self {
        self.config(json!({
            "title": "TLS Console",
            "descriptions": ["apis/huawei-taurusdb.json", "apis/aliyun-elasticsearch.json"],
            "connections": [
                { "name": "Sandbox", "kind": "sandbox" },
                { "name": "Proxy", "kind": "proxy", "url": "/proxy/{host}{path}{query}" },
                { "name": "Other", "kind": "proxy", "url": url }
            ],
            "defaultConnection": "Other"
        }))
    }

    /// Lets the proxy add a header to every request.
    pub(crate) fn adds(mut self, name: &'static str, value: &str) -> Self {
        self.site.adds.push((name, value.to_owned()));
        self
    }

    /// Runs a script before those of every page.
    pub(crate) fn before(mut self, script: &str) -> Self {
        self.script = format!("{}\n{script}", self.script);
        self
    }

    /// Plays a test, with the checks that every session ends with.
    pub(crate) async fn run(self, flow: impl AsyncFnOnce(&Page)) {
        let _turn = TURNS.acquire().await.expect("a turn");
        forget_evidence(&test_name());
        let sandbox = SandboxServer::spawn(ANY_PORT).await.expect("a sandbox server");
        let prefix = self.site.prefix.clone();
        let folder = if self.site.dist.as_os_str().is_empty() { dist() } else { self.site.dist };
        let site = Site { dist: folder, upstream: Some(sandbox.addr), ..self.site };
        let site = site.spawn(ANY_PORT).await.expect("a site");
        let base = self.elsewhere.unwrap_or_else(|| format!("http://{}{prefix}", site.addr)) + "/";
        let browser = Browser::open().await;
        let worker = if self.worker { "" } else { NO_WORKER };
        browser
            .devtools(
                "Page.addScriptToEvaluateOnNewDocument",
                json!({ "source": format!("{WATCH}\n{worker}\n{}", self.script) }),
            )
            .await;
        let page = Page { browser, base, sandbox, site, log: RefCell::default(), allowed: RefCell::default() };
        page.allow_origin(&page.base);
        let played = async {
            flow(&page).await;
            page.finish().await;
        };
        let result = match caught(tokio::time::timeout(LIMIT, played)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(Box::new(format!("the test took longer than {LIMIT:?}")) as Box<dyn Any + Send>),
            Err(panic) => Err(panic),
        };
        if result.is_err() {
            // Evidence is worth an attempt only: what broke the test may break this as well.
            let _ = caught(tokio::time::timeout(LIMIT, page.save_evidence(&test_name()))).await;
        }
        let _ = page.browser.driver.quit().await;
        if let Err(panic) = result {
            resume_unwind(panic);
        }
    }
}

/// The name of the running test.
pub(crate) fn test_name() -> String {
    std::thread::current().name().unwrap_or("unnamed").replace("::", "-")
}

/// The built site.
pub(crate) fn dist() -> PathBuf {
    let named = std::env::var_os("TLS_CONSOLE_DIST").map(PathBuf::from);
    let dist = named.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("dist"));
    assert!(
        dist.join("index.html").is_file(),
        "There is no built site in {}: run `make build`, or name its folder in TLS_CONSOLE_DIST.",
        dist.display()
    );
    dist
}

/// A future's panic as a value.
pub(crate) async fn caught<T>(future: impl Future<Output = T>) -> std::thread::Result<T> {
    let mut future = pin!(future);
    let step =
        |context: &mut std::task::Context<'_>| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(value)) => Poll::Ready(Ok(value)),
            Err(panic) => Poll::Ready(Err(panic)),
        };
    poll_fn(step).await
}
