//! The words of a vendor's command line tool → the call that it makes.

use super::{Words, http_file};
use crate::form::{Misfit, MisfitReason};

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
    /// What stands behind the places, and short options.
    pub(super) unread: Vec<Misfit>,
}

pub(super) fn read(words: &Words) -> ToolCall {
    let mut call = ToolCall::default();
    let mut places: Vec<&str> = Vec::new();
    // The value of an option may be a secret: it has no name here.
    let mut is_value = false;
    let mut words = words.iter().map(|word| word.as_str()).peekable();
    while let Some(word) = words.next() {
        let Some(option) = word.strip_prefix("--") else {
            if word.len() > 1 && word.starts_with('-') {
                call.unread.push(Misfit { name: word.chars().take(2).collect(), why: MisfitReason::Option });
                is_value = word.chars().count() == 2;
            } else if !std::mem::take(&mut is_value) {
                let is_verb = |word: &&str| http_file::METHODS.contains(&word.to_ascii_uppercase().as_str());
                if places.len() < if places.get(1).is_some_and(is_verb) { 3 } else { 2 } {
                    places.push(word);
                } else {
                    call.unread.push(Misfit { name: String::from("…"), why: MisfitReason::StrayWord });
                }
            }
            continue;
        };
        let (name, value) = match option.split_once('=') {
            Some((name, value)) => (name, value),
            None => (option, words.next_if(|next| !next.starts_with("--")).unwrap_or_default()),
        };
        is_value = false;
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
        let words =
            &shell::commands("tool -p me svc Do --a=1 --b 2 --flag --c '3 4' more", &|word| word == "tool")[0].words;
        let call = read(words);
        assert_eq!((call.service.as_str(), call.operation.as_str(), call.path.as_str()), ("svc", "Do", ""));
        let options: Vec<_> = call.options.iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(options, ["a=1", "b=2", "flag=", "c=3 4"]);
        assert_eq!(call.unread.iter().map(|unread| unread.name.as_str()).collect::<Vec<_>>(), ["-p", "…"]);
        assert_eq!(plain("open-https"), plain("OpenHttps"));
    }
}
