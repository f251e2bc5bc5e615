//! One exchange as CommonMark, for a ticket. Whatever a server or a user wrote stays text: in a code span or a code block
//! whose fence is longer than any row of backticks in it, or escaped.

use super::exported::{ExportedBody, ExportedCall};
use crate::clock::rfc3339;
use crate::outcome::json;
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
    pub forgotten: &'static str,
    pub binary: &'static str,
    pub cut: &'static str,
    pub masked: &'static str,
}

/// What the screen says of the answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExportedMeaning {
    pub title: String,
    pub causes: Vec<String>,
    pub remedies: Vec<String>,
}

/// The call as Markdown.
pub fn markdown<'a>(call: impl Into<ExportedCall<'a>>, meaning: &ExportedMeaning, labels: &Labels) -> String {
    let call = call.into();
    let mut out = format!("## {}\n\n", plain(&meaning.title));
    let simulated = if call.simulated { labels.simulated } else { "" };
    let facts = [
        (labels.operation, format!("{} · {} · {}", call.api_title, call.title, call.operation)),
        (labels.act, call.act.to_owned()),
        (labels.subject, call.subject.to_owned()),
        (labels.region, call.region.to_owned()),
        (labels.connection, format!("{} {simulated}", call.connection).trim().to_owned()),
        (labels.sent, rfc3339(call.started)),
        (labels.took, format!("{} ms", call.took)),
        (labels.status, call.answer.as_ref().map(|answer| answer.status.to_string()).unwrap_or_default()),
        (labels.code, call.code.to_owned()),
        (labels.message, call.message.to_owned()),
    ];
    let mut fact = |label: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(out, "- **{}:** {}", plain(label), code_span(value));
        }
    };
    facts.iter().for_each(|(label, value)| fact(label, value));
    call.ids.iter().for_each(|(name, id)| fact(name, id));
    list(&mut out, labels.meaning, &meaning.causes);
    list(&mut out, labels.next, &meaning.remedies);

    let _ = write!(
        out,
        "\n### {}\n\n{}",
        plain(labels.request),
        block_of("http", &request_text(&call), call.is_body_cut(), labels)
    );
    match &call.answer {
        Some(answer) => {
            let _ = write!(out, "\n### {}\n\n", plain(labels.answer));
            let lines: String = answer.headers.iter().map(|(name, value)| header(name, value)).collect();
            out.push_str(&block("http", &format!("HTTP {}\n{lines}", answer.status), labels));
            match answer.body {
                ExportedBody::Withheld(_) => note(&mut out, labels.withheld),
                ExportedBody::Forgotten(_) => note(&mut out, labels.forgotten),
                ExportedBody::NotKept(_) => note(&mut out, labels.binary),
                ExportedBody::Cut { beginning, .. } => body(&mut out, beginning, true, labels),
                ExportedBody::Whole(bytes) => body(&mut out, bytes, false, labels),
            }
        }
        None => note(&mut out, labels.no_answer),
    }
    note(&mut out, labels.masked);
    out
}

/// `is_cut`: it is the beginning of a longer one.
fn body(out: &mut String, bytes: &[u8], is_cut: bool, labels: &Labels) {
    let Ok(text) = std::str::from_utf8(bytes) else { return note(out, labels.binary) };
    if text.trim().is_empty() {
        return;
    }
    // No more of it can be shown, and laying out the rest costs memory.
    let whole = text.len();
    let text = text.get(..text.floor_char_boundary(MOST)).unwrap_or_default();
    let language = if json::is_likely(text) { "json" } else { "" };
    out.push('\n');
    out.push_str(&block_of(language, &json::laid_out(text), is_cut || text.len() < whole, labels));
}

fn request_text(call: &ExportedCall<'_>) -> String {
    let lines: String = call.headers.iter().map(|(name, value)| header(name, value)).collect();
    let body = if call.body.is_empty() { String::new() } else { format!("\n{}", json::laid_out(call.body)) };
    format!("{} {}\n{lines}{body}", call.method, call.url)
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

fn block(language: &str, text: &str, labels: &Labels) -> String {
    block_of(language, text, false, labels)
}

/// `is_cut`: the text is the beginning of a longer one.
fn block_of(language: &str, text: &str, is_cut: bool, labels: &Labels) -> String {
    let keep = |c: char| if c.is_control() && !matches!(c, '\n' | '\t') { '\u{fffd}' } else { c };
    let text: String = text.replace("\r\n", "\n").replace('\r', "\n").chars().map(keep).collect();
    let end = text.floor_char_boundary(MOST);
    let shown = text.get(..end).unwrap_or_default().trim_end_matches('\n');
    let fence = "`".repeat(longest_row(shown).max(2) + 1);
    let cut = if is_cut || end < text.len() { format!("\n{}\n", plain(labels.cut)) } else { String::new() };
    format!("{fence}{language}\n{shown}\n{fence}\n{cut}")
}
