//! ECMAScript regular expressions, which is what `pattern` means in JSON Schema.
//!
//! In the browser the engine is the browser's own; on the host it is the crate `regress`, which follows the same
//! standard. A second engine in the bundle would be half of its size, most of that Unicode tables.
//!
//! [`fits_any`] is for the simpler patterns of `config.json`.

use indexmap::IndexMap;
use std::cell::RefCell;

/// Whether the text is a regular expression; if not, the engine's complaint.
pub fn check(pattern: &str) -> Result<(), String> {
    engine::compile(pattern).map(drop)
}

/// So many patterns stay compiled: those of a few operations.
const MOST_COMPILED: usize = 64;

thread_local! {
    /// A fleet checks ten thousand values against the same few patterns, and compiling takes longer than matching. `None`: the
    /// pattern is none.
    static COMPILED: RefCell<IndexMap<String, Option<engine::Compiled>>> = RefCell::new(IndexMap::new());
}

/// Whether the pattern matches somewhere in the text. A pattern that is none matches nothing.
pub fn matches(pattern: &str, text: &str) -> bool {
    COMPILED.with_borrow_mut(|compiled| {
        if compiled.len() >= MOST_COMPILED && !compiled.contains_key(pattern) {
            compiled.clear();
        }
        if !compiled.contains_key(pattern) {
            compiled.insert(pattern.to_owned(), engine::compile(pattern).ok());
        }
        let own = compiled.get(pattern).and_then(Option::as_ref);
        own.is_some_and(|own| engine::test(own, text))
    })
}

/// Whether a text fits one of the patterns of `config.json`, in which `*` stands for any characters, or none.
pub fn fits_any(patterns: &[String], text: &str) -> bool {
    patterns.iter().any(|pattern| fits(pattern, text))
}

fn fits(pattern: &str, text: &str) -> bool {
    let Some((before, after)) = pattern.split_once('*') else { return pattern == text };
    let Some(rest) = text.strip_prefix(before) else { return false };
    (0..=rest.len()).any(|from| rest.get(from..).is_some_and(|rest| fits(after, rest)))
}

#[cfg(target_arch = "wasm32")]
mod engine {
    use js_sys::{Array, Function, Reflect, RegExp};
    use wasm_bindgen::{JsCast, JsValue};

    pub(super) type Compiled = RegExp;

    /// `RegExp::new` of js-sys ends the program when the pattern is wrong; `Reflect.construct` gives the error back.
    pub(super) fn compile(pattern: &str) -> Result<RegExp, String> {
        let message = |error: JsValue| error.dyn_into::<js_sys::Error>().map(|error| String::from(error.message()));
        let construct = || {
            let constructor: Function = Reflect::get(&js_sys::global(), &JsValue::from("RegExp"))?.dyn_into()?;
            let arguments = Array::of2(&JsValue::from(pattern), &JsValue::from("u"));
            Reflect::construct(&constructor, &arguments)?.dyn_into::<RegExp>()
        };
        construct().map_err(|error: JsValue| message(error).unwrap_or_default())
    }

    pub(super) fn test(pattern: &RegExp, text: &str) -> bool {
        pattern.test(text)
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod engine {
    use regress::Regex;

    pub(super) type Compiled = Regex;

    pub(super) fn compile(pattern: &str) -> Result<Regex, String> {
        Regex::with_flags(pattern, "u").map_err(|error| error.to_string())
    }

    pub(super) fn test(pattern: &Regex, text: &str) -> bool {
        pattern.find(text).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_COMPILED, fits_any, matches};

    #[test]
    fn more_patterns_than_are_kept_match_as_well() {
        for number in 0..MOST_COMPILED * 2 {
            let pattern = format!("^a{number}$");
            assert!(matches(&pattern, &format!("a{number}")) && !matches(&pattern, "a") && !matches("(", "("));
        }
    }

    #[test]
    fn a_star_stands_for_anything_and_everything_else_for_itself() {
        let fits = |pattern: &str, text: &str| fits_any(&[pattern.to_owned()], text);
        for (pattern, text) in [
            ("*", ""),
            ("*", "cn-north-4"),
            ("cn-*", "cn-"),
            ("*-4", "cn-north-4"),
            ("c*n*4", "cn-north-4"),
            ("ü*", "üb"),
        ] {
            assert!(fits(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in
            [("cn-*", "ap-cn-1"), ("cn", "cn-north-4"), ("*-4", "cn-north-41"), ("", "a"), ("CN-*", "cn-a")]
        {
            assert!(!fits(pattern, text), "{pattern} {text}");
        }
        assert!(!fits_any(&[], ""), "without a pattern nothing fits");
    }
}
