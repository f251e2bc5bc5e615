//! The error catalogue of an API: what each documented code means and what to do about it.
//!
//! A file of its own beside the description, because it is large and needed only when something went wrong.

mod message;

use self::message::Words;
use super::node::{CatalogError, Node, Reason, Result, Unsupported, syntax};

/// One documented error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorEntry {
    /// The code as the API prints it. `{Name}` inside stands for any text.
    pub code: String,
    /// Other spellings of the same code.
    pub aliases: Vec<String>,
    /// The HTTP status that comes with it, where documented.
    pub status: Option<u16>,
    /// The API's own message, where documented.
    pub message: Option<String>,
    /// What it means, in our words.
    pub meaning: String,
    /// What to do, in our words.
    pub remedy: String,
    /// Whether sending again helps.
    pub retry: Retry,
    /// What was wrong with the proof of who sends, where the code says that.
    pub fault: Option<Fault>,
}

impl ErrorEntry {
    fn read(node: &Node<'_>) -> Result<Self> {
        Ok(Self {
            code: node.require("code")?.as_str()?.to_owned(),
            aliases: node.texts("aliases")?,
            status: node.count("status")?.and_then(|status| u16::try_from(status).ok()),
            message: node.str("message")?.map(str::to_owned),
            meaning: node.require("meaning")?.as_str()?.to_owned(),
            remedy: node.require("remedy")?.as_str()?.to_owned(),
            retry: node.get("retry")?.map_or(Ok(Retry::No), |retry| Retry::read(&retry))?,
            fault: node.get("fault")?.map(|fault| Fault::read(&fault)).transpose()?,
        })
    }
}

/// Whether, and when, the same call can be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// Not before something is changed.
    No,
    /// As it is.
    Yes,
    /// When the running change has ended.
    Later,
    /// After a pause that grows.
    Backoff,
    /// With a new signature: new date, new nonce.
    Resign,
    /// With the same idempotency token and a new signature.
    SameToken,
}

impl Retry {
    fn read(node: &Node<'_>) -> Result<Self> {
        Ok(match node.as_str()? {
            "no" => Self::No,
            "yes" => Self::Yes,
            "later" => Self::Later,
            "backoff" => Self::Backoff,
            "resign" => Self::Resign,
            "same-token" => Self::SameToken,
            other => return Err(node.error(Reason::Unsupported(Unsupported::Retry(other.to_owned())))),
        })
    }
}

/// What a code says about the proof of who sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The signature is not the one that the API computed. Counts where an API locks keys after several.
    Signature,
    /// The date of the call is too far from the API's clock.
    Clock,
    /// The key is locked for a while.
    Locked,
    /// The API does not know the access key.
    UnknownKey,
    /// The token is missing, wrong or expired.
    Token,
}

impl Fault {
    fn read(node: &Node<'_>) -> Result<Self> {
        Ok(match node.as_str()? {
            "signature" => Self::Signature,
            "clock" => Self::Clock,
            "locked" => Self::Locked,
            "unknown-key" => Self::UnknownKey,
            "token" => Self::Token,
            other => return Err(node.error(Reason::Unsupported(Unsupported::Fault(other.to_owned())))),
        })
    }
}

/// All errors of one API.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ErrorCatalogue {
    entries: Vec<ErrorEntry>,
}

impl ErrorCatalogue {
    /// Reads a file. `file` is its address relative to the site.
    pub fn load(file: &str, text: &str) -> std::result::Result<Self, Box<CatalogError>> {
        let document = serde_json::from_str(text).map_err(|error| syntax(file, &error))?;
        let mut entries = Vec::new();
        for item in Node::root(file, &document).items()? {
            entries.push(ErrorEntry::read(&item)?);
        }
        Ok(Self { entries })
    }

    /// The entries, in the order of the file.
    pub fn entries(&self) -> &[ErrorEntry] {
        &self.entries
    }

    /// The entry for a code. Where several share it, the status decides, then the documented message that says most of
    /// the API's and fits it; an entry without a message is for all that none fits. `None`: the code is not documented.
    pub fn find(&self, code: &str, status: u16, message: &str) -> Option<&ErrorEntry> {
        let message = Words::of(message);
        self.entries
            .iter()
            .filter_map(|entry| {
                let exactness = if entry.code == code {
                    2
                } else if entry.aliases.iter().any(|alias| alias == code) {
                    1
                } else if fits_template(&entry.code, code) {
                    0
                } else {
                    return None;
                };
                let same_status = entry.status == Some(status);
                Some(((exactness, same_status, message.likeness(entry.message.as_deref())), entry))
            })
            // max_by_key keeps the last of equals; the first is the more general one in the vendors' tables.
            .rev()
            .max_by_key(|(rank, _)| *rank)
            .map(|(_, entry)| entry)
    }
}

/// `Missing{ParameterName}` fits `MissingInstanceId`: one placeholder that stands for at least one character.
fn fits_template(template: &str, code: &str) -> bool {
    let Some((before, rest)) = template.split_once('{') else { return false };
    let Some((_, after)) = rest.split_once('}') else { return false };
    code.strip_prefix(before).and_then(|code| code.strip_suffix(after)).is_some_and(|middle| !middle.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalogue() -> ErrorCatalogue {
        ErrorCatalogue::load(
            "a.errors.json",
            r#"[
              {"code": "G.1", "aliases": ["H.1"], "status": 401, "message": "Bad: signature", "meaning": "a", "remedy": "x"},
              {"code": "G.1", "status": 401, "message": "Bad: token", "meaning": "b", "remedy": "x"},
              {"code": "G.1", "status": 413, "meaning": "c", "remedy": "x"},
              {"code": "401", "status": 401, "meaning": "general", "remedy": "x"},
              {"code": "401", "status": 401, "message": "The password is wrong.", "meaning": "password", "remedy": "x"},
              {"code": "G.2", "meaning": "f", "remedy": "x", "fault": "clock"},
              {"code": "Missing{Name}", "meaning": "d", "remedy": "x"},
              {"code": "MissingToken", "meaning": "e", "remedy": "x", "retry": "same-token"}
            ]"#,
        )
        .unwrap()
    }

    #[test]
    fn status_then_message_choose_among_entries_of_one_code() {
        let catalogue = catalogue();
        let meaning = |code, status, message| catalogue.find(code, status, message).map(|entry| entry.meaning.as_str());
        assert_eq!(meaning("G.1", 413, ""), Some("c"));
        assert_eq!(meaning("G.1", 401, "Bad: token expired"), Some("b"));
        assert_eq!(meaning("G.1", 401, "Bad: signature of x"), Some("a"));
        assert_eq!(meaning("H.1", 401, ""), Some("a"));
        assert_eq!(meaning("401", 401, "The password is wrong."), Some("password"));
        assert_eq!(meaning("401", 401, "The request needs a token."), Some("general"), "four letters are chance");
    }

    #[test]
    fn a_code_may_say_what_was_wrong_with_the_proof_of_who_sends() {
        let catalogue = catalogue();
        let fault = |code| catalogue.find(code, 401, "").and_then(|entry| entry.fault);
        assert_eq!((fault("G.1"), fault("G.2")), (None, Some(Fault::Clock)));
    }

    #[test]
    fn a_placeholder_stands_for_any_name_but_an_exact_code_wins() {
        let catalogue = catalogue();
        assert_eq!(catalogue.find("MissingInstanceId", 400, "").map(|e| e.meaning.as_str()), Some("d"));
        assert_eq!(catalogue.find("MissingToken", 400, "").map(|e| e.retry), Some(Retry::SameToken));
        assert_eq!(catalogue.find("Missing", 400, ""), None);
        assert_eq!(catalogue.find("Unheard.Of", 400, ""), None);
    }

    #[test]
    fn what_is_wrong_with_an_entry_is_said_with_its_place() {
        let complaint = |text| ErrorCatalogue::load("a.errors.json", text).unwrap_err().to_string();
        assert_eq!(complaint(r#"[{"code": "a", "meaning": "b"}]"#), "a.errors.json#/0/remedy: missing");
        let text = r#"[{"code": "a", "meaning": "b", "remedy": "c", "retry": "soon"}]"#;
        assert_eq!(complaint(text), "a.errors.json#/0/retry: retry soon is not supported");
        let text = r#"[{"code": "a", "meaning": "b", "remedy": "c", "fault": "key"}]"#;
        assert_eq!(complaint(text), "a.errors.json#/0/fault: fault key is not supported");
        assert!(complaint("[").starts_with("a.errors.json#: not JSON"), "{}", complaint("["));
    }
}
