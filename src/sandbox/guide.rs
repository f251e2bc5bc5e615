//! What a person can try in the sandbox: an example that succeeds, and the inputs that lead elsewhere.
//!
//! Inputs are named as the form labels them. A test sends every case and holds it to its words.

use super::faults::FaultKind;
use super::sentinel::{fault_sentinel, sentinel};
use super::{Provider, aliyun, huawei};
use crate::catalog::{ErrorCatalogue, ErrorEntry};
use serde::Serialize;

/// What to try with one provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Guide {
    /// Inputs and values that together succeed.
    pub example: Vec<(&'static str, &'static str)>,
    /// Values that lead elsewhere; all other inputs stay as in the example.
    pub cases: Vec<Case>,
}

/// One special value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Case {
    /// The input to change.
    pub input: &'static str,
    /// What to put into it.
    pub value: String,
    /// Other inputs that have to change with it; for most cases none.
    pub with: &'static [(&'static str, &'static str)],
    /// What comes back: it begins with the status, and the code if it is an error.
    pub leads_to: &'static str,
}

/// The guide to a provider's operations.
pub fn guide(provider: Provider) -> Guide {
    let (example, mut cases, instance) = match provider {
        Provider::Huawei => (
            vec![
                ("project_id", huawei::PROJECT),
                ("instance_id", huawei::INSTANCE),
                ("ssl_option", "true"),
                ("X-Auth-Token", "any-token-will-do"),
            ],
            huawei_cases(),
            "instance_id",
        ),
        Provider::Aliyun => (
            vec![("InstanceId", aliyun::INSTANCE), ("AccessKey ID", aliyun::KEY), ("AccessKey secret", aliyun::SECRET)],
            aliyun_cases(),
            "InstanceId",
        ),
    };
    cases.extend(FaultKind::ALL.map(|fault| case(instance, &fault_sentinel(provider, fault), fault.leads_to())));
    Guide { example, cases }
}

/// One entry of the error catalogue, and the input that leads to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CodeCase {
    /// The input to change; all others stay as in the example.
    pub input: &'static str,
    /// What to put into it.
    pub value: String,
    /// Status, code and message, as far as they are documented.
    pub leads_to: String,
}

/// An input for every entry of a provider's error catalogue.
pub fn code_cases(provider: Provider, catalogue: &ErrorCatalogue) -> Vec<CodeCase> {
    let input = match provider {
        Provider::Huawei => "instance_id",
        Provider::Aliyun => "InstanceId",
    };
    let entries = catalogue.entries();
    let case = |(index, entry): (usize, &ErrorEntry)| {
        let nth = entries.iter().take(index + 1).filter(|other| other.code == entry.code).count();
        let status = entry.status.map(|status| format!("{status} ")).unwrap_or_default();
        let message = entry.message.as_ref().map(|message| format!(": {message}")).unwrap_or_default();
        let leads_to = format!("{status}{}{message}", entry.code);
        Some(CodeCase { input, value: sentinel(provider, &entry.code, nth)?, leads_to })
    };
    entries.iter().enumerate().filter_map(case).collect()
}

fn case(input: &'static str, value: &str, leads_to: &'static str) -> Case {
    Case { input, value: value.to_owned(), with: &[], leads_to }
}

fn huawei_cases() -> Vec<Case> {
    vec![
        case("X-Auth-Token", "expired-token", "401 APIG.0301: the token's time is over"),
        case("X-Auth-Token", "wrong-token", "401 APIGW.0301: the token cannot be read"),
        case("X-Auth-Token", "denied-token", "403 DBS.200010: the user lacks the permission"),
        case("project_id", "ffffffffffffffffffffffffffffffff", "403 DBS.200044: the project of someone else"),
        case("instance_id", "ffffffffffffffffffffffffffffffffin07", "404 DBS.200002: no such instance"),
        case("instance_id", huawei::BUSY, "409 DBS.200019: the instance is always busy"),
    ]
}

fn aliyun_cases() -> Vec<Case> {
    const STS: &[(&str, &str)] = &[("AccessKey ID", aliyun::STS_KEY)];
    let token = |value: &str, leads_to| Case { with: STS, ..case("Security token", value, leads_to) };
    vec![
        case("InstanceId", aliyun::MASKED, "200: the masked id of the vendor's examples exists"),
        case("InstanceId", aliyun::CLOUD_NATIVE, "200: version 8.5, which needs no coordinating node"),
        case("InstanceId", aliyun::NO_COORDINATOR, "400 HttpsNeedClientNode: version 7.10 without coordinating node"),
        case("InstanceId", aliyun::ACTIVATING, "400 InstanceActivating: another change is running, for ever"),
        case("InstanceId", aliyun::REFUSING, "200 with \"Result\":false, which is a failure"),
        case("InstanceId", "es-cn-unknown0001", "400 InstanceNotFound: no such instance"),
        case("AccessKey ID", "LTAI5tUnknownAccessKeyId", "404 InvalidAccessKeyId.NotFound: no such key"),
        case("AccessKey ID", aliyun::INACTIVE_KEY, "400 InvalidAccessKeyId.Inactive: the key is switched off"),
        case("AccessKey ID", aliyun::DENIED_KEY, "403 Forbidden.RAM: the user lacks the permission"),
        case("AccessKey ID", aliyun::STS_KEY, "400 MissingSecurityToken: a temporary key without its token"),
        case("AccessKey secret", "not-the-secret", "400 SignatureDoesNotMatch: the secret of another key"),
        token(aliyun::STS_TOKEN, "200: a temporary key with its token"),
        token(aliyun::EXPIRED_TOKEN, "400 InvalidSecurityToken.Expired: the token's time is over"),
        token("CAISother+STS/token==", "400 InvalidSecurityToken.MismatchWithAccessKey: the token of another session"),
        token("cut-off", "400 InvalidSecurityToken.Malformed: not a whole token"),
    ]
}
