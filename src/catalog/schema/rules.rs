//! The rules of a schema. One that cannot be read costs only itself.

use super::view::View;
use crate::catalog::decimal::Decimal;
use crate::catalog::model::Rules;
use crate::catalog::node::{Node, Reason, Result, Unsupported};
use std::cmp::Ordering;

pub(super) fn read_rules(view: &View<'_>) -> Rules {
    let counts = |key| readable(view, key, Node::as_count);
    let (minimum, exclusive_minimum) = bound(view, "minimum", "exclusiveMinimum", Ordering::Greater);
    let (maximum, exclusive_maximum) = bound(view, "maximum", "exclusiveMaximum", Ordering::Less);
    Rules {
        pattern: all_of(readable(view, "pattern", read_pattern)),
        words: view.str("x-rule").map(str::to_owned),
        min_length: counts("minLength").into_iter().max(),
        max_length: counts("maxLength").into_iter().min(),
        minimum,
        maximum,
        exclusive_minimum,
        exclusive_maximum,
        multiple_of: readable(view, "multipleOf", read_step).into_iter().next(),
        min_items: counts("minItems").into_iter().max(),
        max_items: counts("maxItems").into_iter().min(),
        offered: None,
    }
}

/// One pattern that fits what all of them fit.
fn all_of(mut patterns: Vec<String>) -> Option<String> {
    patterns.dedup();
    if patterns.len() < 2 {
        return patterns.pop();
    }
    Some(patterns.iter().fold(String::from("^"), |all, own| all + r"(?=[\s\S]*?(?:" + own + "))"))
}

/// What every part says, as far as it can be read.
fn readable<'a, T>(view: &View<'a>, key: &str, read: impl Fn(&Node<'a>) -> Result<T>) -> Vec<T> {
    view.all(key).iter().filter_map(|node| node.usable(read(node))).collect()
}

/// A bound and the exclusive one. OpenAPI 3.0 wrote `exclusiveMinimum: true`, which makes the `minimum` exclusive.
fn bound(view: &View<'_>, key: &str, exclusive_key: &str, stricter: Ordering) -> (Option<Decimal>, Option<Decimal>) {
    let strictest = |numbers: Vec<Decimal>| {
        numbers.into_iter().reduce(|a, b| if b.partial_cmp(&a) == Some(stricter) { b } else { a })
    };
    let exclusive = view.all(exclusive_key);
    let old = exclusive.iter().any(|node| node.value.as_bool() == Some(true));
    let numbers = exclusive.iter().filter(|node| !node.value.is_boolean());
    let exclusive = numbers.filter_map(|node| node.usable(node.as_number())).collect();
    let bound = strictest(readable(view, key, Node::as_number));
    if old {
        (None, strictest([exclusive, bound.into_iter().collect()].concat()))
    } else {
        (bound, strictest(exclusive))
    }
}

/// No number is a multiple of nothing.
fn read_step(node: &Node<'_>) -> Result<Decimal> {
    let step = node.as_number()?;
    if step > Decimal::new(&0.into()) {
        Ok(step)
    } else {
        Err(node.error(Reason::Unsupported(Unsupported::Step(step.to_string()))))
    }
}

pub(in crate::catalog) fn read_pattern(node: &Node<'_>) -> Result<String> {
    let pattern = node.as_str()?;
    match crate::pattern::check(pattern) {
        Ok(()) => Ok(pattern.to_owned()),
        Err(complaint) => Err(node.error(Reason::Pattern(complaint))),
    }
}
