use super::*;
use crate::catalog::Lockout;

#[test]
fn a_key_about_to_be_locked_says_how_far_it_is_and_that_nothing_was_sent() {
    let told = words(&lockout(2, Lockout { failures: 6, minutes: 5 }));
    for part in ["Nothing was sent", "2 signatures in a row", "locks a key for 5 minutes after 6", "one more try"] {
        assert!(told.contains(part), "{part}: {told}");
    }
}

#[test]
fn two_clocks_are_told_apart_and_so_is_an_offset() {
    assert_eq!(clock_off(1_200), "This computer's clock is 20 minutes behind the server's.");
    assert_eq!(clock_off(-7_200), "This computer's clock is 2 hours ahead of the server's.");
    assert_eq!(clock_offset(1_200), "Signatures are dated 20 minutes later than this computer's clock, as you asked.");
    assert_eq!(clock_offset(-60), "Signatures are dated 60 seconds earlier than this computer's clock, as you asked.");
}

#[test]
fn what_is_missing_for_a_panels_own_call_is_listed() {
    let told = words(&not_complete(vec!["Password must be filled in".into(), "X-Auth-Token is required".into()]));
    assert!(told.ends_with("Password must be filled in.\nX-Auth-Token is required."), "{told}");
    assert!(!not_complete(Vec::new()).causes.is_empty(), "never without a reason");
}

#[test]
fn a_passphrase_typed_twice_in_two_ways_says_why_that_matters() {
    assert!(words(&passphrases_differ()).contains("cannot be recovered"));
    assert!(granted("Production").contains("Production"));
    assert!(words(&nothing_to_send_with()).contains("_bg.wasm"));
}

#[test]
fn a_title_ends_before_the_text_that_a_gateway_signed() {
    let message =
        "Incorrect IAM authentication information: verify aksk signature fail, canonicalRequest:PUT|/v3/a/||host:h";
    let outcome = Outcome::ApiError { code: "APIGW.0301".into(), message: message.into(), status: 401 };
    let told = answer(&answer_with(outcome), &switch_ssl(), Lookup::Unknown);
    assert_eq!(told.title, "APIGW.0301: Incorrect IAM authentication information: verify aksk signature fail");
}
