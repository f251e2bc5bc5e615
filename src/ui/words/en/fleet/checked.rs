//! What the plan read of a condition, in English.

use crate::fleet::Checked;

pub(in crate::ui::words::en) fn standing(checked: &Checked) -> String {
    let fixed = match checked.standing.as_str() {
        "pass" => "Holds",
        "fail" => "Does not hold",
        "depends" => "Not known: it depends on what the vendor does not publish",
        "already" => "Already switched",
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
