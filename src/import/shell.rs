//! The words of a command line, as bash and Windows' cmd part them. Nothing is expanded but arrays: `$NAME` stays as it is
//! written.

mod cmd;

use super::{OpenQuote, Request, Words};
use crate::form::{Misfit, MisfitReason};
use cmd::cmd;
use zeroize::Zeroizing;

/// A command of a command line.
#[derive(Default)]
pub(super) struct Command {
    /// The name of its program, as it is written.
    pub(super) program: String,
    /// Behind the name of its program.
    pub(super) words: Words,
    /// What a shell would do besides: `| jq`, `> file`, another line.
    besides: Vec<Misfit>,
    /// The sign between it and the command behind it; a line break is none.
    end: String,
    /// The line in which its first word ends.
    line: usize,
    /// A quote in it that is not closed.
    pub(super) open_quote: Option<OpenQuote>,
}

impl Command {
    /// Where the output goes, or where the input comes from. Of a file, nobody learns more here than its name. Behind `<<` and
    /// `<<<` stands no file, but the input or what ends it: nobody learns anything of that.
    fn redirect(&mut self, sign: &str, file: &str) {
        let file = if sign.starts_with("<<") { "" } else { file };
        if file != "/dev/null" && file != "NUL" {
            self.besides.push(beside(sign, file));
        }
    }

    /// What of it belongs into no form.
    pub(super) fn note_misfits(&self, request: &mut Request) {
        if let Some(OpenQuote { quote, line, column }) = self.open_quote {
            request.misfit(&quote.to_string(), MisfitReason::OpenQuote { line, column });
        }
        request.misfits.extend(self.besides.iter().cloned());
    }

    fn first_word(&self) -> &str {
        self.words.first().map_or("", |word| word.as_str())
    }

    /// Whether it calls a program that is wanted. What stands before that goes.
    fn is_call(&mut self, is_wanted: &dyn Fn(&str) -> bool) -> bool {
        // What may stand before a program: the prompt, `sudo`, variables.
        let fits = |word: &Zeroizing<String>| {
            matches!(word.as_str(), "$" | "#" | ">" | "%" | "sudo" | "time" | "env" | "exec") || word.contains('=')
        };
        let start = self.words.iter().position(|word| is_wanted(word));
        let start = start.filter(|start| self.words.iter().take(*start).all(fits));
        let Some(start) = start else { return false };
        let mut words = std::mem::take(&mut self.words).into_iter().skip(start);
        self.program = words.next().map(|word| word.to_string()).unwrap_or_default();
        self.words = words.collect();
        true
    }

    /// The command as what another one leaves out. Its words may be secrets: an option shows its name.
    fn as_other_line(&self) -> Misfit {
        let name = if self.first_word().starts_with('-') { name_in(self.first_word()) } else { String::from("…") };
        Misfit { name, why: MisfitReason::OtherLine { line: self.line } }
    }
}

/// A word as far as it is a name: the rest may be a secret.
fn name_in(word: &str) -> String {
    word.chars().take_while(|c| c.is_ascii_alphanumeric() || "._-/".contains(*c)).take(40).collect()
}

/// What stands behind a sign of the shell.
fn beside(sign: &str, word: &str) -> Misfit {
    let name = [sign, &name_in(word)].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ");
    Misfit { name, why: MisfitReason::Shell }
}

/// The commands that call a wanted program. What the text holds behind the first of them is in one of them, or beside it.
pub(super) fn commands(text: &str, is_wanted: &dyn Fn(&str) -> bool) -> Vec<Command> {
    let commands = if is_cmd(text) { cmd(text) } else { bash(text, is_wanted) };
    let mut found: Vec<Command> = Vec::new();
    // Between the last command and the next one of its line.
    let mut sign = String::new();
    for mut command in commands {
        let end = std::mem::take(&mut command.end);
        let Some(last) = found.last_mut() else {
            if command.is_call(is_wanted) {
                found.push(command);
                sign = end;
            }
            continue;
        };
        if sign.is_empty() && command.is_call(is_wanted) {
            found.push(command);
        } else {
            last.besides.push(match sign.as_str() {
                "" => command.as_other_line(),
                sign => beside(sign, command.first_word()),
            });
            last.besides.append(&mut command.besides);
        }
        sign = end;
    }
    if let Some(last) = found.last_mut().filter(|_| !matches!(sign.as_str(), "" | ";")) {
        last.besides.push(beside(&sign, ""));
    }
    found
}

/// Whether a caret outside of quotes stands before a quote or at the end of a line: only in Windows' cmd that means something.
fn is_cmd(text: &str) -> bool {
    let mut chars = text.char_indices().peekable();
    let mut quote = None;
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let ends_line = || text.get(at + 1..).is_some_and(ends_line);
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None | Some('"'), '\\') => drop(chars.next()),
            (Some(_), _) => {}
            (None, '^') if next == Some('"') || ends_line() => return true,
            (None, '"') => quote = Some(c),
            // One that is alone is an apostrophe.
            (None, '\'') if text.get(at + 1..).is_some_and(|rest| rest.contains('\'')) => quote = Some(c),
            _ => {}
        }
    }
    false
}

/// Whether nothing but blanks follows in the line, and there is a next one. What a person copied has blanks where nobody sees
/// them: a sign before them that the line goes on still says so.
fn ends_line(rest: &str) -> bool {
    rest.trim_start_matches(|c: char| c.is_whitespace() && c != '\n').starts_with('\n')
}

/// A text has no more words: arrays in it could make any number of them.
const MOST_WORDS: usize = 10_000;

/// Every command of a script.
fn bash(text: &str, is_wanted: &dyn Fn(&str) -> bool) -> Vec<Command> {
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
    let expand = |command: Command| {
        let words: Words = command.words.iter().flat_map(expanded).take(left).collect();
        left -= words.len();
        Command { words, ..command }
    };
    commands.into_iter().map(expand).collect()
}

#[derive(Default)]
struct Bash {
    chars: Vec<char>,
    at: usize,
    word: Option<String>,
    /// The command that is read.
    command: Command,
    commands: Vec<Command>,
    /// The lines up to a place.
    lines: (usize, usize),
    arrays: Vec<(String, Words)>,
    /// The name of the array whose words are read.
    array: Option<String>,
    /// The next word is where the output goes, or where the input comes from: the sign before it.
    redirected: Option<String>,
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
            match self.redirected.take() {
                Some(sign) => self.command.redirect(&sign, &word),
                None => {
                    if self.command.words.is_empty() {
                        self.command.line = self.line();
                    }
                    self.command.words.push(Zeroizing::new(word));
                }
            }
        }
    }

    /// The line of the last character of a word that ends here, counted from 1.
    fn line(&mut self) -> usize {
        let end = self.at.saturating_sub(1);
        let (from, lines) = self.lines;
        let more = self.chars.get(from..end).unwrap_or_default().iter().filter(|c| **c == '\n').count();
        self.lines = (end.max(from), lines + more);
        1 + lines + more
    }

    /// `end`: the sign that ends it.
    fn end_command(&mut self, end: &str) {
        self.end_word();
        self.redirected = None;
        if !self.command.words.is_empty() {
            self.command.end = end.to_owned();
            self.commands.push(std::mem::take(&mut self.command));
        }
    }

    /// What stands in the next line is no part of this one, unless a sign says that it goes on.
    fn end_line(&mut self) {
        self.end_command("");
        if let Some(last) = self.commands.last_mut().filter(|last| last.end == ";" || last.end == "&") {
            let sign = std::mem::take(&mut last.end);
            last.besides.extend((sign == "&").then(|| beside(&sign, "")));
        }
    }

    /// `;`, `|`, `&`, and the same twice.
    fn operator(&mut self, sign: char) {
        let mut end = String::from(sign);
        while let Some(next) = self.peek().filter(|next| *next == sign || sign == '|' && *next == '&') {
            end.push(next);
            self.at += 1;
        }
        self.end_command(&end);
    }

    /// `>`, `>>`, `&>`, `2>&1`.
    fn redirect(&mut self, sign: char) {
        // `2>`: the number is no word.
        if self.word.as_ref().is_some_and(|word| word.chars().all(|c| c.is_ascii_digit())) {
            self.word = None;
        }
        self.end_word();
        let mut signs = String::from(sign);
        while self.peek() == Some(sign) {
            self.at += 1;
            if sign == '<' {
                signs.push(sign);
            }
        }
        let is_copy = self.peek() == Some('&');
        while self.peek().is_some_and(|c| is_copy && (c == '&' || c == '-' || c.is_ascii_digit())) {
            self.at += 1;
        }
        // A prompt: nothing stands before it.
        self.redirected = (!is_copy && !self.command.words.is_empty()).then_some(signs);
    }

    /// The quote that began before this place is never closed.
    fn leave_open(&mut self, quote: char, at: usize) {
        let before = self.chars.get(..at.saturating_sub(1)).unwrap_or_default();
        self.command.open_quote = Some(OpenQuote::at(quote, before.iter().copied()));
    }

    /// Whether the word behind a `#`, which may be a prompt, calls a program.
    fn is_prompt(&self, is_wanted: &dyn Fn(&str) -> bool) -> bool {
        let rest = self.chars.iter().skip(self.at).skip_while(|c| **c == ' ');
        is_wanted(&rest.take_while(|c| !c.is_whitespace()).collect::<String>())
    }

    /// Whether only blanks stand before the end of the line, which is passed then. See [`ends_line`].
    fn joins_lines(&mut self) -> bool {
        let rest = self.chars.get(self.at..).unwrap_or_default();
        let blanks = rest.iter().take_while(|c| c.is_whitespace() && **c != '\n').count();
        let parts_words = rest.iter().take(blanks).any(|c| *c != '\r');
        if rest.get(blanks).is_some_and(|c| *c != '\n') {
            return false;
        }
        self.at = self.chars.len().min(self.at + blanks + 1);
        if parts_words {
            self.end_word();
        }
        true
    }

    fn skip_line(&mut self) {
        while self.peek().is_some_and(|c| c != '\n') {
            self.at += 1;
        }
    }

    /// `name=(`: the words up to the bracket are an array.
    fn begin_array(&mut self) -> bool {
        let Some(name) = self.word.as_ref().and_then(|word| word.strip_suffix('=')) else { return false };
        let is_name = self.command.words.is_empty() && self.array.is_none() && !name.is_empty();
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
                    let words = std::mem::take(&mut self.command.words);
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
                '\\' if self.joins_lines() => {}
                '\\' => {
                    let escaped = self.next();
                    escaped.into_iter().for_each(|c| self.push(c));
                }
                '\n' => self.end_line(),
                '&' if self.peek() == Some('>') => self.end_word(),
                ';' | '|' | '&' => self.operator(c),
                '>' | '<' => self.redirect(c),
                '#' if self.word.is_none() && (!self.command.words.is_empty() || !self.is_prompt(is_wanted)) => {
                    self.skip_line();
                }
                c if c.is_whitespace() => self.end_word(),
                c => self.push(c),
            }
        }
        self.end_command("");
    }

    fn single(&mut self) {
        let start = self.at;
        self.word.get_or_insert_default();
        while let Some(c) = self.next() {
            if c == '\'' {
                return;
            }
            self.push(c);
        }
        self.leave_open('\'', start);
    }

    fn double(&mut self) {
        let start = self.at;
        self.word.get_or_insert_default();
        while let Some(c) = self.next() {
            match (c, self.peek()) {
                ('"', _) => return,
                ('\\', Some('\n')) => self.at += 1,
                ('\\', Some(escaped @ ('"' | '\\' | '$' | '`'))) => {
                    self.at += 1;
                    self.push(escaped);
                }
                ('$', Some('(')) => self.substitution(),
                _ => self.push(c),
            }
        }
        self.leave_open('"', start);
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
        let start = self.at;
        let mut is_open = true;
        let mut bytes = Vec::new();
        let mut buffer = [0; 4];
        while let Some(c) = self.next() {
            if c == '\'' {
                is_open = false;
                break;
            }
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
        if is_open {
            self.leave_open('\'', start);
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
mod tests;
