//! Makes samples of forms and runs them.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;
use tls_console::call::PlannedCall;
use tls_console::catalog::{Api, Operation, Vendor};
use tls_console::credentials::{Keyring, ProfileChange, ProfileId};
use tls_console::form::{Draft, FieldPath};
use tls_console::proxy::{Connection, ConnectionKind};
use tls_console::request::{Header, UnsignedRequest};
use tls_console::samples::{Sample, kinds, sample};
use tls_console::sign::scheme::SECURITY_TOKEN;
use tls_console::sign::{acs3, sdk_hmac};
use tokio::process::Command;

use crate::http_file;
use crate::server::{Received, SandboxServer};

/// The samples that need nothing but what every computer has.
pub(crate) const RUNNABLE: [&str; 3] = ["curl", "python", "http"];

static FOLDERS: AtomicUsize = AtomicUsize::new(0);

/// A form as a person has filled it.
pub(crate) struct Form {
    operation: Operation,
    vendor: Vendor,
    samples_file: Option<String>,
    draft: Draft,
    keyring: Keyring,
}

impl Form {
    pub(crate) fn of(api: &str, operation: &str) -> Self {
        let read = |file: &str| std::fs::read_to_string(format!("{}/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let mut form = Self::of_document(api, &read(&format!("apis/{api}.json")), operation);
        form.vendor = Vendor::load(&read(&form.samples_file.clone().unwrap()), operation).unwrap();
        form
    }

    pub(crate) fn of_document(api: &str, text: &str, operation: &str) -> Self {
        let api = Api::load(&format!("apis/{api}.json"), text).unwrap();
        let samples_file = api.samples_file();
        let operation = api.operation(operation).unwrap().unwrap();
        let draft = Draft::new(&operation, &mut || String::from("generated"));
        Self { operation, vendor: Vendor::default(), samples_file, draft, keyring: Keyring::default() }
    }

    /// Fills fields by their names.
    pub(crate) fn with(mut self, values: Value) -> Self {
        for (name, value) in values.as_object().unwrap() {
            let field = self.operation.fields().into_iter().find(|field| field.name == *name).cloned();
            let field = field.unwrap_or_else(|| panic!("no field {name}"));
            self.draft.set_as(&FieldPath::of(&field), &field.schema, value);
        }
        self
    }

    /// Chooses the kind of the credential.
    pub(crate) fn by(mut self, kind: &str) -> Self {
        let change = ProfileChange {
            provider: Some(self.operation.provider.clone()),
            kind: Some(kind.to_owned()),
            chosen: true,
            ..ProfileChange::default()
        };
        self.keyring.apply(change, ProfileId::new(1));
        self
    }

    /// Gives the profile a temporary key's token.
    pub(crate) fn temporary(mut self) -> Self {
        self.keyring.set(ProfileId::new(1), SECURITY_TOKEN, "dummySecurityToken");
        self
    }

    /// The ids of all samples that it can have.
    pub(crate) fn kinds(&self) -> Vec<&'static str> {
        kinds(&self.vendor).iter().map(|kind| kind.id).collect()
    }

    pub(crate) fn sample(&self, kind: &str) -> Sample {
        let connection = Connection { name: String::new(), kind: ConnectionKind::Direct };
        let Self { operation, vendor, draft, keyring, .. } = self;
        let planned = PlannedCall { operation, draft, keyring, connection: &connection };
        let kind = kinds(vendor).into_iter().find(|own| own.id == kind).unwrap_or_else(|| panic!("no sample {kind}"));
        sample(&kind, &planned, vendor).unwrap()
    }
}

/// What became of a program.
pub(crate) struct Run {
    pub(crate) worked: bool,
    pub(crate) output: String,
}

/// Writes a sample into a folder of its own.
pub(crate) fn write(sample: &Sample) -> PathBuf {
    let number = FOLDERS.fetch_add(1, Ordering::Relaxed);
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("samples/{}-{number}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(&sample.file_name);
    std::fs::write(&path, &sample.text).unwrap();
    path
}

/// Runs a command with these variables and no others.
pub(crate) async fn command(arguments: &[&str], variables: &[(&str, &str)]) -> Run {
    let mut command = Command::new(arguments[0]);
    command.args(&arguments[1..]).env_clear().envs(variables.iter().copied());
    // Where pyenv's and the system's programs are, and nothing else.
    for name in ["PATH", "HOME"] {
        command.env(name, std::env::var_os(name).unwrap_or_default());
    }
    let output = command.output().await.unwrap_or_else(|error| panic!("{arguments:?}: {error}"));
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Run { worked: output.status.success(), output: text(&output.stdout) + &text(&output.stderr) }
}

/// Runs the sample of a form against the simulated clouds.
pub(crate) async fn run(kind: &str, form: &Form, variables: &[(&str, &str)], sandbox: &SandboxServer) -> Run {
    let sample = form.sample(kind);
    let host = sample.text.split("https://").nth(1).unwrap_or_default();
    let host = host.split(|c: char| !(c.is_ascii_alphanumeric() || "-.".contains(c))).next().unwrap_or_default();
    let endpoint = format!("http://{}/{host}", sandbox.addr);
    let mut all = variables.to_vec();
    all.push(("TLS_CONSOLE_ENDPOINT", &endpoint));
    let path = write(&sample);
    let path = path.to_str().unwrap();
    match kind {
        "curl" => command(&["bash", path], &all).await,
        "python" => command(&["python3", path], &all).await,
        _ => {
            let script = write(&form.sample("curl"));
            let signed = command(&["bash", script.to_str().unwrap(), "variables"], &all).await;
            assert_eq!(sandbox.received(), [], "an argument sends nothing");
            assert_eq!(signed.worked, sample.text.contains("{{authorization}}"), "{}", signed.output);
            let signed = if signed.worked { signed.output } else { String::new() };
            http_file::send(&format!("{signed}{}", sample.text), &endpoint, variables, sandbox.addr).await
        }
    }
}

impl Received {
    /// The signature that came with it.
    pub(crate) fn signature(&self) -> String {
        self.header("authorization").rsplit_once("Signature=").map(|(_, own)| own.to_owned()).unwrap_or_default()
    }
}

/// The signature that a server computes of what it received.
pub(crate) fn signature_of(received: &Received, host: &str, secret: &str) -> String {
    let authorization = received.header("authorization");
    let (_, names) = authorization.split_once("SignedHeaders=").unwrap();
    let names = names.split(',').next().unwrap();
    let signed = received.headers.iter().filter(|(name, _)| names.split(';').any(|own| own == name) && name != "host");
    let headers = signed.map(|(name, value)| Header::plain(name, std::str::from_utf8(value).unwrap()).unwrap());
    let target = received.target.strip_prefix(&format!("/{host}")).unwrap();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let request = UnsignedRequest {
        method: received.method.parse().unwrap(),
        host: host.to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        shown_target: None,
        headers: headers.collect(),
        body: received.body.clone(),
        body_shown: String::new(),
    };
    if authorization.starts_with("ACS3") {
        acs3::stages(&request, secret).signature
    } else {
        sdk_hmac::stages(&request, secret).signature
    }
}
