//! Everything the sandbox remembers between two requests, the time, and the ids it gives out.

use std::collections::BTreeMap;
use std::fmt;

use time::{Duration, OffsetDateTime};

use super::aliyun::cloud::Cloud as AliyunCloud;
use super::huawei::cloud::Cloud as HuaweiCloud;
use super::ids::Ids;
use super::provider::Provider;

use crate::catalog::ErrorCatalogue;

/// The state of both clouds.
pub struct World {
    pub(super) now: OffsetDateTime,
    /// How far the clock is ahead that looks at the request being answered.
    pub(super) skew: Duration,
    pub(super) ids: Ids,
    pub(super) huawei: HuaweiCloud,
    pub(super) aliyun: AliyunCloud,
    catalogues: BTreeMap<Provider, ErrorCatalogue>,
}

impl World {
    /// A fresh world. Worlds of the same seed give out the same ids.
    pub fn new(seed: u64) -> Self {
        Self {
            now: OffsetDateTime::UNIX_EPOCH,
            skew: Duration::ZERO,
            ids: Ids::new(seed),
            huawei: HuaweiCloud::new(),
            aliyun: AliyunCloud::new(),
            catalogues: BTreeMap::new(),
        }
    }

    /// Sets the clock of both clouds. Call it before each request; jobs end by this clock.
    pub fn set_now(&mut self, now: OffsetDateTime) {
        self.now = now;
    }

    /// The time by the clock of the server that answers. It compares dates with this time and puts it into `Date`.
    pub(super) fn clock(&self) -> OffsetDateTime {
        self.now + self.skew
    }

    /// Gives the documented errors of a provider, for requests that [`super::needs_catalogue`].
    pub fn add_catalogue(&mut self, provider: Provider, catalogue: ErrorCatalogue) {
        self.catalogues.insert(provider, catalogue);
    }

    /// Whether the provider's catalogue is there already.
    pub fn has_catalogue(&self, provider: Provider) -> bool {
        self.catalogues.contains_key(&provider)
    }

    pub(super) fn catalogue(&self, provider: Provider) -> Option<&ErrorCatalogue> {
        self.catalogues.get(&provider)
    }

    /// Whether SSL is on for a Huawei instance now. `None`: no such instance.
    pub fn ssl(&self, instance: &str) -> Option<bool> {
        self.huawei.ssl(instance, self.now)
    }

    /// Whether HTTPS is on for an Alibaba Cloud instance now. `None`: no such instance.
    pub fn https(&self, instance: &str) -> Option<bool> {
        self.aliyun.https(instance, self.now)
    }
}

impl fmt::Debug for World {
    /// Names no key, token or nonce.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("World").field("now", &self.now).finish_non_exhaustive()
    }
}
