//! The rules of a field that are worth a word beside its control.

use super::rules::PatternRule;
use crate::catalog::{Decimal, Kind, Schema};

/// One rule.
#[derive(Debug, Clone, PartialEq)]
pub enum Constraint {
    /// What the text must look like.
    Pattern(PatternRule),
    /// Exactly so many characters.
    Length(u64),
    /// From so many characters to so many.
    LengthBetween(u64, u64),
    /// At least so many characters.
    MinLength(u64),
    /// At most so many characters.
    MaxLength(u64),
    /// At least this number.
    Minimum(Decimal),
    /// At most this number.
    Maximum(Decimal),
    /// More than this number.
    ExclusiveMinimum(Decimal),
    /// Less than this number.
    ExclusiveMaximum(Decimal),
    /// A whole multiple of this number.
    MultipleOf(Decimal),
    /// At least so many items.
    MinItems(u64),
    /// At most so many items.
    MaxItems(u64),
}

/// The rules of a field, in the order in which they are shown.
pub fn constraints(schema: &Schema) -> Vec<Constraint> {
    let rules = &schema.rules;
    let pattern = match (&rules.words, &rules.pattern) {
        (Some(words), _) => Some(Constraint::Pattern(PatternRule::Described(words.clone()))),
        (None, pattern) => pattern.clone().map(|pattern| Constraint::Pattern(PatternRule::Expression(pattern))),
    };
    let length = match (rules.min_length, rules.max_length) {
        // The pattern in words says as much already.
        (Some(min), Some(max)) if min == max && rules.words.is_some() => None,
        (Some(min), Some(max)) if min == max => Some(Constraint::Length(min)),
        (Some(min), Some(max)) => Some(Constraint::LengthBetween(min, max)),
        (Some(min), None) if min > 1 => Some(Constraint::MinLength(min)),
        (None, Some(max)) => Some(Constraint::MaxLength(max)),
        _ => None,
    };
    let limits = [
        rules.minimum.clone().map(Constraint::Minimum),
        rules.maximum.clone().map(Constraint::Maximum),
        rules.exclusive_minimum.clone().map(Constraint::ExclusiveMinimum),
        rules.exclusive_maximum.clone().map(Constraint::ExclusiveMaximum),
        rules.multiple_of.clone().map(Constraint::MultipleOf),
    ];
    let is_list = matches!(schema.kind, Kind::Array(_));
    let items = [rules.min_items.map(Constraint::MinItems), rules.max_items.map(Constraint::MaxItems)];
    let items = items.into_iter().flatten().filter(|_| is_list);
    [pattern, length].into_iter().chain(limits).flatten().chain(items).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Operation;
    use crate::fixtures::{open_https, switch_ssl};

    #[test]
    fn the_rules_of_the_real_fields_are_listed() {
        let rules = |operation: Operation| -> Vec<Vec<Constraint>> {
            operation.fields().iter().map(|field| constraints(&field.schema)).collect()
        };
        let described = |words: &str| Constraint::Pattern(PatternRule::Described(words.to_owned()));
        let instance = vec![described("36 letters and digits ending in in07")];
        assert_eq!(rules(switch_ssl()), [vec![described("32 letters and digits")], instance, vec![], vec![]]);
        assert_eq!(rules(open_https()), [vec![], vec![described("ASCII characters only"), Constraint::MaxLength(64)]]);
    }
}
