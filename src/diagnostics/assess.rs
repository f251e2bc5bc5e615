//! What the probes say together.

use super::StepResult::{self, Failed, NotApplicable, Passed};
use super::{Failure, Observation, PROXY_MARK, Pass, Probe, SignedRead, SkipReason, Step, Way};
use crate::clock::{NOTABLE_SKEW, parse_http_date};
use crate::sign::compare::Difference;
use crate::transport::{Reply, TransportError};

/// Headers of an answer that a browser shows of another site without being told to.
const ALWAYS_SHOWN: [&str; 7] =
    ["cache-control", "content-language", "content-length", "content-type", "expires", "last-modified", "pragma"];

/// The mark on the answer to what carries no id.
const FOREIGN: &str = "foreign";

/// What the proxy says of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// Nothing, and it never does.
    None,
    Refused,
    Unreachable,
    Passed,
}

impl Observation {
    /// Whether any answer bears the mark: the proxies of `deploy/` mark those that they give themselves.
    fn is_ours(&self) -> bool {
        let probes = self.hosts.iter().map(|(_, probe)| probe).chain(&self.disallowed_host);
        self.greeting().is_some()
            || probes.filter_map(|probe| probe.as_ref().ok()).any(|reply| reply.header(PROXY_MARK).is_some())
    }

    /// The answer in which the proxy says who it is.
    fn greeting(&self) -> Option<&Reply> {
        let answer = self.root.as_ref().and_then(|probe| probe.as_ref().ok());
        answer.filter(|reply| reply.header(PROXY_MARK).is_some())
    }

    fn mark(&self, reply: &Reply) -> Mark {
        match (reply.header(PROXY_MARK), reply.status) {
            (Some("refused" | FOREIGN), _) => Mark::Refused,
            (Some("unreachable"), _) => Mark::Unreachable,
            (Some("passed"), _) => Mark::Passed,
            (Some(_), 400 | 403) => Mark::Refused,
            (Some(_), 502..=504) => Mark::Unreachable,
            (Some(_), _) => Mark::Passed,
            (None, _) if self.is_ours() => Mark::Passed,
            (None, _) => Mark::None,
        }
    }

    fn is_refused(&self, reply: &Reply) -> bool {
        match self.mark(reply) {
            Mark::None => matches!(reply.status, 400 | 403 | 404 | 405 | 407 | 421),
            mark => mark == Mark::Refused,
        }
    }

    /// Whether a host of the provider got the very answer with which a stranger was refused.
    fn is_answered_as_disallowed(&self, reply: &Reply) -> bool {
        let Some(Ok(disallowed_host)) = &self.disallowed_host else { return false };
        let says_something = !reply.body.is_empty() || reply.status != 404;
        says_something
            && reply.status >= 400
            && (reply.status, &reply.body) == (disallowed_host.status, &disallowed_host.body)
    }

    fn is_unreachable(&self, reply: &Reply) -> bool {
        match self.mark(reply) {
            Mark::None => matches!(reply.status, 502..=504),
            mark => mark == Mark::Unreachable,
        }
    }
}

fn is_page(reply: &Reply) -> bool {
    reply.header("content-type").is_some_and(|kind| kind.starts_with("text/html"))
}

/// Whether an answer looks like one of a provider's gateway: it tells the call's id or speaks the language of APIs. A web
/// server that has nothing at an address does neither.
fn is_of_a_provider(reply: &Reply) -> bool {
    const IDS: [&str; 3] = ["x-request-id", "x-acs-request-id", "x-iam-trace-id"];
    let kind = reply.header("content-type").unwrap_or_default();
    IDS.iter().any(|id| reply.header(id).is_some()) || kind.contains("json") || kind.contains("xml")
}

/// Whether an answer is neither a provider's nor that of a proxy of `deploy/`, as far as can be told.
fn is_of_nobody(reply: &Reply) -> bool {
    reply.header(PROXY_MARK).is_none() && !is_of_a_provider(reply)
}

/// Whether an answer looks like somebody's on the way who lets nobody through.
fn is_refusal(reply: &Reply) -> bool {
    matches!(reply.status, 401 | 403 | 407 | 421) && !is_of_a_provider(reply)
}

/// The result of every step, in the order of [`Step::ALL`].
pub fn assess(seen: &Observation) -> Vec<(Step, StepResult)> {
    let unused = seen.way != Way::Sandbox && seen.hosts.is_empty();
    let (mut broken, mut out_of_reach) = (false, None);
    let mut results = Vec::new();
    for step in Step::ALL {
        let result = match step {
            _ if unused => NotApplicable(SkipReason::Unused),
            // The clock can be read off whatever answered.
            Step::Clock => clock(seen),
            _ if broken => NotApplicable(SkipReason::Earlier),
            // The host that the PUT went to, and maybe the one that was to read.
            Step::Methods if out_of_reach.is_some() && out_of_reach == first_host(seen) => {
                NotApplicable(SkipReason::Earlier)
            }
            Step::Unchanged
                if out_of_reach.is_some() && matches!(seen.read, SignedRead::Lost(_) | SignedRead::Foreign { .. }) =>
            {
                NotApplicable(SkipReason::Earlier)
            }
            Step::Reachable => reachable(seen),
            Step::OurProxy => our_proxy(seen),
            Step::OwnCalls => own_calls(seen),
            Step::AllowList => allow_list(seen),
            Step::Cors => cors(seen),
            Step::Methods => methods(seen),
            Step::Unchanged => unchanged(&seen.read),
        };
        if let Failed(Failure::HostRefused(host) | Failure::HostUnreachable(host, _) | Failure::HostSilent(host, _)) =
            &result
        {
            out_of_reach = Some(host.clone());
        }
        // Behind these nothing can be told apart.
        broken |= matches!(step, Step::Reachable | Step::OurProxy | Step::OwnCalls | Step::Cors)
            && matches!(&result, Failed(fault) if ![Failure::HeadersHidden, Failure::AnyCall].contains(fault));
        results.push((step, result));
    }
    results
}

fn first(seen: &Observation) -> Option<&Probe> {
    seen.hosts.first().map(|(_, probe)| probe)
}

fn first_host(seen: &Observation) -> Option<String> {
    seen.hosts.first().map(|(host, _)| host.clone())
}

/// Whether the page got nothing to read, although something is there.
fn is_closed(seen: &Observation) -> bool {
    seen.cross_origin && seen.listens && matches!(first(seen), Some(Err(TransportError::Blocked(_))))
}

fn reachable(seen: &Observation) -> StepResult {
    match first(seen) {
        _ if seen.way == Way::Sandbox => NotApplicable(SkipReason::Sandbox),
        None => NotApplicable(SkipReason::Unused),
        Some(Ok(reply)) => Passed(Pass::Answers(reply.status)),
        Some(Err(error)) => match seen.greeting() {
            Some(reply) => Passed(Pass::Answers(reply.status)),
            None if is_closed(seen) => Passed(Pass::Listens),
            None => Failed(Failure::NoAnswer(error.clone())),
        },
    }
}

fn our_proxy(seen: &Observation) -> StepResult {
    match (seen.way, first(seen)) {
        (Way::Sandbox, _) => NotApplicable(SkipReason::Sandbox),
        (Way::Direct, _) => NotApplicable(SkipReason::Direct),
        (Way::Proxy, _) if seen.greeting().is_some() => Passed(Pass::Ready),
        (Way::Proxy, _) if seen.is_ours() => Passed(Pass::Marked),
        (Way::Proxy, Some(Ok(reply))) => match reply.status {
            200 if is_page(reply) && !seen.cross_origin => Failed(Failure::OwnPage),
            404 | 405 if !seen.cross_origin && !is_of_a_provider(reply) => Failed(Failure::NothingThere(reply.status)),
            404 | 405 if is_page(reply) => Failed(Failure::NothingThere(reply.status)),
            401 | 407 if !is_of_a_provider(reply) => Failed(Failure::Login(reply.status)),
            _ => NotApplicable(SkipReason::OtherProxy),
        },
        (Way::Proxy, _) => NotApplicable(SkipReason::OtherProxy),
    }
}

fn own_calls(seen: &Observation) -> StepResult {
    let is_foreign = |probe: &Probe| matches!(probe, Ok(reply) if reply.header(PROXY_MARK) == Some(FOREIGN));
    let mut probes = seen.root.iter().chain(seen.hosts.iter().map(|(_, probe)| probe));
    match (seen.way, &seen.unidentified) {
        (Way::Sandbox, _) => NotApplicable(SkipReason::Sandbox),
        (Way::Direct, _) => NotApplicable(SkipReason::Direct),
        (Way::Proxy, _) if probes.any(is_foreign) => Failed(Failure::NoCallId { sent: seen.identified }),
        (Way::Proxy, Some(probe)) if is_foreign(probe) => Passed(Pass::OwnCallsOnly),
        (Way::Proxy, Some(Ok(_))) if seen.is_ours() => Failed(Failure::AnyCall),
        (Way::Proxy, _) => NotApplicable(SkipReason::OtherProxy),
    }
}

fn allow_list(seen: &Observation) -> StepResult {
    match seen.way {
        Way::Sandbox => return NotApplicable(SkipReason::Sandbox),
        Way::Direct => return NotApplicable(SkipReason::Direct),
        // Refused and let through look the same.
        Way::Proxy if is_closed(seen) => return NotApplicable(SkipReason::OtherProxy),
        Way::Proxy => {}
    }
    // What fails by itself says nothing of strangers.
    if let Some((host, Ok(reply))) = seen.hosts.first()
        && seen.mark(reply) == Mark::None
        && reply.status >= 500
        && !is_of_a_provider(reply)
    {
        return Failed(Failure::HostUnreachable(host.clone(), reply.status));
    }
    // No answer is a refusal too: those of another site often lack what lets the page read them.
    if let Some(Ok(reply)) = &seen.disallowed_host
        && !seen.is_refused(reply)
    {
        let tried = seen.is_unreachable(reply);
        return Failed(if tried { Failure::TriesDisallowedHost(reply.status) } else { Failure::Open(reply.status) });
    }
    for (host, probe) in &seen.hosts {
        match probe {
            Err(error) if seen.is_ours() => return Failed(Failure::HostSilent(host.clone(), error.clone())),
            Err(error) => return Failed(Failure::NoAnswer(error.clone())),
            // A gateway may answer so whatever host is asked for: that is no refusal, and no proof of an allow-list either.
            Ok(reply)
                if seen.mark(reply) == Mark::None
                    && reply.status == 404
                    && is_of_a_provider(reply)
                    && seen.is_answered_as_disallowed(reply) =>
            {
                return NotApplicable(SkipReason::SameAnswer);
            }
            Ok(reply) if seen.mark(reply) == Mark::Refused => return Failed(Failure::HostRefused(host.clone())),
            Ok(reply)
                if seen.mark(reply) == Mark::None && (is_refusal(reply) || seen.is_answered_as_disallowed(reply)) =>
            {
                return Failed(Failure::HostRefused(host.clone()));
            }
            Ok(reply) if seen.is_unreachable(reply) => {
                return Failed(Failure::HostUnreachable(host.clone(), reply.status));
            }
            Ok(_) => {}
        }
    }
    Passed(Pass::Allowed(seen.hosts.iter().map(|(host, _)| host.clone()).collect()))
}

fn cors(seen: &Observation) -> StepResult {
    if seen.way == Way::Sandbox {
        return NotApplicable(SkipReason::Sandbox);
    }
    if !seen.cross_origin {
        return NotApplicable(SkipReason::SameOrigin);
    }
    if is_closed(seen) {
        return Failed(Failure::NoCors);
    }
    if let Some(Err(_)) = &seen.change {
        return Failed(Failure::Preflight);
    }
    let shown = |probe: &Probe| match probe {
        Ok(reply) => reply.headers.iter().any(|(name, _)| !ALWAYS_SHOWN.contains(&name.as_str())),
        Err(_) => false,
    };
    let any = seen.hosts.iter().map(|(_, probe)| probe).chain(&seen.change).any(shown);
    if any { Passed(Pass::Readable) } else { Failed(Failure::HeadersHidden) }
}

fn methods(seen: &Observation) -> StepResult {
    if seen.way == Way::Sandbox {
        return NotApplicable(SkipReason::Sandbox);
    }
    match &seen.change {
        None => NotApplicable(SkipReason::Earlier),
        Some(Err(error)) => Failed(Failure::ChangeLost(error.clone())),
        Some(Ok(reply)) => match (seen.mark(reply), reply.status) {
            // Another server may stand before the proxy.
            (Mark::Passed, status @ (405 | 501)) if is_of_nobody(reply) => Failed(Failure::VerbRefused(status)),
            (Mark::Passed, status) => Passed(Pass::ChangePasses(status)),
            (_, status @ (413 | 414 | 431)) => Failed(Failure::TooLarge(status)),
            (Mark::Refused, status) | (Mark::None, status @ (405 | 501)) => Failed(Failure::VerbRefused(status)),
            (Mark::Unreachable, status) => {
                Failed(Failure::HostUnreachable(first_host(seen).unwrap_or_default(), status))
            }
            (Mark::None, status) if is_refusal(reply) => Failed(Failure::VerbRefused(status)),
            (Mark::None, status @ 500..) if !is_of_a_provider(reply) => {
                Failed(Failure::HostUnreachable(first_host(seen).unwrap_or_default(), status))
            }
            (Mark::None, status) => Passed(Pass::ChangePasses(status)),
        },
    }
}

fn unchanged(read: &SignedRead) -> StepResult {
    match read {
        SignedRead::NotTried => NotApplicable(SkipReason::Earlier),
        SignedRead::NoOperation => NotApplicable(SkipReason::NoRead),
        SignedRead::NotSigned => NotApplicable(SkipReason::NotSigned),
        SignedRead::NoCredential => NotApplicable(SkipReason::NoCredential),
        SignedRead::Stopped => NotApplicable(SkipReason::Stopped),
        SignedRead::Lost(error) => Failed(Failure::ReadLost(error.clone())),
        SignedRead::Accepted { status, .. } => Passed(Pass::SignatureAccepted(*status)),
        SignedRead::Foreign { status } => Failed(Failure::NotTheProvider(*status)),
        SignedRead::Inconclusive { status } => Failed(Failure::SignatureInconclusive(*status)),
        SignedRead::Refused { comparison: None, .. } => Failed(Failure::SignatureRefused),
        SignedRead::Refused { comparison: Some(comparison), .. } => {
            if comparison.reasons.contains(&Difference::AllEqual) {
                Passed(Pass::SecretDiffers)
            } else {
                Failed(Failure::Changed(comparison.clone()))
            }
        }
    }
}

fn clock(seen: &Observation) -> StepResult {
    if seen.way == Way::Sandbox && seen.hosts.is_empty() && !matches!(seen.read, SignedRead::Accepted { .. }) {
        return NotApplicable(SkipReason::Sandbox);
    }
    let signed = match &seen.read {
        SignedRead::Accepted { skew, .. } | SignedRead::Refused { skew, .. } => *skew,
        _ => None,
    };
    let of = |reply: &Reply| {
        let date = reply.header("date").and_then(parse_http_date)?;
        Some((date - reply.received).whole_seconds())
    };
    let probes =
        seen.hosts.iter().map(|(_, probe)| probe).chain(&seen.change).chain(&seen.disallowed_host).chain(&seen.root);
    let skew = signed.or_else(|| probes.filter_map(|probe| probe.as_ref().ok()).find_map(of));
    match skew {
        None => NotApplicable(SkipReason::NoDate),
        Some(skew) if skew.abs() >= NOTABLE_SKEW => Failed(Failure::ClocksDiffer(skew)),
        Some(skew) => Passed(Pass::ClocksAgree(skew)),
    }
}
