//! The words of a vendor's command line tool → the call that it makes.

use super::Words;

/// A call as a tool writes it: `SERVICE OPERATION --NAME=VALUE`, or `SERVICE VERB PATH`.
#[derive(Default)]
pub(super) struct ToolCall {
    pub(super) service: String,
    /// The name of the operation, or the verb.
    pub(super) operation: String,
    /// Only behind a verb.
    pub(super) path: String,
    /// Without their hyphens.
    pub(super) options: Vec<(String, String)>,
}

pub(super) fn read(words: &Words) -> ToolCall {
    let mut call = ToolCall::default();
    let mut places: Vec<&str> = Vec::new();
    let mut words = words.iter().map(|word| word.as_str()).peekable();
    while let Some(word) = words.next() {
        let Some(option) = word.strip_prefix("--") else {
            places.push(word);
            continue;
        };
        let (name, value) = match option.split_once('=') {
            Some((name, value)) => (name, value),
            None => (option, words.next_if(|next| !next.starts_with("--")).unwrap_or_default()),
        };
        call.options.push((name.to_owned(), value.to_owned()));
    }
    let mut places = places.into_iter().map(str::to_owned);
    for place in [&mut call.service, &mut call.operation, &mut call.path] {
        *place = places.next().unwrap_or_default();
    }
    call
}

/// A name without what tools spell in another way: `open-https` is `OpenHttps`.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '-' | '_')).collect::<String>().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::shell;

    #[test]
    fn both_spellings_of_an_option_are_read() {
        let words = shell::command("tool svc Do --a=1 --b 2 --flag --c '3 4'", &|word| word == "tool").unwrap().words;
        let call = read(&words);
        assert_eq!((call.service.as_str(), call.operation.as_str(), call.path.as_str()), ("svc", "Do", ""));
        let options: Vec<_> = call.options.iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(options, ["a=1", "b=2", "flag=", "c=3 4"]);
        assert_eq!(plain("open-https"), plain("OpenHttps"));
    }
}
