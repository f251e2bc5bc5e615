//! What the document says for people in front of a form: names, places, the words of the act.

use serde_json::Value;

/// The part of the form that a field stands in (`x-part`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormPart {
    /// The thing that the call is about, and what becomes of it.
    What,
    /// Where the thing is.
    Where,
    /// What most people leave as it is.
    More,
}

/// A value that is sent as it is typed and is probably not what is meant (`x-remarks`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// An ECMAScript regular expression.
    pub pattern: String,
    /// The remark is about the texts in which the expression matches nowhere.
    pub not: bool,
    /// The remark: it completes a sentence that begins with the field's name.
    pub text: String,
}

/// The words of the act for certain values (`x-act`). An empty text: the document has none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Act {
    /// Field path and value; all must hold. Empty: always.
    pub when: Vec<(String, Value)>,
    /// The button that begins it.
    pub send: String,
    /// The question before it is sent; `{name}` stands for the value of a field.
    pub question: String,
    /// The button that answers the question.
    pub confirm: String,
    /// The act in two or three words, for the answer and lists of calls.
    pub short: String,
}
