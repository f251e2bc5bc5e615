//! [`crate::proxy::RoutedRequest`] → [`Reply`]: the only part that talks to anything outside the page.

use std::time::Duration;
use thiserror::Error;
use time::OffsetDateTime;

/// What came back, unread.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// The status of the HTTP answer.
    pub status: u16,
    /// Names in lower case. A browser shows only some of a foreign site's headers.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// From sending to the last byte.
    pub took: Duration,
    /// When the last byte came, by this computer's clock.
    pub received: OffsetDateTime,
}

impl Reply {
    /// The first header of this name, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TransportError {
    /// The browser says that the computer has no network.
    #[error("offline")]
    Offline,
    /// No complete answer within the limit.
    #[error("timed out after {0:?}")]
    TimedOut(Duration),
    /// The user did not want to wait.
    #[error("cancelled")]
    Cancelled,
    /// The browser reports a failure and, by design, not why.
    #[error("blocked: {0:?}")]
    Blocked(Circumstances),
    /// A file of the console that the call needs could not be loaded, such as the sandbox's or the one that reads answers.
    /// Nothing was sent, and the next call tries again.
    #[error("not loaded")]
    NotLoaded,
    /// The worker that holds the sandbox ended with an error, and what it remembered with it.
    #[error("worker stopped")]
    WorkerStopped,
    /// The request could not even be made.
    #[error("invalid request: {0}")]
    Browser(String),
}

impl TransportError {
    /// Whether the request may have reached the provider all the same.
    pub fn may_have_arrived(&self) -> bool {
        match self {
            Self::TimedOut(_) | Self::Cancelled => true,
            Self::Blocked(circumstances) => !circumstances.policy,
            Self::Offline | Self::NotLoaded | Self::WorkerStopped | Self::Browser(_) => false,
        }
    }
}

/// What the page knows about a call of which the browser only says that it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Circumstances {
    /// The browser says that the network went away meanwhile.
    pub offline: bool,
    /// The address is on another origin than the page: CORS applies.
    pub cross_origin: bool,
    /// The page is https and the address is http.
    pub mixed_content: bool,
    /// The page's own Content-Security-Policy reported that it stopped the call.
    pub policy: bool,
}

/// Whether fewer bytes came than the answer has announced: some proxies end an answer that was torn as if it were whole, over
/// HTTP/2. Nothing can be said of one that was compressed on its way, for its bytes are counted before.
pub fn is_cut_off(method: &http::Method, status: u16, headers: &[(String, String)], came: usize) -> bool {
    let value =
        |wanted: &str| headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value);
    // These have no body, and may say how long it would be (RFC 9110 8.6).
    let has_body = *method != http::Method::HEAD && !matches!(status, 204 | 304);
    let is_plain = value("content-encoding").is_none_or(|coding| coding.eq_ignore_ascii_case("identity"));
    let announced = value("content-length").and_then(|length| length.trim().parse::<usize>().ok());
    has_body && is_plain && announced.is_some_and(|announced| came < announced)
}

/// Whether a report of the page's policy is of a call of this address. `blocked`: the report's `blockedURI`, which some
/// browsers shorten to the origin. Without a match the call may have arrived.
pub fn is_blocked_address(blocked: &str, address: &str) -> bool {
    let address = address.split('#').next().unwrap_or_default();
    let is_origin = || address.strip_prefix(blocked.trim_end_matches('/')).is_some_and(|rest| rest.starts_with('/'));
    let path = blocked.split_once("://").and_then(|(_, rest)| Some(rest.split_once('/')?.1));
    blocked == address || (blocked.contains("://") && path.is_none_or(str::is_empty) && is_origin())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_of_fewer_bytes_than_it_announced_is_cut_off() {
        let is_cut = |method, status, headers: &[(&str, &str)], came| {
            let headers: Vec<_> = headers.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
            is_cut_off(&method, status, &headers, came)
        };
        use http::Method;
        let announced = [("Content-Length", "100")];
        for came in [0, 5, 99] {
            assert!(is_cut(Method::PUT, 200, &announced, came), "{came}");
        }
        assert!(is_cut(Method::GET, 200, &[("content-encoding", "identity"), ("content-length", " 100 ")], 99));
        let whole = [
            (Method::PUT, 200, announced.as_slice(), 100),
            (Method::PUT, 200, &announced, 101),
            (Method::HEAD, 200, &announced, 0),
            (Method::GET, 304, &announced, 0),
            (Method::DELETE, 204, &announced, 0),
            (Method::GET, 200, &[("content-length", "100"), ("content-encoding", "gzip")], 300),
            (Method::GET, 200, &[("content-length", "many")], 0),
            (Method::GET, 200, &[], 0),
        ];
        for (method, status, headers, came) in whole {
            assert!(!is_cut(method, status, headers, came), "{status} {headers:?} {came}");
        }
    }

    #[test]
    fn a_report_of_the_policy_is_of_one_address() {
        let address = "https://proxy.test:8443/huawei/v3/p?x=1";
        for own in [address, "https://proxy.test:8443", "https://proxy.test:8443/"] {
            assert!(is_blocked_address(own, address), "{own}");
        }
        let others = [
            "https://proxy.test:8443/huawei",
            "https://proxy.test:8443/huawei/v3/p",
            "https://proxy.test",
            "https://proxy.test:844",
            "https://other.test/",
            "http://proxy.test:8443/",
            "https",
            "inline",
            "",
        ];
        for other in others {
            assert!(!is_blocked_address(other, address), "{other}");
        }
        assert!(is_blocked_address("https://a.test/b", "https://a.test/b#c"), "a report has no fragment");
    }
}
