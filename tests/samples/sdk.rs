//! Samples with the vendors' tools. Their syntax is checked where the language is on every machine that runs the tests.

use std::path::Path;

use serde_json::json;

use crate::programs::{Form, command, write};
use crate::{CLUSTER, HOSTILE, INSTANCE, PROJECT, list_instances, switch};

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
        ("hcloud", &["--instance_id='096c", "--ssl_option=true", "--cli-region='cn-north-4'"]),
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
        ("aliyun", &["--clientToken 't'", "aliyun elasticsearch 'POST' '/openapi/instances/es-cn"]),
        ("terraform", &["protocol = \"HTTPS\"", "id = \"es-cn"]),
    ] {
        let text = https.sample(kind).text;
        for part in parts {
            assert!(text.contains(part), "{kind} has no {part}: {text}");
        }
    }
}
