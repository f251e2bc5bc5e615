//! Requests as a client would send them, and answers to ask questions of.

use http::Method;
use serde_json::Value;
use time::OffsetDateTime;
use time::macros::datetime;
use tls_console::catalog::ErrorCatalogue;
use tls_console::sandbox::{Fault, Provider, Request, Response, World, guide, handle, verify};

pub(crate) const NOW: OffsetDateTime = datetime!(2026-11-22 10:00:00 UTC);

pub(crate) fn catalogue(provider: Provider) -> ErrorCatalogue {
    let name = match provider {
        Provider::Huawei => "huawei-taurusdb",
        Provider::Aliyun => "aliyun-elasticsearch",
    };
    let path = format!("{}/apis/{name}.errors.json", env!("CARGO_MANIFEST_DIR"));
    ErrorCatalogue::load(&path, &std::fs::read_to_string(&path).unwrap()).unwrap()
}

pub(crate) fn world() -> World {
    let mut world = World::new(1);
    world.set_now(NOW);
    for provider in [Provider::Huawei, Provider::Aliyun] {
        world.add_catalogue(provider, catalogue(provider));
    }
    world
}

pub(crate) fn send(world: &mut World, request: &Request) -> Reply {
    Reply(handle(world, request))
}

/// An answer.
pub(crate) struct Reply(pub(crate) Response);

impl Reply {
    pub(crate) fn status(&self) -> u16 {
        self.0.status().as_u16()
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(self.0.body()).into_owned()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(self.0.body()).unwrap_or(Value::Null)
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.0.headers().get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn fault(&self) -> Fault {
        self.0.extensions().get::<Fault>().copied().unwrap_or_default()
    }

    /// The code, wherever the shape has it.
    pub(crate) fn code(&self) -> String {
        let body = self.json();
        let places = [&body["error_code"], &body["Code"], &body["error"]["code"]];
        places
            .into_iter()
            .find(|code| !code.is_null())
            .map_or(String::new(), |code| code.to_string().trim_matches('"').to_owned())
    }

    pub(crate) fn message(&self) -> String {
        let body = self.json();
        let places = [&body["error_msg"], &body["Message"], &body["error"]["message"]];
        places.into_iter().find_map(|text| text.as_str().map(str::to_owned)).unwrap_or_default()
    }
}

/// The guide's example with some inputs changed; later ones win.
pub(crate) fn inputs(provider: Provider, changed: &[(&str, &str)]) -> impl Fn(&str) -> String {
    let example = guide(provider).example;
    let all: Vec<(String, String)> =
        example.iter().chain(changed).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    move |name| all.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap_or_default()
}

/// The call that switches SSL; signed if there is a key among the inputs.
pub(crate) fn huawei(changed: &[(&str, &str)]) -> Request {
    let input = inputs(Provider::Huawei, changed);
    let path = format!("/v3/{}/instances/{}/ssl-option", input("project_id"), input("instance_id"));
    let request = http::Request::put(format!("https://gaussdb.cn-north-4.myhuaweicloud.com{path}"))
        .header("Content-Type", "application/json;charset=UTF-8")
        .body(format!("{{\"ssl_option\": {}}}", input("ssl_option")).into_bytes());
    with_credential(request.unwrap(), input)
}

/// Adds what the inputs have of a Huawei credential: a key goes before a token.
pub(crate) fn with_credential(mut request: Request, input: impl Fn(&str) -> String) -> Request {
    let mut set = |name: &'static str, value: &str| {
        if !value.is_empty() {
            request.headers_mut().insert(name, value.parse().unwrap());
        }
    };
    let key = input("AccessKey ID");
    if key.is_empty() {
        set("x-auth-token", &input("X-Auth-Token"));
        return request;
    }
    set("x-project-id", &input("X-Project-Id"));
    set("x-security-token", &input("Security token"));
    set("x-sdk-date", &sdk_date(NOW));
    sign_huawei(request, &key, &input("AccessKey secret"), &[])
}

/// Signs all headers of a request but some.
pub(crate) fn sign_huawei(mut request: Request, key: &str, secret: &str, unsigned: &[&str]) -> Request {
    let mut names: Vec<&str> = request.headers().keys().map(|name| name.as_str()).chain(["host"]).collect();
    names.retain(|name| !unsigned.contains(name));
    names.sort_unstable();
    let signature = verify::signature(secret, &verify::sdk_hmac::server_view(&request, &names).string_to_sign);
    let names = names.join(";");
    let value = format!("SDK-HMAC-SHA256 Access={key}, SignedHeaders={names}, Signature={signature}");
    request.headers_mut().insert("authorization", value.parse().unwrap());
    request
}

/// `20261122T100000Z`
pub(crate) fn sdk_date(time: OffsetDateTime) -> String {
    date(time).replace(['-', ':'], "")
}

/// A call to Alibaba Cloud that is not signed yet.
pub(crate) struct Aliyun {
    pub(crate) request: Request,
    pub(crate) key: String,
    pub(crate) secret: String,
    /// Names of headers that the signature is to leave out.
    pub(crate) unsigned: Vec<&'static str>,
}

/// The call that switches HTTPS on.
pub(crate) fn aliyun(changed: &[(&str, &str)]) -> Aliyun {
    aliyun_call(Method::POST, "OpenHttps", "/actions/open-https", changed)
}

pub(crate) fn aliyun_call(method: Method, action: &str, rest: &str, changed: &[(&str, &str)]) -> Aliyun {
    let input = inputs(Provider::Aliyun, changed);
    let id = input("InstanceId").replace('*', "%2A");
    let query = match input("clientToken").as_str() {
        "" => String::new(),
        token => format!("?clientToken={token}"),
    };
    let uri = format!("https://elasticsearch.cn-hangzhou.aliyuncs.com/openapi/instances/{id}{rest}{query}");
    let mut builder = http::Request::builder()
        .method(method)
        .uri(uri)
        .header("x-acs-action", action)
        .header("x-acs-version", "2017-06-13")
        .header("x-acs-date", date(NOW))
        .header("x-acs-signature-nonce", format!("nonce-{}", fresh()))
        .header("x-acs-content-sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    if !input("Security token").is_empty() {
        builder = builder.header("x-acs-security-token", input("Security token"));
    }
    let request = builder.body(Vec::new()).unwrap();
    Aliyun { request, key: input("AccessKey ID"), secret: input("AccessKey secret"), unsigned: Vec::new() }
}

impl Aliyun {
    pub(crate) fn header(mut self, name: &'static str, value: &str) -> Self {
        self.request.headers_mut().insert(name, value.parse().unwrap());
        self
    }

    pub(crate) fn at(self, time: OffsetDateTime) -> Self {
        self.header("x-acs-date", &date(time))
    }

    pub(crate) fn leaving_out(mut self, name: &'static str) -> Self {
        self.unsigned.push(name);
        self
    }

    pub(crate) fn sign(mut self) -> Request {
        let mut names: Vec<&str> = self.request.headers().keys().map(|name| name.as_str()).chain(["host"]).collect();
        names.retain(|name| !self.unsigned.contains(name));
        names.sort_unstable();
        let signature =
            verify::signature(&self.secret, &verify::acs3::server_view(&self.request, &names).string_to_sign);
        let names = names.join(";");
        let value = format!("ACS3-HMAC-SHA256 Credential={},SignedHeaders={names},Signature={signature}", self.key);
        self.request.headers_mut().insert("authorization", value.parse().unwrap());
        self.request
    }
}

pub(crate) fn date(time: OffsetDateTime) -> String {
    tls_console::clock::rfc3339(time)
}

/// A number that no other call of this test run has.
fn fresh() -> usize {
    use std::sync::atomic::{AtomicUsize, Ordering};
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}
