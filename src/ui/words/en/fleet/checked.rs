//! What the plan read of a condition, in English.

use crate::fleet::Checked;

pub(in crate::ui::words::en) fn standing(checked: &Checked) -> String {
    let fixed = match checked.standing.as_str() {
        "pass" => "Holds",
        "fail" => "Does not hold",
        "depends" => "Not known: it depends on what the vendor does not publish",
        "already" => "Already as wanted",
        _ => return format!("Not known: {}", unknown(checked)),
    };
    fixed.to_owned()
}

/// Why it is not known.
pub(in crate::ui::words::en) fn unknown(checked: &Checked) -> String {
    let fixed = match checked.why.as_str() {
        "" | "unclear" => "the answer does not say it clearly",
        "absent" => "the provider does not show it",
        "no-answer" => "nobody answered",
        "credential" => "the credential was not accepted",
        "not-offered" => "this site does not offer the call that reads it",
        refusal => return format!("the read was refused: {}", refusal.trim_end_matches(['.', ' '])),
    };
    fixed.to_owned()
}

/// Labels and values.
pub(in crate::ui::words::en) fn evidence(checked: &Checked) -> String {
    checked.evidence.iter().map(|(label, value)| format!("{label} {value}")).collect::<Vec<_>>().join(", ")
}

/// What was read; empty for nothing.
pub(in crate::ui::words::en) fn read(checked: &Checked) -> String {
    let evidence = evidence(checked);
    if evidence.is_empty() { String::new() } else { format!("Read: {}", evidence.trim_end_matches('.')) }
}

/// What is required, and what was read instead.
pub(in crate::ui::words::en) fn findings(found: &[(&str, &Checked)]) -> String {
    // One read can be about several conditions: what came of it is said once.
    let mut verdicts: Vec<(String, Vec<&str>)> = Vec::new();
    for (condition, checked) in found {
        // The text of the condition says what the other direction needs: it would contradict.
        let condition = if checked.standing == "already" { "" } else { condition };
        let verdict = verdict(checked, condition.is_empty());
        match verdicts.iter_mut().find(|(known, _)| *known == verdict) {
            Some((_, conditions)) => conditions.push(condition),
            None => verdicts.push((verdict, vec![condition])),
        }
    }
    let said = verdicts.into_iter().map(|(verdict, mut conditions)| {
        conditions.retain(|condition| !condition.is_empty());
        if conditions.is_empty() { verdict } else { format!("{} {verdict}", required(&conditions)) }
    });
    said.collect::<Vec<_>>().join(" ")
}

fn verdict(checked: &Checked, stands_alone: bool) -> String {
    match (checked.standing.as_str(), read(checked)) {
        ("already", _) if !checked.evidence.is_empty() => {
            format!("{}: {}.", standing(checked), evidence(checked).trim_end_matches('.'))
        }
        (_, read) if read.is_empty() => format!("{}.", standing(checked)),
        ("fail", read) if !stands_alone => format!("{read}."),
        (_, read) => format!("{}. {read}.", standing(checked)),
    }
}

/// The texts of conditions say what has to be so.
fn required(conditions: &[&str]) -> String {
    let clause = |condition: &&str| {
        let condition = condition.trim_end_matches(['.', ' ']);
        let begin = ["The ", "No ", "A "].into_iter().find(|begin| condition.starts_with(begin));
        let rest = begin.and_then(|begin| condition.strip_prefix(begin));
        begin.zip(rest).map_or_else(|| condition.to_owned(), |(begin, rest)| begin.to_lowercase() + rest)
    };
    format!("Required: {}.", conditions.iter().map(clause).collect::<Vec<_>>().join("; "))
}
