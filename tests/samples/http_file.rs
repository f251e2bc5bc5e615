//! Runs an `.http` file as REST Client does, as far as the samples need it: variables, comments, one request.

use std::net::SocketAddr;

use hyper::body::Bytes;

use crate::programs::Run;
use crate::proxy::exchange;

/// Sends the request of a file to `endpoint`, whatever the file says of it.
pub(crate) async fn send(file: &str, endpoint: &str, environment: &[(&str, &str)], addr: SocketAddr) -> Run {
    let mut variables: Vec<(String, String)> = Vec::new();
    let mut lines = file.lines().filter(|line| !line.starts_with('#')).skip_while(|line| line.is_empty()).peekable();
    while let Some(line) = lines.next_if(|line| line.starts_with('@') || line.is_empty()) {
        let Some((name, value)) = line.split_once(" = ") else { continue };
        variables.push((name.trim_start_matches('@').to_owned(), value.to_owned()));
    }
    variables.insert(0, (String::from("endpoint"), endpoint.to_owned()));
    let fill = |text: &str| fill(text, &variables, environment);
    let (method, url) = lines.next().unwrap().split_once(' ').unwrap();
    let url = fill(url);
    let target = url.strip_prefix(&format!("http://{addr}")).unwrap().to_owned();
    let mut request = http::Request::builder().method(method).uri(target).header("host", addr.to_string());
    for line in lines.by_ref().take_while(|line| !line.is_empty()) {
        let (name, value) = line.split_once(": ").unwrap_or_else(|| panic!("no header: {line}"));
        request = request.header(name, fill(value));
    }
    // The temporary key's line is a comment where the profile has none; who has such a key takes the mark away.
    if environment.iter().any(|(name, _)| name.ends_with("SECURITY_TOKEN")) {
        let comments = file.lines().filter_map(|line| line.strip_prefix("# ")?.split_once(": "));
        for (name, value) in comments.filter(|(_, value)| value.ends_with("SECURITY_TOKEN}}")) {
            request = request.header(name, fill(value));
        }
    }
    let body = fill(lines.collect::<Vec<_>>().join("\n").trim_end());
    let answer = exchange(addr, request.body(Bytes::from(body)).unwrap()).await.unwrap();
    Run { worked: answer.status().is_success(), output: String::from_utf8_lossy(answer.body()).into_owned() }
}

fn fill(text: &str, variables: &[(String, String)], environment: &[(&str, &str)]) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, behind) = after.split_once("}}").unwrap_or_else(|| panic!("an open variable: {text}"));
        let value = match name.strip_prefix("$processEnv ") {
            Some(name) => environment.iter().find(|(own, _)| *own == name).map(|(_, value)| (*value).to_owned()),
            None => variables.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone()),
        };
        filled.push_str(before);
        filled.push_str(&value.unwrap_or_else(|| panic!("an unknown variable {name}: {text}")));
        rest = behind;
    }
    filled + rest
}
