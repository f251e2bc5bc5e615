//! Samples with the vendors' tools. Their syntax is checked where the language is on every machine that runs the tests.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::listen::{self, Listening};
use crate::programs::{Form, Run, command, write};
use crate::proxy::exchange;
use crate::server::SandboxServer;
use crate::{
    ALIYUN_KEY, ALIYUN_STS, CLUSTER, HOSTILE, HUAWEI_KEY, HUAWEI_STS, INSTANCE, PROJECT, list_instances, sandbox,
    switch,
};

fn forms() -> Vec<Form> {
    let form = |operation| Form::of("aliyun-elasticsearch", operation);
    vec![
        switch(),
        list_instances(),
        form("OpenHttps").with(json!({"InstanceId": CLUSTER, "clientToken": HOSTILE})),
        form("DescribeInstance").with(json!({"InstanceId": CLUSTER})),
        form("ListInstance").with(json!({"description": HOSTILE, "size": 2})),
        Form::of("huawei-iam", "KeystoneCreateUserTokenByPassword"),
    ]
}

/// The command that reads a program without running it.
fn check(path: &str) -> Option<Vec<String>> {
    let program: &[&str] = match Path::new(path).extension()?.to_str()? {
        "sh" => &["bash", "-n"],
        "py" => &["python3", "-m", "py_compile"],
        "mjs" => &["node", "--check"],
        _ => return None,
    };
    Some(program.iter().copied().chain([path]).map(str::to_owned).collect())
}

#[tokio::test]
async fn programs_of_every_kind_can_be_read() {
    let mut checked = 0;
    for form in forms() {
        for kind in form.kinds() {
            let path = write(&form.sample(kind));
            let Some(arguments) = check(path.to_str().unwrap()) else { continue };
            let run = command(&arguments.iter().map(String::as_str).collect::<Vec<_>>(), &[]).await;
            assert!(run.worked, "{kind} of {}: {}", path.display(), run.output);
            checked += 1;
        }
    }
    assert!(checked >= 20, "{checked}");
}

#[test]
fn every_vendor_has_its_tools_and_no_other() {
    let kinds = |form: &Form| form.kinds().join(" ");
    assert_eq!(kinds(&switch()), "curl python http python-sdk go-sdk java-sdk hcloud terraform");
    assert_eq!(kinds(&list_instances()), "curl python http python-sdk go-sdk java-sdk hcloud");
    let https = Form::of("aliyun-elasticsearch", "OpenHttps");
    assert_eq!(kinds(&https), "curl python http python-sdk go-sdk java-sdk node-sdk aliyun terraform");
    assert_eq!(kinds(&Form::of("huawei-iam", "KeystoneListProjects")), "curl python http");
}

#[test]
fn the_tools_get_the_values_under_their_own_names() {
    let text = |kind| switch().sample(kind).text;
    for (kind, parts) in [
        (
            "python-sdk",
            &[
                "instance_id=\"096c",
                "ssl_option=True",
                "x_language=\"en-us\"",
                "client.switch_gauss_my_sql_instance_ssl(",
            ][..],
        ),
        (
            "go-sdk",
            &["request.InstanceId = \"096c", "SslOption: true", "WithProjectId(\"0565", "&model.SwitchSslRequest{"],
        ),
        ("java-sdk", &[".withInstanceId(\"096c", ".withSslOption(true)", "new SwitchSSLRequest()"]),
        ("hcloud", &["--instance_id=096c", "--ssl_option=true", "--cli-region=cn-north-4"]),
        ("terraform", &["id = \"096c", "ssl_option = \"true\"", "huaweicloud_gaussdb_mysql_instance.this"]),
    ] {
        let text = text(kind);
        for part in parts {
            assert!(text.contains(part), "{kind} has no {part}: {text}");
        }
    }
    assert_eq!((PROJECT.len(), INSTANCE.len()), (32, 36));
    let https = Form::of("aliyun-elasticsearch", "OpenHttps").with(json!({"InstanceId": CLUSTER, "clientToken": "t"}));
    for (kind, parts) in [
        (
            "python-sdk",
            &["client.open_https(\n    \"es-cn", "models.OpenHttpsRequest(\n        client_token=\"t\""][..],
        ),
        ("node-sdk", &["client.openHttps(\n  \"es-cn", "clientToken: \"t\""]),
        ("go-sdk", &["tea.String(\"es-cn", "ClientToken: tea.String(\"t\")"]),
        ("java-sdk", &["request.setClientToken(\"t\")", "client.openHttps(\"es-cn-n6w1o1x0w001c0001\", request)"]),
        ("aliyun", &["--clientToken t", "aliyun elasticsearch POST /openapi/instances/es-cn"]),
        ("terraform", &["protocol = \"HTTPS\"", "id = \"es-cn"]),
    ] {
        let text = https.sample(kind).text;
        for part in parts {
            assert!(text.contains(part), "{kind} has no {part}: {text}");
        }
    }
}

/// What `make setup-test` installs.
fn cache(folder: &str) -> PathBuf {
    let variable = |name| std::env::var_os(name).map(PathBuf::from);
    let home = || variable("XDG_CACHE_HOME").or_else(|| Some(variable("HOME")?.join(".cache")));
    variable("TLS_CONSOLE_CACHE").or_else(|| Some(home()?.join("tls-console"))).unwrap().join(folder)
}

/// A forward proxy: SDKs sign the host that they call, so they call the real one, through this.
async fn forward(sandbox: SocketAddr) -> Listening {
    let answer = move |request: listen::Request| async move {
        let (mut parts, body) = request.into_parts();
        let host = parts.uri.authority().map(|own| own.to_string());
        let host = host.unwrap_or_else(|| parts.headers["host"].to_str().unwrap().to_owned());
        parts.uri = format!("/{host}{}", parts.uri.path_and_query().unwrap()).parse().unwrap();
        let own: Vec<_> = parts.headers.keys().filter(|name| listen::is_hop_by_hop(name.as_str())).cloned().collect();
        own.iter().for_each(|name| drop(parts.headers.remove(name)));
        parts.headers.insert("host", host.parse().unwrap());
        let (parts, body) = exchange(sandbox, http::Request::from_parts(parts, body)).await.ok()?.into_parts();
        Some(http::Response::from_parts(parts, listen::whole(body)))
    };
    listen::listen("127.0.0.1:0", answer).await.unwrap()
}

/// Runs the sample with a vendor's SDK against the simulated clouds.
async fn run(kind: &str, form: &Form, host: &str, variables: &[(&str, &str)], sandbox: &SandboxServer) -> Run {
    let proxy = forward(sandbox.addr).await;
    let (address, endpoint) = (proxy.addr.to_string(), format!("http://{host}"));
    let (through, packages) = (format!("http://{address}"), cache("python"));
    let mut all = variables.to_vec();
    all.extend([
        ("TLS_CONSOLE_ENDPOINT", endpoint.as_str()),
        ("HTTP_PROXY", &through),
        ("SANDBOX", &address),
        ("PYTHONPATH", packages.to_str().unwrap()),
    ]);
    let path = write(&form.sample(kind));
    if kind == "python-sdk" {
        return command(&["python3", path.to_str().unwrap()], &all).await;
    }
    // A module finds its packages beside itself.
    std::os::unix::fs::symlink(cache("npm/node_modules"), path.with_file_name("node_modules")).unwrap();
    let hook = format!("{}/tests/samples/to-sandbox.cjs", env!("CARGO_MANIFEST_DIR"));
    command(&["node", "--require", &hook, path.to_str().unwrap()], &all).await
}

#[tokio::test]
async fn huaweis_sdk_of_pypi_carries_out_the_sample() {
    let host = "gaussdb.cn-north-4.myhuaweicloud.com";
    for key in [&HUAWEI_KEY[..], &HUAWEI_STS[..]] {
        let sandbox = sandbox().await;
        let ran = run("python-sdk", &switch(), host, key, &sandbox).await;
        assert!(ran.worked && ran.output.contains("job_id"), "{}", ran.output);
        let received = sandbox.received().pop().unwrap();
        assert_eq!(received.target, format!("/{host}/v3/{PROJECT}/instances/{INSTANCE}/ssl-option"));
        assert_eq!((received.header("x-language").as_str(), sandbox.switches(INSTANCE)), ("en-us", 1));
        let body: serde_json::Value = serde_json::from_slice(&received.body).unwrap();
        assert_eq!(body, json!({"ssl_option": true}));
    }
    let sandbox = sandbox().await;
    let ran = run("python-sdk", &list_instances(), host, &HUAWEI_KEY, &sandbox).await;
    assert!(ran.worked && ran.output.contains("total_count"), "{}", ran.output);
    let target = sandbox.received().pop().unwrap().target;
    assert!(target.contains(&format!("name={}", tls_console::request::encode(HOSTILE))), "{target}");
}

#[tokio::test]
async fn alibabas_sdks_of_pypi_and_npm_carry_out_the_samples() {
    let host = "elasticsearch.cn-hangzhou.aliyuncs.com";
    let values = json!({"InstanceId": CLUSTER, "clientToken": "5A2CFF0E-5718-45B5-9D4D-70B3FF000001"});
    let open = Form::of("aliyun-elasticsearch", "OpenHttps").with(values);
    let list = Form::of("aliyun-elasticsearch", "ListInstance").with(json!({"description": HOSTILE, "size": 2}));
    for kind in ["python-sdk", "node-sdk"] {
        for key in [&ALIYUN_KEY[..], &ALIYUN_STS[..]] {
            let sandbox = sandbox().await;
            let ran = run(kind, &open, host, key, &sandbox).await;
            assert!(ran.worked, "{kind}: {}", ran.output);
            let target = sandbox.received().pop().unwrap().target;
            let token = "clientToken=5A2CFF0E-5718-45B5-9D4D-70B3FF000001";
            assert_eq!(target, format!("/{host}/openapi/instances/{CLUSTER}/actions/open-https?{token}"), "{kind}");
            assert_eq!(sandbox.switches(CLUSTER), 1, "{kind}");
        }
        let sandbox = sandbox().await;
        let ran = run(kind, &list, host, &ALIYUN_KEY, &sandbox).await;
        assert!(ran.worked, "{kind}: {}", ran.output);
        let target = format!("https://test{}", sandbox.received().pop().unwrap().target);
        let pairs: Vec<(String, String)> = url::Url::parse(&target).unwrap().query_pairs().into_owned().collect();
        assert!(pairs.contains(&(String::from("description"), HOSTILE.to_owned())), "{kind}: {target}");
    }
}
