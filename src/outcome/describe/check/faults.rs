//! What is wrong, and the line to change: of `config.json`, or of the files in `deploy/` as they are written there.

use super::super::comparison::comparison;
use super::super::{Explanation, Tone, clock_off, seconds};
use crate::diagnostics::{Address, Fault, STRANGER};
use crate::transport::TransportError;

const ALLOW_LIST: &str = "The list of hosts is (providers) in deploy/Caddyfile, map $asked_host $provider in \
     deploy/nginx.conf, whichever is in use.";

const PROXY_PART: &str = "Add the part for /proxy/ to the server, before the files: location /proxy/ of deploy/nginx.conf, or \
     handle @call of deploy/Caddyfile.";

const TARGET: &str = "In deploy/nginx.conf, proxy_pass https://$dial$target and proxy_set_header Host $provider must stay as they \
     are; in deploy/Caddyfile, uri strip_prefix {$TLS_CONSOLE_PATH}/proxy/{re.call.1} and header_up Host {re.call.1}.";

const LIMITS: &str = "Raise client_max_body_size and large_client_header_buffers in deploy/nginx.conf, or max_size, @too_long and \
     max_header_size in deploy/Caddyfile: tokens have up to 32 kB.";

const NOTHING: &str = "Neither config.json nor deploy/ is to blame: nothing is to change there.";

fn told(title: &str) -> Explanation {
    Explanation::new(Tone::Bad, title)
}

pub(super) fn failed(fault: &Fault, address: &Address) -> Explanation {
    let url = url(address);
    match fault {
        Fault::NoAnswer(error) => no_answer(error, address),
        Fault::OwnPage => told("The address leads to a page, not to a proxy")
            .because("The web server answers with HTML, as some do with index.html for every address that they do not know.")
            .then(PROXY_PART)
            .then(url),
        Fault::NothingThere(status) => told("The web server has nothing at this address")
            .because(format!("It answers with a page of its own and status {status}."))
            .then(PROXY_PART)
            .then(url),
        Fault::Login(status) => told("Something on the way wants a login first")
            .because(format!("It answers with status {status}, and not as a provider does."))
            .because("Basic authentication cannot work: the header Authorization is the signature.")
            .then("Let the proxy tell its users by a cookie of a single sign-on, by a client certificate or by their network: see docs/hosting.md.")
            .then(url),
        Fault::Open(status) => told("The proxy passes calls on to any host")
            .because(format!("{STRANGER}, which is no host of a provider, was let through; the answer has status {status}."))
            .because("Whoever reaches the proxy can use it to reach other systems in your name.")
            .then(format!("Let it refuse other hosts. {ALLOW_LIST}")),
        Fault::TriesStrangers(status) => told("The proxy tries to reach hosts that it should refuse")
            .because(format!("For {STRANGER} it answered {status}: it asked, and got nothing."))
            .then(format!("Let it refuse other hosts. {ALLOW_LIST}")),
        Fault::HostRefused(host) => told("The proxy refuses a host of this provider")
            .because(format!("{host} is not let through."))
            .then(format!("Add {host}. {ALLOW_LIST}")),
        Fault::HostUnreachable(host, status) => told("The proxy is there and does not reach the provider")
            .because(format!("For {host} it answered {status}: no connection, no such name, or a certificate that it does not trust."))
            .then(REACH),
        Fault::HostSilent(host, error) => told("The proxy is there, and nothing comes back from the provider")
            .because(format!("The call to {host} {}", what_became(error)))
            .then(REACH),
        Fault::NoCors if address.direct => told("The provider does not let this page read its answers")
            .because("Its hosts answer no call of another site's page, as browsers ask them to.")
            .then(url),
        Fault::NoCors => told("The other site does not let this page read its answers")
            .because("Something listens there, and the answer lacks Access-Control-Allow-Origin for this page.")
            .then("Let the proxy send Access-Control-Allow-Origin with this page's origin, or serve page and proxy from one origin, as the files in deploy/ do.")
            .then(url),
        Fault::Preflight if address.direct => told("The provider does not let this page send a PUT with headers")
            .because("A reading call passes; the preflight of a changing one does not.")
            .then(url),
        Fault::Preflight => told("The other site does not let this page send a PUT with headers")
            .because("A reading call passes; the preflight of a changing one does not.")
            .then("Let the proxy answer OPTIONS with Access-Control-Allow-Methods: GET, POST, PUT, DELETE and Access-Control-Allow-Headers with the headers of the request (X-Auth-Token, Authorization, Content-Type, X-Sdk-Date and those that begin with x-acs-).")
            .then(SAME_ORIGIN),
        Fault::HeadersHidden => told("The other site hides the headers of its answers")
            .because("The page sees neither request ids nor tokens nor the server's time.")
            .then("Let the proxy send Access-Control-Expose-Headers: *.")
            .then(SAME_ORIGIN),
        Fault::ChangeLost(error) => told("A GET is answered, a PUT is not")
            .because(format!("The PUT, which has headers and a body, {}", what_became(error)))
            .because("So the address is right, and something on the way stops the verb, a header or the body.")
            .then(METHODS)
            .then(LIMITS),
        Fault::VerbRefused(status) => told("PUT is refused on the way")
            .because(format!("The answer has status {status}, where a reading call passes."))
            .then(METHODS),
        Fault::TooLarge(status) => told("Body or headers are too large for the way")
            .because(format!("The answer has status {status}."))
            .then(LIMITS),
        Fault::ReadLost(error) => told("Calls are answered, the signed one is not")
            .because(format!("The signed call {}", what_became(error)))
            .because("So the address is right, and something on the way stops the headers of a signature.")
            .then("Let the proxy pass on Authorization and every header that begins with x-; on another site, its preflight must allow each header that the preview of a call shows.")
            .then(LIMITS),
        Fault::Changed(found) => {
            let told = comparison(found);
            Explanation { title: format!("Changed on the way: {}", told.title), ..told }.then(TARGET)
        }
        Fault::SignatureRefused => told("The provider refuses the signature")
            .because("It does not say what it signed: the key may be wrong, or something changes the request on the way.")
            .then("Check the access key with another connection. If it works there, the proxy changes path, query or headers.")
            .then(TARGET),
        Fault::SignatureUnread(status @ (400..=428 | 430..500)) => told("The provider refuses the call, and not for its signature")
            .because(format!("Status {status}: something may leave out a header, or change the path, on the way."))
            .then("Let the proxy pass on Authorization and every header that begins with x-.")
            .then(TARGET),
        Fault::SignatureUnread(status) => told("The provider does not look at the signature")
            .because(format!("Status {status}: it is busy, or out of order."))
            .then("Check again later.")
            .then(NOTHING),
        Fault::NotTheProvider(status) => told("The answer is not the provider's")
            .because(format!("Status {status}, in a form that the provider's API does not use."))
            .then(url),
        Fault::ClocksDiffer(skew) => told("The clocks are too far apart")
            .because(clock_off(*skew))
            .because("Signatures are refused from 15 minutes on.")
            .then("Set this computer's clock, or let signatures follow the server's on the page of all credentials.")
            .then(NOTHING),
    }
}

const REACH: &str = "Check name resolution, the way out and the trusted certificates on the machine of the proxy: resolver and \
     proxy_ssl_trusted_certificate in deploy/nginx.conf, TLS_CONSOLE_TRANSPORT and SSL_CERT_FILE for deploy/Caddyfile.";

const SAME_ORIGIN: &str = "Or serve page and proxy from one origin, as deploy/Caddyfile and deploy/nginx.conf do.";

const METHODS: &str = "Let the proxy pass on every method: (GET|POST|PUT|PATCH|DELETE) in map $asked $asked_host of \
     deploy/nginx.conf, method in @call of deploy/Caddyfile.";

/// The line of `config.json`.
fn url(address: &Address) -> String {
    let place = &address.place;
    if address.direct {
        format!("In config.json, give {place} the kind \"proxy\" and the url of one.")
    } else {
        format!("In config.json, correct {place}.")
    }
}

/// How a call ended that brought nothing, to complete "The call …".
fn what_became(error: &TransportError) -> String {
    match error {
        TransportError::TimedOut(limit) => format!("had no answer within {}.", seconds(*limit)),
        TransportError::Offline => String::from("was not sent: the browser says that this computer is offline."),
        TransportError::Cancelled => String::from("was ended before an answer came."),
        TransportError::Blocked(known) if known.policy => {
            String::from("was stopped by this site's own Content-Security-Policy.")
        }
        TransportError::Blocked(_) => {
            String::from("was cut off or redirected, or the browser may not show its answer; it does not say which.")
        }
        TransportError::NotLoaded => String::from("was not sent: the sandbox could not be loaded."),
        TransportError::WorkerStopped => String::from("was not sent: the sandbox has stopped."),
        TransportError::Browser(complaint) => format!("was refused by the browser: {complaint}."),
    }
}

fn no_answer(error: &TransportError, address: &Address) -> Explanation {
    let told = told("No answer");
    let url = url(address);
    match error {
        TransportError::Offline => told
            .because("The browser says that this computer is offline.")
            .then("Connect to the network and check again.")
            .then(NOTHING),
        TransportError::TimedOut(limit) => told
            .because(format!("Nothing came within {}.", seconds(*limit)))
            .then("Check that the proxy runs and that a firewall lets this computer reach it.")
            .then(url),
        TransportError::Cancelled => told.because("The check was ended before an answer came.").then(NOTHING),
        TransportError::Blocked(known) if known.policy => {
            let origins = address.origins.join(" ");
            told.because(format!("This site's own Content-Security-Policy does not let this page call {origins}."))
                .then(format!("With deploy/Caddyfile, start Caddy with TLS_CONSOLE_CONNECT=\"{origins}\"."))
                .then(format!(
                    "With deploy/nginx.conf, add {origins} behind connect-src 'self' in the line marked EDIT: connect-src."
                ))
                .then("With another server, add it to connect-src of the header Content-Security-Policy.")
        }
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
        TransportError::NotLoaded => told.because("The sandbox could not be loaded.").then(NOTHING),
        TransportError::WorkerStopped => told.because("The sandbox has stopped.").then(NOTHING),
        TransportError::Browser(complaint) => {
            told.because(format!("The browser refused the request: {complaint}.")).then(url)
        }
    }
}
