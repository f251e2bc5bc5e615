//! Numbers as JSON writes them: any size, any precision, compared exactly.
//!
//! A limit such as `9223372036854775807` is not a binary float, and 0.1 is none either; the text says it all.

use serde_json::Number;
use std::cmp::Ordering;

/// A number with the text it was written in.
#[derive(Debug, Clone)]
pub struct Decimal {
    text: String,
    negative: bool,
    /// No zeros at either end; empty for zero.
    digits: Vec<u8>,
    /// The value is `0.digits × 10^exponent`.
    exponent: i64,
}

impl Decimal {
    /// Reads a JSON number.
    pub fn new(number: &Number) -> Self {
        Self::read(number.to_string())
    }

    fn read(text: String) -> Self {
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((&text, "0"));
        // An exponent beyond 64 bits is as good as endless.
        let endless = if exponent.starts_with('-') { i64::MIN / 2 } else { i64::MAX / 2 };
        let exponent: i64 = exponent.parse().unwrap_or(endless).clamp(i64::MIN / 2, i64::MAX / 2);
        let negative = mantissa.starts_with('-');
        let (whole, fraction) =
            mantissa.trim_start_matches('-').split_once('.').unwrap_or((mantissa.trim_start_matches('-'), ""));
        let all: Vec<u8> = whole.bytes().chain(fraction.bytes()).map(|byte| byte.wrapping_sub(b'0')).collect();
        let leading = all.iter().take_while(|digit| **digit == 0).count();
        let trailing = all.iter().rev().take_while(|digit| **digit == 0).count();
        let digits = all.get(leading..all.len().saturating_sub(trailing)).unwrap_or_default().to_vec();
        let exponent = if digits.is_empty() { 0 } else { exponent + whole.len() as i64 - leading as i64 };
        let negative = negative && !digits.is_empty();
        Self { text, negative, digits, exponent }
    }

    /// Whether it is zero, in any spelling.
    pub fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// The number, if it is a whole one, not negative, and of at most nine digits.
    pub fn whole(&self) -> Option<u64> {
        let places = usize::try_from(self.exponent).ok()?;
        let is_whole = !self.negative && self.digits.len() <= places && places <= 9;
        let digit = |place| u64::from(self.digits.get(place).copied().unwrap_or_default());
        is_whole.then(|| (0..places).fold(0, |sum, place| sum * 10 + digit(place)))
    }

    /// Whether the number is `step` times a whole number.
    pub fn is_multiple_of(&self, step: &Self) -> bool {
        if self.is_zero() {
            return true;
        }
        let divisor =
            step.digits.iter().try_fold(0_u64, |sum, digit| sum.checked_mul(10)?.checked_add(u64::from(*digit)));
        let Some(divisor) = divisor.filter(|divisor| *divisor > 0) else { return false };
        // Both as whole numbers: digits × 10^scale. A last digit that is not zero has no factor ten to give away.
        let scale = |number: &Self| number.exponent - number.digits.len() as i64;
        let Ok(zeros) = u64::try_from(scale(self) - scale(step)) else { return false };
        let append = |rest: u64, digit: u8| ((u128::from(rest) * 10 + u128::from(digit)) % u128::from(divisor)) as u64;
        let rest = self.digits.iter().fold(0, |rest, digit| append(rest, *digit));
        // After 64 steps no factor two or five of the divisor is left to gain.
        (0..zeros.min(64)).fold(rest, |rest, _| append(rest, 0)) == 0
    }
}

impl std::fmt::Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        let sign = |number: &Self| match (number.digits.is_empty(), number.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        };
        let size = || self.exponent.cmp(&other.exponent).then_with(|| self.digits.cmp(&other.digits));
        Some(sign(self).cmp(&sign(other)).then_with(|| if self.negative { size().reverse() } else { size() }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::new(&serde_json::from_str(text).unwrap())
    }

    #[test]
    fn numbers_beyond_any_float_are_told_apart() {
        assert!(decimal("9223372036854775807") < decimal("9223372036854775808"));
        assert!(decimal("1e400") > decimal("1e399") && decimal("-1e400") < decimal("-1e399"));
        assert!(decimal("1e99999999999999999999") > decimal("1e400"));
        assert!(decimal("0.1") > decimal("0.09999999999999999999999999"));
    }

    #[test]
    fn spelling_does_not_matter() {
        for (a, b) in [("3", "3.0"), ("0", "-0.0"), ("100", "1e2"), ("0.05", "5E-2"), ("0", "0e9")] {
            assert_eq!(decimal(a), decimal(b), "{a} and {b}");
        }
    }

    #[test]
    fn a_whole_number_is_whole_however_it_is_written() {
        for (text, is) in
            [("30", 30), ("30.0", 30), ("3e1", 30), ("3.05E+2", 305), ("0", 0), ("-0", 0), ("999999999", 999_999_999)]
        {
            assert_eq!(decimal(text).whole(), Some(is), "{text}");
        }
        for text in ["2.5", "25e-1", "-1", "1e9", "1e99999999999999999999", "1e-99999999999999999999"] {
            assert_eq!(decimal(text).whole(), None, "{text}");
        }
    }

    #[test]
    fn multiples_are_exact() {
        for (number, step, is) in [
            ("0.3", "0.1", true),
            ("12", "5", false),
            ("1e3", "8", true),
            ("1e2", "8", false),
            ("0.25", "0.5", false),
            ("-15", "5", true),
            ("0", "7", true),
            ("1e400", "5", true),
            ("1e400", "3", false),
            ("1", "0", false),
        ] {
            assert_eq!(decimal(number).is_multiple_of(&decimal(step)), is, "{number} and {step}");
        }
    }

    proptest! {
        #[test]
        fn whole_numbers_compare_and_divide_as_integers_do(a in any::<i64>(), b in any::<i32>()) {
            let (x, y) = (decimal(&a.to_string()), decimal(&b.to_string()));
            prop_assert_eq!(x.partial_cmp(&y), a.partial_cmp(&i64::from(b)));
            prop_assert_eq!(x.is_multiple_of(&y), b != 0 && a % i64::from(b) == 0 || a == 0);
        }
    }
}
