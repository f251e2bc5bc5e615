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
        VaultError::Replaced => VaultError::Replaced,
    );
    for error in &all {
        let told = vault_error(error);
        assert!(!told.causes.is_empty() && !told.next.is_empty(), "{error:?}");
    }
    assert_all_proper(named(all.clone(), |error| vault_error(error).title));
    assert_all_proper(named(all, |error| words(&vault_error(error))));
}

#[test]
fn what_the_browser_complains_of_and_what_is_damaged_are_told() {
    let told = words(&vault_error(&VaultError::NoStorage("InvalidStateError: a mutation is not allowed".into())));
    assert!(told.contains("InvalidStateError: a mutation is not allowed."), "{told}");
    let told = words(&vault_error(&VaultError::Corrupted("payload")));
    assert!(told.contains("the payload of the record"), "{told}");
}

#[test]
fn the_rule_for_passphrases_is_the_one_that_is_checked() {
    assert!(passphrase_rule().contains(&format!("At least {LEAST_PASSPHRASE} characters")));
    assert!(check_passphrase(&"x".repeat(LEAST_PASSPHRASE)).is_ok());
    let short = check_passphrase(&"x".repeat(LEAST_PASSPHRASE - 1)).unwrap_err();
    assert!(words(&vault_error(&short)).contains(&format!("at least {LEAST_PASSPHRASE} characters")));
}
