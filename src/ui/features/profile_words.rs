//! What a profile is called.

use crate::credentials::ProfileSummary;
use crate::ui::state::Stores;
use crate::ui::words::words;

/// The name of a profile; the kind of its credential where it has none.
pub(crate) fn profile_title(profile: &ProfileSummary) -> String {
    if profile.name.is_empty() { (words().kind_words)(&profile.kind).to_owned() } else { profile.name.clone() }
}

/// The name of a profile and the ending of its key.
pub(crate) fn profile_words(stores: Stores, profile: &ProfileSummary) -> String {
    let title = profile_title(profile);
    match stores.profiles.with(|keyring| keyring.shown_key(profile.id)) {
        Some(key) => format!("{title} {key}"),
        None => title,
    }
}
