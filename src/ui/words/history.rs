//! The words of the history.

use super::Message;
use crate::history::{Aspect, Bodies, BodyRecord};
use crate::storage_error::StorageError;

#[derive(Debug)]
pub(crate) struct HistoryWords {
    pub(crate) lead: &'static str,
    pub(crate) off: &'static str,
    pub(crate) empty: &'static str,
    pub(crate) reading: &'static str,
    pub(crate) search: &'static str,
    /// How to search, in a line.
    pub(crate) search_help: &'static str,
    pub(crate) nothing_found: &'static str,
    pub(crate) list: &'static str,

    // The columns of the list.
    pub(crate) time: &'static str,
    pub(crate) what: &'static str,
    pub(crate) subject: &'static str,
    pub(crate) status: &'static str,
    pub(crate) result: &'static str,
    pub(crate) actions: &'static str,
    pub(crate) pinned: &'static str,

    // One call.
    pub(crate) call: &'static str,
    pub(crate) open: &'static str,
    pub(crate) close: &'static str,
    pub(crate) took: &'static str,
    pub(crate) became: &'static str,
    pub(crate) answer: &'static str,
    pub(crate) no_answer: &'static str,
    /// The title of a call that was sent and whose answer nobody has seen.
    pub(crate) sent: &'static str,
    /// What that means.
    pub(crate) unknown: &'static str,
    pub(crate) pin: &'static str,
    pub(crate) unpin: &'static str,
    pub(crate) note: &'static str,
    pub(crate) save_note: &'static str,
    pub(crate) note_saved: &'static str,
    /// What is to be changed is not there any more.
    pub(crate) gone: &'static str,
    pub(crate) repeat: &'static str,
    pub(crate) repeat_help: &'static str,
    pub(crate) no_form: &'static str,
    pub(crate) not_offered: &'static str,
    pub(crate) form_is_busy: &'static str,
    pub(crate) delete: &'static str,
    pub(crate) delete_question: &'static str,
    pub(crate) deleted: &'static str,
    pub(crate) download: &'static str,
    pub(crate) damaged: &'static str,

    // Two calls.
    pub(crate) compare: &'static str,
    pub(crate) compare_with_this: &'static str,
    pub(crate) choose_other: &'static str,
    pub(crate) comparison: &'static str,
    pub(crate) differences: &'static str,
    pub(crate) aspect_column: &'static str,
    pub(crate) first: &'static str,
    pub(crate) second: &'static str,
    pub(crate) no_difference: &'static str,
    pub(crate) body_lines: &'static str,
    pub(crate) stop_comparing: &'static str,

    // The whole history.
    pub(crate) download_all: &'static str,
    pub(crate) delete_all: &'static str,
    pub(crate) delete_all_question: &'static str,
    pub(crate) all_deleted: &'static str,

    /// So many calls of so many are shown.
    pub(crate) shown: fn(usize, usize) -> String,
    /// These filters cannot be understood.
    pub(crate) mistakes: fn(&[String]) -> String,
    /// So many stored records cannot be read.
    pub(crate) unreadable: fn(usize) -> String,
    /// What differs between two calls.
    pub(crate) aspect: fn(&Aspect) -> String,
    /// So many more lines differ.
    pub(crate) more_lines: fn(usize) -> String,
    /// What is missing of a body; `None`: nothing.
    pub(crate) body: fn(&BodyRecord) -> Option<String>,
    /// A form was filled with the values of a call that was made at this time.
    pub(crate) repeated: fn(&str) -> String,
    /// The region of the call is not offered here; the form has another one.
    pub(crate) other_region: fn(&str, &str) -> String,
    /// What of the bodies was not compared; `None`: all of it was.
    pub(crate) bodies: fn(Bodies) -> Option<&'static str>,
    /// A call could not be kept.
    pub(crate) not_kept: fn(&StorageError) -> String,
    /// The store of the browser cannot be used.
    pub(crate) error: fn(&StorageError) -> Message,
}
