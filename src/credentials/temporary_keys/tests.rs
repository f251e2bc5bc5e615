use super::*;

fn read(text: &str) -> Option<(Vec<String>, Option<String>)> {
    let keys = temporary_keys(text)?;
    Some((keys.values.iter().map(|(label, text)| format!("{label}={}", text.as_str())).collect(), keys.expires))
}

fn parts(text: &str) -> String {
    read(text).map(|(values, _)| values.join(" ")).unwrap_or_default()
}

const PAIR: &str = "AccessKey ID=LTAIDummy AccessKey secret=s3cret+/=";
const THREE: &str = "AccessKey ID=LTAIDummy AccessKey secret=s3cret+/= Security token=CAIS+/==";

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
fn tok_10() {
    let profile = r#"{"access_key_id": "LTAIDummy", "access_key_secret": "s3cret+/=", "sts_token": "CAIS+/=="}"#;
    assert_eq!(parts(profile), THREE);
    assert_eq!(parts(&format!("\u{feff}{profile}")), THREE);
    assert_eq!(parts(&format!("\u{feff}\r\n {profile}\r\n")), THREE);
}

#[test]
fn tok_10_a_pair_that_does_not_end_is_taken_without_a_token() {
    assert_eq!(parts(r#"{"Credentials": {"AccessKeyId": "LTAIDummy", "AccessKeySecret": "s3cret+/="}}"#), PAIR);
    assert_eq!(parts(r#"{"access_key_id": "LTAIDummy", "access_key_secret": "s3cret+/=", "sts_token": ""}"#), PAIR);
    // Alibaba Cloud's CreateAccessKey.
    let created = r#"{"RequestId": "1", "AccessKey": {"AccessKeyId": "LTAIDummy", "AccessKeySecret": "s3cret+/=", "Status": "Active"}}"#;
    assert_eq!(parts(created), PAIR);
}

#[test]
fn tok_10_the_file_of_the_command_line_gives_the_profile_in_use() {
    let file = |current: &str| {
        format!(
            r#"{{"current": "{current}", "profiles": [
            {{"name": "empty", "mode": "AK", "access_key_id": "", "access_key_secret": ""}},
            {{"name": "old", "mode": "AK", "access_key_id": "LTAIOld", "access_key_secret": "old"}},
            {{"name": "now", "mode": "StsToken", "access_key_id": "LTAIDummy", "access_key_secret": "s3cret+/=",
              "sts_token": "CAIS+/==", "region_id": "cn-hangzhou", "retry_timeout": 0}}], "meta_path": ""}}"#
        )
    };
    assert_eq!(parts(&file("now")), THREE);
    assert_eq!(parts(&file("gone")), "AccessKey ID=LTAIOld AccessKey secret=old");
}

#[test]
fn tok_10_lines_of_a_shell_and_of_a_file_are_read() {
    for text in [
        "export ALIBABA_CLOUD_ACCESS_KEY_ID=LTAIDummy\nexport ALIBABA_CLOUD_ACCESS_KEY_SECRET=s3cret+/=\nexport ALIBABA_CLOUD_SECURITY_TOKEN=CAIS+/==\n",
        "export HUAWEICLOUD_SDK_AK='LTAIDummy'; \nexport HUAWEICLOUD_SDK_SK='s3cret+/=';\nexport HUAWEICLOUD_SDK_SECURITY_TOKEN=\"CAIS+/==\";",
        "set HW_ACCESS_KEY=LTAIDummy\r\nset HW_SECRET_KEY=s3cret+/=\r\nset HW_SECURITY_TOKEN=CAIS+/==\r\n",
        "$env:ALICLOUD_ACCESS_KEY=\"LTAIDummy\"\n$env:ALICLOUD_SECRET_KEY=\"s3cret+/=\"\n$env:ALICLOUD_SECURITY_TOKEN=\"CAIS+/==\"",
        "[default]\naws_access_key_id = LTAIDummy\naws_secret_access_key = s3cret+/=\naws_session_token = CAIS+/==",
        "\u{feff}AccessKey ID: LTAIDummy\nAccessKey Secret: s3cret+/=\nSecurity Token: CAIS+/==",
    ] {
        assert_eq!(parts(text), THREE, "{text}");
    }
}

#[test]
fn tok_10_the_files_that_the_consoles_download_are_read() {
    for text in [
        // Huawei Cloud's.
        "User Name,Access Key Id,Secret Access Key\r\n\"someone\",LTAIDummy,s3cret+/=\r\n",
        "\u{feff}User Name,Access Key Id,Secret Access Key\nsomeone,LTAIDummy,s3cret+/=",
        // Alibaba Cloud's.
        "AccessKey ID,AccessKey Secret\nLTAIDummy,s3cret+/=\n",
        "\"AccessKeyId\",\"AccessKeySecret\"\n\"LTAIDummy\",\"s3cret+/=\"",
    ] {
        assert_eq!(parts(text), PAIR, "{text}");
    }
}

#[test]
fn anything_else_is_not_taken() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for text in [
        "",
        "\u{feff}",
        "STS.NTDummy",
        "{}",
        "[]",
        "{\"AccessKeyId\": \"a\"",
        r#"{"Credentials": {"AccessKeyId": "a", "SecurityToken": "b"}}"#,
        r#"{"AccessKeyId": 1, "AccessKeySecret": "b"}"#,
        "export ALIBABA_CLOUD_ACCESS_KEY_ID=a",
        "AccessKey ID,AccessKey Secret",
        "AccessKey ID,AccessKey Secret\na",
        &deep,
    ] {
        assert_eq!(read(text), None, "{}", text.chars().take(80).collect::<String>());
    }
}

#[test]
fn debug_shows_no_part() {
    let keys = temporary_keys(r#"{"access": "AK", "secret": "canary", "securitytoken": "canary"}"#).unwrap();
    assert!(!format!("{keys:?}").contains("canary"));
}
