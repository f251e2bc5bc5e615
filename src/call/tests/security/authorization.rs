//! `Authorization` as an ordinary parameter.

use super::*;

#[test]
fn tok_6_an_authorization_parameter_is_a_credential_where_no_security_is_described() {
    let parameter =
        |required: bool| json!([{"name": "Authorization", "in": "header", "required": required, "schema": {}}]);
    let call = operation(json!({"parameters": parameter(true)}));
    assert!(call.fields().is_empty() && kinds(&call) == ["Authorization"]);
    let own = keyring(&call, "", &[("Authorization", "Token canary-token")]);
    assert_eq!(sent(&send(&call, &Draft::default(), &own), "Authorization"), ["Token canary-token"]);
    hides(&call, &Draft::default(), &own, "canary-token");
    assert_eq!(kinds(&operation(json!({"parameters": parameter(false)}))), ["Authorization", "anonymous"]);
    let described = operation(json!({"security": [{"A": []}], "parameters": parameter(true)}));
    assert!(described.fields().is_empty() && kinds(&described) == ["X-A"], "OpenAPI ignores it");
}
