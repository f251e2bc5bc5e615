//! Rules of fields.

use super::*;
use crate::catalog::Decimal;
use crate::form::{Broken, Constraint, PatternRule, Warning};

fn decimal(text: &str) -> Decimal {
    Decimal::new(&serde_json::from_str(text).unwrap())
}

fn described() -> PatternRule {
    PatternRule::Described("32 letters and digits".into())
}

#[test]
fn every_broken_rule_has_words() {
    let all = every!(Broken:
        Broken::Required => Broken::Required,
        Broken::NotBoolean => Broken::NotBoolean,
        Broken::NotInteger => Broken::NotInteger,
        Broken::NotNumber => Broken::NotNumber,
        Broken::NotJson(_) => Broken::NotJson("expected value at line 1 column 2".into()),
        Broken::Forgotten(_) => Broken::Forgotten("password".into()),
        Broken::NotListed(_) => Broken::NotListed(vec!["en-us".into(), "zh-cn".into()]),
        Broken::Pattern { .. } => Broken::Pattern { rule: described(), has: Some(31) },
        Broken::TooShort { .. } => Broken::TooShort { min: 1, has: 0 },
        Broken::TooLong { .. } => Broken::TooLong { max: 64, has: 65 },
        Broken::BelowMinimum(_) => Broken::BelowMinimum(decimal("1.0")),
        Broken::AboveMaximum(_) => Broken::AboveMaximum(decimal("1.5")),
        Broken::NotGreater(_) => Broken::NotGreater(decimal("1.0")),
        Broken::NotSmaller(_) => Broken::NotSmaller(decimal("1.0")),
        Broken::NotMultiple(_) => Broken::NotMultiple(decimal("0.1")),
        Broken::TooFewItems(_) => Broken::TooFewItems(2),
        Broken::TooManyItems(_) => Broken::TooManyItems(2),
        Broken::OuterBlanks => Broken::OuterBlanks,
        Broken::Slash => Broken::Slash,
        Broken::Dots => Broken::Dots,
        Broken::HeaderText => Broken::HeaderText,
        Broken::Example => Broken::Example,
        Broken::UserText => Broken::UserText,
        Broken::HostLabel => Broken::HostLabel,
        Broken::BasePath => Broken::BasePath,
        Broken::NotOffered(_) => Broken::NotOffered(vec!["es-cn-*".into()]),
    );
    let expression = PatternRule::Expression("^a$".into());
    let more = [Broken::NotOffered(vec![]), Broken::Pattern { rule: expression, has: None }];
    let all: Vec<Broken> = all.into_iter().chain(more).collect();
    for language in LANGUAGES.map(|words| words()) {
        read_all(&all, |broken| (language.explain.violation)("Result", broken), assert_sentence);
    }
}

#[test]
fn a_complaint_names_its_field_and_counts() {
    let violation = |broken| (words().explain.violation)("project_id", &broken);
    assert_eq!(
        violation(Broken::TooLong { max: 64, has: 65 }),
        "project_id must have at most 64 characters. It has 65."
    );
    assert_eq!(
        violation(Broken::Pattern { rule: described(), has: Some(1) }),
        "project_id must be 32 letters and digits. It has 1 character."
    );
    assert_eq!(
        violation(Broken::Pattern { rule: described(), has: None }),
        "project_id must be 32 letters and digits."
    );
    assert_eq!(violation(Broken::TooFewItems(1)), "project_id must have at least 1 item.");
    assert!(violation(Broken::NotOffered(vec![])).contains("offers none"));
}

#[test]
fn every_warning_has_words() {
    let all = every!(Warning:
        Warning::DuplicateName { .. } => Warning::DuplicateName { pointer: "#/a".into() },
        Warning::Remark(_) => Warning::Remark("is the ID of another product.".into()),
    );
    for language in LANGUAGES.map(|words| words()) {
        read_all(&all, |warning| (language.explain.warning)("Policy", warning), assert_sentence);
    }
}

#[test]
fn every_rule_beside_a_control_has_words() {
    let all = every!(Constraint:
        Constraint::Pattern(_) => Constraint::Pattern(described()),
        Constraint::Length(_) => Constraint::Length(1),
        Constraint::LengthBetween(..) => Constraint::LengthBetween(2, 3),
        Constraint::MinLength(_) => Constraint::MinLength(2),
        Constraint::MaxLength(_) => Constraint::MaxLength(64),
        Constraint::Minimum(_) => Constraint::Minimum(decimal("1")),
        Constraint::Maximum(_) => Constraint::Maximum(decimal("5")),
        Constraint::ExclusiveMinimum(_) => Constraint::ExclusiveMinimum(decimal("1")),
        Constraint::ExclusiveMaximum(_) => Constraint::ExclusiveMaximum(decimal("5")),
        Constraint::MultipleOf(_) => Constraint::MultipleOf(decimal("0.5")),
        Constraint::MinItems(_) => Constraint::MinItems(1),
        Constraint::MaxItems(_) => Constraint::MaxItems(5),
    );
    let more = [Constraint::Pattern(PatternRule::Expression("^a$".into()))];
    let all: Vec<Constraint> = all.into_iter().chain(more).collect();
    for language in LANGUAGES.map(|words| words()) {
        read_all(&all, language.explain.constraint, assert_plain);
    }
    assert_eq!((words().explain.constraint)(&Constraint::MaxLength(64)), "at most 64 characters");
}
