//! How a change goes: how long nobody sees it, how long it takes, how it ends. Ids of the form `job…` choose a course.

use time::Duration;

use super::provider::Provider;

/// How a change goes, in work time ([`super::World::set_speed`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Course {
    /// How long after its acceptance nobody sees it: the job does not exist yet, the status is the old one.
    pub hidden: Duration,
    /// Until when it waits before it begins.
    pub pending: Duration,
    /// From acceptance to the end.
    pub takes: Duration,
    /// How it ends.
    pub end: End,
    /// Its state goes back and forth while it runs.
    pub flaps: bool,
    /// Its state has a name while it runs that no document knows.
    pub odd: bool,
}

/// How a change ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Done,
    /// The setting stays as it was.
    Failed,
    /// The setting stays as it was.
    Canceled,
}

impl Course {
    /// The course of a change that nothing special happens to.
    pub fn ordinary(provider: Provider) -> Self {
        let (hidden, takes) = match provider {
            Provider::Huawei => (5, 75),
            Provider::Aliyun => (0, 110),
        };
        Self {
            hidden: Duration::seconds(hidden),
            pending: Duration::ZERO,
            takes: Duration::seconds(takes),
            end: End::Done,
            flaps: false,
            odd: false,
        }
    }
}

/// The courses that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CourseKind {
    Failed,
    Canceled,
    Late,
    Never,
    Slow,
    Odd,
    Flapping,
}

impl CourseKind {
    pub(super) const ALL: [Self; 7] =
        [Self::Failed, Self::Canceled, Self::Late, Self::Never, Self::Slow, Self::Odd, Self::Flapping];

    /// The name inside an id.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Canceled => "canceled",
            Self::Late => "late",
            Self::Never => "never",
            Self::Slow => "slow",
            Self::Odd => "odd",
            Self::Flapping => "flapping",
        }
    }

    pub(super) fn course(self, provider: Provider) -> Course {
        let ordinary = Course::ordinary(provider);
        let seconds = Duration::seconds;
        match self {
            Self::Failed => Course { end: End::Failed, takes: ordinary.takes * 3 / 5, ..ordinary },
            Self::Canceled => Course { end: End::Canceled, takes: ordinary.takes * 2 / 5, ..ordinary },
            Self::Late => Course { hidden: seconds(30), ..ordinary },
            Self::Never => match provider {
                Provider::Huawei => Course { hidden: Duration::MAX, ..ordinary },
                Provider::Aliyun => Course { takes: Duration::MAX, ..ordinary },
            },
            Self::Slow => Course { pending: seconds(60), takes: Duration::minutes(20), ..ordinary },
            Self::Odd => Course { odd: true, ..ordinary },
            Self::Flapping => Course { flaps: true, ..ordinary },
        }
    }

    /// What comes of a change; the guide shows it.
    pub(super) fn leads_to(self, provider: Provider) -> &'static str {
        match (self, provider) {
            (Self::Failed, Provider::Huawei) => "200: the task fails at 60%",
            (Self::Failed, Provider::Aliyun) => "200: the change fails: active again, the protocol is the old one",
            (Self::Canceled, Provider::Huawei) => "200: the task is cancelled",
            (Self::Canceled, Provider::Aliyun) => "200: the change is interrupted: the cluster is suspended",
            (Self::Late, Provider::Huawei) => "200: the task is invisible for 30 seconds",
            (Self::Late, Provider::Aliyun) => "200: for 30 seconds the cluster looks as before",
            (Self::Never, Provider::Huawei) => "200: nobody ever sees the task; SSL is switched",
            (Self::Never, Provider::Aliyun) => "200: the change never ends",
            (Self::Slow, _) => "200: the change takes 20 minutes",
            (Self::Odd, _) => "200: a status that no document names, until it is done",
            (Self::Flapping, _) => "200: the status goes back and forth, until it is done",
        }
    }
}
