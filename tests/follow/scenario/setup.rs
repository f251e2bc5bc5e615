//! The world before the act, and what is to come.

use super::{Act, Scenario};
use crate::caller::{Fate, draft};
use crate::clouds::{Cloud, Credential};
use crate::random::Random;
use serde_json::{Value, json};
use time::macros::datetime;
use time::{Duration, OffsetDateTime};
use tls_console::follow::LookRequest;
use tls_console::form::Draft;
use tls_console::sandbox::{self, Course, Provider, World};

const START: OffsetDateTime = datetime!(2026-11-22 10:00:00 UTC);

impl<'a> Scenario<'a> {
    pub(super) fn new(cloud: &'a Cloud, seed: u64) -> Self {
        let mut random = Random::new(seed);
        let mut world = World::new(seed);
        world.set_now(START);
        let target = random.percent(50);
        let (instance, id, values) = match cloud.provider {
            Provider::Huawei => ("096c0fc43e804757b59946b80dc27f8bin07", "SwitchGaussMySqlInstanceSsl", huawei(target)),
            Provider::Aliyun => {
                let id = if target { "OpenHttps" } else { "CloseHttps" };
                ("es-cn-n6w1o1x0w001c0001", id, vec![(String::from("InstanceId"), json!("es-cn-n6w1o1x0w001c0001"))])
            }
        };
        let operation = cloud.caller.operation(id).clone();
        let form = draft(&operation, seed, &values);
        let tells_time = random.percent(60);
        // A clock that nobody can compare is no more than a minute slow: the console could not know it.
        let ahead = Duration::seconds(random.between(if tells_time { -300 } else { -50 }, 300));
        let trouble = if random.percent(50) { 5 } else { random.between(10, 60) };
        let course = course(&mut random, cloud.provider);
        let mut scenario = Self {
            cloud,
            world,
            now: START,
            ahead,
            tells_time,
            has_colleague: false,
            has_rival: false,
            course,
            instance,
            target,
            follow_up: cloud.caller.follow_up(&operation.id).clone(),
            operation,
            form,
            before: 0,
            known: Vec::new(),
            trouble,
            denied: None,
            expires: None,
            forgotten: false,
            follow: None,
            timer: None,
            pending: None,
            late: None,
            acts: Vec::new(),
            not_before: None,
            refused: false,
            repeats: 0,
            conflicts: 0,
            extensions: 0,
            sleeps: random.between(0, 2),
            nonce: seed << 20,
            random,
        };
        scenario.switch_before();
        scenario.world.set_course(instance, course);
        scenario.plan();
        scenario
    }

    /// The thing is in the other state before the act, by a switch that may be just over.
    fn switch_before(&mut self) {
        if self.is_on() == self.target {
            let takes = Duration::seconds(self.random.between(1, 20));
            let course = Course { hidden: Duration::ZERO, takes, ..Course::ordinary(self.cloud.provider) };
            self.world.set_course(self.instance, course);
            let (id, values) = match self.cloud.provider {
                Provider::Huawei => ("SwitchGaussMySqlInstanceSsl", huawei(!self.target)),
                Provider::Aliyun => {
                    let id = if self.target { "CloseHttps" } else { "OpenHttps" };
                    (id, vec![(String::from("InstanceId"), json!(self.instance))])
                }
            };
            let operation = self.cloud.caller.operation(id).clone();
            let form = draft(&operation, u64::MAX, &values);
            self.nonce += 1;
            let look = LookRequest { number: 0, operation: id.to_owned(), parameters: values };
            let call = (&*operation, &(|| form.clone()) as &dyn Fn() -> Draft, Credential::Good);
            let clock = self.clock();
            let body = self.cloud.glance(&mut self.world, call, &look, clock, self.nonce).unwrap();
            // A colleague's task is known to nobody here; its time tells that it is not the one.
            self.has_colleague = self.tells_time && self.random.percent(50);
            if !self.has_colleague {
                self.known.extend(body["job_id"].as_str().map(str::to_owned));
            }
            self.now += takes + Duration::seconds(self.random.between(6, 100));
            self.world.set_now(self.now);
        }
        assert_eq!(self.is_on(), !self.target);
        self.before = self.world.switches(self.instance);
    }

    /// A colleague switches the thing to the other state, a few seconds before the act.
    pub(super) fn let_rival_switch(&mut self) {
        self.has_rival = self.cloud.provider == Provider::Huawei && self.random.percent(10);
        if !self.has_rival {
            return;
        }
        let values = huawei(!self.target);
        let operation = self.operation.clone();
        let form = draft(&operation, u64::MAX, &values);
        let (switched, _) = self.call(&operation, &form, Fate::Answered, 0);
        self.has_rival = self.world.switches(self.instance) > self.before;
        assert!(self.has_rival || self.credential() != Credential::Good, "{:?}", switched.result);
        self.before = self.world.switches(self.instance);
        self.now += Duration::seconds(self.random.between(8, 30));
    }

    fn plan(&mut self) {
        let start = self.now;
        let mut soon = |most: i64| start + Duration::milliseconds(self.random.between(1, most * 1000));
        let mut acts = Vec::new();
        if soon(100) < start + Duration::seconds(25) {
            let cancel = soon(300);
            acts.extend([(cancel, Act::Cancel), (cancel + (soon(2000) - start), Act::Resume)]);
        }
        for act in [Act::LookNow, Act::LookNow, Act::Reload, Act::Reload, Act::Reload] {
            if soon(100) < start + Duration::seconds(30) {
                acts.push((soon(300), act));
            }
        }
        acts.sort_by_key(|(at, _)| *at);
        self.acts = acts;
        if self.random.percent(5) {
            self.denied = Some(start + Duration::seconds(self.random.between(1, 200)));
        }
        if self.random.percent(15) {
            self.expires = Some(start + Duration::seconds(self.random.between(1, 200)));
        }
    }
}

fn huawei(target: bool) -> Vec<(String, Value)> {
    vec![
        (String::from("project_id"), json!("056538411200d4cd2f79c003c7606412")),
        (String::from("instance_id"), json!("096c0fc43e804757b59946b80dc27f8bin07")),
        (String::from("ssl_option"), json!(target)),
    ]
}

/// A few changes take hours, or are never seen.
fn course(random: &mut Random, provider: Provider) -> Course {
    let rare = random.between(1, 400);
    let never = rare == 1 && provider == Provider::Huawei;
    let longest = if rare == 2 { 5_000 } else { 100 };
    let hidden = match (random.percent(20), provider) {
        // Of such a change the API shows nothing until it is over.
        (true, Provider::Huawei) => 200,
        (true, Provider::Aliyun) => 30,
        (false, _) => 8,
    };
    Course {
        hidden: if never { Duration::MAX } else { Duration::seconds(random.between(0, hidden)) },
        pending: Duration::seconds(random.between(0, 40)),
        takes: Duration::seconds(random.between(1, longest)),
        end: match random.between(0, 99) {
            0..10 => sandbox::End::Failed,
            10..20 => sandbox::End::Canceled,
            _ => sandbox::End::Done,
        },
        flaps: random.percent(15),
        odd: random.percent(10),
    }
}
