//! "Check connection": what a handful of probes says about the way to a provider, step by step.
//!
//! [`Observation`] → [`assess`] → a [`StepResult`] for each [`Step`]. Pure: `ui::panels::check` sends the probes,
//! `outcome::describe` has the words. Used by the second program only.

use crate::outcome::NOTABLE_SKEW;
use crate::sign::compare::{Comparison, Difference};
use crate::transport::{Reply, TransportError};
use time::OffsetDateTime;

/// The header with which the proxies of `deploy/` say what became of a call.
pub const PROXY_MARK: &str = "x-tls-console-proxy";

/// A host that no deployment lets through. Reserved for documentation (RFC 2606), and it answers: a proxy that would
/// pass a call on to it cannot be taken for one that refuses.
pub const STRANGER: &str = "example.com";

/// Headers of an answer that a browser shows of another site without being told to.
const ALWAYS_SHOWN: [&str; 7] =
    ["cache-control", "content-language", "content-length", "content-type", "expires", "last-modified", "pragma"];

/// What is checked, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Something answers at the connection's address.
    Reachable,
    /// It is the proxy of this deployment.
    OurProxy,
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
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Reachable, Self::OurProxy, Self::AllowList, Self::Cors, Self::Methods, Self::Unchanged, Self::Clock];
}

/// How the connection gets out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// It does not.
    Sandbox,
    /// Straight to the provider.
    Direct,
    /// Through a proxy.
    Proxy,
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
    /// The provider's hosts, each asked for its root without a credential. Never empty but for the sandbox.
    pub hosts: Vec<(String, Probe)>,
    /// Whether anything answers where the first host's probe brought nothing that the page may read.
    pub listens: bool,
    /// [`STRANGER`], asked the same way; `None`: not asked.
    pub stranger: Option<Probe>,
    /// A `PUT` with the headers of a real call and without a credential; `None`: not asked.
    pub change: Option<Probe>,
    /// A call that only reads, signed.
    pub read: SignedRead,
}

/// What became of a signed call that only reads.
#[derive(Debug, Clone, PartialEq)]
pub enum SignedRead {
    /// The provider's descriptions have no call that only reads and needs no input.
    NoOperation,
    /// The chosen credential does not sign.
    NotSigned,
    /// It could not be signed: nothing is typed, or not all of it.
    NoCredential,
    /// The console's own rail: too many bad signatures in a row.
    Stopped,
    /// No answer.
    Lost(TransportError),
    /// The provider accepted the signature, whatever else it said.
    Accepted {
        /// The HTTP status.
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
    /// An answer that is not the provider's.
    Foreign {
        /// The HTTP status.
        status: u16,
    },
}

/// How a step ended.
#[derive(Debug, Clone, PartialEq)]
pub enum StepResult {
    /// As it should be.
    Passed(Good),
    /// Not as it should be.
    Failed(Fault),
    /// Nothing to check, or no way to.
    NotApplicable(Why),
}

/// What is good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Good {
    /// An answer with this status.
    Answers(u16),
    /// Something answers, though the page may not read what.
    Listens,
    /// The mark of the proxies in `deploy/`.
    Marked,
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
pub enum Fault {
    /// No answer at all.
    NoAnswer(TransportError),
    /// The address leads to the site's own page.
    OwnPage,
    /// The web server has nothing at the address; the status.
    NothingThere(u16),
    /// A host that must be refused was passed on; the status.
    Open(u16),
    /// The proxy tried to reach a host that must be refused.
    TriesStrangers(u16),
    /// A host of the provider is refused.
    HostRefused(String),
    /// The proxy cannot reach a host of the provider.
    HostUnreachable(String, u16),
    /// The other site does not let this page read its answers.
    NoCors,
    /// The other site does not let this page send verb or headers.
    Preflight,
    /// The other site hides the headers of its answers.
    HeadersHidden,
    /// The verb is refused on the way, with this status.
    VerbRefused(u16),
    /// Body or headers are too large for the way, with this status.
    TooLarge(u16),
    /// The signature was refused: something changed on the way.
    Changed(Comparison),
    /// The signature was refused, and nobody says why.
    SignatureRefused,
    /// An answer that is not the provider's.
    NotTheProvider(u16),
    /// So many seconds apart.
    ClocksDiffer(i64),
}

/// Why a step says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Nothing leaves the page.
    Sandbox,
    /// There is no proxy.
    Direct,
    /// A step before this one failed.
    Earlier,
    /// Another proxy than those of `deploy/`, or one whose headers are hidden.
    OtherProxy,
    /// The same origin as the page's.
    SameOrigin,
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

use StepResult::{Failed, NotApplicable, Passed};

/// What the proxy says of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    None,
    Refused,
    Failed,
    Passed,
}

fn mark(reply: &Reply) -> Mark {
    match (reply.header(PROXY_MARK), reply.status) {
        (None, _) => Mark::None,
        (Some("refused"), _) => Mark::Refused,
        (Some("failed"), _) => Mark::Failed,
        (Some("passed"), _) => Mark::Passed,
        (Some(_), 400 | 403) => Mark::Refused,
        (Some(_), 502..=504) => Mark::Failed,
        (Some(_), _) => Mark::Passed,
    }
}

fn is_page(reply: &Reply) -> bool {
    reply.header("content-type").is_some_and(|kind| kind.starts_with("text/html"))
}

fn is_refused(reply: &Reply) -> bool {
    match mark(reply) {
        Mark::None => matches!(reply.status, 400 | 403 | 404 | 405 | 407 | 421),
        mark => mark == Mark::Refused,
    }
}

fn is_failed(reply: &Reply) -> bool {
    match mark(reply) {
        Mark::None => matches!(reply.status, 502..=504),
        mark => mark == Mark::Failed,
    }
}

/// The result of every step, in the order of [`Step::ALL`].
pub fn assess(seen: &Observation) -> Vec<(Step, StepResult)> {
    let mut broken = false;
    let mut results = Vec::new();
    for step in Step::ALL {
        let result = match step {
            // The clock can be read off whatever answered.
            Step::Clock => clock(seen),
            _ if broken => NotApplicable(Why::Earlier),
            Step::Reachable => reachable(seen),
            Step::OurProxy => our_proxy(seen),
            Step::AllowList => allow_list(seen),
            Step::Cors => cors(seen),
            Step::Methods => methods(seen),
            Step::Unchanged => unchanged(&seen.read),
        };
        // Behind these nothing can be told apart.
        broken |= matches!(step, Step::Reachable | Step::OurProxy | Step::Cors)
            && matches!(&result, Failed(fault) if *fault != Fault::HeadersHidden);
        results.push((step, result));
    }
    results
}

fn first(seen: &Observation) -> Option<&Probe> {
    seen.hosts.first().map(|(_, probe)| probe)
}

/// Whether the page got nothing to read, although something is there.
fn is_closed(seen: &Observation) -> bool {
    seen.cross_origin && seen.listens && matches!(first(seen), Some(Err(TransportError::Blocked(_))))
}

fn reachable(seen: &Observation) -> StepResult {
    match first(seen) {
        _ if seen.way == Way::Sandbox => NotApplicable(Why::Sandbox),
        None => NotApplicable(Why::NoRead),
        Some(Ok(reply)) => Passed(Good::Answers(reply.status)),
        Some(Err(_)) if is_closed(seen) => Passed(Good::Listens),
        Some(Err(error)) => Failed(Fault::NoAnswer(error.clone())),
    }
}

fn our_proxy(seen: &Observation) -> StepResult {
    match (seen.way, first(seen)) {
        (Way::Sandbox, _) => NotApplicable(Why::Sandbox),
        (Way::Direct, _) => NotApplicable(Why::Direct),
        (Way::Proxy, Some(Ok(reply))) => match (mark(reply), reply.status) {
            (Mark::None, 200) if is_page(reply) && !seen.cross_origin => Failed(Fault::OwnPage),
            (Mark::None, 404 | 405) if is_page(reply) => Failed(Fault::NothingThere(reply.status)),
            (Mark::None, _) => NotApplicable(Why::OtherProxy),
            _ => Passed(Good::Marked),
        },
        (Way::Proxy, _) => NotApplicable(Why::OtherProxy),
    }
}

fn allow_list(seen: &Observation) -> StepResult {
    match seen.way {
        Way::Sandbox => return NotApplicable(Why::Sandbox),
        Way::Direct => return NotApplicable(Why::Direct),
        // Refused and let through look the same.
        Way::Proxy if is_closed(seen) => return NotApplicable(Why::OtherProxy),
        Way::Proxy => {}
    }
    // No answer is a refusal too: those of another site often lack what lets the page read them.
    if let Some(Ok(reply)) = &seen.stranger
        && !is_refused(reply)
    {
        let tried = is_failed(reply);
        return Failed(if tried { Fault::TriesStrangers(reply.status) } else { Fault::Open(reply.status) });
    }
    for (host, probe) in &seen.hosts {
        match probe {
            Err(error) => return Failed(Fault::NoAnswer(error.clone())),
            Ok(reply) if mark(reply) == Mark::Refused => return Failed(Fault::HostRefused(host.clone())),
            Ok(reply) if is_page(reply) && reply.status == 403 => return Failed(Fault::HostRefused(host.clone())),
            Ok(reply) if is_failed(reply) => return Failed(Fault::HostUnreachable(host.clone(), reply.status)),
            Ok(_) => {}
        }
    }
    Passed(Good::Allowed(seen.hosts.iter().map(|(host, _)| host.clone()).collect()))
}

fn cors(seen: &Observation) -> StepResult {
    if seen.way == Way::Sandbox {
        return NotApplicable(Why::Sandbox);
    }
    if !seen.cross_origin {
        return NotApplicable(Why::SameOrigin);
    }
    if is_closed(seen) {
        return Failed(Fault::NoCors);
    }
    if let Some(Err(_)) = &seen.change {
        return Failed(Fault::Preflight);
    }
    let shown = |probe: &Probe| match probe {
        Ok(reply) => reply.headers.iter().any(|(name, _)| !ALWAYS_SHOWN.contains(&name.as_str())),
        Err(_) => false,
    };
    let any = seen.hosts.iter().map(|(_, probe)| probe).chain(&seen.change).any(shown);
    if any { Passed(Good::Readable) } else { Failed(Fault::HeadersHidden) }
}

fn methods(seen: &Observation) -> StepResult {
    if seen.way == Way::Sandbox {
        return NotApplicable(Why::Sandbox);
    }
    match &seen.change {
        None => NotApplicable(Why::Earlier),
        Some(Err(error)) => Failed(Fault::NoAnswer(error.clone())),
        Some(Ok(reply)) => match (mark(reply), reply.status) {
            (Mark::Passed, status) => Passed(Good::ChangePasses(status)),
            (_, status @ (413 | 414 | 431)) => Failed(Fault::TooLarge(status)),
            (Mark::Refused, status) | (Mark::None, status @ (405 | 501)) => Failed(Fault::VerbRefused(status)),
            (Mark::Failed, status) => Failed(Fault::NotTheProvider(status)),
            (Mark::None, status) => Passed(Good::ChangePasses(status)),
        },
    }
}

fn unchanged(read: &SignedRead) -> StepResult {
    match read {
        SignedRead::NoOperation => NotApplicable(Why::NoRead),
        SignedRead::NotSigned => NotApplicable(Why::NotSigned),
        SignedRead::NoCredential => NotApplicable(Why::NoCredential),
        SignedRead::Stopped => NotApplicable(Why::Stopped),
        SignedRead::Lost(error) => Failed(Fault::NoAnswer(error.clone())),
        SignedRead::Accepted { status, .. } => Passed(Good::SignatureAccepted(*status)),
        SignedRead::Foreign { status } => Failed(Fault::NotTheProvider(*status)),
        SignedRead::Refused { comparison: None, .. } => Failed(Fault::SignatureRefused),
        SignedRead::Refused { comparison: Some(comparison), .. } => {
            if comparison.reasons.contains(&Difference::AllEqual) {
                Passed(Good::SecretDiffers)
            } else {
                Failed(Fault::Changed(comparison.clone()))
            }
        }
    }
}

fn clock(seen: &Observation) -> StepResult {
    if seen.way == Way::Sandbox && seen.hosts.is_empty() && !matches!(seen.read, SignedRead::Accepted { .. }) {
        return NotApplicable(Why::Sandbox);
    }
    let signed = match &seen.read {
        SignedRead::Accepted { skew, .. } | SignedRead::Refused { skew, .. } => *skew,
        _ => None,
    };
    let of = |reply: &Reply| {
        let date: OffsetDateTime = reply.header("date").and_then(crate::clock::parse_http_date)?;
        Some((date - reply.received).whole_seconds())
    };
    let probes = seen.hosts.iter().map(|(_, probe)| probe).chain(&seen.change).chain(&seen.stranger);
    let skew = signed.or_else(|| probes.filter_map(|probe| probe.as_ref().ok()).find_map(of));
    match skew {
        None => NotApplicable(Why::NoDate),
        Some(skew) if skew.abs() >= NOTABLE_SKEW => Failed(Fault::ClocksDiffer(skew)),
        Some(skew) => Passed(Good::ClocksAgree(skew)),
    }
}

#[cfg(test)]
mod tests;
