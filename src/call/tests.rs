mod security;

use super::*;
use crate::catalog::Scheme;
use crate::fixtures::{ssl_on, switch_ssl};
use crate::proxy::ConnectionKind;

#[test]
fn a_preview_shows_who_signs_and_leaves_date_and_signature_open() {
    let mut operation = switch_ssl();
    operation.security = vec![Scheme::new(SchemeKind::SdkHmac).into()];
    let mut keyring = Keyring::default();
    keyring.ensure_profile(&operation, crate::credentials::ProfileId::new(1));
    let profile = keyring.chosen_id(&operation.provider);
    for (label, text) in [("AccessKey ID", "DUMMYAK0000000000001"), ("AccessKey secret", "s3cret")] {
        keyring.set(profile, label, text);
    }
    let sandbox = Connection { name: String::new(), kind: ConnectionKind::Sandbox };
    let draft = ssl_on();
    let call = PlannedCall { operation: &operation, draft: &draft, keyring: &keyring, connection: &sandbox };
    let shown = call.preview().unwrap();
    let header = |name: &str| shown.headers.iter().find(|(other, _)| other == name).unwrap().1.clone();
    assert_eq!(header("X-Sdk-Date"), ShownValue::MadeAtSend);
    let authorization = "SDK-HMAC-SHA256 Access=••••0001, SignedHeaders=content-type;host;x-sdk-date, \
                         Signature=••••••";
    assert_eq!(header("Authorization"), ShownValue::Text(authorization.to_owned()));
    assert_eq!(shown.trace, []);
}
