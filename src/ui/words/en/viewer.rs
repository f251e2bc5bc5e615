//! The body of an answer, in English.

use super::super::ViewerWords;
use super::size;
use crate::viewer::{Compared, Expected, ImageFormat, MOST_PIXELS, Mistake, NoPicture, PictureSize};

pub(in crate::ui::words) static VIEWER: ViewerWords = ViewerWords {
    tools: "Body tools",
    search: "Search in the body",
    matches,
    next: "Next match",
    previous: "Previous match",
    filter: "JSON path",
    filter_help: "Shows only what the path leads to: $.items[0].id, $.items[*], $['a name'], [-1] for the last, $..id at \
    any depth. Expressions and slices are not read.",
    filtered,
    filter_wrong,
    fold_all: "Fold all",
    fold_two: "Fold to 2 levels",
    unfold_all: "Unfold all",
    raw: "Raw",
    wrap: "Wrap",
    copy_value: "Copy value",
    copy_path: "Copy path",
    copy_pointer: "Copy pointer",
    of_line: "of the line",
    folded,
    mistake,
    replaced: "The body has the character �. It stands for bytes that are not valid text in the body's character encoding.",
    no_text,
    picture,
    no_picture,
    first_bytes: "First bytes",
    compare: "Compare with an earlier answer",
    compare_with: "Earlier answer",
    compared,
    comparing: "Comparing…",
    not_compared: "The console keeps the last two long bodies. One of these is not among them any more.",
    page,
    only_these: |items| match items {
        1 => String::from("Sorts and filters this item only."),
        items => format!("Sorts and filters these {items} items only."),
    },
    previous_page: "Previous page",
    next_page: "Next page",
    first_rows: |rows, all| format!("The table has the first {rows} of {all}."),
    rows_below: "The body below has all of them.",
    beginning: "This is the beginning of a long body. The console keeps the last two long bodies as a whole: send the call again to \
    see all of it.",
    long_gone: "The console does not keep this long body any more. Send the call again to see it.",
    forgotten: "The page keeps the bodies of the last 20 answers, up to 16 MB, and this one is not among them any more. The history may have it.",
    removed_line: "Only in the earlier answer",
    added_line: "Only in this answer",
    gap: |lines| format!("{lines} equal {}", noun(lines, "line", "lines")),
    more_changes: |lines| format!("{lines} more {} of the comparison.", noun(lines, "line", "lines")),
};

fn page(from: u64, to: u64, total: Option<u64>) -> String {
    match total {
        Some(total) if from > to => format!("No items behind the {total} of the list."),
        Some(total) => format!("Items {from} to {to} of {total}."),
        None if from > to => String::from("No items here: the list ends before."),
        None => format!("Items {from} to {to}."),
    }
}

fn noun(count: usize, one: &'static str, more: &'static str) -> &'static str {
    if count == 1 { one } else { more }
}

fn matches(ordinal: usize, count: usize) -> String {
    match (ordinal, count) {
        (_, 0) => String::from("No match"),
        (0, count) => format!("{count} {}", noun(count, "match", "matches")),
        (ordinal, count) => format!("{ordinal} of {count}"),
    }
}

fn filtered(values: usize) -> String {
    match values {
        0 => String::from("Nothing has this path."),
        values => format!("{values} {}", noun(values, "value", "values")),
    }
}

fn filter_wrong(place: usize) -> String {
    format!("The path cannot be read from character {place} on. Everything is shown.")
}

fn folded(values: usize) -> String {
    format!("{values} {}", noun(values, "value", "values"))
}

fn mistake(mistake: &Mistake) -> String {
    format!("The body is not valid JSON: in {}. It is shown as text.", json_mistake(mistake))
}

/// The place where a text stops being JSON, and what is wrong there.
pub(super) fn json_mistake(mistake: &Mistake) -> String {
    let expected = match mistake.expected {
        Expected::Value => "a value is missing",
        Expected::Name => "a name in quotation marks is missing",
        Expected::Colon => "a colon is missing",
        Expected::CommaOrEnd => "a comma or a closing bracket is missing",
        Expected::End => "the value is complete, and more text follows",
        Expected::Quote => "the closing quotation mark is missing",
        Expected::Escape => "a control character or an unknown escape is in a text",
        Expected::LessDepth => "it has more than 100,000 levels",
    };
    format!("line {}, column {}, {expected}", mistake.line, mistake.column)
}

fn no_text(bytes: usize) -> String {
    format!("The body is no text. It has {}. Download it to look at it.", size(bytes))
}

fn picture(format: ImageFormat, PictureSize { width, height }: PictureSize, bytes: usize) -> String {
    format!("{} image, {width} × {height} pixels, {}", format.name(), size(bytes))
}

fn no_picture(format: ImageFormat, why: NoPicture, bytes: usize) -> String {
    let why = match why {
        NoPicture::Format => String::from("The console does not show this format"),
        NoPicture::Broken => String::from("It cannot be shown, because its bytes are damaged"),
        NoPicture::TooLarge(PictureSize { width, height }) => {
            let most = MOST_PIXELS / 1_000_000;
            format!("It has {width} × {height} pixels, and the console shows at most {most} million")
        }
    };
    format!("The body is an image ({}) of {}. {why}. Download it to look at it.", format.name(), size(bytes))
}

fn compared(comparison: &Compared) -> String {
    let lines = |count| format!("{count} {}", noun(count, "line", "lines"));
    let cut = if comparison.is_cut { " Only the first 100,000 lines were compared." } else { "" };
    match (comparison.added, comparison.removed) {
        (0, 0) => format!("No line differs.{cut}"),
        (added, removed) => {
            format!("{} only in this answer, {} only in the earlier one.{cut}", lines(added), lines(removed))
        }
    }
}
