//! The pages around the operations.

use super::*;

#[test]
fn counts_and_names_are_told_in_whole_sentences() {
    for language in LANGUAGES.map(|words| words()) {
        let pages = language.pages;
        for profiles in [None, Some(1), Some(4)] {
            // It may begin with a number.
            assert_plain("locked_profiles", &(pages.locked_profiles)(profiles));
            assert_sentence("vault_locked", &(language.vault_locked)(profiles));
        }
        assert_sentence("idle_in", &(pages.idle_in)(59));
        assert_sentence("filled_by_link", &(pages.filled_by_link)("InstanceId, region"));
        assert_sentence("tidied", &(pages.tidied)("instance_id"));
        assert!(pages.key_list.iter().all(|(key, what)| !key.is_empty() && !what.is_empty()));
    }
    assert_eq!((words().vault_locked)(Some(4)), "The vault is locked. It holds 4 profiles.");
    assert_eq!((words().pages.palette_count)(1), "1 entry");
}
