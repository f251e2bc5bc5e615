//! What can go wrong when somebody looks.

use super::provider::Provider;

/// What can go wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReadingKind {
    Denied,
    Throttled,
    Unavailable,
    Lost,
    Slow,
}

impl ReadingKind {
    pub(super) const ALL: [Self; 5] = [Self::Denied, Self::Throttled, Self::Unavailable, Self::Lost, Self::Slow];

    /// The name inside an id.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Denied => "denied",
            Self::Throttled => "throttled",
            Self::Unavailable => "unavailable",
            Self::Lost => "lost",
            Self::Slow => "slow",
        }
    }

    /// What comes of a look; the guide shows it.
    pub(super) fn leads_to(self, provider: Provider) -> &'static str {
        match (self, provider) {
            (Self::Denied, Provider::Huawei) => "403 DBS.200010: the user may not look",
            (Self::Denied, Provider::Aliyun) => "403 Forbidden.RAM: the user may not look",
            (Self::Throttled, Provider::Huawei) => "429 with Retry-After: 5, three times",
            (Self::Throttled, Provider::Aliyun) => "429 with Retry-After: 5 and x-acs-retry-after, three times",
            (Self::Unavailable, _) => "503 without JSON, three times",
            (Self::Lost, _) => "no answer, the connection breaks, three times",
            (Self::Slow, _) => "200 after 5 seconds",
        }
    }
}
