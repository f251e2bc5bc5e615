//! The words around the body of an answer.

use crate::viewer::{Compared, ImageFormat, Mistake, NoPicture, PictureSize};

#[derive(Debug)]
pub(crate) struct ViewerWords {
    /// The button that shows the tools, and the name of their group.
    pub(crate) tools: &'static str,
    pub(crate) search: &'static str,
    /// Which match it is, of so many.
    pub(crate) matches: fn(usize, usize) -> String,
    /// Which items of a list an answer has, and of how many, if that is known.
    pub(crate) page: fn(u64, u64, Option<u64>) -> String,
    /// So many items are sorted and filtered, and not the whole list.
    pub(crate) only_these: fn(usize) -> String,
    pub(crate) previous_page: &'static str,
    pub(crate) next_page: &'static str,
    pub(crate) next: &'static str,
    pub(crate) previous: &'static str,
    pub(crate) filter: &'static str,
    pub(crate) filter_help: &'static str,
    /// So many values have the path.
    pub(crate) filtered: fn(usize) -> String,
    /// The path cannot be read from this character on.
    pub(crate) filter_wrong: fn(usize) -> String,
    pub(crate) fold_all: &'static str,
    pub(crate) fold_two: &'static str,
    pub(crate) unfold_all: &'static str,
    pub(crate) raw: &'static str,
    pub(crate) wrap: &'static str,
    pub(crate) copy_value: &'static str,
    pub(crate) copy_path: &'static str,
    pub(crate) copy_pointer: &'static str,
    /// Completes the names of these buttons.
    pub(crate) of_line: &'static str,
    /// How many values are folded.
    pub(crate) folded: fn(usize) -> String,
    /// Why JSON is shown as text.
    pub(crate) mistake: fn(&Mistake) -> String,
    /// The text has the character that stands for what is none.
    pub(crate) replaced: &'static str,
    /// A body without lines: how many bytes it has.
    pub(crate) no_text: fn(usize) -> String,
    /// An image that is shown, and how many bytes it has.
    pub(crate) picture: fn(ImageFormat, PictureSize, usize) -> String,
    /// Why an image is not shown, and how many bytes it has.
    pub(crate) no_picture: fn(ImageFormat, NoPicture, usize) -> String,
    /// The name of the first bytes.
    pub(crate) first_bytes: &'static str,
    pub(crate) compare: &'static str,
    pub(crate) compare_with: &'static str,
    pub(crate) compared: fn(&Compared) -> String,
    /// While a worker compares.
    pub(crate) comparing: &'static str,
    /// A body is not there any more.
    pub(crate) not_compared: &'static str,
    /// A table has so many rows of a list of so many.
    pub(crate) first_rows: fn(usize, usize) -> String,
    /// Follows it where the body is there as a whole.
    pub(crate) rows_below: &'static str,
    /// Of a long body, the page has the beginning only.
    pub(crate) beginning: &'static str,
    /// Of a long body that may hold secrets, the page has nothing.
    pub(crate) long_gone: &'static str,
    /// The page keeps the bodies of the last answers only.
    pub(crate) forgotten: &'static str,
    pub(crate) removed_line: &'static str,
    pub(crate) added_line: &'static str,
    /// So many equal lines are left out.
    pub(crate) gap: fn(usize) -> String,
    /// So many lines of the comparison are not shown.
    pub(crate) more_changes: fn(usize) -> String,
}
