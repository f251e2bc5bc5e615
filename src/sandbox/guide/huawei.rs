//! What to try with TaurusDB, with a token and with a key.

use super::{Case, Guide, case, faults};
use crate::sandbox::{Provider, huawei};

pub(super) fn database() -> Guide {
    let example = vec![
        ("project_id", huawei::PROJECT),
        ("instance_id", huawei::INSTANCE),
        ("ssl_option", "true"),
        ("X-Auth-Token", "any-token-will-do"),
    ];
    let cases = plain().into_iter().chain(signed()).chain(faults(Provider::Huawei, "instance_id"));
    Guide { example, cases: cases.collect() }
}

fn plain() -> Vec<Case> {
    vec![
        case("X-Auth-Token", "expired-token", "401 APIG.0301: the token's time is over"),
        case("X-Auth-Token", "wrong-token", "401 APIGW.0301: the token cannot be read"),
        case("X-Auth-Token", "denied-token", "403 DBS.200010: the user lacks the permission"),
        case("project_id", "ffffffffffffffffffffffffffffffff", "403 DBS.200044: the project of someone else"),
        case("instance_id", "ffffffffffffffffffffffffffffffffin07", "404 DBS.200002: no such instance"),
        case("instance_id", huawei::BUSY, "409 DBS.200019: the instance is always busy"),
    ]
}

/// The same call with a key instead of the token.
fn signed() -> Vec<Case> {
    const SECRET: &[(&str, &str)] = &[("AccessKey secret", huawei::SECRET)];
    const KEY: &[(&str, &str)] = &[("AccessKey ID", huawei::KEY)];
    const BOTH: &[(&str, &str)] = &[("AccessKey ID", huawei::KEY), ("AccessKey secret", huawei::SECRET)];
    const STS: &[(&str, &str)] = &[("AccessKey ID", huawei::STS_KEY), ("AccessKey secret", huawei::SECRET)];
    let with = |with, case| Case { with, ..case };
    let key = |value, leads_to| with(SECRET, case("AccessKey ID", value, leads_to));
    let token = |value, leads_to| with(STS, case("Security token", value, leads_to));
    vec![
        key(huawei::KEY, "200: signed with a key instead of the token"),
        key("DUMMYAKUNKNOWN000001", "401 APIGW.0301: no such key"),
        key(huawei::INACTIVE_KEY, "401 APIGW.0301: the key is switched off"),
        key(huawei::LOCKED_KEY, "401 APIGW.0301: the key is locked, as after six wrong signatures in a row"),
        key(huawei::DENIED_KEY, "403 DBS.200010: the user of the key lacks the permission"),
        key(huawei::STS_KEY, "401 APIGW.0301: a temporary key without its token does not exist"),
        with(KEY, case("AccessKey secret", "not-the-secret", "401 APIGW.0301: the secret of another key")),
        token(huawei::STS_TOKEN, "200: a temporary key with its token"),
        token(huawei::EXPIRED_STS_TOKEN, "401 APIGW.0301: the time of the temporary key is over"),
        token("the-token-of-another-key", "401 APIGW.0301: the token of another key"),
        with(BOTH, case("X-Project-Id", huawei::PROJECT, "200: signed with the project besides")),
        with(BOTH, case("X-Project-Id", huawei::SINGAPORE, "403 DBS.200044: the project of another region is named")),
    ]
}
