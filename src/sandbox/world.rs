//! Everything the sandbox remembers between two requests, the time, and the ids it gives out.

use std::collections::BTreeMap;
use std::fmt;

use time::{Duration, OffsetDateTime};

use super::{aliyun, huawei};
use crate::catalog::ErrorCatalogue;

/// The clouds that the sandbox plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Provider {
    /// Huawei Cloud: all hosts under `myhuaweicloud.com` and `myhuaweicloud.eu`.
    Huawei,
    /// Alibaba Cloud: all hosts under `aliyuncs.com`.
    Aliyun,
}

impl Provider {
    /// The provider that a host belongs to; a port does not matter.
    pub fn of_host(host: &str) -> Option<Self> {
        let name = host.split(':').next().unwrap_or_default().to_ascii_lowercase();
        if name.ends_with(".myhuaweicloud.com") || name.ends_with(".myhuaweicloud.eu") {
            Some(Self::Huawei)
        } else if name.ends_with(".aliyuncs.com") {
            Some(Self::Aliyun)
        } else {
            None
        }
    }
}

/// The state of both clouds.
pub struct World {
    pub(super) now: OffsetDateTime,
    /// How far the clock is ahead that looks at the request being answered.
    pub(super) skew: Duration,
    pub(super) ids: Ids,
    pub(super) huawei: huawei::Cloud,
    pub(super) aliyun: aliyun::Cloud,
    catalogues: BTreeMap<Provider, ErrorCatalogue>,
}

impl World {
    /// A fresh world. Worlds of the same seed give out the same ids.
    pub fn new(seed: u64) -> Self {
        Self {
            now: OffsetDateTime::UNIX_EPOCH,
            skew: Duration::ZERO,
            ids: Ids(seed),
            huawei: huawei::Cloud::new(),
            aliyun: aliyun::Cloud::new(),
            catalogues: BTreeMap::new(),
        }
    }

    /// Sets the clock of both clouds. Call it before each request; jobs end by this clock.
    pub fn set_now(&mut self, now: OffsetDateTime) {
        self.now = now;
    }

    /// The time by the clock of whoever answers: what dates are held to, and what the answer is dated.
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

/// A setting of a resource that a change moves to another value, after a while.
#[derive(Debug, Clone, Copy)]
pub(super) struct Switch {
    before: bool,
    after: bool,
    done: OffsetDateTime,
}

impl Switch {
    /// A setting that nothing is changing.
    pub(super) fn at(value: bool) -> Self {
        Self { before: value, after: value, done: OffsetDateTime::UNIX_EPOCH }
    }

    pub(super) fn value(&self, now: OffsetDateTime) -> bool {
        if self.is_moving(now) { self.before } else { self.after }
    }

    pub(super) fn is_moving(&self, now: OffsetDateTime) -> bool {
        now < self.done
    }

    pub(super) fn start(&mut self, target: bool, now: OffsetDateTime, takes: Duration) {
        *self = Self { before: self.value(now), after: target, done: now + takes };
    }
}

/// A small seeded generator (SplitMix64): ids must differ, not be secret.
#[derive(Debug)]
pub(super) struct Ids(u64);

impl Ids {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A version 4 UUID as text, in lower case.
    pub(super) fn uuid(&mut self) -> String {
        let (high, low) = (self.next(), self.next());
        format!(
            "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xffff,
            high & 0xfff,
            0x8000 | (low >> 48) & 0x3fff,
            low & 0xffff_ffff_ffff
        )
    }

    /// So many characters of an ASCII alphabet.
    pub(super) fn text(&mut self, alphabet: &[u8], length: usize) -> String {
        let mut letter = || alphabet.get((self.next() % alphabet.len().max(1) as u64) as usize).copied();
        std::iter::from_fn(|| letter().map(char::from)).take(length).collect()
    }

    /// 32 hexadecimal digits.
    pub(super) fn hex(&mut self) -> String {
        format!("{:016x}{:016x}", self.next(), self.next())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_uuids_and_repeat_with_the_seed() {
        let mut ids = Ids(7);
        let first = ids.uuid();
        assert_eq!(first, Ids(7).uuid());
        assert_ne!(first, ids.uuid());
        let shape: Vec<usize> = first.split('-').map(str::len).collect();
        assert_eq!(shape, [8, 4, 4, 4, 12]);
        assert_eq!(first.chars().nth(14), Some('4'));
    }

    #[test]
    fn the_host_names_the_provider() {
        assert_eq!(Provider::of_host("gaussdb.cn-north-4.myhuaweicloud.com:443"), Some(Provider::Huawei));
        assert_eq!(Provider::of_host("Elasticsearch.cn-hangzhou.ALIYUNCS.com"), Some(Provider::Aliyun));
        assert_eq!(Provider::of_host("aliyuncs.com.example.org"), None);
        assert_eq!(Provider::of_host(""), None);
    }

    #[test]
    fn a_switch_keeps_its_old_value_until_the_change_is_done() {
        let start = OffsetDateTime::UNIX_EPOCH;
        let mut switch = Switch::at(false);
        switch.start(true, start, Duration::seconds(20));
        assert!(!switch.value(start + time::Duration::seconds(19)));
        assert!(switch.value(start + time::Duration::seconds(20)));
    }
}
