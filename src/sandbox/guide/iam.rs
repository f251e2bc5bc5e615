//! What to try with IAM. Every operation has its own example; `auth` is the JSON text of that part of the body.

use super::{Case, Guide, case};
use crate::sandbox::huawei;

pub(super) fn guide(path: &str) -> Option<Guide> {
    match path {
        "/v3/auth/tokens" => Some(login()),
        "/v3/projects" => Some(projects()),
        "/v3/auth/projects" => Some(Guide { example: vec![TOKEN], cases: refused() }),
        "/v3.0/OS-CREDENTIAL/securitytokens" => Some(temporary_key()),
        _ => None,
    }
}

const TOKEN: (&str, &str) = ("X-Auth-Token", "any-token-will-do");

/// The text of `auth` for a user, a password and a project; with a passcode if there is one.
macro_rules! login {
    ($user:literal, $password:literal, $project:literal) => {
        concat!(
            r#"{"identity":{"methods":["password"],"password":{"user":{"name":""#,
            $user,
            r#"","password":""#,
            $password,
            r#"","domain":{"name":"DummyAccount"}}}},"scope":{"project":{"name":""#,
            $project,
            r#""}}}"#
        )
    };
    ($passcode:literal) => {
        concat!(
            r#"{"identity":{"methods":["password","totp"],"password":{"user":{"name":"DummyMfaUser","#,
            r#""password":"DummyPassword!0","domain":{"name":"DummyAccount"}}},"#,
            r#""totp":{"user":{"id":"09f4a0d7700025c21f3ec01a5e8dummy","passcode":""#,
            $passcode,
            r#""}}},"scope":{"project":{"name":"cn-north-4"}}}"#
        )
    };
}

fn login() -> Guide {
    let example = login!("DummyUser", "DummyPassword!0", "cn-north-4");
    let auth = |value, leads_to| case("auth", value, leads_to);
    let cases = vec![
        auth(login!("DummyUser", "DummyPassword!0", "ap-southeast-3"), "201: a token for the project of Singapore"),
        auth(login!("DummyShortUser", "DummyPassword!0", "cn-north-4"), "201: a token that ends after ten minutes"),
        auth(login!("DummyBriefUser", "DummyPassword!0", "cn-north-4"), "201: a token that ends after one minute"),
        auth(login!("123456"), "201: a user with a device, and its passcode"),
        auth(login!("000000"), "401: the passcode is wrong"),
        auth(login!("DummyMfaUser", "DummyPassword!0", "cn-north-4"), "401: the passcode is missing"),
        auth(login!("DummyUser", "not-the-password", "cn-north-4"), "401: the password is wrong; five lock the user"),
        auth(login!("NoUser", "DummyPassword!0", "cn-north-4"), "401: there is no such user"),
        auth(login!("DummyUser", "DummyPassword!0", "cn-north-1"), "404: the account has no such project"),
        auth(&login!("123456").replace(r#""password","totp""#, r#""totp""#), "400: a passcode alone is not enough"),
    ];
    Guide { example: vec![("auth", example)], cases }
}

fn projects() -> Guide {
    let mut cases = vec![
        case("name", "ap-southeast-3", "200: the project of Singapore"),
        case("name", "MOS", "200: a project that is no region"),
        case("name", "cn-north-1", "200: no project, for the account has none there"),
        case("X-Auth-Token", "denied-token", "403: the user lacks the permission"),
    ];
    cases.extend(refused());
    Guide { example: vec![("name", "cn-north-4"), TOKEN], cases }
}

fn refused() -> Vec<Case> {
    const SECRET: &[(&str, &str)] = &[("AccessKey secret", huawei::SECRET)];
    vec![
        case("X-Auth-Token", "expired-token", "401: the token's time is over"),
        case("X-Auth-Token", "wrong-token", "401: the token cannot be read"),
        Case { with: SECRET, ..case("AccessKey ID", huawei::KEY, "200: signed with a key instead of the token") },
    ]
}

fn temporary_key() -> Guide {
    const HOUR: &str = r#"{"identity":{"methods":["token"],"token":{"duration_seconds":3600}}}"#;
    let cases = vec![
        case("X-Auth-Token", "expired-token", "401 IAM.0066: the token's time is over"),
        case("X-Auth-Token", "wrong-token", "401 IAM.0067: the token cannot be read"),
        case("X-Auth-Token", "denied-token", "403 IAM.0002: the user lacks the permission"),
    ];
    Guide { example: vec![("auth", HOUR), TOKEN], cases }
}
