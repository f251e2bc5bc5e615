//! The words of a cURL command → a request. Options are those of curl's manual.

use super::{Request, Words, shown_address};
use crate::form::MisfitReason;
use crate::request::encode;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Short options with a value. The others are switches and can be written together: `-sSL`.
const SHORT: &str = "AbcCdDeEFHKmoPQrtTuUwxXyYz";

/// Long options with a value.
const LONG: [&str; 38] = [
    "--cacert",
    "--capath",
    "--cert",
    "--cert-type",
    "--ciphers",
    "--connect-timeout",
    "--connect-to",
    "--cookie-jar",
    "--dump-header",
    "--happy-eyeballs-timeout-ms",
    "--interface",
    "--keepalive-time",
    "--key",
    "--key-type",
    "--limit-rate",
    "--max-filesize",
    "--max-time",
    "--noproxy",
    "--output",
    "--output-dir",
    "--pass",
    "--pinnedpubkey",
    "--proxy",
    "--proxy-header",
    "--proxy-user",
    "--range",
    "--referer",
    "--resolve",
    "--retry",
    "--retry-delay",
    "--retry-max-time",
    "--socks5",
    "--socks5-hostname",
    "--stderr",
    "--tls-max",
    "--unix-socket",
    "--user-agent",
    "--write-out",
];

/// Options that change neither where a call goes nor what it says: what is printed, and how long curl is patient. Whatever
/// is neither here nor read is told.
const QUIET: [&str; 61] = [
    "-#",
    "-A",
    "-c",
    "-D",
    "-e",
    "-f",
    "-g",
    "-i",
    "-J",
    "-L",
    "-m",
    "-N",
    "-o",
    "-O",
    "-s",
    "-S",
    "-v",
    "-w",
    "-y",
    "-Y",
    "--compressed",
    "--connect-timeout",
    "--cookie-jar",
    "--create-dirs",
    "--dump-header",
    "--fail",
    "--fail-early",
    "--fail-with-body",
    "--globoff",
    "--happy-eyeballs-timeout-ms",
    "--include",
    "--keepalive-time",
    "--limit-rate",
    "--location",
    "--max-filesize",
    "--max-time",
    "--no-buffer",
    "--no-progress-meter",
    "--output",
    "--output-dir",
    "--path-as-is",
    "--progress-bar",
    "--referer",
    "--remote-header-name",
    "--remote-name",
    "--retry",
    "--retry-all-errors",
    "--retry-connrefused",
    "--retry-delay",
    "--retry-max-time",
    "--show-error",
    "--show-headers",
    "--silent",
    "--speed-limit",
    "--speed-time",
    "--stderr",
    "--styled-output",
    "--no-styled-output",
    "--user-agent",
    "--verbose",
    "--write-out",
];

#[derive(Default)]
struct CurlParser {
    request: Request,
    data: Vec<String>,
    in_query: bool,
    json: bool,
    form: bool,
    has_globs: bool,
    /// Words that belong to no option: the address.
    loose: Vec<Loose>,
    /// What goes behind the address.
    queries: Vec<String>,
}

struct Loose {
    word: String,
    /// It may be the value of the option before it, which is not known here.
    is_value: bool,
}

pub(super) fn read(words: &Words) -> Request {
    let mut parser = CurlParser { has_globs: true, ..CurlParser::default() };
    let mut is_value = false;
    let mut words = words.iter().map(|word| word.as_str());
    while let Some(word) = words.next() {
        if word == "--next" || word == "-:" {
            // What follows is of another call.
            parser.request.misfit(word, MisfitReason::OtherCall);
            parser.loose.extend(words.filter(|word| word.contains("://")).map(Loose::address));
            break;
        }
        let may_be_value = std::mem::take(&mut is_value);
        if let Some(long) = word.strip_prefix("--") {
            let (name, glued) = long.split_once('=').map_or((long, None), |(name, value)| (name, Some(value)));
            let name = format!("--{name}");
            if parser.takes_value(&name) {
                let value = glued.or_else(|| words.next()).unwrap_or_default();
                parser.option(&name, value);
            } else {
                is_value = !parser.switch(&name);
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
            parser.loose.push(Loose { is_value: may_be_value, ..Loose::address(word) });
        }
    }
    parser.finish()
}

impl Loose {
    fn address(word: &str) -> Self {
        Self { word: word.to_owned(), is_value: false }
    }
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

    /// `false`: it is not known here.
    fn switch(&mut self, name: &str) -> bool {
        match name {
            "-G" | "--get" => self.in_query = true,
            "-I" | "--head" => self.request.method = Some(String::from("HEAD")),
            "-g" | "--globoff" => self.has_globs = false,
            _ => return self.tell(name),
        }
        true
    }

    /// Names an option that the console does not take over. `false`: it had to be named.
    fn tell(&mut self, name: &str) -> bool {
        let is_quiet = QUIET.contains(&name);
        if !is_quiet {
            self.request.misfit(name, MisfitReason::Option);
        }
        is_quiet
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
                } else {
                    self.tell(name);
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
                None => drop(self.tell(name)),
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
            _ => drop(self.tell(name)),
        }
    }

    fn finish(mut self) -> Request {
        if self.request.url.is_empty() {
            // A word that must be an address is one rather than the first.
            let place = self.loose.iter().position(|loose| loose.word.contains("://"));
            let place = place.or_else(|| self.loose.iter().position(|loose| !loose.is_value)).unwrap_or(0);
            if place < self.loose.len() {
                self.request.url = self.loose.remove(place).word;
            }
        }
        if self.has_globs {
            self.request.globs = globs(&self.request.url);
        }
        // curl calls them one after the other. A secret may stand before `@` and behind `?`.
        for Loose { word, is_value } in std::mem::take(&mut self.loose) {
            if word.contains("://") {
                self.request.misfit(shown_address(&word), MisfitReason::OtherCall);
            } else if !is_value {
                self.request.misfit("…", MisfitReason::StrayWord);
            }
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

/// Parts of an address with which curl calls several: `{a,b}`, `[1-3]`, `[a-z:2]`.
fn globs(url: &str) -> Vec<String> {
    let is_range = |inner: &str| {
        let (from, rest) = inner.split_once('-').unwrap_or_default();
        let to = rest.split_once(':').map_or(rest, |(to, _)| to);
        let is_end = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric());
        is_end(from) && is_end(to)
    };
    let is_glob = |part: &&str| match part.split_at_checked(1) {
        Some(("{", inner)) => inner.contains(','),
        Some((_, inner)) => is_range(inner),
        None => false,
    };
    let parts = url.match_indices(['{', '[']).filter_map(|(at, open)| {
        let rest = url.get(at..)?;
        rest.split_once(if open == "{" { '}' } else { ']' }).map(|(part, _)| part)
    });
    parts.filter(is_glob).map(str::to_owned).collect()
}

/// User and password of Basic authentication.
pub(super) fn basic(text: &str) -> Option<(String, String)> {
    let bytes = STANDARD.decode(text.trim()).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (user, password) = text.split_once(':')?;
    Some((user.to_owned(), password.to_owned()))
}
