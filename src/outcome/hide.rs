//! What an answer gives and nobody may read over the shoulder: a token, a secret.

use crate::catalog::{Kind, MASK, Operation, Schema};
use crate::transport::Reply;
use serde_json::Value;
use zeroize::Zeroizing;

/// The answer with every value masked that its description calls a secret, wherever it stands in it.
pub fn hide_secrets(operation: &Operation, mut reply: Reply) -> Reply {
    let Some(response) = operation.response(reply.status) else { return reply };
    let mut secrets: Vec<Zeroizing<String>> = Vec::new();
    for field in response.headers.iter().filter(|field| field.schema.kind == Kind::Secret) {
        secrets.extend(reply.header(&field.name).map(|text| Zeroizing::new(text.to_owned())));
    }
    let body: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
    collect(&body, &response.schema, &mut secrets);
    secrets.retain(|secret| !secret.is_empty());
    let mask = |text: &str| secrets.iter().fold(text.to_owned(), |text, secret| text.replace(secret.as_str(), MASK));
    for (_, value) in &mut reply.headers {
        *value = mask(value);
    }
    if !secrets.is_empty()
        && let Ok(text) = std::str::from_utf8(&reply.body)
    {
        reply.body = mask(text).into_bytes();
    }
    reply
}

fn collect(value: &Value, schema: &Schema, secrets: &mut Vec<Zeroizing<String>>) {
    match (&schema.kind, value) {
        (Kind::Secret, Value::String(secret)) => {
            secrets.push(Zeroizing::new(secret.clone()));
            // In the body it is spelled as JSON spells it.
            let spelled = Zeroizing::new(value.to_string());
            secrets.push(Zeroizing::new(spelled.trim_matches('"').to_owned()));
        }
        (Kind::Object(fields), Value::Object(members)) => {
            for field in fields {
                if let Some(member) = members.get(&field.name) {
                    collect(member, &field.schema, secrets);
                }
            }
        }
        (Kind::Array(schema), Value::Array(items)) => items.iter().for_each(|item| collect(item, schema, secrets)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::operation;
    use serde_json::json;
    use std::time::Duration;

    #[test]
    fn what_the_description_calls_a_secret_is_masked_in_headers_and_body() {
        let secret = json!({"type": "string", "format": "password"});
        let operation = operation(
            "post",
            "/tokens",
            json!({"responses": {"201": {"description": "Given.",
                "headers": {"X-Subject-Token": {"schema": secret}},
                "content": {"application/json": {"schema": {"type": "object", "properties": {"credential":
                    {"type": "object", "properties": {"access": {"type": "string"}, "secret": secret}}}}}}}}}),
        );
        let reply = Reply {
            status: 201,
            headers: vec![("x-subject-token".into(), "MIIcanary".into()), ("x-echo".into(), "of MIIcanary".into())],
            body: br#"{"credential":{"access":"AK","secret":"can\/ary\"1"},"again":"can\/ary\"1 MIIcanary"}"#.to_vec(),
            took: Duration::ZERO,
            received: time::OffsetDateTime::UNIX_EPOCH,
        };
        let shown = hide_secrets(&operation, reply.clone());
        assert_eq!(shown.headers, [("x-subject-token".into(), MASK.into()), ("x-echo".into(), format!("of {MASK}"))]);
        let body = String::from_utf8(shown.body).unwrap();
        assert!(body.contains(r#""access":"AK""#) && !body.contains("canary"), "{body}");
        let unknown = Reply { status: 400, ..reply.clone() };
        assert_eq!(hide_secrets(&operation, unknown.clone()), unknown, "nothing is documented for this status");
    }
}
