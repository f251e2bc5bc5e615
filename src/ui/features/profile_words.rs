//! What a profile is called.

use crate::credentials::ProfileSummary;
use crate::ui::state::Stores;
use crate::ui::words::words;

/// The name of a profile; the kind of its credential where it has none, with a number from the second one on.
pub(crate) fn profile_title(profile: &ProfileSummary) -> String {
    let kind = || (words().kind_words)(&profile.kind);
    match profile.number {
        _ if !profile.name.is_empty() => profile.name.clone(),
        ..=1 => kind(),
        number => format!("{} {number}", kind()),
    }
}

/// The name of a profile and the ending of its key.
pub(crate) fn profile_words(stores: Stores, profile: &ProfileSummary) -> String {
    let title = profile_title(profile);
    match stores.profiles.with(|keyring| keyring.shown_key(profile.id)) {
        Some(key) => format!("{title} {key}"),
        None => title,
    }
}
