//! What is wrong with a step, and the line to change: of `config.json`, or of the files in `deploy/` as they are written
//! there.

use super::super::comparison;
use super::super::time::{clock_off, seconds};
use crate::diagnostics::DISALLOWED_HOST;
use crate::diagnostics::diagnosis::{Cause, Probed, Remedy, Title};
use crate::transport::TransportError;

const ALLOW_LIST: &str = "The list of hosts is (providers) in deploy/Caddyfile, map $asked_host $provider in \
     deploy/nginx.conf, whichever is in use.";

pub(in super::super) fn title(title: &Title) -> String {
    let fixed = match title {
        Title::Changed(found) => return format!("Changed on the way: {}", comparison::title(found)),
        Title::NoAnswer => "No answer",
        Title::OwnPage => "The address leads to a page, not to a proxy",
        Title::NothingThere => "The web server has nothing at this address",
        Title::Login => "Something on the way wants a login first",
        Title::NoCallId => "The proxy passes on nothing that does not carry a call's id",
        Title::AnyCall => "The proxy answers calls that are not the console's own",
        Title::OpenProxy => "The proxy passes calls on to any host",
        Title::TriesDisallowedHost => "The proxy tries to reach hosts that it should refuse",
        Title::HostRefused => "The proxy refuses a host of this provider",
        Title::HostUnreachable => "The proxy is there and does not reach the provider",
        Title::HostSilent => "The proxy is there, and nothing comes back from the provider",
        Title::ProviderWithoutCors => "The provider does not let this page read its answers",
        Title::NoCors => "The other site does not let this page read its answers",
        Title::ProviderWithoutPreflight => "The provider does not let this page send a PUT with headers",
        Title::NoPreflight => "The other site does not let this page send a PUT with headers",
        Title::HeadersHidden => "The other site hides the headers of its answers",
        Title::PutLost => "A GET is answered, a PUT is not",
        Title::PutRefused => "PUT is refused on the way",
        Title::TooLarge => "Body or headers are too large for the way",
        Title::SignedCallLost => "Calls are answered, the signed one is not",
        Title::SignatureRefused => "The provider refuses the signature",
        Title::RefusedInconclusive => "The provider refuses the call, and not for its signature",
        Title::ProviderBusy => "The provider does not look at the signature",
        Title::NotTheProvider => "The answer is not the provider's",
        Title::ClocksDiffer => "The clocks are too far apart",
    };
    fixed.to_owned()
}

pub(in super::super) fn cause(cause: &Cause) -> String {
    let fixed = match cause {
        Cause::PageOfServer(status) => {
            return format!("The web server answers with a page of its own and status {status}.");
        }
        Cause::LoginStatus(status) => {
            return format!("The answer has status {status}, and is not one that a provider gives.");
        }
        Cause::DisallowedHostPassed(status) => {
            return format!(
                "The proxy let {DISALLOWED_HOST} through, which is no host of a provider; the answer has status {status}."
            );
        }
        Cause::DisallowedHostTried(status) => {
            return format!("For {DISALLOWED_HOST} the proxy answered {status}: it asked, and got nothing.");
        }
        Cause::HostRefused(host) => return format!("The proxy does not let {host} through."),
        Cause::HostUnreachable(host, status) => {
            return format!(
                "For {host} the proxy answered {status}: no connection, no such name, or a certificate that it does not trust."
            );
        }
        Cause::Lost(probed, error) => {
            let call = match probed {
                Probed::Host(host) => format!("The call to {host}"),
                Probed::Put => String::from("The PUT, which has headers and a body,"),
                Probed::Signed => String::from("The signed call"),
            };
            return format!("{call} {}", what_became(error));
        }
        Cause::PutStatus(status) => {
            return format!("The answer has status {status}, where a call that only reads passes.");
        }
        Cause::Status(status) => return format!("The answer has status {status}."),
        Cause::Comparison(found) => return comparison::cause(found),
        Cause::HeaderOrPath(status) => {
            return format!("Status {status}: something may leave out a header, or change the path, on the way.");
        }
        Cause::Busy(status) => return format!("Status {status}: the provider is busy, or out of order."),
        Cause::NotTheProvider(status) => {
            return format!("Status {status}, in a form that the provider's API does not use.");
        }
        Cause::ClockOff(skew) => return clock_off(*skew),
        Cause::TimedOut(limit) => return format!("Nothing came within {}.", seconds(*limit)),
        Cause::Policy(origins) => {
            let origins = origins.join(" ");
            return format!("This site's own Content-Security-Policy does not let this page call {origins}.");
        }
        Cause::RefusedByBrowser(complaint) => return format!("The browser refused the request: {complaint}."),
        Cause::PageForEveryAddress => {
            "The web server answers with HTML, as some do with index.html for every address that they do not know."
        }
        Cause::NoBasicAuthentication => "Basic authentication cannot work: the header Authorization is the signature.",
        Cause::CallIdNotSent => {
            "The proxy asks for the header X-TLS-Console-Call, and config.json does not have the console send it."
        }
        Cause::CallIdLost => {
            "The console sends the header X-TLS-Console-Call, and something in front of the proxy takes it out."
        }
        Cause::AnyCallRisk => {
            "The proxy answers without the header X-TLS-Console-Call too. A link, a script or a frame could load a provider's answer from this site, and a repeated call passes twice."
        }
        Cause::OpenProxyRisk => "Whoever reaches the proxy can use it to reach other systems in your name.",
        Cause::ProviderWithoutCors => {
            "The provider's hosts do not allow pages of other sites to call them, which browsers ask for."
        }
        Cause::NoAllowOrigin => {
            "Something listens there, and the answer lacks Access-Control-Allow-Origin for this page."
        }
        Cause::PreflightFails => "A call that only reads passes; the preflight of a changing one does not.",
        Cause::HeadersHidden => "The page sees neither request ids nor tokens nor the server's time.",
        Cause::PutStopped => {
            "So the address is right, and something on the way stops the method, a header or the body."
        }
        Cause::SignatureStopped => {
            "So the address is right, and something on the way stops the headers of a signature."
        }
        Cause::NoReasonGiven => {
            "The provider does not say what it signed: the key may be wrong, or something changes the request on the way."
        }
        Cause::SkewLimit => "Signatures are refused from 15 minutes on.",
        Cause::Offline => "The browser says that this computer is offline.",
        Cause::Cancelled => "The check was ended before an answer came.",
        Cause::MixedContent => "This page is https and the address is http, which browsers block.",
        Cause::NothingListens => {
            "Nothing listens at the address, its name is not known, its certificate is not trusted, or it redirects."
        }
        Cause::SandboxStopped => "The sandbox has stopped.",
        Cause::NotLoaded => "A part of the console could not be loaded.",
    };
    fixed.to_owned()
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
        TransportError::NotLoaded => String::from("was not sent: a part of the console could not be loaded."),
        TransportError::WorkerStopped => String::from("was not sent: the sandbox has stopped."),
        TransportError::Browser(complaint) => format!("was refused by the browser: {complaint}."),
    }
}

pub(in super::super) fn remedy(remedy: &Remedy) -> String {
    let fixed = match remedy {
        Remedy::CorrectAddress(place) => return format!("In config.json, correct {place}."),
        Remedy::UseProxy(place) => {
            return format!("In config.json, give {place} the kind “proxy” and the url of one.");
        }
        Remedy::SetCallId(place) => {
            return format!("In config.json, add \"callId\": true to the connection of {place}.");
        }
        Remedy::RefuseOtherHosts => return format!("Let the proxy refuse other hosts. {ALLOW_LIST}"),
        Remedy::AllowHost(host) => return format!("Add {host}. {ALLOW_LIST}"),
        Remedy::Comparison(found) => return comparison::remedy(found),
        Remedy::AllowInCaddy(origins) => {
            let origins = origins.join(" ");
            return format!("With deploy/Caddyfile, start Caddy with TLS_CONSOLE_CONNECT=\"{origins}\".");
        }
        Remedy::AllowInNginx(origins) => {
            let origins = origins.join(" ");
            return format!(
                "With deploy/nginx.conf, add {origins} behind connect-src 'self' in the line marked EDIT: connect-src."
            );
        }
        Remedy::AllowInOtherServer => {
            "With another server, add it to connect-src of the header Content-Security-Policy."
        }
        Remedy::AddProxyPart => {
            "Add the part for /proxy/ to the server, before the files: location /proxy/ of deploy/nginx.conf, or \
             handle @call of deploy/Caddyfile."
        }
        Remedy::PassCallId => "Let the server in front of the proxy pass on X-TLS-Console-Call as it is.",
        Remedy::UpdateProxy => "Take deploy/nginx.conf or deploy/Caddyfile of this version for the proxy.",
        Remedy::UseOtherLogin => {
            "Let the proxy tell its users by a cookie of a single sign-on, by a client certificate or by their network: \
             see docs/hosting.md."
        }
        Remedy::CheckProxyNetwork => {
            "Check name resolution, the way out and the trusted certificates on the machine of the proxy: resolver and \
             proxy_ssl_trusted_certificate in deploy/nginx.conf, TLS_CONSOLE_TRANSPORT and SSL_CERT_FILE for \
             deploy/Caddyfile."
        }
        Remedy::AllowOrigin => {
            "Let the proxy send Access-Control-Allow-Origin with this page's origin, or serve page and proxy from one \
             origin, as the files in deploy/ do."
        }
        Remedy::AnswerPreflight => {
            "Let the proxy answer OPTIONS with Access-Control-Allow-Methods: GET, POST, PUT, DELETE and \
             Access-Control-Allow-Headers with the headers of the request (X-Auth-Token, Authorization, Content-Type, \
             X-Sdk-Date and those that begin with x-acs-)."
        }
        Remedy::ExposeHeaders => "Let the proxy send Access-Control-Expose-Headers: *.",
        Remedy::ServeFromOneOrigin => {
            "Or serve page and proxy from one origin, as deploy/Caddyfile and deploy/nginx.conf do."
        }
        Remedy::PassMethods => {
            "Let the proxy pass on every method: (GET|POST|PUT|PATCH|DELETE) in map $asked $asked_host of \
             deploy/nginx.conf, method in @call of deploy/Caddyfile."
        }
        Remedy::RaiseLimits => {
            "Raise client_max_body_size and large_client_header_buffers in deploy/nginx.conf, or max_size, @too_long and \
             max_header_size in deploy/Caddyfile: tokens have up to 32 kB."
        }
        Remedy::PassSignature => "Let the proxy pass on Authorization and every header that begins with x-.",
        Remedy::PassAndAllowSignature => {
            "Let the proxy pass on Authorization and every header that begins with x-; on another site, its preflight \
             must allow each header that the preview of a call shows."
        }
        Remedy::KeepTarget => {
            "In deploy/nginx.conf, grpc_set_header X-Target $target and proxy_set_header Host $http_x_provider must stay as they \
             are; in deploy/Caddyfile, uri strip_prefix {$TLS_CONSOLE_PATH}/proxy/{re.call.1} and header_up Host \
             {re.call.1}."
        }
        Remedy::CheckKeyElsewhere => {
            "Check the access key with another connection. If it works there, the proxy changes path, query or headers."
        }
        Remedy::CheckLater => "Check again later.",
        Remedy::SetClock => {
            "Set this computer's clock, or let signatures follow the server's on the page of all credentials."
        }
        Remedy::ConnectNetwork => "Connect to the network and check again.",
        Remedy::CheckProxyAndFirewall => "Check that the proxy runs and that a firewall lets this computer reach it.",
        Remedy::StartProxy => "Start the proxy, or correct its address.",
        Remedy::ConfigIsRight => "Neither config.json nor deploy/ is to blame: nothing is to change there.",
    };
    fixed.to_owned()
}
