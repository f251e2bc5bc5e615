//! Every kind of command, with what it brings and what it does not.

use super::*;
use crate::catalog::{Api, Operation};
use crate::fixtures::{CLUSTER, PROJECT, TAURUSDB};
use crate::form::Draft;
use proptest::prelude::*;
use std::sync::LazyLock;

const TOKEN: &str = "canary-5f1e-token";

static APIS: LazyLock<Vec<Api>> = LazyLock::new(|| {
    [
        ("apis/huawei-taurusdb.json", include_str!("../../apis/huawei-taurusdb.json")),
        ("apis/aliyun-elasticsearch.json", include_str!("../../apis/aliyun-elasticsearch.json")),
        ("apis/huawei-iam.json", include_str!("../../apis/huawei-iam.json")),
    ]
    .map(|(file, text)| Api::load(file, text).unwrap())
    .into()
});

fn offered(api: &Api, id: &str) -> Option<Operation> {
    api.operation(id)?.ok()
}

fn import(text: &str) -> Result<Recognised, Unrecognised> {
    recognise(text, APIS.iter(), &offered)
}

/// What stands in a fresh form that the pairs fill, and the rest in words.
#[track_caller]
fn told(text: &str) -> String {
    let found = import(text).unwrap_or_else(|why| panic!("{why:?}: {text}"));
    let pairs: Vec<_> = found.pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let misfits: Vec<_> = found.misfits.iter().map(|misfit| format!("{}: {:?}", misfit.name, misfit.why)).collect();
    let secrets: Vec<_> =
        found.secrets.iter().map(|secret| secret.text.with(|text| format!("{}={text}", secret.label))).collect();
    let mut draft = Draft::new(&found.operation, &mut String::new);
    assert_eq!(draft.fill_from_link(&found.operation, &found.pairs).misfits, [], "{text}");
    format!(
        "{} | {} | {} | {} {}",
        found.operation.id,
        pairs.join(" "),
        misfits.join(" "),
        found.kind,
        secrets.join(" ")
    )
}

#[test]
fn a_second_address_is_named_and_not_taken() {
    let other = "https://user:canary@elasticsearch.cn-hangzhou.aliyuncs.com/openapi/instances/es-cn-b?Signature=canary";
    let told = told(&format!("curl -X PUT '{}' '{other}' -d '{{\"ssl_option\":true}}'", address()));
    assert!(told.contains("instances/es-cn-b: OtherCall") && !told.contains("canary"), "{told}");
    assert!(told.starts_with("SwitchGaussMySqlInstanceSsl"), "{told}");
}

fn ssl() -> String {
    format!(
        "SwitchGaussMySqlInstanceSsl | region=cn-north-4 project_id={PROJECT} instance_id={TAURUSDB} ssl_option=true"
    )
}

fn address() -> String {
    format!("https://gaussdb.cn-north-4.myhuaweicloud.com/v3/{PROJECT}/instances/{TAURUSDB}/ssl-option")
}

#[test]
fn every_shipped_description_says_which_tool_calls_it() {
    let tools: Vec<_> = APIS.iter().map(|api| api.cli().unwrap().command).collect();
    assert_eq!(tools, ["hcloud", "aliyun", "hcloud"]);
}

#[test]
fn curl_of_bash_fills_the_form() {
    let url = address();
    for text in [
        format!(
            "curl -X PUT '{url}' -H 'Content-Type: application/json' -H 'X-Auth-Token: {TOKEN}' -d '{{\"ssl_option\": true}}'"
        ),
        format!(
            "curl -sSXPUT \\\n  -H\"X-Auth-Token:{TOKEN}\" \\\n  --url={url} --json $'{{\"ssl_option\":\\u0020true}}'"
        ),
        format!(
            "$ sudo /usr/bin/curl {url} --request PUT --header 'X-Auth-Token: {TOKEN}' --data-raw '{{\"ssl_option\":true}}' --compressed"
        ),
    ] {
        assert_eq!(told(&text), format!("{} |  | X-Auth-Token X-Auth-Token={TOKEN}", ssl()), "{text}");
    }
}

#[test]
fn the_value_of_an_option_that_is_not_known_is_no_address() {
    let text = format!(
        "curl --happy-eyeballs-timeout-ms 200 '{}' -X PUT --url-query 'a=b' -H 'X-Auth-Token: {TOKEN}' -d '{{\"ssl_option\": true}}'",
        address()
    );
    assert_eq!(told(&text), format!("{} | a: Unknown | X-Auth-Token X-Auth-Token={TOKEN}", ssl()));
}

#[test]
fn curl_of_windows_fills_the_form() {
    let url = address();
    let text = format!(
        "curl ^\"{url}^\" ^\r\n  -X ^\"PUT^\" ^\r\n  -H ^\"accept: */*^\" ^\r\n  -H ^\"sec-ch-ua: ^\\^\"Chromium^\\^\";v=^\\^\"140^\\^\"^\" ^\r\n  \
         -H ^\"x-auth-token: {TOKEN}^\" ^\r\n  --data-raw ^\"^{{^\\^\"ssl_option^\\^\":true^}}^\""
    );
    assert_eq!(told(&text), format!("{} |  | X-Auth-Token X-Auth-Token={TOKEN}", ssl()));
}

#[test]
fn a_call_that_went_through_a_proxy_is_recognised() {
    let text = format!(
        "curl 'http://127.0.0.1:8080/proxy/elasticsearch.cn-hangzhou.aliyuncs.com/openapi/instances/{CLUSTER}/actions/open-https?clientToken=abc' \
         -X POST -H 'Authorization: ACS3-HMAC-SHA256 Credential=LTAI,SignedHeaders=host,Signature=ab' -H 'x-acs-date: 2026-01-02T03:04:05Z' \
         -H 'x-acs-security-token: {TOKEN}' -H 'x-console-call: 1'"
    );
    let wanted = format!(
        "OpenHttps | region=cn-hangzhou InstanceId={CLUSTER} | clientToken: Generated Authorization: Signature x-console-call: Unknown | \
         ACS3-HMAC-SHA256 Security token={TOKEN}"
    );
    assert_eq!(told(&text), wanted);
}

#[test]
fn http_files_fill_the_form() {
    let text = format!(
        "@host = https://gaussdb.cn-north-4.myhuaweicloud.com\n@project = {PROJECT}\n\n### Switch\n# @name switch\n\
         PUT {{{{host}}}}/v3/{{{{project}}}}/instances/{TAURUSDB}/ssl-option HTTP/1.1\nContent-Type: application/json\n\
         X-Auth-Token: {{{{token}}}}\nX-Language: en-us\n\n{{\n  \"ssl_option\": true\n}}\n\n> {{% client.log(1) %}}\n\n### Next\nGET https://a.test/"
    );
    let wanted = format!(
        "SwitchGaussMySqlInstanceSsl | region=cn-north-4 project_id={PROJECT} instance_id={TAURUSDB} X-Language=en-us ssl_option=true | X-Auth-Token: Placeholder GET https://a.test/: OtherCall |  "
    );
    assert_eq!(told(&text), wanted);
}

#[test]
fn an_http_request_may_have_its_host_in_a_header() {
    let text = format!(
        "PUT /v3/{PROJECT}/instances/{TAURUSDB}/ssl-option HTTP/1.1\nHost: gaussdb.cn-north-4.myhuaweicloud.com\n\n{{\"ssl_option\": true}}"
    );
    assert_eq!(told(&text), format!("{} |  |  ", ssl()));
}

#[test]
fn the_vendors_tools_fill_the_form() {
    let wanted = |misfits: &str| format!("OpenHttps | region=cn-shanghai InstanceId={CLUSTER} | {misfits} |  ");
    for text in [
        format!("aliyun elasticsearch OpenHttps --InstanceId {CLUSTER} --region cn-shanghai"),
        format!("aliyun elasticsearch open-https --instance-id={CLUSTER} --region=cn-shanghai"),
        format!("aliyun elasticsearch POST /openapi/instances/{CLUSTER}/actions/open-https --region cn-shanghai"),
    ] {
        assert_eq!(told(&text), wanted(""), "{text}");
        assert_eq!(told(&format!("{text} --body '{{}}'")), wanted("body: Unknown"), "{text}");
    }
    let text =
        "aliyun elasticsearch GET '/openapi/instances?size=20' --page 2 --region cn-shanghai --accessKeySecret x";
    assert_eq!(told(text), "ListInstance | region=cn-shanghai page=2 size=20 | accessKeySecret: Secret |  ");
    let text = format!(
        "hcloud GaussDB SwitchGaussMySqlInstanceSsl --project_id={PROJECT} --instance_id={TAURUSDB} --ssl_option=true \
         --cli-region=cn-north-4 --cli-access-key=AKDUMMY --cli-secret-key={TOKEN} --cli-output=json"
    );
    let wanted =
        format!("{} | cli-output: Unknown | SDK-HMAC-SHA256 AccessKey ID=AKDUMMY AccessKey secret={TOKEN}", ssl());
    assert_eq!(told(&text), wanted);
}

#[test]
fn the_consoles_own_scripts_are_recognised() {
    let text = format!(
        "#!/usr/bin/env bash\n# The console's sample: hcloud configure init\nset -euo pipefail\n\narguments=(\n  --cli-region=cn-north-4\n  \
         --project_id={PROJECT}\n  --instance_id={TAURUSDB}\n  --ssl_option=true\n)\nhcloud GaussDB SwitchGaussMySqlInstanceSsl \"${{arguments[@]}}\"\n"
    );
    assert_eq!(told(&text), format!("{} |  |  ", ssl()));
}

#[test]
fn what_does_not_fit_is_told() {
    let text = format!(
        "curl -X PUT https://gaussdb.unknown.test/v3/$PROJECT/instances/{TAURUSDB}/ssl-option?x=1 -H 'Cookie: a={TOKEN}' \
         -H 'X-Odd: 1' -u 'me:{TOKEN}' -d @body.json"
    );
    let wanted = format!(
        "SwitchGaussMySqlInstanceSsl | instance_id={TAURUSDB} | -d @body.json: File project_id: Placeholder x: Unknown \
         Cookie: Secret X-Odd: Unknown User name: Secret gaussdb.unknown.test: Region |  "
    );
    assert_eq!(told(&text), wanted);
    let text = format!(
        "curl -G {} -d limit=5 --data-urlencode 'id=a b'",
        address()
            .replace(&format!("/v3/{PROJECT}/instances/{TAURUSDB}/ssl-option"), &format!("/v3.1/{PROJECT}/instances"))
    );
    assert_eq!(
        told(&text),
        format!("ListGaussMySqlInstancesUnifyStatus | region=cn-north-4 project_id={PROJECT} id=a b limit=5 |  |  ")
    );
}

#[test]
fn what_only_a_shell_does_and_a_quote_that_is_not_closed_are_told() {
    let text = format!(
        "curl -X PUT '{}' -d '{{\"ssl_option\":true}}' --token canary | jq . > out.json && rm -r '{TOKEN}'",
        address()
    );
    assert_eq!(told(&text), format!("{} | --token: Option | jq: Shell > out.json: Shell && rm: Shell |  ", ssl()));
    let text = format!("curl -X PUT '{}' -d '{{\"ssl_option\":true}}' \\\n  -H 'X-Language: en-us", address());
    let wanted = format!("{} X-Language=en-us", ssl());
    let told = told(&text);
    assert!(told.contains("OpenQuote { line: 2, column: 6 }") && told.contains("X-Language=en-us"), "{told} {wanted}");
    let text = format!("aliyun elasticsearch OpenHttps --InstanceId {CLUSTER} --region cn-shanghai > a.json; ls");
    let found = import(&text).unwrap();
    assert_eq!(found.misfits.iter().map(|misfit| misfit.name.as_str()).collect::<Vec<_>>(), ["> a.json", "; ls"]);
    let body = format!("curl -X PUT '{}' -d '{{\"ssl_option\":true}}' -H 'x-a: Invoke-WebRequest'", address());
    assert!(import(&body).is_ok(), "a word of PowerShell makes no PowerShell");
}

#[test]
fn a_comment_or_a_body_may_name_a_cmdlet() {
    for before in
        ["# the same as Invoke-WebRequest", "// Invoke-RestMethod", "### invoke-webrequest\n", "@a = Invoke-WebRequest"]
    {
        let file = format!("{before}\nPUT {}\nX-Auth-Token: {TOKEN}\n\n{{\"ssl_option\":true}}", address());
        assert_eq!(told(&file), format!("{} |  | X-Auth-Token X-Auth-Token={TOKEN}", ssl()), "{before}");
    }
    let file = format!("PUT {}\n\n{{\"ssl_option\":true,\"note\":\"Invoke-WebRequest\"}}", address());
    assert_eq!(told(&file), format!("{} | note: Unknown |  ", ssl()));
    let tool = format!("aliyun elasticsearch OpenHttps --InstanceId {CLUSTER} --note Invoke-WebRequest");
    assert_eq!(import(&tool).unwrap().operation.id, "OpenHttps");
}

#[test]
fn a_sign_that_the_line_goes_on_may_have_blanks_behind_it() {
    for (mark, quote) in [("\\ ", "'"), ("\\\t\u{a0}\r", "'"), ("^ ", "\""), ("^  \r", "\"")] {
        let body = "{\"ssl_option\":true}";
        let body = if quote == "'" { body.to_owned() } else { body.replace('"', "\\\"") };
        let text = format!(
            "curl -X PUT {} {mark}\n  -H {quote}X-Auth-Token: {TOKEN}{quote} {mark}\n  -d {quote}{body}{quote}",
            address()
        );
        assert_eq!(told(&text), format!("{} |  | X-Auth-Token X-Auth-Token={TOKEN}", ssl()), "{text}");
    }
    let text = format!("aliyun elasticsearch OpenHttps \\ \n  --InstanceId {CLUSTER} \\  \n  --region cn-shanghai \\ ");
    assert_eq!(told(&text), format!("OpenHttps | region=cn-shanghai InstanceId={CLUSTER} |  |  "));
}

#[test]
fn what_stands_in_other_lines_is_told() {
    let curl = format!("curl -X PUT '{}' -d '{{\"ssl_option\":true}}'", address());
    let lines = format!("{curl}\n-H 'X-Auth-Token: {TOKEN}'\n\n{TOKEN} x");
    assert_eq!(told(&lines), format!("{} | -H: OtherLine {{ line: 2 }} …: OtherLine {{ line: 4 }} |  ", ssl()));
    let other = "curl -X POST 'https://me:canary@elasticsearch.cn-hangzhou.aliyuncs.com/x?Signature=canary'";
    let wanted = "POST https://elasticsearch.cn-hangzhou.aliyuncs.com/x";
    let shown = shown_address("https://me:canary@elasticsearch.cn-hangzhou.aliyuncs.com/x");
    let wanted = wanted.replace("https://elasticsearch.cn-hangzhou.aliyuncs.com/x", shown);
    for text in [format!("{curl}\n{other}"), format!("{other}\n{curl}"), format!("{curl} \\\n  --next {other}")] {
        let told = told(&text);
        assert!(told.starts_with(&ssl()) && told.contains(": OtherCall"), "{told}");
        assert!(told.contains(&wanted) || told.contains("--next: OtherCall"), "{told}");
        assert!(!told.contains("canary"), "{told}");
    }
    let open = |id: &str| format!("aliyun elasticsearch OpenHttps --InstanceId {id} --region cn-shanghai");
    let tools = format!("{}\n{}", open(CLUSTER), open("es-cn-other"));
    let wanted =
        format!("OpenHttps | region=cn-shanghai InstanceId={CLUSTER} | aliyun elasticsearch OpenHttps: OtherCall |  ");
    assert_eq!(told(&tools), wanted);
    assert_eq!(
        told(&format!("aliyun ecs Describe\n{}", open(CLUSTER))),
        wanted.replace("elasticsearch OpenHttps: ", "ecs Describe: ")
    );
    let joined = format!("{} \\ \n{}", open(CLUSTER), open(CLUSTER));
    assert!(told(&joined).contains("…: StrayWord"), "{}", told(&joined));
}

#[test]
fn an_option_that_is_not_taken_over_is_told() {
    let text = format!(
        "curl -sSLk -x http://me:canary@proxy.test:1 --cert c.pem --key=k.pem --resolve a:443:10.0.0.1 --connect-to ::b: --http2 \
         --max-time 5 -o /dev/null -H canary -X PUT '{}' -d '{{\"ssl_option\":true}}' canary",
        address()
    );
    let options = ["-k", "-x", "--cert", "--key", "--resolve", "--connect-to", "--http2", "-H"];
    let options = options.map(|option| format!("{option}: Option")).join(" ");
    assert_eq!(told(&text), format!("{} | {options} …: StrayWord |  ", ssl()));
}

#[test]
fn a_name_that_json_gives_twice_is_told() {
    let text = format!("curl -X PUT '{}' -d '{{\"ssl_option\":false,\"ssl_option\":true}}'", address());
    assert_eq!(told(&text), format!("{} | ssl_option: GivenAgain |  ", ssl()));
}

#[test]
fn an_address_that_stands_for_several_leaves_the_field_empty() {
    for glob in ["{a,b}", "[1-3]", "[a-z:2]"] {
        let url = address().replace(TAURUSDB, &format!("es-{glob}"));
        let curl = |more: &str| told(&format!("curl {more} -X PUT '{url}?x=1' -d '{{\"ssl_option\":true}}'"));
        let wanted = ssl().replace(&format!("instance_id={TAURUSDB} "), "");
        assert_eq!(curl(""), format!("{wanted} | instance_id: Several x: Unknown |  "));
        assert!(curl("-g").contains(&format!("instance_id=es-{glob}")), "{}", curl("-g"));
    }
}

#[test]
fn a_masked_request_of_this_console_brings_no_mask() {
    let text = format!("PUT {}\nX-Auth-Token: ••••••\nX-Language: ••••••\n\n{{\"ssl_option\":true}}", address());
    let wanted = format!("{} | X-Auth-Token: Placeholder X-Language: Placeholder |  ", ssl());
    assert_eq!(told(&text), wanted);
}

#[test]
fn a_text_without_a_known_call_says_why() {
    let why = |text: &str| import(text).map(|found| found.operation.id).unwrap_err();
    assert_eq!(why(""), Unrecognised::NoCommand);
    assert_eq!(why("Hello, how are you?"), Unrecognised::NoCommand);
    for text in [
        "Invoke-WebRequest -Uri x",
        "$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession\n(invoke-restmethod -Method Put -Uri \"https://a.test\" `\n -Headers @{\"a\"=\"b\"})",
        "irm https://a.test/x -Body '{}'",
        "curl.exe -X PUT `\r\n  'https://a.test/x' `\r\n  -H 'a: b'",
    ] {
        assert_eq!(why(text), Unrecognised::Foreign(Foreign::PowerShell), "{text}");
    }
    for text in ["fetch(\"https://a.test/x\", {\n  \"method\": \"PUT\"\n});", "await fetch('https://a.test/x')"] {
        assert_eq!(why(text), Unrecognised::Foreign(Foreign::Fetch), "{text}");
    }
    let open = OpenQuote { quote: '\'', line: 1, column: 6 };
    assert_eq!(why("curl 'https://a.test/x -H \"a: b\""), Unrecognised::OpenQuote(open));
    assert_eq!(why("aliyun ecs 'DescribeInstances"), Unrecognised::OpenQuote(OpenQuote { column: 12, ..open }));
    let other = Unrecognised::NoOperation { method: "GET".into(), host: "a.test".into(), path: "/x".into() };
    assert_eq!(why("curl https://a.test/x"), other);
    let other = Unrecognised::NoSuchCall { service: "ecs".into(), operation: "DescribeInstances".into() };
    assert_eq!(why("aliyun ecs DescribeInstances"), other);
}

#[test]
fn a_secret_of_the_body_is_not_taken() {
    let text = format!(
        "curl -X POST https://iam.cn-north-4.myhuaweicloud.com/v3/auth/tokens -d '{{\"auth\":{{\"identity\":{{\"methods\":[\"password\"],\
         \"password\":{{\"user\":{{\"name\":\"me\",\"password\":\"{TOKEN}\",\"domain\":{{\"name\":\"d\"}}}}}}}}}}}}'"
    );
    let found = import(&text).unwrap();
    let pairs = format!("{:?}", found.pairs);
    assert!(!pairs.contains(TOKEN) && pairs.contains("\"me\""), "{pairs}");
    assert!(found.misfits.iter().any(|misfit| misfit.why == MisfitReason::Secret), "{:?}", found.misfits);
}

#[test]
fn a_small_text_never_becomes_a_large_one() {
    let doubling: String = (1..60).map(|n| format!("@v{n} = {{{{v{}}}}}{{{{v{}}}}}\n", n - 1, n - 1)).collect();
    let file = format!("@v0 = xxxxxxxx\n{doubling}PUT https://a.test/{{{{v59}}}}\n");
    assert!(import(&file).is_err());
    let arrays = format!("a=({})\n{}curl https://a.test/x", "x ".repeat(10_000), "\"${a[@]}\"\n".repeat(4_000));
    assert!(import(&arrays).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_texts_never_panic_and_never_bring_a_secret(
        parts in prop::collection::vec(prop_oneof![
            4 => prop::sample::select(vec![
                "curl ", "aliyun elasticsearch ", "hcloud GaussDBforMySQL ", "PUT ", "POST ", "OpenHttps ", "-X", "-H ", "-d ", "-G ", "-u a:canary-5f1e-token ",
                "'", "\"", "$'", "\\", "\n", "^\"", "^\n", "--", "=", ":", "{{", "}}", "@a=", "###", "\\ud83d", "\\x", "$(", ")", "a=(", "\"${a[@]}\" ", "# ", " | ", " && ", "; ", " > ", "2>&1", "`\n", "fetch(", "Invoke-WebRequest ", "curl.exe ", "?", "&", "%zz", "/",
                "https://gaussdb.cn-north-4.myhuaweicloud.com/v3/p/instances/i/ssl-option", "X-Auth-Token: canary-5f1e-token", "{\"ssl_option\":true}",
                "--InstanceId ", "--cli-secret-key=canary-5f1e-token ", "--tags.1.key=x ", "--data-urlencode ", "https://u:canary-5f1e-token@iam.cn-north-4.myhuaweicloud.com/v3/projects",
            ]).prop_map(str::to_owned),
            1 => "\\PC{0,6}",
            1 => any::<Vec<u8>>().prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
        ], 0..24),
    ) {
        let text = parts.concat();
        if let Ok(found) = import(&text) {
            prop_assert!(!format!("{found:?}").contains("Secret(\"") , "{found:?}");
            let of_shell = found.misfits.iter().filter(|misfit| misfit.why == MisfitReason::Shell);
            prop_assert!(!of_shell.map(|misfit| misfit.name.as_str()).collect::<String>().contains("canary"), "{text}");
            let mut draft = Draft::new(&found.operation, &mut String::new);
            prop_assert_eq!(draft.fill_from_link(&found.operation, &found.pairs).misfits, []);
            prop_assert!(!draft.holds_secrets(&found.operation));
        }
    }

    #[test]
    fn a_secret_is_never_among_the_pairs(which in 0..5_usize) {
        let url = address();
        let text = [
            format!("curl -XPUT {url} -H 'X-Auth-Token: {TOKEN}'"),
            format!("curl -XPUT {url} -H 'Authorization: Bearer {TOKEN}' -b 'a={TOKEN}'"),
            format!("curl -XPUT {url} -u me:{TOKEN} -H 'X-Security-Token: {TOKEN}'"),
            format!("hcloud GaussDB SwitchGaussMySqlInstanceSsl --cli-secret-key {TOKEN}"),
            format!("PUT {url}\nX-Auth-Token: {TOKEN}\nproxy-authorization: {TOKEN}\n\n{{\"ssl_option\":true}}"),
        ];
        let found = import(&text[which]).unwrap();
        prop_assert!(!format!("{found:?}").contains(TOKEN), "{found:?}");
    }
}
