use super::*;
use crate::call::CallError;
use crate::catalog::{CatalogError, ErrorCatalogue, Operation, Reason, Retry};
use crate::config::{ConfigIssue, ConfigReason};
use crate::fixtures::{open_https, switch_ssl};
use crate::form::Broken;
use crate::outcome::{Answer, BodyKind, Outcome, Why};
use crate::proxy::ProxyError;
use crate::request::BuildError;
use crate::sign::SignError;
use crate::transport::{Circumstances, TransportError};
use std::collections::BTreeMap;
use std::time::Duration;

/// One value of every variant. A variant that is missing here is a compile error.
macro_rules! every {
    ($kind:ty: $($pattern:pat => $value:expr),+ $(,)?) => {{
        let _exhaustive = |value: &$kind| match value { $($pattern => ()),+ };
        let values: Vec<$kind> = vec![$({ let value = $value; assert!(matches!(&value, $pattern)); value }),+];
        values
    }};
}

mod check;
mod credential;
mod lost;
mod vault;

fn words(told: &Explanation) -> String {
    [std::slice::from_ref(&told.title), &told.causes, &told.next].concat().join("\n")
}

/// Texts for people: there is one, it holds nothing that only programmers read, and no two are the same.
fn assert_all_proper(texts: impl IntoIterator<Item = (String, String)>) {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for (what, text) in texts {
        assert!(text.trim() == text && text.len() > 3, "{what}: {text:?}");
        for leftover in ["Some(", "None", "::", "()", "Err(", "\"", "{:", "  ", " .", "..\n"] {
            assert!(!text.contains(leftover), "{what} has {leftover:?}: {text}");
        }
        // Braces only around the name of a placeholder.
        for rest in text.split('{').skip(1) {
            let name = rest.split_once('}').map(|(name, _)| name);
            assert!(name.is_some_and(|name| name.chars().all(|c| c.is_ascii_alphabetic())), "{what}: {text}");
        }
        if let Some(twin) = seen.insert(text.clone(), what.clone()) {
            panic!("{what} and {twin} read the same: {text}");
        }
    }
}

fn named<T: std::fmt::Debug>(values: Vec<T>, text: impl Fn(&T) -> String) -> Vec<(String, String)> {
    values.iter().map(|value| (format!("{value:?}"), text(value))).collect()
}

fn answer_with(outcome: Outcome) -> Answer {
    Answer {
        outcome,
        fields: Vec::new(),
        request_ids: Vec::new(),
        retry_after: None,
        clock_skew: None,
        mislabelled: None,
        withheld: None,
    }
}

fn tell(outcome: Outcome, operation: &Operation) -> Explanation {
    answer(&answer_with(outcome), operation, Lookup::Unknown)
}

/// The same call, but reading.
fn reading() -> Operation {
    Operation { method: http::Method::GET, ..open_https() }
}

#[test]
fn every_broken_rule_has_words() {
    let all = every!(Broken:
        Broken::Required => Broken::Required,
        Broken::NotBoolean => Broken::NotBoolean,
        Broken::NotInteger => Broken::NotInteger,
        Broken::NotNumber => Broken::NotNumber,
        Broken::NotJson(_) => Broken::NotJson("expected value at line 1 column 2".into()),
        Broken::NotListed(_) => Broken::NotListed(vec!["en-us".into(), "zh-cn".into()]),
        Broken::Pattern { .. } => Broken::Pattern { rule: "32 letters and digits".into(), has: Some(31) },
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
        Broken::HostLabel => Broken::HostLabel,
        Broken::BasePath => Broken::BasePath,
        Broken::NotOffered(_) => Broken::NotOffered(vec!["es-cn-*".into()]),
    );
    assert_all_proper(named(all, broken));
    assert!(broken(&Broken::NotOffered(vec![])).contains("offers none"));
    let too_long = broken(&Broken::TooLong { max: 64, has: 65 });
    assert_eq!(too_long, "must have at most 64 characters. It has 65.");
    let pattern = broken(&Broken::Pattern { rule: "32 letters and digits".into(), has: Some(1) });
    assert_eq!(pattern, "must be 32 letters and digits. It has 1 character.");
    let pattern = broken(&Broken::Pattern { rule: "32 letters and digits".into(), has: None });
    assert_eq!(pattern, "must be 32 letters and digits.");
}

#[test]
fn the_rules_of_the_real_fields_are_told_beside_their_controls() {
    let rules = |operation: Operation| -> Vec<Vec<String>> {
        operation.fields().iter().map(|field| constraints(&field.schema)).collect()
    };
    let none = Vec::<String>::new;
    let in07 = vec!["36 letters and digits ending in in07".to_owned()];
    assert_eq!(rules(switch_ssl()), [vec!["32 letters and digits".to_owned()], in07, none(), none()]);
    let token = ["ASCII characters only", "at most 64 characters"].map(str::to_owned).to_vec();
    assert_eq!(rules(open_https()), [none(), token]);
}

#[test]
fn every_reason_for_no_answer_has_words() {
    let all = every!(TransportError:
        TransportError::Offline => TransportError::Offline,
        TransportError::TimedOut(_) => TransportError::TimedOut(Duration::from_secs(30)),
        TransportError::Cancelled => TransportError::Cancelled,
        TransportError::Blocked(_) => TransportError::Blocked(Circumstances::default()),
        TransportError::NotLoaded => TransportError::NotLoaded,
        TransportError::Browser(_) => TransportError::Browser("invalid URL".into()),
    );
    for operation in [switch_ssl(), open_https(), reading()] {
        assert_all_proper(named(all.clone(), |error| words(&transport_error(error, &operation))));
    }
}

#[test]
fn whatever_is_known_of_a_blocked_call_is_told() {
    let [no, yes] = [false, true];
    let mut texts = Vec::new();
    for (offline, cross_origin, mixed_content) in [
        (no, no, no),
        (no, no, yes),
        (no, yes, no),
        (no, yes, yes),
        (yes, no, no),
        (yes, no, yes),
        (yes, yes, no),
        (yes, yes, yes),
    ] {
        let known = Circumstances { offline, cross_origin, mixed_content, policy: false };
        let told = transport_error(&TransportError::Blocked(known), &open_https());
        let text = words(&told);
        assert_eq!(told.tone, Tone::Unsure);
        assert_eq!(text.contains("lost its network connection"), offline, "{text}");
        assert_eq!(text.contains("CORS"), cross_origin, "{text}");
        assert_eq!(text.contains("Mixed content"), mixed_content, "{text}");
        texts.push((format!("{known:?}"), text));
        let stopped = TransportError::Blocked(Circumstances { policy: true, ..known });
        let told = transport_error(&stopped, &open_https());
        assert_eq!(told.tone, Tone::Bad);
        assert!(words(&told).contains("Nothing was sent") && !words(&told).contains("may have been"), "{told:?}");
    }
    assert_all_proper(texts);
}

#[test]
fn every_outcome_has_words() {
    let all = every!(Outcome:
        Outcome::Success => Outcome::Success,
        Outcome::Declined { .. } =>
            Outcome::Declined { field: "Result".into(), value: "false".into(), meaning: Some("HTTPS could not be enabled".into()) },
        Outcome::ApiError { .. } => Outcome::ApiError { code: "A.1".into(), message: String::new(), status: 400 },
        Outcome::HttpError { .. } => Outcome::HttpError { status: 404, body: BodyKind::Empty },
        Outcome::Undecodable { .. } => Outcome::Undecodable { status: 200, why: Why::Empty },
    );
    for operation in [switch_ssl(), open_https(), reading()] {
        assert_all_proper(named(all.clone(), |outcome| words(&tell(outcome.clone(), &operation))));
    }
    let bodies = every!(BodyKind:
        BodyKind::Empty => BodyKind::Empty,
        BodyKind::Html => BodyKind::Html,
        BodyKind::Json => BodyKind::Json,
        BodyKind::Text => BodyKind::Text,
        BodyKind::Binary => BodyKind::Binary,
    );
    assert_all_proper(named(bodies, |body| words(&tell(Outcome::HttpError { status: 418, body: *body }, &reading()))));
    let whys = every!(Why:
        Why::Empty => Why::Empty,
        Why::Html => Why::Html,
        Why::BrokenJson(_) => Why::BrokenJson("EOF at line 1 column 2".into()),
        Why::NotJson(_) => Why::NotJson("text/plain".into()),
        Why::MissingField(_) => Why::MissingField("job_id".into()),
    );
    assert_all_proper(named(whys, |why| {
        words(&tell(Outcome::Undecodable { status: 200, why: why.clone() }, &reading()))
    }));
}

#[test]
fn every_status_has_a_meaning() {
    for status in 100..=599 {
        let meaning = status_meaning(status);
        let defined = (200..=599).contains(&status);
        assert_eq!(meaning == "Not a status that HTTP defines", !defined, "{status}: {meaning}");
    }
    assert!(status_meaning(429).contains("Too many") && status_meaning(504).contains("time-out"));
}

#[test]
fn what_the_catalogue_knows_of_a_code_is_told_with_whether_to_send_again() {
    let retries = every!(Retry:
        Retry::No => Retry::No,
        Retry::Yes => Retry::Yes,
        Retry::Later => Retry::Later,
        Retry::Backoff => Retry::Backoff,
        Retry::Resign => Retry::Resign,
        Retry::SameToken => Retry::SameToken,
    );
    let catalogue = ErrorCatalogue::load(
        "a.errors.json",
        r#"[{"code": "A.1", "meaning": "It is busy.", "remedy": "Wait for it."}]"#,
    )
    .unwrap();
    let error = || answer_with(Outcome::ApiError { code: "A.1".into(), message: "Busy".into(), status: 400 });
    let tell = |lookup: Lookup<'_>| words(&answer(&error(), &open_https(), lookup));
    let found = named(retries, |retry| {
        let entry = crate::catalog::ErrorEntry { retry: *retry, ..catalogue.entries()[0].clone() };
        tell(Lookup::Found(&entry))
    });
    assert!(found.iter().all(|(_, text)| text.starts_with("A.1: Busy\nIt is busy.\nWait for it.")), "{found:?}");
    let missing = every!(Lookup<'static>:
        Lookup::Loading => Lookup::Loading,
        Lookup::Failed => Lookup::Failed,
        Lookup::Unknown => Lookup::Unknown,
        Lookup::Found(_) => Lookup::Found(Box::leak(Box::new(catalogue.entries()[0].clone()))),
    );
    assert_all_proper(found.into_iter().skip(1).chain(named(missing, |lookup| tell(*lookup))));
}

#[test]
fn every_defect_of_a_description_has_words() {
    let all = every!(Reason:
        Reason::Syntax(_) => Reason::Syntax("EOF at line 1 column 1".into()),
        Reason::Version(_) => Reason::Version("3.0.3".into()),
        Reason::Missing => Reason::Missing,
        Reason::Type { .. } => Reason::Type { expected: "a string", found: "null" },
        Reason::Reference(_) => Reason::Reference("#/nowhere".into()),
        Reason::Path(_) => Reason::Path(crate::catalog::PathFault::Query),
        Reason::NoProperty(_) => Reason::NoProperty("name".into()),
        Reason::Placeholder(_) => Reason::Placeholder("id".into()),
        Reason::Server(_) => Reason::Server("http://a.test".into()),
        Reason::Pattern(_) => Reason::Pattern("Unbalanced parenthesis".into()),
        Reason::Unsupported(_) => Reason::Unsupported("a parameter in cookie".into()),
    );
    let error = |reason: &Reason| CatalogError {
        file: "apis/a.json".into(),
        pointer: "#/paths".into(),
        reason: reason.clone(),
    };
    let texts = named(all, |reason| words(&catalog_error(&error(reason))));
    assert!(texts.iter().all(|(_, text)| text.contains("File apis/a.json, at #/paths: ")), "{texts:?}");
    assert_all_proper(texts);
}

#[test]
fn every_defect_of_the_configuration_has_words() {
    let all = every!(ConfigReason:
        ConfigReason::Absent(_) => ConfigReason::Absent("HTTP 404".into()),
        ConfigReason::NothingLeft => ConfigReason::NothingLeft,
        ConfigReason::Syntax(_) => ConfigReason::Syntax("EOF at line 1 column 1".into()),
        ConfigReason::UnknownKey { .. } => ConfigReason::UnknownKey { has: "titel".into(), of: vec!["title"] },
        ConfigReason::Missing => ConfigReason::Missing,
        ConfigReason::Range(..) => ConfigReason::Range(1, 600),
        ConfigReason::Host => ConfigReason::Host,
        ConfigReason::Type(_) => ConfigReason::Type("a string"),
        ConfigReason::Choice { .. } => ConfigReason::Choice { has: "sandbox".into(), of: vec!["direct".into()] },
        ConfigReason::Empty => ConfigReason::Empty,
        ConfigReason::Duplicate(_) => ConfigReason::Duplicate("Proxy".into()),
        ConfigReason::ForeignFile => ConfigReason::ForeignFile,
        ConfigReason::Proxy(_) => ConfigReason::Proxy(ProxyError::Scheme),
        ConfigReason::Twice => ConfigReason::Twice,
        ConfigReason::NoProxy => ConfigReason::NoProxy,
        ConfigReason::InClear => ConfigReason::InClear,
        ConfigReason::UnknownName { .. } => ConfigReason::UnknownName { what: "provider", meant: None, of: vec!["A".into(), "B".into()] },
        ConfigReason::FitsNothing { .. } => ConfigReason::FitsNothing { what: "region", meant: Some("cn-*".into()) },
    );
    let proxy = every!(ProxyError:
        ProxyError::UnknownPlaceholder(_) => ProxyError::UnknownPlaceholder("{hots}".into()),
        ProxyError::Incomplete(_) => ProxyError::Incomplete("{query}"),
        ProxyError::Scheme => ProxyError::Scheme,
    );
    let all = all.into_iter().chain(proxy.into_iter().take(2).map(ConfigReason::Proxy)).collect();
    let issue = |reason: &ConfigReason| ConfigIssue { path: "#/title".into(), reason: reason.clone(), closes: false };
    let texts = named(all, |reason| config_issue(&issue(reason)));
    let closing = ConfigIssue { closes: true, ..issue(&ConfigReason::Empty) };
    assert!(config_issue(&closing).ends_with("until it is corrected, it forbids everything."));
    assert!(texts.iter().all(|(_, text)| text.starts_with("config.json#/title: ")), "{texts:?}");
    assert_all_proper(texts);
}

#[test]
fn what_the_deployment_does_not_send_has_words() {
    for error in [CallError::ReadOnly, CallError::NoCredential] {
        assert_all_proper([(String::new(), words(&not_offered(&error)))]);
        assert!(words(&not_offered(&error)).contains("config.json"));
    }
}

#[test]
fn every_reason_not_to_build_or_sign_has_words() {
    let build = every!(BuildError:
        BuildError::BodyNotAllowed(_) => BuildError::BodyNotAllowed(http::Method::GET),
        BuildError::ForbiddenHeader(_) => BuildError::ForbiddenHeader("Cookie".into()),
        BuildError::HeaderValue(_) => BuildError::HeaderValue("X-Any".into()),
        BuildError::PathStep(_) => BuildError::PathStep("..".into()),
    );
    let sign = every!(SignError:
        SignError::WrongKind => SignError::WrongKind,
        SignError::Characters(_) => SignError::Characters("AccessKey ID".into()),
    );
    let build = named(build, |error| words(&build_error(error)));
    assert_all_proper(build.into_iter().chain(named(sign, |error| words(&sign_error(error)))));
}

fn decimal(text: &str) -> crate::catalog::Decimal {
    crate::catalog::Decimal::new(&serde_json::from_str(text).unwrap())
}
