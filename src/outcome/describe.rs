//! Words for everything that can go wrong, and for what went right.
//!
//! Errors carry data; only this module makes sentences of them. Each explanation says what happened, the likely cause
//! and what to do; the raw facts are shown beside it by the page.

mod answer;
mod check;
mod comparison;
mod credential;
mod field;
mod http_status;
mod setup;
mod transport;
mod vault;

pub use answer::{Lookup, NOTABLE_SKEW, answer};
pub use check::{check_result, check_step};
pub use comparison::comparison;
pub use credential::{clock_off, clock_offset, granted, lockout, not_complete, passphrases_differ};
pub use field::{broken, constraints};
pub use http_status::status_meaning;
pub use setup::{build_error, catalog_error, config_issue, not_offered, nothing_to_send_with, sign_error, unreachable};
pub use transport::transport_error;
pub use vault::{passphrase_rule, vault_error};

/// How an explanation is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// It worked.
    Good,
    /// It may or may not have worked.
    Unsure,
    /// It did not work.
    Bad,
}

/// What is told to a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// How it is meant.
    pub tone: Tone,
    /// What happened, in a few words.
    pub title: String,
    /// Why, as far as it is known; likely causes where it is not.
    pub causes: Vec<String>,
    /// What to do now, in order.
    pub next: Vec<String>,
}

impl Explanation {
    fn new(tone: Tone, title: impl AsRef<str>) -> Self {
        Self { tone, title: title.as_ref().to_owned(), causes: Vec::new(), next: Vec::new() }
    }

    fn because(mut self, cause: impl AsRef<str>) -> Self {
        push(&mut self.causes, cause.as_ref());
        self
    }

    fn then(mut self, step: impl AsRef<str>) -> Self {
        push(&mut self.next, step.as_ref());
        self
    }

    /// After a mutating call whose answer was lost: it may have happened, and this is how to find out.
    fn may_have_happened(mut self, operation: &crate::catalog::Operation) -> Self {
        if !operation.is_mutating() {
            return self.then("The call only reads: send it again.");
        }
        self.tone = Tone::Unsure;
        self.causes.insert(
            0,
            String::from(
                "The call changes something, and it may have been carried out although no usable answer arrived.",
            ),
        );
        let find_out = operation.impact.as_ref().and_then(|impact| impact.find_out.clone());
        let find_out =
            find_out.unwrap_or_else(|| String::from("Look at the state of the resource before you send again."));
        self.next.insert(0, find_out);
        let token = operation.fields().into_iter().find(|field| field.schema.generate.is_some());
        if let Some(field) = token {
            self.next.push(format!(
                "{} is kept: if you send the same request again, the API recognises it and does not act twice.",
                field.name
            ));
        }
        self
    }
}

#[inline(never)]
fn push(sentences: &mut Vec<String>, sentence: &str) {
    sentences.push(sentence.to_owned());
}

/// A duration, rounded up to whole seconds.
fn seconds(duration: std::time::Duration) -> String {
    span(duration.as_secs() + u64::from(duration.subsec_nanos() > 0))
}

/// Seconds in the unit that a person would use.
fn span(seconds: u64) -> String {
    match seconds {
        1 => String::from("1 second"),
        0..120 => format!("{seconds} seconds"),
        120..7_200 => format!("{} minutes", seconds / 60),
        7_200..172_800 => format!("{} hours", seconds / 3_600),
        _ => format!("{} days", seconds / 86_400),
    }
}

#[cfg(test)]
mod tests;
