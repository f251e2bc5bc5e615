//! Slips of the pen: what is named as meant, and what a misspelt restriction does.

use super::*;

/// Misspelt names of restrictions, and which was meant.
const SLIPS: [(&str, &str); 27] = [
    ("redOnly", "readOnly"),
    ("readonly", "readOnly"),
    ("readOnyl", "readOnly"),
    ("read-only", "readOnly"),
    ("ReadOnly ", "readOnly"),
    ("histroy", "history"),
    ("opertions", "operations"),
    ("operation", "operations"),
    ("oprations", "operations"),
    ("operatoins", "operations"),
    ("Operations", "operations"),
    ("lokced", "locked"),
    ("lcoked", "locked"),
    ("lock", "locked"),
    ("provders", "providers"),
    ("provider", "providers"),
    ("porviders", "providers"),
    ("providres", "providers"),
    ("regoins", "regions"),
    ("region", "regions"),
    ("rgeions", "regions"),
    ("REGIONS", "regions"),
    ("instnaces", "instances"),
    ("instance", "instances"),
    ("intsances", "instances"),
    ("credentails", "credentials"),
    ("credential", "credentials"),
];

/// A file with this key where its restriction belongs.
fn file(key: &str, of_provider: bool) -> Value {
    if of_provider { json!({ "providers": { "Huawei Cloud": { key: ["x"] } } }) } else { json!({ key: ["x"] }) }
}

#[test]
fn a_slip_in_the_name_of_a_restriction_forbids_and_the_name_is_told() {
    for (slip, meant) in SLIPS {
        let of_provider = ["regions", "instances", "credentials"].contains(&meant);
        let (config, issues) = Config::parse(&file(slip, of_provider).to_string());
        let told = issues.iter().map(line).collect::<Vec<_>>();
        assert!(told[0].ends_with(&format!(": UnknownKey, {meant}")), "{told:?}");
        assert!(issues.len() == 1 && issues[0].fail_closed, "{slip}");
        let operation = config.restrict(switch_ssl());
        let closed = match meant {
            "readOnly" => operation.is_withheld(),
            "history" => !config.history,
            "locked" => ALL_SETTINGS.iter().all(|setting| config.is_locked(*setting)),
            "operations" => {
                let text = include_str!("../../../apis/huawei-iam.json");
                let mut api = Api::load("apis/huawei-iam.json", text).unwrap();
                config.filter(&mut api);
                api.operations.is_empty()
            }
            "credentials" => operation.policy.signing == Signing::Nobody,
            _ => send(&operation, &ssl_on(), &with_token(&operation)).is_err(),
        };
        assert!(closed, "{slip}");
    }
}

#[test]
fn what_only_looks_a_little_like_a_restriction_forbids_nothing() {
    for key in [
        "$comment",
        "comment",
        "note",
        "notes",
        "x-team",
        "x",
        "",
        "description",
        "titel",
        "owner",
        "version",
        "reason",
        "option",
        "contact",
        "links",
        "ünïcode",
    ] {
        for of_provider in [false, true] {
            let (config, issues) = Config::parse(&file(key, of_provider).to_string());
            assert!(issues.len() == 1 && !issues[0].fail_closed, "{key}: {issues:?}");
            assert_eq!(config.restrict(switch_ssl()), switch_ssl(), "{key}");
        }
    }
}

#[test]
fn a_misspelt_restriction_wins_over_the_same_one_without_a_mistake() {
    for text in [r#"{"readonly": true, "readOnly": false}"#, r#"{"readOnly": false, "readonly": true}"#] {
        assert!(Config::parse(text).0.restrict(switch_ssl()).is_withheld(), "{text}");
    }
}

#[test]
fn other_keys_are_named_as_they_were_meant() {
    for (slip, meant) in [
        ("titel", "title"),
        ("baner", "banner"),
        ("langauge", "language"),
        ("timelimit", "timeLimit"),
        ("conections", "connections"),
    ] {
        let told = issues(&json!({ slip: 1 }).to_string());
        assert!(told[0].ends_with(&format!(": UnknownKey, {meant}")), "{told:?}");
    }
    for strange in ["xyzzy", "a", ""] {
        assert!(issues(&json!({ strange: 1 }).to_string())[0].contains(": UnknownKey, one of "), "{strange}");
    }
}
