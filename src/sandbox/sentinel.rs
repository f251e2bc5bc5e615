//! Instance ids that mean an error, a fault, or a course of the change.
//!
//! | | Huawei (32 letters and digits, then `in07`) | Alibaba Cloud |
//! |---|---|---|
//! | documented error | `error` + code without dots + `x` + digit + `x`… + `in07` | `es-error-` + code |
//! | fault of a change | `fault` + name in CamelCase + `x`… + `in07` | `es-fault-` + name |
//! | fault of a look | `read` + name in CamelCase + `x`… + `in07` | `es-read-` + name |
//! | course of a change | `job` + name in CamelCase + `x`… + `in07` | `es-job-` + name |
//!
//! Alibaba Cloud's ids of faults and courses may end with `-https`: such a cluster answers HTTPS before the change.
//!
//! `x` fills up; no code contains one. The digit behind the first `x` chooses the n-th catalogue entry of a code that
//! has several; without it the first is meant. A code's `{ParameterName}` is written `InstanceId`.

use super::course::CourseKind;
use super::fault_kind::FaultKind;
use super::provider::Provider;
use super::reading_kind::ReadingKind;
use crate::catalog::{ErrorCatalogue, ErrorEntry};

const HUAWEI_SUFFIX: &str = "in07";
const HUAWEI_LENGTH: usize = 32;
const PARAMETER: &str = "InstanceId";
/// The end of the ids of clusters that answer HTTPS at first.
pub(super) const IS_HTTPS: &str = "-https";

/// What a special instance id asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Sentinel {
    /// The n-th entry of a code, counted from 1; Huawei's codes without their dots.
    Error(String, usize),
    /// A fault of the line or of the answer, when something is changed.
    Fault(FaultKind),
    /// A fault when somebody looks.
    Reading(ReadingKind),
    /// How the change goes.
    Course(CourseKind),
}

impl Sentinel {
    /// Every fault and every course.
    fn all_named() -> impl Iterator<Item = Self> {
        let faults = FaultKind::ALL.into_iter().map(Self::Fault);
        let readings = ReadingKind::ALL.into_iter().map(Self::Reading);
        faults.chain(readings).chain(CourseKind::ALL.into_iter().map(Self::Course))
    }

    /// The two words of its id. Errors have their code instead.
    fn words(&self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Error(..) => None,
            Self::Fault(kind) => Some(("fault", kind.name())),
            Self::Reading(kind) => Some(("read", kind.name())),
            Self::Course(kind) => Some(("job", kind.name())),
        }
    }

    /// The id that means a fault or a course.
    pub(super) fn id(&self, provider: Provider) -> Option<String> {
        let (word, name) = self.words()?;
        match provider {
            Provider::Huawei => filled(format!("{word}{}", camel(name))),
            Provider::Aliyun => Some(format!("es-{word}-{name}")),
        }
    }
}

/// `BadGateway` for `bad-gateway`.
fn camel(name: &str) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
    };
    name.split('-').map(capital).collect()
}

/// The instance id that leads to the `nth` entry (from 1) of a code in the provider's catalogue.
pub fn sentinel(provider: Provider, code: &str, nth: usize) -> Option<String> {
    match provider {
        Provider::Huawei => huawei_sentinel(code, nth),
        Provider::Aliyun => (nth == 1).then(|| aliyun_sentinel(code)),
    }
}

/// The Huawei instance id that leads to the `nth` entry (1 to 9) of a code. `None` when the code does not fit.
pub fn huawei_sentinel(code: &str, nth: usize) -> Option<String> {
    let code = code.replace('.', "");
    let fits = !code.is_empty() && code.chars().all(|c| c.is_ascii_alphanumeric() && c != 'x');
    let digit = match nth {
        1 => String::new(),
        2..=9 => nth.to_string(),
        _ => return None,
    };
    fits.then(|| filled(format!("error{code}x{digit}")))?
}

/// The Alibaba Cloud instance id that leads to a code.
pub fn aliyun_sentinel(code: &str) -> String {
    format!("es-error-{}", with_parameter(code))
}

fn filled(start: String) -> Option<String> {
    (start.len() <= HUAWEI_LENGTH).then(|| format!("{start:x<HUAWEI_LENGTH$}{HUAWEI_SUFFIX}"))
}

/// Reads an instance id; `None` for ordinary ones.
pub(super) fn read(provider: Provider, id: &str) -> Option<Sentinel> {
    match provider {
        Provider::Huawei => {
            let start = id.strip_suffix(HUAWEI_SUFFIX).filter(|start| start.len() == HUAWEI_LENGTH)?;
            let Some((code, filling)) = start.strip_prefix("error").and_then(|rest| rest.split_once('x')) else {
                return named(provider, start.trim_end_matches('x'));
            };
            let nth = match filling.trim_end_matches('x') {
                "" => 1,
                digit => digit.parse().ok()?,
            };
            Some(Sentinel::Error(code.to_owned(), nth))
        }
        Provider::Aliyun => {
            let rest = id.strip_prefix("es-")?;
            let code = rest.strip_prefix("error-").map(|code| Sentinel::Error(code.to_owned(), 1));
            code.or_else(|| named(provider, rest.strip_suffix(IS_HTTPS).unwrap_or(rest)))
        }
    }
}

/// The fault or course of an id, from which what all ids have is cut off.
fn named(provider: Provider, id: &str) -> Option<Sentinel> {
    let is = |(word, name): (&str, &str)| {
        id.strip_prefix(word).is_some_and(|rest| match provider {
            Provider::Huawei => rest == camel(name),
            Provider::Aliyun => rest.strip_prefix('-') == Some(name),
        })
    };
    Sentinel::all_named().find(|sentinel| sentinel.words().is_some_and(is))
}

/// The catalogue entry that an error sentinel means.
pub(super) fn entry<'a>(
    catalogue: &'a ErrorCatalogue,
    provider: Provider,
    code: &str,
    nth: usize,
) -> Option<&'a ErrorEntry> {
    let is_meant = |entry: &&ErrorEntry| match provider {
        Provider::Huawei => {
            entry.code.replace('.', "") == code || entry.aliases.iter().any(|alias| alias.replace('.', "") == code)
        }
        Provider::Aliyun => with_parameter(&entry.code) == code,
    };
    catalogue.entries().iter().filter(is_meant).nth(nth.checked_sub(1)?)
}

/// `Missing{ParameterName}` as a code or message of a particular parameter.
pub(super) fn with_parameter(template: &str) -> String {
    template.replace("{ParameterName}", PARAMETER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_huawei_sentinel_satisfies_the_rule_for_ids_and_reads_back() {
        let first = huawei_sentinel("DBS.200019", 1).unwrap();
        assert_eq!(first, "errorDBS200019xxxxxxxxxxxxxxxxxxin07");
        assert_eq!(read(Provider::Huawei, &first), Some(Sentinel::Error("DBS200019".to_owned(), 1)));
        let third = huawei_sentinel("APIGW.0301", 3).unwrap();
        assert_eq!(third, "errorAPIGW0301x3xxxxxxxxxxxxxxxxin07");
        assert_eq!(read(Provider::Huawei, &third), Some(Sentinel::Error("APIGW0301".to_owned(), 3)));
    }

    #[test]
    fn a_code_that_does_not_fit_has_no_sentinel() {
        assert_eq!(huawei_sentinel("", 1), None);
        assert_eq!(huawei_sentinel("Proxy.1", 1), None);
        assert_eq!(huawei_sentinel("DBS.200019", 10), None);
        assert_eq!(huawei_sentinel(&"9".repeat(30), 1), None);
    }

    #[test]
    fn a_parameter_template_becomes_a_code_that_can_be_typed() {
        let id = aliyun_sentinel("Missing{ParameterName}");
        assert_eq!(id, "es-error-MissingInstanceId");
        assert_eq!(read(Provider::Aliyun, &id), Some(Sentinel::Error("MissingInstanceId".to_owned(), 1)));
    }

    #[test]
    fn every_fault_and_every_course_reads_back_from_its_id() {
        for provider in [Provider::Huawei, Provider::Aliyun] {
            for sentinel in Sentinel::all_named() {
                let id = sentinel.id(provider).unwrap();
                assert!(provider == Provider::Aliyun || id.len() == 36, "{id}");
                assert_eq!(read(provider, &id).as_ref(), Some(&sentinel), "{id}");
                if provider == Provider::Aliyun {
                    assert_eq!(read(provider, &format!("{id}{IS_HTTPS}")), Some(sentinel), "{id}");
                }
            }
        }
    }

    #[test]
    fn ordinary_ids_are_no_sentinels() {
        assert_eq!(read(Provider::Huawei, "096c0fc43e804757b59946b80dc27f8bin07"), None);
        assert_eq!(read(Provider::Huawei, "errorDBS200019xin07"), None);
        assert_eq!(read(Provider::Aliyun, "es-cn-n6w1o1x0w001c0001"), None);
        assert_eq!(read(Provider::Aliyun, "es-fault-unheard-of"), None);
    }
}
