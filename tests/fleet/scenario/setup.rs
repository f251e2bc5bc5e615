//! The rows, the limits, and what is to come.

use super::{Act, Outcomes, PROFILES, Scenario, Target};
use crate::observer::Observer;
use crate::random::Random;
use crate::sky::{START, Sky};
use std::collections::BTreeMap;
use time::{Duration, UtcOffset};
use tls_console::credentials::ProfileId;
use tls_console::fleet::{Fleet, Head, Limits, Row, RowId, Share, Window};
use tls_console::sandbox::{self, Course, Provider, World};

pub(super) const ROWS: u32 = 50;

impl<'a> Scenario<'a> {
    pub(super) fn new(sky: &'a Sky, seed: u64) -> Self {
        let mut random = Random::new(seed);
        let mut world = World::new(seed);
        world.set_now(START);
        let mut head = Head::new(seed.to_string(), String::from("Fleet"), START, String::from("Test"));
        let (mut rows, mut targets) = (Vec::new(), Vec::new());
        for id in 0..ROWS {
            let (cloud, region) = (usize::from(random.percent(60)), usize::from(random.percent(30)));
            let mut twin = targets.iter_mut().filter(|target: &&mut Target| target.cloud == cloud && !target.is_twin);
            let twin = twin.next().filter(|_| random.percent(4));
            let instance = twin.as_ref().map(|twin| twin.instance.clone());
            let twin = twin.map(|twin| {
                twin.is_twin = true;
                (twin.target, twin.course)
            });
            let instance = instance.unwrap_or_else(|| pick(&mut random, sky, cloud, &targets));
            // Of Alibaba's instances a good part is in the wanted state: the API shows that.
            let is_on = cloud == 1 && world.https(&instance) == Some(true);
            let target = if is_on { random.percent(60) } else { cloud == 0 || random.percent(80) };
            let target = twin.map_or(target, |(target, _)| target);
            let profile = cloud + 2 * usize::from(random.percent(30));
            let mut spec = sky.spec(cloud, region, &instance, target);
            spec.profile = Some(ProfileId::new(1 + profile as u128));
            head.limits.entry(spec.lane()).or_insert_with(|| limits(&mut random));
            let token = u128::from(random.next()) << 64 | u128::from(random.next());
            rows.push(Row::new(RowId(id), spec, token));
            let provider = [Provider::Huawei, Provider::Aliyun][cloud];
            let course = twin.map_or_else(|| course(&mut random, provider), |(_, course)| course);
            world.set_course(&instance, course);
            let is_on = if cloud == 0 { world.ssl(&instance) } else { world.https(&instance) };
            let was_on = cloud == 1 && is_on == Some(target);
            let (exists, is_twin) = (is_on.is_some(), twin.is_some());
            let (switched, blind, late, looks) = (0, 0, 0, 0);
            targets.push(Target {
                cloud,
                instance,
                target,
                course,
                exists,
                profile,
                is_twin,
                switched,
                blind,
                was_on,
                late,
                looks,
                rival: None,
                had_conflict: false,
            });
        }
        if random.percent(50) {
            head.first = vec![RowId(31), RowId(7)];
        }
        let fleet = Fleet::new(head, rows);
        let mut observer = Observer::default();
        observer.begin(&fleet);
        let offset = UtcOffset::from_whole_seconds(i32::try_from(random.between(-24, 24)).unwrap() * 1_800).unwrap();
        let mut scenario = Self {
            random,
            sky,
            world,
            now: START,
            offset,
            fleet,
            observer,
            targets,
            next: BTreeMap::new(),
            timer: None,
            count: seed << 24,
            store: None,
            expired: [false; PROFILES],
            forgotten: [false; PROFILES],
            tells_time: false,
            is_stopped: false,
            retries: 0,
            resumes: false,
            out: Outcomes::default(),
        };
        scenario.tells_time = scenario.random.percent(70);
        if scenario.random.percent(10) {
            scenario.later_act(60, Act::Reload);
        }
        if scenario.random.percent(10) {
            scenario.later_act(60, Act::Expire(1));
        }
        scenario
    }

    /// What happens while the run is under way.
    pub(super) fn plan_acts(&mut self) {
        let acts = [
            (20, Act::Pause),
            (5, Act::IdleLock),
            (4, Act::Stop),
            (30, Act::Skip),
            (30, Act::Skip),
            (10, Act::Limit),
            (25, Act::Reload),
            (25, Act::Reload),
            (15, Act::Expire(0)),
            (15, Act::Expire(1)),
            (10, Act::Expire(2)),
            (10, Act::Expire(3)),
            (20, Act::Insist),
            (50, Act::Rival),
            (50, Act::Rival),
            (50, Act::Rival),
        ];
        for (percent, act) in acts {
            if self.random.percent(percent) {
                let most = [20, 100, 400][usize::try_from(self.random.between(0, 2)).unwrap()];
                self.later_act(most, act);
            }
        }
    }

    pub(super) fn profile(&self, number: usize) -> ProfileId {
        ProfileId::new(1 + number as u128)
    }

    pub(super) fn soon(&mut self) -> Duration {
        match self.random.percent(90) {
            true => Duration::milliseconds(self.random.between(20, 2_000)),
            false => Duration::milliseconds(self.random.between(2_000, 60_000)),
        }
    }
}

/// An instance that no other row has; a few that nobody has.
fn pick(random: &mut Random, sky: &Sky, cloud: usize, targets: &[Target]) -> String {
    if random.percent(3) {
        let number = random.between(100_000_000, 999_999_999);
        return match cloud {
            0 => format!("00000000000000000000000{number}in07"),
            _ => format!("es-cn-nobody{number}"),
        };
    }
    let all = &sky.instances[cloud];
    loop {
        let index = usize::try_from(random.between(0, i64::try_from(all.len() - 1).unwrap())).unwrap();
        if targets.iter().all(|target| target.instance != all[index]) {
            return all[index].clone();
        }
    }
}

pub(super) fn limits(random: &mut Random) -> Limits {
    let number = |random: &mut Random, most| u32::try_from(random.between(1, most)).unwrap();
    let percent = |random: &mut Random, least, most| u8::try_from(random.between(least, most)).unwrap();
    let concurrency = match random.percent(70) {
        true => Share::Number(number(random, 12)),
        false => Share::Percent(percent(random, 5, 100)),
    };
    let threshold = match random.between(0, 3) {
        0 => None,
        1 => Some(Share::Number(number(random, 5) - 1)),
        _ => Some(Share::Percent(percent(random, 0, 60))),
    };
    let rate = [0.7, 1.0, 2.0, 5.0, 10.0, 30.0][usize::try_from(random.between(0, 5)).unwrap()];
    let minute = |random: &mut Random| u16::try_from(random.between(0, 1_439)).unwrap();
    let window = random.percent(15).then(|| Window { from: minute(random), to: minute(random) });
    Limits { concurrency, rate, ramp: random.percent(50), threshold, window }
}

/// A few changes take hours, fail, or are seen late.
fn course(random: &mut Random, provider: Provider) -> Course {
    let longest = if random.between(1, 1_000) == 1 { 5_000 } else { 90 };
    let hidden = if random.percent(5) { 30 } else { 6 };
    // Alibaba's state is looked at for three minutes, and its calls have tokens.
    let hidden = match random.percent(2) && provider == Provider::Huawei {
        true => random.between(61_000, 150_000),
        false => random.between(0, hidden * 1_000),
    };
    Course {
        hidden: Duration::milliseconds(hidden),
        pending: Duration::seconds(random.between(0, 20)),
        takes: Duration::milliseconds(random.between(1_000, longest * 1_000)),
        // Where the API tells no failure, such a change is looked at until the time is over.
        end: match (random.between(0, 399), provider) {
            (0, _) | (1..20, Provider::Huawei) => sandbox::End::Failed,
            (20, _) | (21..40, Provider::Huawei) => sandbox::End::Canceled,
            _ => sandbox::End::Done,
        },
        flaps: random.percent(5),
        odd: random.percent(5),
    }
}
