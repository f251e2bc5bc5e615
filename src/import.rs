//! A command that somebody pasted → the operation that it calls and what belongs into its form.
//!
//! ```text
//!  text ──read──▶ Pasted (a request, or a call of a vendor's tool) ──recognise──▶ Recognised { pairs, misfits, secrets }
//! ```
//!
//! It reads cURL as bash and Windows' cmd write it, `.http` files, and the tools that a description names in `x-cli`. The
//! pairs are those of a link ([`crate::form::Link`]). Secrets are kept apart from them, and nothing is ever executed.

mod capture;
mod curl;
mod foreign;
mod http_file;
mod recognise;
mod shell;
#[cfg(test)]
mod tests;
mod tool;

pub use foreign::Foreign;
pub use recognise::{Recognised, Unrecognised, recognise};

use crate::form::{Misfit, MisfitReason};
use crate::sign::Secret;
use std::fmt;
use zeroize::Zeroizing;

/// What a text was read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    Curl,
    HttpFile,
    /// A vendor's command line tool.
    Tool,
}

/// A quote that is not closed: all that follows it belongs to it. Line and column are counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenQuote {
    pub quote: char,
    pub line: usize,
    pub column: usize,
}

impl OpenQuote {
    /// `before`: the text before the quote.
    fn at(quote: char, before: impl Iterator<Item = char>) -> Self {
        before.fold(Self { quote, line: 1, column: 1 }, |place, c| match c {
            '\n' => Self { line: place.line + 1, column: 1, ..place },
            _ => Self { column: place.column + 1, ..place },
        })
    }
}

/// A request as it was pasted. It can hold secrets.
#[derive(Clone, Default)]
pub(crate) struct Request {
    /// `None`: the text does not say.
    method: Option<String>,
    url: String,
    headers: Vec<(String, String)>,
    body: Option<String>,
    /// Name and text of each part of a form.
    parts: Vec<(String, String)>,
    /// User and password.
    user: Option<(String, String)>,
    /// Parts of the address that stand for several values: `{a,b}`, `[1-3]`.
    globs: Vec<String>,
    /// What cannot be read, such as a file.
    misfits: Vec<Misfit>,
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").field("method", &self.method).finish_non_exhaustive()
    }
}

impl Request {
    /// The request as one that is left out, without what may be a secret before `@` and behind `?`.
    fn as_other_call(&self) -> Misfit {
        let call = [self.method.as_deref().unwrap_or_default(), shown_address(&self.url)];
        let name = call.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        Misfit { name, why: MisfitReason::OtherCall }
    }

    fn misfit(&mut self, name: &str, why: MisfitReason) {
        self.misfits.push(Misfit { name: name.to_owned(), why });
    }
}

/// An address without its query and its user.
fn shown_address(url: &str) -> &str {
    let address = url.split(['?', '#']).next().unwrap_or_default();
    address.rsplit('@').next().unwrap_or_default()
}

/// A secret that stood in the text, by the label of its input.
#[derive(Debug)]
pub struct FoundSecret {
    pub label: String,
    pub text: Secret,
}

impl FoundSecret {
    fn new(label: &str, text: &str) -> Self {
        Self { label: label.to_owned(), text: Secret::typed(label, text) }
    }
}

/// Whether a word of a shell calls this program, wherever it stands.
fn is_program(word: &str, name: &str) -> bool {
    let file = word.rsplit(['/', '\\']).next().unwrap_or_default();
    let file = file.strip_suffix(".exe").unwrap_or(file);
    file.eq_ignore_ascii_case(name)
}

/// Words of a command line: they can be secrets.
type Words = Vec<Zeroizing<String>>;
