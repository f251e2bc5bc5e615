//! Windows' cmd: carets, then quotes and backslashes.

use crate::import::Words;
use zeroize::Zeroizing;

/// The words of one command of Windows' cmd: carets first, then quotes as programs read them there.
pub(super) fn cmd(text: &str) -> Words {
    let mut line = Zeroizing::new(String::new());
    let mut in_quotes = false;
    let mut chars = text.chars().filter(|c| *c != '\r').peekable();
    while let Some(c) = chars.next() {
        match c {
            '^' if !in_quotes => match chars.next() {
                // The line goes on; a line break behind it is a part of the text.
                Some('\n') => line.extend(chars.next_if_eq(&'\n')),
                Some(escaped) => line.push(escaped),
                None => {}
            },
            '"' => {
                in_quotes = !in_quotes;
                line.push(c);
            }
            '\n' if !in_quotes => break,
            c => line.push(c),
        }
    }
    arguments(&line)
}

/// Quotes and backslashes, as Microsoft's C runtime reads them.
fn arguments(line: &str) -> Words {
    let mut words = Words::new();
    let mut word: Option<String> = None;
    let mut in_quotes = false;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                let mut count = 1;
                while chars.next_if_eq(&'\\').is_some() {
                    count += 1;
                }
                let is_before_quote = chars.peek() == Some(&'"');
                let kept = if is_before_quote { count / 2 } else { count };
                let own = word.get_or_insert_default();
                own.extend(std::iter::repeat_n('\\', kept));
                if is_before_quote && count % 2 == 1 {
                    chars.next();
                    own.push('"');
                }
            }
            '"' if in_quotes && chars.next_if_eq(&'"').is_some() => word.get_or_insert_default().push('"'),
            '"' => {
                in_quotes = !in_quotes;
                word.get_or_insert_default();
            }
            c if c.is_whitespace() && !in_quotes => words.extend(word.take().map(Zeroizing::new)),
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word.map(Zeroizing::new));
    words
}

#[cfg(test)]
mod tests {
    use super::super::command;

    fn words(text: &str) -> Vec<String> {
        command(text, &|word| word == "curl").unwrap().iter().map(|word| word.to_string()).collect()
    }

    #[test]
    fn cmd_parts_words_as_it_does() {
        for (text, wanted) in [
            (
                "curl ^\"https://a.test/?x=1^&y=2^\" ^\r\n  -H ^\"a: b^\"",
                &["https://a.test/?x=1&y=2", "-H", "a: b"][..],
            ),
            ("curl --data-raw ^\"^{^\\^\"on^\\^\":true^}^\"", &["--data-raw", r#"{"on":true}"#]),
            ("curl \"a ^ b\" ^\n \"c\"\"d\"", &["a ^ b", "c\"d"]),
            ("curl ^\"one^\n\ntwo^\"", &["one\ntwo"]),
        ] {
            assert_eq!(words(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_caret_in_quotes_makes_no_command_of_windows() {
        for (text, wanted) in [
            (r#"curl -d '{"pattern":"^"}' 'https://a.test/'"#, &["-d", r#"{"pattern":"^"}"#, "https://a.test/"][..]),
            (r#"curl -d "{\"p\":\"^\"}" https://a.test/"#, &["-d", r#"{"p":"^"}"#, "https://a.test/"]),
            ("curl -H \"x: ^\" https://a.test/", &["-H", "x: ^", "https://a.test/"]),
            ("curl -d 'a ^\nb' https://a.test/", &["-d", "a ^\nb", "https://a.test/"]),
            ("curl https://a.test/it's ^\n -H ^\"a: b^\"", &["https://a.test/it's", "-H", "a: b"]),
        ] {
            assert_eq!(words(text), wanted, "{text}");
        }
    }
}
