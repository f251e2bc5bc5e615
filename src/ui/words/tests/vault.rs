//! The vault.

use super::*;
use crate::credentials::vault::{LEAST_PASSPHRASE, VaultError, check_passphrase};

#[test]
fn everything_that_can_go_wrong_with_the_vault_has_words_and_a_next_step() {
    let all = every!(VaultError:
        VaultError::NoCrypto => VaultError::NoCrypto,
        VaultError::NoStorage(_) => VaultError::NoStorage("SecurityError: the user denied permission".into()),
        VaultError::Cryptography(_) => VaultError::Cryptography("OperationError".into()),
        VaultError::ShortPassphrase { .. } => VaultError::ShortPassphrase { least: 12 },
        VaultError::WrongPassphrase => VaultError::WrongPassphrase,
        VaultError::Corrupted(_) => VaultError::Corrupted("checksum"),
        VaultError::Absent => VaultError::Absent,
        VaultError::Locked => VaultError::Locked,
        VaultError::Replaced => VaultError::Replaced,
        VaultError::Changed => VaultError::Changed,
        VaultError::Exists => VaultError::Exists,
    );
    read_messages(&all, vault_words().vault_error);
    for error in &all {
        let message = (vault_words().vault_error)(error);
        assert!(!message.causes.is_empty() && !message.remedies.is_empty(), "{error:?}");
    }
    let conflict = (vault_words().vault_conflict)(&[String::from("Production"), String::from("X-Auth-Token 2")]);
    read_message("vault_conflict", &conflict);
    assert!(text_of(&conflict).contains("Production, X-Auth-Token 2"));
    read_message("passphrases_differ", &(vault_words().passphrases_differ)());
    assert_sentence("passphrase_rule", &(vault_words().passphrase_rule)(12));
}

#[test]
fn what_the_browser_complains_of_and_what_is_damaged_are_told() {
    let text = |error| text_of(&(vault_words().vault_error)(&error));
    let complaint = text(VaultError::NoStorage("InvalidStateError: a mutation is not allowed".into()));
    assert!(complaint.contains("InvalidStateError: a mutation is not allowed."), "{complaint}");
    assert!(text(VaultError::Corrupted("payload")).contains("the payload of the record"));
    assert!(text_of(&(vault_words().passphrases_differ)()).contains("cannot be recovered"));
}

#[test]
fn the_rule_for_passphrases_is_the_one_that_is_checked() {
    let words = vault_words();
    assert!((words.passphrase_rule)(LEAST_PASSPHRASE).contains(&format!("At least {LEAST_PASSPHRASE} characters")));
    assert!(check_passphrase(&"x".repeat(LEAST_PASSPHRASE)).is_ok());
    let short = check_passphrase(&"x".repeat(LEAST_PASSPHRASE - 1)).unwrap_err();
    let text = text_of(&(words.vault_error)(&short));
    assert!(text.contains(&format!("at least {LEAST_PASSPHRASE} characters")), "{text}");
}
