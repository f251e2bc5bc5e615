//! What the browser remembers of every call, so that an old answer can be found, compared and sent again.
//!
//! ```text
//!  Exchange + Draft ──Record::of──▶ Record ──▶ Summary + Details as JSON, each stored on its own
//!                                                 │
//!                    Index (summaries only) ◀─────┘ ──Query──▶ the rows of the list
//! ```
//!
//! Everything here is pure: the page stores the texts and gives the time. A record is made of what the screen shows, which is
//! masked: nothing that the description or a profile calls a secret is in it. A body that was withheld is not kept.

mod build;
mod compare;
mod export;
mod limits;
mod read;
mod record;
mod search;

pub use build::Meaning;
pub use compare::{Aspect, Bodies, Difference, Line, RecordComparison, Side, compare};
pub use export::to_json;
pub use limits::{Limits, MOST_OF_A_BODY, MOST_OF_A_NOTE, to_drop};
pub use read::RecordError;
pub use record::{
    AnswerRecord, BodyRecord, Details, FailureKind, FollowThrough, OutcomeKind, Record, RequestRecord, Standing,
    Summary, VERSION,
};
pub use search::{Index, Query, SortBy};

#[cfg(test)]
mod tests;
