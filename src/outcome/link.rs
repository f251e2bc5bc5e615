//! The calls that follow from an answer, filled with what it says.

use super::Expression;
use crate::catalog::{Link, plain_text};
use serde_json::Value;

/// The fields that a link fills. `body` knows what a pointer leads to in the answer, `request` what was sent. `None`: one of
/// the values is not there, or one that is there makes the call needless.
pub(super) fn values(
    link: &Link,
    body: &dyn Fn(&str) -> Option<String>,
    request: &dyn Fn(Expression<'_>) -> Option<String>,
) -> Option<Vec<(String, String)>> {
    let find = |expression: Expression<'_>| match expression {
        Expression::ResponseBody(pointer) => body(pointer),
        expression => request(expression),
    };
    let is_needless = link.unless.iter().any(|(expression, needless)| {
        let found = Expression::parse(expression).and_then(find);
        found.is_some_and(|found| {
            needless.as_array().is_some_and(|values| values.iter().any(|value| plain_text(value) == found))
        })
    });
    if is_needless {
        return None;
    }
    let value = |(name, value): &(String, Value)| {
        let text = match value.as_str().and_then(Expression::parse) {
            Some(expression) => find(expression)?,
            None => plain_text(value),
        };
        Some((name.clone(), text))
    };
    link.parameters.iter().map(value).collect()
}

/// The fields that a link of the answer as a whole fills. `body` is what the answer says, masked; `request` knows what was
/// sent. `None`: one of them lacks what the link takes, the answer makes it needless, or it is a link of the rows of a list.
pub fn link_values(
    link: &Link,
    body: &Value,
    request: &dyn Fn(Expression<'_>) -> Option<String>,
) -> Option<Vec<(String, String)>> {
    values(link, &|pointer| outside_lists(body, pointer).map(plain_text), request)
}

/// What a pointer leads to, if it goes through no list.
fn outside_lists<'a>(body: &'a Value, pointer: &str) -> Option<&'a Value> {
    let ends = pointer.match_indices('/').map(|(at, _)| at);
    let is_list = |end: usize| pointer.get(..end).and_then(|before| body.pointer(before)).is_some_and(Value::is_array);
    body.pointer(pointer).filter(|_| !ends.into_iter().any(is_list))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::operation;
    use serde_json::json;

    /// The links that are offered after a look at an instance with this state: their fields.
    fn offered(state: &str) -> Vec<Option<Vec<(String, String)>>> {
        let links = json!({
            "On": {"operationId": "On", "parameters": {"id": "$response.body#/id", "region": "$request.query.region"},
                "x-unless": {"$response.body#/state": ["on"]}},
            "Row": {"operationId": "Part", "parameters": {"id": "$response.body#/parts/0/id"}},
            "Records": {"operationId": "Records", "parameters": {"region": "$request.query.region"}},
        });
        let found = operation("get", "/one", json!({"responses": {"200": {"description": "", "links": links}}}));
        let body = json!({"id": "es-1", "state": state, "parts": [{"id": "p"}]});
        let sent = |expression: Expression<'_>| {
            (expression == Expression::Request("query", "region")).then(|| String::from("cn-x"))
        };
        found.response(200).unwrap().links.iter().map(|link| link_values(link, &body, &sent)).collect()
    }

    #[test]
    fn the_calls_after_an_answer_are_filled_from_it_and_from_what_was_sent() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let region = || pair("region", "cn-x");
        assert_eq!(offered("off"), [Some(vec![pair("id", "es-1"), region()]), None, Some(vec![region()])]);
    }

    #[test]
    fn what_the_answer_makes_needless_is_not_offered() {
        assert_eq!(offered("on")[0], None);
    }
}
