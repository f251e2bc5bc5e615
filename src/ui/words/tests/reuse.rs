//! Links, exports and pasted commands.

use super::*;
use crate::form::{Misfit, MisfitReason};
use crate::import::{Foreign, OpenQuote, Unrecognised};
use crate::ui::words::reuse_words;

#[test]
fn every_reason_why_something_does_not_fit_has_its_own_words() {
    let reasons = every!(MisfitReason:
        MisfitReason::Unknown => MisfitReason::Unknown,
        MisfitReason::Secret => MisfitReason::Secret,
        MisfitReason::File => MisfitReason::File,
        MisfitReason::NotListed => MisfitReason::NotListed,
        MisfitReason::NotJson => MisfitReason::NotJson,
        MisfitReason::Region => MisfitReason::Region,
        MisfitReason::TooMany => MisfitReason::TooMany,
        MisfitReason::Generated => MisfitReason::Generated,
        MisfitReason::GivenAgain => MisfitReason::GivenAgain,
        MisfitReason::Signature => MisfitReason::Signature,
        MisfitReason::Placeholder => MisfitReason::Placeholder,
        MisfitReason::Broken => MisfitReason::Broken,
        MisfitReason::OtherCall => MisfitReason::OtherCall,
        MisfitReason::Option => MisfitReason::Option,
        MisfitReason::StrayWord => MisfitReason::StrayWord,
        MisfitReason::OtherLine { .. } => MisfitReason::OtherLine { line: 2 },
        MisfitReason::Several => MisfitReason::Several,
        MisfitReason::Shell => MisfitReason::Shell,
        MisfitReason::OpenQuote { .. } => MisfitReason::OpenQuote { line: 2, column: 6 },
    );
    let told = |why: &MisfitReason| (reuse_words().not_filled)(&[Misfit { name: String::from("x"), why: *why }]);
    read_all(&reasons, told, assert_sentence);
}

#[test]
fn every_text_that_leads_nowhere_has_its_own_words() {
    let text = |text: &str| text.to_owned();
    let whys = every!(Unrecognised:
        Unrecognised::NoCommand => Unrecognised::NoCommand,
        Unrecognised::Foreign(Foreign::PowerShell) => Unrecognised::Foreign(Foreign::PowerShell),
        Unrecognised::Foreign(Foreign::Fetch) => Unrecognised::Foreign(Foreign::Fetch),
        Unrecognised::OpenQuote(_) => Unrecognised::OpenQuote(OpenQuote { quote: '"', line: 2, column: 6 }),
        Unrecognised::NoOperation { .. } => Unrecognised::NoOperation { method: text("GET"), host: text("a.test"), path: text("/x") },
        Unrecognised::NoSuchCall { .. } => Unrecognised::NoSuchCall { service: text("ecs"), operation: text("Run") },
    );
    read_all(&whys, reuse_words().unrecognised, assert_sentence);
}

#[test]
fn the_sentences_around_them_are_whole() {
    let words = reuse_words();
    for sentence in [
        words.link_lead,
        words.download_refused,
        words.masked,
        words.body_withheld,
        words.body_cut,
        words.import_lead,
        words.fills_only,
    ] {
        assert_sentence("a sentence", sentence);
    }
    for title in [
        words.copy_link,
        words.copy_markdown,
        words.download_har,
        words.download_session,
        words.import_text,
        words.fill,
    ] {
        assert_title("a title", title);
    }
    let many: Vec<String> = (0..23).map(|n| format!("field{n}")).collect();
    assert!((words.names)(&many).ends_with("field19, and 3 more"));
    assert_sentence("withheld", &(words.withheld)(&[String::from("password")]));
    assert_sentence("filled_by_command", &(words.filled_by_command)("InstanceId"));
    assert_sentence("import_help", &(words.import_help)(&[String::from("aliyun")]));
    assert_sentence("holds_secrets", &(words.holds_secrets)(&["X-Auth-Token"]));
}
