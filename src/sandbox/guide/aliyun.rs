//! What to try with Alibaba Cloud Elasticsearch.

use super::{Case, Guide, case, faults};
use crate::sandbox::{Provider, aliyun};

pub(super) fn guide(path: &str) -> Guide {
    if path == LIST { list() } else { elasticsearch() }
}

/// The path of ListInstance.
pub(super) const LIST: &str = "/openapi/instances";

fn list() -> Guide {
    let example = vec![("AccessKey ID", aliyun::KEY), ("AccessKey secret", aliyun::SECRET)];
    let cases = vec![
        case("description", "search", "200: the one cluster whose name has this part"),
        case("instanceId", aliyun::INSTANCE, "200: the cluster with this id"),
        case("instanceId", "es-cn-unknown0001", "200: no cluster, for there is none with this id"),
        case("status", "activating", "200: the cluster in which another change is running, for ever"),
        case("size", "2", "200: the first page of two clusters; X-Total-Count tells of all"),
        case("page", "9", "200: a page without clusters, for there are not so many"),
        case("AccessKey ID", aliyun::DENIED_KEY, "403 Forbidden.RAM: the user lacks the permission"),
        case("AccessKey secret", "not-the-secret", "400 SignatureDoesNotMatch: the secret of another key"),
    ];
    Guide { example, cases }
}

pub(super) fn elasticsearch() -> Guide {
    let example =
        vec![("InstanceId", aliyun::INSTANCE), ("AccessKey ID", aliyun::KEY), ("AccessKey secret", aliyun::SECRET)];
    Guide { example, cases: cases().into_iter().chain(faults(Provider::Aliyun, "InstanceId")).collect() }
}

fn cases() -> Vec<Case> {
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
