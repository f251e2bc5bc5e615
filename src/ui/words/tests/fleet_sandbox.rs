//! The sandbox's fleets.

use super::*;
use crate::sandbox::FaultLevel;

#[test]
fn the_fleets_of_the_sandbox_are_explained() {
    let words = fleet_sandbox_words();
    let levels = every!(FaultLevel:
        FaultLevel::None => FaultLevel::None,
        FaultLevel::Few => FaultLevel::Few,
        FaultLevel::Many => FaultLevel::Many,
    );
    read_all(&levels, |level| (words.level)(*level).to_owned(), assert_title);
    read_all(&levels, |level| (words.level_help)(*level).to_owned(), assert_sentence);
    for text in [words.title, words.size, words.faults, words.seed, words.set_up, words.example_title] {
        assert_title("fleet", text);
    }
    for text in [words.example_rows, words.copy_rows, words.download_rows] {
        assert_title("fleet", text);
    }
    let sentences =
        [words.lead, words.seed_help, words.seed_wrong, words.forgets, words.not_set_up, words.example_lead];
    let made =
        [(words.size_help)(10_000), (words.size_wrong)(10_000), (words.is_set_up)(500, 7), (words.example_wrong)(9)];
    for text in sentences.into_iter().chain(made.iter().map(String::as_str)).chain([words.download_refused]) {
        assert_sentence("fleet", text);
    }
    assert_plain("fleet", words.as_csv);
}
