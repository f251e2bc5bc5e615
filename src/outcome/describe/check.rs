//! "Check connection": the steps, what was found, and the line of configuration to change.

use super::comparison::comparison;
use super::{Explanation, Tone, seconds, span};
use crate::session::check::{Fault, Good, STRANGER, Step, StepResult, Why};
use crate::transport::TransportError;

/// What a step looks at.
pub fn check_step(step: Step) -> &'static str {
    match step {
        Step::Reachable => "Something answers",
        Step::OurProxy => "It is the proxy of this console",
        Step::AllowList => "Only the provider's hosts are let through",
        Step::Cors => "The browser may read the answers (CORS)",
        Step::Methods => "PUT, body and headers pass",
        Step::Unchanged => "Path, query and headers arrive unchanged",
        Step::Clock => "The clocks agree",
    }
}

/// How a step ended. `place` is where the connection's address stands in `config.json`: `#/connections/1/url`. The tone of a step that
/// does not apply is [`Tone::Unsure`].
pub fn check_result(result: &StepResult, place: &str) -> Explanation {
    match result {
        StepResult::Passed(good) => Explanation::new(Tone::Good, "Passed").because(passed(good)),
        StepResult::NotApplicable(why) => {
            Explanation::new(Tone::Unsure, "Not applicable").because(not_applicable(*why))
        }
        StepResult::Failed(fault) => failed(fault, place),
    }
}

fn passed(good: &Good) -> String {
    match good {
        Good::Answers(status) => format!("The address answers, with status {status}."),
        Good::Listens => String::from("Something listens at the address, though the page may not read its answer."),
        Good::Marked => String::from("It refuses with the mark of the proxies in deploy/."),
        Good::Allowed(hosts) => format!("{STRANGER} is refused, and these are let through: {}.", hosts.join(", ")),
        Good::Readable => String::from("The other site lets this page send its headers and read those of the answers."),
        Good::ChangePasses(status) => format!("A PUT without a credential was answered with status {status}."),
        Good::SignatureAccepted(status) => {
            format!("The provider accepted the signature of a reading call full of hard characters; status {status}.")
        }
        Good::SecretDiffers => String::from(
            "The provider signed the same text as this page, so nothing changed on the way. It refused the signature \
             because the AccessKey secret is not the one that belongs to the AccessKey ID.",
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
        Why::NoRead => "The provider's descriptions have no call that only reads and needs no input.",
        Why::NotSigned => "The credential that is chosen for this provider does not sign, so nothing shows a change.",
        Why::NoCredential => {
            "It takes a signature: enter an access key on the page of one of the provider's operations, and check again."
        }
        Why::Stopped => "Too many signatures in a row were refused. Another one could lock the key.",
        Why::NoDate => "No answer said what time it is there, or the page may not see it.",
    }
}

const ALLOW_LIST: &str =
    "Change the list of hosts at the top of deploy/Caddyfile or deploy/nginx.conf, whichever is in use.";

fn failed(fault: &Fault, place: &str) -> Explanation {
    let told = |title: &str| Explanation::new(Tone::Bad, title);
    let url = format!("In config.json, correct {place}.");
    match fault {
        Fault::NoAnswer(error) => no_answer(error, &url),
        Fault::OwnPage => told("The address leads to this site's own page")
            .because("The web server answers with index.html, as some do for every address that they do not know.")
            .then("Add the part for /proxy/ of deploy/Caddyfile or deploy/nginx.conf to the server, before the files.")
            .then(url),
        Fault::NothingThere(status) => told("The web server has nothing at this address")
            .because(format!("It answers with a page of its own and status {status}."))
            .then("Add the part for /proxy/ of deploy/Caddyfile or deploy/nginx.conf to the server.")
            .then(url),
        Fault::Open(status) => told("The proxy passes calls on to any host")
            .because(format!("{STRANGER}, which is no host of a provider, was let through; the answer has status {status}."))
            .because("Whoever reaches the proxy can use it to reach other systems in your name.")
            .then(ALLOW_LIST),
        Fault::TriesStrangers(status) => told("The proxy tries to reach hosts that it should refuse")
            .because(format!("For {STRANGER} it answered {status}: it asked, and got nothing."))
            .then(ALLOW_LIST),
        Fault::HostRefused(host) => told("The proxy refuses a host of this provider")
            .because(format!("{host} is not let through."))
            .then(format!("Add {host}. {ALLOW_LIST}")),
        Fault::HostUnreachable(host, status) => told("The proxy does not reach the provider")
            .because(format!("For {host} it answered {status}: no connection, no such name, or a certificate that it does not trust."))
            .then("Check name resolution and the way out on the machine of the proxy (resolver in deploy/nginx.conf, the trusted certificates in both)."),
        Fault::NoCors => told("The other site does not let this page read its answers")
            .because("Something listens there, and the answer lacks Access-Control-Allow-Origin for this page. The clouds' own hosts never send it.")
            .then("Let the proxy send Access-Control-Allow-Origin with this page's origin, or serve page and proxy from one origin.")
            .then(url),
        Fault::Preflight => told("The other site does not let this page send a PUT with headers")
            .because("A reading call passes; the preflight of a changing one does not.")
            .then("Let the proxy answer OPTIONS with Access-Control-Allow-Methods: GET, POST, PUT, DELETE and Access-Control-Allow-Headers with the headers of the request (X-Auth-Token, Authorization, Content-Type, X-Sdk-Date and those that begin with x-acs-)."),
        Fault::HeadersHidden => told("The other site hides the headers of its answers")
            .because("The page sees neither request ids nor tokens nor the server's time.")
            .then("Let the proxy send Access-Control-Expose-Headers: *."),
        Fault::VerbRefused(status) => told("PUT is refused on the way")
            .because(format!("The answer has status {status}, where a reading call passes."))
            .then("Let the proxy pass on every method (limit_except in nginx, method in a matcher of Caddy)."),
        Fault::TooLarge(status) => told("Body or headers are too large for the way")
            .because(format!("The answer has status {status}."))
            .then("Raise client_max_body_size and large_client_header_buffers in nginx, or request_body and max_header_size in Caddy: tokens have up to 32 kB."),
        Fault::Changed(found) => {
            let mut told = comparison(found);
            told.title = format!("Changed on the way: {}", told.title);
            told
        }
        Fault::SignatureRefused => told("The provider refuses the signature")
            .because("It does not say what it signed: the key may be wrong, or something changes the request on the way.")
            .then("Check the access key with another connection. If it works there, the proxy changes path, query or headers.")
            .then("In nginx, proxy_pass must use $request_uri; in Caddy, nothing may rewrite the path."),
        Fault::NotTheProvider(status) => told("The answer is not the provider's")
            .because(format!("Status {status}, in a form that the provider's API does not use."))
            .then(url),
        Fault::ClocksDiffer(skew) => told("The clocks are too far apart")
            .because(super::clock_off(*skew))
            .because("Signatures are refused from 15 minutes on.")
            .then("Set this computer's clock, or let signatures follow the server's on the page of all credentials."),
    }
}

fn no_answer(error: &TransportError, url: &str) -> Explanation {
    let told = Explanation::new(Tone::Bad, "No answer");
    match error {
        TransportError::Offline => told
            .because("The browser says that this computer is offline.")
            .then("Connect to the network and check again."),
        TransportError::TimedOut(limit) => told
            .because(format!("Nothing came within {}.", seconds(*limit)))
            .then("Check that the proxy runs and that a firewall lets this computer reach it.")
            .then(url),
        TransportError::Cancelled => told.because("The check was ended before an answer came."),
        TransportError::Blocked(known) if known.policy => told
            .because("This site's own Content-Security-Policy forbids calls to this address.")
            .then("Add the address's origin to connect-src in the header that the site is served with."),
        TransportError::Blocked(known) => {
            let told = if known.mixed_content {
                told.because("This page is https and the address is http, which browsers block.")
            } else {
                told
            };
            told.because("Nothing listens at the address, its name is not known, its certificate is not trusted, or it redirects.")
                .then("Start the proxy, or correct its address.")
                .then(url)
        }
        TransportError::Browser(complaint) => {
            told.because(format!("The browser refused the request: {complaint}.")).then(url)
        }
    }
}
