//! What to try with Alibaba Cloud Elasticsearch.

use super::{Case, Guide, case, courses, faults, readings};
use crate::sandbox::{Provider, aliyun, sentinel};

/// The paths of the calls besides OpenHttps.
pub(super) const LIST: &str = "/openapi/instances";
const DESCRIBE: &str = "/openapi/instances/{InstanceId}";
const RECORDS: &str = "/openapi/instances/{InstanceId}/action-records";
const CLOSE: &str = "/openapi/instances/{InstanceId}/actions/close-https";

pub(super) fn guide(path: &str) -> Guide {
    match path {
        LIST => list(),
        DESCRIBE => describe(),
        RECORDS => records(),
        CLOSE => Guide { example: example(aliyun::HTTPS), cases: switch(Vec::new(), sentinel::IS_HTTPS) },
        _ => elasticsearch(),
    }
}

fn example(instance: &'static str) -> Vec<(&'static str, &'static str)> {
    vec![("InstanceId", instance), ("AccessKey ID", aliyun::KEY), ("AccessKey secret", aliyun::SECRET)]
}

const UNKNOWN: &str = "es-cn-unknown0001";

fn list() -> Guide {
    let mut cases = vec![
        case("description", "search", "200: the one cluster whose name has this part"),
        case("instanceId", aliyun::INSTANCE, "200: the cluster with this id"),
        case("instanceId", UNKNOWN, "200: no cluster, for there is none with this id"),
        case("status", "activating", "200: the clusters in which another change is running, for ever"),
        case("size", "2", "200: the first page of two clusters; X-Total-Count tells of all"),
        case("page", "999", "200: a page without clusters, for there are not so many"),
    ];
    cases.extend(refused());
    let example = vec![("AccessKey ID", aliyun::KEY), ("AccessKey secret", aliyun::SECRET)];
    Guide { example, cases }
}

fn describe() -> Guide {
    let mut cases = vec![
        case("InstanceId", aliyun::HTTPS, "200: a cluster that answers HTTPS already"),
        case("InstanceId", aliyun::CLOUD_NATIVE, "200: version 8.5 without coordinating nodes"),
        case("InstanceId", aliyun::NO_COORDINATOR, "200: version 7.10 without coordinating nodes"),
        case("InstanceId", aliyun::OLD, "200: version 6.7 without coordinating nodes"),
        case("InstanceId", aliyun::ACTIVATING, "200: another change is running, for ever"),
        case("InstanceId", aliyun::INACTIVE, "200: a cluster that is frozen"),
        case("InstanceId", UNKNOWN, "400 InstanceNotFound: no such instance"),
    ];
    cases.extend(readings(Provider::Aliyun, "InstanceId"));
    cases.extend(refused());
    Guide { example: example(aliyun::INSTANCE), cases }
}

fn records() -> Guide {
    let mut cases = vec![
        case("InstanceId", aliyun::INSTANCE, "200: no change, until one is made here"),
        case("actionNames", "OpenHttps", "200: no change, for nobody switched HTTPS on"),
        case("InstanceId", UNKNOWN, "400 InstanceNotFound: no such instance"),
    ];
    cases.extend(readings(Provider::Aliyun, "InstanceId"));
    cases.extend(refused());
    Guide { example: example(aliyun::ACTIVATING), cases }
}

fn refused() -> [Case; 2] {
    [
        case("AccessKey ID", aliyun::DENIED_KEY, "403 Forbidden.RAM: the user lacks the permission"),
        case("AccessKey secret", "not-the-secret", "400 SignatureDoesNotMatch: the secret of another key"),
    ]
}

pub(super) fn elasticsearch() -> Guide {
    let only_here = vec![
        case("InstanceId", aliyun::MASKED, "200: the masked id of the vendor's examples exists"),
        case("InstanceId", aliyun::HTTPS, "200: a cluster that answers HTTPS already"),
        case("InstanceId", aliyun::CLOUD_NATIVE, "200: version 8.5, which needs no coordinating node"),
        case("InstanceId", aliyun::NO_COORDINATOR, "400 HttpsNeedClientNode: version 7.10 without coordinating node"),
        case("InstanceId", aliyun::OLD, "400 HttpsNeedClientNode: version 6.7 without coordinating node"),
    ];
    Guide { example: example(aliyun::INSTANCE), cases: switch(only_here, "") }
}

const UNSEEN: &str = "200: then the looks at the cluster go wrong, as its name says";

/// What both switches have in common, behind what one has alone. `end`: of the ids of faults and courses.
fn switch(mut cases: Vec<Case>, end: &str) -> Vec<Case> {
    const STS: &[(&str, &str)] = &[("AccessKey ID", aliyun::STS_KEY)];
    let token = |value: &str, leads_to| Case { with: STS, ..case("Security token", value, leads_to) };
    let instance = "InstanceId";
    cases.extend([
        case(instance, aliyun::ACTIVATING, "400 InstanceActivating: another change is running, for ever"),
        case(instance, aliyun::INACTIVE, "400 InstanceStatusNotSupportCurrentAction: the cluster is frozen"),
        case(instance, aliyun::REFUSING, "200 with \"Result\":false, which is a failure"),
        case(instance, UNKNOWN, "400 InstanceNotFound: no such instance"),
    ]);
    let looks = readings(Provider::Aliyun, instance).map(|case| Case { leads_to: UNSEEN, ..case });
    let named = courses(Provider::Aliyun, instance).chain(faults(Provider::Aliyun, instance)).chain(looks);
    cases.extend(named.map(|case| Case { value: case.value + end, ..case }));
    cases.extend([
        case("AccessKey ID", "LTAI5tUnknownAccessKeyId", "404 InvalidAccessKeyId.NotFound: no such key"),
        case("AccessKey ID", aliyun::INACTIVE_KEY, "400 InvalidAccessKeyId.Inactive: the key is switched off"),
        case("AccessKey ID", aliyun::STS_KEY, "400 MissingSecurityToken: a temporary key without its token"),
        token(aliyun::STS_TOKEN, "200: a temporary key with its token"),
        token(aliyun::EXPIRED_TOKEN, "400 InvalidSecurityToken.Expired: the token's time is over"),
        token("CAISother+STS/token==", "400 InvalidSecurityToken.MismatchWithAccessKey: the token of another session"),
        token("cut-off", "400 InvalidSecurityToken.Malformed: not a whole token"),
    ]);
    cases.extend(refused());
    cases
}
