//! What an answer, a lost call or a refused signature means: data, no words. The words are in `ui::words`.
//!
//! A [`Diagnosis`] says what happened, why, and what to do. Its parts are enums that carry the facts: numbers, names, and
//! texts of the description, of the error catalogue or of the server.

mod answer;
pub mod comparison;
mod transport;

pub use answer::{Lookup, of_answer};
pub use comparison::of_comparison;
pub use transport::of_transport_error;

use super::{BodyKind, UndecodableReason};
use crate::catalog::Operation;
use std::time::Duration;

/// How something went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// It worked.
    Success,
    /// It may or may not have worked.
    Warning,
    /// It did not work.
    Error,
}

/// What happened, why, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis<T = Title, C = Cause, R = Remedy> {
    pub severity: Severity,
    pub title: T,
    /// Why, as far as it is known; likely causes where it is not.
    pub causes: Vec<C>,
    /// What to do now, in order.
    pub remedies: Vec<R>,
}

impl<T, C, R> Diagnosis<T, C, R> {
    /// Without a cause or a remedy yet.
    pub fn new(severity: Severity, title: impl Into<T>) -> Self {
        Self { severity, title: title.into(), causes: Vec::new(), remedies: Vec::new() }
    }

    #[must_use]
    pub fn because(mut self, cause: impl Into<C>) -> Self {
        self.causes.push(cause.into());
        self
    }

    /// Adds a remedy, as the last step.
    #[must_use]
    pub fn then(mut self, remedy: impl Into<R>) -> Self {
        self.remedies.push(remedy.into());
        self
    }

    /// The same diagnosis made of other parts, for example of words.
    pub fn map<U, D, S>(
        &self,
        title: impl FnOnce(&T) -> U,
        cause: impl FnMut(&C) -> D,
        remedy: impl FnMut(&R) -> S,
    ) -> Diagnosis<U, D, S> {
        Diagnosis {
            severity: self.severity,
            title: title(&self.title),
            causes: self.causes.iter().map(cause).collect(),
            remedies: self.remedies.iter().map(remedy).collect(),
        }
    }
}

/// What became of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Title {
    /// A call that only reads was answered.
    Done,
    /// A change was accepted.
    Accepted,
    /// A field of the answer says that the API did not do it.
    Declined { field: String, value: String },
    /// The API refused. `message` is the first sentence of its message; empty if it has none.
    ApiError { code: String, message: String },
    /// This HTTP status, without an error of the API.
    HttpError(u16),
    /// A status of success, and a body that is not the API's.
    Undecodable(UndecodableReason),
    /// The proxy has passed the same call before.
    Repeated,
    /// The computer has no network.
    Offline,
    /// No complete answer within this time.
    TimedOut(Duration),
    /// The user stopped waiting.
    Cancelled,
    /// The page's own Content-Security-Policy stopped the call.
    StoppedByPolicy,
    /// The browser reports a failure and not why.
    Blocked,
    /// The sandbox could not be loaded.
    NotLoaded,
    /// The sandbox ended with an error.
    SandboxStopped,
    /// The browser could not even make the request.
    RefusedByBrowser,
}

/// Why a call ended as it did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// The server accepted the change and is working on it.
    ChangeGoesOn,
    /// The change may have been carried out although no usable answer arrived.
    MayHaveHappened,
    /// The status says success, this field says that it is none.
    FieldSaysNo {
        field: String,
    },
    /// What the description says of the value of a field.
    Meaning {
        field: String,
        value: String,
        meaning: String,
    },
    /// What the error catalogue says of the code.
    Documented(String),
    /// The access key looks like one of another provider, `theirs`, which `own` does not know.
    ForeignKey {
        theirs: String,
        own: String,
    },
    /// The error catalogue is being fetched.
    LookingUp,
    /// The error catalogue has no such code.
    NotInCatalogue,
    /// The error catalogue could not be fetched.
    CatalogueNotLoaded,
    Status(u16),
    /// What the body of an HTTP error says.
    Says(String),
    /// What the body of an HTTP error looks like.
    Body(BodyKind),
    /// The browser sent the call twice, and the proxy passed the first one only.
    Repeated,
    /// The browser may have sent the call more than once, and nothing on the way stops that.
    MaybeRepeated,
    /// What is wrong with a body that should be the API's.
    Undecodable(UndecodableReason),
    /// JSON with this `Content-Type`; `None`: it has none.
    Mislabelled(Option<String>),
    /// The server's clock is this many seconds ahead. `signs`: signatures depend on it.
    ClockSkew {
        seconds: i64,
        signs: bool,
    },
    /// The browser says that there is no network.
    NoNetwork,
    /// The network went away while the call was running.
    NetworkLost,
    /// The server or the proxy is slow.
    Slow,
    /// The user stopped waiting.
    StoppedWaiting,
    /// The Content-Security-Policy of the page does not allow the address.
    Policy,
    /// Nothing listens at the address, or its name is not known.
    NothingListens,
    /// A page that came over https calls an address over http.
    MixedContent,
    /// The address is on another origin, which must allow the call.
    CrossOrigin,
    /// The address may have answered with a redirect.
    Redirected,
    /// The connection may have broken.
    CutOff,
    /// The sandbox's files did not come.
    FilesMissing,
    /// The worker that holds the sandbox ended with an error, and its state is gone.
    WorkerFailed,
    NothingSent,
    /// The browser's own complaint.
    BrowserSays(String),
}

/// What to do after a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// How to find out whether a change happened, in the words of the description.
    Verify(String),
    /// The same where the description has no words for it.
    VerifyResource,
    /// The call only reads.
    SendReadAgain,
    /// The field that holds the idempotency token: its value stays for the next attempt.
    TokenStays { field: String },
    /// The server asks to wait this long.
    Wait(Duration),
    /// What the error catalogue says to do.
    Documented(String),
    /// Sign with an access key of this provider.
    ChooseKeyOf(String),
    /// Get a new token.
    GetNewToken,
    /// Send the same call again.
    SendAgain,
    /// Send it when the running change has ended.
    SendAfterChange,
    /// Send it with a new date and nonce.
    SignAgain,
    /// Send it with the same idempotency token.
    SendSameToken,
    /// Check what the operation asks for beforehand.
    CheckPreconditions,
    /// The provider's support needs the request id.
    GiveRequestId,
    /// The provider's error centre may know the code.
    SearchErrorCentre,
    /// Sending again fetches the catalogue once more.
    LoadCatalogueAgain,
    /// Too many requests.
    SlowDown,
    /// Check the region and the proxy's address.
    CheckRegionAndProxy,
    /// The proxy may ask for a login or refuse the host.
    CheckProxyAccess,
    /// The proxy may not reach the provider.
    AskAboutProxy,
    /// The log of the proxy or the server may say more.
    AskForLog,
    /// The body may say more.
    ReadBody,
    /// A login may wait behind the proxy's address.
    OpenProxyAddress,
    /// Set this computer's clock.
    SetClock,
    /// Connect to the network.
    ConnectNetwork,
    /// Raise the time limit, or ask about the proxy.
    RaiseTimeLimit,
    /// Correct the connection's address.
    CheckAddress,
    /// Allow the proxy's origin in the Content-Security-Policy.
    AllowInPolicy,
    /// Check that the proxy runs, or choose another connection.
    CheckConnection,
    /// The browser's developer tools show more.
    OpenDeveloperTools,
    /// Send again, or reload the page for a new version.
    SendAgainOrReload,
    /// The next call starts another sandbox.
    StartSandboxAgain,
}

impl Remedy {
    /// Whether it says nothing but to send the call once more.
    const fn is_sending_again(&self) -> bool {
        matches!(self, Self::SendAgain | Self::SendAfterChange | Self::SignAgain | Self::SendSameToken)
    }
}

impl Diagnosis {
    /// The same after a lost answer, when it is known that the change was not carried out.
    #[must_use]
    pub fn not_carried_out(mut self) -> Self {
        let is_doubt =
            |remedy: &Remedy| matches!(remedy, Remedy::Verify(_) | Remedy::VerifyResource | Remedy::TokenStays { .. });
        self.remedies.retain(|remedy| !is_doubt(remedy));
        self.causes.retain(|cause| !matches!(cause, Cause::MayHaveHappened | Cause::MaybeRepeated));
        self
    }

    /// The same of an accepted change that is followed: that it goes on, and where to look, is told beside it.
    #[must_use]
    pub fn followed(mut self) -> Self {
        self.remedies.retain(|remedy| !matches!(remedy, Remedy::Verify(_) | Remedy::VerifyResource));
        self.causes.retain(|cause| !matches!(cause, Cause::ChangeGoesOn));
        self
    }

    /// After a call whose answer was lost: a change may have happened, and how to find out comes first.
    fn may_have_happened(mut self, operation: &Operation) -> Self {
        if !operation.is_mutating() {
            return self.then(Remedy::SendReadAgain);
        }
        self.severity = Severity::Warning;
        self.causes.insert(0, Cause::MayHaveHappened);
        let steps = operation.impact.iter().flat_map(|impact| impact.verify.iter().cloned().map(Remedy::Verify));
        let mut remedies: Vec<Remedy> = steps.collect();
        if remedies.is_empty() {
            remedies.push(Remedy::VerifyResource);
        }
        // To send again is no advice before it is known.
        remedies.extend(self.remedies.into_iter().filter_map(|remedy| match remedy {
            Remedy::LoadCatalogueAgain => Some(Remedy::SearchErrorCentre),
            remedy => (!remedy.is_sending_again()).then_some(remedy),
        }));
        self.remedies = remedies;
        match operation.fields().into_iter().find(|field| field.schema.generate.is_some()) {
            Some(field) => self.then(Remedy::TokenStays { field: field.name.clone() }),
            None => self,
        }
    }
}

#[cfg(test)]
mod tests;
