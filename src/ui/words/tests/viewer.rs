//! The body of an answer.

use super::*;
use crate::ui::words::viewer_words;
use crate::viewer::{Compared, Expected, ImageFormat, Mistake, NoPicture, PictureSize};

#[test]
fn every_mistake_of_json_has_its_place_and_its_own_words() {
    let all = every!(Expected:
        Expected::Value => Expected::Value,
        Expected::Name => Expected::Name,
        Expected::Colon => Expected::Colon,
        Expected::CommaOrEnd => Expected::CommaOrEnd,
        Expected::End => Expected::End,
        Expected::Quote => Expected::Quote,
        Expected::Escape => Expected::Escape,
        Expected::LessDepth => Expected::LessDepth,
    );
    let texts: Vec<String> =
        all.into_iter().map(|expected| (viewer_words().mistake)(&Mistake { line: 3, column: 14, expected })).collect();
    for text in &texts {
        assert_plain("a mistake", text);
        assert!(text.contains("line 3, column 14"), "{text}");
    }
    let distinct: std::collections::BTreeSet<_> = texts.iter().collect();
    assert_eq!(distinct.len(), texts.len());
}

#[test]
fn counts_agree_with_their_nouns() {
    let words = viewer_words();
    assert_sentence("replaced", words.replaced);
    let comparison = |added, removed, is_cut| Compared { added, removed, is_cut, ..Compared::default() };
    let cases = [
        ((words.matches)(0, 0), "No match"),
        ((words.matches)(0, 1), "1 match"),
        ((words.matches)(0, 3), "3 matches"),
        ((words.matches)(2, 3), "2 of 3"),
        ((words.filtered)(0), "Nothing has this path."),
        ((words.filtered)(1), "1 value"),
        ((words.folded)(2), "2 values"),
        ((words.gap)(1), "1 equal line"),
        ((words.more_changes)(2), "2 more lines of the comparison."),
        ((words.compared)(&comparison(0, 0, false)), "No line differs."),
        ((words.compared)(&comparison(1, 2, false)), "1 line only in this answer, 2 lines only in the earlier one."),
        (
            (words.picture)(ImageFormat::Png, PictureSize { width: 640, height: 480 }, 2_000),
            "PNG image, 640 × 480 pixels, 2.0 kB",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(text, expected);
    }
    assert!((words.compared)(&comparison(0, 0, true)).contains("100,000"));
    assert_plain("no text", &(words.no_text)(7));
    let large = NoPicture::TooLarge(PictureSize { width: 100_000, height: 1_000 });
    for why in [NoPicture::Format, NoPicture::Broken, large] {
        assert_plain("no picture", &(words.no_picture)(ImageFormat::Gif, why, 7));
    }
    assert!((words.no_picture)(ImageFormat::Gif, large, 7).contains("at most 25 million"));
    assert_sentence("rows", &(words.first_rows)(900, 52_000));
    for items in [1, 10] {
        assert_sentence("a page", &(words.only_these)(items));
    }
    for sentence in [words.not_compared, words.beginning, words.rows_below, words.long_gone, words.forgotten] {
        assert_sentence("a sentence", sentence);
    }
    assert!((words.filter_wrong)(4).contains("character 4"));
}

#[test]
fn a_page_behind_the_end_of_a_list_is_no_range() {
    let page = viewer_words().page;
    assert_eq!(page(1, 10, Some(25)), "Items 1 to 10 of 25.");
    assert_eq!(page(1, 10, None), "Items 1 to 10.");
    assert_eq!(page(81, 80, Some(25)), "No items behind the 25 of the list.");
    assert_eq!(page(81, 80, None), "No items here: the list ends before.");
}
