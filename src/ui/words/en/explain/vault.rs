//! The vault and its passphrase.

use super::super::super::Message;
use crate::credentials::vault::VaultError;
use crate::outcome::Severity;

fn failed(title: &str) -> Message {
    Message::new(Severity::Error, title)
}

pub(super) fn passphrase_rule(least: usize) -> String {
    format!("At least {least} characters, best several words that only you put together. Nobody can recover it.")
}

pub(super) fn passphrases_differ() -> Message {
    failed("The two passphrases are not the same")
        .then("Type the passphrase twice. It cannot be recovered, so a slip would lock the vault for good.")
}

/// Two tabs have changed the same profiles.
pub(super) fn vault_conflict(profiles: &[String]) -> Message {
    failed("Another tab has changed the same profiles")
        .because(format!("This page and another tab have changed: {}. Nothing is saved yet.", profiles.join(", ")))
        .then("Choose which content counts. All other changes of both tabs are kept.")
}

pub(super) fn vault_error(error: &VaultError) -> Message {
    match error {
        VaultError::NoCrypto => failed("No vault without https")
            .because("Browsers give a page their cryptography only if it came over https, or from this computer itself. This page came over plain http.")
            .then("Open the console under its https address, or ask who runs this site to serve it that way.")
            .then("Without the vault everything else works: secrets stay in memory until the page is closed."),
        VaultError::NoStorage(complaint) => failed("This browser does not let the page store a vault")
            .because(format!("The browser says: {complaint}."))
            .because("A private window, blocked site data or a full disk are the usual causes.")
            .then("Allow this site to store data, or use a window that is not private, and try again.")
            .then("Until then secrets stay in memory and are gone when the page is closed."),
        VaultError::Cryptography(complaint) => failed("The browser's cryptography failed")
            .because(format!("The browser says: {complaint}."))
            .then("Try again. If it goes on, update the browser or use another one."),
        VaultError::ShortPassphrase { least } => failed("This passphrase is too short")
            .because(format!("It must have at least {least} characters: whoever copies the vault can try short ones quickly."))
            .then("Choose a longer one, best several words that only you put together."),
        VaultError::WrongPassphrase => failed("Wrong passphrase")
            .because("The vault does not open with this passphrase.")
            .then("Check capital letters and spaces.")
            .then("Check the keyboard's language and Caps Lock, and enter the passphrase again.")
            .then("If the passphrase is lost, nobody can open the vault: erase it and enter the secrets again."),
        VaultError::Corrupted(part) => failed("The vault is damaged")
            .because(format!("What this browser has stored is not what the console wrote: the {part} of the record does not fit."))
            .because("A failing disk, or a program or extension that changed the browser's data, are the usual causes. The passphrase is not to blame.")
            .then("Restore the browser's profile from a backup if there is one.")
            .then("Otherwise erase the vault, enter the secrets again and seal a new one."),
        VaultError::Absent => failed("There is no vault in this browser")
            .because("It was never sealed here, or it was erased: by you, in another tab, or with the site's data by the browser.")
            .then("Enter the secrets and seal a new vault."),
        VaultError::Locked => failed("The vault was locked meanwhile")
            .because("Locking removes the secrets from this page. Nothing was saved, and the vault is as it was.")
            .then("Open the vault again. If something is missing there, enter it and save."),
        VaultError::Replaced => failed("The vault was sealed anew elsewhere")
            .because("Another tab of this browser has sealed a new vault since this page opened it. Nothing was overwritten.")
            .then("Open the vault again, with its new passphrase, and then save."),
        VaultError::Changed => failed("Another tab is saving into the vault")
            .because("It saved again while this page was putting both contents together. Nothing was overwritten.")
            .then("Save the changes again."),
        VaultError::Exists => failed("This browser has a vault already")
            .because("Another tab of this browser has made one since this page was loaded. Nothing was overwritten.")
            .then("Unlock that vault with its passphrase, and then save your changes into it."),
    }
}
