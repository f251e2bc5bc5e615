//! Temporary keys as the clouds' token services answer them, pasted by a person.

use super::secret_json::read_string;
use crate::sign::scheme::{KEY_ID, KEY_SECRET, SECURITY_TOKEN};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use zeroize::Zeroizing;

/// The parts of temporary keys.
#[derive(PartialEq, Eq)]
pub struct TemporaryKeys {
    /// The inputs of the credential by their labels.
    pub values: Vec<(&'static str, Zeroizing<String>)>,
    /// When they end, as the service writes it.
    pub expires: Option<String>,
}

/// Nothing but secrets.
impl std::fmt::Debug for TemporaryKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TemporaryKeys").field("expires", &self.expires).finish_non_exhaustive()
    }
}

/// Label of the input, and the names that services give the part: Alibaba Cloud's STS, its metadata service, Huawei
/// Cloud's IAM.
const PARTS: [(&str, &[&str]); 3] = [
    (KEY_ID, &["AccessKeyId", "AccessKeyID", "access"]),
    (KEY_SECRET, &["AccessKeySecret", "secret"]),
    (SECURITY_TOKEN, &["SecurityToken", "securitytoken"]),
];
const ENDS: [&str; 2] = ["Expiration", "expires_at"];

/// Reads an answer, whole or only the part with the keys. `None`: it is no JSON, or a part is missing.
pub fn temporary_keys(text: &str) -> Option<TemporaryKeys> {
    let text = text.trim();
    // An error about anything but an object could quote a secret.
    let members: BTreeMap<String, &RawValue> =
        if text.starts_with('{') { serde_json::from_str(text).ok()? } else { return None };
    let text = |names: &[&str]| names.iter().find_map(|name| read_string(members.get(*name)?));
    let values = PARTS.map(|(label, names)| Some((label, text(names)?)));
    match values.into_iter().collect::<Option<Vec<_>>>() {
        Some(values) => Some(TemporaryKeys { values, expires: text(&ENDS).map(|text| text.to_string()) }),
        None => members.values().find_map(|member| temporary_keys(member.get())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(Vec<String>, Option<String>)> {
        let keys = temporary_keys(text)?;
        Some((keys.values.iter().map(|(label, text)| format!("{label}={}", text.as_str())).collect(), keys.expires))
    }

    #[test]
    fn the_answers_of_both_clouds_are_read() {
        let aliyun = r#" {"RequestId": "1", "AssumedRoleUser": {"Arn": "acs:ram::1"}, "Credentials": {"AccessKeyId": "STS.NTDummy",
            "AccessKeySecret": "s", "SecurityToken": "CAIS", "Expiration": "2026-11-22T15:00:00Z"}} "#;
        let expected = ["AccessKey ID=STS.NTDummy", "AccessKey secret=s", "Security token=CAIS"].map(String::from);
        assert_eq!(read(aliyun), Some((expected.to_vec(), Some("2026-11-22T15:00:00Z".into()))));
        let huawei = r#"{"credential": {"access": "AK", "secret": "SK", "securitytoken": "T", "expires_at": "2026-11-22T15:00:00.000000Z"}}"#;
        let expected = ["AccessKey ID=AK", "AccessKey secret=SK", "Security token=T"].map(String::from);
        assert_eq!(read(huawei), Some((expected.to_vec(), Some("2026-11-22T15:00:00.000000Z".into()))));
    }

    #[test]
    fn anything_else_is_not_taken() {
        for text in ["", "STS.NTDummy", "{}", r#"{"Credentials": {"AccessKeyId": "a", "AccessKeySecret": "b"}}"#] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn debug_shows_no_part() {
        let keys = temporary_keys(r#"{"access": "AK", "secret": "canary", "securitytoken": "canary"}"#).unwrap();
        assert!(!format!("{keys:?}").contains("canary"));
    }
}
