//! Access keys as people have them at hand, pasted: the answers of the clouds' token services, the profile of a command
//! line, `credentials.csv`, lines of a shell.

use super::secret_json::read_string;
use crate::sign::scheme::{KEY_ID, KEY_SECRET, SECURITY_TOKEN};
use indexmap::IndexMap;
use serde_json::value::RawValue;
use zeroize::Zeroizing;

/// The parts of temporary keys, or of a pair that does not end.
#[derive(PartialEq, Eq)]
pub struct TemporaryKeys {
    /// The inputs of the credential by their labels.
    pub values: Vec<(&'static str, Zeroizing<String>)>,
    /// When they end, as the service writes it.
    pub expires: Option<String>,
}

/// Nothing but secrets.
impl std::fmt::Debug for TemporaryKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TemporaryKeys").field("expires", &self.expires).finish_non_exhaustive()
    }
}

/// Label of the input, and the names of the part without case, hyphens, underscores and blanks: those of Alibaba Cloud's
/// STS, its metadata service and its command line; Huawei Cloud's IAM, its command line and its `credentials.csv`; what
/// both have in a shell; AWS's names, which tools for other clouds take too.
const PARTS: [(&str, &[&str]); 3] = [
    (
        KEY_ID,
        &[
            "accesskeyid",
            "access",
            "accesskey",
            "ak",
            "alibabacloudaccesskeyid",
            "alicloudaccesskey",
            "alicloudaccesskeyid",
            "huaweicloudsdkak",
            "hwaccesskey",
            "osaccesskey",
            "awsaccesskeyid",
        ],
    ),
    (
        KEY_SECRET,
        &[
            "accesskeysecret",
            "secret",
            "secretaccesskey",
            "secretkey",
            "sk",
            "alibabacloudaccesskeysecret",
            "alicloudsecretkey",
            "alicloudaccesskeysecret",
            "huaweicloudsdksk",
            "hwsecretkey",
            "ossecretkey",
            "awssecretaccesskey",
        ],
    ),
    (
        SECURITY_TOKEN,
        &[
            "securitytoken",
            "ststoken",
            "sessiontoken",
            "alibabacloudsecuritytoken",
            "alicloudsecuritytoken",
            "huaweicloudsdksecuritytoken",
            "hwsecuritytoken",
            "awssessiontoken",
            "awssecuritytoken",
        ],
    ),
];
const ENDS: [&str; 4] = ["expiration", "expiresat", "stsexpiration", "expires"];

/// A text with a name, whatever the form it came in.
type Named = Vec<(String, Zeroizing<String>)>;

/// Reads what was pasted, whole or only the part with the keys. `None`: id or secret of the key is missing.
pub fn temporary_keys(text: &str) -> Option<TemporaryKeys> {
    // Copied files can begin with a byte order mark.
    let text = text.trim_start_matches('\u{feff}').trim();
    // A configuration file begins with the name of a section in brackets.
    let is_json = text.starts_with('{') || text.starts_with('[') && text.ends_with(']');
    if is_json { in_json(text, 0) } else { in_csv(text).or_else(|| of_named(lines(text))) }
}

/// JSON deeper than this has no keys.
const DEEPEST: usize = 8;

fn in_json(text: &str, depth: usize) -> Option<TemporaryKeys> {
    let text = text.trim();
    if depth > DEEPEST {
        return None;
    }
    if text.starts_with('[') {
        let items: Vec<&RawValue> = serde_json::from_str(text).ok()?;
        return items.into_iter().find_map(|item| in_json(item.get(), depth + 1));
    }
    // An error about anything but an object could quote a secret.
    let members: IndexMap<String, &RawValue> =
        if text.starts_with('{') { serde_json::from_str(text).ok()? } else { return None };
    let named = members.iter().filter_map(|(name, value)| Some((plain(name), read_string(value)?)));
    of_named(named.collect()).or_else(|| {
        // The command line's file has several profiles, and names the one that is used.
        let current = members.get("current").and_then(|name| read_string(name));
        let profiles = members.get("profiles").and_then(|list| serde_json::from_str::<Vec<&RawValue>>(list.get()).ok());
        let is_current = |profile: &&RawValue| {
            let members: IndexMap<String, &RawValue> = serde_json::from_str(profile.get()).unwrap_or_default();
            current.is_some() && members.get("name").and_then(|name| read_string(name)) == current
        };
        let used = profiles.iter().flatten().copied().find(is_current);
        let keys = used.and_then(|profile| in_json(profile.get(), depth + 1));
        keys.or_else(|| members.values().find_map(|member| in_json(member.get(), depth + 1)))
    })
}

/// A line of names and a line of values.
fn in_csv(text: &str) -> Option<TemporaryKeys> {
    let mut rows =
        text.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| line.split(',').map(unquoted));
    let (names, values) = (rows.next()?, rows.next()?);
    of_named(names.zip(values).map(|(name, value)| (plain(name), Zeroizing::new(value.to_owned()))).collect())
}

/// `export NAME=value`, `set NAME=value`, `name = value` and `name: value`, a line each.
fn lines(text: &str) -> Named {
    let line = |line: &str| {
        let line = line.trim();
        let line = ["export ", "set ", "setx ", "$env:", "env "]
            .iter()
            .find_map(|before| line.strip_prefix(before))
            .unwrap_or(line)
            .trim_end_matches(';');
        let (name, value) = line.split_once(['=', ':'])?;
        Some((plain(unquoted(name)), Zeroizing::new(unquoted(value).to_owned())))
    };
    text.lines().filter_map(line).collect()
}

fn unquoted(text: &str) -> &str {
    text.trim().trim_matches(['"', '\'']).trim()
}

/// A name without case, hyphens, underscores and blanks.
fn plain(name: &str) -> String {
    let kept = name.trim_start_matches('\u{feff}').chars().filter(|char| char.is_alphanumeric());
    kept.collect::<String>().to_ascii_lowercase()
}

fn of_named(named: Named) -> Option<TemporaryKeys> {
    let find = |names: &[&str]| {
        names.iter().find_map(|name| named.iter().find(|(own, value)| own == name && !value.is_empty()))
    };
    let part = |(label, names): (&'static str, &[&str])| {
        find(names).map(|(_, value)| (label, Zeroizing::new(value.as_str().to_owned())))
    };
    let values: Vec<_> = PARTS.into_iter().filter_map(part).collect();
    let has = |label: &str| values.iter().any(|(own, _)| *own == label);
    let whole = has(KEY_ID) && has(KEY_SECRET);
    whole.then(|| TemporaryKeys { expires: find(&ENDS).map(|(_, text)| text.to_string()), values })
}

#[cfg(test)]
mod tests;
