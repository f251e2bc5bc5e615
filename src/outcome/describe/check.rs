//! "Check connection": the steps, what was found, and the line of configuration to change.

mod faults;

use super::{Explanation, Tone, span};
use crate::diagnostics::{Address, DISALLOWED_HOST, Good, Step, StepResult, Why};

/// What a step looks at.
pub fn check_step(step: Step) -> &'static str {
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

/// How a step ended, on the way through this address. The tone of a step that does not apply is [`Tone::Unsure`].
pub fn check_result(result: &StepResult, address: &Address) -> Explanation {
    match result {
        StepResult::Passed(good) => Explanation::new(Tone::Good, "Passed").because(passed(good)),
        StepResult::NotApplicable(why) => {
            Explanation::new(Tone::Unsure, "Not applicable").because(not_applicable(*why))
        }
        StepResult::Failed(fault) => faults::failed(fault, address),
    }
}

/// What a call that only reads cannot show.
const NO_BODY: &str = "What becomes of the body of a change is not shown by it.";

fn passed(good: &Good) -> String {
    match good {
        Good::Answers(status) => format!("The address answers, with status {status}."),
        Good::Listens => String::from("Something listens at the address, though the page may not read its answer."),
        Good::Marked => String::from("It refuses with the mark of the proxies in deploy/."),
        Good::Ready => String::from("Asked for itself, it says that it is a proxy of deploy/."),
        Good::Allowed(hosts) => {
            format!("{DISALLOWED_HOST} is refused, and these are let through: {}.", hosts.join(", "))
        }
        Good::Readable => String::from("The other site lets this page send its headers and read those of the answers."),
        Good::ChangePasses(status) => {
            format!(
                "A PUT without a credential was answered with status {status}. Whether its body arrived as it was sent, this does not show."
            )
        }
        Good::SignatureAccepted(status) => format!(
            "The provider accepted the signature of a call that only reads (status {status}): its path, its query full of \
             hard characters, its headers and its empty body arrived as they were signed. {NO_BODY}"
        ),
        Good::SecretDiffers => format!(
            "The provider signed the same text as this page, so path, query, headers and the empty body did not change on \
             the way. It refused the signature because the AccessKey secret is not the one that belongs to the AccessKey \
             ID. {NO_BODY}"
        ),
        Good::ClocksAgree(skew) => format!("They differ by {}.", span(skew.unsigned_abs())),
    }
}

fn not_applicable(why: Why) -> &'static str {
    match why {
        Why::Sandbox => "The sandbox plays the clouds in the page: nothing leaves it.",
        Why::Direct => "This connection calls the provider's hosts itself; there is no proxy.",
        Why::Earlier => "A step before this one failed, so there is nothing to tell it by.",
        Why::OtherProxy => {
            "Its answers do not bear the mark of the proxies in deploy/, or the page may not see it. \
             Any proxy will do that passes the other steps."
        }
        Why::SameOrigin => "The address is on this page's own origin, where browsers ask nobody.",
        Why::Unused => "Nothing that is offered here has a host in this region, so nothing goes through this address.",
        Why::NoRead => "Nothing that is offered here only reads, needs no input and goes through this address.",
        Why::NotSigned => "The credential that is chosen for this provider does not sign, so nothing shows a change.",
        Why::NoCredential => {
            "It takes a signature: enter an access key on the page of one of the provider's operations, and check again."
        }
        Why::Stopped => "Too many signatures in a row were refused. Another one could lock the key.",
        Why::NoDate => "No answer said what time it is there, or the page may not see it.",
    }
}
