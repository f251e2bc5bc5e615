//! The jobs of the account: those of accepted switches, and some that were there before.

use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

use super::instances::BUSY;
use super::job::{Job, Wanted, status};
use crate::clock;
use crate::sandbox::switch::Stage;
use crate::sandbox::world::World;

/// The name of a job that switches SSL.
pub(super) const SWITCH: &str = "GaussDBforMySQLSwitchSSL";

/// A job that runs for ever.
pub(crate) const RUNNING: &str = "5e1f0000-7c3a-4b1e-9d00-000000000000";
/// Jobs that ended.
pub(crate) const COMPLETED: &str = "5e1f0000-7c3a-4b1e-9d00-000000000001";
pub(crate) const FAILED: &str = "5e1f0000-7c3a-4b1e-9d00-000000000002";
pub(crate) const CANCELED: &str = "5e1f0000-7c3a-4b1e-9d00-000000000003";

const OLD: usize = 24;
const FAIL_REASON: &str = "The DB instance did not start again in time. The setting was put back.";

/// What can be seen of a job.
#[derive(Debug)]
pub(super) struct View {
    pub(super) id: String,
    pub(super) name: &'static str,
    pub(super) instance: String,
    pub(super) status: &'static str,
    process: String,
    pub(super) created: OffsetDateTime,
    ended: Option<OffsetDateTime>,
    fail_reason: &'static str,
}

impl View {
    fn fits(&self, wanted: &Wanted) -> bool {
        let is = |wanted: &Option<String>, own: &str| wanted.as_ref().is_none_or(|wanted| wanted == own);
        is(&wanted.status, self.status)
            && is(&wanted.name, self.name)
            && is(&wanted.id, &self.id)
            && wanted.is_at(self.created)
    }
}

/// A page of the jobs that fit, the newest first, and how many fit at all.
pub(super) fn page(world: &World, wanted: &Wanted, offset: usize, limit: usize) -> (Vec<View>, usize) {
    let (mut page, count) = if wanted.name.as_deref().is_none_or(|name| name == SWITCH) {
        world.huawei.database.jobs.page(world.work(), wanted, offset, limit)
    } else {
        (Vec::new(), 0)
    };
    let mut page: Vec<View> = page.drain(..).filter_map(|job| seen(world, job)).collect();
    let old: Vec<View> = (0..OLD).map(|index| old(world, index)).filter(|job| job.fits(wanted)).collect();
    let total = count + old.len();
    page.extend(old.into_iter().skip(offset.saturating_sub(count)).take(limit - page.len()));
    (page, total)
}

/// The job of an id, unless nobody can see it yet.
pub(super) fn find(world: &World, id: &str) -> Option<View> {
    match world.huawei.database.jobs.find(id) {
        Some(job) => seen(world, job),
        None => (0..OLD).map(|index| old(world, index)).find(|job| job.id == id),
    }
}

fn seen(world: &World, job: &Job) -> Option<View> {
    let running = |percent| format!("{percent}%");
    let stage = job.change.stage(world.work());
    let status = status(stage)?;
    let process = match stage {
        Stage::Running(percent) | Stage::Odd(percent) => running(percent),
        _ => String::new(),
    };
    let has_ended = |end: &Duration| *end <= world.work();
    let ended = Some(job.change.end()).filter(has_ended).map(|end| world.work_clock.date(end));
    let fail_reason = if status == "Failed" { FAIL_REASON } else { "" };
    let (id, instance) = (job.id.clone(), job.instance.clone());
    Some(View { id, name: SWITCH, instance, status, process, created: job.created, ended, fail_reason })
}

/// A job from before the world was looked at.
fn old(world: &World, index: usize) -> View {
    const NAMES: [&str; 5] = [
        SWITCH,
        "RebootGaussDBforMySQLInstance",
        "ResizeGaussDBforMySQLFlavor",
        "AddGaussDBforMySQLNodes",
        "RenameGaussDBforMySQLInstance",
    ];
    let hours = i64::try_from(index).unwrap_or_default();
    let created = world.born.checked_sub(Duration::minutes(10 + 60 * hours)).unwrap_or(world.born);
    let instance = |index| world.huawei.database.fleet_id(index);
    let (status, name, instance) = match index {
        0 => ("Running", "RebootGaussDBforMySQLInstance", BUSY.to_owned()),
        2 => ("Failed", SWITCH, instance(2)),
        3 => ("Canceled", SWITCH, instance(3)),
        _ => ("Completed", NAMES.get((index - 1) % NAMES.len()).copied().unwrap_or(SWITCH), instance(index)),
    };
    View {
        id: format!("{}{index:02}", RUNNING.get(..RUNNING.len() - 2).unwrap_or_default()),
        name,
        instance,
        status,
        process: if index == 0 { String::from("40%") } else { String::new() },
        created,
        ended: (index > 0).then_some(created + Duration::minutes(2)),
        fail_reason: if status == "Failed" { FAIL_REASON } else { "" },
    }
}

impl View {
    fn ended(&self) -> String {
        self.ended.map(clock::basic_offset).unwrap_or_default()
    }

    /// As `GET jobs` shows it.
    pub(super) fn details(&self, world: &World) -> Value {
        let name = world.huawei.database.find(&self.instance).map(|instance| instance.name);
        json!({ "job": {
            "id": self.id,
            "name": self.name,
            "status": self.status,
            "created": clock::basic_offset(self.created),
            "ended": self.ended(),
            "process": self.process,
            "instance": { "id": self.instance, "name": name },
            "entities": {},
            "fail_reason": self.fail_reason,
        } })
    }

    /// As the list of tasks shows it.
    pub(super) fn task(&self, world: &World) -> Value {
        let instance = world.huawei.database.find(&self.instance);
        let (name, status) = instance.map_or((None, "deleted"), |instance| (Some(instance.name), instance.status));
        json!({
            "job_id": self.id,
            "job_name": self.name,
            "status": self.status,
            "process": self.process,
            "instance_id": self.instance,
            "instance_name": name,
            "instance_status": status,
            "created_time": clock::basic_offset(self.created),
            "ended_time": self.ended(),
            "fail_reason": self.fail_reason,
            "order_id": "",
            "show_detail": false,
        })
    }
}
