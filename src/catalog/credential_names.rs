//! The names under which APIs take and give credentials. A text field of such a name is a secret, though its description
//! does not say so with `format: password` or `x-secret`, and so is a member of an answer that no description names.
//!
//! The list is short on purpose: a field that is masked without need cannot be read over, and one that asks for a page of a
//! list (`next_token`, `ClientToken`) is no secret. Names are compared without case, hyphens, underscores and blanks.

use super::model::Location;

/// Nobody gives names that end so to anything but a credential, wherever they stand: `api_key`, `X-API-Key`, `dbPassword`.
const ENDS_ANYWHERE: [&str; 19] = [
    // OAuth 2 (RFC 6749, RFC 6750).
    "accesstoken",
    "refreshtoken",
    "clientsecret",
    // API keys, as OpenAPI's own examples call them.
    "apikey",
    "bearertoken",
    // Chat bots, webhooks, OAuth 1.
    "bottoken",
    "sharedsecret",
    "signingsecret",
    "consumersecret",
    // Key pairs of the clouds.
    "secretkey",
    "secretaccesskey",
    "accesskeysecret",
    "privatekey",
    // Tokens of temporary keys: Huawei Cloud and AWS, Alibaba Cloud. OpenStack's tokens.
    "securitytoken",
    "sessiontoken",
    "xauthtoken",
    "xsubjecttoken",
    "password",
    "passwd",
];

/// The same as whole names.
const ANYWHERE: [&str; 11] = [
    "idtoken",
    "apisecret",
    "apitoken",
    "appsecret",
    "authtoken",
    "ststoken",
    "passphrase",
    // The second input of a password.
    "passwordconfirm",
    "passwordconfirmation",
    // OpenStack's servers, Kubernetes' configuration.
    "adminpass",
    "clientkeydata",
];

/// In a header or in the query these prove who asks. In a body they can be anything: the token of a job, the name of a
/// secret.
const IN_HEADER_OR_QUERY: [&str; 11] = [
    "authorization",
    "proxyauthorization",
    "token",
    "secret",
    // GitLab, Cloudflare, Datadog, Azure's gateway.
    "privatetoken",
    "xauthkey",
    "ddapplicationkey",
    "ocpapimsubscriptionkey",
    "xfunctionskey",
    "jwt",
    "subscriptionkey",
];

/// `X-Shopify-Access-Token`, `Circle-Token`, `X-Redmine-API-Key`: vendors put their names before these.
const ENDS_OF_HEADERS: [&str; 3] = ["token", "apikey", "secret"];
/// Pages of a list, and what makes a repeated call the same.
const OTHER_ENDS: [&str; 6] =
    ["clienttoken", "nexttoken", "pagetoken", "continuationtoken", "idempotencytoken", "synctoken"];

/// Whether a field of this name is a credential. What stands in a path is never one by its name: it says which thing is
/// meant.
pub(crate) fn is_credential(name: &str, location: Location) -> bool {
    // Answers have millions of names: none is copied.
    let plain =
        || name.bytes().filter(|byte| !matches!(byte, b'-' | b'_' | ..=b' ')).map(|byte| byte.to_ascii_lowercase());
    let is_in = |known: &[&str]| known.iter().any(|known| known.bytes().eq(plain()));
    let ends_in = |known: &[&str]| {
        let ends = |known: &&str| {
            let mut own = plain().rev();
            known.bytes().rev().all(|byte| own.next() == Some(byte))
        };
        known.iter().any(ends)
    };
    let anywhere = || is_in(&ANYWHERE) || ends_in(&ENDS_ANYWHERE);
    match location {
        Location::Path => false,
        Location::Body => anywhere(),
        Location::Query => anywhere() || is_in(&IN_HEADER_OR_QUERY),
        Location::Header => {
            anywhere() || is_in(&IN_HEADER_OR_QUERY) || ends_in(&ENDS_OF_HEADERS) && !ends_in(&OTHER_ENDS)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_whole_and_in_any_spelling() {
        for name in ["api_key", "apiKey", "X-API-Key", "password", "client_secret", "ACCESS_TOKEN"] {
            assert!(
                [Location::Query, Location::Header, Location::Body].map(|place| is_credential(name, place))
                    == [true; 3],
                "{name}"
            );
        }
        for name in [
            "X-Auth-Token",
            "x-acs-security-token",
            "dbPassword",
            "ssh_private_key",
            "STS-Token",
            "password_confirmation",
            "webhookSigningSecret",
            "bot_token",
        ] {
            assert!(is_credential(name, Location::Header) && is_credential(name, Location::Body), "{name}");
        }
        for name in ["token", "Authorization", "secret", "Ocp-Apim-Subscription-Key"] {
            assert!(is_credential(name, Location::Header) && !is_credential(name, Location::Body), "{name}");
        }
        for name in ["ClientToken", "next_token", "token_type", "password_policy", "key", "X-Language", ""] {
            assert!(!is_credential(name, Location::Query), "{name}");
        }
        for name in ["circle-token", "X-Figma-Token", "X-Vault-Token", "X-Webhook-Secret"] {
            assert!(is_credential(name, Location::Header) && !is_credential(name, Location::Query), "{name}");
        }
        for name in ["x-client-token", "x-ms-continuation-token", "X-Next-Token", "X-Token-Type"] {
            assert!(!is_credential(name, Location::Header), "{name}");
        }
        assert!(!is_credential("token", Location::Path));
    }
}
