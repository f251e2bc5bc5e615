//! One exchange as CommonMark, for a ticket. Whatever a server or a user wrote stays text: in a code span or a code block
//! whose fence is longer than any row of backticks in it, or escaped.

use crate::call::Exchange;
use crate::clock::rfc3339;
use crate::outcome::{Outcome, json};
use std::fmt::Write;

/// A ticket wants to be read: a body is cut behind so many bytes.
const MOST: usize = 16_000;

/// The words around the facts.
#[derive(Debug, Clone, Copy)]
pub struct Labels {
    pub operation: &'static str,
    pub act: &'static str,
    pub subject: &'static str,
    pub region: &'static str,
    pub connection: &'static str,
    /// Follows the connection of a call that has not left the page.
    pub simulated: &'static str,
    pub sent: &'static str,
    pub took: &'static str,
    pub status: &'static str,
    pub code: &'static str,
    pub message: &'static str,
    pub meaning: &'static str,
    pub next: &'static str,
    pub request: &'static str,
    pub answer: &'static str,
    pub no_answer: &'static str,
    pub withheld: &'static str,
    pub binary: &'static str,
    pub cut: &'static str,
    pub masked: &'static str,
}

/// What the screen says of the answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meaning {
    pub title: String,
    pub causes: Vec<String>,
    pub remedies: Vec<String>,
}

/// The exchange as Markdown.
pub fn markdown(exchange: &Exchange, meaning: &Meaning, labels: &Labels) -> String {
    let mut out = format!("## {}\n\n", plain(&meaning.title));
    let operation = &exchange.operation;
    let simulated = if exchange.request.address.is_none() { labels.simulated } else { "" };
    let mut facts = vec![
        (labels.operation, format!("{} · {} · {}", operation.api_title, operation.summary, operation.id)),
        (labels.act, exchange.act.clone()),
        (labels.subject, exchange.subject.clone()),
        (labels.region, exchange.region.clone()),
        (labels.connection, format!("{} {simulated}", exchange.sender.connection).trim().to_owned()),
        (labels.sent, rfc3339(exchange.started)),
        (labels.took, format!("{} ms", exchange.took.as_millis())),
    ];
    if let Ok((reply, answer)) = &exchange.result {
        facts.push((labels.status, reply.status.to_string()));
        if let Outcome::ApiError { code, message, .. } = &answer.outcome {
            facts.extend([(labels.code, code.clone()), (labels.message, message.clone())]);
        }
    }
    let ids = exchange.result.as_ref().map(|(_, answer)| answer.ids()).unwrap_or_default();
    let mut fact = |label: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(out, "- **{}:** {}", plain(label), code_span(value));
        }
    };
    facts.iter().for_each(|(label, value)| fact(label, value));
    ids.into_iter().for_each(|(name, id)| fact(name, id));
    list(&mut out, labels.meaning, &meaning.causes);
    list(&mut out, labels.next, &meaning.remedies);

    let _ = write!(out, "\n### {}\n\n{}", plain(labels.request), block("http", &request_text(exchange), labels));
    match &exchange.result {
        Ok((reply, answer)) => {
            let _ = write!(out, "\n### {}\n\n", plain(labels.answer));
            let lines: String = reply.headers.iter().map(|(name, value)| header(name, value)).collect();
            out.push_str(&block("http", &format!("HTTP {}\n{lines}", reply.status), labels));
            match std::str::from_utf8(&reply.body) {
                _ if answer.withheld.is_some() => note(&mut out, labels.withheld),
                Err(_) => note(&mut out, labels.binary),
                Ok(text) if text.trim().is_empty() => {}
                Ok(text) => {
                    // No more of it can be shown, and laying out the rest costs memory.
                    let whole = text.len();
                    let text = text.get(..boundary(text, MOST)).unwrap_or_default();
                    let language = if json::is_likely(text) { "json" } else { "" };
                    let shown = json::laid_out(text);
                    out.push('\n');
                    out.push_str(&block_of(language, &shown, text.len() < whole, labels));
                }
            }
        }
        Err(_) => note(&mut out, labels.no_answer),
    }
    note(&mut out, labels.masked);
    out
}

fn request_text(exchange: &Exchange) -> String {
    let request = &exchange.request;
    let lines: String = request.headers.iter().map(|(name, value)| header(name, value.text())).collect();
    let body = if request.body.is_empty() { String::new() } else { format!("\n{}", json::pretty(&request.body)) };
    format!("{} {}\n{lines}{body}", request.method, request.url)
}

fn header(name: &str, value: &str) -> String {
    format!("{name}: {}\n", one_line(value))
}

fn list(out: &mut String, title: &str, items: &[String]) {
    if !items.is_empty() {
        let _ = write!(out, "\n{}\n\n", plain(title));
        let items: String = items.iter().map(|item| format!("- {}\n", plain(item))).collect();
        out.push_str(&items);
    }
}

fn note(out: &mut String, text: &str) {
    let _ = write!(out, "\n{}\n", plain(text));
}

/// No line break, and nothing that a terminal or an editor would obey.
fn one_line(text: &str) -> String {
    let blank = |c: char| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c };
    text.chars().map(blank).collect()
}

/// A text in which nothing is markup.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in one_line(text).trim().chars() {
        let is_first = out.is_empty();
        let is_markup = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!' | '$');
        // At the beginning of a line these begin a list, a rule or an ordered list.
        if is_markup || is_first && matches!(c, '-' | '+' | '=') {
            out.push('\\');
        }
        // `1.` and `1)` begin a list.
        let is_number = !is_first && out.bytes().all(|byte| byte.is_ascii_digit());
        if is_number && matches!(c, '.' | ')') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The longest row of backticks.
fn longest_row(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

fn code_span(text: &str) -> String {
    let text = one_line(text);
    if text.trim().is_empty() {
        return plain(&text);
    }
    let fence = "`".repeat(longest_row(&text) + 1);
    // A blank on both sides is taken away again, and keeps backticks at the ends apart from the fence.
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// The last place up to `most` that is not inside a character.
fn boundary(text: &str, most: usize) -> usize {
    (0..=text.len().min(most)).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default()
}

fn block(language: &str, text: &str, labels: &Labels) -> String {
    block_of(language, text, false, labels)
}

/// `is_cut`: the text is the beginning of a longer one.
fn block_of(language: &str, text: &str, is_cut: bool, labels: &Labels) -> String {
    let keep = |c: char| if c.is_control() && !matches!(c, '\n' | '\t') { '\u{fffd}' } else { c };
    let text: String = text.replace("\r\n", "\n").replace('\r', "\n").chars().map(keep).collect();
    let end = boundary(&text, MOST);
    let shown = text.get(..end).unwrap_or_default().trim_end_matches('\n');
    let fence = "`".repeat(longest_row(shown).max(2) + 1);
    let cut = if is_cut || end < text.len() { format!("\n{}\n", plain(labels.cut)) } else { String::new() };
    format!("{fence}{language}\n{shown}\n{fence}\n{cut}")
}
