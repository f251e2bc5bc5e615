//! "Check connection": the steps and how they ended.

pub(super) mod failed;

use super::time::span;
use crate::diagnostics::{DISALLOWED_HOST, Pass, SkipReason, Step};

pub(super) fn step(step: Step) -> &'static str {
    match step {
        Step::Reachable => "Something answers",
        Step::OurProxy => "It is the proxy of this console",
        Step::OwnCalls => "Only the console's own calls are let through",
        Step::AllowList => "Only the provider's hosts are let through",
        Step::Cors => "The browser may read the answers (CORS)",
        Step::Methods => "A PUT with headers and a body passes",
        Step::Unchanged => "Path, query and headers arrive unchanged",
        Step::Clock => "The clocks agree",
    }
}

/// A step that needs nothing is skipped. One that could be tried, with more than there was, is not tested.
pub(super) fn step_skipped(step: Step, why: SkipReason) -> String {
    let topic = match step {
        Step::Reachable => "whether anything answers",
        Step::OurProxy => "type of proxy",
        Step::OwnCalls => "the console's own calls",
        Step::AllowList => "allowed hosts",
        Step::Cors => "permission of the other site (CORS)",
        Step::Methods => "PUT with headers and a body",
        Step::Unchanged => "changes on the way",
        Step::Clock => "clocks",
    };
    match why {
        SkipReason::Sandbox
        | SkipReason::Direct
        | SkipReason::OtherProxy
        | SkipReason::SameAnswer
        | SkipReason::SameOrigin
        | SkipReason::Unused => format!("Skipped: {topic}"),
        SkipReason::Earlier
        | SkipReason::NoRead
        | SkipReason::NotSigned
        | SkipReason::NoCredential
        | SkipReason::Stopped
        | SkipReason::NoDate => {
            format!("Not tested: {topic}")
        }
    }
}

/// What a call that only reads cannot show.
const NO_BODY: &str = "This does not test the body of a change.";

pub(super) fn passed(good: &Pass) -> String {
    match good {
        Pass::Answers(status) => format!("The address answers, with status {status}."),
        Pass::Listens => String::from("Something listens at the address, though the page may not read its answer."),
        Pass::Marked => String::from("The proxy refuses with the mark of the proxies in deploy/."),
        Pass::Ready => String::from("The proxy itself says that it is a proxy of deploy/."),
        Pass::OwnCallsOnly => String::from("The proxy refuses what lacks the header X-TLS-Console-Call."),
        Pass::Allowed(hosts) => {
            format!("The proxy refuses {DISALLOWED_HOST} and lets these hosts through: {}.", hosts.join(", "))
        }
        Pass::Readable => String::from("The other site lets this page send its headers and read those of the answers."),
        Pass::ChangePasses(status) => format!(
            "A PUT without a credential was answered with status {status}. This does not test whether its body arrived unchanged."
        ),
        Pass::SignatureAccepted(status) => format!(
            "The provider accepted the signature of a call that only reads (status {status}): its path, its query full of \
             hard characters, its headers and its empty body arrived as they were signed. {NO_BODY}"
        ),
        Pass::SecretDiffers => format!(
            "The provider signed the same text as this page, so path, query, headers and the empty body did not change on \
             the way. It refused the signature because the AccessKey secret is not the one that belongs to the AccessKey \
             ID. {NO_BODY}"
        ),
        Pass::ClocksAgree(skew) => format!("The clocks differ by {}.", span(skew.unsigned_abs())),
    }
}

pub(super) fn skipped(why: SkipReason) -> &'static str {
    match why {
        SkipReason::Sandbox => "The sandbox plays the clouds in the page: nothing leaves it.",
        SkipReason::Direct => "This connection calls the provider's hosts itself; there is no proxy.",
        SkipReason::Earlier => "A step before this one failed, so this one cannot show anything.",
        SkipReason::OtherProxy => "Not one of our Caddy or nginx examples. That is fine.",
        SkipReason::SameAnswer => {
            "A host of the provider and a host that must be refused get the same answer, so nobody can tell from here whether the proxy lets strangers through."
        }
        SkipReason::SameOrigin => "The address is on this page's own origin, where browsers ask nobody.",
        SkipReason::Unused => {
            "No operation that is offered here has a host in this region, so nothing goes through this address."
        }
        SkipReason::NoRead => {
            "No operation that is offered here only reads, needs no input and goes through this address."
        }
        SkipReason::NotSigned => {
            "The credential that is chosen for this provider does not sign, so nothing shows a change."
        }
        SkipReason::NoCredential => "Enter an access key on the page of one of the provider's operations first.",
        SkipReason::Stopped => "Too many signatures in a row were refused. Another one could lock the key.",
        SkipReason::NoDate => "No answer had the server's time, or the page may not see it.",
    }
}
