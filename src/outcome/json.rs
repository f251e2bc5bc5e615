//! Pretty-printing JSON without reading it: every number, string and escape stays as the server wrote it.

/// Whether a text begins as a JSON object or list does.
pub fn is_likely(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
}

/// The text, laid out where it is JSON.
pub fn laid_out(text: &str) -> String {
    if is_likely(text) { pretty(text) } else { text.to_owned() }
}

/// Lays out JSON text with two blanks a level. Text that is not JSON comes out with its tokens intact all the same.
pub fn pretty(text: &str) -> String {
    let mut out = String::new();
    let mut depth = 0_usize;
    let mut chars = text.trim().chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                out.push(c);
                copy_string(&mut chars, &mut out);
            }
            '{' | '[' => {
                out.push(c);
                while chars.next_if(|next| next.is_ascii_whitespace()).is_some() {}
                match chars.next_if(|next| matches!(next, '}' | ']')) {
                    Some(close) => out.push(close),
                    None => {
                        depth += 1;
                        new_line(&mut out, depth);
                    }
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                new_line(&mut out, depth);
                out.push(c);
            }
            ',' => {
                out.push(c);
                new_line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            c if c.is_ascii_whitespace() => {}
            c => out.push(c),
        }
    }
    out
}

fn copy_string(chars: &mut impl Iterator<Item = char>, out: &mut String) {
    while let Some(c) = chars.next() {
        out.push(c);
        match c {
            '"' => return,
            '\\' => out.extend(chars.next()),
            _ => {}
        }
    }
}

/// Nobody counts blanks beyond this depth, and a hostile answer could make millions of them.
const DEEPEST: usize = 50;

fn new_line(out: &mut String, depth: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", depth.min(DEEPEST)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    #[test]
    fn the_text_of_numbers_and_strings_is_kept() {
        let text = r#"{"a":[1e400,-0.0,12345678901234567890.10],"b":{},"c":[ ],"d":"\u00e9 {,:} \"\\","e":null}"#;
        let expected = r#"{
  "a": [
    1e400,
    -0.0,
    12345678901234567890.10
  ],
  "b": {},
  "c": [],
  "d": "\u00e9 {,:} \"\\",
  "e": null
}"#;
        assert_eq!(pretty(text), expected);
    }

    #[test]
    fn depth_costs_no_more_than_length() {
        let printed = pretty(&"[".repeat(20_000));
        assert!(printed.len() < 20_000 * 110, "{}", printed.len());
    }

    fn json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::vec((any::<String>(), inner), 0..6).prop_map(|members| members.into_iter().collect()),
            ]
        })
    }

    proptest! {
        #[test]
        fn nothing_but_blanks_between_tokens_changes(value in json()) {
            let printed = pretty(&value.to_string());
            prop_assert_eq!(serde_json::from_str::<Value>(&printed).unwrap(), value.clone());
            prop_assert_eq!(printed, serde_json::to_string_pretty(&value).unwrap());
        }
    }
}
