//! The Elasticsearch instances of the account.

use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

use crate::sandbox::course::{Course, End};
use crate::sandbox::fleet::Fleet;
use crate::sandbox::provider::Provider;
use crate::sandbox::sentinel::{self, Sentinel};
use crate::sandbox::switch::{Change, Stage, Switch};

/// An instance that does what it is told.
pub(crate) const INSTANCE: &str = "es-cn-n6w1o1x0w001c0001";
/// The masked id that the vendor's own examples show; it works like [`INSTANCE`].
pub(crate) const MASKED: &str = "es-cn-n6w1o1x0w001c****";
/// An instance that answers HTTPS already.
pub(crate) const HTTPS: &str = "es-cn-https00000001";
/// Version 8.5: needs no coordinating node, has none.
pub(crate) const CLOUD_NATIVE: &str = "es-cn-cloudnative0001";
/// Version 7.10 without a coordinating node.
pub(crate) const NO_COORDINATOR: &str = "es-cn-noclientnode0001";
/// Version 6.7 without a coordinating node, which every version before 7.10 needs.
pub(crate) const OLD: &str = "es-cn-oldnoclient0001";
/// Some other change never ends here.
pub(crate) const ACTIVATING: &str = "es-cn-activating0001";
/// Frozen.
pub(crate) const INACTIVE: &str = "es-cn-inactive0001";
/// Answers a change with `"Result": false`.
pub(crate) const REFUSING: &str = "es-cn-resultfalse0001";

/// All of these, as the list has them.
pub(super) const SPECIAL: [&str; 9] =
    [INSTANCE, MASKED, HTTPS, CLOUD_NATIVE, NO_COORDINATOR, OLD, ACTIVATING, INACTIVE, REFUSING];

/// What all instances have in common.
const CATEGORY: &str = "x-pack";
const PAYMENT: &str = "postpaid";
const GROUP: &str = "rg-sandbox";

#[derive(Debug, Clone)]
pub(super) struct Instance {
    pub(super) name: String,
    version: &'static str,
    has_coordinator: bool,
    needs_coordinator: bool,
    /// Its status while nothing changes it.
    status: &'static str,
    always_fails: bool,
    pub(super) https: Switch,
    pub(super) course: Course,
    /// The changes that were accepted.
    pub(super) records: Vec<Record>,
}

/// A change that was accepted.
#[derive(Debug, Clone)]
pub(super) struct Record {
    pub(super) action: &'static str,
    pub(super) request: String,
    pub(super) began: OffsetDateTime,
    pub(super) change: Change,
}

/// Why a change does not start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    Activating,
    /// Frozen, suspended or out of reach.
    NotActive,
    NoCoordinator,
    /// Status 200 and `"Result": false`.
    Fails,
}

/// The id of an instance of a fleet. It ends in the index.
pub(crate) fn id_of(fleet: Fleet, index: usize) -> String {
    format!("es-cn-{}0a{index:03}", fleet.digits(index))
}

/// The place of an instance in a fleet. `None`: it is none of the fleet.
pub(super) fn index_of(fleet: Fleet, id: &str) -> Option<usize> {
    fleet.index_of(id, id.strip_prefix("es-cn-")?.get(10..)?, id_of)
}

impl Instance {
    /// Version 7.10 with coordinating nodes, HTTP, nothing running.
    fn ordinary(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            version: "7.10.0_with_X-Pack",
            has_coordinator: true,
            needs_coordinator: true,
            status: "active",
            always_fails: false,
            https: Switch::at(false),
            course: Course::ordinary(Provider::Aliyun),
            records: Vec::new(),
        }
    }

    fn of_fleet(fleet: Fleet, index: usize) -> Self {
        const VERSIONS: [(&str, bool); 5] = [
            ("6.7.0_with_X-Pack", true),
            ("7.10.0_with_X-Pack", true),
            ("7.16.2_with_X-Pack", false),
            ("8.5.1_with_X-Pack", false),
            ("8.9.1_with_X-Pack", false),
        ];
        let is_first = fleet.seed == 0;
        let place = match fleet.chance(index, 1) {
            _ if is_first => index % VERSIONS.len(),
            0..80 => 0,
            80..330 => 1,
            330..650 => 2,
            650..930 => 3,
            _ => 4,
        };
        let (version, needs_coordinator) = VERSIONS.get(place).copied().unwrap_or_default();
        let status = match (is_first, index, fleet.chance(index, 2)) {
            (true, index, _) if index % 19 == 4 => "activating",
            (true, index, _) if index % 31 == 8 => "inactive",
            (true, index, _) if index % 43 == 11 => "invalid",
            (false, _, 0..20) => "activating",
            (false, _, 20..35) => "inactive",
            (false, _, 35..45) => "invalid",
            (false, _, 45..50) => "suspended",
            _ => "active",
        };
        let is_on = if is_first { index.is_multiple_of(3) } else { fleet.chance(index, 3) < 200 };
        let chance = fleet.chance(index, 4);
        let has_coordinator = match (is_first, needs_coordinator) {
            (true, _) => index % 4 != 1,
            // Those who need one have bought one, mostly.
            (false, true) => chance < 850,
            (false, false) => chance < 400,
        };
        let ordinary = Self::ordinary(&Fleet::name(index));
        Self { version, needs_coordinator, status, https: Switch::at(is_on), has_coordinator, ..ordinary }
    }

    /// As it was before anybody changed it. `None`: there is no such instance.
    pub(super) fn new(fleet: Fleet, id: &str) -> Option<Self> {
        if let Some(index) = index_of(fleet, id) {
            return Some(Self::of_fleet(fleet, index));
        }
        let ordinary = Self::ordinary("sandbox");
        let begun = |instance: Self| Some(Self { https: Switch::at(id.ends_with(sentinel::IS_HTTPS)), ..instance });
        match sentinel::read(Provider::Aliyun, id) {
            Some(Sentinel::Course(kind)) => return begun(Self { course: kind.course(Provider::Aliyun), ..ordinary }),
            Some(Sentinel::Fault(_) | Sentinel::Reading(_)) => return begun(ordinary),
            Some(Sentinel::Error(..)) => return None,
            None => {}
        }
        Some(match id {
            INSTANCE | MASKED => ordinary,
            HTTPS => Self { https: Switch::at(true), ..ordinary },
            CLOUD_NATIVE => Self {
                name: String::from("search-v8"),
                version: "8.5.1_with_X-Pack",
                has_coordinator: false,
                needs_coordinator: false,
                ..ordinary
            },
            NO_COORDINATOR => Self { has_coordinator: false, ..ordinary },
            OLD => Self { version: "6.7.0_with_X-Pack", has_coordinator: false, ..ordinary },
            ACTIVATING => Self { status: "activating", ..ordinary },
            INACTIVE => Self { status: "inactive", ..ordinary },
            REFUSING => Self { always_fails: true, ..ordinary },
            _ => return None,
        })
    }

    pub(super) fn refusal(&self, target: bool, work: Duration) -> Option<Refusal> {
        match self.status(work) {
            // A change that nobody sees is one all the same.
            _ if self.https.is_moving(work) => Some(Refusal::Activating),
            "activating" => Some(Refusal::Activating),
            "active" if target && self.needs_coordinator && !self.has_coordinator => Some(Refusal::NoCoordinator),
            "active" => self.always_fails.then_some(Refusal::Fails),
            _ => Some(Refusal::NotActive),
        }
    }

    pub(super) fn status(&self, work: Duration) -> &'static str {
        match self.https.stage(work) {
            None | Some(Stage::Hidden | Stage::Flapped | Stage::Ended(End::Done | End::Failed)) => self.status,
            Some(Stage::Pending | Stage::Running(_)) => "activating",
            Some(Stage::Odd(_)) => "restarting",
            Some(Stage::Ended(End::Canceled)) => "suspended",
        }
    }

    pub(super) fn protocol(&self, work: Duration) -> &'static str {
        if self.https.value(work) { "HTTPS" } else { "HTTP" }
    }

    /// A text of [`Self::list`], by its name there.
    pub(super) fn listed<'a>(&'a self, id: &'a str, name: &str, work: Duration) -> &'a str {
        match name {
            "instanceId" => id,
            "description" => &self.name,
            "status" => self.status(work),
            "esVersion" => self.version,
            "instanceCategory" => CATEGORY,
            "paymentType" => PAYMENT,
            "resourceGroupId" => GROUP,
            _ => "",
        }
    }

    /// The fields of ListInstance that matter here. The port is a text in this answer only.
    pub(super) fn list(&self, id: &str, work: Duration) -> Value {
        json!({
            "instanceId": id,
            "description": self.name,
            "status": self.status(work),
            "protocol": self.protocol(work),
            "esVersion": self.version,
            "instanceCategory": CATEGORY,
            "paymentType": PAYMENT,
            "nodeAmount": 3,
            "port": "9200",
            "resourceGroupId": GROUP,
            "createdAt": "2026-01-12T08:00:00.000Z",
            "updatedAt": "2026-11-02T08:00:00.000Z",
            "tags": [],
        })
    }

    /// The fields of DescribeInstance that matter here.
    pub(super) fn describe(&self, id: &str, work: Duration) -> Value {
        let status = self.status(work);
        let mut result = json!({
            "instanceId": id,
            "description": self.name,
            "status": status,
            "protocol": self.protocol(work),
            "esVersion": self.version,
            "archType": if self.needs_coordinator { "exclusive" } else { "public" },
            "instanceCategory": CATEGORY,
            "haveClientNode": self.has_coordinator,
            "port": 9200,
            "enablePublic": false,
            "paymentType": PAYMENT,
            "nodeAmount": 3,
            "resourceGroupId": GROUP,
            "tags": [],
        });
        let Some(members) = result.as_object_mut() else { return result };
        // What is out of reach has no address.
        if status != "invalid" {
            members.insert("domain".to_owned(), format!("{id}.elasticsearch.aliyuncs.com").into());
        }
        if self.has_coordinator {
            let nodes = json!({ "amount": 2, "spec": "elasticsearch.sn2ne.large" });
            members.insert("clientNodeConfiguration".to_owned(), nodes);
        }
        result
    }
}
