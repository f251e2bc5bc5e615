//! Windows' cmd: carets, then quotes and backslashes.

use super::{Command, beside, ends_line};
use crate::import::{OpenQuote, Words};
use zeroize::Zeroizing;

/// The commands of a line of Windows' cmd: carets first, then quotes as programs read them there.
pub(super) fn cmd(text: &str) -> Vec<Command> {
    let mut commands = Vec::new();
    let mut command = Command::default();
    // With the places that the characters have in the text.
    let mut line: Line = Vec::new();
    let mut in_quotes = false;
    let mut chars = text.char_indices().filter(|(_, c)| *c != '\r').peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            // The line goes on; a line break behind it is a part of the text.
            '^' if !in_quotes && text.get(at + 1..).is_some_and(ends_line) => {
                chars.find(|(_, next)| *next == '\n');
                line.extend(chars.next_if(|(_, next)| *next == '\n'));
            }
            '^' if !in_quotes => line.extend(chars.next()),
            '"' => {
                in_quotes = !in_quotes;
                line.push((at, c));
            }
            '\n' if !in_quotes => {
                let done = finished(std::mem::take(&mut command), &mut line, text);
                if !done.words.is_empty() {
                    commands.push(done);
                } else if let Some(last) = commands.last_mut().filter(|last| !last.end.is_empty()) {
                    let sign = std::mem::take(&mut last.end);
                    last.besides.push(beside(&sign, ""));
                }
            }
            '&' | '|' if !in_quotes => {
                command.end = String::from(c);
                while chars.next_if(|(_, next)| *next == c).is_some() {
                    command.end.push(c);
                }
                commands.push(finished(std::mem::take(&mut command), &mut line, text));
            }
            '>' | '<' if !in_quotes => {
                // `2>`: the number is no word. `>&1` copies an output and names no file.
                let is_digit = |(_, c): &&(usize, char)| c.is_ascii_digit();
                let end = line.len() - line.iter().rev().take_while(is_digit).count();
                if line.get(..end).and_then(<[_]>::last).is_none_or(|(_, before)| *before == ' ') {
                    line.truncate(end);
                }
                while chars.next_if(|(_, next)| *next == c).is_some() {}
                if chars.next_if(|(_, next)| *next == '&').is_some() {
                    while chars.next_if(|(_, next)| next.is_ascii_digit()).is_some() {}
                    continue;
                }
                while chars.next_if(|(_, next)| *next == ' ').is_some() {}
                let mut file = String::new();
                while let Some((_, next)) = chars.next_if(|(_, next)| !next.is_whitespace() && !"&|".contains(*next)) {
                    file.push(next);
                }
                command.redirect(&String::from(c), &file);
            }
            c => line.push((at, c)),
        }
    }
    let last = finished(command, &mut line, text);
    if !last.words.is_empty() {
        commands.push(last);
    }
    commands
}

/// The characters of a line, each with its place in the text.
type Line = Vec<(usize, char)>;

/// The command of a line, which is overwritten: a secret may stand in it.
fn finished(command: Command, line: &mut Line, text: &str) -> Command {
    let (words, open) = arguments(line);
    let start = line.iter().find(|(_, c)| !c.is_whitespace()).map_or(0, |(place, _)| *place);
    let before = text.get(..start).unwrap_or_default();
    let number = before.matches('\n').count() + 1;
    line.fill((0, ' '));
    line.clear();
    let place = |at: usize| OpenQuote::at('"', text.get(..at).unwrap_or_default().chars());
    Command { words, line: number, open_quote: open.map(place), ..command }
}

/// Quotes and backslashes, as Microsoft's C runtime reads them; and the place of a quote that is not closed.
fn arguments(line: &[(usize, char)]) -> (Words, Option<usize>) {
    let mut words = Words::new();
    let mut word: Option<String> = None;
    let mut in_quotes = false;
    let mut opened = 0;
    let mut chars = line.iter().map(|(_, c)| *c).enumerate().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => {
                let mut count = 1;
                while chars.next_if(|(_, next)| *next == '\\').is_some() {
                    count += 1;
                }
                let is_before_quote = chars.peek().is_some_and(|(_, next)| *next == '"');
                let kept = if is_before_quote { count / 2 } else { count };
                let own = word.get_or_insert_default();
                own.extend(std::iter::repeat_n('\\', kept));
                if is_before_quote && count % 2 == 1 {
                    chars.next();
                    own.push('"');
                }
            }
            '"' if in_quotes && chars.next_if(|(_, next)| *next == '"').is_some() => {
                word.get_or_insert_default().push('"')
            }
            '"' => {
                in_quotes = !in_quotes;
                opened = at;
                word.get_or_insert_default();
            }
            c if c.is_whitespace() && !in_quotes => words.extend(word.take().map(Zeroizing::new)),
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word.map(Zeroizing::new));
    let open = line.get(opened).filter(|_| in_quotes).map(|(place, _)| *place);
    (words, open)
}

#[cfg(test)]
mod tests {
    use super::super::commands;

    fn words(text: &str) -> Vec<String> {
        let found = commands(text, &|word| word == "curl");
        found[0].words.iter().map(|word| word.to_string()).collect()
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
            ("curl a ^ \r\n -H b ^\t\n c", &["a", "-H", "b", "c"]),
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
