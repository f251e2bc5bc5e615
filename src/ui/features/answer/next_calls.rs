//! The calls that follow from an answer, as the links of its description say. A link opens the form of that call, filled; it
//! sends nothing.

use crate::call::Exchange;
use crate::catalog::Link;
use crate::form::REGION;
use crate::outcome::{Answer, Expression, Outcome, link_values};
use crate::transport::Reply;
use crate::ui::route::{Route, filled};
use crate::ui::state::{Stores, use_stores};
use leptos::prelude::*;

/// A call that is offered here.
pub(super) struct NextCall {
    pub(super) label: String,
    route: Route,
    link: Link,
    /// The region of the call that was answered.
    region: String,
}

impl NextCall {
    /// The address of its form. `values` fills the link with what the answer says and, by its second argument, with what was
    /// sent.
    pub(super) fn address(
        &self,
        exchange: &Exchange,
        values: impl FnOnce(&Link, &dyn Fn(Expression<'_>) -> Option<String>) -> Option<Vec<(String, String)>>,
    ) -> Option<String> {
        let sent = |expression: Expression<'_>| exchange.request.sent_value(&exchange.operation.path, expression);
        let mut values = values(&self.link, &sent)?;
        if !self.region.is_empty() && values.iter().all(|(name, _)| name != REGION) {
            values.push((REGION.to_owned(), self.region.clone()));
        }
        Some(filled(&self.route, &values))
    }
}

/// All of an answer, those of the rows of its lists as well.
pub(super) fn next_calls(stores: Stores, exchange: &Exchange) -> Vec<NextCall> {
    let operation = &exchange.operation;
    let status = exchange.result.as_ref().map_or(0, |(reply, _)| reply.status);
    let Some(api) = untrack(|| stores.site.api(&operation.api)) else { return Vec::new() };
    let links = operation.response(status).map(|response| response.links.clone()).unwrap_or_default();
    let offered = links.into_iter().filter_map(|link| {
        let entry = api.operations.iter().find(|entry| entry.operation_id == link.operation)?;
        let route = Route::Operation { api: api.id.clone(), id: entry.id.clone() };
        Some(NextCall { label: entry.summary.clone(), route, link, region: exchange.region.clone() })
    });
    offered.collect()
}

/// Links to those of the answer as a whole.
pub(super) fn of_whole(exchange: &Exchange, reply: &Reply, answer: &Answer) -> Vec<AnyView> {
    // Whatever else answered says nothing of the thing.
    if answer.outcome != Outcome::Success {
        return Vec::new();
    }
    let calls = next_calls(use_stores(), exchange);
    let body = (!calls.is_empty()).then(|| answer.value(reply)).flatten().unwrap_or_default();
    let links = calls.iter().filter_map(|call| {
        let href = call.address(exchange, |link, sent| link_values(link, &body, sent))?;
        Some(view! { <a class="button" href=href>{call.label.clone()}</a> }.into_any())
    });
    links.collect()
}
