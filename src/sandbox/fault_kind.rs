//! The faults that can be asked for, and their names.

/// The faults that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FaultKind {
    Slow,
    Timeout,
    Lost,
    LostBefore,
    ProxyPage,
    LoginPage,
    Empty,
    BrokenJson,
    PlainText,
    RateLimit,
    BadGateway,
    Unavailable,
    GatewayTimeout,
    Big,
    ClockSkew,
    Numbers,
    UnknownCode,
    XmlError,
    GbkPage,
}

impl FaultKind {
    pub(super) const ALL: [Self; 19] = [
        Self::Slow,
        Self::Timeout,
        Self::Lost,
        Self::LostBefore,
        Self::ProxyPage,
        Self::LoginPage,
        Self::Empty,
        Self::BrokenJson,
        Self::PlainText,
        Self::RateLimit,
        Self::BadGateway,
        Self::Unavailable,
        Self::GatewayTimeout,
        Self::Big,
        Self::ClockSkew,
        Self::Numbers,
        Self::UnknownCode,
        Self::XmlError,
        Self::GbkPage,
    ];

    /// The name inside `es-fault-…`.
    pub(super) fn name(self) -> &'static str {
        self.describe().0
    }

    /// What a person sees happen; the guide shows it.
    pub(super) fn leads_to(self) -> &'static str {
        self.describe().1
    }

    fn describe(self) -> (&'static str, &'static str) {
        match self {
            Self::Slow => ("slow", "200 after 15 seconds, the first time"),
            Self::Timeout => ("timeout", "no answer within an hour; the change is carried out"),
            Self::Lost => ("lost", "no answer, the connection breaks, the first time; the change is carried out"),
            Self::LostBefore => ("lost-before", "no answer, the connection breaks, the first time; nothing is changed"),
            Self::ProxyPage => ("proxy-page", "502 with an HTML page of a proxy"),
            Self::LoginPage => ("login-page", "200 with an HTML page instead of JSON; nothing is changed"),
            Self::Empty => ("empty", "200 with an empty body; the change is carried out"),
            Self::BrokenJson => ("broken-json", "200 with JSON that is cut off; the change is carried out"),
            Self::PlainText => ("plain-text", "200 with JSON that is declared as text/plain"),
            Self::RateLimit => ("rate-limit", "429 with Retry-After: 30"),
            Self::BadGateway => ("bad-gateway", "502 without JSON"),
            Self::Unavailable => ("unavailable", "503 without JSON"),
            Self::GatewayTimeout => ("gateway-timeout", "504 without JSON; the change is carried out"),
            Self::Big => ("big", "200 with two megabytes of JSON"),
            Self::ClockSkew => ("clock-skew", "a server clock two hours ahead, and the error that follows from it"),
            Self::Numbers => ("numbers", "200 with numbers beyond double precision: their text stays"),
            Self::UnknownCode => ("unknown-code", "400 with a code that no catalogue has"),
            Self::XmlError => ("xml-error", "404 with an error in XML, without JSON"),
            Self::GbkPage => ("gbk-page", "503 with an HTML page in the charset GBK"),
        }
    }
}
