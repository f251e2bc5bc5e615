//! The words of a command line, as bash and Windows' cmd part them. Nothing is expanded but arrays: `$NAME` stays as it is
//! written.

mod cmd;

use super::Words;
use cmd::cmd;
use zeroize::Zeroizing;

/// The words of the first command that calls a wanted program, without what stands before it.
pub(super) fn command(text: &str, is_wanted: &dyn Fn(&str) -> bool) -> Option<Words> {
    let commands = if is_cmd(text) { vec![cmd(text)] } else { bash(text, is_wanted) };
    commands.into_iter().find_map(|words| {
        let start = words.iter().position(|word| is_wanted(word))?;
        // What may stand before a program: the prompt, `sudo`, variables.
        let before = words.iter().take(start);
        let fits = |word: &Zeroizing<String>| {
            matches!(word.as_str(), "$" | "#" | ">" | "%" | "sudo" | "time" | "env" | "exec") || word.contains('=')
        };
        let fits = before.into_iter().all(fits);
        fits.then(|| words.into_iter().skip(start + 1).collect())
    })
}

/// Whether a caret outside of quotes stands before a quote or at the end of a line: only in Windows' cmd that means something.
fn is_cmd(text: &str) -> bool {
    let mut chars = text.char_indices().peekable();
    let mut quote = None;
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None | Some('"'), '\\') => drop(chars.next()),
            (Some(_), _) => {}
            (None, '^') if matches!(next, Some('"' | '\n' | '\r')) => return true,
            (None, '"') => quote = Some(c),
            // One that is alone is an apostrophe.
            (None, '\'') if text.get(at + 1..).is_some_and(|rest| rest.contains('\'')) => quote = Some(c),
            _ => {}
        }
    }
    false
}

/// A text has no more words: arrays in it could make any number of them.
const MOST_WORDS: usize = 10_000;

/// The words of every command of a script.
fn bash(text: &str, is_wanted: &dyn Fn(&str) -> bool) -> Vec<Words> {
    let mut parser = Bash { chars: text.chars().collect(), ..Bash::default() };
    parser.run(is_wanted);
    let Bash { commands, arrays, .. } = parser;
    // `"${name[@]}"` is all words of `name=(…)`, as the console's own samples have it.
    let expanded = |word: &Zeroizing<String>| -> Words {
        let name = word.strip_prefix("${").and_then(|name| name.strip_suffix("[@]}"));
        let array = name.and_then(|name| arrays.iter().rev().find(|(own, _)| own == name));
        array.map_or_else(|| vec![word.clone()], |(_, words)| words.clone())
    };
    let mut left = MOST_WORDS;
    let expand = |words: &Words| {
        let words: Words = words.iter().flat_map(expanded).take(left).collect();
        left -= words.len();
        words
    };
    commands.iter().map(expand).collect()
}

#[derive(Default)]
struct Bash {
    chars: Vec<char>,
    at: usize,
    word: Option<String>,
    words: Words,
    commands: Vec<Words>,
    arrays: Vec<(String, Words)>,
    /// The name of the array whose words are read.
    array: Option<String>,
    /// The next word is where the output goes.
    redirected: bool,
}

impl Bash {
    fn next(&mut self) -> Option<char> {
        let next = self.peek();
        self.at += usize::from(next.is_some());
        next
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn push(&mut self, c: char) {
        self.word.get_or_insert_default().push(c);
    }

    fn end_word(&mut self) {
        if let Some(word) = self.word.take() {
            if self.redirected {
                self.redirected = false;
            } else {
                self.words.push(Zeroizing::new(word));
            }
        }
    }

    fn end_command(&mut self) {
        self.end_word();
        self.redirected = false;
        if !self.words.is_empty() {
            self.commands.push(std::mem::take(&mut self.words));
        }
    }

    /// Whether the word behind a `#`, which may be a prompt, calls a program.
    fn is_prompt(&self, is_wanted: &dyn Fn(&str) -> bool) -> bool {
        let rest = self.chars.iter().skip(self.at).skip_while(|c| **c == ' ');
        is_wanted(&rest.take_while(|c| !c.is_whitespace()).collect::<String>())
    }

    fn skip_line(&mut self) {
        while self.peek().is_some_and(|c| c != '\n') {
            self.at += 1;
        }
    }

    /// `name=(`: the words up to the bracket are an array.
    fn begin_array(&mut self) -> bool {
        let Some(name) = self.word.as_ref().and_then(|word| word.strip_suffix('=')) else { return false };
        let is_name = self.words.is_empty() && self.array.is_none() && !name.is_empty();
        if is_name && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
            self.array = Some(name.to_owned());
            self.word = None;
            return true;
        }
        false
    }

    fn run(&mut self, is_wanted: &dyn Fn(&str) -> bool) {
        while let Some(c) = self.next() {
            match c {
                '(' if self.begin_array() => {}
                ')' if self.array.is_some() => {
                    self.end_word();
                    let words = std::mem::take(&mut self.words);
                    self.arrays.extend(self.array.take().map(|name| (name, words)));
                }
                '\n' if self.array.is_some() => self.end_word(),
                '\'' => self.single(),
                '"' => self.double(),
                '$' if self.peek() == Some('\'') => {
                    self.at += 1;
                    self.ansi();
                }
                '$' if self.peek() == Some('"') => {
                    self.at += 1;
                    self.double();
                }
                '$' if self.peek() == Some('(') => self.substitution(),
                '\\' => match self.next() {
                    Some('\r') if self.peek() == Some('\n') => self.at += 1,
                    Some('\n') | None => {}
                    Some(other) => self.push(other),
                },
                '\n' | ';' | '|' => self.end_command(),
                '&' if self.peek() == Some('>') => self.end_word(),
                '&' => self.end_command(),
                '>' | '<' => {
                    // `2>`: the number is no word.
                    if self.word.as_ref().is_some_and(|word| word.chars().all(|c| c.is_ascii_digit())) {
                        self.word = None;
                    }
                    self.end_word();
                    // A prompt: nothing stands before it.
                    self.redirected = !self.words.is_empty();
                }
                '#' if self.word.is_none() && (!self.words.is_empty() || !self.is_prompt(is_wanted)) => {
                    self.skip_line();
                }
                c if c.is_whitespace() => self.end_word(),
                c => self.push(c),
            }
        }
        self.end_command();
    }

    fn single(&mut self) {
        self.word.get_or_insert_default();
        while let Some(c) = self.next().filter(|c| *c != '\'') {
            self.push(c);
        }
    }

    fn double(&mut self) {
        self.word.get_or_insert_default();
        while let Some(c) = self.next().filter(|c| *c != '"') {
            match (c, self.peek()) {
                ('\\', Some('\n')) => self.at += 1,
                ('\\', Some(escaped @ ('"' | '\\' | '$' | '`'))) => {
                    self.at += 1;
                    self.push(escaped);
                }
                ('$', Some('(')) => self.substitution(),
                _ => self.push(c),
            }
        }
    }

    /// `$(…)`: what it gives is not known; quotes in it are its own.
    fn substitution(&mut self) {
        self.push('$');
        let mut depth = 0_usize;
        while let Some(c) = self.next() {
            self.push(c);
            match c {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return;
            }
        }
    }

    /// `$'…'`: the escapes of ANSI C, in which Chrome writes what is not ASCII.
    fn ansi(&mut self) {
        let mut bytes = Vec::new();
        let mut buffer = [0; 4];
        while let Some(c) = self.next().filter(|c| *c != '\'') {
            if c != '\\' {
                bytes.extend_from_slice(c.encode_utf8(&mut buffer).as_bytes());
                continue;
            }
            let Some(escape) = self.next() else { break };
            match escape {
                'a' => bytes.push(7),
                'b' => bytes.push(8),
                'e' | 'E' => bytes.push(27),
                'f' => bytes.push(12),
                'n' => bytes.push(b'\n'),
                'r' => bytes.push(b'\r'),
                't' => bytes.push(b'\t'),
                'v' => bytes.push(11),
                'x' => bytes.push(self.digits(2, 16) as u8),
                'u' | 'U' => {
                    let point = self.digits(if escape == 'u' { 4 } else { 8 }, 16);
                    let c = self.second_half(point).or(char::from_u32(point)).unwrap_or(char::REPLACEMENT_CHARACTER);
                    bytes.extend_from_slice(c.encode_utf8(&mut buffer).as_bytes());
                }
                '0'..='7' => {
                    self.at -= 1;
                    bytes.push(self.digits(3, 8) as u8);
                }
                other => bytes.extend_from_slice(other.encode_utf8(&mut buffer).as_bytes()),
            }
        }
        self.word.get_or_insert_default().push_str(&String::from_utf8_lossy(&bytes));
    }

    /// A character beyond the first 65 536, as JavaScript writes it: `\ud83d\ude00`.
    fn second_half(&mut self, first: u32) -> Option<char> {
        let is_second = self.chars.get(self.at..self.at + 2).is_some_and(|next| next == ['\\', 'u']);
        if !(0xD800..0xDC00).contains(&first) || !is_second {
            return None;
        }
        let before = self.at;
        self.at += 2;
        let second = self.digits(4, 16);
        if (0xDC00..0xE000).contains(&second) {
            return char::from_u32(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00));
        }
        self.at = before;
        None
    }

    fn digits(&mut self, most: usize, radix: u32) -> u32 {
        let mut number = 0_u32;
        for _ in 0..most {
            let Some(digit) = self.peek().and_then(|c| c.to_digit(radix)) else { break };
            number = number.wrapping_mul(radix).wrapping_add(digit);
            self.at += 1;
        }
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        command(text, &|word| word == "curl").unwrap().iter().map(|word| word.to_string()).collect()
    }

    #[test]
    fn bash_parts_words_as_it_does() {
        for (text, wanted) in [
            ("curl a  b", &["a", "b"][..]),
            (r#"$ sudo curl 'a b' "c \"d\" \\ \x" e\ f ''"#, &["a b", r#"c "d" \ \x"#, "e f", ""]),
            ("curl a \\\n  b \\\r\n c", &["a", "b", "c"]),
            (r"curl $'it\'s\n\u00e9\x41\101\ud83d\ude00'", &["it's\né\u{41}A😀"]),
            ("TOKEN=x curl a'b'\"c\" 2>/dev/null | jq . ; curl z", &["abc"]),
            ("echo hi\ncurl a # a comment\ncurl b", &["a"]),
            (r#"curl "$(date -u "+%F")" b"#, &[r#"$(date -u "+%F")"#, "b"]),
            ("curl 'never closed", &["never closed"]),
            ("# it's a comment\n# curl a", &["a"]),
            (
                "set -e\nall=(\n  --x='1 2'  # one's\n  -y\n)\ncurl b \"${all[@]}\" \"${none[@]}\"",
                &["b", "--x=1 2", "-y", "${none[@]}"],
            ),
        ] {
            assert_eq!(words(text), wanted, "{text}");
        }
        assert_eq!(command("all=(never closed\ncurl a", &|word| word == "curl"), None);
        assert_eq!(command("echo curl", &|word| word == "curl"), None);
    }
}
