//! How a change that is followed is called, and what is known of it in a sentence.

use crate::follow::{End, Follow, Need, Phase, Why};
use crate::ui::words::follow_words;

/// What a change is called: the act and the thing.
pub(crate) fn name(follow: &Follow) -> String {
    format!("{} {}", follow.origin.act, follow.origin.subject).trim().to_owned()
}

/// The same for somebody who was told already that the call got no answer.
pub(crate) fn news(follow: &Follow, no_credential: bool) -> String {
    if no_credential {
        follow_words().no_credential.to_owned()
    } else if follow.is_looked_for() {
        follow_words().recovering.to_owned()
    } else {
        headline(follow)
    }
}

/// What is known of it, in a sentence or two.
pub(crate) fn headline(follow: &Follow) -> String {
    let words = follow_words();
    match (follow.need(), follow.end()) {
        (Some(Need::Credential), _) if follow.is_credential_refused() => words.needs_credential.to_owned(),
        (Some(Need::Credential), _) => words.no_credential.to_owned(),
        (Some(Need::Resume), _) => words.stopped.to_owned(),
        (None, None) if follow.is_recovering() && follow.is_conflict() => words.conflict.to_owned(),
        (None, None) if follow.is_recovering() => format!("{} {}", words.no_answer_to_call, words.recovering),
        (None, None) if follow.was_recovered() => format!("{} {}", recovered(follow), running(follow)),
        (None, None) => running(follow),
        (None, Some(end)) if follow.is_recovered_success() => format!("{} {}", (words.end)(end), recovered(follow)),
        // A record of a former version.
        (None, Some(End::Unknown(Why::Limit))) if follow.is_recovering() => (words.end)(&End::Unknown(Why::Unclear)),
        (None, Some(End::Unknown(Why::Limit))) => (words.limit)(follow.looked_for(), &follow.read()),
        (None, Some(end)) => (words.end)(end),
    }
}

fn recovered(follow: &Follow) -> &'static str {
    if follow.is_conflict() { follow_words().came_twice } else { follow_words().recovered }
}

fn running(follow: &Follow) -> String {
    if follow.last_look().is_none_or(|look| look.observed.is_none()) {
        return follow_words().accepted.to_owned();
    }
    if !follow.is_shown() {
        return (follow_words().unseen)(follow.was_seen(), &follow.read());
    }
    (follow_words().running)(follow.progress().filter(|progress| !progress.is_empty()))
}

/// The beginning of the page's title: how far the latest change has got.
pub(crate) fn title_mark(follow: &Follow) -> String {
    let mark = match follow.phase() {
        Phase::Running if follow.need().is_some() => "!",
        Phase::Running => follow.progress().filter(|progress| !progress.is_empty()).unwrap_or("…"),
        Phase::Verified | Phase::Completed => "✓",
        Phase::Failed | Phase::NotCarriedOut => "✗",
        Phase::Unknown => "?",
    };
    format!("{mark} {} · ", follow.origin.act)
}
