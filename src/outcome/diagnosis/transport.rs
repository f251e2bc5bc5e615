//! No answer at all.

use super::{Cause, Diagnosis, Remedy, Severity, Title};
use crate::catalog::Operation;
use crate::proxy::Passage;
use crate::transport::{Circumstances, TransportError};

/// Why there is no answer to a call of `operation`.
pub fn of_transport_error(error: &TransportError, operation: &Operation, passage: Passage) -> Diagnosis {
    let failed = |title| Diagnosis::new(Severity::Error, title);
    let found = match error {
        TransportError::Offline => {
            failed(Title::Offline).because(Cause::NoNetwork).because(Cause::NothingSent).then(Remedy::ConnectNetwork)
        }
        TransportError::TimedOut(limit) => {
            failed(Title::TimedOut(*limit)).because(Cause::Slow).then(Remedy::RaiseTimeLimit)
        }
        TransportError::Cancelled => failed(Title::Cancelled).because(Cause::StoppedWaiting),
        TransportError::Blocked(known) if known.policy => failed(Title::StoppedByPolicy)
            .because(Cause::Policy)
            .because(Cause::NothingSent)
            .then(Remedy::AllowInPolicy),
        TransportError::Blocked(known) => blocked(*known),
        TransportError::NotLoaded => failed(Title::NotLoaded)
            .because(Cause::FilesMissing)
            .because(Cause::NothingSent)
            .then(Remedy::SendAgainOrReload),
        TransportError::WorkerStopped => failed(Title::SandboxStopped)
            .because(Cause::WorkerFailed)
            .because(Cause::NothingSent)
            .then(Remedy::StartSandboxAgain),
        TransportError::Browser(complaint) => {
            failed(Title::RefusedByBrowser).because(Cause::BrowserSays(complaint.clone())).then(Remedy::CheckAddress)
        }
    };
    if !error.may_have_arrived() {
        return found;
    }
    let mut found = found.may_have_happened(operation);
    if matches!(passage, Passage::Provider | Passage::OtherProxy) && operation.is_mutating() {
        found.causes.insert(1, Cause::MaybeRepeated);
    }
    found
}

/// The browser only says that it failed. What is known for certain comes first; the rest are likely causes.
fn blocked(known: Circumstances) -> Diagnosis {
    let mut found = Diagnosis::new(Severity::Error, Title::Blocked);
    found.causes.push(if known.offline { Cause::NetworkLost } else { Cause::NothingListens });
    found.causes.extend(known.mixed_content.then_some(Cause::MixedContent));
    found.causes.extend(known.cross_origin.then_some(Cause::CrossOrigin));
    found
        .because(Cause::Redirected)
        .because(Cause::CutOff)
        .then(Remedy::CheckConnection)
        .then(Remedy::OpenDeveloperTools)
}
