//! ListInstance: the instances that fit, page by page.

use serde_json::Value;

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
    let fits = |item: &Value| {
        let text = |name: &str| item.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        EQUAL.iter().all(|name| asked(name).is_none_or(|wanted| wanted == text(name)))
            && NOWHERE.iter().all(|name| asked(name).is_none())
            && asked("description").is_none_or(|part| text("description").contains(&part))
    };
    let work = world.work();
    let all = world.aliyun.all().map(|(id, instance)| instance.list(&id, work));
    let found: Vec<Value> = all.filter(fits).collect();
    let shown = found.iter().skip((page - 1).saturating_mul(size)).take(size).cloned().collect();
    Ok(reply::aliyun_page(world, &Value::Array(shown), found.len()))
}

/// A whole number from 1.
pub(super) fn number(name: &str, text: Option<String>, default: usize, most: usize) -> Result<usize, ApiError> {
    let Some(text) = text else { return Ok(default) };
    text.parse().ok().filter(|number| (1..=most).contains(number)).ok_or_else(|| invalid(name))
}
