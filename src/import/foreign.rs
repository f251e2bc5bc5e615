//! Texts that say what to call, in languages that are not read here.

use super::{is_program, shell};

/// A language that is known and not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foreign {
    PowerShell,
    /// A call of JavaScript's `fetch`, as browsers copy it.
    Fetch,
}

impl Foreign {
    /// The language of a text that may look like a command of another one; `None`: it is none of these.
    pub(super) fn of(text: &str) -> Option<Self> {
        let start = text.trim_start();
        let start = start.strip_prefix("await").map_or(start, str::trim_start);
        if start.strip_prefix("fetch").is_some_and(|rest| rest.trim_start().starts_with('(')) {
            return Some(Self::Fetch);
        }
        // A command that goes on behind a backtick.
        let curls = shell::commands(text, &|word| is_program(word, "curl"));
        curls.first()?.words.last().is_some_and(|word| **word == "`").then_some(Self::PowerShell)
    }

    /// The language of a text that is no command: a body or a comment of one may name a cmdlet too.
    pub(super) fn of_unread(text: &str) -> Option<Self> {
        let is_cmdlet = |word: &str| {
            let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
            ["Invoke-RestMethod", "Invoke-WebRequest"].iter().any(|name| word.eq_ignore_ascii_case(name))
        };
        let is_short = |word: &str| ["irm", "iwr"].iter().any(|name| word.eq_ignore_ascii_case(name));
        let words = || text.split_whitespace();
        (words().any(is_cmdlet) || words().next().is_some_and(is_short)).then_some(Self::PowerShell)
    }
}
