//! "Check connection": what a handful of probes says about the way to a provider, step by step.
//!
//! [`plan`] → [`Section`]s → [`Observation`] → [`assess`] → a [`StepResult`] for each [`Step`]; [`diagnosis`] says what a
//! [`Failure`] means. Pure: `ui/features/connection_check` sends the probes, `ui::words` has the sentences.

mod assess;
pub mod diagnosis;
mod plan;

pub use assess::assess;
pub use diagnosis::{StepDiagnosis, diagnose};
pub use plan::{Read, Section, plan};

use crate::sign::compare::Comparison;
use crate::transport::{Reply, TransportError};

pub use crate::proxy::PROXY_MARK;

/// The address at which a proxy of `deploy/` identifies itself: the part of the template before host, path and query.
/// `None`: the template has another form.
pub fn root_of(template: &str) -> Option<&str> {
    template.strip_suffix("{host}{path}{query}").filter(|root| root.ends_with('/') && !root.contains('{'))
}

/// A host that no deployment lets through. Reserved for documentation (RFC 2606), and it answers: a proxy that would
/// pass a call on to it cannot be taken for one that refuses.
pub const DISALLOWED_HOST: &str = "example.com";

/// What is checked, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Something answers at the connection's address.
    Reachable,
    /// It is the proxy of this deployment.
    OurProxy,
    /// The proxy passes on nothing but calls that carry their id.
    OwnCalls,
    /// The provider's hosts are let through, and no other.
    AllowList,
    /// The browser may read answers of another site.
    Cors,
    /// Verbs and headers other than the simplest pass.
    Methods,
    /// Path, query and headers arrive as they were signed.
    Unchanged,
    /// This computer's clock and the server's.
    Clock,
}

impl Step {
    pub const ALL: [Self; 8] = [
        Self::Reachable,
        Self::OurProxy,
        Self::OwnCalls,
        Self::AllowList,
        Self::Cors,
        Self::Methods,
        Self::Unchanged,
        Self::Clock,
    ];
}

/// How a connection reaches the provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// It does not: the page itself answers.
    Sandbox,
    /// Straight to the provider.
    Direct,
    Proxy,
}

/// An address of a connection, for the words about it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Address {
    /// Where it stands in `config.json`: `#/connections/1/url`.
    pub place: String,
    /// Whether there is none: the provider's hosts are called themselves.
    pub direct: bool,
    /// The origins that it leads to.
    pub origins: Vec<String>,
}

/// What one request brought.
pub type Probe = Result<Reply, TransportError>;

/// What was seen of one provider through one connection.
#[derive(Debug, Clone)]
pub struct Observation {
    /// The kind of connection.
    pub way: Way,
    /// Whether it leads to another origin than the page's.
    pub cross_origin: bool,
    /// The address without a host behind it, where the template begins with one (see [`root_of`]); `None`: not asked.
    pub root: Option<Probe>,
    /// Whether all that is sent carries an id, as `config.json` says.
    pub identified: bool,
    /// The same as `root`, asked without an id; `None`: not asked.
    pub unidentified: Option<Probe>,
    /// The provider's hosts, each asked for its root without a credential. Empty in the sandbox, and where nothing that
    /// is offered goes this way.
    pub hosts: Vec<(String, Probe)>,
    /// Whether anything answers where the first host's probe brought nothing that the page may read.
    pub listens: bool,
    /// [`DISALLOWED_HOST`], asked the same way; `None`: not asked.
    pub disallowed_host: Option<Probe>,
    /// A `PUT` with the headers of a real call and without a credential; `None`: not asked.
    pub change: Option<Probe>,
    /// A call that only reads, signed.
    pub read: SignedRead,
}

impl Observation {
    /// Why no more is sent: a host has kept the page waiting for nothing, and the next one would too.
    pub fn late(&self) -> Option<TransportError> {
        let mut errors = self.hosts.iter().filter_map(|(_, probe)| probe.as_ref().err());
        errors.find(|error| matches!(error, TransportError::TimedOut(_))).cloned()
    }
}

/// What became of a signed call that only reads.
#[derive(Debug, Clone, PartialEq)]
pub enum SignedRead {
    /// Nothing answers that it could be sent to.
    NotTried,
    /// Nothing that is offered only reads, needs no input and goes this way.
    NoOperation,
    /// The chosen credential does not sign.
    NotSigned,
    /// It could not be signed: nothing is typed, or not all of it.
    NoCredential,
    /// The console's own rail: too many bad signatures in a row.
    Stopped,
    Lost(TransportError),
    /// The provider accepted the signature, whatever else it said.
    Accepted {
        status: u16,
        /// By how many seconds the server's clock is ahead.
        skew: Option<i64>,
    },
    /// The provider refused the signature.
    Refused {
        /// What it signed beside what the console signed, if it says so.
        comparison: Option<Comparison>,
        /// By how many seconds the server's clock is ahead.
        skew: Option<i64>,
    },
    /// The provider refused the call before it looked at the signature, as far as can be told.
    Inconclusive {
        status: u16,
    },
    /// An answer that is not the provider's.
    Foreign {
        status: u16,
    },
}

/// Whether a provider that answers a signed call so has looked at the signature: it was let in, or may not do this. That
/// something is missing, that there is no such address, or too many calls, gateways say to everybody.
pub fn proves_a_signature(status: u16) -> bool {
    matches!(status, 200..300 | 403)
}

/// How a step ended.
#[derive(Debug, Clone, PartialEq)]
pub enum StepResult {
    /// As it should be.
    Passed(Pass),
    /// Not as it should be.
    Failed(Failure),
    /// Nothing to check, or no way to.
    NotApplicable(SkipReason),
}

/// What is good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pass {
    /// An answer with this status.
    Answers(u16),
    /// Something answers, though the page may not read what.
    Listens,
    /// The mark of the proxies in `deploy/` on what it answers in place of a provider.
    Marked,
    /// Asked for itself, it says that it is one of those.
    Ready,
    /// It refuses what carries no id.
    OwnCallsOnly,
    /// Strangers are refused, and these hosts are let through.
    Allowed(Vec<String>),
    /// Preflight and headers.
    Readable,
    /// A `PUT` with headers was answered with this status.
    ChangePasses(u16),
    /// The signature was accepted, with this status.
    SignatureAccepted(u16),
    /// The same text was signed on both sides; the secret is another.
    SecretDiffers,
    /// The clocks differ by so many seconds.
    ClocksAgree(i64),
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq)]
pub enum Failure {
    /// No answer at all.
    NoAnswer(TransportError),
    /// The address leads to the site's own page.
    OwnPage,
    /// The web server has nothing at the address; the status.
    NothingThere(u16),
    /// Somebody on the way wants a login; the status.
    Login(u16),
    /// The proxy wants an id. `sent`: it was sent, and somebody on the way took it out.
    NoCallId { sent: bool },
    /// The proxy answers what carries no id.
    AnyCall,
    /// A host that must be refused was passed on; the status.
    Open(u16),
    /// The proxy tried to reach a host that must be refused.
    TriesDisallowedHost(u16),
    /// A host of the provider is refused.
    HostRefused(String),
    /// The proxy cannot reach a host of the provider.
    HostUnreachable(String, u16),
    /// The proxy is there; a call to a host of the provider brought nothing.
    HostSilent(String, TransportError),
    /// The other site does not let this page read its answers.
    NoCors,
    /// The other site does not let this page send verb or headers.
    Preflight,
    /// The other site hides the headers of its answers.
    HeadersHidden,
    /// A `GET` is answered, a `PUT` with headers and a body is not.
    ChangeLost(TransportError),
    /// The verb is refused on the way, with this status.
    VerbRefused(u16),
    /// Body or headers are too large for the way, with this status.
    TooLarge(u16),
    /// A call without a credential is answered, the signed one is not.
    ReadLost(TransportError),
    /// The signature was refused: something changed on the way.
    Changed(Comparison),
    /// The signature was refused, and nobody says why.
    SignatureRefused,
    /// The provider refused the signed call for a reason that says nothing of the signature; the status.
    SignatureInconclusive(u16),
    /// An answer that is not the provider's.
    NotTheProvider(u16),
    /// So many seconds apart.
    ClocksDiffer(i64),
}

/// Why a step says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SkipReason {
    /// Nothing leaves the page.
    Sandbox,
    /// There is no proxy.
    Direct,
    /// A step before this one failed.
    Earlier,
    /// Another proxy than those of `deploy/`, or one whose headers are hidden.
    OtherProxy,
    /// A host of the provider and a stranger are answered alike, as a provider's gateway answers.
    SameAnswer,
    /// The same origin as the page's.
    SameOrigin,
    /// Nothing that is offered goes this way.
    Unused,
    /// No call that only reads.
    NoRead,
    /// The chosen credential does not sign.
    NotSigned,
    /// There is no complete credential.
    NoCredential,
    /// Too many bad signatures in a row.
    Stopped,
    /// No answer says what time it is.
    NoDate,
}

#[cfg(test)]
mod tests;
