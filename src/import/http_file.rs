//! Requests as VS Code's REST Client and JetBrains' HTTP Client write them: `###` between them, `@name = value` before.

use super::Request;
use crate::form::MisfitReason;

pub(super) const METHODS: [&str; 8] = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"];

/// All requests of a file; none, if the text is no such file.
pub(super) fn read(text: &str) -> Vec<Request> {
    let mut budget = MOST_FILLED;
    let variables = variables(text, &mut budget);
    let mut blocks = vec![Vec::new()];
    for line in text.lines() {
        if line.starts_with("###") {
            blocks.push(Vec::new());
        } else if let Some(block) = blocks.last_mut() {
            block.push(fill(line, &variables, &mut budget));
        }
    }
    blocks.iter().filter_map(|block| request(block)).collect()
}

/// So many bytes of values are put into one text: variables of variables could make any number.
const MOST_FILLED: usize = 1 << 20;

/// `@name = value`, wherever it stands.
fn variables(text: &str, budget: &mut usize) -> Vec<(String, String)> {
    let mut variables: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        if let Some((name, value)) = line.trim_start().strip_prefix('@').and_then(|line| line.split_once('=')) {
            let value = fill(value.trim(), &variables, budget);
            variables.push((name.trim().to_owned(), value));
        }
    }
    variables
}

/// The text with the variables that are known, while the budget lasts.
fn fill(text: &str, variables: &[(String, String)], budget: &mut usize) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, behind)) = after.split_once("}}") else { break };
        filled.push_str(before);
        let known = variables.iter().rev().find(|(known, _)| known == name.trim());
        match known.filter(|(_, value)| value.len() <= *budget) {
            Some((_, value)) => {
                *budget -= value.len();
                filled.push_str(value);
            }
            None => filled.push_str(&format!("{{{{{name}}}}}")),
        }
        rest = behind;
    }
    filled + rest
}

fn request(lines: &[String]) -> Option<Request> {
    let is_noise = |line: &&String| {
        let line = line.trim_start();
        line.is_empty() || line.starts_with('#') || line.starts_with("//") || line.starts_with('@')
    };
    let start = lines.iter().position(|line| !is_noise(&line))?;
    let (first, rest) = lines.get(start..)?.split_first()?;
    let (method, url) = request_line(first)?;
    let mut request = Request { method, url, ..Request::default() };
    let mut rest = rest.iter().peekable();
    // An address may go on below.
    while let Some(line) =
        rest.next_if(|line| line.starts_with([' ', '\t']) && line.trim_start().starts_with(['?', '&', '/']))
    {
        request.url.push_str(line.trim());
    }
    while let Some(line) = rest.next_if(|line| !line.trim().is_empty()) {
        match line.split_once(':').filter(|_| !is_noise(&line)) {
            Some((name, value)) => request.headers.push((name.trim().to_owned(), value.trim().to_owned())),
            None if is_noise(&line) => {}
            None => request.misfit("…", MisfitReason::StrayWord),
        }
    }
    // A request as it goes over the line has its host in a header.
    if request.url.starts_with('/')
        && let Some((_, host)) = request.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("host"))
    {
        request.url = format!("https://{host}{}", request.url);
    }
    let mut body: Vec<&str> = Vec::new();
    for line in rest {
        let is_handler = line.starts_with("> ") || line.starts_with("<>");
        if is_handler {
            break;
        }
        match line.strip_prefix("< ") {
            Some(_) => request.misfit(line.trim(), MisfitReason::File),
            None => body.push(line),
        }
    }
    let body = body.join("\n");
    request.body = Some(body.trim().to_owned()).filter(|body| !body.is_empty());
    Some(request)
}

/// `PUT https://host/path HTTP/1.1`, or an address alone.
fn request_line(line: &str) -> Option<(Option<String>, String)> {
    let line = line.trim();
    let is_version = |word: &str| word.to_ascii_uppercase().starts_with("HTTP/");
    let line = line.rsplit_once(' ').filter(|(_, last)| is_version(last)).map_or(line, |(line, _)| line.trim());
    let (method, url) = match line.split_once(char::is_whitespace) {
        Some((method, url)) if METHODS.contains(&method) => (Some(method.to_owned()), url.trim()),
        _ => (None, line),
    };
    let is_address = url.contains("://") || method.is_some() && (url.contains('/') || url.contains("{{"));
    (is_address && !url.contains(char::is_whitespace)).then(|| (method, url.to_owned()))
}
