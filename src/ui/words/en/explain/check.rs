//! "Check connection": the steps and how they ended.

pub(super) mod failed;

use super::time::span;
use crate::diagnostics::{DISALLOWED_HOST, Good, Step, Why};

pub(super) fn step(step: Step) -> &'static str {
    match step {
        Step::Reachable => "Something answers",
        Step::OurProxy => "It is the proxy of this console",
        Step::AllowList => "Only the provider's hosts are let through",
        Step::Cors => "The browser may read the answers (CORS)",
        Step::Methods => "A PUT with headers and a body passes",
        Step::Unchanged => "Path, query and headers arrive unchanged",
        Step::Clock => "The clocks agree",
    }
}

/// A step that needs nothing is skipped. One that could be tried, with more than there was, is not tested.
pub(super) fn step_skipped(step: Step, why: Why) -> String {
    let topic = match step {
        Step::Reachable => "whether anything answers",
        Step::OurProxy => "type of proxy",
        Step::AllowList => "allowed hosts",
        Step::Cors => "permission of the other site (CORS)",
        Step::Methods => "PUT with headers and a body",
        Step::Unchanged => "changes on the way",
        Step::Clock => "clocks",
    };
    match why {
        Why::Sandbox | Why::Direct | Why::OtherProxy | Why::SameOrigin | Why::Unused => format!("Skipped: {topic}"),
        Why::Earlier | Why::NoRead | Why::NotSigned | Why::NoCredential | Why::Stopped | Why::NoDate => {
            format!("Not tested: {topic}")
        }
    }
}

/// What a call that only reads cannot show.
const NO_BODY: &str = "This does not test the body of a change.";

pub(super) fn passed(good: &Good) -> String {
    match good {
        Good::Answers(status) => format!("The address answers, with status {status}."),
        Good::Listens => String::from("Something listens at the address, though the page may not read its answer."),
        Good::Marked => String::from("The proxy refuses with the mark of the proxies in deploy/."),
        Good::Ready => String::from("The proxy itself says that it is a proxy of deploy/."),
        Good::Allowed(hosts) => {
            format!("The proxy refuses {DISALLOWED_HOST} and lets these hosts through: {}.", hosts.join(", "))
        }
        Good::Readable => String::from("The other site lets this page send its headers and read those of the answers."),
        Good::ChangePasses(status) => format!(
            "A PUT without a credential was answered with status {status}. This does not test whether its body arrived unchanged."
        ),
        Good::SignatureAccepted(status) => format!(
            "The provider accepted the signature of a call that only reads (status {status}): its path, its query full of \
             hard characters, its headers and its empty body arrived as they were signed. {NO_BODY}"
        ),
        Good::SecretDiffers => format!(
            "The provider signed the same text as this page, so path, query, headers and the empty body did not change on \
             the way. It refused the signature because the AccessKey secret is not the one that belongs to the AccessKey \
             ID. {NO_BODY}"
        ),
        Good::ClocksAgree(skew) => format!("The clocks differ by {}.", span(skew.unsigned_abs())),
    }
}

pub(super) fn skipped(why: Why) -> &'static str {
    match why {
        Why::Sandbox => "The sandbox plays the clouds in the page: nothing leaves it.",
        Why::Direct => "This connection calls the provider's hosts itself; there is no proxy.",
        Why::Earlier => "A step before this one failed, so this one cannot show anything.",
        Why::OtherProxy => "Not one of our Caddy or nginx examples. That is fine.",
        Why::SameOrigin => "The address is on this page's own origin, where browsers ask nobody.",
        Why::Unused => {
            "No operation that is offered here has a host in this region, so nothing goes through this address."
        }
        Why::NoRead => "No operation that is offered here only reads, needs no input and goes through this address.",
        Why::NotSigned => "The credential that is chosen for this provider does not sign, so nothing shows a change.",
        Why::NoCredential => "Enter an access key on the page of one of the provider's operations first.",
        Why::Stopped => "Too many signatures in a row were refused. Another one could lock the key.",
        Why::NoDate => "No answer had the server's time, or the page may not see it.",
    }
}
