//! Files of the site.

use super::*;
use crate::catalog::{CatalogError, JsonType, PathFault, Reason, Unsupported};
use crate::config::{ConfigIssue, ConfigReason, NameKind, Suggestion, ValueType};
use crate::proxy::ProxyError;
use crate::ui::words::file_words;

#[test]
fn every_defect_of_a_description_has_words() {
    let all = every!(Reason:
        Reason::Syntax(_) => Reason::Syntax("EOF at line 1 column 1".into()),
        Reason::Version(_) => Reason::Version("3.0.3".into()),
        Reason::Missing => Reason::Missing,
        Reason::Type { .. } => Reason::Type { expected: JsonType::String, found: JsonType::Null },
        Reason::Reference(_) => Reason::Reference("#/nowhere".into()),
        Reason::Path(_) => Reason::Path(PathFault::Query),
        Reason::NoProperty(_) => Reason::NoProperty("name".into()),
        Reason::Placeholder(_) => Reason::Placeholder("id".into()),
        Reason::Server(_) => Reason::Server("http://a.test".into()),
        Reason::Pattern(_) => Reason::Pattern("Unbalanced parenthesis".into()),
        Reason::Unsupported(_) => Reason::Unsupported(Unsupported::ParameterIn("cookie".into())),
    );
    let text = || String::from("other");
    let unsupported = every!(Unsupported:
        Unsupported::Method(_) => Unsupported::Method(text()),
        Unsupported::Link(_) => Unsupported::Link("http://docs.test".into()),
        Unsupported::ParameterIn(_) => Unsupported::ParameterIn(text()),
        Unsupported::Header(_) => Unsupported::Header(text()),
        Unsupported::Body(_) => Unsupported::Body("multipart/mixed".into()),
        Unsupported::ParameterAs(_) => Unsupported::ParameterAs("text/xml".into()),
        Unsupported::Style { .. } => Unsupported::Style { style: "label".into(), place: "query" },
        Unsupported::Nested => Unsupported::Nested,
        Unsupported::Keyword(_) => Unsupported::Keyword("not".into()),
        Unsupported::SchemaType(_) => Unsupported::SchemaType("date".into()),
        Unsupported::Step(_) => Unsupported::Step("0".into()),
        Unsupported::Status(_) => Unsupported::Status("4xx".into()),
        Unsupported::Scheme(_) => Unsupported::Scheme("oauth2".into()),
        Unsupported::Generate(_) => Unsupported::Generate(text()),
        Unsupported::Retry(_) => Unsupported::Retry(text()),
        Unsupported::Fault(_) => Unsupported::Fault(text()),
        Unsupported::CredentialSource => Unsupported::CredentialSource,
    );
    let types = every!(JsonType:
        JsonType::Null => JsonType::Null,
        JsonType::Boolean => JsonType::Boolean,
        JsonType::Number => JsonType::Number,
        JsonType::Count => JsonType::Count,
        JsonType::String => JsonType::String,
        JsonType::Array => JsonType::Array,
        JsonType::Object => JsonType::Object,
    );
    let types = types.into_iter().map(|found| Reason::Type { expected: JsonType::Object, found });
    let more = unsupported.into_iter().map(Reason::Unsupported).chain(types);
    let all: Vec<Reason> = all.into_iter().chain(more).collect();
    let error = |reason: &Reason| CatalogError {
        file: "apis/a.json".into(),
        pointer: "#/paths".into(),
        reason: reason.clone(),
    };
    let message = |reason: &Reason| (file_words().catalog_error)(&error(reason));
    read_messages(&all, message);
    for reason in &all {
        let text = text_of(&message(reason));
        assert!(text.contains("apis/a.json") && text.contains("#/paths"), "{text}");
    }
    for complaint in [Some("HTTP 404"), None] {
        let message = (file_words().description_not_loaded)("apis/a.json", complaint);
        read_message("description_not_loaded", &message);
        assert!(text_of(&message).contains("apis/a.json"));
    }
}

fn suggestion(meant: Option<&str>) -> Suggestion {
    Suggestion { meant: meant.map(str::to_owned), of: vec!["title".into(), "banner".into()] }
}

#[test]
fn every_defect_of_the_configuration_has_words() {
    let all = every!(ConfigReason:
        ConfigReason::Absent(_) => ConfigReason::Absent("HTTP 404".into()),
        ConfigReason::NothingLeft => ConfigReason::NothingLeft,
        ConfigReason::Syntax(_) => ConfigReason::Syntax("EOF at line 1 column 1".into()),
        ConfigReason::UnknownKey(_) => ConfigReason::UnknownKey(suggestion(Some("title"))),
        ConfigReason::Missing => ConfigReason::Missing,
        ConfigReason::Range(..) => ConfigReason::Range(1, 600),
        ConfigReason::Host => ConfigReason::Host,
        ConfigReason::Type(_) => ConfigReason::Type(ValueType::String),
        ConfigReason::Choice(_) => ConfigReason::Choice(suggestion(None)),
        ConfigReason::Empty => ConfigReason::Empty,
        ConfigReason::Duplicate(_) => ConfigReason::Duplicate("Proxy".into()),
        ConfigReason::ForeignFile => ConfigReason::ForeignFile,
        ConfigReason::Proxy(_) => ConfigReason::Proxy(ProxyError::Scheme),
        ConfigReason::DuplicateKey => ConfigReason::DuplicateKey,
        ConfigReason::NoProxy => ConfigReason::NoProxy,
        ConfigReason::InClear => ConfigReason::InClear,
        ConfigReason::UnknownName(..) => ConfigReason::UnknownName(NameKind::Provider, suggestion(None)),
        ConfigReason::FitsNothing(..) => ConfigReason::FitsNothing(NameKind::Region, Some("cn-*".into())),
    );
    let proxy = every!(ProxyError:
        ProxyError::UnknownPlaceholder(_) => ProxyError::UnknownPlaceholder("{hots}".into()),
        ProxyError::Incomplete(_) => ProxyError::Incomplete("{query}"),
        ProxyError::Scheme => ProxyError::Scheme,
    );
    let more = proxy.into_iter().take(2).map(ConfigReason::Proxy);
    let types = every!(ValueType:
        ValueType::String => ValueType::String,
        ValueType::Boolean => ValueType::Boolean,
        ValueType::List => ValueType::List,
        ValueType::Object => ValueType::Object,
    );
    let names = every!(NameKind:
        NameKind::Provider => NameKind::Provider,
        NameKind::Operation => NameKind::Operation,
        NameKind::Region => NameKind::Region,
    );
    let names = names.into_iter().map(|name| ConfigReason::UnknownName(name, suggestion(Some("other"))));
    let more = more.chain(types.into_iter().skip(1).map(ConfigReason::Type)).chain(names);
    let more =
        more.chain([ConfigReason::UnknownKey(suggestion(None)), ConfigReason::Choice(suggestion(Some("title")))]);
    let all: Vec<ConfigReason> = all.into_iter().chain(more).collect();
    let issue =
        |reason: &ConfigReason| ConfigIssue { path: "#/title".into(), reason: reason.clone(), fail_closed: false };
    read_all(&all, |reason| (file_words().config_issue)(&issue(reason)), assert_plain);
    for reason in &all {
        let text = (file_words().config_issue)(&issue(reason));
        assert!(text.starts_with("config.json#/title: ") && text.ends_with('.'), "{text}");
    }
    let closing = ConfigIssue { fail_closed: true, ..issue(&ConfigReason::Empty) };
    assert!((file_words().config_issue)(&closing).ends_with("until it is corrected, it forbids everything."));
}
