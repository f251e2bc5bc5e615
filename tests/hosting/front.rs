//! A real web server with the configuration of `deploy/`, on a port of this machine, and everything behind it.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};

use tokio::net::TcpStream;
use tokio_rustls::rustls::ClientConfig;

use crate::authority::Authority;
use crate::browser::until;
use crate::clouds::Clouds;
use crate::names::Names;
use crate::scene::{ANY_PORT, dist, test_name};
use crate::server::SandboxServer;

/// The servers that there are configurations for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Nginx,
    Caddy,
}

/// What the operator has changed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setup {
    /// The path below which the site lives: empty, or without a slash at its end.
    pub(crate) path: &'static str,
    /// A site named `localhost`, with a certificate.
    pub(crate) https: bool,
    /// A site without a certificate under this name; empty: under this machine's own.
    pub(crate) name: &'static str,
    /// How long a provider may take to begin its answer, where that is another limit; empty: as long as is shipped.
    pub(crate) patience: &'static str,
    /// Caddy writes down all that it does.
    pub(crate) debug: bool,
    /// nginx forgets the id of a call at once when the call is over.
    pub(crate) forgets: bool,
    /// How many seconds an answer may take as a whole; empty: as many as are shipped.
    pub(crate) limit: &'static str,
}

/// Nothing but folders and ports.
pub(crate) const AS_SHIPPED: Setup =
    Setup { path: "", https: false, name: "", patience: "", debug: false, forgets: false, limit: "" };

/// A running server. It ends when this is dropped, or when this process ends, however that ends: the shell around it
/// waits on a pipe from here.
#[derive(Debug)]
pub(crate) struct Front {
    pub(crate) kind: Kind,
    pub(crate) addr: SocketAddr,
    pub(crate) clouds: Clouds,
    pub(crate) sandbox: SandboxServer,
    pub(crate) names: Names,
    /// The path below which site and proxy are.
    pub(crate) path: &'static str,
    /// The site's address, without a slash at its end.
    pub(crate) base: String,
    /// Believes the certificate of a site over https.
    pub(crate) client: Arc<ClientConfig>,
    folder: PathBuf,
    alive: Option<ChildStdin>,
    shell: Child,
}

const GUARD: &str = r#"signal=$1; shift; exec 3<&0; "$@" 3<&- & server=$!
    { cat <&3 >/dev/null; kill "-$signal" "$server" 2>/dev/null; } & wait "$server""#;

impl Drop for Front {
    fn drop(&mut self) {
        drop(self.alive.take());
        let _ = self.shell.wait();
    }
}

impl Front {
    pub(crate) async fn start(kind: Kind, setup: Setup) -> Self {
        // Beside the files that stand in for those of `deploy/`, so that other tests can go on meanwhile.
        let stand_in = std::env::var_os("TLS_CONSOLE_DEPLOY").map(PathBuf::from);
        let folder = stand_in.unwrap_or_else(|| PathBuf::from(env!("CARGO_TARGET_TMPDIR"))).join(test_name());
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        let authority = Authority::new();
        std::fs::write(folder.join("authority.pem"), authority.pem()).expect("a file");
        let (certificate, key) = authority.pair("localhost");
        std::fs::write(folder.join("site.pem"), certificate).expect("a file");
        std::fs::write(folder.join("site.key"), key).expect("a file");
        let client = authority.client();
        let sandbox = SandboxServer::spawn(ANY_PORT).await.expect("a sandbox server");
        let clouds = Clouds::spawn(authority, sandbox.addr).await.expect("the clouds");
        let names = Names::spawn().await.expect("a name server");
        let addr = free_address();
        let mut shell = Command::new("sh");
        shell.args(["-c", GUARD, "sh"]);
        match kind {
            Kind::Nginx => nginx(&mut shell, &folder, addr, (clouds.addr, names.addr), setup),
            Kind::Caddy => caddy(&mut shell, &folder, addr, (clouds.addr, names.addr), setup),
        }
        let output = std::fs::File::create(folder.join("output.log")).expect("a file");
        shell.stdin(Stdio::piped()).stdout(output.try_clone().expect("a file")).stderr(output);
        let mut shell = shell.spawn().expect("a shell");
        let origin = match setup.name {
            _ if setup.https => format!("https://localhost:{}", addr.port()),
            "" => format!("http://{addr}"),
            name => format!("http://{name}:{}", addr.port()),
        };
        let base = origin + setup.path;
        let (alive, path) = (shell.stdin.take(), setup.path);
        let mut front = Self { kind, addr, clouds, sandbox, names, path, base, client, alive, shell, folder };
        let output = front.folder.join("output.log").display().to_string();
        until(&format!("{kind:?} to listen, see {output}"), async || {
            let has_ended = front.shell.try_wait().expect("a shell");
            assert!(has_ended.is_none(), "{kind:?} does not start, see {output}");
            TcpStream::connect(addr).await.ok()
        })
        .await;
        // Caddy listens at the site and at its own way out one after the other, in either order: a call in between ends in 502.
        if kind == Kind::Caddy {
            until("all of Caddy to listen", async || {
                front.logs().contains("serving initial configuration").then_some(())
            })
            .await;
        }
        // A body that is to be written to a temporary file finds no folder.
        for name in ["client_body", "proxy"] {
            let _ = std::fs::remove_dir_all(front.folder.join(name));
        }
        front
    }

    /// Everything that the server wrote down: access log, error log, output.
    pub(crate) fn logs(&self) -> String {
        ["access.log", "error.log", "output.log"].map(|name| self.log(name)).concat()
    }

    /// One of these.
    pub(crate) fn log(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.join(name)).unwrap_or_default()
    }
}

/// An address that nobody listens at: from a range of our own, so that nobody is given the port meanwhile.
pub(crate) fn free_address() -> SocketAddr {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    loop {
        let process = (std::process::id() % 100) as u16 * 100;
        let addr = SocketAddr::from(([127, 0, 0, 1], 20_000 + process + NEXT.fetch_add(1, Ordering::SeqCst) % 100));
        if std::net::TcpListener::bind(addr).is_ok() {
            return addr;
        }
    }
}

/// A file of `deploy/`, or of the folder that stands in for it: see `tools/break-lines.mjs`.
pub(crate) fn deployed(name: &str) -> PathBuf {
    let shipped = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/deploy"));
    std::env::var_os("TLS_CONSOLE_DEPLOY").map_or_else(shipped, PathBuf::from).join(name)
}

/// The configuration with the lines that are marked EDIT changed, and nothing else.
fn nginx(shell: &mut Command, folder: &Path, addr: SocketAddr, behind: (SocketAddr, SocketAddr), setup: Setup) {
    let (clouds, names) = behind;
    let mut text = std::fs::read_to_string(deployed("nginx.conf")).expect("deploy/nginx.conf");
    let here = |name: &str| folder.join(name).display().to_string();
    // A path to a socket has at most 107 bytes.
    let socket = std::env::temp_dir().join(format!("tls-console-{}.sock", addr.port()));
    let _ = std::fs::remove_file(&socket);
    let user = Command::new("id").arg("-un").output().expect("the name of the user").stdout;
    let mut changes = vec![
        (
            "load_module modules/ngx_http_js_module.so;",
            format!("load_module {};", installed("ngx_http_js_module.so", &["usr/lib/nginx/modules"])),
        ),
        ("user www-data;", format!("user {};", String::from_utf8_lossy(&user).trim())),
        ("pid /run/nginx.pid;", format!("pid {};", here("pid"))),
        ("root /srv/tls-console/dist;", format!("root {};", dist().display())),
        ("resolver 127.0.0.53 ipv6=off;", format!("resolver {names} ipv6=off;")),
        (
            "proxy_ssl_trusted_certificate /etc/ssl/certs/ca-certificates.crt;",
            format!("proxy_ssl_trusted_certificate {};", here("authority.pem")),
        ),
        // One of the sites has a gateway, which is not called by the name of a provider.
        (
            "default \"$provider:443\";",
            format!("default \"{}:{}\";", if setup.https { "127.0.0.1" } else { "$provider" }, clouds.port()),
        ),
        ("access_log /var/log/nginx/tls-console.log", format!("access_log {}", here("access.log"))),
        ("error_log /var/log/nginx/tls-console.error.log", format!("error_log {}", here("error.log"))),
        ("listen 127.0.0.1:8080;", format!("listen {addr}{};", if setup.https { " ssl http2" } else { "" })),
        ("unix:/run/tls-console.sock", format!("unix:{}", socket.display())),
        ("map \"\" $path { default \"\"; }", format!("map \"\" $path {{ default \"{}\"; }}", setup.path)),
    ];
    if !setup.name.is_empty() {
        changes.push(("localhost 1; }", format!("localhost 1; {} 1; }}", setup.name)));
    }
    if setup.https {
        let certificate = format!("ssl_certificate {};", here("site.pem"));
        changes.push(("# ssl_certificate /etc/ssl/console.pem;", certificate));
        let key = format!("ssl_certificate_key {};", here("site.key"));
        changes.push(("# ssl_certificate_key /etc/ssl/private/console.key;", key));
    }
    if !setup.limit.is_empty() {
        changes.push(("grpc_read_timeout 70s;", format!("grpc_read_timeout {}s;", setup.limit)));
    }
    if !setup.patience.is_empty() {
        changes.push(("proxy_read_timeout 60s;", format!("proxy_read_timeout {};", setup.patience)));
    }
    if setup.forgets {
        assert!(text.contains("rate=1r/m"), "the rate");
        text = text.replace("rate=1r/m", "rate=1000r/s");
    }
    for (line, ours) in changes {
        assert!(text.lines().any(|whole| whole.contains(line) && whole.contains("# EDIT")), "no EDIT on {line}");
        text = text.replace(line, &ours);
    }
    let mut script = std::fs::read_to_string(deployed("nginx-answers.js")).expect("deploy/nginx-answers.js");
    if !setup.limit.is_empty() {
        assert!(script.contains("LIMIT = 80;"), "the limit of an answer");
        script = script.replace("LIMIT = 80;", &format!("LIMIT = {};", setup.limit));
    }
    std::fs::write(folder.join("nginx-answers.js"), script).expect("a file");
    // Folders of the package: the program may be here without it.
    let mut temporary = String::from("http {\n");
    for name in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"] {
        temporary += &format!("{name}_temp_path {};\n", here(name));
    }
    text = text.replacen("http {\n", &temporary, 1);
    std::fs::write(folder.join("nginx.conf"), text).expect("a file");
    shell.args(["TERM", &program("nginx"), "-e", "stderr", "-g", "daemon off;", "-c"]).arg(folder.join("nginx.conf"));
}

fn caddy(shell: &mut Command, folder: &Path, addr: SocketAddr, behind: (SocketAddr, SocketAddr), setup: Setup) {
    let (clouds, names) = behind;
    let file = deployed("Caddyfile").display().to_string();
    shell.args(["KILL", &program("caddy"), "run", "--adapter", "caddyfile", "--config", &file]);
    for variable in ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"] {
        shell.env(variable, folder);
    }
    shell.env("TLS_CONSOLE_PORT", addr.port().to_string());
    shell.env("TLS_CONSOLE_PATH", setup.path);
    if setup.debug {
        shell.env("TLS_CONSOLE_OPTIONS", "debug");
    }
    if !setup.name.is_empty() {
        shell.env("TLS_CONSOLE_ADDRESS", format!("http://{}", setup.name));
    }
    if setup.https {
        let file = |name: &str| folder.join(name).display().to_string();
        shell.env("TLS_CONSOLE_ADDRESS", "https://localhost");
        shell.env("TLS_CONSOLE_TLS", format!("tls {} {}", file("site.pem"), file("site.key")));
        // Where http is led to https.
        shell.env("TLS_CONSOLE_OPTIONS", format!("http_port {}", free_address().port()));
    }
    if !setup.limit.is_empty() {
        shell.env("TLS_CONSOLE_PATIENCE", format!("{}s", setup.limit));
    }
    shell.env("TLS_CONSOLE_DIST", dist());
    shell.env("TLS_CONSOLE_LOG", format!("file {}", folder.join("access.log").display()));
    shell.env("TLS_CONSOLE_UPSTREAM_PORT", clouds.port().to_string());
    shell.env("TLS_CONSOLE_TRANSPORT", format!("resolvers udp/{names}"));
    shell.env("SSL_CERT_FILE", folder.join("authority.pem"));
}

/// Where a program is.
pub(crate) fn program(name: &str) -> String {
    installed(name, &["usr/sbin", "usr/bin", "usr/local/sbin"])
}

/// Where a file is: on PATH, or in one of these folders, of the system or of what `make setup-test` unpacked. Servers are
/// often in folders that only the administrator searches.
fn installed(name: &str, folders: &[&str]) -> String {
    let cache = std::env::var_os("TLS_CONSOLE_CACHE").map(PathBuf::from).unwrap_or_else(|| {
        let home = std::env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
        std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from).unwrap_or(home.join(".cache")).join("tls-console")
    });
    let path = std::env::var_os("PATH").unwrap_or_default();
    let roots = [PathBuf::from("/"), cache.join("servers")];
    let folders = roots.iter().flat_map(|root| folders.iter().map(|folder| root.join(folder)));
    let found = std::env::split_paths(&path).chain(folders).map(|folder| folder.join(name)).find(|file| file.is_file());
    found.unwrap_or_else(|| panic!("{name} is missing: run `make setup-test`")).display().to_string()
}
