//! Answers, and calls without one.

use super::super::size;
use super::super::viewer::json_mistake;
use super::time::{clock_off, seconds};
use crate::outcome::diagnosis::{Cause, Remedy, Title};
use crate::outcome::{BodyKind, UndecodableReason, UnreadReason};

pub(super) fn title(title: &Title) -> String {
    let fixed = match title {
        Title::Declined { field, value } => return format!("Failed: {field} is {value}"),
        Title::ApiError { code, message } if message.is_empty() => return format!("{code}: no message"),
        Title::ApiError { code, message } if code == message => return code.to_string(),
        Title::ApiError { code, message } => return format!("{code}: {message}"),
        Title::HttpError(code) => return format!("HTTP {code}: {}", status(*code)),
        Title::TimedOut(limit) => return format!("No answer within {}", seconds(*limit)),
        Title::Done => "Done",
        Title::Accepted => "Accepted",
        Title::Undecodable(UndecodableReason::Empty) => "The answer is empty",
        Title::Undecodable(UndecodableReason::Html) => "The answer is a web page, not the API's",
        Title::Undecodable(UndecodableReason::BrokenJson(_)) => "The answer is broken JSON",
        Title::Undecodable(UndecodableReason::NotJson(_)) => "The answer is not JSON",
        Title::Undecodable(UndecodableReason::OtherType) => "The body is not of the type that the API documents",
        Title::Undecodable(UndecodableReason::Error(_)) => "The answer is an error, although its status says success",
        Title::Undecodable(UndecodableReason::Undocumented) => "The API documents no such answer",
        Title::Undecodable(UndecodableReason::Unread(UnreadReason::Cancelled)) => {
            "The answer came, and its body was not read"
        }
        Title::Undecodable(UndecodableReason::Unread(UnreadReason::TooLong(_))) => {
            "The answer came, and its body is too long for the page"
        }
        Title::Undecodable(UndecodableReason::Unread(UnreadReason::WorkerStopped)) => {
            "The answer came, and reading its body failed"
        }
        Title::Undecodable(UndecodableReason::MissingField(_)) => "The answer is not the one that the API documents",
        Title::Undecodable(UndecodableReason::NoCredential(_)) => "The answer gives no credential",
        Title::Repeated => "Sent before: what happened to the first is not known",
        Title::Offline => "This computer is offline",
        Title::Cancelled => "Cancelled",
        Title::StoppedByPolicy => "Stopped by this site's security policy",
        Title::Blocked => "No answer, and the browser does not say why",
        Title::NotLoaded => "A part of the console could not be loaded",
        Title::SandboxStopped => "The sandbox has stopped",
        Title::RefusedByBrowser => "The browser refused to send this request",
    };
    fixed.to_owned()
}

pub(super) fn cause(cause: &Cause) -> String {
    let fixed = match cause {
        Cause::FieldSaysNo { field } => {
            return format!("The HTTP status says success, but the API reports in {field} that it did not do it.");
        }
        Cause::Meaning { field, value, meaning } => return format!("{field} {value}: {meaning}"),
        Cause::Documented(text) => return text.clone(),
        Cause::ForeignKey { theirs, own } => {
            return format!("The access key looks like one of {theirs}. {own} does not know it.");
        }
        Cause::Status(code) => return format!("HTTP status {code}: {}.", status(*code)),
        Cause::Undecodable(why) => return undecodable(why),
        Cause::Mislabelled(label) => {
            let label = label.as_deref().unwrap_or("nothing");
            return format!(
                "Wrong content type: the body is JSON but labelled {label}. Something on the way may have relabelled it."
            );
        }
        Cause::ClockSkew { seconds, signs } => {
            let limit = if *signs { " Signatures are refused from 15 minutes on." } else { "" };
            return format!("Clock skew: {}{limit}", lower(&clock_off(*seconds)));
        }
        Cause::Says(message) => return format!("The answer says: {}.", message.trim_end_matches('.')),
        Cause::BrowserSays(complaint) => return format!("The browser says: {complaint}."),
        Cause::ChangeGoesOn => "The change goes on in the background.",
        Cause::MayHaveHappened => {
            "The call changes something, and it may have been carried out although no usable answer arrived."
        }
        Cause::Repeated => {
            "A connection ended before an answer, and the browser sent the call again by itself. The proxy has passed the first one on, and not this one."
        }
        Cause::MaybeRepeated => {
            "When a connection ends before an answer, browsers send the call again by themselves. Nothing on this way stops that: the change may have been carried out more than once."
        }
        Cause::LookingUp => "Looking up what this code means…",
        Cause::NotInCatalogue => "This code is not in the console's catalogue, so only the API's own message is known.",
        Cause::CatalogueNotLoaded => "The error catalogue could not be loaded, so only the API's own message is known.",
        Cause::Body(BodyKind::Html) => {
            "The answer is a web page: a proxy, a login or a firewall answered, not the API."
        }
        Cause::Body(BodyKind::Empty) => "The answer has no body, so the API's reason is not known.",
        Cause::Body(BodyKind::Json) => "The body is JSON, but no error of a form that the console knows.",
        Cause::Body(BodyKind::Text) => "This is not an error message of the API. Perhaps the proxy answered.",
        Cause::Body(BodyKind::Binary) => "The body is not text: something on the way may have answered or damaged it.",
        Cause::NoNetwork => "The browser reports no network connection.",
        Cause::NetworkLost => "This computer has lost its network connection.",
        Cause::Slow => "The server, or the proxy on the way, is slow or does not answer.",
        Cause::StoppedWaiting => "You stopped waiting for the answer.",
        Cause::Policy => "The page's Content-Security-Policy does not allow calls to this address.",
        Cause::NothingListens => "Refused: nothing listens at the address, or its name is not known.",
        Cause::MixedContent => "Mixed content: this page is https and the address is http, which browsers block.",
        Cause::CrossOrigin => {
            "CORS: the address is on another site, which must allow this page to call it. The clouds' own hosts do not."
        }
        Cause::Redirected => "Redirected: the address answered with a redirect, which a signed call never follows.",
        Cause::CutOff => "Cut off: the connection broke before the answer was complete.",
        Cause::FilesMissing => {
            "Its files did not come: the network or the site's server fails, or a new version of the console has replaced them."
        }
        Cause::WorkerFailed => "The worker that plays the clouds ended with an error. What it remembered is gone.",
        Cause::NothingSent => "Nothing was sent.",
    };
    fixed.to_owned()
}

fn undecodable(why: &UndecodableReason) -> String {
    match why {
        UndecodableReason::Empty => String::from(
            "The status says success, but the body that the API always sends is missing. Something on the way may have dropped it.",
        ),
        UndecodableReason::Html => String::from(
            "The status says success, but a proxy, a login page or a captive portal answered instead of the API.",
        ),
        UndecodableReason::BrokenJson(Some(mistake)) => format!(
            "In {}. If that is at the end of the body, the answer was cut off on the way.",
            json_mistake(mistake)
        ),
        UndecodableReason::BrokenJson(None) => String::from("The console cannot read it as JSON."),
        UndecodableReason::NotJson(label) if label.is_empty() => {
            String::from("The answer has no Content-Type and does not read as JSON.")
        }
        UndecodableReason::NotJson(label) => {
            format!("The answer's Content-Type is {label}, and it does not read as JSON.")
        }
        UndecodableReason::Undocumented => String::from(
            "The API documents no answer with this status. Something on the way may have answered instead.",
        ),
        UndecodableReason::OtherType => String::from(
            "The body is JSON, but not of the kind that the API documents: a list where an object should be, for example. Another service may have answered.",
        ),
        UndecodableReason::Error(message) if message.is_empty() => {
            String::from("The answer has neither a code nor a message; the body below may say more.")
        }
        UndecodableReason::Error(message) => format!("The answer has no code. Its message: {message}"),
        UndecodableReason::Unread(UnreadReason::Cancelled) => String::from("You stopped the reading of a long body."),
        UndecodableReason::Unread(UnreadReason::TooLong(bytes)) => format!(
            "The program that reads long bodies did not load, and the page alone does not read {}. Check the network, or load the page again.",
            size(*bytes)
        ),
        UndecodableReason::Unread(UnreadReason::WorkerStopped) => String::from(
            "The program that reads long bodies stopped; the browser may lack memory. Ask for fewer entries, or close other tabs.",
        ),
        UndecodableReason::NoCredential(place) => format!(
            "The API gives the credential in {place}, and that is not in the answer. Something on the way may have dropped it, or another service answered. The profile is unchanged."
        ),
        UndecodableReason::MissingField(field) => format!(
            "The field {field}, which the API always sends, is missing or of another type. Another service may have answered."
        ),
    }
}

pub(super) fn remedy(remedy: &Remedy) -> String {
    let fixed = match remedy {
        Remedy::Verify(text) | Remedy::Documented(text) => return text.clone(),
        Remedy::TokenStays { field } => {
            return format!(
                "The console keeps {field}: if you send the same request again, the API recognises it and does not act twice."
            );
        }
        Remedy::Wait(pause) => return format!("The server asks to wait {} before the next call.", seconds(*pause)),
        Remedy::ChooseKeyOf(provider) => {
            return format!("Choose a profile with an access key of {provider}, or enter one, then send again.");
        }
        Remedy::GetNewToken => {
            "If the call was sent with a token, get a new token and send again: the old one is missing, wrong or expired."
        }
        Remedy::VerifyResource => "Look at the state of the resource before you send again.",
        Remedy::SendReadAgain => "The call only reads: send it again.",
        Remedy::SendAgain => "Sending the same call again may help.",
        Remedy::SendAfterChange => "Send again when the running change has ended; look every 30 to 60 seconds.",
        Remedy::SignAgain => "Send again: the console signs with a new date and nonce every time.",
        Remedy::SendSameToken => "Send the same request again: the console keeps its token and signs anew.",
        Remedy::CheckPreconditions => {
            "Check the conditions above the button and the state of the instance, then send again."
        }
        Remedy::GiveRequestId => "If it happens again, give the request id to the provider's support.",
        Remedy::SearchErrorCentre => {
            "Search the provider's error centre for the code, or give the request id to support."
        }
        Remedy::LoadCatalogueAgain => {
            "Send again to try the catalogue once more, or search the provider's error centre for the code."
        }
        Remedy::SlowDown => "Wait before you send again; other callers of the same account count as well.",
        Remedy::CheckRegionAndProxy => "Check the region, and that the proxy's address in config.json is right.",
        Remedy::CheckProxyAccess => {
            "Check whether the proxy asks for a login of its own, and whether it lets this host pass."
        }
        Remedy::AskAboutProxy => {
            "Ask who runs the proxy whether it reaches the provider. Wait a minute before the next try."
        }
        Remedy::AskForLog => "Ask who runs the proxy or the server what its log says.",
        Remedy::ReadBody => "The body below may say more.",
        Remedy::OpenProxyAddress => "Open the proxy's address in another tab: if a login appears, sign in there first.",
        Remedy::SetClock => "Set this computer's clock, best by its automatic time setting.",
        Remedy::ConnectNetwork => "Connect to the network and send again.",
        Remedy::RaiseTimeLimit => "If this goes on, raise the time limit in the settings, or ask who runs the proxy.",
        Remedy::CheckAddress => "Check the connection's address in config.json.",
        Remedy::AllowInPolicy => {
            "Add the origin of the proxy to connect-src in the header that this site is served with."
        }
        Remedy::CheckConnection => {
            "Check that the proxy of the chosen connection runs, or choose another connection at the top of the page."
        }
        Remedy::OpenDeveloperTools => "The browser's developer tools show more on their network tab.",
        Remedy::StartSandboxAgain => "Send again: the call starts a fresh sandbox.",
        Remedy::SendAgainOrReload => "Send again. If a new version is ready, reload the page.",
    };
    fixed.to_owned()
}

/// A sentence behind a colon.
fn lower(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(letters).collect()
}

/// A documented code of the API always says more.
pub(super) fn status(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        202 => "Accepted: the work goes on in the background",
        204 => "No content",
        203 | 205..=299 => "Success",
        304 => "Not modified: there is nothing new",
        300..=303 | 305..=399 => "The server points elsewhere; a signed call never follows",
        400 => "Bad request: the server understood it and will not do it as it stands",
        401 => "Not authenticated: the credential is missing, wrong or expired",
        403 => "Not allowed: the credential is known and lacks the permission",
        404 => "Not found: no such address or resource",
        405 => "The address exists, but not with this method",
        408 => "The server stopped waiting for the request",
        409 => "Conflict: the resource is busy or in another state",
        413 => "The body is too large",
        414 => "The address is too long",
        415 => "The server does not take this content type",
        422 => "The server understood the request and cannot process its values",
        429 => "Too many requests",
        431 | 494 => "The headers are too large; a long token does this",
        402..=499 => "The server refused the request",
        500 => "The server failed",
        501 => "The server does not know this method",
        502 => "Bad gateway: a proxy got no usable answer from the server behind it",
        503 => "Unavailable: the server, or the proxy's way to it, is down for the moment",
        504 => "Gateway time-out: a proxy gave up waiting for the server behind it",
        505..=599 => "The server, or a proxy in front of it, failed",
        _ => "Not a status that HTTP defines",
    }
}
