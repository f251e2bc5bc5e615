//! What a failed step means: why, and which line of `config.json` or of the files in `deploy/` to change. Data, no words.

use super::{Address, Failure};
use crate::outcome::diagnosis::comparison::{self, of_comparison};
use crate::outcome::{Diagnosis, Severity};
use crate::sign::compare::Comparison;
use crate::transport::TransportError;
use std::time::Duration;

/// What a failed step means.
pub type StepDiagnosis = Diagnosis<Title, Cause, Remedy>;

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Title {
    NoAnswer,
    /// The site's own page answers.
    OwnPage,
    NothingThere,
    Login,
    NoCallId,
    AnyCall,
    /// The proxy passes calls on to any host.
    OpenProxy,
    TriesDisallowedHost,
    HostRefused,
    HostUnreachable,
    HostSilent,
    /// Nobody but the provider could allow the page to read its answers.
    ProviderWithoutCors,
    NoCors,
    /// Nobody but the provider could allow the page to send a `PUT`.
    ProviderWithoutPreflight,
    NoPreflight,
    HeadersHidden,
    PutLost,
    PutRefused,
    TooLarge,
    SignedCallLost,
    /// The request changed on the way, and in what.
    Changed(comparison::Title),
    SignatureRefused,
    /// The provider refuses the call for another reason than its signature.
    RefusedInconclusive,
    /// The provider is busy or out of order.
    ProviderBusy,
    NotTheProvider,
    ClocksDiffer,
}

/// A call of the check that brought nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Probed {
    /// To this host of the provider.
    Host(String),
    /// A `PUT` with headers and a body.
    Put,
    Signed,
}

/// Why it is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    PageForEveryAddress,
    /// The web server's own page has this status.
    PageOfServer(u16),
    /// Not a provider's answer, with this status.
    LoginStatus(u16),
    /// Basic authentication needs the header that holds the signature.
    NoBasicAuthentication,
    /// `config.json` does not ask for the header with the call's id.
    CallIdNotSent,
    /// Something in front of the proxy takes that header out.
    CallIdLost,
    AnyCallRisk,
    /// A host that must be refused was let through; the status.
    DisallowedHostPassed(u16),
    /// Others can use the proxy too.
    OpenProxyRisk,
    /// The proxy tried to reach a host that must be refused; the status.
    DisallowedHostTried(u16),
    HostRefused(String),
    HostUnreachable(String, u16),
    Lost(Probed, TransportError),
    ProviderWithoutCors,
    NoAllowOrigin,
    PreflightFails,
    HeadersHidden,
    /// The address is right; something stops the method, a header or the body.
    PutStopped,
    /// This status, where a call that only reads passes.
    PutStatus(u16),
    Status(u16),
    /// The address is right; something stops the headers of a signature.
    SignatureStopped,
    Comparison(comparison::Cause),
    NoReasonGiven,
    HeaderOrPath(u16),
    Busy(u16),
    NotTheProvider(u16),
    /// The server's clock is this many seconds ahead.
    ClockOff(i64),
    SkewLimit,
    Offline,
    TimedOut(Duration),
    Cancelled,
    /// The Content-Security-Policy does not allow these origins.
    Policy(Vec<String>),
    MixedContent,
    NothingListens,
    NotLoaded,
    SandboxStopped,
    RefusedByBrowser(String),
}

/// What to do, and what to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// Correct this place in `config.json`.
    CorrectAddress(String),
    /// Have this connection of `config.json` use a proxy.
    UseProxy(String),
    AddProxyPart,
    UseOtherLogin,
    /// Set `callId` for the connection at this place in `config.json`.
    SetCallId(String),
    PassCallId,
    UpdateProxy,
    RefuseOtherHosts,
    AllowHost(String),
    CheckProxyNetwork,
    AllowOrigin,
    AnswerPreflight,
    ExposeHeaders,
    ServeFromOneOrigin,
    PassMethods,
    RaiseLimits,
    /// Pass on the headers of a signature.
    PassSignature,
    /// The same, and allow them in a preflight.
    PassAndAllowSignature,
    Comparison(comparison::Remedy),
    KeepTarget,
    CheckKeyElsewhere,
    CheckLater,
    SetClock,
    ConnectNetwork,
    CheckProxyAndFirewall,
    StartProxy,
    /// Allow these origins in the Content-Security-Policy that Caddy sends.
    AllowInCaddy(Vec<String>),
    AllowInNginx(Vec<String>),
    AllowInOtherServer,
    /// Neither `config.json` nor `deploy/` is to blame.
    ConfigIsRight,
}

#[cfg(test)]
impl Remedy {
    /// Whether it names a line of `config.json` or of a file in `deploy/`, or says that none is to blame.
    pub(crate) fn is_about_configuration(&self) -> bool {
        match self {
            Self::CorrectAddress(_)
            | Self::UseProxy(_)
            | Self::AddProxyPart
            | Self::SetCallId(_)
            | Self::UpdateProxy
            | Self::RefuseOtherHosts
            | Self::AllowHost(_)
            | Self::CheckProxyNetwork
            | Self::ServeFromOneOrigin
            | Self::PassMethods
            | Self::RaiseLimits
            | Self::KeepTarget
            | Self::AllowInCaddy(_)
            | Self::AllowInNginx(_)
            | Self::ConfigIsRight => true,
            Self::UseOtherLogin
            | Self::PassCallId
            | Self::AllowOrigin
            | Self::AnswerPreflight
            | Self::ExposeHeaders
            | Self::PassSignature
            | Self::PassAndAllowSignature
            | Self::Comparison(_)
            | Self::CheckKeyElsewhere
            | Self::CheckLater
            | Self::SetClock
            | Self::ConnectNetwork
            | Self::CheckProxyAndFirewall
            | Self::StartProxy
            | Self::AllowInOtherServer => false,
        }
    }
}

/// A row of the table below.
fn failed<const C: usize, const R: usize>(title: Title, causes: [Cause; C], remedies: [Remedy; R]) -> StepDiagnosis {
    Diagnosis { severity: Severity::Error, title, causes: Vec::from(causes), remedies: Vec::from(remedies) }
}

/// What a fault means on the way through this address.
pub fn diagnose(fault: &Failure, address: &Address) -> StepDiagnosis {
    use Remedy as R;
    let correct = correct(address);
    match fault {
        Failure::NoAnswer(error) => no_answer(error, address),
        Failure::OwnPage => failed(Title::OwnPage, [Cause::PageForEveryAddress], [R::AddProxyPart, correct]),
        Failure::NothingThere(status) => {
            failed(Title::NothingThere, [Cause::PageOfServer(*status)], [R::AddProxyPart, correct])
        }
        Failure::Login(status) => {
            let causes = [Cause::LoginStatus(*status), Cause::NoBasicAuthentication];
            failed(Title::Login, causes, [R::UseOtherLogin, correct])
        }
        Failure::NoCallId { sent: false } => {
            failed(Title::NoCallId, [Cause::CallIdNotSent], [R::SetCallId(address.place.clone())])
        }
        Failure::NoCallId { sent: true } => {
            failed(Title::NoCallId, [Cause::CallIdLost], [R::PassCallId, R::ConfigIsRight])
        }
        Failure::AnyCall => failed(Title::AnyCall, [Cause::AnyCallRisk], [R::UpdateProxy]),
        Failure::Open(status) => failed(
            Title::OpenProxy,
            [Cause::DisallowedHostPassed(*status), Cause::OpenProxyRisk],
            [R::RefuseOtherHosts],
        ),
        Failure::TriesDisallowedHost(status) => {
            failed(Title::TriesDisallowedHost, [Cause::DisallowedHostTried(*status)], [R::RefuseOtherHosts])
        }
        Failure::HostRefused(host) => {
            failed(Title::HostRefused, [Cause::HostRefused(host.clone())], [R::AllowHost(host.clone())])
        }
        Failure::HostUnreachable(host, status) => {
            failed(Title::HostUnreachable, [Cause::HostUnreachable(host.clone(), *status)], [R::CheckProxyNetwork])
        }
        Failure::HostSilent(host, error) => {
            failed(Title::HostSilent, [Cause::Lost(Probed::Host(host.clone()), error.clone())], [R::CheckProxyNetwork])
        }
        Failure::NoCors if address.direct => {
            failed(Title::ProviderWithoutCors, [Cause::ProviderWithoutCors], [correct])
        }
        Failure::NoCors => failed(Title::NoCors, [Cause::NoAllowOrigin], [R::AllowOrigin, correct]),
        Failure::Preflight if address.direct => {
            failed(Title::ProviderWithoutPreflight, [Cause::PreflightFails], [correct])
        }
        Failure::Preflight => {
            failed(Title::NoPreflight, [Cause::PreflightFails], [R::AnswerPreflight, R::ServeFromOneOrigin])
        }
        Failure::HeadersHidden => {
            failed(Title::HeadersHidden, [Cause::HeadersHidden], [R::ExposeHeaders, R::ServeFromOneOrigin])
        }
        Failure::ChangeLost(error) => {
            let causes = [Cause::Lost(Probed::Put, error.clone()), Cause::PutStopped];
            failed(Title::PutLost, causes, [R::PassMethods, R::RaiseLimits])
        }
        Failure::VerbRefused(status) => failed(Title::PutRefused, [Cause::PutStatus(*status)], [R::PassMethods]),
        Failure::TooLarge(status) => failed(Title::TooLarge, [Cause::Status(*status)], [R::RaiseLimits]),
        Failure::ReadLost(error) => {
            let causes = [Cause::Lost(Probed::Signed, error.clone()), Cause::SignatureStopped];
            failed(Title::SignedCallLost, causes, [R::PassAndAllowSignature, R::RaiseLimits])
        }
        Failure::Changed(found) => changed(found),
        Failure::SignatureRefused => {
            failed(Title::SignatureRefused, [Cause::NoReasonGiven], [R::CheckKeyElsewhere, R::KeepTarget])
        }
        Failure::SignatureInconclusive(status @ (400..=428 | 430..500)) => {
            failed(Title::RefusedInconclusive, [Cause::HeaderOrPath(*status)], [R::PassSignature, R::KeepTarget])
        }
        Failure::SignatureInconclusive(status) => {
            failed(Title::ProviderBusy, [Cause::Busy(*status)], [R::CheckLater, R::ConfigIsRight])
        }
        Failure::NotTheProvider(status) => failed(Title::NotTheProvider, [Cause::NotTheProvider(*status)], [correct]),
        Failure::ClocksDiffer(skew) => {
            failed(Title::ClocksDiffer, [Cause::ClockOff(*skew), Cause::SkewLimit], [R::SetClock, R::ConfigIsRight])
        }
    }
}

/// The line of `config.json`.
fn correct(address: &Address) -> Remedy {
    let place = address.place.clone();
    if address.direct { Remedy::UseProxy(place) } else { Remedy::CorrectAddress(place) }
}

fn changed(found: &Comparison) -> StepDiagnosis {
    let found = of_comparison(found);
    let found: StepDiagnosis = found.map(
        |title| Title::Changed(title.clone()),
        |cause| Cause::Comparison(cause.clone()),
        |remedy| Remedy::Comparison(remedy.clone()),
    );
    found.then(Remedy::KeepTarget)
}

fn no_answer(error: &TransportError, address: &Address) -> StepDiagnosis {
    let correct = correct(address);
    let failed = |causes, remedies| Diagnosis { severity: Severity::Error, title: Title::NoAnswer, causes, remedies };
    match error {
        TransportError::Offline => failed(vec![Cause::Offline], vec![Remedy::ConnectNetwork, Remedy::ConfigIsRight]),
        TransportError::TimedOut(limit) => {
            failed(vec![Cause::TimedOut(*limit)], vec![Remedy::CheckProxyAndFirewall, correct])
        }
        TransportError::Cancelled => failed(vec![Cause::Cancelled], vec![Remedy::ConfigIsRight]),
        TransportError::Blocked(known) if known.policy => {
            let origins = address.origins.clone();
            let allow = [Remedy::AllowInCaddy(origins.clone()), Remedy::AllowInNginx(origins.clone())];
            failed(vec![Cause::Policy(origins)], allow.into_iter().chain([Remedy::AllowInOtherServer]).collect())
        }
        TransportError::Blocked(known) => {
            let mixed = known.mixed_content.then_some(Cause::MixedContent);
            let causes = mixed.into_iter().chain([Cause::NothingListens]).collect();
            failed(causes, vec![Remedy::StartProxy, correct])
        }
        TransportError::NotLoaded => failed(vec![Cause::NotLoaded], vec![Remedy::ConfigIsRight]),
        TransportError::WorkerStopped => failed(vec![Cause::SandboxStopped], vec![Remedy::ConfigIsRight]),
        TransportError::Browser(complaint) => failed(vec![Cause::RefusedByBrowser(complaint.clone())], vec![correct]),
    }
}
