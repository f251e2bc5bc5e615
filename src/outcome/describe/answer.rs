//! An answer of the server.

use super::{Explanation, Tone, status_meaning};
use crate::catalog::{ErrorEntry, Operation, Retry};
use crate::outcome::{Answer, BodyKind, Outcome, Why};
use crate::sign::SchemeKind;

/// A signature is accepted within 15 minutes of the server's clock, by both clouds; a difference of this many seconds
/// is worth telling before it comes to that.
pub const NOTABLE_SKEW: i64 = 5 * 60;

/// What the error catalogue knows of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lookup<'a> {
    /// It is being fetched.
    Loading,
    /// It could not be fetched.
    Failed,
    /// The code is not in it.
    Unknown,
    /// The code is documented.
    Found(&'a ErrorEntry),
}

/// What an error says about the proof of who sends: a key of somebody else, a token that is not accepted.
fn credential(
    mut told: Explanation,
    answer: &Answer,
    operation: &Operation,
    status: u16,
    lookup: Lookup<'_>,
) -> Explanation {
    let fault = if let Lookup::Found(entry) = lookup { entry.fault } else { None };
    let is_refused = matches!(status, 401 | 403) && !matches!(lookup, Lookup::Found(_));
    if let Some(provider) = answer.foreign_key.as_ref().filter(|_| is_refused || fault.is_some()) {
        let own = &operation.provider;
        told.next.insert(0, format!("Choose a profile with an access key of {own}, or enter one, then send again."));
        return told.because(format!("The access key looks like one of {provider}. {own} does not know it."));
    }
    let takes_token = operation.schemes.iter().any(|scheme| scheme.kind == SchemeKind::Token);
    if status == 401 && takes_token && matches!(lookup, Lookup::Unknown | Lookup::Failed) {
        told.next.insert(0, String::from("If the call was sent with a token, get a new token and send again: the old one is missing, wrong or expired."));
    }
    told
}

/// What an answer means. `lookup` matters for errors of the API only.
pub fn answer(answer: &Answer, operation: &Operation, lookup: Lookup<'_>) -> Explanation {
    let told = match &answer.outcome {
        Outcome::Success => success(operation),
        Outcome::Declined { field, value, meaning } => declined(field, value, meaning.as_deref()),
        Outcome::ApiError { code, message, status } => {
            let told = api_error(code, message, *status, lookup);
            credential(told, answer, operation, *status, lookup)
        }
        Outcome::HttpError { status, body } => http_error(*status, *body),
        Outcome::Undecodable { why, .. } => undecodable(why),
    };
    let told = if answer.outcome.is_certain() { told } else { told.may_have_happened(operation) };
    side_notes(told, answer, operation)
}

fn success(operation: &Operation) -> Explanation {
    if !operation.is_mutating() {
        return Explanation::new(Tone::Good, "Done");
    }
    let told = Explanation::new(Tone::Good, "Accepted")
        .because("The server accepted the call. The change itself goes on in the background.");
    match operation.impact.as_ref().and_then(|impact| impact.find_out.clone()) {
        Some(find_out) => told.then(find_out),
        None => told,
    }
}

fn declined(field: &str, value: &str, meaning: Option<&str>) -> Explanation {
    let told = Explanation::new(Tone::Bad, format!("Failed: {field} is {value}"))
        .because(format!("The HTTP status says success, but the API reports in {field} that it did not do it."));
    let told = match meaning {
        Some(meaning) => told.because(format!("{field} {value}: {meaning}")),
        None => told,
    };
    told.then("Check the preconditions above the form and the state of the instance, then send again.")
        .then("If it happens again, give the request id to the provider's support.")
}

fn api_error(code: &str, message: &str, status: u16, lookup: Lookup<'_>) -> Explanation {
    let told = Explanation::new(Tone::Bad, format!("{code}: {}", headline(message)));
    match lookup {
        Lookup::Loading => told.because("Looking up what this code means…"),
        Lookup::Found(entry) => {
            let told = told.because(entry.meaning.clone()).then(entry.remedy.clone());
            match retry_words(entry.retry) {
                Some(words) => told.then(words),
                None => told,
            }
        }
        Lookup::Unknown => told
            .because("This code is not in the console's catalogue, so only the API's own message is known.")
            .because(format!("HTTP status {status}: {}.", status_meaning(status)))
            .then("Search the provider's error centre for the code, or give the request id to support."),
        Lookup::Failed => told
            .because("The error catalogue could not be loaded, so only the API's own message is known.")
            .because(format!("HTTP status {status}: {}.", status_meaning(status)))
            .then("Send again to try the catalogue once more, or search the provider's error centre for the code."),
    }
}

/// The first sentence or line of a message; some go on with everything that was signed.
fn headline(message: &str) -> String {
    const LONGEST: usize = 160;
    let line = message.lines().next().unwrap_or_default();
    let sentence = line.split_once(". ").map_or(line, |(first, _)| first);
    // Gateways write the lines of what they signed with bars between them.
    let told = sentence.split_once('|').and_then(|(before, _)| before.rsplit_once(", "));
    let sentence = told.map_or(sentence, |(before, _)| before);
    match sentence.chars().count() {
        0 => String::from("no message"),
        1..=LONGEST => sentence.to_owned(),
        _ => sentence.chars().take(LONGEST).chain(['…']).collect(),
    }
}

fn retry_words(retry: Retry) -> Option<&'static str> {
    match retry {
        Retry::No => None,
        Retry::Yes => Some("Sending the same call again may help."),
        Retry::Later => Some("Send again when the running change has ended; look every 30 to 60 seconds."),
        Retry::Backoff => Some("Wait, then send again; double the pause each time it is refused."),
        Retry::Resign => Some("Send again: the console signs with a new date and nonce every time."),
        Retry::SameToken => Some("Send the same request again: the console keeps its token and signs anew."),
    }
}

fn http_error(status: u16, body: BodyKind) -> Explanation {
    let told = Explanation::new(Tone::Bad, format!("HTTP {status}: {}", status_meaning(status)));
    let told = match body {
        BodyKind::Html => {
            told.because("The answer is a web page: a proxy, a login or a firewall answered, not the API.")
        }
        BodyKind::Empty => told.because("The answer has no body, so the API's reason is not known."),
        BodyKind::Json => told.because("The body is JSON, but no error of a form that the console knows."),
        BodyKind::Text => told.because("The body is no error of the API: something on the way may have answered."),
        BodyKind::Binary => told.because("The body is not text: something on the way may have answered or damaged it."),
    };
    match status {
        429 => told.then("Wait before you send again; other callers of the same account count as well."),
        404 => told.then("Check the region, and that the proxy's address in config.json is right."),
        401 | 403 | 407 => {
            told.then("Check whether the proxy asks for a login of its own, and whether it lets this host pass.")
        }
        502..=504 => {
            told.then("Ask who runs the proxy whether it reaches the provider. Wait a minute before the next try.")
        }
        _ if body == BodyKind::Empty => told.then("Ask who runs the proxy or the server what its log says."),
        _ => told.then("The body below may say more."),
    }
}

fn undecodable(why: &Why) -> Explanation {
    let title = |text: &str| Explanation::new(Tone::Bad, text);
    match why {
        Why::Empty => title("The answer is empty")
            .because("The status says success, but the body that the API always sends is missing. Something on the way may have dropped it."),
        Why::Html => title("The answer is a web page, not the API's")
            .because("The status says success, but a proxy, a login page or a captive portal answered instead of the API.")
            .then("Open the proxy's address in another tab: if a login appears, sign in there first."),
        Why::BrokenJson(complaint) => title("The answer is broken JSON")
            .because(format!("The parser stopped: {complaint}. If that is at the end of the body, the answer was cut off on the way.")),
        Why::NotJson(content_type) => title("The answer is not JSON").because(if content_type.is_empty() {
            String::from("It has no Content-Type and does not read as JSON.")
        } else {
            format!("Its Content-Type is {content_type}, and it does not read as JSON.")
        }),
        Why::OtherType => title("The body is not of the type that the API documents")
            .because("It is JSON, such as a text in place of an object. Another service may have answered."),
        Why::Error(message) => title("The answer is an error, although its status says success").because(if message.is_empty() {
            String::from("It has neither a code nor a message; the body below may say more.")
        } else {
            format!("It has no code. Its message: {}", headline(message))
        }),
        Why::MissingField(field) => title("The answer is not the one that the API documents")
            .because(format!("The field {field}, which the API always sends, is missing or of another type. Another service may have answered.")),
    }
}

fn side_notes(mut told: Explanation, answer: &Answer, operation: &Operation) -> Explanation {
    if let Some(pause) = answer.retry_after {
        told.next.insert(0, format!("The server asks to wait {} before the next call.", super::seconds(pause)));
    }
    if let Some(label) = &answer.mislabelled {
        let label = if label.is_empty() { "nothing" } else { label };
        told = told.because(format!(
            "Wrong content type: the body is JSON but labelled {label}. Something on the way may have relabelled it."
        ));
    }
    if let Some(skew) = answer.clock_skew.filter(|skew| skew.abs() >= NOTABLE_SKEW) {
        let direction = if skew > 0 { "behind" } else { "ahead of" };
        let signs = operation.schemes.iter().any(|scheme| scheme.kind.traits().signs_time);
        let limit = if signs { " Signatures are refused from 15 minutes on." } else { "" };
        let span = super::span(skew.unsigned_abs());
        told = told
            .because(format!("Clock skew: this computer's clock is {span} {direction} the server's.{limit}"))
            .then("Set this computer's clock, best by its automatic time setting.");
    }
    told
}
