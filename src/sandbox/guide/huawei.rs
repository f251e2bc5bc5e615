//! What to try with TaurusDB, with a token and with a key.

use super::{Case, Guide, case, courses, faults, readings};
use crate::sandbox::{Provider, huawei};

/// The paths of the calls that only read.
pub(super) const LIST: &str = "/v3.1/{project_id}/instances";
const DETAILS: &str = "/v3.1/{project_id}/instances/{instance_id}";
pub(super) const JOB: &str = "/v3/{project_id}/jobs";
pub(super) const TASKS: &str = "/v3/{project_id}/immediate-jobs";

pub(super) fn guide(path: &str) -> Guide {
    match path {
        LIST => list(),
        DETAILS => details(),
        JOB => job(),
        TASKS => tasks(),
        _ => database(),
    }
}

const PROJECT: (&str, &str) = ("project_id", huawei::PROJECT);
const TOKEN: (&str, &str) = ("X-Auth-Token", "any-token-will-do");

pub(super) fn database() -> Guide {
    let example = vec![PROJECT, ("instance_id", huawei::INSTANCE), ("ssl_option", "true"), TOKEN];
    let instance = "instance_id";
    let going = courses(Provider::Huawei, instance).chain(faults(Provider::Huawei, instance));
    // The looks after the change are refused, not the change.
    let looks = readings(Provider::Huawei, instance).map(|case| Case { leads_to: UNSEEN, ..case });
    Guide { example, cases: plain().into_iter().chain(going).chain(looks).chain(signed()).collect() }
}

const UNSEEN: &str = "200: then the looks at the task go wrong, as its name says";

fn list() -> Guide {
    let mut cases = vec![
        case("name", "*orders", "200: the instances whose name contains orders"),
        case("id", huawei::INSTANCE, "200: the instance with this id"),
        case("id", "ffffffffffffffffffffffffffffffffin07", "200: no instance, for there is none with this id"),
        case("offset", "100", "200: the last instances; total_count tells of all"),
        case("limit", "2", "200: two instances; total_count tells of all"),
    ];
    cases.extend(refused());
    Guide { example: vec![PROJECT, TOKEN], cases }
}

fn details() -> Guide {
    let mut cases = vec![
        case("instance_id", huawei::SINGLE, "200: an instance of one node"),
        case("instance_id", huawei::ABNORMAL, "200: an instance that is not healthy"),
        case("instance_id", huawei::CREATING, "200: an instance that is being created"),
        case("instance_id", "ffffffffffffffffffffffffffffffffin07", "404 DBS.200002: no such instance"),
    ];
    cases.extend(readings(Provider::Huawei, "instance_id"));
    cases.extend(refused());
    Guide { example: vec![PROJECT, ("instance_id", huawei::INSTANCE), TOKEN], cases }
}

fn job() -> Guide {
    let mut cases = vec![
        case("id", huawei::COMPLETED, "200: a task that is finished"),
        case("id", huawei::FAILED, "200: a task that failed, with the reason"),
        case("id", huawei::CANCELED, "200: a task that was cancelled"),
        case("id", "e0fbbfc8-1ac4-4721-b9e9-7dd685c5bdd7", "400 DBS.200543: nobody can see such a task"),
    ];
    cases.extend(refused());
    Guide { example: vec![PROJECT, ("id", huawei::RUNNING), TOKEN], cases }
}

fn tasks() -> Guide {
    let mut cases = vec![
        case("status", "Running", "200: the task that runs for ever, and the switches that run"),
        case("status", "Failed", "200: the tasks that failed"),
        case("job_name", "GaussDBforMySQLSwitchSSL", "200: the switches of SSL"),
        case("job_id", huawei::RUNNING, "200: the task with this id"),
        case("limit", "50", "200: up to 50 tasks; total_count tells of all"),
        case("offset", "11", "200: from the eleventh task on"),
    ];
    cases.extend(refused());
    Guide { example: vec![PROJECT, TOKEN], cases }
}

/// What every call refuses.
fn refused() -> Vec<Case> {
    vec![
        case("X-Auth-Token", "expired-token", "401 APIG.0301: the token's time is over"),
        case("X-Auth-Token", "wrong-token", "401 APIGW.0301: the token cannot be read"),
        case("X-Auth-Token", "denied-token", "403 DBS.200010: the user lacks the permission"),
        case("project_id", "ffffffffffffffffffffffffffffffff", "403 DBS.200044: the project of someone else"),
    ]
}

fn plain() -> Vec<Case> {
    let mut cases = refused();
    cases.extend([
        case("instance_id", "ffffffffffffffffffffffffffffffffin07", "404 DBS.200002: no such instance"),
        case("instance_id", huawei::BUSY, "409 DBS.200019: the instance is always busy"),
        case("instance_id", huawei::SINGLE, "400 DBS.201014: the instance has one node only"),
        case("instance_id", huawei::ABNORMAL, "400 DBS.201014: the instance is not healthy"),
        case("instance_id", huawei::CREATING, "400 DBS.201014: the instance is being created"),
    ]);
    cases
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
