//! `{placeholders}` in paths, addresses and what a description says, filled in one pass: a value that looks like a
//! placeholder stays as it is.

use serde_json::Value;

/// The text with each `{name}` replaced by what `value_of` knows; others stay.
pub(crate) fn fill_placeholders(template: &str, value_of: &dyn Fn(&str) -> Option<String>) -> String {
    let mut filled = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        rest = match after.split_once('}').and_then(|(name, behind)| Some((value_of(name)?, behind))) {
            Some((value, behind)) => {
                filled.push_str(&value);
                behind
            }
            None => {
                filled.push('{');
                after
            }
        };
    }
    filled + rest
}

/// The same for every text inside a value.
pub(super) fn fill_value(template: &Value, value_of: &dyn Fn(&str) -> Option<String>) -> Value {
    match template {
        Value::String(text) => Value::from(fill_placeholders(text, value_of)),
        Value::Array(items) => items.iter().map(|item| fill_value(item, value_of)).collect(),
        Value::Object(members) => {
            members.iter().map(|(name, member)| (name.clone(), fill_value(member, value_of))).collect()
        }
        other => other.clone(),
    }
}

/// The value at `a.b.c`.
pub(super) fn at<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(value, |value, name| value.get(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_filled_in_is_not_read_again() {
        let value_of = |name: &str| match name {
            "user" => Some(String::from("{password}")),
            "password" => Some(String::from("p{user}{")),
            _ => None,
        };
        assert_eq!(
            fill_placeholders("{user}:{password} {other} {user", &value_of),
            "{password}:p{user}{ {other} {user"
        );
        assert_eq!(fill_value(&json!({"a": ["{user}", 1]}), &value_of), json!({"a": ["{password}", 1]}));
    }
}
