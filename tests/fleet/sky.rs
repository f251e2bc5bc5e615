//! Both clouds with what all seeds share: instances, reads, descriptions.

use super::caller::draft;
use super::clouds::{Clock, Cloud, Credential, deliver};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;
use time::macros::datetime;
use time::{Duration, OffsetDateTime};
use tls_console::catalog::{FollowUp, Operation};
use tls_console::credentials::ProfileId;
use tls_console::fleet::RowSpec;
use tls_console::fleet::call;
use tls_console::follow::preconditions::Read;
use tls_console::follow::{LookRequest, Place};
use tls_console::form::Draft;
use tls_console::sandbox::{Provider, Request, World};

pub(crate) const START: OffsetDateTime = datetime!(2026-11-22 10:00:00 UTC);
pub(crate) const PROJECT: &str = "056538411200d4cd2f79c003c7606412";

pub(crate) struct Sky {
    pub(crate) clouds: [Cloud; 2],
    /// The ids of instances, Huawei's and Alibaba's.
    pub(crate) instances: [Vec<String>; 2],
    /// The reads of an operation for an instance: every seed makes the same.
    reads: RefCell<HashMap<(String, String), Reads>>,
    /// What they show before anything is changed.
    first: RefCell<HashMap<(String, Credential), Option<Value>>>,
    /// Requests of looks: signatures are good for a quarter of an hour.
    signed: RefCell<HashMap<(String, Credential, i64, u64), Request>>,
}

/// The reads for the preconditions of a row.
type Reads = Rc<Vec<Read>>;

/// A call that looks, with what makes its form.
type Call<'a> = (&'a Operation, &'a dyn Fn() -> Draft, Credential);

/// A request that is signed is used by all seeds for so many seconds of their time.
const SIGNED_FOR: i64 = 600;

impl Sky {
    pub(crate) fn new() -> Self {
        let clouds = [Provider::Huawei, Provider::Aliyun].map(Cloud::new);
        let mut world = World::new(0);
        let mut list = |cloud: usize, id: &str, values: Vec<(String, Value)>, pointer: &str, name: &str| {
            let operation = clouds[cloud].caller.operation(id).clone();
            let look = LookRequest { number: 0, operation: id.to_owned(), parameters: values.clone() };
            let form = || draft(&operation, 0, &values);
            let call = (&*operation, &form as &dyn Fn() -> Draft, Credential::Good);
            let clock = Clock { now: START, ahead: Duration::ZERO };
            let body = clouds[cloud].glance(&mut world, call, &look, clock, u64::MAX).unwrap();
            let items = body.pointer(pointer).and_then(Value::as_array).unwrap().clone();
            let ids = items.iter().filter_map(|item| item[name].as_str().map(str::to_owned));
            // A masked id is another name of an instance.
            ids.filter(|id| !id.contains('*')).collect::<Vec<String>>()
        };
        let (named, limit) = (|name: &str| name.to_owned(), json!("100"));
        let project = (named("project_id"), json!(PROJECT));
        let huawei =
            list(0, "ListGaussMySqlInstancesUnifyStatus", vec![project, (named("limit"), limit)], "/instances", "id");
        let aliyun = list(1, "ListInstance", vec![(named("size"), json!("100"))], "/Result", "instanceId");
        assert!(huawei.len() > 90 && aliyun.len() > 90, "{} {}", huawei.len(), aliyun.len());
        Self {
            clouds,
            instances: [huawei, aliyun],
            reads: RefCell::default(),
            first: RefCell::default(),
            signed: RefCell::default(),
        }
    }

    pub(crate) fn operation(&self, cloud: usize, id: &str) -> (&Arc<Operation>, &Arc<FollowUp>) {
        let caller = &self.clouds[cloud].caller;
        (caller.operation(id), caller.follow_up(id))
    }

    /// A row: an instance of a cloud, in one of two regions, on or off.
    pub(crate) fn spec(&self, cloud: usize, region: usize, instance: &str, target: bool) -> RowSpec {
        let (id, values, field) = match cloud {
            0 => {
                let values = vec![
                    ("project_id", json!(PROJECT)),
                    ("instance_id", json!(instance)),
                    ("ssl_option", json!(target)),
                ];
                ("SwitchGaussMySqlInstanceSsl", values, "SSL")
            }
            _ => (if target { "OpenHttps" } else { "CloseHttps" }, vec![("InstanceId", json!(instance))], "HTTPS"),
        };
        let (operation, _) = self.operation(cloud, id);
        let mut form = Draft::default();
        form.server = region;
        RowSpec {
            api: operation.api.clone(),
            operation: id.to_owned(),
            place: Place::of(operation, &form),
            region: form.region_of(operation),
            values: values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
            subject: instance.to_owned(),
            act: format!("{field} {}", if target { "on" } else { "off" }),
            provider: operation.provider.clone(),
            profile: Some(ProfileId::new(1 + cloud as u128)),
        }
    }

    /// What a plan reads: in every seed the same. `None`: it is no plain success.
    pub(crate) fn read(
        &self,
        cloud: usize,
        world: &mut World,
        call: Call<'_>,
        look: &LookRequest,
        now: OffsetDateTime,
    ) -> Option<Value> {
        let key = (format!("{} {:?}", look.operation, look.parameters), call.2);
        if let Some(known) = self.first.borrow().get(&key) {
            return known.clone();
        }
        let clock = Clock { now, ahead: Duration::ZERO };
        let nonce = u64::MAX - self.first.borrow().len() as u64;
        let body = self.clouds[cloud].glance(world, call, look, clock, nonce);
        self.first.borrow_mut().insert(key, body.clone());
        body
    }

    /// Looks, and reads the answer in the short way. `None`: it is no plain success. `number`: of the look at this instance.
    pub(crate) fn look(
        &self,
        cloud: usize,
        world: &mut World,
        (operation, form, credential): Call<'_>,
        look: &LookRequest,
        (now, number): (OffsetDateTime, u64),
    ) -> Option<Value> {
        let own = format!("{} {:?}", look.operation, look.parameters);
        // What needs no signature is good for ever.
        let time = if cloud == 0 { 0 } else { (now - START).whole_seconds() / SIGNED_FOR };
        let number = if cloud == 0 { 0 } else { number };
        let mut signed = self.signed.borrow_mut();
        let made = signed.len() as u64;
        let request = signed.entry((own, credential, time, number)).or_insert_with(|| {
            let keyring = self.clouds[cloud].keyring(credential);
            let at = START + Duration::seconds(time * SIGNED_FOR);
            self.clouds[cloud].caller.request((operation, &form(), keyring), at, (1 << 62) + made)
        });
        let response = deliver(world, now, request);
        let is_plain = response.status() == 200 && response.extensions().is_empty();
        is_plain.then(|| serde_json::from_slice(response.body()).unwrap())
    }

    pub(crate) fn reads(&self, cloud: usize, spec: &RowSpec) -> Reads {
        let key = (spec.operation.clone(), format!("{} {}", spec.subject, spec.act));
        let make = || {
            let (operation, follow_up) = self.operation(cloud, &spec.operation);
            let form = call::form(spec, 0, operation).unwrap();
            Rc::new(call::reads(operation, follow_up, &form).unwrap())
        };
        self.reads.borrow_mut().entry(key).or_insert_with(make).clone()
    }
}
