//! ListInstance: the instances that fit, page by page.

use serde_json::Value;

use super::instances::Instance;
use super::invalid;
use crate::sandbox::api_error::ApiError;
use crate::sandbox::provider::Provider;
use crate::sandbox::world::World;
use crate::sandbox::{Request, Response, faults, reply, wire};

/// Parameters that a field of the answer with the same name must be equal to.
const EQUAL: [&str; 6] = ["instanceId", "status", "esVersion", "paymentType", "instanceCategory", "resourceGroupId"];
/// Parameters whose fields no instance of the sandbox has.
const NOWHERE: [&str; 3] = ["vpcId", "zoneId", "tags"];

pub(super) fn answer(world: &mut World, request: &Request) -> Result<Response, ApiError> {
    let asked = |name: &str| wire::query_value(request, name).filter(|text| !text.is_empty());
    if let Some(id) = asked("instanceId") {
        faults::documented_error(world, Provider::Aliyun, &id)?;
    }
    let page = number("page", asked("page"), 1, usize::MAX)?;
    let size = number("size", asked("size"), 10, 100)?;
    let offset = (page - 1).saturating_mul(size);
    let work = world.work();
    let made = |id: String| world.aliyun.find(&id).map(|instance| (id, instance));
    let wanted: Vec<(&str, String)> = EQUAL.iter().filter_map(|name| Some((*name, asked(name)?))).collect();
    let part = asked("description");
    let fits = |id: &str, instance: &Instance| {
        wanted.iter().all(|(name, value)| instance.listed(id, name, work) == value)
            && part.as_ref().is_none_or(|part| instance.name.contains(part))
    };
    let mut shown: Vec<Value> = Vec::new();
    let mut total = 0;
    if NOWHERE.iter().any(|name| asked(name).is_some()) {
        // No instance fits.
    } else if wanted.is_empty() && part.is_none() {
        // Only the instances of the page are made.
        let found = world.aliyun.ids(offset).take(size).filter_map(made);
        shown.extend(found.map(|(id, instance)| instance.list(&id, work)));
        total = world.aliyun.count();
    } else {
        for (id, instance) in world.aliyun.ids(0).filter_map(made).filter(|(id, instance)| fits(id, instance)) {
            if (offset..offset.saturating_add(size)).contains(&total) {
                shown.push(instance.list(&id, work));
            }
            total += 1;
        }
    }
    Ok(reply::aliyun_page(world, &Value::Array(shown), total))
}

/// A whole number from 1.
pub(super) fn number(name: &str, text: Option<String>, default: usize, most: usize) -> Result<usize, ApiError> {
    let Some(text) = text else { return Ok(default) };
    text.parse().ok().filter(|number| (1..=most).contains(number)).ok_or_else(|| invalid(name))
}
