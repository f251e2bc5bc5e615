//! Why a signature was refused, from the server's text beside the console's.

use super::{Diagnosis, Severity};
use crate::catalog::MASK;
use crate::sign::compare::{Comparison, Difference};
use percent_encoding::percent_decode_str;

/// What the two texts say together.
pub type ComparisonDiagnosis = Diagnosis<Title, Cause, Remedy>;

/// In what the two texts differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Title {
    /// The request was sent without a signature.
    NothingToCompare,
    /// In nothing: only the secret can be another.
    WrongSecret,
    Method,
    Path,
    Query,
    /// The value of a header.
    Header,
    /// The value of a header that is masked on both sides.
    SecretHeader,
    /// The server did not see a header that was signed.
    HeaderMissing,
    /// The server signed a header that the console did not send.
    HeaderAdded,
    /// The lists of the signed headers' names.
    SignedHeaders,
    /// The server saw no body.
    BodyLost,
    /// The server saw another body.
    BodyChanged,
    /// In the date or the nonce only.
    OtherAttempt,
    /// The strings to sign, and nothing that can be seen.
    StringToSign,
    /// In so many things.
    Several(usize),
}

/// How the difference came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    NotSigned,
    WrongSecret,
    Method {
        ours: String,
        theirs: String,
    },
    /// The same path, encoded in another way.
    PathEncoded,
    Path {
        ours: String,
        theirs: String,
    },
    /// One path is the end of the other.
    PathPrefix,
    PathRewritten,
    /// The same query, encoded in another way.
    QueryEncoded,
    QueryLost,
    QueryAdded {
        theirs: String,
    },
    Query {
        ours: String,
        theirs: String,
    },
    Header {
        name: String,
        ours: String,
        theirs: String,
    },
    HostReplaced,
    ContentTypeChanged,
    HeaderChanged,
    SecretHeader {
        name: String,
    },
    HeaderMissing {
        name: String,
    },
    HeaderAdded {
        name: String,
    },
    SignedHeaders,
    BodyLost,
    BodyChanged,
    OtherAttempt,
    StringToSign,
}

/// What to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// Choose a credential that signs.
    ChooseSigner,
    EnterSecretAgain,
    /// A lost secret cannot be shown again.
    CreateKey,
    KeepMethod,
    KeepPath,
    /// Correct the proxy's target, or the connection's address.
    CorrectTarget,
    KeepQuery,
    SendHost {
        host: String,
    },
    KeepHeader {
        name: String,
    },
    EnterHeaderAgain {
        name: String,
    },
    /// The proxy may have a list of allowed headers.
    PassHeader {
        name: String,
    },
    CheckAnswer,
    KeepAuthorization,
    PassBody,
    KeepBody,
    CompareRightAnswer,
    EnterTokenAgain,
}

/// What the comparison means.
pub fn of_comparison(comparison: &Comparison) -> ComparisonDiagnosis {
    let mut differences = comparison.reasons.iter().map(of_difference);
    let Some(first) = differences.next() else {
        return Diagnosis::new(Severity::Warning, Title::NothingToCompare)
            .because(Cause::NotSigned)
            .then(Remedy::ChooseSigner);
    };
    let mut found = differences.fold(first, |mut found, other| {
        found.causes.extend(other.causes);
        for remedy in other.remedies {
            if !found.remedies.contains(&remedy) {
                found.remedies.push(remedy);
            }
        }
        found
    });
    if comparison.reasons.len() > 1 {
        found.title = Title::Several(comparison.reasons.len());
    }
    found
}

fn differs(title: Title) -> ComparisonDiagnosis {
    Diagnosis::new(Severity::Error, title)
}

fn of_difference(difference: &Difference) -> ComparisonDiagnosis {
    let own = |text: &String| text.clone();
    match difference {
        Difference::AllEqual => differs(Title::WrongSecret)
            .because(Cause::WrongSecret)
            .then(Remedy::EnterSecretAgain)
            .then(Remedy::CreateKey),
        Difference::Method { ours, theirs } => differs(Title::Method)
            .because(Cause::Method { ours: own(ours), theirs: own(theirs) })
            .then(Remedy::KeepMethod),
        Difference::Path { ours, theirs } => path(ours, theirs),
        Difference::Query { ours, theirs } => query(ours, theirs),
        Difference::HeaderChanged { name, ours, theirs } => header_changed(name, ours, theirs),
        Difference::HeaderMissing { name } => differs(Title::HeaderMissing)
            .because(Cause::HeaderMissing { name: own(name) })
            .then(Remedy::PassHeader { name: own(name) }),
        Difference::HeaderAdded { name } => {
            differs(Title::HeaderAdded).because(Cause::HeaderAdded { name: own(name) }).then(Remedy::CheckAnswer)
        }
        Difference::SignedHeaders => {
            differs(Title::SignedHeaders).because(Cause::SignedHeaders).then(Remedy::KeepAuthorization)
        }
        Difference::Payload { lost: true } => differs(Title::BodyLost).because(Cause::BodyLost).then(Remedy::PassBody),
        Difference::Payload { lost: false } => {
            differs(Title::BodyChanged).because(Cause::BodyChanged).then(Remedy::KeepBody)
        }
        Difference::DateOnly => {
            differs(Title::OtherAttempt).because(Cause::OtherAttempt).then(Remedy::CompareRightAnswer)
        }
        Difference::StringToSignOnly => {
            differs(Title::StringToSign).because(Cause::StringToSign).then(Remedy::EnterTokenAgain)
        }
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

fn path(ours: &str, theirs: &str) -> ComparisonDiagnosis {
    let found = differs(Title::Path);
    if decoded(ours) == decoded(theirs) {
        return found.because(Cause::PathEncoded).then(Remedy::KeepPath);
    }
    let is_prefixed = theirs.ends_with(ours) || ours.ends_with(theirs);
    found
        .because(Cause::Path { ours: ours.to_owned(), theirs: theirs.to_owned() })
        .because(if is_prefixed { Cause::PathPrefix } else { Cause::PathRewritten })
        .then(Remedy::CorrectTarget)
}

fn query(ours: &str, theirs: &str) -> ComparisonDiagnosis {
    let cause = match (ours, theirs) {
        (_, "") => Cause::QueryLost,
        ("", _) => Cause::QueryAdded { theirs: theirs.to_owned() },
        _ if decoded(ours) == decoded(theirs) => Cause::QueryEncoded,
        _ => Cause::Query { ours: ours.to_owned(), theirs: theirs.to_owned() },
    };
    differs(Title::Query).because(cause).then(Remedy::KeepQuery)
}

fn header_changed(name: &str, ours: &str, theirs: &str) -> ComparisonDiagnosis {
    let name = name.to_owned();
    if ours == MASK {
        return differs(Title::SecretHeader)
            .because(Cause::SecretHeader { name: name.clone() })
            .then(Remedy::EnterHeaderAgain { name });
    }
    let (cause, remedy) = match name.as_str() {
        "host" => (Cause::HostReplaced, Remedy::SendHost { host: ours.to_owned() }),
        "content-type" => (Cause::ContentTypeChanged, Remedy::KeepHeader { name: String::from("Content-Type") }),
        _ => (Cause::HeaderChanged, Remedy::KeepHeader { name: name.clone() }),
    };
    differs(Title::Header)
        .because(Cause::Header { name, ours: ours.to_owned(), theirs: theirs.to_owned() })
        .because(cause)
        .then(remedy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sign::compare::Difference as D;

    fn found(reasons: Vec<D>) -> ComparisonDiagnosis {
        of_comparison(&Comparison { lines: Vec::new(), reasons })
    }

    #[test]
    fn each_difference_has_a_cause_and_something_to_do() {
        let (ours, theirs) = (String::from("/a%20b"), String::from("/c"));
        let header = |name: &str| D::HeaderChanged { name: name.into(), ours: ours.clone(), theirs: theirs.clone() };
        let all = [
            D::AllEqual,
            D::Method { ours: "PUT".into(), theirs: "GET".into() },
            D::Path { ours: ours.clone(), theirs: theirs.clone() },
            D::Query { ours: ours.clone(), theirs: theirs.clone() },
            header("host"),
            header("content-type"),
            header("x-a"),
            D::HeaderChanged { name: "x-security-token".into(), ours: MASK.into(), theirs: MASK.into() },
            D::HeaderMissing { name: "x-a".into() },
            D::HeaderAdded { name: "x-a".into() },
            D::SignedHeaders,
            D::Payload { lost: true },
            D::Payload { lost: false },
            D::DateOnly,
            D::StringToSignOnly,
        ];
        let mut causes = Vec::new();
        for difference in all {
            let found = found(vec![difference.clone()]);
            assert!(!found.remedies.is_empty(), "{difference:?}");
            assert!(!causes.contains(&found.causes), "{difference:?} has the cause of another one");
            causes.push(found.causes);
        }
    }

    #[test]
    fn the_kind_of_change_names_its_cause() {
        let path = |ours: &str, theirs: &str| {
            found(vec![D::Path { ours: ours.into(), theirs: theirs.into() }]).causes.pop().unwrap()
        };
        assert_eq!(path("/a%2Ab", "/a*b"), Cause::PathEncoded);
        assert_eq!(path("/v3/a", "/proxy/v3/a"), Cause::PathPrefix);
        assert_eq!(path("/v3/a", "/v1/a"), Cause::PathRewritten);
        let query = |ours: &str, theirs: &str| {
            found(vec![D::Query { ours: ours.into(), theirs: theirs.into() }]).causes.pop().unwrap()
        };
        assert_eq!(query("a=1", ""), Cause::QueryLost);
        assert_eq!(query("", "a=1"), Cause::QueryAdded { theirs: "a=1".into() });
        assert_eq!(query("a=b%20c", "a=b+c"), Cause::QueryEncoded);
        assert_eq!(query("a=1", "a=2"), Cause::Query { ours: "a=1".into(), theirs: "a=2".into() });
    }

    #[test]
    fn several_differences_are_counted_and_a_remedy_is_there_once() {
        let found = found(vec![D::Payload { lost: true }, D::Payload { lost: true }, D::SignedHeaders]);
        assert_eq!(found.title, Title::Several(3));
        assert_eq!((found.causes.len(), found.remedies.len()), (3, 2));
    }

    #[test]
    fn without_a_signature_there_is_nothing_to_compare() {
        assert_eq!(found(Vec::new()).severity, Severity::Warning);
    }
}
