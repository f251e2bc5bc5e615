//! TaurusDB: what can be read. Instances, one or many, and their jobs.

use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

use super::instances::Instance;
use super::job::Wanted;
use super::refusals::{check_id, no_instance, parameter_error};
use super::{account, jobs};
use crate::clock;
use crate::sandbox::api_error::ApiError;
use crate::sandbox::course::End;
use crate::sandbox::provider::Provider;
use crate::sandbox::switch::Stage;
use crate::sandbox::world::World;
use crate::sandbox::{Request, Response, faults, reading, reply, wire};

/// Parameters of the list whose fields no instance of the sandbox has.
const NOWHERE: [&str; 7] =
    ["vpc_id", "subnet_id", "private_ip", "readonly_private_ip", "proxy_ip", "tags", "dedicated_resource_id"];

fn asked(request: &Request, name: &str) -> Option<String> {
    wire::query_value(request, name).filter(|text| !text.is_empty())
}

/// A number of a query.
fn number(request: &Request, name: &str, default: usize, fits: impl Fn(usize) -> bool) -> Result<usize, ApiError> {
    let Some(text) = asked(request, name) else { return Ok(default) };
    text.parse().ok().filter(|number| fits(*number)).ok_or_else(parameter_error)
}

/// Whether a text is the one asked for; with `*` in front, whether it contains the rest.
fn fits(text: &str, asked: Option<&String>) -> bool {
    asked.is_none_or(|asked| match asked.strip_prefix('*') {
        Some(part) => text.contains(part),
        None => text == asked,
    })
}

/// The instances that fit.
pub(super) fn list(world: &mut World, request: &Request, project: &str) -> Result<Response, ApiError> {
    let (id, name) = (asked(request, "id"), asked(request, "name"));
    if let Some(id) = &id {
        faults::documented_error(world, Provider::Huawei, id)?;
    }
    if [&id, &name].into_iter().flatten().any(|text| text == "*") {
        return Err(parameter_error());
    }
    let offset = number(request, "offset", 0, |_| true)?;
    let limit = number(request, "limit", 100, |limit| (1..=100).contains(&limit))?;
    let is_nowhere = NOWHERE.iter().any(|name| asked(request, name).is_some());
    let is_other = |(name, only)| asked(request, name).is_some_and(|asked| asked != only);
    let none = is_nowhere || [("type", "Cluster"), ("datastore_type", "gaussdb-mysql")].into_iter().any(is_other);
    let region = account::project(project).map_or("", account::Project::region);
    let (found, total) = if none { (Vec::new(), 0) } else { page(world, id.as_ref(), name.as_ref(), offset, limit) };
    let shown = found.iter().map(|(id, instance)| listed(world, id, instance, region));
    let body = json!({ "instances": shown.collect::<Vec<Value>>(), "total_count": total });
    Ok(reply::huawei(world, 200, &body))
}

/// The instances of a page, and how many fit at all. Without a filter only those of the page are made.
fn page(
    world: &World,
    id: Option<&String>,
    name: Option<&String>,
    offset: usize,
    limit: usize,
) -> (Vec<(String, Instance)>, usize) {
    let database = &world.huawei.database;
    let made = |id: String| database.find(&id).map(|instance| (id, instance));
    if id.is_none() && name.is_none() {
        return (database.ids(offset).take(limit).filter_map(made).collect(), database.count());
    }
    let mut total = 0;
    let mut page = Vec::new();
    let candidates = database.ids(0).filter(|own| fits(own, id)).filter_map(made);
    for found in candidates.filter(|(_, instance)| fits(&instance.name, name)) {
        if (offset..offset.saturating_add(limit)).contains(&total) {
            page.push(found);
        }
        total += 1;
    }
    (page, total)
}

/// What list and details have in common.
fn listed(world: &World, id: &str, instance: &Instance, region: &str) -> Value {
    json!({
        "id": id,
        "name": instance.name,
        "status": status(world, instance),
        "type": "Cluster",
        "region": region,
        "port": "3306",
        "private_ips": ["192.168.0.142"],
        "public_ips": [],
        "datastore": datastore(),
        "created": "2026-01-12T08:00:00+0000",
        "updated": "2026-11-02T08:00:00+0000",
        "time_zone": "UTC",
        "enterprise_project_id": "0",
        "tags": [],
    })
}

fn datastore() -> Value {
    json!({ "type": "gaussdb-mysql", "version": "8.0.22", "kernel_version": "2.0.57.240900" })
}

/// Nothing says that it restarts, unless the course wants a state that goes back and forth.
fn status(world: &World, instance: &Instance) -> &'static str {
    match instance.ssl.stage(world.work()) {
        Some(Stage::Flapped) => "abnormal",
        Some(Stage::Ended(End::Failed)) => "normal",
        _ => instance.status,
    }
}

/// One instance with its nodes.
pub(super) fn details(world: &mut World, project: &str, id: &str) -> Result<Response, ApiError> {
    check_id(id)?;
    faults::documented_error(world, Provider::Huawei, id)?;
    reading::around(world, Provider::Huawei, id, |world| {
        let instance = world.huawei.database.find(id).ok_or_else(no_instance)?;
        let node = |index: usize| {
            json!({
                "id": format!("{}{index:02}no07", id.get(..30).unwrap_or_default()),
                "name": format!("{}_node{:02}", instance.name, index + 1),
                "type": if index == 0 { "master" } else { "slave" },
                "status": status(world, &instance),
                "az_code": format!("az{}", index % 3 + 1),
                "port": 3306,
                "need_restart": false,
            })
        };
        let body = json!({ "instance": {
            "id": id,
            "name": instance.name,
            "project_id": project,
            "status": status(world, &instance),
            "type": "Cluster",
            "port": "3306",
            "private_write_ips": ["192.168.0.142"],
            "public_ips": "",
            "node_count": instance.nodes,
            "nodes": (0..instance.nodes).map(node).collect::<Vec<Value>>(),
            "datastore": datastore(),
            "az_mode": if instance.nodes > 1 { "multi" } else { "single" },
            "maintenance_window": "18:00-22:00",
            "created": "2026-01-12T08:00:00+0000",
            "updated": "2026-11-02T08:00:00+0000",
            "time_zone": "UTC",
            "proxies": [],
            "tags": [],
        } });
        Ok(reply::huawei(world, 200, &body))
    })
}

/// One job.
pub(super) fn job(world: &mut World, request: &Request) -> Result<Response, ApiError> {
    let id = asked(request, "id").ok_or_else(parameter_error)?;
    faults::documented_error(world, Provider::Huawei, &id)?;
    let unknown = || ApiError::new(400, "DBS.200543", "The job does not exist.");
    let instance = world.huawei.database.jobs.find(&id).map(|job| job.instance.clone()).unwrap_or_default();
    reading::around(world, Provider::Huawei, &instance, |world| {
        let body = jobs::find(world, &id).ok_or_else(unknown)?.details(world);
        Ok(reply::huawei(world, 200, &body))
    })
}

/// The place in the fleet of the instance whose job is asked for.
pub(super) fn index_of_job(world: &World, request: &Request) -> Option<usize> {
    let database = &world.huawei.database;
    database.index_of(&database.jobs.find(&asked(request, "id")?)?.instance)
}

/// The jobs that fit, of all instances, the newest first.
pub(super) fn tasks(world: &mut World, request: &Request) -> Result<Response, ApiError> {
    let (status, name, id) = (asked(request, "status"), asked(request, "job_name"), asked(request, "job_id"));
    if let Some(id) = &id {
        faults::documented_error(world, Provider::Huawei, id)?;
    }
    let offset = number(request, "offset", 1, |_| true)?.max(1) - 1;
    let limit = number(request, "limit", 10, |limit| [10, 20, 50].contains(&limit))?;
    let (start, end) = (moment(request, "start_time")?, moment(request, "end_time")?);
    let work = world.work();
    world.huawei.database.jobs.settle(work);
    let wanted = Wanted { status, name, id, start, end };
    let (found, total) = jobs::page(world, &wanted, offset, limit);
    let shown: Vec<Value> = found.iter().map(|job| job.task(world)).collect();
    let body = json!({ "jobs": shown, "total_count": total, "action_names": [jobs::SWITCH] });
    Ok(reply::huawei(world, 200, &body))
}

/// `2018-08-06T10:41:14+0800`. A `+` that was not encoded came as a blank.
fn moment(request: &Request, name: &str) -> Result<Option<OffsetDateTime>, ApiError> {
    let Some(text) = asked(request, name) else { return Ok(None) };
    let parse = || {
        let (date, zone) = (text.get(..19)?, text.get(19..)?);
        let sign = if zone.starts_with('-') { -1 } else { 1 };
        let digits: i64 = zone
            .trim_start_matches(['+', '-', ' ', 'Z'])
            .parse()
            .or_else(|error| if zone == "Z" { Ok(0) } else { Err(error) })
            .ok()?;
        let offset = Duration::hours(digits / 100) + Duration::minutes(digits % 100);
        clock::parse_rfc3339(&format!("{date}Z"))?.checked_sub(offset * sign)
    };
    parse().map(Some).ok_or_else(parameter_error)
}
