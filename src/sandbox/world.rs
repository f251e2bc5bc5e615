//! Everything the sandbox remembers between two requests, the time, and the ids it gives out.

use std::collections::BTreeMap;
use std::fmt;

use time::{Duration, OffsetDateTime};

use super::aliyun::cloud::Cloud as AliyunCloud;
use super::course::Course;
use super::fleet::{FaultRates, Fleet, FleetInstance, FleetSetup, Strikes};
use super::huawei::cloud::Cloud as HuaweiCloud;
use super::ids::Ids;
use super::provider::Provider;
use super::work_clock::WorkClock;

use crate::catalog::ErrorCatalogue;

/// The state of both clouds.
pub struct World {
    pub(super) now: OffsetDateTime,
    /// How far the clock is ahead that looks at the request being answered.
    pub(super) skew: Duration,
    pub(super) work_clock: WorkClock,
    /// When the clock was first set: what happened before has dates before it.
    pub(super) born: OffsetDateTime,
    pub(super) ids: Ids,
    pub(super) huawei: HuaweiCloud,
    pub(super) aliyun: AliyunCloud,
    catalogues: BTreeMap<Provider, ErrorCatalogue>,
    fleet: FleetSetup,
    pub(super) strikes: Strikes,
    /// How often something that passes struck an instance.
    struck: BTreeMap<String, u32>,
}

impl World {
    /// A fresh world. Worlds of the same seed give out the same ids.
    pub fn new(seed: u64) -> Self {
        let fleet = FleetSetup::default();
        Self {
            now: OffsetDateTime::UNIX_EPOCH,
            skew: Duration::ZERO,
            work_clock: WorkClock::new(),
            born: OffsetDateTime::UNIX_EPOCH,
            ids: Ids::new(seed),
            huawei: HuaweiCloud::new(Fleet { seed: fleet.seed, size: fleet.huawei }),
            aliyun: AliyunCloud::new(Fleet { seed: fleet.seed, size: fleet.aliyun }),
            catalogues: BTreeMap::new(),
            strikes: Strikes::new(&fleet),
            fleet,
            struck: BTreeMap::new(),
        }
    }

    /// Sets the clock of both clouds. Call it before each request; jobs go on by this clock.
    pub fn set_now(&mut self, now: OffsetDateTime) {
        if self.born == OffsetDateTime::UNIX_EPOCH {
            self.born = now;
        }
        self.now = now;
        self.work_clock.set_now(now);
    }

    /// Lets jobs go on so many times as fast as the clock, 1 to 1000 times. Signatures and tokens are judged by the clock
    /// all the same.
    pub fn set_speed(&mut self, speed: i32) {
        self.work_clock.set_speed(speed);
    }

    /// Chooses how changes of an instance go from now on, in place of what its id says. No such instance: nothing happens.
    pub fn set_course(&mut self, instance: &str, course: Course) {
        self.huawei.set_course(instance, course);
        self.aliyun.set_course(instance, course);
    }

    /// Gives both accounts fresh fleets in place of the present ones, which are gone with all that was done to them. The
    /// instances that the guide names stay as they are.
    pub fn set_fleet(&mut self, setup: FleetSetup) {
        self.fleet = setup.within_limits();
        let FleetSetup { seed, huawei, aliyun, .. } = self.fleet;
        self.huawei.set_fleet(Fleet { seed, size: huawei });
        self.aliyun.set_fleet(Fleet { seed, size: aliyun });
        self.strikes = Strikes::new(&self.fleet);
    }

    /// Chooses what goes wrong with the fleet from now on. The fleet stays as it is.
    pub fn set_faults(&mut self, faults: FaultRates) {
        self.fleet.faults = faults;
        self.strikes.set_rates(faults);
    }

    /// Ends the token or temporary key that comes with the next call for an instance of the fleet.
    pub fn expire_credential(&mut self, provider: Provider) {
        self.strikes.expire_next(provider);
    }

    /// What the fleets are made from.
    pub fn fleet(&self) -> FleetSetup {
        self.fleet
    }

    /// All instances of a fleet as they are now, in the order of their list.
    pub fn fleet_instances(&self, provider: Provider) -> Vec<FleetInstance> {
        match provider {
            Provider::Huawei => self.huawei.fleet_instances(self.work()),
            Provider::Aliyun => self.aliyun.fleet_instances(self.work()),
        }
    }

    /// How much work time has passed.
    pub(super) fn work(&self) -> Duration {
        self.work_clock.work()
    }

    /// Counts another time that an instance is struck.
    pub(super) fn strikes(&mut self, id: &str) -> u32 {
        let count = self.struck.entry(id.to_owned()).or_default();
        *count += 1;
        *count
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
        self.huawei.ssl(instance, self.work())
    }

    /// Whether HTTPS is on for an Alibaba Cloud instance now. `None`: no such instance.
    pub fn https(&self, instance: &str) -> Option<bool> {
        self.aliyun.https(instance, self.work())
    }

    /// Whether a change of an instance is not over yet, seen or not.
    pub fn is_changing(&self, instance: &str) -> bool {
        self.huawei.is_changing(instance, self.work()) || self.aliyun.is_changing(instance, self.work())
    }

    /// How many changes of an instance were accepted. A call that was recognised as a repeated one does not count.
    pub fn switches(&self, instance: &str) -> usize {
        self.huawei.switches(instance) + self.aliyun.switches(instance)
    }
}

impl fmt::Debug for World {
    /// Names no key, token or nonce.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("World").field("now", &self.now).finish_non_exhaustive()
    }
}
