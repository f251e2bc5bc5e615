//! TOK-6: descriptions that declare the header of their token as an ordinary parameter, as Huawei's own definitions do.

use serde_json::{Value, json};

use crate::page::{INSTANCE_INPUTS, PROJECT, SSL};
use crate::scene::scene;

const TOKEN: &str = "canaryToken+/=0123456789";

/// Huawei's switch with `X-Auth-Token` among its parameters, with a security scheme of that name or without one.
fn description(with_scheme: bool) -> String {
    let file = format!("{}/apis/huawei-taurusdb.json", env!("CARGO_MANIFEST_DIR"));
    let mut document: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let operation = &mut document["paths"]["/v3/{project_id}/instances/{instance_id}/ssl-option"]["put"];
    let token = json!({
        "name": "X-Auth-Token", "in": "header", "required": true, "description": "User token.",
        "schema": { "type": "string" }, "example": "******"
    });
    operation["parameters"].as_array_mut().unwrap().insert(0, token);
    if with_scheme {
        document["security"] = json!([{ "Token": [] }]);
    } else {
        document.as_object_mut().unwrap().remove("security");
        document["components"].as_object_mut().unwrap().remove("securitySchemes");
    }
    document.to_string()
}

#[tokio::test]
async fn tok_6_a_token_among_the_parameters_has_one_masked_input_and_is_sent_once() {
    for with_scheme in [true, false] {
        scene()
            .file("apis/huawei-taurusdb.json", description(with_scheme))
            .run(async |page| {
                page.open_operation(SSL).await;
                page.connect_by("Proxy").await;
                let inputs =
                    "[...document.querySelectorAll('form input')].filter((input) => input.name === 'X-Auth-Token')
                    .map((input) => input.type)";
                assert_eq!(page.eval::<Vec<String>>(inputs).await, ["password"], "one input, masked");
                page.fill_all(&INSTANCE_INPUTS).await;
                page.fill("X-Auth-Token", TOKEN).await;
                page.axe("a token among the parameters").await;
                page.call().await;
                assert_eq!(page.verdict().await, "good Accepted");
                let received = page.received_one();
                let sent: Vec<&[u8]> = received
                    .headers
                    .iter()
                    .filter(|(name, _)| name.eq_ignore_ascii_case("x-auth-token"))
                    .map(|(_, value)| value.as_slice())
                    .collect();
                assert_eq!(sent, [TOKEN.as_bytes()], "once, as it was typed");
                assert_eq!(page.seen(&[("X-Auth-Token", TOKEN)]).await, [] as [&str; 0]);

                assert!(page.eval::<bool>("dispatchEvent(new Event('update-ready'))").await);
                page.click("button", "Reload").await;
                let kept: String = page.eval("JSON.stringify([{ ...sessionStorage }, { ...localStorage }])").await;
                assert!(kept.contains(PROJECT) && !kept.contains(TOKEN), "{kept}");
                page.reload().await;
                page.find("action", "send").await;
                assert_eq!(page.value("project_id").await, PROJECT);
                assert_eq!(page.value("X-Auth-Token").await, "", "no secret");
            })
            .await;
    }
}
