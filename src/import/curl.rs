//! The words of a cURL command → a request. Options are those of curl's manual.

use super::{Request, Words, shown_address};
use crate::form::MisfitReason;
use crate::request::encode;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Short options with a value. The others are switches and can be written together: `-sSL`.
const SHORT: &str = "AbcCdDeEFHKmoPQrtTuUwxXyYz";

/// Long options with a value that say nothing of the request.
const LONG: [&str; 34] = [
    "--max-time",
    "--connect-timeout",
    "--retry",
    "--retry-delay",
    "--retry-max-time",
    "--output",
    "--write-out",
    "--proxy",
    "--proxy-user",
    "--cacert",
    "--capath",
    "--cert",
    "--cert-type",
    "--key",
    "--key-type",
    "--ciphers",
    "--resolve",
    "--connect-to",
    "--interface",
    "--dump-header",
    "--cookie-jar",
    "--user-agent",
    "--referer",
    "--tls-max",
    "--pass",
    "--limit-rate",
    "--noproxy",
    "--range",
    "--unix-socket",
    "--socks5",
    "--socks5-hostname",
    "--pinnedpubkey",
    "--proxy-header",
    "--max-filesize",
];

#[derive(Default)]
struct CurlParser {
    request: Request,
    data: Vec<String>,
    in_query: bool,
    json: bool,
    form: bool,
    /// Words that belong to no option: the address, and the value of an option that is not known here.
    loose: Vec<String>,
    /// What goes behind the address.
    queries: Vec<String>,
}

pub(super) fn read(words: &Words) -> Request {
    let mut parser = CurlParser::default();
    let mut words = words.iter().map(|word| word.as_str());
    while let Some(word) = words.next() {
        if let Some(long) = word.strip_prefix("--") {
            let (name, glued) = long.split_once('=').map_or((long, None), |(name, value)| (name, Some(value)));
            let name = format!("--{name}");
            if parser.takes_value(&name) {
                let value = glued.or_else(|| words.next()).unwrap_or_default();
                parser.option(&name, value);
            } else {
                parser.switch(&name);
            }
        } else if let Some(short) = word.strip_prefix('-').filter(|short| !short.is_empty()) {
            for (at, letter) in short.char_indices() {
                if !SHORT.contains(letter) {
                    parser.switch(&format!("-{letter}"));
                    continue;
                }
                let glued = short.get(at + letter.len_utf8()..).filter(|rest| !rest.is_empty());
                let value = glued.or_else(|| words.next()).unwrap_or_default();
                parser.option(&format!("-{letter}"), value);
                break;
            }
        } else {
            parser.loose.push(word.to_owned());
        }
    }
    parser.finish()
}

impl CurlParser {
    fn takes_value(&self, name: &str) -> bool {
        name.starts_with("--data")
            || name.starts_with("--form")
            || matches!(
                name,
                "--request"
                    | "--header"
                    | "--json"
                    | "--url"
                    | "--user"
                    | "--url-query"
                    | "--upload-file"
                    | "--cookie"
                    | "--oauth2-bearer"
                    | "--config"
                    | "--aws-sigv4"
            )
            || LONG.contains(&name)
    }

    fn switch(&mut self, name: &str) {
        match name {
            "-G" | "--get" => self.in_query = true,
            "-I" | "--head" => self.request.method = Some(String::from("HEAD")),
            _ => {}
        }
    }

    fn option(&mut self, name: &str, value: &str) {
        match name {
            "-X" | "--request" => self.request.method = Some(value.to_ascii_uppercase()),
            "--url" => self.request.url = value.to_owned(),
            "-H" | "--header" => {
                if value.starts_with('@') {
                    self.request.misfit(&format!("{name} {value}"), MisfitReason::File);
                } else if let Some((name, value)) = value.split_once(':') {
                    self.request.headers.push((name.trim().to_owned(), value.trim().to_owned()));
                } else if let Some(name) = value.trim().strip_suffix(';') {
                    self.request.headers.push((name.to_owned(), String::new()));
                }
            }
            "-d" | "--data" | "--data-ascii" | "--data-binary" | "--data-raw" | "--json" => {
                self.json |= name == "--json";
                if value.starts_with('@') && name != "--data-raw" {
                    self.request.misfit(&format!("{name} {value}"), MisfitReason::File);
                } else {
                    self.data.push(value.to_owned());
                }
            }
            "--data-urlencode" => {
                self.form = true;
                match value.split_once('=') {
                    Some(("", content)) => self.data.push(encode(content)),
                    Some((field, content)) => self.data.push(format!("{field}={}", encode(content))),
                    None if value.contains('@') => self.request.misfit(&format!("{name} {value}"), MisfitReason::File),
                    None => self.data.push(encode(value)),
                }
            }
            "--url-query" => self.queries.push(value.trim_start_matches('+').to_owned()),
            "-F" | "--form" | "--form-string" => match value.split_once('=') {
                Some((field, file)) if file.starts_with(['@', '<']) && name != "--form-string" => {
                    self.request.misfit(field, MisfitReason::File);
                }
                Some((field, text)) => self.request.parts.push((field.to_owned(), text.to_owned())),
                None => {}
            },
            "-u" | "--user" => {
                let (user, password) = value.split_once(':').unwrap_or((value, ""));
                self.request.user = Some((user.to_owned(), password.to_owned()));
            }
            "--oauth2-bearer" => {
                self.request.headers.push((String::from("Authorization"), format!("Bearer {value}")));
            }
            "--aws-sigv4" => self.request.misfit(name, MisfitReason::Signature),
            "-b" | "--cookie" => self.request.headers.push((String::from("Cookie"), value.to_owned())),
            "-T" | "--upload-file" | "-K" | "--config" => {
                self.request.misfit(&format!("{name} {value}"), MisfitReason::File);
                if name == "-T" || name == "--upload-file" {
                    self.request.method.get_or_insert_with(|| String::from("PUT"));
                }
            }
            _ => {}
        }
    }

    fn finish(mut self) -> Request {
        if self.request.url.is_empty() {
            // A word that must be an address is one rather than the first.
            let address = self.loose.iter().find(|word| word.contains("://")).or(self.loose.first());
            self.request.url = address.cloned().unwrap_or_default();
        }
        // curl calls them one after the other. A secret may stand before `@` and behind `?`.
        let taken = self.request.url.clone();
        for other in self.loose.iter().filter(|word| word.contains("://") && **word != taken) {
            self.request.misfit(shown_address(other), MisfitReason::OtherCall);
        }
        let data = (!self.data.is_empty()).then(|| self.data.join(if self.json { "" } else { "&" }));
        let has_body = data.is_some() && !self.in_query || !self.request.parts.is_empty();
        self.queries.extend(data.clone().filter(|_| self.in_query));
        for query in &self.queries {
            let before = if self.request.url.contains('?') { '&' } else { '?' };
            self.request.url.push_str(&format!("{before}{query}"));
        }
        if let Some(data) = data.filter(|_| !self.in_query) {
            // curl calls it a form unless a header says otherwise; only a form of pairs is read as one.
            if self.form && !self.request.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
                let kind = String::from("application/x-www-form-urlencoded");
                self.request.headers.push((String::from("Content-Type"), kind));
            }
            self.request.body = Some(data);
        }
        let method = if has_body { "POST" } else { "GET" };
        self.request.method.get_or_insert_with(|| method.to_owned());
        self.request
    }
}

/// User and password of Basic authentication.
pub(super) fn basic(text: &str) -> Option<(String, String)> {
    let bytes = STANDARD.decode(text.trim()).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (user, password) = text.split_once(':')?;
    Some((user.to_owned(), password.to_owned()))
}
