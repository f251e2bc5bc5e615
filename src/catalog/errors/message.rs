//! Documented messages against those of the API: in the documents the parts that differ every time are variables.
//!
//! `{ParameterName}`, `%s`, `%(key)s`, `<parameter name>`, `…`, and words that are examples (numbers, ids, `xxx`) stand
//! for any words, or none. The rest is compared word by word, without case and punctuation.

/// A message of the API.
pub(super) struct Words(Vec<String>);

/// How well a documented message fits: whether it does, how many letters of it are the same, and whether it is all of the message. An entry
/// without a message is better than one that does not fit.
pub(super) type Likeness = (u8, usize, bool);

impl Words {
    pub(super) fn of(message: &str) -> Self {
        Self(words(message).map(|word| word.to_lowercase()).collect())
    }

    pub(super) fn likeness(&self, documented: Option<&str>) -> Likeness {
        const NONE: Likeness = (1, 0, false);
        const OTHER: Likeness = (0, 0, false);
        let Some(documented) = documented else { return NONE };
        let parts = parts(documented);
        let fixed = parts.iter().flatten().map(|word| word.chars().count()).sum();
        let mut rest = self.0.as_slice();
        let mut is_whole = true;
        let last = parts.len().saturating_sub(1);
        for (index, part) in parts.iter().enumerate() {
            if index == last && index > 0 && rest.ends_with(part) {
                return (2, fixed, is_whole);
            }
            let Some(at) = position(rest, part) else { return OTHER };
            is_whole &= index > 0 || at == 0;
            rest = rest.get(at + part.len()..).unwrap_or_default();
        }
        (2, fixed, is_whole && rest.is_empty())
    }
}

/// Where these words stand together.
fn position(words: &[String], part: &[String]) -> Option<usize> {
    if part.is_empty() { Some(0) } else { words.windows(part.len()).position(|window| window == part) }
}

/// The words between the variables; empty where the message begins or ends with one.
fn parts(documented: &str) -> Vec<Vec<String>> {
    let mut parts = vec![Vec::new()];
    for (index, text) in without_variables(documented).split('…').enumerate() {
        if index > 0 {
            parts.push(Vec::new());
        }
        for word in words(text) {
            if is_example(word) {
                parts.push(Vec::new());
            } else if let Some(part) = parts.last_mut() {
                part.push(word.to_lowercase());
            }
        }
    }
    parts
}

/// Each variable as `…`.
fn without_variables(documented: &str) -> String {
    let mut out = String::new();
    let mut rest = documented;
    while let Some(at) = rest.find(['{', '<', '%', '.']) {
        let (before, variable) = rest.split_at(at);
        out.push_str(before);
        let behind = match variable.as_bytes() {
            [b'{', ..] => variable.split_once('}').map(|(_, behind)| behind),
            [b'<', ..] => variable.split_once('>').map(|(_, behind)| behind),
            [b'.', b'.', b'.', ..] => variable.strip_prefix("..."),
            [b'%', ..] => behind_format(variable),
            _ => None,
        };
        if behind.is_some() {
            out.push('…');
        }
        rest = behind.unwrap_or_else(|| variable.trim_start_matches(['{', '<', '%', '.']));
    }
    out + rest
}

/// Behind `%s`, `%1$d`, `%(key)s`; a `%` of another kind is none.
fn behind_format(variable: &str) -> Option<&str> {
    let format = variable.strip_prefix('%')?;
    let format = match format.strip_prefix('(') {
        Some(named) => named.split_once(')')?.1,
        None => format.trim_start_matches(|c: char| c.is_ascii_digit() || "$.-+#".contains(c)),
    };
    format.strip_prefix(['s', 'd', 'i', 'v', 'f', 'u', 'x', 'q'])
}

/// Letters and digits that stand together. Scripts that put no blanks between words are compared letter by letter.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).flat_map(|run| {
        let mut rest = run;
        std::iter::from_fn(move || {
            let first = rest.chars().next()?;
            let ascii = rest.find(|c: char| !c.is_ascii()).unwrap_or(rest.len());
            let (word, behind) = rest.split_at(if ascii == 0 { first.len_utf8() } else { ascii });
            rest = behind;
            Some(word)
        })
    })
}

/// A number, an id or `xxx`: a word that nobody expects to be the same.
fn is_example(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit()) || word.bytes().all(|byte| matches!(byte, b'x' | b'X' | b'*'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fits(documented: &str, message: &str) -> Likeness {
        Words::of(message).likeness(Some(documented))
    }

    #[test]
    fn variables_stand_for_any_words() {
        for (documented, message) in [
            ("{ParameterName} is mandatory for this action.", "InstanceId is mandatory for this action."),
            ("The parameter \"<parameter name>\" is not valid", "The parameter \"RegionId\" is not valid."),
            ("The user %s with access key %s is disabled.", "The user al ice with access key HST3-1 is disabled"),
            ("Could not find %(target)s: %(target_id)s.", "Could not find project: 0123abc."),
            (
                "Policy doesn't allow %(actions)s to be performed.",
                "Policy doesn't allow iam:users:list to be performed.",
            ),
            ("Threshold: %d times per %d seconds", "threshold: 30 times per 60 seconds"),
            ("current ip:xx.xx.xx.xx refused.", "current ip:192.0.2.1 refused."),
            ("token expires, expires_at: xxx", "token expires, expires_at:2026-01-02T03:04:05.000000Z"),
            ("err … ak not exist", "err: 7 ak not exist"),
            ("SSL protocol is not supported: TLSv1.1", "SSL protocol is not supported: TLSv1.2"),
            ("Get ... failed", "Get secretKey failed"),
            ("Instance i-2zeabc123 not found", "Instance i-bp1xyz not found"),
            ("实例{id}不存在", "实例abc-1不存在"),
            ("", ""),
            ("…", "anything"),
            ("Request  was denied.", "request was denied"),
        ] {
            let (class, _, is_whole) = fits(documented, message);
            assert_eq!((class, is_whole), (2, true), "{documented}: {message}");
        }
        for (documented, message) in [
            ("The password is wrong.", "The request needs a token."),
            ("The user %s is disabled.", "The user alice is locked."),
            ("实例{id}不存在", "任务abc不存在"),
            ("sure % do", "sure to do"),
            ("a {b", "a"),
            ("Bad token", ""),
        ] {
            assert_eq!(fits(documented, message), (0, 0, false), "{documented}: {message}");
        }
    }

    #[test]
    fn the_message_that_says_most_of_the_apis_wins() {
        let message = "Incorrect IAM authentication information: decrypt token fail, try again";
        let general = fits("Incorrect IAM authentication information: …", message);
        let special = fits("Incorrect IAM authentication information: decrypt token fail", message);
        let other = fits("Incorrect IAM authentication information: x-auth-token not found", message);
        assert!(special > general && general > Words::of(message).likeness(None));
        assert!(Words::of(message).likeness(None) > other, "an entry without a message is for all that none fits");
        let whole = fits("Incorrect IAM authentication information: decrypt token fail, try again", message);
        assert!(whole > special);
    }

    proptest! {
        #[test]
        fn any_texts_can_be_compared(documented in any::<String>(), message in any::<String>(), tail in r"[{}<>%.…a-c1 ]{0,20}") {
            let _ = fits(&documented, &message);
            let _ = fits(&tail, &message);
            prop_assert!(fits(&message, &message).0 == 2 || message.contains(['{', '<', '%', '.', '…']), "{message}");
        }
    }
}
