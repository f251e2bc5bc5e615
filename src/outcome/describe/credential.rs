//! What is told about credentials: a key about to be locked, a clock that is off, an answer that gave a credential.

use super::{Explanation, Tone};
use crate::catalog::Lockout;

/// The console has stopped before the provider locks the key.
pub fn lockout(failures: u64, lockout: Lockout) -> Explanation {
    Explanation::new(Tone::Bad, "Stopped before the key is locked. Nothing was sent")
        .because(format!("{failures} signatures in a row were refused."))
        .because(format!(
            "The provider locks a key for {} minutes after {} bad signatures in a row, for everybody who uses it.",
            lockout.minutes, lockout.failures
        ))
        .then("Look at the comparison with what the server signed, where it told that.")
        .then("Enter the AccessKey secret again, whole, and check that it belongs to this AccessKey ID.")
        .then("When something is corrected, allow one more try below. It counts if it fails as well.")
}

/// The server's clock is this many seconds ahead of this computer's, which is too far to sign.
pub fn clock_off(seconds: i64) -> String {
    let direction = if seconds > 0 { "behind" } else { "ahead of" };
    format!("This computer's clock is {} {direction} the server's.", super::span(seconds.unsigned_abs()))
}

/// A panel's own call lacks something; the complaints are complete sentences but for their stop.
pub fn not_complete(issues: Vec<String>) -> Explanation {
    let told = Explanation::new(Tone::Bad, "This cannot be sent yet");
    if issues.is_empty() {
        return told.because("Its description could not be read, or the profile cannot sign it.");
    }
    issues.into_iter().fold(told, |told, issue| told.because(format!("{issue}.")))
}

/// Signing with another time than this computer's.
pub fn clock_offset(seconds: i64) -> String {
    let direction = if seconds > 0 { "later" } else { "earlier" };
    format!(
        "Signatures are dated {} {direction} than this computer's clock, as you asked.",
        super::span(seconds.unsigned_abs())
    )
}

/// A call gave a credential, which is kept now.
pub fn granted(profile: &str) -> String {
    format!("The credential is kept in this page's memory, for the profile {profile}. It is masked below.")
}

/// A new passphrase that was not typed the same twice.
pub fn passphrases_differ() -> Explanation {
    Explanation::new(Tone::Bad, "The two passphrases are not the same")
        .then("Type the passphrase twice. It cannot be recovered, so a slip would lock the vault for good.")
}
